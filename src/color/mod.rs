//! What the numbers mean: the curve of sRGB, light, Oklab; and the profiles files carry.
//!
//! Arithmetic on rows is in `kernel`; here it is chosen and put in order.

pub(crate) mod adapt;
pub(crate) mod convert;
mod curve;
mod lut;
pub(crate) mod profile;
mod shaper;
pub(crate) mod spline;

pub use convert::Rgb;
pub use lut::Lut;
