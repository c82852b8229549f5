//! Text from files: decoded, cut into lines, read word by word.

use std::borrow::Cow;

use super::super::hex;

/// What is wrong, and in which line, counted from one.
pub(super) type Wrong = (Option<usize>, String);

/// As much as is needed to tell what a text is.
const HEAD: usize = 4096;

/// The text without its mark of byte order. What is not UTF-8 can only be in names, and gets substitutes.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

/// The beginning of a text; nothing if the bytes are none.
pub(super) fn head(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let control = |b: &u8| *b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c);
    if head.is_empty() || head.iter().any(control) { None } else { Some(decoded(head)) }
}

/// The lines with their numbers; any of the three ends of line will do.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends: fn(char) -> bool = if text.contains('\n') { |c| c == '\n' } else { |c| c == '\r' };
    text.split(ends).map(str::trim).enumerate().map(|(index, line)| (index + 1, line))
}

/// An error in a line: what was found there, what was expected.
pub(super) fn wrong(line: usize, found: &str, expected: &str) -> Wrong {
    let found = if found.is_empty() { "nothing".into() } else { format!("\"{}\"", hex::shown(found)) };
    (Some(line), format!("found {found}, expected {expected}"))
}

/// A number from 0 to 255.
pub(super) fn channel(word: Option<&str>) -> Option<u8> {
    let word = word?;
    // `parse` would take a sign.
    if word.bytes().all(|b| b.is_ascii_digit()) { word.parse().ok() } else { None }
}

/// The first word and what follows it.
pub(super) fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// What a file that is no palette begins with.
pub(super) fn described(bytes: &[u8]) -> String {
    match (bytes, head(bytes)) {
        ([], _) => "it is empty".into(),
        ([b'R', b'I', b'F', b'F', ..], _) => "a RIFF file; save it as JASC, GPL or ASE".into(),
        (_, Some(text)) => format!("it begins with \"{}\"", hex::shown(text.trim_start())),
        (_, None) => {
            let first: Vec<_> = bytes.iter().take(8).map(|b| format!("{b:02x}")).collect();
            format!("it begins with the bytes {}", first.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_of_line_is_one() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\rb\r"] {
            assert_eq!(lines(text).take(2).collect::<Vec<_>>(), [(1, "a"), (2, "b")], "{text:?}");
        }
    }

    #[test]
    fn channels_are_bare_numbers() {
        assert_eq!(
            [channel(Some("255")), channel(Some("0")), channel(Some("007"))],
            [Some(255), Some(0), Some(7)]
        );
        for wrong in [None, Some("256"), Some("-1"), Some("+1"), Some(""), Some("1.0")] {
            assert_eq!(channel(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn words_are_parted_once() {
        assert_eq!(word("  12 old  gold "), ("12", "old  gold"));
        assert_eq!(word("\u{3000}"), ("", ""));
    }
}
