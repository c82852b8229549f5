//! How far a picture is from another, and what it is like by itself.

mod plain;
mod quality;
mod scielab;
mod traits;

pub use plain::{oklab_mse, seen_mse, srgb_mse};
pub use quality::{error_of_quality, quality};
pub use scielab::{Difference, Seen, scielab};
pub use traits::{ABOUT as TRAITS, SIDE as TRAITS_SIDE, Traits, traits};

use crate::error::{Error, Result};
use crate::pixel::Size;

/// Two pictures can be compared if they are of one size.
fn same_size(a: Size, b: Size) -> Result<()> {
    if a == b {
        return Ok(());
    }
    let what = format!("a picture of {a} cannot be compared with one of {b}");
    Err(Error::unsupported(what, "bring them to one size first"))
}
