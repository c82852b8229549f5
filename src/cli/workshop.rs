//! One result: a picture opened, made, and written.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use zhijin::codec::{self, DecodeOptions, EncodeOptions, Profile};
use zhijin::{Cancel, Engine, Error, Job, Limits, Output, Report, Style};

use super::aim::{Aim, Few, Found, Search};
use super::args::Apply;
use super::document::Document;
use super::inputs::{self, Input};
use super::memory::{self, Budget, Share};
use super::naming::Target;
use super::out;
use super::plan::Item;
use super::preview::Screen;
use super::report::{End, Made};
use super::write::{self, Existing};

/// What is written for a picture.
pub(super) enum Product<'a> {
    /// The picture as the style makes it.
    Picture,
    /// In so few colours that the file is what it must be.
    Fewest(Aim<'a>),
    /// No picture, but what was found in one.
    Document(Document),
}

/// Everything a worker needs to make results.
pub(super) struct Workshop<'a> {
    pub(super) apply: &'a Apply,
    pub(super) engine: Engine,
    pub(super) styles: Vec<Style>,
    pub(super) found: inputs::Found,
    pub(super) cancel: Cancel,
    pub(super) limits: Limits,
    pub(super) budget: Budget,
    pub(super) screen: Option<Screen>,
    pub(super) product: Product<'a>,
}

impl Workshop<'_> {
    /// Pictures worked on at a time.
    pub(super) fn workers(&self) -> usize {
        self.apply.run.jobs.map_or(self.engine.threads(), usize::from)
    }

    pub(super) fn end(&self, item: &Item) -> End {
        self.guarded(|| self.make(item)).unwrap_or_else(|end| end)
    }

    /// Do it; whatever goes wrong is the end of this one thing.
    pub(super) fn guarded<T>(&self, make: impl FnOnce() -> Result<T, String>) -> Result<T, End> {
        guarded(&self.cancel, "the work on this picture", make)
    }

    fn make(&self, item: &Item) -> Result<End, String> {
        if let Target::File(path) = &item.target
            && self.is_to_be_skipped(path)?
        {
            return Ok(End::Skipped);
        }
        let input = &self.found.inputs[item.input];
        let (job, _share) = self.open(input)?;
        let job = job.with_style(self.styles[item.style].clone());
        let (bytes, report, few) = match &self.product {
            Product::Picture => self.picture(item, &job, None)?,
            Product::Fewest(aim) => self.picture(item, &job, Some(aim))?,
            Product::Document(document) => {
                let (bytes, report) = document.written(&self.engine, &job).map_err(text)?;
                (bytes, report, None)
            }
        };
        if self.is_no_smaller(&bytes, input)? {
            return Ok(End::Larger);
        }
        let preview = self.screen.and_then(|screen| screen.show(&self.engine, &bytes));
        match &item.target {
            Target::Stdout => out::bytes(&bytes).or_else(enough)?,
            Target::File(path) => self.write(path, &bytes)?,
        }
        Ok(End::Made(Box::new(Made { report, few, preview })))
    }

    /// The bytes of the picture, how it was made, and what came of the search for few colours, if there was one.
    fn picture(
        &self,
        item: &Item,
        job: &Job,
        aim: Option<&Aim<'_>>,
    ) -> Result<(Vec<u8>, Report, Option<Few>), String> {
        let output = Output { format: Some(item.format), options: self.encoding() };
        let found = match aim {
            None => Found { rendered: self.engine.render(job, &output).map_err(text)?, few: None },
            Some(aim) => {
                let input = &self.found.inputs[item.input];
                let animated = item.format.can_animate() && input.animated(self.limits);
                Search { aim, engine: &self.engine, job, output, animated }.found()?
            }
        };
        Ok((found.rendered.bytes, found.rendered.report, found.few))
    }

    /// Was only a smaller file wanted, and are these bytes as many as those of the original?
    fn is_no_smaller(&self, bytes: &[u8], input: &Input) -> Result<bool, String> {
        match &self.product {
            Product::Fewest(aim) if aim.only_smaller => {
                Ok(bytes.len() >= input.read(self.limits.max_bytes)?.len())
            }
            _ => Ok(false),
        }
    }

    /// A file that is there before any work: to be skipped, or an error, or fair game.
    pub(super) fn is_to_be_skipped(&self, path: &Path) -> Result<bool, String> {
        let output = &self.apply.output;
        if output.overwrite || !write::is_taken(path) {
            return Ok(false);
        }
        if output.skip_existing { Ok(true) } else { Err(exists(path)) }
    }

    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), String> {
        let existing = if self.apply.output.overwrite { Existing::Replace } else { Existing::Keep };
        write::whole(path, bytes, existing).map_err(|error| unwritable(path, &error))
    }

    /// The picture as a job, admitted to memory.
    pub(super) fn open(&self, input: &Input) -> Result<(Job, Share<'_>), String> {
        self.budget.admit(|| {
            let bytes = input.read(self.limits.max_bytes)?;
            let job = self.job(bytes.clone());
            let header = codec::header(&bytes, &self.engine.context(&job)).map_err(text)?;
            let needed = memory::needed(bytes.len(), &header, self.apply.picture.size.as_ref());
            Ok((job, needed))
        })
    }

    fn job(&self, bytes: Arc<Vec<u8>>) -> Job {
        let apply = self.apply;
        let profile = if apply.output.keep_icc { Profile::Carry } else { Profile::Convert };
        let decode = DecodeOptions { profile, keep_exif: apply.output.keep_exif };
        let mut job = Job::new(bytes)
            .seed(apply.picture.seed)
            .bare(apply.output.no_recipe)
            .cancel(self.cancel.clone())
            .decode(decode);
        if let Some(size) = apply.picture.size {
            job = job.size(size);
        }
        if let Some(deadline) = apply.run.deadline {
            job = job.deadline(deadline);
        }
        job
    }

    fn encoding(&self) -> EncodeOptions {
        let output = &self.apply.output;
        EncodeOptions {
            quality: self.apply.jpeg.quality,
            compression: output.compress.into(),
            background: output.background,
        }
    }
}

