//! Between interleaved samples of 8, 16 or 32 bits and separate rows of `f32` in 0..=1.

use super::Level;
use super::level::kernel;

/// A sample type of a picture at rest.
pub(crate) trait Store: Copy + Send + Sync + 'static {
    /// To 0..=1.
    fn load(self) -> f32;
    /// From 0..=1, rounded to the nearest and clamped; `f32` keeps what it is given.
    fn store(value: f32) -> Self;
    /// Channel `channel` of interleaved pixels of `channels` samples, as a row of `f32`.
    fn take(level: Level, pixels: &[Self], channels: usize, channel: usize, row: &mut [f32]);
    /// A row of `f32` becomes channel `channel` of interleaved pixels of `channels` samples.
    fn put(level: Level, row: &[f32], channels: usize, channel: usize, pixels: &mut [Self]);
}

impl Store for u8 {
    fn take(level: Level, pixels: &[Self], channels: usize, channel: usize, row: &mut [f32]) {
        take_u8(level, pixels, channels, channel, row);
    }
    fn put(level: Level, row: &[f32], channels: usize, channel: usize, pixels: &mut [Self]) {
        put_u8(level, row, channels, channel, pixels);
    }
    #[inline(always)]
    fn load(self) -> f32 {
        f32::from(self) * (1.0 / 255.0)
    }
    #[inline(always)]
    fn store(value: f32) -> Self {
        (value.clamp(0.0, 1.0) * 255.0 + 0.5) as Self
    }
}

impl Store for u16 {
    fn take(level: Level, pixels: &[Self], channels: usize, channel: usize, row: &mut [f32]) {
        take_u16(level, pixels, channels, channel, row);
    }
    fn put(level: Level, row: &[f32], channels: usize, channel: usize, pixels: &mut [Self]) {
        put_u16(level, row, channels, channel, pixels);
    }
    #[inline(always)]
    fn load(self) -> f32 {
        f32::from(self) * (1.0 / 65535.0)
    }
    #[inline(always)]
    fn store(value: f32) -> Self {
        (value.clamp(0.0, 1.0) * 65535.0 + 0.5) as Self
    }
}

impl Store for f32 {
    fn take(level: Level, pixels: &[Self], channels: usize, channel: usize, row: &mut [f32]) {
        take_f32(level, pixels, channels, channel, row);
    }
    fn put(level: Level, row: &[f32], channels: usize, channel: usize, pixels: &mut [Self]) {
        put_f32(level, row, channels, channel, pixels);
    }
    #[inline(always)]
    fn load(self) -> f32 {
        self
    }
    #[inline(always)]
    fn store(value: f32) -> Self {
        value
    }
}

macro_rules! for_sample {
    ($take:ident, $put:ident, $sample:ty) => {
        kernel! {
            fn $take(pixels: &[$sample], channels: usize, channel: usize, row: &mut [f32]) {
                for (value, pixel) in row.iter_mut().zip(pixels.chunks_exact(channels)) {
                    *value = pixel[channel].load();
                }
            }
        }
        kernel! {
            fn $put(row: &[f32], channels: usize, channel: usize, pixels: &mut [$sample]) {
                for (value, pixel) in row.iter().zip(pixels.chunks_exact_mut(channels)) {
                    pixel[channel] = <$sample>::store(*value);
                }
            }
        }
    };
}

for_sample!(take_u8, put_u8, u8);
for_sample!(take_u16, put_u16, u16);
for_sample!(take_f32, put_f32, f32);
