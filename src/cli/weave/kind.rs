//! The files that `zhijin weave` writes, and how they are called.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use zhijin::codec::Format;

use crate::cli::naming;
use crate::cli::out;

/// A file about a cloth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// The draft, WIF 1.1.
    Wif,
    /// Cards for a jacquard machine: a row a pick, a bit a hook.
    Cards,
    /// Point paper (意匠图): the design in fields, every eighth line heavy; for pictures.
    Points,
    /// The yarns with share, metres and grams, as JSON.
    Yarns,
    /// The same as a page to print.
    Sheet,
    /// The yarn of each pick, as CSV.
    Wefts,
    /// The cloth as it will look.
    Cloth,
}

impl Kind {
    /// All of them.
    pub(super) const ALL: [Self; 7] =
        [Self::Wif, Self::Cards, Self::Points, Self::Yarns, Self::Sheet, Self::Wefts, Self::Cloth];

    /// What is behind the stem of the input in the name of the file; `cards` is the extension of cards.
    pub(super) fn ending(self, cards: &str) -> String {
        match self {
            Self::Wif => "wif".into(),
            Self::Cards => format!("cards.{cards}"),
            Self::Points => "points.png".into(),
            Self::Yarns => "yarns.json".into(),
            Self::Sheet => "yarns.html".into(),
            Self::Wefts => "wefts.csv".into(),
            Self::Cloth => "cloth.png".into(),
        }
    }

    /// What it is called in reports.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wif => "wif",
            Self::Cards => "cards",
            Self::Points => "points",
            Self::Yarns => "yarns",
            Self::Sheet => "sheet",
            Self::Wefts => "wefts",
            Self::Cloth => "cloth",
        }
    }

    /// The kind that a file name announces.
    fn announced(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match &extension[..] {
            "wif" => Some(Self::Wif),
            "tif" | "tiff" | "bmp" => Some(Self::Cards),
            "json" => Some(Self::Yarns),
            "html" | "htm" => Some(Self::Sheet),
            "csv" => Some(Self::Wefts),
            _ => Format::from_extension(&extension).map(|_| Self::Cloth),
        }
    }
}

/// The kinds that are wanted; none: what suits the input.
pub(super) fn wanted(said: &[Kind], output: Option<&Path>) -> Result<Vec<Kind>, String> {
    let Some(path) = output.filter(|path| !is_many(path)) else { return Ok(said.to_vec()) };
    match said {
        [] if path == Path::new("-") => Ok(vec![Kind::Cloth]),
        [] => Kind::announced(path).map(|kind| vec![kind]).ok_or_else(|| {
            format!(
                "-o {}: the extension says nothing; end it with / for a folder, or write .wif, .tif, .bmp, .json, .html, \
                 .csv or a picture format",
                out::shown(path)
            )
        }),
        [one] => Ok(vec![*one]),
        several => Err(format!(
            "-o {}: one file, and --files names {}; end -o with / for a folder",
            out::shown(path),
            several.len()
        )),
    }
}

/// Several inputs cannot go into one file.
pub(super) fn mind_many(output: Option<&Path>, inputs: usize, kinds: &[Kind]) -> Result<(), String> {
    match output {
        Some(path) if inputs > 1 && !is_many(path) => Err(format!(
            "-o {}: one file for {inputs} inputs; end it with / for a folder{}",
            out::shown(path),
            if kinds.len() == 1 { "" } else { ", and name kinds with --files" }
        )),
        _ => Ok(()),
    }
}

/// Does this lead to a folder?
fn is_many(path: &Path) -> bool {
    path != Path::new("-") && (naming::is_folder(path) || path.extension().is_none())
}

/// Where a file goes; `None`: to standard output.
pub(super) fn place(
    output: Option<&Path>,
    input: Option<&Path>,
    below: &Path,
    file: &OsStr,
) -> Option<PathBuf> {
    match (output, input) {
        (Some(path), _) if path == Path::new("-") => None,
        (Some(folder), _) if is_many(folder) => Some(folder.join(below).join(file)),
        (Some(path), _) => Some(path.into()),
        (None, Some(input)) => Some(input.with_file_name(file)),
        (None, None) => Some(file.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_of_a_file_says_what_is_written() {
        let of = |name: &str| wanted(&[], Some(Path::new(name)));
        assert_eq!(of("a.wif"), Ok(vec![Kind::Wif]));
        assert_eq!(of("a.TIFF"), Ok(vec![Kind::Cards]));
        assert_eq!(of("a.png"), Ok(vec![Kind::Cloth]));
        assert_eq!(of("-"), Ok(vec![Kind::Cloth]));
        assert_eq!(of("loom/"), Ok(vec![]));
        assert!(of("a.doc").unwrap_err().contains(".wif, .tif"));
        assert_eq!(wanted(&[Kind::Points], Some(Path::new("a.png"))), Ok(vec![Kind::Points]));
        assert!(wanted(&[Kind::Points, Kind::Wif], Some(Path::new("a.png"))).is_err());
        assert!(mind_many(Some(Path::new("a.png")), 2, &[Kind::Cloth]).is_err());
        assert!(mind_many(Some(Path::new("a/")), 2, &[]).is_ok());
    }

    #[test]
    fn files_lie_beside_the_picture_or_in_the_folder() {
        let at = |output: Option<&str>, input: Option<&str>| {
            place(output.map(Path::new), input.map(Path::new), Path::new("b"), "p.yun.wif".as_ref())
        };
        assert_eq!(at(None, Some("x/p.jpg")), Some("x/p.yun.wif".into()));
        assert_eq!(at(None, None), Some("p.yun.wif".into()));
        assert_eq!(at(Some("loom/"), Some("x/p.jpg")), Some("loom/b/p.yun.wif".into()));
        assert_eq!(at(Some("one.wif"), Some("x/p.jpg")), Some("one.wif".into()));
        assert_eq!(at(Some("-"), Some("x/p.jpg")), None);
    }
}