/// Do it; a switch thrown meanwhile, an error or a fault of ours in `place` is the end of this one thing.
pub(super) fn guarded<T>(
    cancel: &Cancel,
    place: &str,
    make: impl FnOnce() -> Result<T, String>,
) -> Result<T, End> {
    if cancel.is_cancelled() {
        return Err(End::Stopped);
    }
    match catch_unwind(AssertUnwindSafe(make)) {
        Ok(Ok(made)) => Ok(made),
        Ok(Err(_)) if cancel.is_cancelled() => Err(End::Stopped),
        Ok(Err(what)) => Err(End::Failed(what)),
        Err(panic) => Err(End::Failed(Error::from_panic(place, panic.as_ref()).to_string())),
    }
}

/// The library's errors name value, range and remedy themselves.
pub(super) fn text(error: Error) -> String {
    error.to_string()
}

/// A reader that has left has read enough.
fn enough(error: io::Error) -> Result<(), String> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(format!("standard output cannot be written ({error}); check where it leads")),
    }
}

pub(super) fn exists(path: &Path) -> String {
    format!("{} exists already; --overwrite replaces it, --skip-existing leaves it", out::shown(path))
}

pub(super) fn unwritable(path: &Path, error: &io::Error) -> String {
    let why = match error.kind() {
        io::ErrorKind::AlreadyExists => return exists(path),
        io::ErrorKind::PermissionDenied => "you may not write there; choose another folder with -o".into(),
        io::ErrorKind::StorageFull => {
            "the disk is full; free some space or choose another folder with -o".into()
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "the file system is read-only; choose another folder with -o".into()
        }
        io::ErrorKind::NotADirectory => {
            "a part of the path is a file, not a folder; choose another with -o".into()
        }
        io::ErrorKind::IsADirectory => "it is a folder; end -o with / to write into it".into(),
        _ => format!("{error}; choose another place with -o"),
    };
    format!("{} cannot be written: {why}", out::shown(path))
}
