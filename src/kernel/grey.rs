//! Grey from colour: the weights of Rec. 601 on encoded values.
//!
//! In bytes the sums are whole numbers in 2⁻¹⁵, rounded to the nearest: 9798, 19 235 and 3735 are the weights
//! of OpenCV's conversion of 8-bit pictures (version 4 and later), so that the same grey values come out.

use super::level::kernel;

/// Red, green and blue in 2⁻¹⁵.
const WEIGHTS: [u32; 3] = [9798, 19_235, 3735];

#[inline(always)]
fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let [r, g, b] = WEIGHTS;
    ((r * u32::from(red) + g * u32::from(green) + b * u32::from(blue) + (1 << 14)) >> 15) as u8
}

kernel! {
    /// Grey of interleaved pixels of three channels.
    pub(crate) fn of_three(pixels: &[u8], out: &mut [u8]) {
        for (out, pixel) in out.iter_mut().zip(pixels.as_chunks::<3>().0) {
            *out = grey(pixel[0], pixel[1], pixel[2]);
        }
    }
}

kernel! {
    /// Grey of interleaved pixels of four channels; the fourth is alpha and plays no part.
    pub(crate) fn of_four(pixels: &[u8], out: &mut [u8]) {
        for (out, pixel) in out.iter_mut().zip(pixels.as_chunks::<4>().0) {
            *out = grey(pixel[0], pixel[1], pixel[2]);
        }
    }
}

kernel! {
    /// Grey of three rows of bytes.
    pub(crate) fn of_rows(red: &[u8], green: &[u8], blue: &[u8], out: &mut [u8]) {
        for (out, (red, (green, blue))) in out.iter_mut().zip(red.iter().zip(green.iter().zip(blue))) {
            *out = grey(*red, *green, *blue);
        }
    }
}

kernel! {
    /// The red row becomes grey, with the same weights on values with fractions.
    pub(crate) fn of_fine(red: &mut [f32], green: &[f32], blue: &[f32]) {
        let [r, g, b] = WEIGHTS.map(|weight| weight as f32 / 32_768.0);
        for (red, (green, blue)) in red.iter_mut().zip(green.iter().zip(blue)) {
            *red = r * *red + g * green + b * blue;
        }
    }
}

kernel! {
    /// One channel of interleaved pixels.
    pub(crate) fn channel(pixels: &[u8], channels: usize, channel: usize, out: &mut [u8]) {
        for (out, pixel) in out.iter_mut().zip(pixels.chunks_exact(channels)) {
            *out = pixel[channel];
        }
    }
}

kernel! {
    /// Bytes as values from 0 to 1.
    pub(crate) fn widen(bytes: &[u8], out: &mut [f32]) {
        for (out, byte) in out.iter_mut().zip(bytes) {
            *out = f32::from(*byte) * (1.0 / 255.0);
        }
    }
}

kernel! {
    /// Values from 0 to 1 as the nearest bytes.
    pub(crate) fn narrow(values: &[f32], out: &mut [u8]) {
        for (out, value) in out.iter_mut().zip(values) {
            *out = (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
        }
    }
}
