//! WIF 1.1 (Weaving Information File, 20 April 1997): what is common to its writer and its reader.

mod alike;
mod cloth;
mod colours;
mod dobby;
mod lifting;
mod read;
mod sections;
mod text;
mod write;

#[cfg(test)]
#[path = "tests.rs"]
mod round_trips;

use std::fmt;

pub use cloth::read_cloth;
pub use dobby::{Merged, merge_ends};
pub use read::{Draft, Limits, Side, read_wif};
pub use write::{Options, Plan, Written, write_wif};

/// The section names of ours, as others must call theirs: PRIVATE, who, what.
const PRIVATE: &str = "PRIVATE ZHIJIN";

/// Why a WIF file could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WifError {
    /// The line, from 1; 0: the file as a whole.
    pub line: usize,
    /// The section, without brackets; empty: none.
    pub section: String,
    /// What is wrong, and what is allowed.
    pub what: String,
}

impl WifError {
    /// An error in a line of a section.
    pub fn at(line: usize, section: &str, what: impl Into<String>) -> Self {
        Self { line, section: section.to_owned(), what: what.into() }
    }

    /// An error of the file as a whole.
    pub fn whole(what: impl Into<String>) -> Self {
        Self::at(0, "", what)
    }
}

impl fmt::Display for WifError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}", self.line)?;
            f.write_str(if self.section.is_empty() { ": " } else { ", " })?;
        }
        if !self.section.is_empty() {
            write!(f, "[{}]: ", self.section)?;
        }
        f.write_str(&self.what)
    }
}

impl std::error::Error for WifError {}

impl From<std::io::Error> for WifError {
    fn from(error: std::io::Error) -> Self {
        Self::whole(format!("could not be written: {error}"))
    }
}

/// Text that fits in one ASCII line between quotes, and comes back as it was.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            _ => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
        }
    }
    out.push('"');
    out
}

/// The text that [`quoted`] wrote; `None`: it did not.
fn unquoted(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut out = String::new();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next()? {
                'u' => {
                    let code: String = rest.by_ref().skip(1).take_while(|&c| c != '}').take(7).collect();
                    out.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
                }
                c => out.push(c),
            },
            c => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_come_back() {
        for text in ["", "silk", "片金 \"扁\"", "a\\b\n[WARP]\r;x=", " blank ", "\u{1f9f5}\\u{41}"] {
            let line = quoted(text);
            assert!(line.bytes().all(|b| (32..127).contains(&b)), "{line}");
            assert_eq!(unquoted(&line).as_deref(), Some(text));
        }
        assert_eq!(unquoted("\"a"), None);
        assert_eq!(unquoted("\"\\u{110000}\""), None);
        assert_eq!(unquoted("\""), None);
    }

    #[test]
    fn errors_say_where() {
        assert_eq!(WifError::at(7, "WARP", "no").to_string(), "line 7, [WARP]: no");
        assert_eq!(WifError::whole("no").to_string(), "no");
        assert_eq!(WifError::at(7, "", "no").to_string(), "line 7: no");
    }
}
