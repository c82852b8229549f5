//! What came of it, and how.

use std::time::Duration;

use serde::Serialize;

use super::{Engine, Job};
use crate::codec::{Format, Metadata};
use crate::pixel::Picture;
use crate::style::Style;
use crate::style::pipeline::{StepTime, as_seconds};

/// A picture, and the story of how it was made.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was made.
    pub picture: Picture,
    /// What the file may carry on.
    pub metadata: Metadata,
    /// How it was made.
    pub report: Report,
}

/// The bytes of a file, and the story of how they were made.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its format.
    pub format: Format,
    /// How it was made.
    pub report: Report,
}

/// The story. It is true, and complete enough to make the same picture again.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of zhijin.
    pub version: &'static str,
    /// The style.
    pub style: String,
    /// The seed.
    pub seed: u64,
    /// What went in.
    pub input: Shape,
    /// What came out.
    pub output: Shape,
    /// Frames made; zero for a still picture.
    pub frames: u32,
    /// Where it was made, and why there.
    pub made: Made,
    /// Where it was tried before, and why that failed.
    pub attempts: Vec<Attempt>,
    /// The passes over the picture and the time of each.
    pub steps: Vec<StepTime>,
    /// Where the time went, in seconds.
    pub times: Times,
    /// Threads of the engine.
    pub threads: usize,
    /// The CPU level of the kernels.
    pub cpu: &'static str,
}

/// Size and kind of a picture.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shape {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// The format, if it was a file.
    pub format: Option<String>,
    /// The length of the file, if one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<usize>,
}

/// Where a picture was made.
#[derive(Clone, Debug, Serialize)]
pub struct Made {
    /// `local`, or the name of a backend.
    pub place: String,
    /// The reason.
    pub why: String,
}

/// A place that was tried in vain.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    /// The name of the backend.
    pub place: String,
    /// Why it failed.
    pub failure: String,
}

/// Where the time went.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Times {
    /// Bytes to picture.
    #[serde(serialize_with = "as_seconds")]
    pub decode: Duration,
    /// Picture to bytes.
    #[serde(serialize_with = "as_seconds")]
    pub encode: Duration,
    /// From the call to its end.
    #[serde(serialize_with = "as_seconds")]
    pub total: Duration,
}

impl Report {
    pub(super) fn new(engine: &Engine, job: &Job, style: &Style) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            style: style.name.clone(),
            seed: job.seed,
            input: Shape::default(),
            output: Shape::default(),
            frames: 0,
            made: Made { place: "local".into(), why: "no other place is configured".into() },
            attempts: Vec::new(),
            steps: Vec::new(),
            times: Times::default(),
            threads: engine.threads(),
            cpu: engine.level.name(),
        }
    }

    /// Was it made here because another place failed?
    pub fn is_degraded(&self) -> bool {
        self.made.place == "local" && !self.attempts.is_empty()
    }

    /// Add the passes of another frame to those of the frames before.
    pub(super) fn add_steps(&mut self, steps: Vec<StepTime>) {
        if self.steps.is_empty() {
            self.steps = steps;
            return;
        }
        for (sum, step) in self.steps.iter_mut().zip(steps) {
            sum.time += step.time;
        }
    }
}

impl Shape {
    pub(super) fn of(picture: &Picture, format: Option<Format>) -> Self {
        let size = picture.size();
        Self {
            width: size.width(),
            height: size.height(),
            format: format.map(|f| f.to_string()),
            bytes: None,
        }
    }
}
