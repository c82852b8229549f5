//! Profiles that are three curves and a matrix, or one curve: nearly every photograph with a profile.
//!
//! ICC.1:2022 §F.3: curve to light, matrix to the connection space (XYZ under D50), and from there the
//! inverse of the same for sRGB. The two matrices are multiplied once. Written here rather than asked of
//! moxcms, whose faster paths fuse multiply and add where the machine can: then bytes would depend on the
//! CPU. These work in place, band by band, keep 16-bit precision, and let floating point leave 0..=1.

use moxcms::{ColorProfile, ToneReprCurve};

use super::curve::{Curve, encode_srgb};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::interleave::Store;
use crate::kernel::transfer;
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Picture, SamplesMut};

/// Curves to light, and light under the profile's primaries to light under those of sRGB.
pub(super) struct Shaper {
    curves: [Curve; 3],
    matrix: [[f32; 3]; 3],
}

impl Shaper {
    /// The curves and the matrix of an RGB profile, if it has both.
    pub(super) fn new(profile: &ColorProfile) -> Option<Self> {
        if !profile.is_matrix_shaper() {
            return None;
        }
        let curve = |tag: &Option<ToneReprCurve>| Curve::from_icc(tag.as_ref()?);
        let curves = [curve(&profile.red_trc)?, curve(&profile.green_trc)?, curve(&profile.blue_trc)?];
        let matrix = profile.transform_matrix(&ColorProfile::new_srgb()).v;
        matrix.as_flattened().iter().all(|v| v.is_finite()).then_some(())?;
        Some(Self { curves, matrix: matrix.map(keep_white) })
    }

    /// Would it change anything? Primaries in a file are rounded to 1/65536 and were adapted to D50 by
    /// someone else's arithmetic; sRGB profiles in the wild stay within 2e-4 of each other here.
    pub(super) fn is_srgb(&self) -> bool {
        let near = |y: usize, x: usize| (self.matrix[y][x] - f32::from(u8::from(x == y))).abs() < 5e-4;
        (0..9).all(|i| near(i / 3, i % 3)) && self.curves.iter().all(Curve::is_srgb)
    }

    /// Convert an RGB picture, with or without alpha, in place.
    pub(super) fn convert(&self, picture: &mut Picture, context: &Context) -> Result<()> {
        let (width, channels) = (picture.size().width(), picture.layout().channels());
        match picture.samples_mut() {
            SamplesMut::U8(s) => self.convert_samples(s, width, channels, context),
            SamplesMut::U16(s) => self.convert_samples(s, width, channels, context),
            SamplesMut::F32(s) => self.convert_samples(s, width, channels, context),
        }
    }

    fn convert_samples<T: Stored>(
        &self,
        samples: &mut [T],
        width: usize,
        channels: usize,
        context: &Context,
    ) -> Result<()> {
        let light = self.curves.each_ref().map(T::light);
        for_each_band(context, samples, BAND_ROWS * width * channels, |_, band| {
            let mut rows = [(); 3].map(|()| vec![0f32; width]);
            for pixels in band.chunks_exact_mut(width * channels) {
                for (pixel, i) in pixels.chunks_exact(channels).zip(0..) {
                    let rgb: [f32; 3] = std::array::from_fn(|c| light[c](pixel[c]));
                    for (row, weights) in rows.iter_mut().zip(&self.matrix) {
                        row[i] = weights[0] * rgb[0] + weights[1] * rgb[1] + weights[2] * rgb[2];
                    }
                }
                for (channel, row) in rows.iter_mut().enumerate() {
                    transfer::linear_to_srgb(context.level, row);
                    T::put(context.level, row, channels, channel, pixels);
                }
            }
            Ok(())
        })
    }
}

/// White is to stay white: the weights of a row sum to one but for rounding in the file, and a 16-bit
/// picture would show that.
fn keep_white(row: [f64; 3]) -> [f32; 3] {
    let sum: f64 = row.iter().sum();
    let scale = if (sum - 1.0).abs() < 2e-3 { 1.0 / sum } else { 1.0 };
    row.map(|v| (v * scale) as f32)
}

/// Convert the lightness of a grey picture, with or without alpha, in place.
pub(super) fn convert_grey(curve: &Curve, picture: &mut Picture, context: &Context) -> Result<()> {
    let (row, channels) = (picture.row_len(), picture.layout().channels());
    match picture.samples_mut() {
        SamplesMut::U8(s) => convert_lightness(curve, s, row, channels, context),
        SamplesMut::U16(s) => convert_lightness(curve, s, row, channels, context),
        SamplesMut::F32(s) => convert_lightness(curve, s, row, channels, context),
    }
}

fn convert_lightness<T: Stored>(
    curve: &Curve,
    samples: &mut [T],
    row: usize,
    channels: usize,
    context: &Context,
) -> Result<()> {
    let code = T::recode(curve);
    for_each_band(context, samples, BAND_ROWS * row, |_, band| {
        band.iter_mut().step_by(channels).for_each(|value| *value = code(*value));
        Ok(())
    })
}

/// A sample type as profiles see it: a number of levels that fit a table, or too many for one.
trait Stored: Store {
    /// From a stored value to light.
    fn light(curve: &Curve) -> impl Fn(Self) -> f32 + Sync + Send;
    /// From a stored value to light and on to a value of sRGB.
    fn recode(curve: &Curve) -> impl Fn(Self) -> Self + Sync + Send;
}

macro_rules! stored_in_levels {
    ($sample:ty) => {
        impl Stored for $sample {
            fn light(curve: &Curve) -> impl Fn(Self) -> f32 + Sync + Send {
                let table = curve.tabulate(usize::from(Self::MAX) + 1);
                move |value| table[usize::from(value)]
            }

            fn recode(curve: &Curve) -> impl Fn(Self) -> Self + Sync + Send {
                let light = curve.tabulate(usize::from(Self::MAX) + 1);
                let code = |light: &f32| Self::store(encode_srgb(f64::from(*light)) as f32);
                let table: Vec<Self> = light.iter().map(code).collect();
                move |value| table[usize::from(value)]
            }
        }
    };
}

stored_in_levels!(u8);
stored_in_levels!(u16);

impl Stored for f32 {
    fn light(curve: &Curve) -> impl Fn(Self) -> f32 + Sync + Send {
        |value| curve.eval(f64::from(value)) as f32
    }

    fn recode(curve: &Curve) -> impl Fn(Self) -> Self + Sync + Send {
        |value| encode_srgb(curve.eval(f64::from(value))) as f32
    }
}
