//! A folder of its own for each test, pictures in it, and the program run there.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use image::{ImageFormat, Rgb, RgbImage};

/// A folder with nothing in it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Put a picture of this size there, in the format of its name.
    pub(crate) fn picture(&self, name: &str, width: u32, height: u32) -> &Self {
        self.file(name, &encoded(width, height, ImageFormat::from_path(name).unwrap()))
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// The program, here, with nothing in the environment that changes what it says.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("zhijin"));
        command.current_dir(self.folder.path()).args(arguments).env("COLUMNS", "100").stdin(Stdio::null());
        for name in ["TERM", "TERM_PROGRAM", "COLORTERM", "KITTY_WINDOW_ID", "LC_TERMINAL", "CLICOLOR_FORCE"]
        {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().unwrap())
    }

    /// Run it with these bytes on standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], bytes: &[u8]) -> Ended {
        use std::io::Write;
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that refuses its command line does not read; that is not this test's concern.
        let _ = child.stdin.take().unwrap().write_all(bytes);
        ended(child.wait_with_output().unwrap())
    }

    /// Run it and expect all to be well.
    pub(crate) fn well(&self, arguments: &[&str]) -> Ended {
        let ended = self.run(arguments);
        assert_eq!(ended.code, 0, "{arguments:?}: {}", ended.err);
        ended
    }

    /// Every file there, by its path from the folder, in order.
    pub(crate) fn listing(&self) -> Vec<String> {
        let files =
            walkdir::WalkDir::new(self.folder.path()).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| self.short(entry.path())).collect()
    }

    fn short(&self, path: &Path) -> String {
        path.strip_prefix(self.folder.path()).unwrap().to_str().unwrap().to_string()
    }
}

impl Ended {
    pub(crate) fn out(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    /// All of standard output as one JSON value.
    pub(crate) fn json_document(&self) -> serde_json::Value {
        serde_json::from_slice(&self.out).unwrap()
    }

    /// The lines of standard output as JSON.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

pub(crate) fn ended(output: Output) -> Ended {
    let err = String::from_utf8(output.stderr).unwrap();
    Ended { code: output.status.code().unwrap_or(-1), out: output.stdout, err }
}

/// A picture that no two pixels of which are alike, as far as that goes.
pub(crate) fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let colour = |x: u32, y: u32| Rgb([(x * 7 + y) as u8, (y * 5) as u8, (x ^ y) as u8]);
    let picture = RgbImage::from_fn(width, height, colour);
    if format == ImageFormat::Jpeg {
        return jpeg(&picture);
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let size = (picture.width() as u16, picture.height() as u16);
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(picture, size.0, size.1, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// The size of a file that must be a whole picture.
pub(crate) fn whole(path: &Path) -> (u32, u32) {
    let bytes = std::fs::read(path).unwrap();
    if image::guess_format(&bytes).is_ok_and(|format| format == ImageFormat::Jpeg) {
        let mut decoder = zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(&bytes));
        decoder.decode().unwrap();
        let (width, height) = decoder.dimensions().unwrap();
        return (width as u32, height as u32);
    }
    let picture = image::ImageReader::open(path).unwrap().with_guessed_format().unwrap().decode();
    let picture = picture.unwrap_or_else(|error| panic!("{} is not whole: {error}", path.display()));
    (picture.width(), picture.height())
}
