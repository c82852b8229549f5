//! A file appears whole or not at all, whenever the machine stops us.
//!
//! On Linux the bytes go into a file without a name (`O_TMPFILE`) in the target's folder, which is linked to
//! its name when it is complete: until then there is nothing to be seen and, should we be killed, nothing to be
//! cleaned up. Linking fails if the name is taken, so two runs cannot replace each other's work unnoticed.
//! File systems without such files, and other systems, get a temporary file with a hidden name, renamed.
//!
//! Nothing is forced to the disk for a new file: after a power cut its picture can be made again, and waiting
//! for the disk would cost a batch of small pictures more than the work. A file that *replaces* another is forced
//! first, because what it replaces may be all there is.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// What to do about a file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Existing {
    Keep,
    Replace,
}

/// Write a whole file. With [`Existing::Keep`] a name that is taken is the error `AlreadyExists`.
pub(super) fn whole(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    if is_device(path) {
        // Nothing to be renamed over: /dev/null, a pipe with a name.
        return fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(|error| match error.kind() {
        // What exists already is a file in the place of a folder.
        io::ErrorKind::AlreadyExists => io::ErrorKind::NotADirectory.into(),
        _ => error,
    })?;
    #[cfg(target_os = "linux")]
    if let Some(done) = unnamed::write(folder, path, bytes, existing) {
        return done;
    }
    named(folder, path, bytes, existing)
}

/// Is the name taken by something that must not be replaced unasked?
pub(super) fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok() && !is_device(path)
}

fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir())
}

/// By way of a temporary file with a hidden name.
fn named(folder: &Path, path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".zhijin-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    let kept = match existing {
        Existing::Keep => file.persist_noclobber(path),
        Existing::Replace => {
            file.as_file().sync_data()?;
            file.persist(path)
        }
    };
    kept.map(drop).map_err(|error| error.error)
}

#[cfg(target_os = "linux")]
mod unnamed {
    use std::fs::File;
    use std::io::{self, Write};
    use std::os::fd::AsRawFd;
    use std::path::Path;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat};
    use rustix::io::Errno;

    use super::Existing;

    /// Write by way of a file without a name; `None` if this file system has no such files.
    pub(super) fn write(
        folder: &Path,
        path: &Path,
        bytes: &[u8],
        existing: Existing,
    ) -> Option<io::Result<()>> {
        let flags = OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC;
        let file = match rustix::fs::open(folder, flags, Mode::from_raw_mode(0o666)) {
            Ok(file) => File::from(file),
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL) => return None,
            Err(error) => return Some(Err(error.into())),
        };
        // Without /proc the file cannot be reached by a name of any kind.
        if !Path::new(&handle(&file)).exists() {
            return None;
        }
        Some(fill(file, bytes).and_then(|file| name(&file, path, existing)))
    }

    fn fill(mut file: File, bytes: &[u8]) -> io::Result<File> {
        file.write_all(bytes)?;
        Ok(file)
    }

    fn handle(file: &File) -> String {
        format!("/proc/self/fd/{}", file.as_raw_fd())
    }

    fn link(file: &File, path: &Path) -> Result<(), Errno> {
        linkat(CWD, handle(file), CWD, path, AtFlags::SYMLINK_FOLLOW)
    }

    /// Give it its name. To replace a file it needs a name for an instant before the rename: only a kill
    /// within those microseconds leaves something over, a whole picture with a hidden name.
    fn name(file: &File, path: &Path, existing: Existing) -> io::Result<()> {
        match link(file, path) {
            Err(Errno::EXIST) if existing == Existing::Replace => {}
            done => return Ok(done?),
        }
        file.sync_data()?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let hidden = path.with_file_name(format!(".{name}.{}.zhijin", std::process::id()));
        match link(file, &hidden) {
            // Left by an earlier process that had our number.
            Err(Errno::EXIST) => std::fs::remove_file(&hidden).and_then(|()| Ok(link(file, &hidden)?))?,
            done => done?,
        }
        std::fs::rename(&hidden, path).inspect_err(|_| {
            let _ = std::fs::remove_file(&hidden);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Writer = fn(&Path, &[u8], Existing) -> io::Result<()>;

    /// The way taken here, and the way taken where there are no files without names.
    const WAYS: [Writer; 2] =
        [whole, |path, bytes, existing| named(path.parent().unwrap(), path, bytes, existing)];

    fn listing(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_new_file_is_whole_and_alone() {
        for write in WAYS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.png");
            write(&path, b"bytes", Existing::Keep).unwrap();
            assert_eq!(
                (fs::read(&path).unwrap(), listing(folder.path())),
                (b"bytes".to_vec(), vec!["a.png".into()])
            );
        }
    }

    #[test]
    fn a_file_that_is_there_is_kept_or_replaced_as_asked() {
        for write in WAYS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.png");
            fs::write(&path, "old").unwrap();
            let error = write(&path, b"new", Existing::Keep).unwrap_err();
            assert_eq!(
                (error.kind(), fs::read(&path).unwrap()),
                (io::ErrorKind::AlreadyExists, b"old".to_vec())
            );
            write(&path, b"new", Existing::Replace).unwrap();
            assert_eq!(
                (fs::read(&path).unwrap(), listing(folder.path())),
                (b"new".to_vec(), vec!["a.png".into()])
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_has_the_permissions_of_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let usual = folder.path().join("usual");
        fs::write(&usual, "").unwrap();
        for (index, write) in WAYS.into_iter().enumerate() {
            let path = folder.path().join(index.to_string());
            write(&path, b"x", Existing::Keep).unwrap();
            assert_eq!(mode(&path), mode(&usual));
        }
    }

    #[test]
    fn missing_folders_are_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/c.png");
        whole(&path, b"x", Existing::Keep).unwrap();
        assert!(is_taken(&path));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_and_never_replaced() {
        assert!(!is_taken(Path::new("/dev/null")));
        whole(Path::new("/dev/null"), b"x", Existing::Keep).unwrap();
        assert!(is_device(Path::new("/dev/null")));
    }
}
