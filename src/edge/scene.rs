//! Pictures made ready for detectors: what is seen of them, in bytes or in fractions, grey or in colour.

mod open;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::auto::{self, Histogram, Rule, Thresholds};
use super::canny::{Canny, Norm};
use super::colour::{ColourGradients, Combine};
use super::contour::{BelievedGradients, Surroundings};
use super::fine::{self, FineGradients};
use super::gradient::{Aperture, GradientRows, GreyGradients, Operator};
use super::grey::{Border, Grey};
use super::laplacian::{Response, difference_of_gaussians, laplacian_of_gaussian};
use super::map::EdgeMap;
use super::subpixel::{EdgePoint, Refinement, points_of};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::gradient as kernel;
use crate::parallel::{BAND_ROWS, for_each_band, for_each_bands};
use crate::pixel::{Picture, Plane, Size};

/// How colours count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Not at all: edges of the grey picture, with the weights of Rec. 601 on encoded values, as in OpenCV.
    #[default]
    Grey,
    /// In the direction in which all channels together change most (Di Zenzo).
    DiZenzo,
    /// By the channel that changes most.
    Strongest,
}

/// How a picture is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// How colours count.
    pub colour: Colour,
    /// The standard deviation, in pixels, of a Gaussian beforehand; 0 for none.
    pub sigma: f32,
    /// How far off, in pixels, the surroundings must bear an edge out; 0 for not at all. Otherwise edges are sought in
    /// Oklab, whatever `colour` says, and texture loses against outlines.
    pub reach: f32,
    /// Is the outline of what is seen an edge? Otherwise transparent parts have no edges in them nor around them.
    pub outline: bool,
}

/// A picture made ready.
///
/// Opaque 8-bit pictures that are not blurred are looked at in bytes; all others in fractions, but for apertures of 5
/// and 7, which blur by themselves and round to bytes first. Transparent pixels are given the colours around them,
/// so there is no edge where the picture ends, and edges where less than half is opaque are left out.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    size: Size,
    look: Look,
    looks: Looks<'a>,
    /// What must bear edges out.
    far: Option<Surroundings>,
    /// Where there is any transparency: how opaque each pixel is.
    alpha: Option<Vec<u8>>,
}

/// One channel, or three.
#[derive(Clone, Debug)]
enum Looks<'a> {
    Bytes(Vec<Cow<'a, [u8]>>),
    Fine(Vec<Plane>),
}

/// The outline of a cut-out counts from a slope of four pixels on, and continues along gentler ones.
const OUTLINE: (f64, f64) = (64.0, 255.0);

/// What counts as seen.
const SEEN: u8 = 128;

