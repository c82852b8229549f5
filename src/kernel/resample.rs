//! Rows to other rows: the convolution of the `fast_image_resize` crate, on the level we hold.
//!
//! In 16-bit integers its vector code and its plain code agree bit for bit; in floating point they add in a
//! different order, so there the plain code is used on every level (measured at about a third of the speed;
//! only 16-bit and floating-point sources go that way). `op/resize.rs` tests both.

use fast_image_resize::{CpuExtensions, Resizer};

use super::Level;
use super::level::Isa;

/// A resizer for 16-bit samples.
pub(crate) fn integer(level: Level) -> Resizer {
    let mut resizer = Resizer::new();
    if level.0 == Isa::Plain {
        plain(&mut resizer);
    }
    resizer
}

/// A resizer for floating-point samples.
pub(crate) fn floating() -> Resizer {
    let mut resizer = Resizer::new();
    plain(&mut resizer);
    resizer
}

fn plain(resizer: &mut Resizer) {
    // SAFETY: the call is unsafe because one may ask for what the CPU lacks; this asks for nothing.
    unsafe { resizer.set_cpu_extensions(CpuExtensions::None) };
}
