//! `zhijin styles`: what there is, what it expands to, is mine valid.

use std::ffi::OsString;
use std::path::Path;

use zhijin::Style;
use zhijin::style::builtin_names;

use super::args::StylesCommand;
use super::{Exit, Failure, out};

/// Do what was asked about styles.
pub(super) fn run(what: Option<&StylesCommand>) -> Result<Exit, Failure> {
    match what {
        None => list(false),
        Some(StylesCommand::List { json }) => list(*json),
        Some(StylesCommand::Show { style }) => show(style),
        Some(StylesCommand::Check { files }) => check(files),
    }
}

fn list(json: bool) -> Result<Exit, Failure> {
    let styles = builtin_names().map(Style::find).collect::<Result<Vec<_>, _>>()?;
    let widest =
        |text: fn(&Style) -> &str| styles.iter().map(|style| out::columns(text(style))).max().unwrap_or(0);
    let (names, titles) = (widest(|style| &style.name), widest(|style| &style.title_zh));
    for style in &styles {
        if json {
            out::line(&described(style).to_string())?;
            continue;
        }
        let name = padded(&style.name, names);
        let title = padded(&style.title_zh, titles);
        out::line(&format!("{name}  {title}  {}", style.about))?;
    }
    Ok(Exit::Made)
}

fn described(style: &Style) -> serde_json::Value {
    serde_json::json!({
        "name": style.name, "title": style.title, "title_zh": style.title_zh,
        "about": style.about, "about_zh": style.about_zh,
        "steps": style.steps.iter().map(|step| &step.name).collect::<Vec<_>>(),
    })
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(out::columns(text))))
}

fn show(reference: &str) -> Result<Exit, Failure> {
    out::bytes(Style::find(reference)?.to_toml().as_bytes())?;
    Ok(Exit::Made)
}

fn check(files: &[OsString]) -> Result<Exit, Failure> {
    let mut end = Exit::Made;
    for file in files {
        match Style::from_file(Path::new(file)) {
            Ok(_) => out::line(&format!("{}: ok", out::shown(Path::new(file))))?,
            Err(error) => {
                out::note(&format!("zhijin: {}", out::plain(&error.to_string())));
                end = Exit::Usage;
            }
        }
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_spite_of_double_width() {
        let lines = [padded("蓝晒", 6), padded("abc", 6)];
        assert_eq!(lines, ["蓝晒  ", "abc   "]);
    }
}
