//! zhijin (织锦, brocade) turns pictures into art on the machine it runs on.
//!
//! A [`Job`] says what is wanted: a picture or the bytes of a file, a [`Style`], a seed, perhaps a deadline. An
//! [`Engine`] makes it, and its [`Outcome`] holds the picture and a true report of how it was made:
//!
//! ```
//! use zhijin::{Engine, Job, Picture};
//!
//! let photo = Picture::try_from(image::RgbImage::from_pixel(64, 48, image::Rgb([90, 140, 200])))?;
//! let engine = Engine::builder().build()?;
//! let outcome = engine.run(&Job::new(photo).style("cyanotype").seed(7))?;
//! assert_eq!(outcome.report.made.place, "local");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! From bytes to bytes it is [`Engine::render`]; animations stay animations there. A job can be started on a thread
//! of its own with [`Engine::start`] and waited for, awaited in any async runtime, or cancelled. The same input, style,
//! seed and version give the same bytes for any number of threads and on every CPU level.
//!
//! Underneath, in the order data flows, each module using only those before it:
//!
//! - [`parallel`]: fixed bands of rows on a pool of threads; [`Context`] carries the pool, the limits, the deadline and the switch to stop
//! - [`pixel`]: what a picture is, and the way from and to the `image` crate's buffers
//! - [`color`]: what its numbers mean
//! - [`codec`]: bytes to pictures and back
//! - [`palette`]: a few colours, their names, and the files of palettes
//! - [`filter`], [`texture`]: the arithmetic of filters, and of paper and cloth, on planes of floating point
//! - [`quant`]: from many colours to few
//! - [`edge`]: edges as an instrument: gradients, Canny, zero crossings, points between the pixels
//! - [`mod@line`]: line as drawing: flow, contours, the extended difference of Gaussians, hatching
//! - [`paint`]: paint as a medium: what brush, water and ink do
//! - [`region`]: pictures as flat shapes: found, tidied, drawn with clean borders
//! - [`trace`]: edges, ink and flat regions as paths, in an order for pens, as SVG and JSON
//! - [`weave`]: cloth thread by thread: weaves, drafts, loom files, and their picture
//! - [`op`]: operators, with their parameters declared once
//! - [`mask`]: where an operator is seen
//! - [`style`]: styles as data, and the pipeline that runs them
//! - [`engine`]: the front door
//!
//! Features: `cli` (the program), `parallel` (all cores), `jxl` and `avif` (two more formats to read); all are on by
//! default, and none is needed for the rest.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "in a test a panic is the message"))]

pub mod codec;
pub mod color;
mod context;
pub mod edge;
pub mod engine;
mod error;
pub mod filter;
mod kernel;
mod limits;
pub mod line;
pub mod mask;
pub mod measure;
pub mod op;
pub mod paint;
pub mod palette;
pub mod parallel;
pub mod pixel;
pub mod quant;
pub mod region;
pub mod style;
pub mod texture;
pub mod trace;
pub mod weave;

#[cfg(test)]
mod test_support;

pub use context::{Cancel, Context, Deadline};
pub use engine::{Engine, Input, Job, Outcome, Output, Rendered, Report};
pub use error::{Error, Result};
pub use kernel::Level;
pub use limits::Limits;
pub use pixel::Picture;
pub use style::Style;