impl<'a> Scene<'a> {
    /// Look at a picture of any layout and depth.
    pub fn open(picture: &'a Picture, look: Look, context: &Context) -> Result<Self> {
        open::scene(picture, look, context)
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Canny's edges.
    pub fn canny(&self, canny: &Canny, context: &Context) -> Result<EdgeMap> {
        let operator = Operator::Sobel(canny.aperture);
        let looks = self.looks_for(operator, context)?;
        let rows = || self.believed(&looks, operator, canny.norm, Border::Replicate);
        let finer = canny.in_steps(looks.steps(canny.aperture));
        self.within(finer.edges_of(self.sides(), rows, context)?, context)
    }

    /// Thresholds for [`Scene::canny`] with this aperture and norm.
    pub fn thresholds(
        &self,
        rule: Rule,
        aperture: Aperture,
        norm: Norm,
        context: &Context,
    ) -> Result<Thresholds> {
        let operator = Operator::Sobel(aperture);
        let looks = self.looks_for(operator, context)?;
        // The median is one of grey values, and where surroundings count there are none.
        if rule == Rule::Median && self.far.is_none() {
            let found = auto::median(&open::grey_bytes(&looks, self.size, context)?, context)?;
            let scale = f64::from(operator.full_step())
                / (f64::from(Operator::default().full_step()) * aperture.steps());
            return Ok(Thresholds { low: scale * found.low, high: scale * found.high });
        }
        let rows = || self.believed(&looks, operator, norm, Border::Replicate);
        let scale = (looks.steps(aperture), looks.bins(aperture));
        let histogram = Histogram::of(rows, self.sides(), norm, scale, context)?;
        Ok(match rule {
            Rule::Otsu => histogram.otsu(),
            Rule::Contrast => histogram.contrast(),
            Rule::Share | Rule::Median => histogram.share(),
        })
    }

    /// Positions between the pixels of edges that [`Scene::canny`] found with this aperture, from above to below;
    /// points of the outline, if it is asked for, come after those inside.
    pub fn points(&self, edges: &EdgeMap, aperture: Aperture, context: &Context) -> Result<Vec<EdgePoint>> {
        let operator = Operator::Sobel(aperture);
        let looks = self.looks_for(operator, context)?;
        let rows = || self.rows(&looks, operator, Norm::Euclidean, Border::Replicate);
        let steps = looks.steps(aperture);
        let Some((alpha, outline)) = self.outline(context)? else {
            return points_of(edges, rows, steps, Refinement::default(), context);
        };
        let inside = edges.among(&outline, false);
        let mut points = points_of(&inside, rows, steps, Refinement::default(), context)?;
        let around = || GreyGradients::for_canny(alpha, Aperture::Three);
        points.extend(points_of(&edges.among(&outline, true), around, 1.0, Refinement::default(), context)?);
        Ok(points)
    }

    /// How steep each pixel is; a step from black to white is 1 with any operator.
    pub fn steepness(&self, operator: Operator, norm: Norm, context: &Context) -> Result<Plane> {
        let looks = self.looks_for(operator, context)?;
        let mut plane = self.measured(
            || self.believed(&looks, operator, norm, Border::Reflect),
            norm,
            looks.full_step(operator).recip(),
            context,
        )?;
        if let (true, Some(alpha)) = (self.look.outline, self.alpha_grey()) {
            let rows = || GreyGradients::new(alpha, Operator::default(), Border::Reflect);
            let outline =
                self.measured(rows, norm, 1.0 / f32::from(Operator::default().full_step()), context)?;
            for (value, outline) in plane.samples_mut().iter_mut().zip(outline.samples()) {
                *value = value.max(*outline);
            }
        }
        Ok(plane)
    }

    /// Which way it grows brighter, and how fast: to the right, and downwards; a step from black to white is 1 with any
    /// operator. The orientation of a pixel is `dy.atan2(dx)`, as in [`EdgePoint::orientation`].
    pub fn gradient(&self, operator: Operator, context: &Context) -> Result<[Plane; 2]> {
        context.limits.admit(self.size, 8)?;
        let looks = self.looks_for(operator, context)?;
        let unit = looks.full_step(operator).recip();
        let width = self.size.width();
        let [mut right, mut down] = [(); 2].map(|()| Plane::filled(self.size, 0.0));
        let mut planes = [right.samples_mut(), down.samples_mut()];
        for_each_bands(context, &mut planes, width * BAND_ROWS, |index, bands| {
            let [right, down] = bands else { return Ok(()) };
            let mut source = self.believed(&looks, operator, Norm::Euclidean, Border::Reflect);
            let (mut dx, mut dy) = (vec![0; width], vec![0; width]);
            for (y, (right, down)) in
                right.chunks_exact_mut(width).zip(down.chunks_exact_mut(width)).enumerate()
            {
                source.row(context.level, index * BAND_ROWS + y, &mut dx, &mut dy);
                right.iter_mut().zip(&dx).for_each(|(out, value)| *out = unit * f32::from(*value));
                down.iter_mut().zip(&dy).for_each(|(out, value)| *out = unit * f32::from(*value));
            }
            Ok(())
        })?;
        Ok([right, down])
    }

    /// The answer of a [Laplacian of Gaussian](laplacian_of_gaussian) to the grey picture.
    pub fn laplacian_of_gaussian(&self, sigma: f64, context: &Context) -> Result<Response> {
        laplacian_of_gaussian(open::grey_plane(&self.looks, self.size, context)?.as_ref(), sigma, context)
    }

    /// The answer of a [difference of Gaussians](difference_of_gaussians) to the grey picture.
    pub fn difference_of_gaussians(&self, sigma: f64, ratio: f64, context: &Context) -> Result<Response> {
        let grey = open::grey_plane(&self.looks, self.size, context)?;
        difference_of_gaussians(&grey, sigma, ratio, context)
    }

    /// Edges without those that nobody sees, and with the outline if that is asked for. What finds edges by itself,
    /// such as [`Response::zero_crossings`], is given the same treatment as [`Scene::canny`] by this.
    pub fn within(&self, mut edges: EdgeMap, context: &Context) -> Result<EdgeMap> {
        if let Some(alpha) = &self.alpha {
            let width = self.size.width();
            edges.retain(|x, y| alpha[y * width + x] >= SEEN);
        }
        Ok(match self.outline(context)? {
            Some((_, outline)) => edges.or(&outline),
            None => edges,
        })
    }

    /// How opaque the picture is and where it ends, if there is transparency and the outline is asked for.
    pub(crate) fn outline(&self, context: &Context) -> Result<Option<(Grey<'_>, EdgeMap)>> {
        let Some(alpha) = self.alpha_grey().filter(|_| self.look.outline) else { return Ok(None) };
        let canny = Canny::new(OUTLINE.0, OUTLINE.1);
        Ok(Some((alpha, canny.edges(alpha, context)?)))
    }

    fn alpha_grey(&self) -> Option<Grey<'_>> {
        let (width, height) = self.sides();
        self.alpha.as_ref().map(|alpha| Grey::trusted(alpha, width, height))
    }

