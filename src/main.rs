//! The `zhijin` program: read the command line, do what it says, end with an exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    cli::quiet_panics(&arguments);
    match std::panic::catch_unwind(|| cli::run(&arguments)) {
        Ok(Ok(end)) => end.into(),
        Ok(Err(error)) => cli::refuse(&error),
        Err(panic) => cli::confess(panic.as_ref()),
    }
}
