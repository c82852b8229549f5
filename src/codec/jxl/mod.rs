//! jxl.

pub(super) mod read;
