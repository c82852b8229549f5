//! avif.

pub(super) mod read;
