//! How results are called.
//!
//! ```text
//! (nothing)           photos/sun.jpg     -> photos/sun.brocade.png
//! -o out/             photos/a/sun.jpg   -> out/a/sun.brocade.png      (photos was walked)
//! -o sun.webp                            -> sun.webp
//! -o '{stem}-{n}.png'                    -> sun-1.png
//! -o -                                   -> standard output
//! ```

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use zhijin::Limits;
use zhijin::codec::Format;

use super::inputs::Input;
use super::{out, values};

/// Where one result goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Target {
    Stdout,
    File(PathBuf),
}

impl Target {
    /// What people call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Stdout => "-".into(),
            Self::File(path) => out::shown(path),
        }
    }
}

/// The rule by which results are named.
#[derive(Debug)]
pub(super) struct Naming {
    place: Place,
    format: Option<Format>,
    /// Of results that are no pictures.
    extension: Option<&'static str>,
}

#[derive(Debug, PartialEq)]
enum Place {
    Beside,
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
    Pattern(Vec<Piece>),
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    Stem,
    Style,
    Ext,
    Number,
    Dir,
}

/// What a name is made for.
pub(super) struct Subject<'a> {
    pub(super) input: &'a Input,
    pub(super) style: &'a str,
    /// Its number in the run, from one, and how many there are.
    pub(super) number: (usize, usize),
    pub(super) limits: Limits,
}

impl Naming {
    /// The rule that `-o` and `--format` ask for. With `many` results a name without extension is a folder.
    pub(super) fn new(output: Option<&Path>, format: Option<Format>, many: bool) -> Result<Self, String> {
        let place = place(output, many)?;
        let format = match (format, &place, output) {
            (None, Place::File(_) | Place::Pattern(_), Some(path)) => announced(path)?,
            _ => format,
        };
        Ok(Self { place, format, extension: None })
    }

    /// The rule for results that are no pictures and have this extension.
    pub(super) fn of_documents(
        output: Option<&Path>,
        extension: &'static str,
        many: bool,
    ) -> Result<Self, String> {
        Ok(Self { place: place(output, many)?, format: None, extension: Some(extension) })
    }

    /// The folder everything goes below, if it is one.
    pub(super) fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            _ => None,
        }
    }

    /// Where the result for this subject goes, and in which format.
    pub(super) fn target(&self, subject: &Subject<'_>) -> (Target, Format) {
        let format = self.format.unwrap_or_else(|| natural(subject));
        let extension = self.extension.unwrap_or(format.extension());
        let path = match &self.place {
            Place::Stdout => return (Target::Stdout, format),
            Place::Beside => match subject.input.path() {
                None => return (Target::Stdout, format),
                Some(path) => path.with_file_name(file_name(subject, extension)),
            },
            Place::File(path) => path.clone(),
            Place::Folder(folder) => folder.join(&subject.input.below).join(file_name(subject, extension)),
            Place::Pattern(pieces) => filled(pieces, subject, extension),
        };
        (Target::File(path), format)
    }
}

/// Where `-o` leads. With `many` results a name without extension is a folder.
fn place(output: Option<&Path>, many: bool) -> Result<Place, String> {
    let Some(path) = output else { return Ok(Place::Beside) };
    Ok(match path.to_str() {
        Some("-") => Place::Stdout,
        _ if is_folder(path) => Place::Folder(path.into()),
        Some(text) if text.contains(['{', '}']) => Place::Pattern(pieces(text)?),
        _ if many && path.extension().is_none() => Place::Folder(path.into()),
        _ => Place::File(path.into()),
    })
}

/// A folder that exists, or a path written as one.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// The picture's own format if the result loses nothing in it or would lose its movement in another.
fn natural(subject: &Subject<'_>) -> Format {
    match subject.input.format {
        Some(format) if format.is_lossless() => format,
        Some(format) if format.can_animate() && subject.input.animated(subject.limits) => format,
        _ => Format::Png,
    }
}

/// The format that the extension of `-o` announces.
fn announced(path: &Path) -> Result<Option<Format>, String> {
    let Some(extension) = path.extension().map(OsStr::to_string_lossy) else { return Ok(None) };
    if extension.contains(['{', '}']) {
        return Ok(None);
    }
    let known = Format::from_extension(&extension).ok_or_else(|| {
        let known = Format::writable_list();
        format!(
            "-o {}: .{extension} is no picture format; zhijin writes {known}; or choose one with --format",
            out::shown(path)
        )
    })?;
    values::writable(known).map(Some).map_err(|error| format!("-o {}: {error}", out::shown(path)))
}

fn stem(input: &Input) -> OsString {
    let stem = input.path().and_then(Path::file_stem);
    stem.map_or_else(|| "stdin".into(), OsStr::to_os_string)
}

fn file_name(subject: &Subject<'_>, extension: &str) -> OsString {
    let mut name = stem(subject.input);
    name.push(format!(".{}.{extension}", subject.style));
    name
}