    fn sides(&self) -> (usize, usize) {
        (self.size.width(), self.size.height())
    }

    /// The channels in a form this operator can work on.
    fn looks_for(&self, operator: Operator, context: &Context) -> Result<Cow<'_, Looks<'a>>> {
        Ok(match &self.looks {
            Looks::Fine(planes) if operator.margin() > 1 => Cow::Owned(open::rounded(planes, context)?),
            looks => Cow::Borrowed(looks),
        })
    }

    /// Derivatives as long as the surroundings make them, if these are asked.
    fn believed<'b>(
        &'b self,
        looks: &'b Looks<'_>,
        operator: Operator,
        norm: Norm,
        border: Border,
    ) -> Box<dyn GradientRows + 'b> {
        let near = self.rows(looks, operator, norm, border);
        match &self.far {
            None => near,
            Some(far) => Box::new(BelievedGradients::new(near, far)),
        }
    }

    /// Derivatives row by row; those of an aperture of 7 in sixteenths. Blue comes first, as in OpenCV: of equally
    /// steep channels the first counts.
    fn rows<'b>(
        &self,
        looks: &'b Looks<'_>,
        operator: Operator,
        norm: Norm,
        border: Border,
    ) -> Box<dyn GradientRows + 'b> {
        let (width, height) = self.sides();
        let combine = match self.look.colour {
            Colour::Strongest if self.far.is_none() => Combine::Strongest(norm),
            _ => Combine::DiZenzo,
        };
        let fine = |plane: &'b Plane| FineGradients::new(plane, operator, border);
        let bytes = |values: &'b [u8]| {
            GreyGradients::new(Grey::trusted(values, width, height), operator, border).in_sixteenths()
        };
        match looks {
            Looks::Fine(planes) => match &planes[..] {
                [red, green, blue] => {
                    Box::new(ColourGradients::new([blue, green, red].map(fine), width, combine))
                }
                planes => Box::new(fine(&planes[0])),
            },
            Looks::Bytes(channels) => match &channels[..] {
                [red, green, blue] => {
                    Box::new(ColourGradients::new([blue, green, red].map(|v| bytes(v)), width, combine))
                }
                channels => Box::new(bytes(&channels[0])),
            },
        }
    }

    fn measured<G: GradientRows>(
        &self,
        rows: impl Fn() -> G + Sync,
        norm: Norm,
        unit: f32,
        context: &Context,
    ) -> Result<Plane> {
        context.limits.admit(self.size, 4)?;
        let width = self.size.width();
        let measure = if norm == Norm::Sum { kernel::scaled_sums } else { kernel::scaled_lengths };
        let mut plane = Plane::filled(self.size, 0.0);
        for_each_band(context, plane.samples_mut(), width * BAND_ROWS, |index, band| {
            let (mut source, mut dx, mut dy) = (rows(), vec![0; width], vec![0; width]);
            for (y, row) in band.chunks_exact_mut(width).enumerate() {
                source.row(context.level, index * BAND_ROWS + y, &mut dx, &mut dy);
                measure(context.level, &dx, &dy, unit, row);
            }
            Ok(())
        })?;
        Ok(plane)
    }
}

impl Looks<'_> {
    /// What a threshold of 1 is in the derivatives.
    fn steps(&self, aperture: Aperture) -> f64 {
        if matches!(self, Self::Fine(_)) { fine::STEPS } else { aperture.steps() }
    }

    /// What a step from black to white is in the derivatives.
    fn full_step(&self, operator: Operator) -> f32 {
        f32::from(if matches!(self, Self::Fine(_)) { kernel::FULL_STEP } else { operator.full_step() })
    }

    /// What their norm stays below.
    fn bins(&self, aperture: Aperture) -> usize {
        match (self, aperture) {
            (Self::Bytes(_), Aperture::Three) => 2048,
            // Twice the largest derivative: 12 240 for an aperture of 5, and less for the others.
            _ => 24_576,
        }
    }
}
