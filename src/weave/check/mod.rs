//! Is a WIF file cloth? Any program's file is read here by a reader of its own, which shares nothing with the one that
//! makes cloths of files nor with the writer: a mistake there does not hide here. It is patient where the other is
//! strict: what is wrong is counted and listed.

mod drawdown;
mod ini;
mod print;
mod reader;

use ini::Ini;
use reader::Checker;

/// What a file may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Ends, picks and shafts, each.
    pub threads: usize,
    /// Ends times picks.
    pub crossings: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { threads: 1 << 17, crossings: 1 << 31 }
    }
}

/// The longest float of its kind, and where one is: thread and first crossing, both from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Longest {
    /// Crossings.
    pub length: usize,
    /// The thread that floats.
    pub thread: usize,
    /// The crossing it begins at.
    pub from: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Ends.
    pub ends: usize,
    /// Picks.
    pub picks: usize,
    /// Shafts, as stated.
    pub shafts: usize,
    /// Treadles, as stated.
    pub treadles: usize,
    /// Is the repeat closed in both directions?
    pub cyclic: bool,
    /// Wefts over ends.
    pub weft_face: Longest,
    /// Wefts under ends.
    pub weft_back: Longest,
    /// Ends over picks.
    pub warp_face: Longest,
    /// Ends under picks.
    pub warp_back: Longest,
    /// Ends that never change face, from 1.
    pub loose_ends: Vec<usize>,
    /// Picks that never change face, from 1.
    pub loose_picks: Vec<usize>,
    /// Ends on no shaft.
    pub unthreaded: usize,
    /// Shafts no end is on, or no pick lifts.
    pub unused_shafts: Vec<usize>,
    /// Treadles never pressed, or tied to nothing.
    pub unused_treadles: Vec<usize>,
    /// Colours in the table.
    pub colours: usize,
    /// Threads with a colour that is not in the table, and values outside the range.
    pub colours_out_of_range: usize,
    /// Different sheds.
    pub sheds: usize,
    /// Can no layer be lifted off?
    pub hangs_together: bool,
    /// What else is wrong, at most [`MOST_REMARKS`] of it: line, and what.
    pub remarks: Vec<(usize, String)>,
}

/// Remarks kept; a broken file has thousands.
pub const MOST_REMARKS: usize = 50;

/// Checks a file; `cyclic` when its cloth is a repeat. An error: there is no cloth to check.
pub fn check_wif(bytes: &[u8], cyclic: bool, limits: &Limits) -> Result<Report, String> {
    let text: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes.iter().map(|&b| b as char).collect(),
    };
    let mut checker = Checker { file: Ini::parse(&text), report: Report::default() };
    checker.report.cyclic = cyclic;
    checker.counts(limits)?;
    checker.colours();
    checker.weave()?;
    Ok(checker.report)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
