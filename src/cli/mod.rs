//! The command line: translates what was typed into calls of the library, and what came of it into words
//! and an exit code.
//!
//! ```text
//! args.rs values.rs   what can be typed              plan.rs      which picture, in which style, to where
//! inputs.rs           which pictures were meant      naming.rs    how results are called
//! apply.rs            the whole of `apply`           batch.rs     many, side by side, in order
//! workshop.rs         one result, made
//! memory.rs           how many fit at a time         write.rs     a file appears whole or not at all
//! report.rs           what is said about it          progress.rs  how far it is
//! sheet.rs preview.rs all styles on one page; pictures in the terminal
//! redo.rs styles.rs   the other commands: redo, styles
//! shell.rs            completions and the manual     stop.rs out.rs  Ctrl-C; standard output
//! styles_lut.rs       a style as a table of colours
//! quantize.rs         pictures in few colours    aim.rs       so many that size or quality is met
//! palette.rs          the colours of pictures, and palette files
//! edges.rs            edges as lines or points   document.rs  results that are no pictures
//! vectors.rs          drawings of lines and of flat regions
//! weave.rs            cloth and loom files
//! ```

mod aim;
mod apply;
mod args;
mod batch;
mod document;
mod edges;
mod inputs;
mod measure;
mod memory;
mod naming;
mod out;
mod palette;
mod plan;
mod preview;
mod progress;
mod quantize;
mod redo;
mod report;
mod sheet;
mod shell;
mod stop;
mod styles;
mod styles_lut;
mod values;
mod vectors;
mod weave;
mod workshop;
mod write;

use std::any::Any;
use std::io;
use std::process::ExitCode;

use zhijin::style::StyleError;

pub(crate) use args::Arguments;
use args::Command;

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything was made.
    Made,
    /// Something could not be made.
    NotMade,
    /// The command line or a style is wrong.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Made => Self::SUCCESS,
            Exit::NotMade => Self::from(1),
            Exit::Usage => Self::from(2),
        }
    }
}

/// Why nothing could be begun, or nothing could be said.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// What was typed cannot be done.
    #[error("{0}")]
    Usage(String),
    /// A style or a setting is wrong.
    #[error(transparent)]
    Style(#[from] StyleError),
    /// The machine does not give what is needed.
    #[error(transparent)]
    Engine(#[from] zhijin::Error),
    /// Standard output is gone or full.
    #[error("standard output cannot be written ({0}); check where it leads")]
    Output(#[from] io::Error),
}

/// Do what was asked.
pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.command {
        Command::Apply(apply) => apply::run(apply),
        Command::Redo(redo) => redo::run(redo),
        Command::Quantize(asked) => quantize::run(asked),
        Command::Edges(asked) => edges::run(asked),
        Command::Palette(asked) => palette::run(asked),
        Command::Measure(asked) => measure::run(asked),
        Command::Weave(asked) => weave::run(asked),
        Command::Styles(styles) => styles::run(styles.what.as_ref()),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::manual(),
    }
}

/// Say why not. A reader that has left has read enough: then there is nothing to say, and all is well.
pub(crate) fn refuse(failure: &Failure) -> ExitCode {
    if matches!(failure, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    out::note(&format!("zhijin: {}", out::plain(&failure.to_string())));
    let wrong = matches!(failure, Failure::Usage(_) | Failure::Style(_));
    (if wrong { Exit::Usage } else { Exit::NotMade }).into()
}

/// A fault of ours that nothing caught before: one clean line instead of a trace.
pub(crate) fn confess(panic: &(dyn Any + Send)) -> ExitCode {
    out::note(&format!(
        "zhijin: {}",
        out::plain(&zhijin::Error::from_panic("the command line", panic).to_string())
    ));
    Exit::NotMade.into()
}

/// Panics are caught where a picture is made and become its error, so the text Rust prints about them would
/// only be noise; `-vv` keeps it, for those who report a bug.
pub(crate) fn quiet_panics(arguments: &Arguments) {
    if !matches!(&arguments.command, Command::Apply(apply) if apply.show.verbose > 1) {
        std::panic::set_hook(Box::new(|_| {}));
    }
}
