//! Where a style comes from: shipped in the binary, a file with what lies beside it, or a text.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::builtin::BUILTIN;
use super::file::{self, At, MAX_BYTES};
use super::{Style, StyleError};
use crate::op::param::{Palette, Surroundings, quoted};
use crate::op::{Asset, nearest};

/// The most styles that may extend one another in a row.
const MAX_DEPTH: usize = 8;
/// The most bytes a file that a style brings may have.
const MAX_ASSET: u64 = 64 << 20;

impl Style {
    /// The style a user means: a path to a `.toml` file, or the name of a style that is shipped.
    pub fn find(reference: &str) -> Result<Self, StyleError> {
        let path = Path::new(reference);
        if is_toml(path) || path.components().count() > 1 {
            return Self::from_file(path);
        }
        let text = BUILTIN.iter().find(|(name, _)| *name == reference).map(|(_, text)| *text);
        let text = text.ok_or_else(|| unknown_style(reference))?;
        Source { name: reference, origin: format!("styles/{reference}.toml"), folder: None }.resolve(text, 0)
    }

    /// The style in a file. What it extends is a shipped style, or a file looked for beside it.
    pub fn from_file(path: &Path) -> Result<Self, StyleError> {
        from_file(path, 0)
    }

    /// The style in a text. It may extend shipped styles only.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, StyleError> {
        Source { name, origin: name.to_string(), folder: None }.resolve(text, 0)
    }

    /// The same, with a folder for the files it may bring.
    pub(super) fn from_toml_in(name: &str, text: &str, folder: Option<&Path>) -> Result<Self, StyleError> {
        let folder = folder.map(Path::to_path_buf);
        Source { name, origin: name.to_string(), folder }.resolve(text, 0)
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

fn unknown_style(reference: &str) -> StyleError {
    let names = || BUILTIN.iter().map(|(name, _)| *name);
    let hint = match nearest(reference, names()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there are {}; or give the path of a .toml file", quoted(names())),
    };
    StyleError {
        origin: reference.into(),
        line: None,
        what: format!("there is no style of this name; {hint}"),
    }
}

fn from_file(path: &Path, depth: usize) -> Result<Style, StyleError> {
    let origin = path.display().to_string();
    let wrong = |what: String| StyleError { origin: origin.clone(), line: None, what };
    // Asked before reading: a style that is a terabyte, or a device without an end, is not read at all.
    let length = std::fs::metadata(path).map_err(|error| wrong(unreadable(&error)))?.len();
    if length > MAX_BYTES as u64 {
        return Err(wrong(format!("{length} bytes are too many for a style; at most {MAX_BYTES} are read")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| wrong(unreadable(&error)))?;
    let name = path.file_stem().map_or_else(|| origin.clone(), |stem| stem.to_string_lossy().into_owned());
    let folder = path.parent().map(Path::to_path_buf);
    Source { name: &name, origin: origin.clone(), folder }.resolve(&text, depth)
}

fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; check the path".into(),
        std::io::ErrorKind::InvalidData => "it is not text in UTF-8; a style is a TOML file".into(),
        _ => format!("it cannot be read ({error}); check its permissions"),
    }
}

/// What a style is called, what errors call it, where it looks for files beside it.
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    pub(super) origin: String,
    folder: Option<PathBuf>,
}

impl Source<'_> {
    pub(super) fn error(&self, line: usize, what: String) -> StyleError {
        StyleError { origin: self.origin.clone(), line: Some(line), what }
    }

    fn resolve(&self, text: &str, depth: usize) -> Result<Style, StyleError> {
        let file = file::read(&self.origin, text)?;
        let base = file.extends.as_ref().map(|extends| self.base(extends, depth)).transpose()?;
        let around =
            Beside { palette: file.palette.iter().cloned().collect(), folder: self.folder.as_deref() };
        self.flatten(file, base, &around)
    }

    fn base(&self, extends: &At<String>, depth: usize) -> Result<Style, StyleError> {
        if depth >= MAX_DEPTH {
            return Err(self.error(
                extends.line,
                format!("more than {MAX_DEPTH} styles extend one another; do they go in a circle?"),
            ));
        }
        let beside = Path::new(&extends.value);
        match &self.folder {
            Some(folder) if is_toml(beside) => {
                let path = within(folder, &extends.value).map_err(|what| {
                    self.error(extends.line, format!("extends: \"{}\": {what}", extends.value))
                })?;
                let base = from_file(&path, depth + 1);
                // What is wrong with the file as a whole is found where it is named.
                base.map_err(|error| match error.line {
                    Some(_) => error,
                    None => self.error(extends.line, format!("extends: {error}")),
                })
            }
            _ => match BUILTIN.iter().find(|(name, _)| *name == extends.value) {
                Some((name, text)) => Source { name, origin: format!("styles/{name}.toml"), folder: None }
                    .resolve(text, depth + 1),
                None => Err(self.error(extends.line, format!("extends: {}", unknown_style(&extends.value)))),
            },
        }
    }
}

