//! gif.

mod palette;
pub(super) mod read;
pub(super) mod write;
