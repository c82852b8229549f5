//! `zhijin styles`: what there is, what it expands to, is mine valid.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use zhijin::pixel::Size;
use zhijin::style::builtin_names;
use zhijin::{Limits, Style};

use super::args::StylesCommand;
use super::write::{self, Existing};
use super::{Exit, Failure, out, styles_lut};

/// Do what was asked about styles.
pub(super) fn run(what: Option<&StylesCommand>) -> Result<Exit, Failure> {
    match what {
        None => list(false),
        Some(StylesCommand::List { json }) => list(*json),
        Some(StylesCommand::Show { style }) => show(style),
        Some(StylesCommand::New { name, from, overwrite }) => new(name, from, *overwrite),
        Some(StylesCommand::Check { files }) => check(files),
        Some(StylesCommand::Lut(lut)) => styles_lut::run(lut),
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
        match Style::from_file(Path::new(file)).map_err(Into::into).and_then(|style| weighed(&style)) {
            Ok(summary) => out::line(&format!("{}: ok, {summary}", out::shown(Path::new(file))))?,
            Err(error) => {
                out::note(&format!("zhijin: {}", out::plain(&error.to_string())));
                end = Exit::Usage;
            }
        }
    }
    Ok(end)
}

/// What the style will take on a photograph of today; an error where that is more than anyone means.
fn weighed(style: &Style) -> zhijin::Result<String> {
    let photograph = Size::new(4000, 3000).expect("a photograph has a size");
    let estimate = style.admit(photograph, &Limits::default())?;
    let steps = match style.steps.len() {
        1 => "1 step".to_string(),
        count => format!("{count} steps"),
    };
    Ok(format!("{steps}, about {:.1} s of one core for 12 megapixels", estimate.work.as_secs_f64()))
}

fn new(name: &Path, from: &str, overwrite: bool) -> Result<Exit, Failure> {
    let mut style = Style::find(from)?;
    let path = match name.extension() {
        Some(extension) if extension.eq_ignore_ascii_case("toml") => name.to_path_buf(),
        _ => {
            let mut path = name.as_os_str().to_owned();
            path.push(".toml");
            PathBuf::from(path)
        }
    };
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    style.title = stem.clone();
    style.title_zh = stem;
    let existing = if overwrite { Existing::Replace } else { Existing::Keep };
    write::whole(&path, style.to_template().as_bytes(), existing).map_err(|error| {
        let shown = out::shown(&path);
        Failure::Usage(match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                format!("{shown} exists; choose another name, or say --overwrite")
            }
            _ => format!("{shown} cannot be written ({error})"),
        })
    })?;
    out::note(&format!("{}: from {from}; check it with zhijin styles check", out::shown(&path)));
    Ok(Exit::Made)
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
