//! The text of a WIF file: lines, sections, numbered entries. Nothing is believed here, and nothing is allocated by a
//! number that the file states.

use std::borrow::Cow;

use crate::weave::wif::WifError;

/// A file cut into sections.
pub(crate) struct Text<'a> {
    text: Cow<'a, str>,
    sections: Vec<Section>,
}

/// A section: its name in capitals, the line of its header, its lines.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// In capitals, without brackets.
    pub(crate) name: String,
    /// The line of the header.
    pub(crate) line: usize,
    from: usize,
    to: usize,
}

/// `key=value` in a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// The line.
    pub(crate) line: usize,
    /// Before the first `=`.
    pub(crate) key: &'a str,
    /// Behind it.
    pub(crate) value: &'a str,
}

/// More sections than any program writes.
const MOST_SECTIONS: usize = 10_000;

impl<'a> Text<'a> {
    /// Cuts a file. Bytes that are not UTF-8 are Latin-1, as old programs wrote.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, WifError> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(WifError::whole("the file is UTF-16; save it as plain text (ASCII or UTF-8)"));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(bytes.iter().map(|&b| char::from(b)).collect()),
        };
        let sections = cut(&text)?;
        Ok(Self { text, sections })
    }

    /// The one section of a name (in capitals); two are an error.
    pub(crate) fn section(&self, name: &str) -> Result<Option<&Section>, WifError> {
        let mut found = self.sections.iter().filter(|s| s.name == name);
        match (found.next(), found.next()) {
            (first, None) => Ok(first),
            (Some(first), Some(second)) => Err(WifError::at(
                second.line,
                name,
                format!("the section is there twice, first in line {}", first.line),
            )),
            (None, Some(_)) => Ok(None),
        }
    }

    /// The one section of a name; none is an error.
    pub(crate) fn required(&self, name: &str) -> Result<&Section, WifError> {
        self.section(name)?.ok_or_else(|| WifError::at(0, name, "the section is missing; a draft needs it"))
    }

    /// The entries of a section.
    pub(crate) fn entries<'s>(
        &'s self,
        section: &'s Section,
    ) -> impl Iterator<Item = Result<Entry<'s>, WifError>> {
        let lines = Lines { text: &self.text[section.from..section.to], line: section.line };
        lines.filter(|(_, text)| !is_remark(text)).map(|(line, text)| match text.split_once('=') {
            Some((key, value)) => Ok(Entry { line, key: key.trim(), value: value.trim() }),
            None => Err(WifError::at(line, &section.name, format!("\"{}\" is not key=value", short(text)))),
        })
    }

    /// The value of a key, whatever its capitals; two are an error.
    pub(crate) fn value<'s>(
        &'s self,
        section: &'s Section,
        key: &str,
    ) -> Result<Option<Entry<'s>>, WifError> {
        let mut found: Option<Entry<'s>> = None;
        for entry in self.entries(section) {
            let entry = entry?;
            if !entry.key.eq_ignore_ascii_case(key) {
                continue;
            }
            if let Some(first) = found {
                let what = format!("\"{key}\" is there twice, first in line {}", first.line);
                return Err(WifError::at(entry.line, &section.name, what));
            }
            found = Some(entry);
        }
        Ok(found)
    }

    /// Calls `each` with the number and the entry of every line `number=…`; numbers are 1 to `count`, each once.
    /// `counted` says where the count comes from.
    pub(crate) fn numbered(
        &self,
        section: &Section,
        count: usize,
        counted: &str,
        mut each: impl FnMut(usize, Entry<'_>) -> Result<(), WifError>,
    ) -> Result<(), WifError> {
        let mut seen = vec![0u64; count / 64 + 1];
        for entry in self.entries(section) {
            let entry = entry?;
            let wrong = |what: String| WifError::at(entry.line, &section.name, what);
            let number =
                entry.key.parse::<usize>().ok().filter(|n| (1..=count).contains(n)).ok_or_else(|| {
                    wrong(format!("\"{}\" is not a number from 1 to {count} ({counted})", short(entry.key)))
                })?;
            if seen[number / 64] >> (number % 64) & 1 == 1 {
                return Err(wrong(format!("{number} is there twice")));
            }
            seen[number / 64] |= 1 << (number % 64);
            each(number, entry)?;
        }
        Ok(())
    }
}

