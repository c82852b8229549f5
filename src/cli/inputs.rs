//! Which pictures were meant: files, folders, patterns the shell did not expand, standard input.
//!
//! From a folder only pictures are taken (by their first bytes, or by their extension, so that a broken one is
//! reported and not passed over); a file that is named is always tried. What cannot be found is a problem
//! of its own and does not stop the rest.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use glob::MatchOptions;
use walkdir::{DirEntry, WalkDir};
use zhijin::codec::{self, Format};
use zhijin::{Context, Limits};

use super::out;

/// One picture to be read.
#[derive(Clone, Debug)]
pub(super) struct Input {
    source: Source,
    /// The folders between the folder that was walked and the file.
    pub(super) below: PathBuf,
    /// Found in a folder, not named.
    pub(super) walked: bool,
    /// What the first bytes announce.
    pub(super) format: Option<Format>,
}

#[derive(Clone, Debug)]
enum Source {
    File(PathBuf),
    Stdin(Arc<Vec<u8>>),
}

/// Something named that gives no picture.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// As it was typed.
    pub(super) name: String,
    /// Why not, and what to do.
    pub(super) what: String,
}

/// What was found, in the order it was named; folders in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) inputs: Vec<Input>,
    pub(super) problems: Vec<Problem>,
    /// Was a folder or a pattern among them, so that their number is not what was typed?
    pub(super) many: bool,
    /// The extension of what is taken from folders beside pictures.
    also: &'static str,
}

impl Input {
    fn file(path: PathBuf, below: PathBuf, walked: bool) -> Self {
        let format = first_bytes(&path).ok().and_then(|bytes| Format::sniff(&bytes));
        Self { source: Source::File(path), below, walked, format }
    }

    /// The file, unless it is standard input.
    pub(super) fn path(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => Some(path),
            Source::Stdin(_) => None,
        }
    }

    /// What people call it.
    pub(super) fn name(&self) -> String {
        self.path().map_or_else(|| "-".into(), out::shown)
    }

    /// Its bytes; more than `most` are refused before they are read.
    pub(super) fn read(&self, most: u64) -> Result<Arc<Vec<u8>>, String> {
        match &self.source {
            Source::Stdin(bytes) => Ok(bytes.clone()),
            Source::File(path) => {
                let length = fs::metadata(path).map_err(|error| unreadable(&error))?.len();
                if length > most {
                    return Err(too_long(length, most));
                }
                fs::read(path).map(Arc::new).map_err(|error| unreadable(&error))
            }
        }
    }

    /// Does it hold more than one frame, as far as its header tells?
    pub(super) fn animated(&self, limits: Limits) -> bool {
        let context = Context { limits, ..Context::default() };
        let header = self.read(limits.max_bytes).ok().and_then(|bytes| codec::header(&bytes, &context).ok());
        header.is_some_and(|header| header.animated)
    }
}

/// Find all pictures named. What lies in `except`, the folder that is written to, is not found.
pub(super) fn find(named: &[PathBuf], except: Option<&Path>, most: u64) -> Found {
    find_also(named, except, most, "")
}

/// The same, and from folders files with another extension as well.
pub(super) fn find_also(named: &[PathBuf], except: Option<&Path>, most: u64, also: &'static str) -> Found {
    let mut found = Found { also, ..Found::default() };
    let except = except.and_then(|folder| folder.canonicalize().ok());
    for name in named {
        if let Err(what) = found.look(name, except.as_deref(), most) {
            found.problems.push(Problem { name: out::shown(name), what });
        }
    }
    let mut seen = HashSet::new();
    found.inputs.retain(|input| seen.insert(input.path().map(Path::to_path_buf)));
    found
}

impl Found {
    fn look(&mut self, name: &Path, except: Option<&Path>, most: u64) -> Result<(), String> {
        if name == Path::new("-") {
            return self.stdin(most);
        }
        match fs::metadata(name) {
            Ok(about) if about.is_dir() => self.folder(name, except),
            Ok(_) => {
                self.inputs.push(Input::file(name.into(), PathBuf::new(), false));
                Ok(())
            }
            Err(error) => match name.to_str().filter(|text| text.contains(['*', '?', '['])) {
                Some(pattern) => self.pattern(pattern, except, most),
                None => Err(unreadable(&error)),
            },
        }
    }

    fn stdin(&mut self, most: u64) -> Result<(), String> {
        if io::stdin().is_terminal() {
            return Err("standard input is a terminal; pipe a picture into it, as in zhijin apply plain - < photo.jpg".into());
        }
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(most.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(&error))?;
        if bytes.len() as u64 > most {
            return Err(too_long(bytes.len() as u64, most));
        }
        let format = Format::sniff(&bytes);
        self.inputs.push(Input {
            source: Source::Stdin(Arc::new(bytes)),
            below: PathBuf::new(),
            walked: false,
            format,
        });
        Ok(())
    }

