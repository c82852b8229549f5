//! What a step will take, estimated before any work is done, so that a style from a stranger cannot ask for a week.

use crate::pixel::Size;

/// An estimate, on the safe side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Nanoseconds of one core for each pixel that comes in, on a machine of today.
    pub nanos: f64,
    /// Bytes for each pixel that comes in, beyond the picture itself.
    pub bytes: f64,
    /// The size of the result.
    pub size: Size,
}

impl Cost {
    /// So much time and memory for each pixel; the size stays.
    pub fn per_pixel(size: Size, nanos: f64, bytes: f64) -> Self {
        Self { nanos, bytes, size }
    }

    /// A pass of arithmetic on each pixel alone.
    pub fn pointwise(size: Size) -> Self {
        Self::per_pixel(size, 15.0, 0.0)
    }
}
