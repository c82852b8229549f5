//! `zhijin weave`: a picture becomes cloth and the files a loom wants; a draft becomes a picture, or is checked.
//!
//! ```text
//! order.rs   what cloth is asked for      loom.rs   hooks, shafts, cards
//! sight.rs   how the cloth is shown       kind.rs   the files there are, and their names
//! bolt.rs    from an input to a cloth     files.rs  from a cloth to files
//! check.rs   is it cloth?
//! ```

mod bolt;
mod check;
mod files;
mod kind;
mod loom;
mod order;
mod sight;

use std::path::PathBuf;

use clap::{Args, ValueHint};
use zhijin::{Engine, Limits};

use self::kind::Kind;
use self::loom::LoomArgs;
use self::order::OrderArgs;
use self::sight::SightArgs;
use super::args::{RunArgs, ShowArgs};
use super::report::Reporter;
use super::{Exit, Failure, apply, inputs, out, stop};

/// Weave pictures: cloth to look at, and the files a loom wants.
///
/// A picture is drawn as a design for the loom, woven thread by thread with floats no longer than allowed, and
/// written as a draft (WIF 1.1), cards for a jacquard machine, point paper, a list of yarns, and a picture of the cloth.
/// A draft (.wif) of any program is shown as cloth, or checked.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  zhijin weave photo.jpg --tradition yun --width 60cm --epcm 60 --ppcm 40 --max-float 12 -o loom/
  zhijin weave photo.jpg --files cloth,points --yarns 8
  zhijin weave photo.jpg --repeat half-drop --width 18cm --across 4 --hooks 4400 --cards bmp
  zhijin weave photo.jpg -o photo.wif
  zhijin weave draft.wif -o cloth.png
  zhijin weave draft.wif --files cards --hooks 1320 -o cards.tif
  zhijin weave --check draft.wif --max-float 12")]
pub(crate) struct WeaveArgs {
    /// Pictures or drafts (.wif), folders or patterns; - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,

    /// Check drafts instead: floats, loose threads, shafts, colours. The exit code is 1 if one cannot be woven.
    #[arg(long, conflicts_with_all = ["files", "output"])]
    check: bool,

    /// The files to write; default: all for a picture, the cloth for a draft.
    #[arg(long, value_name = "LIST", value_delimiter = ',', help_heading = "Output")]
    files: Vec<Kind>,

    /// Folder to write to, or a file, whose extension then says which; - for standard output.
    ///
    /// wif: the draft. tif, bmp: cards. json, html: yarns. csv: wefts. Any picture format: the cloth. With one kind
    /// in --files, that.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath, help_heading = "Output")]
    output: Option<PathBuf>,

    /// Replace files that exist.
    #[arg(long, conflicts_with = "skip_existing", help_heading = "Output")]
    overwrite: bool,

    /// Leave files that exist, and go on.
    #[arg(long, help_heading = "Output")]
    skip_existing: bool,

    #[command(flatten)]
    order: OrderArgs,
    #[command(flatten)]
    loom: LoomArgs,
    #[command(flatten)]
    sight: SightArgs,
    #[command(flatten)]
    run: RunArgs,
    #[command(flatten)]
    show: ShowArgs,
}

/// Do what was asked.
pub(super) fn run(asked: &WeaveArgs) -> Result<Exit, Failure> {
    let limits: Limits = apply::limits(&asked.run);
    let folder = asked.output.as_deref().filter(|path| super::naming::is_folder(path));
    let mut found = inputs::find_also(&asked.inputs, folder, limits.max_bytes, "wif");
    if asked.check {
        found.inputs.retain(|input| !input.walked || input.format.is_none());
        return check::run(asked, &found, limits.max_bytes);
    }
    let kinds = kind::wanted(&asked.files, asked.output.as_deref()).map_err(Failure::Usage)?;
    kind::mind_many(asked.output.as_deref(), found.inputs.len(), &kinds).map_err(Failure::Usage)?;
    if asked.show.json && asked.output.as_deref() == Some("-".as_ref()) {
        let text = "the file and --json would both go to standard output; write the file with -o";
        return Err(Failure::Usage(text.into()));
    }
    let engine = Engine::builder().threads(usize::from(asked.run.threads)).limits(limits).build()?;
    let mill = files::Mill { asked, engine, cancel: stop::on_interrupt(), limits, kinds };
    let names = found.inputs.iter().map(inputs::Input::name).collect();
    let mut reporter = Reporter::new(&asked.show, names);
    for problem in &found.problems {
        reporter.problem(&problem.name, &problem.what);
    }
    for (index, input) in found.inputs.iter().enumerate() {
        reporter.progress.started(index);
        mill.weave(input, &mut reporter);
        reporter.progress.finished(index, 0);
    }
    reporter.finish()
}

/// Text of several lines from outside, safe to show.
fn shown(text: &str) -> String {
    text.lines().map(out::plain).collect::<Vec<_>>().join("\n")
}

fn unsupported(what: &str, remedy: &str) -> zhijin::Error {
    zhijin::Error::Unsupported { what: what.into(), remedy: remedy.into() }
}