impl Entry<'_> {
    /// A number no larger than `most`.
    pub(crate) fn number(&self, section: &str, most: usize) -> Result<usize, WifError> {
        let text = unremarked(self.value);
        text.parse::<usize>().ok().filter(|&n| n <= most).ok_or_else(|| {
            let what = format!("{}={}: not a number from 0 to {most}", short(self.key), short(text));
            WifError::at(self.line, section, what)
        })
    }

    /// A measure: finite and not below 0.
    pub(crate) fn measure(&self, section: &str) -> Result<f32, WifError> {
        let text = unremarked(self.value);
        text.parse::<f32>().ok().filter(|m| (0.0..1e6).contains(m)).ok_or_else(|| {
            let what = format!("{}={}: not a measure from 0 to 1000000", short(self.key), short(text));
            WifError::at(self.line, section, what)
        })
    }

    /// true, on, yes, 1; false, off, no, 0.
    pub(crate) fn truth(&self, section: &str) -> Result<bool, WifError> {
        match unremarked(self.value).to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Ok(true),
            "false" | "off" | "no" | "0" => Ok(false),
            text => {
                let what = format!("{}={}: write true or false", short(self.key), short(text));
                Err(WifError::at(self.line, section, what))
            }
        }
    }

    /// Calls `each` with the numbers of a list; 0 and nothing stand for none.
    pub(crate) fn list(
        &self,
        section: &str,
        most: usize,
        what: &str,
        mut each: impl FnMut(usize),
    ) -> Result<(), WifError> {
        let text = unremarked(self.value);
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part.parse::<usize>() {
                Ok(0) => {}
                Ok(n) if n <= most => each(n),
                _ => {
                    let wrong =
                        format!("{}: \"{}\" is not a {what} from 1 to {most}", short(self.key), short(part));
                    return Err(WifError::at(self.line, section, wrong));
                }
            }
        }
        Ok(())
    }
}

/// A value without the remark behind it.
fn unremarked(value: &str) -> &str {
    value.split(';').next().unwrap_or("").trim()
}

fn is_remark(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with(';')
}

/// Text of a file in an error: not longer than a line.
pub(crate) fn short(text: &str) -> String {
    let clean = |t: &str| t.chars().map(|c| if c.is_control() { '?' } else { c }).collect::<String>();
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", clean(&text[..at])),
        None => clean(text),
    }
}

fn cut(text: &str) -> Result<Vec<Section>, WifError> {
    let mut sections: Vec<Section> = Vec::new();
    let mut lines = Lines { text, line: 0 };
    while let Some((line, content)) = lines.next() {
        let at = text.len() - lines.text.len();
        let trimmed = content.trim();
        if let Some(name) = trimmed.strip_prefix('[') {
            let Some((name, _)) = name.split_once(']') else {
                return Err(WifError::at(line, "", format!("\"{}\" has no closing bracket", short(trimmed))));
            };
            if sections.len() == MOST_SECTIONS {
                return Err(WifError::at(line, "", format!("more than {MOST_SECTIONS} sections")));
            }
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_uppercase();
            sections.push(Section { name, line, from: at, to: at });
        } else if let Some(last) = sections.last_mut() {
            last.to = at;
        } else if !is_remark(content) {
            return Err(WifError::at(
                line,
                "",
                format!("\"{}\" stands before the first section", short(trimmed)),
            ));
        }
    }
    Ok(sections)
}

/// Lines that end in LF, CR LF, or CR, mixed as they come.
struct Lines<'a> {
    text: &'a str,
    line: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.text.is_empty() {
            return None;
        }
        self.line += 1;
        let end = self.text.bytes().position(|b| b == b'\n' || b == b'\r').unwrap_or(self.text.len());
        let (line, rest) = self.text.split_at(end);
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
        self.text = rest;
        Some((self.line, line))
    }
}
