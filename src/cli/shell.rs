//! For the shell: completions and the manual page, both made from the definitions in `args.rs`.

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Arguments;
use super::{Exit, Failure, out};

/// A completion script on standard output.
pub(super) fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "zhijin", &mut script);
    out::bytes(&script)?;
    Ok(Exit::Made)
}

/// The manual on standard output: one page for the program and one for each command, in one stream, as
/// `man -l -` and the folders of manual pages both take it.
pub(super) fn manual() -> Result<Exit, Failure> {
    let mut command = Arguments::command();
    command.build();
    let mut pages = Vec::new();
    page(&command, "zhijin", &mut pages)?;
    out::bytes(&pages)?;
    Ok(Exit::Made)
}

fn page(command: &clap::Command, name: &str, pages: &mut Vec<u8>) -> Result<(), Failure> {
    Man::new(command.clone()).title(name.replace(' ', "-")).source("zhijin").render(pages)?;
    for inner in command.get_subcommands() {
        page(inner, &format!("{name} {}", inner.get_name()), pages)?;
    }
    Ok(())
}
