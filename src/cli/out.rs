//! Words for standard output and standard error.
//!
//! A reader that goes away (`zhijin styles | head -1`) is not an error: what it wanted it has. So writing
//! gives an `io::Error`, and the one kind that means "enough" is turned into a quiet success in one place,
//! `Exit::from`.

use std::io::{self, Write};
use std::path::Path;

/// A line on standard output.
pub(super) fn line(text: &str) -> io::Result<()> {
    bytes(format!("{text}\n").as_bytes())
}

/// Bytes as they are on standard output.
pub(super) fn bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// A line on standard error. If nobody can hear it there is nobody to tell.
pub(super) fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A path as it may be shown: control characters, which could command the terminal, are spelled out.
pub(super) fn shown(path: &Path) -> String {
    plain(&path.to_string_lossy())
}

/// The same for any text that comes from outside.
pub(super) fn plain(text: &str) -> String {
    let spelled = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(spelled).collect()
}

/// Columns a text takes in a terminal: Chinese characters, their punctuation and full-width forms take two.
/// (Unicode Standard Annex 11 gives the full table; these are the ranges our names come from.)
pub(super) fn columns(text: &str) -> usize {
    let wide = |c| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
            | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_command_the_terminal() {
        assert_eq!(shown(Path::new("a\u{1b}[2Jb\n织.png")), "a\\u{1b}[2Jb\\n织.png");
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!([columns("abc"), columns("织锦"), columns("蓝a，")], [3, 4, 5]);
    }
}
