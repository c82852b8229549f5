//! Reads WIF 1.1 of any program. What the file claims is checked before it is believed: counts against the limits,
//! entries against the counts. [CONTENTS] is not read at all; it is wrong too often.

use crate::weave::cloth::Lift;
use crate::weave::wif::WifError;
use crate::weave::wif::colours::{Colours, colour, colours};
use crate::weave::wif::lifting::{lift_picks, threading, turn_over};
use crate::weave::wif::text::{Section, Text};

/// What a file may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Ends, picks, shafts and treadles, each.
    pub threads: usize,
    /// Ends times picks.
    pub crossings: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 30, threads: 1 << 17, crossings: 1 << 31 }
    }
}

/// A draft as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Which ends are up at each pick.
    pub lift: Lift,
    /// Shafts, as stated.
    pub shafts: usize,
    /// Treadles, as stated.
    pub treadles: usize,
    /// The title; may be empty.
    pub title: String,
    /// The notes, a line each.
    pub notes: Vec<String>,
    /// The colour table, 0 to 255.
    pub colours: Vec<[u8; 3]>,
    /// The ends.
    pub warp: Side,
    /// The picks.
    pub weft: Side,
}

/// The threads of one direction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The colour of each thread, from 0.
    pub colour: Vec<u32>,
    /// From thread to thread, in centimetres, where the file says so.
    pub spacing: Option<f32>,
    /// How thick a thread is, in centimetres, where the file says so.
    pub thickness: Option<f32>,
    /// Threads of another thickness: number from 0, and centimetres.
    pub thicknesses: Vec<(u32, f32)>,
}

/// Reads a draft.
pub fn read_wif(bytes: &[u8], limits: &Limits) -> Result<Draft, WifError> {
    if bytes.len() > limits.bytes {
        let what = format!("the file has {} bytes, {} are allowed", bytes.len(), limits.bytes);
        return Err(WifError::whole(what));
    }
    read(&Text::new(bytes)?, limits)
}

/// Reads a draft from text already cut.
pub(super) fn read(text: &Text<'_>, limits: &Limits) -> Result<Draft, WifError> {
    if text.section("WIF")?.is_none() {
        return Err(WifError::whole("not a WIF file: it has no section [WIF]"));
    }
    let weaving = text.required("WEAVING")?;
    let shafts = count(text, weaving, "Shafts", limits.threads)?
        .filter(|&s| s > 0)
        .ok_or_else(|| WifError::at(weaving.line, "WEAVING", "Shafts is missing or 0"))?;
    let treadles = count(text, weaving, "Treadles", limits.threads)?.unwrap_or(0);
    let rising = text.value(weaving, "Rising Shed")?.map_or(Ok(true), |e| e.truth("WEAVING"))?;
    let (ends, picks) = (threads(text, "WARP", limits)?, threads(text, "WEFT", limits)?);
    if ends as u64 * picks as u64 > limits.crossings {
        return Err(WifError::at(
            text.required("WEFT")?.line,
            "WEFT",
            format!(
                "{ends} ends and {picks} picks cross {} times, {} are allowed",
                ends as u64 * picks as u64,
                limits.crossings
            ),
        ));
    }
    let colours = colours(text)?;
    let (warp, weft) = (side(text, "WARP", ends, &colours)?, side(text, "WEFT", picks, &colours)?);
    let mut lift = Lift::new(ends, picks);
    lift_picks(text, &mut lift, &threading(text, ends, shafts)?, limits)?;
    if !rising {
        turn_over(&mut lift);
    }
    let title = match text.section("TEXT")? {
        Some(section) => text.value(section, "Title")?.map_or(String::new(), |e| e.value.to_owned()),
        None => String::new(),
    };
    Ok(Draft { lift, shafts, treadles, title, notes: notes(text)?, colours: colours.table, warp, weft })
}

fn count(text: &Text<'_>, section: &Section, key: &str, most: usize) -> Result<Option<usize>, WifError> {
    text.value(section, key)?.map(|e| e.number(&section.name, most)).transpose()
}

fn threads(text: &Text<'_>, name: &str, limits: &Limits) -> Result<usize, WifError> {
    let section = text.required(name)?;
    count(text, section, "Threads", limits.threads)?
        .filter(|&n| n > 0)
        .ok_or_else(|| WifError::at(section.line, name, "Threads is missing or 0"))
}

fn side(text: &Text<'_>, name: &str, threads: usize, colours: &Colours) -> Result<Side, WifError> {
    let section = text.required(name)?;
    let unit = unit(text, section)?;
    let measure =
        |key: &str| text.value(section, key)?.map(|e| e.measure(name).map(|m| m * unit)).transpose();
    let default = match text.value(section, "Color")? {
        Some(entry) => colour(&entry, name, colours)?,
        None if colours.own => 0,
        None => u32::from(name == "WEFT"),
    };
    let mut side = Side {
        colour: vec![default; threads],
        spacing: measure("Spacing")?,
        thickness: measure("Thickness")?,
        thicknesses: Vec::new(),
    };
    let counted = format!("Threads of [{name}]");
    let list = format!("{name} COLORS");
    if let Some(section) = text.section(&list)? {
        text.numbered(section, threads, &counted, |n, entry| {
            side.colour[n - 1] = colour(&entry, &list, colours)?;
            Ok(())
        })?;
    }
    let list = format!("{name} THICKNESS");
    if let Some(section) = text.section(&list)? {
        text.numbered(section, threads, &counted, |n, entry| {
            side.thicknesses.push((n as u32 - 1, entry.measure(&list)? * unit));
            Ok(())
        })?;
        side.thicknesses.sort_unstable_by_key(|t| t.0);
    }
    Ok(side)
}

/// Centimetres in a unit.
fn unit(text: &Text<'_>, section: &Section) -> Result<f32, WifError> {
    let Some(entry) = text.value(section, "Units")? else { return Ok(1.0) };
    match entry.value.to_ascii_lowercase().as_str() {
        "centimeters" | "centimetres" | "" => Ok(1.0),
        "inches" => Ok(2.54),
        "decipoints" => Ok(2.54 / 720.0),
        _ => Err(WifError::at(entry.line, &section.name, "Units is none of Decipoints, Inches, Centimeters")),
    }
}

fn notes(text: &Text<'_>) -> Result<Vec<String>, WifError> {
    let mut notes = Vec::new();
    if let Some(section) = text.section("NOTES")? {
        for entry in text.entries(section) {
            notes.push(entry?.value.to_owned());
        }
    }
    Ok(notes)
}
