//! webp.

mod container;
pub(super) mod read;
pub(super) mod write;
