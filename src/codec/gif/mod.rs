//! gif.

mod palette;
pub(super) mod read;
mod table;
pub(super) mod write;
