//! Pictures that say they are not in the curve of screens: the `gAMA` chunk.
//!
//! A sample `v` of such a file stands for the light `v^(1/gamma)` (section 11.3.2.2), so it is shown right
//! as `v^(1/(2.2·gamma))` on a screen of 2.2, which is what sRGB is taken for here as in the specification
//! (its `sRGB` chunk is to be accompanied by a gamma of 0.45455). A pure power keeps that case exactly as it
//! is. Differences no eye finds are left alone: the threshold of five per cent is the one of libpng.

use super::rows::Sample;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::for_each_band;
use crate::pixel::Layout;

const SCREEN: f64 = 2.2;
const THRESHOLD: f64 = 0.05;
/// Beyond these the number is a mistake and not a curve: the strangest real ones are 0.3 and 2.5.
const SENSIBLE: std::ops::RangeInclusive<f64> = 0.1..=10.0;

/// Pixels in a band.
const BAND: usize = 1 << 18;

/// A curve to be applied, with this exponent.
pub(super) struct Gamma(f64);

impl Gamma {
    /// What `info` asks for, if anything: a profile or `sRGB` outrank it.
    pub(super) fn of(info: &png::Info<'_>) -> Option<Self> {
        let outranked = info.icc_profile.is_some()
            || info.srgb.is_some()
            || info.coding_independent_code_points.is_some();
        let file = f64::from(info.gama_chunk?.into_scaled()) / 100_000.0;
        let exponent = 1.0 / (SCREEN * file);
        let wanted = !outranked && SENSIBLE.contains(&file) && (exponent - 1.0).abs() > THRESHOLD;
        wanted.then_some(Self(exponent))
    }

    /// Apply the curve to the colours; alpha is not a colour.
    pub(super) fn apply<S: Sample>(
        &self,
        samples: &mut [S],
        layout: Layout,
        context: &Context,
    ) -> Result<()> {
        let table: Vec<S> =
            (0..=S::FULL).map(|v| S::from_u64(self.at(v as f64 / S::FULL as f64, S::FULL))).collect();
        let channels = layout.channels();
        for_each_band(context, samples, BAND * channels, |_, band| {
            for pixel in band.chunks_exact_mut(channels) {
                for value in &mut pixel[..layout.colours()] {
                    *value = table[Into::<u64>::into(*value) as usize];
                }
            }
            Ok(())
        })
    }

    /// The curve at `value` of 0 to 1, in whole steps of `full`.
    fn at(&self, value: f64, full: u64) -> u64 {
        (value.powf(self.0) * full as f64).round() as u64
    }
}
