//! Colours chosen for their mixtures.
//!
//! A palette of means is the best one for a picture that is *not* dithered. Dithering reaches every mixture
//! of its colours and nothing beyond, and means lie inside the cloud of colours they stand for: skies and
//! lights come out dull, with errors that nobody takes. So the picture is dithered, seen from afar, and each
//! colour is moved by what is missing where it was used; a few rounds of that move the outer colours outward,
//! and the inner ones hardly. Related to the joint choice of palette and pattern of Puzicha, Held, Ketterer,
//! Buhmann and Fellner ("On spatial quantization of color images", 2000), with error diffusion in place of
//! their annealing.

use super::Dither;
use super::points::Points;
use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::Result;
use crate::filter::gaussian;
use crate::kernel::Level;
use crate::pixel::{Encoding, Plane, Size};

/// How to suit a palette to a dithered picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suit {
    /// How often the picture is dithered and the colours are moved.
    pub rounds: usize,
    /// Of a larger picture about so many pixels are looked at.
    pub pixels: usize,
}

impl Default for Suit {
    /// Six rounds with an eighth of a million pixels.
    fn default() -> Self {
        Self { rounds: 6, pixels: 1 << 17 }
    }
}

/// How far the eye mixes: standard deviation in pixels.
const SIGMA: f32 = 2.0;

impl Suit {
    /// The colours moved to where the dithered picture is nearest to the original. Entries whose `fixed` is
    /// true stay; `fixed` may be shorter than the palette. A palette that was better as it came is returned
    /// unchanged.
    pub fn palette(
        self,
        points: &Points<'_>,
        palette: &[[f32; 3]],
        fixed: &[bool],
        dither: Dither,
        context: &Context,
    ) -> Result<Vec<[f32; 3]>> {
        let sample = Sample::of(points, self.pixels, context)?;
        let (mut best, mut least) = (palette.to_vec(), f64::INFINITY);
        let mut current = best.clone();
        for _ in 0..=self.rounds {
            let found = dither.map(&sample.points(), &current, context)?;
            let (moves, error) = sample.moves(&current, &found, context)?;
            if error < least {
                (best, least) = (current.clone(), error);
            }
            for (i, (entry, step)) in current.iter_mut().zip(&moves).enumerate() {
                if !fixed.get(i).is_some_and(|fixed| *fixed) {
                    *entry = moved(*entry, *step, points.encoding);
                }
            }
        }
        Ok(best)
    }
}

/// One point in another encoding.
fn convert([a, b, c]: [f32; 3], from: Encoding, to: Encoding) -> [f32; 3] {
    let (mut a, mut b, mut c) = ([a], [b], [c]);
    convert_rows(Level::PLAIN, from, to, [&mut a, &mut b, &mut c]);
    [a[0], b[0], c[0]]
}

/// An entry moved by a step in Oklab, or as far in its direction as a screen can show.
fn moved(entry: [f32; 3], step: [f32; 3], encoding: Encoding) -> [f32; 3] {
    let lab = convert(entry, encoding, Encoding::Oklab);
    let light = convert([0, 1, 2].map(|c| lab[c] + step[c]), Encoding::Oklab, Encoding::Linear);
    convert(light.map(|v| v.clamp(0.0, 1.0)), Encoding::Linear, encoding)
}

/// A picture thinned out.
struct Sample {
    planes: [Plane; 3],
    skip: Vec<bool>,
    encoding: Encoding,
    /// How the eye sees it from afar, in Oklab.
    seen: [Plane; 3],
}

impl Sample {
    /// Every so manieth pixel of every so manieth row.
    fn of(points: &Points<'_>, pixels: usize, context: &Context) -> Result<Self> {
        let size = points.size();
        let step = (1..).find(|step| size.pixels() / (step * step) <= pixels.max(1)).unwrap_or(1);
        let (width, height) = (size.width().div_ceil(step), size.height().div_ceil(step));
        let small = Size::from_usize(width, height).unwrap_or(size);
        let place = |i: usize| i / width * step * size.width() + i % width * step;
        let thinned = |plane: &Plane| Plane::from_fn(small, |x, y| plane.samples()[place(y * width + x)]);
        let planes = points.planes.map(thinned);
        let skip = (0..small.pixels()).map(|i| points.skip.is_some_and(|skip| skip[place(i)])).collect();
        let mut seen = planes.clone();
        convert_planes(&mut seen, points.encoding, Encoding::Linear, context);
        from_afar(&mut seen, context)?;
        Ok(Self { planes, skip, encoding: points.encoding, seen })
    }

    fn points(&self) -> Points<'_> {
        Points { planes: self.planes.each_ref(), encoding: self.encoding, skip: Some(&self.skip) }
    }

    /// What is missing on average where each entry is used, in Oklab, and what is missing in all.
    fn moves(&self, palette: &[[f32; 3]], found: &[u16], context: &Context) -> Result<(Vec<[f32; 3]>, f64)> {
        let lights: Vec<_> = palette.iter().map(|p| convert(*p, self.encoding, Encoding::Linear)).collect();
        let width = self.seen[0].size().width();
        let mut shown = [0, 1, 2].map(|c| {
            Plane::from_fn(self.seen[0].size(), |x, y| lights[usize::from(found[y * width + x])][c])
        });
        from_afar(&mut shown, context)?;
        let mut sums = vec![[0.0f64; 4]; palette.len()];
        let mut error = 0.0;
        for (i, found) in found.iter().enumerate().filter(|(i, _)| !self.skip[*i]) {
            let step = [0, 1, 2].map(|c| f64::from(self.seen[c].samples()[i] - shown[c].samples()[i]));
            let sum = &mut sums[usize::from(*found)];
            (0..3).for_each(|c| sum[c] += step[c]);
            sum[3] += 1.0;
            error += step.iter().map(|v| v * v).sum::<f64>().sqrt();
        }
        let mean = |sum: &[f64; 4]| [0, 1, 2].map(|c| (sum[c] / sum[3].max(1.0)) as f32);
        Ok((sums.iter().map(mean).collect(), error))
    }
}

fn convert_planes(planes: &mut [Plane; 3], from: Encoding, to: Encoding, context: &Context) {
    convert_rows(context.level, from, to, planes.each_mut().map(Plane::samples_mut));
}

/// Light as it mixes in the eye, in Oklab.
fn from_afar(planes: &mut [Plane; 3], context: &Context) -> Result<()> {
    gaussian(planes, SIGMA, context)?;
    convert_planes(planes, Encoding::Linear, Encoding::Oklab, context);
    Ok(())
}
