//! Somewhere else a picture can be made.

use crate::context::Context;
use crate::pixel::Picture;
use crate::style::Style;

/// One method: a picture for a request, or how the caller should take the failure.
pub trait Backend: Send + Sync {
    /// What reports call it.
    fn name(&self) -> &str;

    /// Make the picture. It must mind `request.context`: stop when cancelled, and leave in time for the work to
    /// be done locally before the deadline.
    fn run(&self, request: &Request<'_>) -> Result<Picture, Failure>;
}

/// What is to be made.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The picture, upright and in sRGB.
    pub picture: &'a Picture,
    /// The look.
    pub style: &'a Style,
    /// Where all chance comes from.
    pub seed: u64,
    /// How it may be stopped and how much it may take.
    pub context: &'a Context,
}

/// Why a backend made nothing, by what is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It could not: the next backend may, and local work will. The reason goes into the report.
    Unavailable(String),
    /// It would not: the picture or the wish is against its rules, and nobody else is asked.
    Refused(String),
}
