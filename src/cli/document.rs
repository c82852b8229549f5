//! Results that are no pictures: what was found in one, as a file of its own.

use zhijin::{Context, Engine, Job, Outcome, Picture, Report, Result};

/// What is written instead of a picture.
pub(super) struct Document {
    /// The extension of its files.
    pub(super) extension: &'static str,
    /// The bytes of a file about a picture that is ready.
    pub(super) write: Box<Writer>,
}

/// From a picture to the bytes of a file.
pub(super) type Writer = dyn Fn(&Picture, &Context) -> Result<Vec<u8>> + Send + Sync;

impl Document {
    /// Make the picture of a job, and the bytes of the file about it.
    pub(super) fn written(&self, engine: &Engine, job: &Job) -> Result<(Vec<u8>, Report)> {
        let Outcome { picture, mut report, .. } = engine.run(job)?;
        let bytes = (self.write)(&picture, &engine.context(job))?;
        report.output.format = Some(self.extension.into());
        report.output.bytes = Some(bytes.len());
        Ok((bytes, report))
    }
}
