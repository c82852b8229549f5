//! What a picture is.
//!
//! ```text
//! Picture   size · layout · encoding · alpha · samples at rest (u8, u16 or f32)
//! samples   interleaved, no padding:  r g b  r g b  r g b …   row after row
//! work      a band of rows is opened into separate f32 rows, worked on in cache, and put back;
//!           filters that need a whole neighbourhood open the picture into f32 Planes
//! ```
//!
//! Pictures rest in the depth they came in: an 8-bit photograph of 400 megapixels takes 1.2 GB, not five.
//! The invariants (no side is zero, the area fits, as many samples as pixels and channels, an alpha
//! state that fits the layout) are checked where a picture is made and relied upon everywhere else.

mod convert;
mod layout;
mod picture;
mod plane;
mod planes;
mod samples;
mod size;
mod view;

pub use picture::{Alpha, Encoding, Layout, Picture, PictureError, SamplesMut};
pub use plane::Plane;
pub use planes::Planes;
pub(crate) use samples::with_samples;
pub use samples::{Depth, Samples};
pub use size::{Size, SizeError};
pub use view::{View, ViewMut};
