//! Floats: how long threads lie free on either face, and ties where that is too long.

mod columns;
mod hang;
mod lattice;
mod repair;
pub(crate) mod rows;
mod survey;
mod sweep;

pub use hang::hangs_together;
pub use repair::{Limits, Repaired, repair};
pub use survey::{Floats, Histogram, survey, survey_lift};
