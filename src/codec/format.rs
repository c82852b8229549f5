//! The formats, by name, by extension and by first bytes.

use std::fmt;
use std::str::FromStr;

/// A picture format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Portable Network Graphics, still or animated (APNG).
    Png,
    /// JPEG, baseline or progressive.
    Jpeg,
    /// WebP, lossy, lossless or animated.
    WebP,
    /// GIF, still or animated.
    Gif,
    /// TIFF.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// The Quite OK Image format.
    Qoi,
    /// PBM, PGM, PPM, PAM.
    Pnm,
    /// JPEG XL.
    Jxl,
    /// AV1 still picture.
    Avif,
}

/// What is known about a format without opening a file of it.
struct Facts {
    format: Format,
    name: &'static str,
    /// The first is the one we write.
    extensions: &'static [&'static str],
    mime: &'static str,
    /// Can hold any 8-bit RGBA picture without loss.
    lossless: bool,
    reads: bool,
    writes: bool,
    animates: bool,
}

#[rustfmt::skip]
const FACTS: [Facts; 10] = [
    Facts { format: Format::Png,  name: "PNG",  extensions: &["png", "apng"],  mime: "image/png",  lossless: true,  reads: true, writes: true, animates: true },
    Facts { format: Format::Jpeg, name: "JPEG", extensions: &["jpg", "jpeg", "jpe", "jfif"], mime: "image/jpeg", lossless: false, reads: true, writes: true, animates: false },
    Facts { format: Format::WebP, name: "WebP", extensions: &["webp"], mime: "image/webp", lossless: true, reads: true, writes: true, animates: true },
    Facts { format: Format::Gif,  name: "GIF",  extensions: &["gif"],  mime: "image/gif",  lossless: false, reads: true, writes: true, animates: true },
    Facts { format: Format::Tiff, name: "TIFF", extensions: &["tiff", "tif"], mime: "image/tiff", lossless: true, reads: true, writes: true, animates: false },
    Facts { format: Format::Bmp,  name: "BMP",  extensions: &["bmp", "dib"], mime: "image/bmp", lossless: false, reads: true, writes: true, animates: false },
    Facts { format: Format::Qoi,  name: "QOI",  extensions: &["qoi"],  mime: "image/qoi",  lossless: true, reads: true, writes: true, animates: false },
    Facts { format: Format::Pnm,  name: "PNM",  extensions: &["ppm", "pgm", "pbm", "pam", "pnm"], mime: "image/x-portable-anymap", lossless: true, reads: true, writes: true, animates: false },
    Facts { format: Format::Jxl,  name: "JPEG XL", extensions: &["jxl"], mime: "image/jxl", lossless: false, reads: cfg!(feature = "jxl"), writes: false, animates: false },
    Facts { format: Format::Avif, name: "AVIF", extensions: &["avif"], mime: "image/avif", lossless: false, reads: cfg!(feature = "avif"), writes: false, animates: false },
];

impl Format {
    /// All formats, in the order they are listed to people.
    pub fn all() -> impl Iterator<Item = Self> {
        FACTS.iter().map(|facts| facts.format)
    }

    /// The format the first bytes announce, whatever the file is called.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        let at = |start: usize, magic: &[u8]| bytes.get(start..).is_some_and(|rest| rest.starts_with(magic));
        Some(match bytes {
            _ if at(0, b"\x89PNG\r\n\x1a\n") => Self::Png,
            _ if at(0, b"\xff\xd8\xff") => Self::Jpeg,
            _ if at(0, b"RIFF") && at(8, b"WEBP") => Self::WebP,
            _ if at(0, b"GIF87a") || at(0, b"GIF89a") => Self::Gif,
            _ if at(0, b"II*\0") || at(0, b"MM\0*") || at(0, b"II+\0") || at(0, b"MM\0+") => Self::Tiff,
            _ if at(0, b"BM") => Self::Bmp,
            _ if at(0, b"qoif") => Self::Qoi,
            [b'P', b'1'..=b'7', c, ..] if c.is_ascii_whitespace() || *c == b'#' => Self::Pnm,
            _ if at(0, b"\xff\x0a") || at(0, b"\0\0\0\x0cJXL \r\n\x87\n") => Self::Jxl,
            _ if at(4, b"ftyp") && is_avif(bytes) => Self::Avif,
            _ => return None,
        })
    }

    /// The format of a file extension, in either case, without its dot.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let known = |facts: &&Facts| facts.extensions.iter().any(|e| e.eq_ignore_ascii_case(extension));
        FACTS.iter().find(known).map(|facts| facts.format)
    }

    /// The extension we write.
    pub fn extension(self) -> &'static str {
        self.facts().extensions[0]
    }

    /// `image/png` and its like.
    pub fn mime(self) -> &'static str {
        self.facts().mime
    }

    /// Can this build read it?
    pub fn can_read(self) -> bool {
        self.facts().reads
    }

    /// Can this build write it?
    pub fn can_write(self) -> bool {
        self.facts().writes
    }

    /// Do we write animations in it?
    pub fn can_animate(self) -> bool {
        self.facts().animates
    }

    /// Does what we write hold any 8-bit picture, alpha included, without loss?
    pub fn is_lossless(self) -> bool {
        self.facts().lossless
    }

    /// `PNG, JPEG, …`: what this build reads.
    pub fn readable_list() -> String {
        list(|facts| facts.reads)
    }

    /// `PNG, JPEG, …`: what this build writes.
    pub fn writable_list() -> String {
        list(|facts| facts.writes)
    }

    fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }
}

fn list(wanted: impl Fn(&Facts) -> bool) -> String {
    FACTS.iter().filter(|f| wanted(f)).map(|f| f.name).collect::<Vec<_>>().join(", ")
}

/// An ISO media file whose brands name AVIF.
fn is_avif(bytes: &[u8]) -> bool {
    let length = bytes.first_chunk::<4>().map_or(0, |b| u32::from_be_bytes(*b) as usize);
    let brands = bytes.get(8..length.min(bytes.len())).unwrap_or_default();
    brands.chunks_exact(4).any(|brand| matches!(brand, b"avif" | b"avis"))
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.facts().name)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::from_extension(text.trim_start_matches('.')).ok_or_else(|| {
            format!("\"{text}\" is not a picture format; zhijin writes {}", Self::writable_list())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_in_the_order_of_the_formats() {
        for format in Format::all() {
            assert_eq!(format.facts().format, format);
            assert_eq!(Format::from_extension(format.extension()), Some(format));
        }
    }

    #[test]
    fn content_decides() {
        assert_eq!(Format::sniff(b"\x89PNG\r\n\x1a\nwhatever"), Some(Format::Png));
        assert_eq!(Format::sniff(b"P6\n1 1\n255\nabc"), Some(Format::Pnm));
        assert_eq!(Format::sniff(b"P6"), None);
        assert_eq!(Format::sniff(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf"), Some(Format::Avif));
        assert_eq!(Format::sniff(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), None);
        assert_eq!(Format::sniff(b""), None);
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        assert_eq!(".JPEG".parse(), Ok(Format::Jpeg));
        let message = "psd".parse::<Format>().unwrap_err();
        assert!(
            message.starts_with("\"psd\" is not a picture format; zhijin writes PNG, JPEG, WebP"),
            "{message}"
        );
    }
}