/// The palette of a style file and the files beside it.
struct Beside<'a> {
    palette: Palette,
    folder: Option<&'a Path>,
}

impl Surroundings for Beside<'_> {
    fn palette(&self) -> &Palette {
        &self.palette
    }

    fn file(&self, name: &str) -> Result<Asset, String> {
        let Some(folder) = self.folder else { return Palette::new().file(name) };
        read_asset(name.into(), &within(folder, name)?)
    }
}

/// A file inside the style's own folder, and nowhere else: a style may come from a stranger.
fn within(folder: &Path, name: &str) -> Result<PathBuf, String> {
    let path = Path::new(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !plain {
        return Err("a style reads files of its own folder only; put it beside the style file".into());
    }
    Ok(folder.join(path))
}

fn read_asset(name: String, path: &Path) -> Result<Asset, String> {
    let length = std::fs::metadata(path).map_err(|error| unreadable(&error))?.len();
    if length > MAX_ASSET {
        return Err(format!("{length} bytes are too many; at most {MAX_ASSET} are read"));
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    Ok(Asset { name, bytes: Arc::new(bytes) })
}

/// What `--set` may refer to: any file, since the user names it. Its folder is not kept: a recipe may be shown to others.
pub(super) struct Anywhere(pub(super) Palette);

impl Surroundings for Anywhere {
    fn palette(&self) -> &Palette {
        &self.0
    }

    fn file(&self, name: &str) -> Result<Asset, String> {
        let path = Path::new(name);
        let own = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        read_asset(own, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_styles_get_a_hint() {
        let error = |name| Style::find(name).unwrap_err().to_string();
        assert_eq!(error("plian"), "plian: there is no style of this name; did you mean \"plain\"?");
        assert!(error("rococo").ends_with("; or give the path of a .toml file"));
        assert_eq!(error("nowhere/x.toml"), "nowhere/x.toml: there is no such file; check the path");
    }

    #[test]
    fn a_circle_is_found() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), "extends = \"b.toml\"").unwrap();
        std::fs::write(folder.path().join("b.toml"), "extends = \"a.toml\"").unwrap();
        let error = Style::from_file(&folder.path().join("a.toml")).unwrap_err().to_string();
        assert!(error.ends_with("more than 8 styles extend one another; do they go in a circle?"), "{error}");
    }

    #[test]
    fn a_style_reads_its_own_folder_only() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(folder.path().join("secret.png"), b"x").unwrap();
        let step = |file: &str| {
            let text = format!("[[step]]\nop = \"exposure\"\nmask = {{ by = \"file\", file = \"{file}\" }}");
            std::fs::write(inner.join("s.toml"), text).unwrap();
            Style::from_file(&inner.join("s.toml")).map(drop).map_err(|error| error.what)
        };
        let outside = "a style reads files of its own folder only; put it beside the style file";
        for name in ["../secret.png", "/etc/hosts.png", "a/../../secret.png"] {
            assert_eq!(step(name), Err(format!("mask.file = \"{name}\": {outside}")));
        }
        assert_eq!(
            step("missing.png"),
            Err("mask.file = \"missing.png\": there is no such file; check the path".into())
        );
        std::fs::write(inner.join("mask.png"), std::fs::read("fixtures/input/chart.png").unwrap()).unwrap();
        assert_eq!(step("mask.png"), Ok(()));
    }
}
