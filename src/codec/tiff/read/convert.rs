//! From samples as stored to samples as meant.

use super::plan::{Meaning, Plan};
use crate::pixel::{Layout, Samples};

/// One sample each from 1, 2 or 4 bits, rows padded to bytes: indices as they are, grey at full range.
pub(super) fn unpack(packed: &[u8], plan: &Plan) -> Vec<u8> {
    let bits = usize::from(plan.bits);
    let most = 0xff >> (8 - bits);
    let scale = if matches!(plan.meaning, Meaning::Indexed(_)) { 1 } else { 255 / most };
    let width = plan.size.width();
    let mut samples = vec![0; plan.size.pixels()];
    for (row, packed) in samples.chunks_exact_mut(width).zip(packed.chunks_exact((width * bits).div_ceil(8)))
    {
        for (x, sample) in row.iter_mut().enumerate() {
            let at = x * bits;
            *sample = (packed[at / 8] >> (8 - bits - at % 8) & most) * scale;
        }
    }
    samples
}

/// Pixel after pixel, and only the channels that are used. Costs nothing where that is so already.
pub(super) fn pick<T: Copy>(samples: Vec<T>, plan: &Plan) -> Vec<T> {
    let (stored, used, pixels) = (plan.stored, plan.used(), plan.size.pixels());
    if stored > 1 && plan.planar {
        (0..pixels)
            .flat_map(|pixel| (0..used).map(move |plane| plane * pixels + pixel))
            .map(|at| samples[at])
            .collect()
    } else if stored > used {
        samples.chunks_exact(stored).flat_map(|pixel| &pixel[..used]).copied().collect()
    } else {
        samples
    }
}

/// From colours multiplied by alpha to straight ones, rounded to the nearest; what is quite transparent
/// becomes black.
pub(super) fn unmultiply(samples: Samples, layout: Layout) -> Samples {
    fn each<T: Copy>(samples: &mut [T], channels: usize, divide: impl Fn(T, T) -> T) {
        for pixel in samples.chunks_exact_mut(channels) {
            let (alpha, colours) = (pixel[channels - 1], channels - 1);
            pixel[..colours].iter_mut().for_each(|colour| *colour = divide(*colour, alpha));
        }
    }
    if !layout.has_alpha() {
        return samples;
    }
    let channels = layout.channels();
    match samples {
        Samples::U8(mut samples) => {
            each(&mut samples, channels, |colour, alpha| divide(colour.into(), alpha.into(), 255) as u8);
            Samples::U8(samples)
        }
        Samples::U16(mut samples) => {
            each(&mut samples, channels, |colour, alpha| divide(colour.into(), alpha.into(), 65_535) as u16);
            Samples::U16(samples)
        }
        Samples::F32(mut samples) => {
            each(&mut samples, channels, |colour, alpha| if alpha > 0.0 { colour / alpha } else { 0.0 });
            Samples::F32(samples)
        }
    }
}

fn divide(colour: u32, alpha: u32, full: u32) -> u32 {
    (colour * full + alpha / 2).checked_div(alpha).map_or(0, |straight| straight.min(full))
}

/// TIFF 6.0, section 21, at full range; `luma` holds the shares of red, green and blue.
pub(super) fn ycbcr_to_rgb(samples: &mut [u8], [red, green, blue]: [f32; 3]) {
    for pixel in samples.chunks_exact_mut(3) {
        let (y, cb, cr) = (f32::from(pixel[0]), f32::from(pixel[1]) - 128.0, f32::from(pixel[2]) - 128.0);
        let r = y + cr * (2.0 - 2.0 * red);
        let b = y + cb * (2.0 - 2.0 * blue);
        let g = (y - b * blue - r * red) / green;
        // `as` saturates.
        pixel.copy_from_slice(&[r, g, b].map(|v| (v + 0.5) as u8));
    }
}
