//! JPEG XL (ISO/IEC 18181), read by jxl-oxide.

pub(super) mod read;
