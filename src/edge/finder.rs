//! Canny as it is asked for from outside: how to look, and thresholds that may be left to be found.

use super::auto::{Rule, Thresholds};
use super::canny::{Canny, Norm};
use super::gradient::Aperture;
use super::scene::{Look, Scene};
use super::subpixel::EdgePoint;
use crate::context::Context;
use crate::error::Result;
use crate::pixel::Picture;

/// All that Canny is asked for in one place.
///
/// ```
/// use zhijin::edge::Finder;
/// use zhijin::pixel::{Layout, Picture, Size};
///
/// let samples: Vec<u8> = (0..40 * 40 * 3).map(|i| if i / 3 % 40 < 20 { 10 } else { 90 }).collect();
/// let picture = Picture::new(Size::new(40, 40)?, Layout::Rgb, samples)?;
/// let (canny, points) = Finder::default().points(&picture, &zhijin::Context::default())?;
/// assert!(canny.high > 0.0, "found from the picture");
/// assert!(points.iter().all(|point| point.x == 19.5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finder {
    /// How the picture is looked at.
    pub look: Look,
    /// The side of the Sobel window.
    pub aperture: Aperture,
    /// How steepness is told from the two derivatives.
    pub norm: Norm,
    /// The thresholds; where both are 0 they are found from the picture, where one is, from the other.
    pub thresholds: Thresholds,
    /// How thresholds are found.
    pub rule: Rule,
}

impl Default for Finder {
    /// Grey, no blur, aperture 3, sums of absolute values, thresholds found.
    fn default() -> Self {
        Self {
            look: Look::default(),
            aperture: Aperture::default(),
            norm: Norm::default(),
            thresholds: Thresholds { low: 0.0, high: 0.0 },
            rule: Rule::default(),
        }
    }
}

impl Finder {
    /// Canny with the thresholds that hold for this scene.
    pub fn canny(&self, scene: &Scene<'_>, context: &Context) -> Result<Canny> {
        let find = || scene.thresholds(self.rule, self.aperture, self.norm, context);
        let Thresholds { low, high } = self.thresholds.or_found(find)?;
        Ok(Canny { low, high, aperture: self.aperture, norm: self.norm })
    }

    /// The points of all edges of a picture, and what Canny was asked for in the end.
    pub fn points(&self, picture: &Picture, context: &Context) -> Result<(Canny, Vec<EdgePoint>)> {
        let scene = Scene::open(picture, self.look, context)?;
        let canny = self.canny(&scene, context)?;
        let edges = scene.canny(&canny, context)?;
        Ok((canny, scene.points(&edges, self.aperture, context)?))
    }
}