    fn folder(&mut self, folder: &Path, except: Option<&Path>) -> Result<(), String> {
        self.many = true;
        let before = self.inputs.len();
        let wanted =
            |entry: &DirEntry| entry.depth() == 0 || !(hidden(entry) || is_folder(entry.path(), except));
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(wanted) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => self.walked(folder, entry.into_path()),
                Ok(_) => {}
                Err(error) => self.problems.push(problem_of_walk(folder, &error)),
            }
        }
        if self.inputs.len() == before {
            return Err(format!("no picture in this folder; zhijin reads {}", Format::readable_list()));
        }
        Ok(())
    }

    fn walked(&mut self, folder: &Path, path: PathBuf) {
        let below = path.strip_prefix(folder).ok().and_then(Path::parent).map(Path::to_path_buf);
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let also = !self.also.is_empty() && extension.eq_ignore_ascii_case(self.also);
        let known = also || Format::from_extension(extension).is_some();
        let input = Input::file(path, below.unwrap_or_default(), true);
        if known || input.format.is_some() {
            self.inputs.push(input);
        }
    }

    fn pattern(&mut self, pattern: &str, except: Option<&Path>, most: u64) -> Result<(), String> {
        self.many = true;
        // As in a shell, a star does not stand for hidden files.
        let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::default() };
        let wrong = |error| format!("not a pattern ({error}); use *, ? and [abc]");
        let paths = glob::glob_with(pattern, options).map_err(wrong)?;
        let mut paths = paths.filter_map(Result::ok).peekable();
        if paths.peek().is_none() {
            return Err("no file matches this pattern; check the folder and the extension".into());
        }
        for path in paths {
            if let Err(what) = self.look(&path, except, most) {
                self.problems.push(Problem { name: out::shown(&path), what });
            }
        }
        Ok(())
    }
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn is_folder(path: &Path, folder: Option<&Path>) -> bool {
    folder.is_some_and(|folder| {
        path.file_name() == folder.file_name() && path.canonicalize().is_ok_and(|path| path == folder)
    })
}

fn problem_of_walk(folder: &Path, error: &walkdir::Error) -> Problem {
    let what = match error.io_error() {
        Some(error) => unreadable(error),
        None => "a link here leads back to a folder above; remove it or name the pictures".into(),
    };
    Problem { name: out::shown(error.path().unwrap_or(folder)), what }
}

/// Enough for every signature, the brands of an AVIF file included.
fn first_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // A pipe or a device would lose what is read here, or never answer.
    if fs::metadata(path)?.is_file() {
        File::open(path)?.take(256).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the name".into(),
        io::ErrorKind::PermissionDenied => "you may not read it; check its permissions".into(),
        io::ErrorKind::IsADirectory => "it is a folder where a file was expected".into(),
        _ => format!("cannot be read ({error}); check the disk and try again"),
    }
}

fn too_long(length: u64, most: u64) -> String {
    format!("the file has {length} bytes, over the limit of {most}; raise --max-memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

    fn names(found: &Found, root: &Path) -> Vec<String> {
        let inside = |input: &Input| input.path().unwrap().strip_prefix(root).unwrap().display().to_string();
        found.inputs.iter().map(inside).collect()
    }

    fn tree() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, bytes) in [
            ("a.png", PNG),
            ("sub/deep/b.dat", PNG),
            ("sub/c.jpg", b""),
            ("notes.txt", b"hi"),
            (".hidden.png", PNG),
            ("out/d.png", PNG),
        ] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        root
    }

    #[test]
    fn folders_give_their_pictures_in_order_and_not_what_is_written() {
        let root = tree();
        let found = find(&[root.path().into()], Some(&root.path().join("out")), 1 << 20);
        assert_eq!(names(&found, root.path()), ["a.png", "sub/c.jpg", "sub/deep/b.dat"]);
        assert_eq!(found.inputs[2].below, Path::new("sub/deep"));
        assert!(found.many && found.problems.is_empty());
    }

    #[test]
    fn patterns_are_expanded_and_doubles_dropped() {
        let root = tree();
        let found = find(&[root.path().join("*.png"), root.path().join("a.png")], None, 1 << 20);
        assert_eq!(names(&found, root.path()), ["a.png"]);
    }

    #[test]
    fn what_is_not_there_is_a_problem_of_its_own() {
        let root = tree();
        let empty = root.path().join("empty");
        fs::create_dir(&empty).unwrap();
        let named = [root.path().join("no.png"), root.path().join("*.xyz"), empty, root.path().join("a.png")];
        let found = find(&named, None, 1 << 20);
        let what: Vec<_> =
            found.problems.iter().map(|problem| problem.what.split(';').next().unwrap()).collect();
        assert_eq!(
            what,
            ["there is no such file", "no file matches this pattern", "no picture in this folder"]
        );
        assert_eq!(found.inputs.len(), 1);
    }

    #[test]
    fn a_file_past_the_limit_is_not_read() {
        let root = tree();
        let input = Input::file(root.path().join("a.png"), PathBuf::new(), false);
        assert_eq!(
            input.read(7).unwrap_err(),
            "the file has 8 bytes, over the limit of 7; raise --max-memory"
        );
    }
}