fn pieces(pattern: &str) -> Result<Vec<Piece>, String> {
    let known = "{stem}, {style}, {ext}, {n} and {dir}";
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        pieces.push(Piece::Text(rest[..at].into()));
        let end = rest[at..].find('}').filter(|_| rest[at..].starts_with('{'));
        let end =
            end.ok_or_else(|| format!("-o {pattern}: a brace without its partner; it may hold {known}"))?;
        pieces.push(match &rest[at + 1..at + end] {
            "stem" => Piece::Stem,
            "style" => Piece::Style,
            "ext" => Piece::Ext,
            "n" => Piece::Number,
            "dir" => Piece::Dir,
            other => return Err(format!("-o {pattern}: {{{other}}} is not known; it may hold {known}")),
        });
        rest = &rest[at + end + 1..];
    }
    pieces.push(Piece::Text(rest.into()));
    Ok(pieces)
}

fn filled(pieces: &[Piece], subject: &Subject<'_>, extension: &str) -> PathBuf {
    let mut path = OsString::new();
    let (number, count) = subject.number;
    let digits = count.to_string().len();
    for piece in pieces {
        match piece {
            Piece::Text(text) => path.push(text),
            Piece::Stem => path.push(stem(subject.input)),
            Piece::Style => path.push(subject.style),
            Piece::Ext => path.push(extension),
            Piece::Number => path.push(format!("{number:0digits$}")),
            Piece::Dir => path.push(folder_of(subject.input)),
        }
    }
    path.into()
}

/// The folder a picture is in; `.` where the path names none, so that `{dir}/x` never begins at the root.
fn folder_of(input: &Input) -> &OsStr {
    let folder = input.path().and_then(Path::parent).map(Path::as_os_str);
    folder.filter(|folder| !folder.is_empty()).unwrap_or(OsStr::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::inputs;

    fn named(file: &str, bytes: &[u8], output: Option<&str>, format: Option<Format>) -> String {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let found = inputs::find(&[root.path().into()], None, 1 << 20);
        let subject =
            Subject { input: &found.inputs[0], style: "brocade", number: (7, 40), limits: Limits::default() };
        let naming = Naming::new(output.map(Path::new), format, false).unwrap();
        naming.target(&subject).0.name().replace(&root.path().display().to_string(), "ROOT")
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0";
    const QOI: &[u8] = b"qoif";

    #[test]
    fn without_a_word_results_lie_beside_the_picture() {
        assert_eq!(named("photo.jpg", JPEG, None, None), "ROOT/photo.brocade.png");
        assert_eq!(named("photo.png", PNG, None, None), "ROOT/photo.brocade.png");
        assert_eq!(named("a/photo.b.qoi", QOI, None, None), "ROOT/a/photo.b.brocade.qoi");
        assert_eq!(named("photo.png", QOI, None, None), "ROOT/photo.brocade.qoi", "content decides");
        assert_eq!(named("photo.png", PNG, None, Some(Format::Jpeg)), "ROOT/photo.brocade.jpg");
    }

    #[test]
    fn folders_keep_the_layout() {
        assert_eq!(named("a/b/photo.jpg", JPEG, Some("out/"), None), "out/a/b/photo.brocade.png");
    }

    #[test]
    fn files_and_patterns_are_taken_by_the_letter() {
        assert_eq!(named("photo.jpg", JPEG, Some("x.webp"), None), "x.webp");
        assert_eq!(named("photo.jpg", JPEG, Some("-"), None), "-");
        assert_eq!(
            named("a/photo.jpg", JPEG, Some("{dir}/{n}_{stem}-{style}.{ext}"), None),
            "ROOT/a/07_photo-brocade.png"
        );
        assert_eq!(named("photo.jpg", JPEG, Some("x/{style}/{stem}.tif"), None), "x/brocade/photo.tif");
    }

    #[test]
    fn the_extension_of_the_output_announces_its_format() {
        let format = |output, format| Naming::new(Some(Path::new(output)), format, false).unwrap().format;
        assert_eq!(format("x.JPEG", None), Some(Format::Jpeg));
        assert_eq!(format("x.jpg", Some(Format::Png)), Some(Format::Png));
        assert_eq!([format("x", None), format("{stem}.{ext}", None), format("x.y/", None)], [None; 3]);
    }

    #[test]
    fn what_cannot_be_a_name_is_said() {
        let error = |output| Naming::new(Some(Path::new(output)), None, false).unwrap_err();
        assert_eq!(
            error("{stam}.png"),
            "-o {stam}.png: {stam} is not known; it may hold {stem}, {style}, {ext}, {n} and {dir}"
        );
        for pattern in ["{stem", "stem}.png", "}{.png"] {
            assert!(error(pattern).contains("a brace without its partner"), "{pattern}");
        }
        assert!(error("x.psd").starts_with("-o x.psd: .psd is no picture format; zhijin writes PNG, "));
        assert!(error("x.avif").starts_with("-o x.avif: AVIF can be read but not written; "));
    }

    #[test]
    fn one_name_for_many_results_is_a_folder() {
        let place = |output, many| Naming::new(Some(Path::new(output)), None, many).unwrap().place;
        assert_eq!(place("art", true), Place::Folder("art".into()));
        assert_eq!(place("art", false), Place::File("art".into()));
        assert_eq!(place("art.png", true), Place::File("art.png".into()));
    }
}
