//! The front door: a [`Job`] goes in, an [`Outcome`] comes out, whatever happens in between.
//!
//! An engine owns its threads and its limits. It hands a job to its backends in order and does it itself if
//! none of them could; the report says where the picture was made and why. Nothing here knows of networks.

mod ahead;
mod backend;
mod job;
mod local;
mod outcome;
mod running;

use std::sync::Arc;
use std::time::Instant;

use crate::codec::{self, Format};
use crate::context::{Context, Deadline};
use crate::error::{Error, Result, guarded};
use crate::kernel::Level;
use crate::limits::Limits;
use crate::parallel::Pool;
use crate::pixel::Picture;
use crate::style::Style;

pub use backend::{Backend, Failure, Request};
pub use job::{Input, Job, Output, Stage};
pub use outcome::{Attempt, Made, Outcome, Rendered, Report, Shape};
pub use running::Running;

/// Makes pictures. Cheap to clone; clones share threads.
#[derive(Clone)]
pub struct Engine {
    pool: Arc<Pool>,
    level: Level,
    limits: Limits,
    backends: Arc<[Arc<dyn Backend>]>,
}

/// Settings of an engine, each with a default that suits a desktop.
#[derive(Default)]
pub struct EngineBuilder {
    threads: usize,
    level: Option<Level>,
    limits: Limits,
    backends: Vec<Arc<dyn Backend>>,
}

impl EngineBuilder {
    /// How many threads; zero, the default, means one for each core.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// The CPU level; the default is the best of this machine.
    pub fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// How much one job may ask for.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Try this backend before doing the work here. Several are tried in the order they are added.
    pub fn backend(mut self, backend: impl Backend + 'static) -> Self {
        self.backends.push(Arc::new(backend));
        self
    }

    /// The engine; fails only if its threads cannot be started.
    pub fn build(self) -> Result<Engine> {
        Ok(Engine {
            pool: Arc::new(Pool::new(self.threads)?),
            level: self.level.unwrap_or_else(Level::detect),
            limits: self.limits,
            backends: self.backends.into(),
        })
    }
}

impl Engine {
    /// Start from the defaults.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// Make one still picture. Of an animation, its first frame.
    pub fn run(&self, job: &Job) -> Result<Outcome> {
        let start = Instant::now();
        let (context, style) = (self.context(job), job.resolve()?);
        job.admit(&style, &context)?;
        let (mut decoded, read) = job.open(&context)?;
        decoded.metadata.recipe = job.recipe(&style);
        let mut report = Report::new(self, job, &style);
        report.input = Shape::of(&decoded.picture, decoded.format);
        report.times.decode = read;
        let picture = self.make(job, &style, decoded.picture, &context, &mut report)?;
        report.output = Shape::of(&picture, decoded.format);
        report.times.total = start.elapsed();
        Ok(Outcome { picture, metadata: decoded.metadata, report })
    }

    /// Make the bytes of a file; an animation stays one where the format allows.
    pub fn render(&self, job: &Job, output: &Output) -> Result<Rendered> {
        let start = Instant::now();
        let context = self.context(job);
        if output.format.is_none_or(Format::can_animate)
            && let Some(rendered) = local::animation(self, job, output, &context)?
        {
            return Ok(rendered);
        }
        let Outcome { picture, metadata, mut report } = self.run(job)?;
        let format = output.format.unwrap_or(Format::Png);
        let encoding = Instant::now();
        job.tell(Stage::Encoding { format });
        let bytes = codec::encode(&picture, format, &output.options, &metadata, &context)?;
        report.times.encode = encoding.elapsed();
        report.times.total = start.elapsed();
        report.output = Shape { bytes: Some(bytes.len()), ..Shape::of(&picture, Some(format)) };
        Ok(Rendered { bytes, format, report })
    }

    /// Start a job on a thread of its own: to be waited for, awaited, or cancelled.
    pub fn start(&self, job: Job) -> Running {
        Running::start(self.clone(), job)
    }

    /// How many threads it has.
    pub fn threads(&self) -> usize {
        self.pool.threads()
    }

    /// The conditions a job runs under, its deadline counted from now.
    pub fn context(&self, job: &Job) -> Context {
        Context {
            level: self.level,
            pool: Some(self.pool.clone()),
            limits: self.limits,
            cancel: job.cancel.clone(),
            deadline: job.deadline.map(Deadline::after),
        }
    }

    /// Through the backends in order, and locally if none of them could.
    fn make(
        &self,
        job: &Job,
        style: &Style,
        picture: Picture,
        context: &Context,
        report: &mut Report,
    ) -> Result<Picture> {
        for backend in self.backends.iter() {
            let request = Request { picture: &picture, style, seed: job.seed, context };
            // A backend that panics is one that could not.
            let answer = guarded(backend.name(), || Ok(backend.run(&request)))
                .unwrap_or_else(|error| Err(Failure::Unavailable(error.to_string())));
            match answer {
                Ok(picture) => {
                    report.made =
                        Made { place: backend.name().into(), why: "first in order that could".into() };
                    return Ok(picture);
                }
                Err(Failure::Refused(reason)) => {
                    let what = format!("{} refused the picture: {reason}", backend.name());
                    return Err(Error::unsupported(
                        what,
                        "change the picture or the style, or ask for local work",
                    ));
                }
                Err(Failure::Unavailable(reason)) => {
                    report.attempts.push(Attempt { place: backend.name().into(), failure: reason });
                }
            }
        }
        let (picture, steps) = local::picture(job, style, picture, context)?;
        report.steps = steps;
        Ok(picture)
    }
}
