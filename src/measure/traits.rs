//! What a picture is like, in numbers: the traits by which one style is told from another, and by which a style that
//! has lost its look is found out.
//!
//! They are measured on the picture reduced to [`SIDE`], so they do not depend on its size. With the picture it
//! was made from at hand there are three more: how far it went, and what of it was kept.

mod colour;
mod likeness;
mod structure;
mod texture;

use crate::context::Context;
use crate::error::Result;
use crate::filter::{fill_unseen, reduce};
use crate::pixel::{Encoding, Picture, Plane, Size};

/// The longer side at which pictures are measured, at most.
pub const SIDE: u32 = 640;

/// The traits of a picture by name, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(Vec<(&'static str, f64)>);

/// A picture reduced: Oklab, and which pixels can be seen.
struct Seen {
    light: Plane,
    a: Plane,
    b: Plane,
    visible: Vec<bool>,
}

impl Seen {
    fn open(picture: &Picture, context: &Context) -> Result<Self> {
        let small = reduce(picture, SIDE, Encoding::Oklab, context)?;
        let mut colour = small.colour;
        fill_unseen(&mut colour, &small.alpha);
        let visible = small.alpha.samples().iter().map(|alpha| *alpha >= 0.5).collect();
        let [light, a, b] = colour.map(sound);
        Ok(Self { light, a, b, visible })
    }

    fn size(&self) -> Size {
        self.light.size()
    }

    /// Lightness and the two axes of colour of each visible pixel.
    fn colours(&self) -> impl Iterator<Item = [f32; 3]> + '_ {
        let (a, b) = (self.a.samples(), self.b.samples());
        let all = self.light.samples().iter().zip(a).zip(b).zip(&self.visible);
        all.filter(|(_, visible)| **visible).map(|(((l, a), b), _)| [*l, *a, *b])
    }
}

/// What is no number is nothing.
fn sound(mut plane: Plane) -> Plane {
    plane.samples_mut().iter_mut().for_each(|v| *v = if v.is_nan() { 0.0 } else { v.clamp(-4.0, 4.0) });
    plane
}

/// Measure a picture, by itself and, if it is given, against the one it was made from.
///
/// ```
/// use zhijin::measure::traits;
/// use zhijin::{Context, Picture};
///
/// let grey = Picture::try_from(image::RgbImage::from_pixel(64, 48, image::Rgb([119, 119, 119])))?;
/// let traits = traits(&grey, None, &Context::default())?;
/// assert!((traits.get("lightness_50").unwrap() - 0.57).abs() < 0.01);
/// assert_eq!(traits.get("paper"), Some(0.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn traits(picture: &Picture, source: Option<&Picture>, context: &Context) -> Result<Traits> {
    let seen = Seen::open(picture, context)?;
    let mut all = colour::traits(&seen);
    all.extend(structure::traits(&seen, context)?);
    all.extend(texture::traits(&seen, context)?);
    if let Some(source) = source {
        let source = Seen::open(source, context)?;
        all.extend(likeness::traits(&seen, &source, context)?);
    }
    // A trait of a picture that has nothing to see is nothing.
    all.iter_mut().for_each(|(_, value)| *value = if value.is_finite() { *value } else { 0.0 });
    Ok(Traits(all))
}

impl Traits {
    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// Each name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, f64)> + '_ {
        self.0.iter().copied()
    }
}

/// What each trait is, in one line.
pub const ABOUT: &[(&str, &str)] = &[
    ("lightness_5", "Oklab lightness below which 5 % of the picture lie"),
    ("lightness_25", "… 25 %"),
    ("lightness_50", "… half"),
    ("lightness_75", "… 75 %"),
    ("lightness_95", "… 95 %"),
    ("chroma", "mean chroma in Oklab"),
    ("chroma_95", "chroma below which 95 % lie"),
    ("red", "mean of Oklab a: green below 0, red above"),
    ("yellow", "mean of Oklab b: blue below 0, yellow above"),
    ("dark_yellow", "the same of the darkest quarter"),
    ("light_yellow", "the same of the lightest quarter"),
    ("colours", "how many colours there are in effect: 2 to the power of their entropy"),
    ("paper", "share that is nearly white and nearly grey"),
    ("dark", "share that is nearly black"),
    ("hue_red", "share of the chroma at this hue (Oklab 0° to 45°)"),
    ("hue_orange", "45° to 90°"),
    ("hue_yellow", "90° to 135°"),
    ("hue_green", "135° to 180°"),
    ("hue_cyan", "180° to 225°"),
    ("hue_blue", "225° to 270°"),
    ("hue_violet", "270° to 315°"),
    ("hue_pink", "315° to 360°"),
    ("coherence", "how much edges run side by side: mean anisotropy of the structure tensor"),
    ("flat", "share without any gradient"),
    ("steep", "how far gradients keep to few places: their kurtosis, as a logarithm"),
    ("lines", "share that is darker than both sides of it"),
    ("glints", "share that is lighter than both sides of it"),
    ("shapes", "connected patches of one colour in a megapixel, as a logarithm to base 2"),
    ("grain_1", "deviation of lightness in details of one pixel"),
    ("grain_2", "… of two pixels"),
    ("grain_4", "… of four"),
    ("grain_8", "… of eight"),
    ("colour_grain", "deviation of colour in details of one to two pixels"),
    ("light_grain", "details of one pixel in the lightest third against all of them"),
    ("repeat", "how regularly fine detail repeats: the highest peak of its autocorrelation"),
    ("difference", "mean distance in Oklab from the source"),
    ("edges_kept", "correlation of gradients with those of the source"),
    ("tones_kept", "correlation of broad lightness with that of the source"),
];

#[cfg(test)]
mod tests;
