//! zhijin (织锦, brocade) turns pictures into art on the machine it runs on.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "in a test a panic is the message"))]

pub mod codec;
pub mod color;
mod context;
pub mod engine;
mod error;
mod kernel;
mod limits;
pub mod op;
pub mod parallel;
pub mod pixel;
pub mod style;
#[cfg(test)]
mod test_support;

pub use context::{Cancel, Context, Deadline};
pub use engine::{Engine, Input, Job, Outcome, Output, Rendered, Report};
pub use error::{Error, Result};
pub use kernel::Level;
pub use limits::Limits;
pub use pixel::Picture;
pub use style::Style;
