//! What bytes may be that are no picture we read: for the error message alone.
//!
//! "Unknown format" helps nobody. Most files that reach us by mistake are one of a few dozen things, and
//! naming the thing names the remedy.

/// First bytes, where they stand, and what they announce.
#[rustfmt::skip]
const KNOWN: [(usize, &[u8], &str); 31] = [
    (0, b"%PDF", "a PDF"),
    (0, b"%!PS", "a PostScript file"),
    (0, b"8BPS", "a Photoshop file (PSD)"),
    (0, b"gimp xcf", "a GIMP file (XCF)"),
    (4, b"ftyphei", "a HEIC picture"),
    (4, b"ftyphev", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIF picture"),
    (4, b"ftypmsf1", "a HEIF picture"),
    (4, b"ftypcrx", "a Canon raw picture (CR3)"),
    (4, b"ftyp", "a video (MP4 or its kin)"),
    (0, b"\x1a\x45\xdf\xa3", "a video (Matroska or WebM)"),
    (0, b"\0\0\x01\0", "a Windows icon (ICO)"),
    (0, b"\0\0\x02\0", "a Windows cursor (CUR)"),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (0, b"\x76\x2f\x31\x01", "an OpenEXR picture"),
    (0, b"#?RADIANCE", "a Radiance HDR picture"),
    (0, b"#?RGBE", "a Radiance HDR picture"),
    (0, b"DDS ", "a DirectDraw texture (DDS)"),
    (0, b"farbfeld", "a farbfeld picture"),
    (0, b"FUJIFILMCCD-RAW", "a Fujifilm raw picture (RAF)"),
    (0, b"IIRO", "an Olympus raw picture (ORF)"),
    (0, b"IIU\0", "a Panasonic raw picture (RW2)"),
    (0, b"II\xbc", "a JPEG XR picture"),
    (8, b"WAVE", "a sound file (WAV)"),
    (8, b"AVI ", "a video (AVI)"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a Windows program"),
    // All that is left of the signature after a transfer that dropped the eighth bit or changed line ends.
    (1, b"PNG", "a PNG whose first bytes were damaged, as by a transfer as text"),
];

/// A few words for what the bytes look like.
pub(super) fn describe(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "an empty file".into();
    }
    let known = KNOWN.iter().find(|(at, magic, _)| bytes.get(*at..).is_some_and(|b| b.starts_with(magic)));
    if let Some((.., name)) = known {
        return (*name).into();
    }
    if let Some(name) = markup(bytes) {
        return name.into();
    }
    if bytes.iter().take(256).all(|&b| b == 0) {
        return "nothing but zeros".into();
    }
    text(bytes).unwrap_or_else(|| hex(bytes))
}

/// SVG and HTML, which are text with a purpose.
fn markup(bytes: &[u8]) -> Option<&'static str> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_ascii_lowercase();
    let has = |tag| start.contains(tag);
    match () {
        () if has("<svg") => Some("an SVG drawing"),
        () if has("<!doctype html") || has("<html") => Some("a web page"),
        () => None,
    }
}

/// Printable from the start: `text, beginning "Dear Sir"`.
fn text(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(64)];
    let readable = match std::str::from_utf8(head) {
        Ok(text) => text,
        // A character cut in half by the 64 is still text.
        Err(e) if e.valid_up_to() + 4 > head.len() => std::str::from_utf8(&head[..e.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let printable = |c: char| !c.is_control() || c.is_ascii_whitespace();
    if readable.is_empty() || !readable.chars().all(printable) {
        return None;
    }
    let beginning: String = readable.chars().take(24).collect();
    Some(format!("text, beginning {:?}", beginning.trim()))
}

/// `first bytes 00 01 02 …`
fn hex(bytes: &[u8]) -> String {
    let shown: Vec<_> = bytes.iter().take(8).map(|b| format!("{b:02x}")).collect();
    let more = if bytes.len() > 8 { " …" } else { "" };
    format!("first bytes {}{more}", shown.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_mistakes_are_called_by_their_names() {
        let cases: [(&[u8], &str); 11] = [
            (b"", "an empty file"),
            (b"%PDF-1.7 and so on", "a PDF"),
            (b"8BPS\0\x01", "a Photoshop file (PSD)"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC picture"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "a video (MP4 or its kin)"),
            (b"<?xml version='1.0'?><svg>", "an SVG drawing"),
            (b"Dear Sir,\nplease find", "text, beginning \"Dear Sir,\\nplease find\""),
            (b"\x89PNG\n\x1a\n", "a PNG whose first bytes were damaged, as by a transfer as text"),
            (b"\0\0\0\0\0\0\0\0", "nothing but zeros"),
            (b"\x01\x02\x03\xff", "first bytes 01 02 03 ff"),
            (b"\x01\x02\x03\xff\x05\x06\x07\x08\x09", "first bytes 01 02 03 ff 05 06 07 08 …"),
        ];
        for (bytes, name) in cases {
            assert_eq!(describe(bytes), name);
        }
    }

    #[test]
    fn text_may_be_chinese_and_cut_in_the_middle_of_a_character() {
        let text = "织锦".repeat(20);
        assert!(describe(text.as_bytes()).starts_with("text, beginning \"织锦"));
    }
}
