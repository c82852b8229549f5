//! AVIF (AV1 Image File Format 1.1): boxes around still pictures in AV1.
//!
//! ```text
//! container   items, where their bytes lie, what belongs to what      (ISO/IEC 14496-12, 23008-12)
//! describe    one picture out of that: size, depth, colour, tiles, alpha, orientation
//! av1         bytes of one item to planes                              (re_rav1d)
//! yuv         planes to interleaved samples
//! read        the adapter that puts them in order
//! ```

mod av1;
mod container;
mod describe;
pub(super) mod read;
mod yuv;
