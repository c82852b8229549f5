//! From a cloth to files.

use std::path::Path;

use zhijin::codec::{self, EncodeOptions, Format, Metadata};
use zhijin::weave::render::render;
use zhijin::weave::wif::write_wif;
use zhijin::weave::yarn::{TakeUp, sheet, write_weft_sequence};
use zhijin::{Cancel, Context, Engine, Job, Limits};

use super::WeaveArgs;
use super::bolt::{self, Bolt};
use super::kind::{self, Kind};
use crate::cli::inputs::Input;
use crate::cli::report::{End, Names, Reporter};
use crate::cli::workshop::{exists, guarded, text, unwritable};
use crate::cli::write::{self, Existing};
use crate::cli::{naming, out};

/// Everything that weaving takes.
pub(super) struct Mill<'a> {
    pub(super) asked: &'a WeaveArgs,
    pub(super) engine: Engine,
    pub(super) cancel: Cancel,
    pub(super) limits: Limits,
    /// The files wanted; none: what suits the input.
    pub(super) kinds: Vec<Kind>,
}

impl Mill<'_> {
    /// All files of an input, each told.
    pub(super) fn weave(&self, input: &Input, reporter: &mut Reporter<'_>) {
        let made = self.guarded(|| self.files(input, reporter));
        if let Err(end) = made {
            reporter.result(
                Names { input: &input.name(), style: self.asked.order.tradition(), output: "" },
                &end,
            );
        }
    }

    fn guarded<T>(&self, make: impl FnOnce() -> Result<T, String>) -> Result<T, End> {
        guarded(&self.cancel, "weaving", make)
    }

    fn files(&self, input: &Input, reporter: &mut Reporter<'_>) -> Result<(), String> {
        let bytes = input.read(self.limits.max_bytes)?;
        let draft = bolt::is_draft(&bytes);
        let planned = self.planned(input, draft)?;
        if self.asked.run.dry_run {
            return planned.iter().try_for_each(|(kind, target)| self.foretell(input, *kind, target));
        }
        let job = self.job(Job::new(bytes.clone()));
        let context = self.engine.context(&job);
        let bolt = match draft {
            true => Bolt::of_draft(self.asked, &bytes),
            false => Bolt::of_picture(self.asked, &self.engine, job),
        }
        .map_err(text)?;
        reporter.say(&format!("{}: {}", input.name(), bolt.told()));
        for (kind, target) in &planned {
            let made = self.guarded(|| self.file(&bolt, *kind, target, &context));
            let names = Names { input: &input.name(), style: kind.name(), output: &target.name() };
            reporter.result(names, &made.unwrap_or_else(|end| end));
        }
        Ok(())
    }

    /// `--dry-run`: what would be written.
    fn foretell(&self, input: &Input, kind: Kind, target: &naming::Target) -> Result<(), String> {
        let (input, output) = (input.name(), target.name());
        let exists = matches!(target, naming::Target::File(path) if write::is_taken(path));
        let line = if self.asked.show.json {
            serde_json::json!({
                "input": input, "style": kind.name(), "output": output, "status": "planned", "exists": exists
            })
            .to_string()
        } else {
            format!("{input} -> {output}{}", if exists { " (exists)" } else { "" })
        };
        out::line(&line)
            .map_err(|error| format!("standard output cannot be written ({error}); check where it leads"))
    }

    fn job(&self, job: Job) -> Job {
        let job = job.cancel(self.cancel.clone());
        match self.asked.run.deadline {
            Some(deadline) => job.deadline(deadline),
            None => job,
        }
    }

    /// The files of an input, and where they go.
    fn planned(&self, input: &Input, draft: bool) -> Result<Vec<(Kind, naming::Target)>, String> {
        let output = self.asked.output.as_deref();
        let kinds = match (&self.kinds[..], draft) {
            ([], true) => &[Kind::Cloth],
            ([], false) => &Kind::ALL[..],
            (said, _) => said,
        };
        let mut stem = input.path().and_then(Path::file_stem).unwrap_or("stdin".as_ref()).to_os_string();
        if !draft {
            stem.push(format!(".{}", self.asked.order.tradition()));
        }
        let target = |kind: &Kind| {
            let mut file = stem.clone();
            file.push(format!(".{}", kind.ending(self.asked.loom.card_format(None).extension())));
            match kind::place(output, input.path(), &input.below, &file) {
                Some(path) if Some(path.as_path()) == input.path() => {
                    Err(format!("{} would be written over itself; give -o another name", out::shown(&path)))
                }
                Some(path) => Ok((*kind, naming::Target::File(path))),
                None => Ok((*kind, naming::Target::Stdout)),
            }
        };
        kinds.iter().map(target).collect()
    }

    /// One file.
    fn file(
        &self,
        bolt: &Bolt,
        kind: Kind,
        target: &naming::Target,
        context: &Context,
    ) -> Result<End, String> {
        context.check().map_err(text)?;
        let naming::Target::File(path) = target else {
            let bytes = self.bytes(bolt, kind, None, context).map_err(text)?;
            return match out::bytes(&bytes) {
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                    Err(format!("standard output cannot be written ({error}); check where it leads"))
                }
                _ => Ok(End::Woven(bolt.facts())),
            };
        };
        if !self.asked.overwrite && write::is_taken(path) {
            return if self.asked.skip_existing { Ok(End::Skipped) } else { Err(exists(path)) };
        }
        let bytes = self.bytes(bolt, kind, Some(path), context).map_err(text)?;
        let existing = if self.asked.overwrite { Existing::Replace } else { Existing::Keep };
        write::whole(path, &bytes, existing).map_err(|error| unwritable(path, &error))?;
        Ok(End::Woven(bolt.facts()))
    }

    fn bytes(
        &self,
        bolt: &Bolt,
        kind: Kind,
        path: Option<&Path>,
        context: &Context,
    ) -> zhijin::Result<Vec<u8>> {
        let cloth = &bolt.cloth;
        let title = || path.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
        let yarns = || sheet(cloth, TakeUp::default());
        let mut bytes = Vec::new();
        match kind {
            Kind::Wif => {
                write_wif(&mut bytes, cloth, &self.asked.loom.draft(title().unwrap_or_default()))?;
            }
            Kind::Cards => {
                return self.asked.loom.cards(cloth, self.asked.loom.card_format(path));
            }
            Kind::Points => return bolt.points(),
            Kind::Yarns => bytes = format!("{}\n", yarns().to_json()).into_bytes(),
            Kind::Sheet => bytes = yarns().to_html(&title().unwrap_or("zhijin".into())).into_bytes(),
            // Writing into memory does not fail.
            Kind::Wefts => drop(write_weft_sequence(&mut bytes, cloth)),
            Kind::Cloth => {
                let picture = render(cloth, &self.asked.sight.view(cloth)?, context)?;
                let format = path.and_then(Path::extension).and_then(|e| e.to_str());
                let format = format.and_then(Format::from_extension).unwrap_or(Format::Png);
                return codec::encode(
                    &picture,
                    format,
                    &EncodeOptions::default(),
                    &Metadata::default(),
                    context,
                );
            }
        }
        Ok(bytes)
    }
}
