//! S-CIELAB: a difference of colours between pictures as an eye sees them that mixes what is small.
//!
//! Xuemei Zhang and Brian Wandell, "A spatial extension of CIELAB for digital color image reproduction",
//! 1996. Both pictures are taken to an opponent space, each of whose channels is blurred as much as the eye
//! blurs it, and compared in CIELAB. So a dither counts for what it looks like, and its grain for what can
//! still be seen of it.

use super::same_size;
use crate::context::Context;
use crate::error::Result;
use crate::filter::gaussian;
use crate::parallel::{BAND_ROWS, for_each_bands};
use crate::pixel::{Encoding, Picture, Plane, Planes, Size};

/// Linear sRGB to CIE XYZ for D65 (IEC 61966-2-1).
const TO_XYZ: [[f32; 3]; 3] =
    [[0.412_456, 0.357_576, 0.180_438], [0.212_673, 0.715_152, 0.072_175], [0.019_334, 0.119_192, 0.950_304]];

/// XYZ to lightness, red–green and blue–yellow.
const TO_OPPONENT: [[f32; 3]; 3] = [[0.279, 0.72, -0.107], [-0.449, 0.29, -0.077], [0.086, -0.59, 0.501]];

/// Its inverse.
const FROM_OPPONENT: [[f32; 3]; 3] = [
    [0.626_552, -1.867_178, -0.153_156],
    [1.369_856, 0.934_756, 0.436_229],
    [1.505_651, 1.421_324, 2.536_022],
];

/// For each channel the Gaussians `weight · exp(-(r / spread)²)` whose sum is what the eye blurs with,
/// spreads in degrees of the visual field.
const KERNELS: [&[(f32, f32)]; 3] = [
    &[(0.921, 0.0283), (0.105, 0.133), (-0.108, 4.336)],
    &[(0.531, 0.0392), (0.330, 0.494)],
    &[(0.488, 0.0536), (0.371, 0.386)],
];

/// How far apart two pictures look, in ΔE of CIELAB (1976): about 1 is the least that can be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The mean over all pixels.
    pub mean: f64,
    /// Nineteen of twenty pixels differ by less.
    pub p95: f64,
}

/// The difference between two pictures seen at so many pixels to a degree of the visual field: about 40 at a
/// screen, more from further away. Alpha has no say.
pub fn scielab(a: &Picture, b: &Picture, pixels_per_degree: f32, context: &Context) -> Result<Difference> {
    same_size(a.size(), b.size())?;
    let seen = |picture| Seen::new(picture, pixels_per_degree, context);
    seen(a)?.difference(&seen(b)?)
}

/// A picture as the eye has it: for comparing several with one.
#[derive(Clone, Debug)]
pub struct Seen {
    /// L*, a*, b*.
    lab: [Plane; 3],
}

impl Seen {
    /// Look at a picture from where so many pixels make a degree.
    pub fn new(picture: &Picture, pixels_per_degree: f32, context: &Context) -> Result<Self> {
        let size = picture.size();
        context.limits.admit(size, 28)?;
        let planes = Planes::open(picture, Encoding::Linear, context)?;
        let mut channels = three(planes.colour);
        each(&mut channels, context, |light| apply(&TO_OPPONENT, apply(&TO_XYZ, light)))?;
        for (channel, kernels) in channels.iter_mut().zip(KERNELS) {
            *channel = blurred(channel, kernels, pixels_per_degree.max(0.0), context)?;
        }
        let white = apply(&TO_XYZ, [1.0; 3]);
        each(&mut channels, context, |opponent| {
            let xyz = apply(&FROM_OPPONENT, opponent);
            let [x, y, z] = [0, 1, 2].map(|c| root(xyz[c] / white[c]));
            [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
        })?;
        Ok(Self { lab: channels })
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.lab[0].size()
    }

    /// How far apart the two are.
    pub fn difference(&self, other: &Self) -> Result<Difference> {
        same_size(self.size(), other.size())?;
        let mut all: Vec<f32> = (0..self.size().pixels()).map(|i| self.distance(other, i)).collect();
        let mean = all.iter().map(|v| f64::from(*v)).sum::<f64>() / all.len() as f64;
        let (_, p95, _) = {
            let at = all.len() * 95 / 100;
            all.select_nth_unstable_by(at, f32::total_cmp)
        };
        Ok(Difference { mean, p95: f64::from(*p95) })
    }

    fn distance(&self, other: &Self, i: usize) -> f32 {
        let square = |(a, b): (&Plane, &Plane)| (a.samples()[i] - b.samples()[i]).powi(2);
        self.lab.iter().zip(&other.lab).map(square).sum::<f32>().sqrt()
    }
}

/// The curve of CIELAB.
fn root(x: f32) -> f32 {
    if x > 216.0 / 24389.0 { x.cbrt() } else { (24389.0 / 27.0 * x + 16.0) / 116.0 }
}

fn apply(m: &[[f32; 3]; 3], v: [f32; 3]) -> [f32; 3] {
    m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}

/// Grey three times, or the three colours.
fn three(planes: Vec<Plane>) -> [Plane; 3] {
    <[Plane; 3]>::try_from(planes).unwrap_or_else(|planes| std::array::from_fn(|_| planes[0].clone()))
}

fn each(
    planes: &mut [Plane; 3],
    context: &Context,
    work: impl Fn([f32; 3]) -> [f32; 3] + Sync + Send,
) -> Result<()> {
    let len = planes[0].size().width() * BAND_ROWS;
    let mut samples = planes.each_mut().map(Plane::samples_mut);
    for_each_bands(context, &mut samples, len, |_, bands| {
        for i in 0..bands[0].len() {
            let done = work([bands[0][i], bands[1][i], bands[2][i]]);
            bands.iter_mut().zip(done).for_each(|(band, value)| band[i] = value);
        }
        Ok(())
    })
}

/// A sum of Gaussians, whose weights are scaled to sum to one.
fn blurred(channel: &Plane, kernels: &[(f32, f32)], degree: f32, context: &Context) -> Result<Plane> {
    let whole: f32 = kernels.iter().map(|(weight, _)| weight).sum();
    let mut sum = Plane::filled(channel.size(), 0.0);
    for (weight, spread) in kernels {
        let mut part = [channel.clone()];
        // exp(-(r / s)²) is a Gaussian whose standard deviation is s / √2.
        gaussian(&mut part, spread * degree * std::f32::consts::FRAC_1_SQRT_2, context)?;
        let [part] = part;
        for (sum, value) in sum.samples_mut().iter_mut().zip(part.samples()) {
            *sum += weight / whole * value;
        }
    }
    Ok(sum)
}

#[cfg(test)]
mod tests;
