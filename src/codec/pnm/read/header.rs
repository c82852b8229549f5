//! What stands in front of the samples.

use super::malformed;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Size};

/// How samples are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// One bit each, rows padded to bytes (P4).
    Bits,
    /// One or two bytes each, big end first (P5, P6, P7).
    Binary,
    /// `0` and `1` (P1).
    Digits,
    /// Decimal numbers (P2, P3).
    Text,
}

pub(super) struct Head {
    pub(super) size: Size,
    pub(super) layout: Layout,
    pub(super) coding: Coding,
    /// The sample value that means full intensity, 1 to 65535.
    pub(super) maxval: u32,
    /// Where the samples begin.
    pub(super) raster: usize,
}

impl Head {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let (layout, coding) = match bytes {
            [b'P', b'1', ..] => (Layout::Grey, Coding::Digits),
            [b'P', b'2', ..] => (Layout::Grey, Coding::Text),
            [b'P', b'3', ..] => (Layout::Rgb, Coding::Text),
            [b'P', b'4', ..] => (Layout::Grey, Coding::Bits),
            [b'P', b'5', ..] => (Layout::Grey, Coding::Binary),
            [b'P', b'6', ..] => (Layout::Rgb, Coding::Binary),
            [b'P', b'7', ..] => return Self::parse_pam(bytes),
            _ => return Err(malformed("it does not begin with P1 to P7")),
        };
        let mut tokens = Tokens { bytes, at: 2 };
        let mut number = |name| {
            let value = tokens.next_number()?;
            value.ok_or_else(|| malformed(format!("the header ends before its {name}")))
        };
        let (width, height) = (number("width")?, number("height")?);
        let maxval = if matches!(coding, Coding::Bits | Coding::Digits) { 1 } else { number("maximum")? };
        tokens.end_header();
        Self::checked(width, height, maxval, layout, coding, tokens.at)
    }

    /// `pam(5)`: lines of a name and a value, in any order.
    fn parse_pam(bytes: &[u8]) -> Result<Self> {
        let (mut width, mut height, mut depth, mut maxval) = (None, None, None, None);
        let mut kind = String::new();
        let mut raster = bytes.iter().position(|&b| b == b'\n').map_or(bytes.len(), |end| end + 1);
        loop {
            let line = bytes[raster..].split_inclusive(|&b| b == b'\n').next();
            let line = line.ok_or_else(|| malformed("the header ends before ENDHDR"))?;
            raster += line.len();
            let line = String::from_utf8_lossy(line);
            let (name, value) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
            match name {
                "ENDHDR" => break,
                "WIDTH" => width = Some(pam_number(name, value)?),
                "HEIGHT" => height = Some(pam_number(name, value)?),
                "DEPTH" => depth = Some(pam_number(name, value)?),
                "MAXVAL" => maxval = Some(pam_number(name, value)?),
                "TUPLTYPE" => kind = value.trim().to_owned(),
                name if name.is_empty() || name.starts_with('#') => {}
                name => return Err(malformed(format!("unknown header line \"{}\"", name.escape_default()))),
            }
        }
        let found = |value: Option<u32>, name| {
            value.ok_or_else(|| malformed(format!("the header has no {name} line")))
        };
        let layout = pam_layout(found(depth, "DEPTH")?, &kind)?;
        let (width, height) = (found(width, "WIDTH")?, found(height, "HEIGHT")?);
        Self::checked(width, height, found(maxval, "MAXVAL")?, layout, Coding::Binary, raster)
    }

    fn checked(
        width: u32,
        height: u32,
        maxval: u32,
        layout: Layout,
        coding: Coding,
        raster: usize,
    ) -> Result<Self> {
        let size = Size::new(width, height).map_err(malformed)?;
        if !(1..=65_535).contains(&maxval) {
            return Err(malformed(format!("the maximum is {maxval}; it may be 1 to 65535")));
        }
        Ok(Self { size, layout, coding, maxval, raster })
    }

    pub(super) fn depth(&self) -> Depth {
        if self.maxval > 255 { Depth::U16 } else { Depth::U8 }
    }

    pub(super) fn samples(&self) -> usize {
        self.size.pixels() * self.layout.channels()
    }

    /// The fewest bytes in which so many samples can be written.
    pub(super) fn shortest_raster(&self) -> u64 {
        let samples = self.samples() as u64;
        match self.coding {
            Coding::Bits => (self.size.width().div_ceil(8) * self.size.height()) as u64,
            Coding::Binary => samples * self.depth().bytes() as u64,
            Coding::Digits => samples,
            Coding::Text => samples.saturating_mul(2) - 1,
        }
    }

    /// A sample stretched from `0..=maxval` to the full range of its depth, rounded to the nearest; what
    /// lies over the maximum counts as the maximum.
    pub(super) fn scaled(&self, value: u32) -> u32 {
        let full = if self.depth() == Depth::U8 { 255 } else { 65_535 };
        // At most 65535² + 32767, which a u32 holds.
        (value.min(self.maxval) * full + self.maxval / 2) / self.maxval
    }
}

fn pam_number(name: &str, value: &str) -> Result<u32> {
    let broken = |_| malformed(format!("{name} is \"{}\", not a number", value.escape_default()));
    value.trim().parse().map_err(broken)
}

fn pam_layout(depth: u32, kind: &str) -> Result<Layout> {
    match (depth, kind) {
        (1, "" | "GRAYSCALE" | "BLACKANDWHITE") => Ok(Layout::Grey),
        (2, "" | "GRAYSCALE_ALPHA" | "BLACKANDWHITE_ALPHA") => Ok(Layout::GreyAlpha),
        (3, "" | "RGB") => Ok(Layout::Rgb),
        (4, "" | "RGB_ALPHA") => Ok(Layout::Rgba),
        _ => Err(Error::unsupported(
            format!("a PAM file with {depth} channels of the type \"{}\"", kind.escape_default()),
            "zhijin reads GRAYSCALE, BLACKANDWHITE and RGB, each with or without _ALPHA",
        )),
    }
}

/// Words between white space; `#` makes the rest of its line a comment.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next byte that is neither white space nor comment.
    pub(super) fn next_mark(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'#' => self.skip_line(),
                b' ' | b'\t'..=b'\r' => self.at += 1,
                _ => {
                    self.at += 1;
                    return Some(byte);
                }
            }
        }
    }

    /// The next decimal number; `None` at the end.
    pub(super) fn next_number(&mut self) -> Result<Option<u32>> {
        let Some(mut byte) = self.next_mark() else { return Ok(None) };
        let mut value = 0u32;
        loop {
            if !byte.is_ascii_digit() {
                return Err(malformed(format!("'{}' where a number is due", byte.escape_ascii())));
            }
            let longer = value.checked_mul(10).and_then(|v| v.checked_add(u32::from(byte - b'0')));
            value = longer.ok_or_else(|| malformed("a number is over 4294967295"))?;
            match self.bytes.get(self.at) {
                None | Some(b' ' | b'\t'..=b'\r' | b'#') => return Ok(Some(value)),
                Some(&next) => byte = next,
            }
            self.at += 1;
        }
    }

    /// One white space ends a header; a comment right behind the last number counts as its line break.
    fn end_header(&mut self) {
        match self.bytes.get(self.at) {
            Some(b'#') => self.skip_line(),
            Some(_) => self.at += 1,
            None => {}
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&b| b == b'\n' || b == b'\r').map_or(rest.len(), |end| end + 1);
    }
}
