//! Base weaves as data: one small repeat of risers, made by rule, by name, or drawn by hand.
//!
//! The convention is the same all over: a set bit means that the warp end lies over the weft. Ends are counted
//! from the left, picks from the first one woven.

mod names;
mod satin;
mod shade;

use std::fmt;

pub use names::{Structure, read_table, shipped};
use satin::why_no_satin;
pub use satin::{counters, even_counter};
pub use shade::{Growth, shaded};

/// The widest and highest repeat of a base weave: a row is one word.
pub const LARGEST: usize = 64;

/// One repeat of a weave.
#[derive(Clone, PartialEq, Eq)]
pub struct Weave {
    name: String,
    ends: usize,
    /// One word a pick; bit `e` is set when end `e` is up.
    rows: Vec<u64>,
    /// For each pick and each phase, 64 ends of the repeated row.
    spread: Vec<u64>,
}

/// Why something is not a weave, in words a weaver can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadWeave(pub String);

impl fmt::Display for BadWeave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadWeave {}

/// Which way the diagonal of a twill runs, as the strokes of the letters do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Rising to the left as weaving goes on.
    S,
    /// Rising to the right as weaving goes on.
    Z,
}

/// The longest floats of a weave repeated without end. A thread that never interlaces has the length of the repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Longest {
    /// Ends the weft passes over on the face.
    pub weft_face: usize,
    /// Ends the weft passes under.
    pub weft_back: usize,
    /// Picks an end passes over on the face.
    pub warp_face: usize,
    /// Picks an end passes under.
    pub warp_back: usize,
}

impl Weave {
    /// A weave of `ends` × `picks`, up where `up(pick, end)` says so.
    pub fn from_fn(
        name: impl Into<String>,
        ends: usize,
        picks: usize,
        up: impl Fn(usize, usize) -> bool,
    ) -> Result<Self, BadWeave> {
        let name = name.into();
        if !(1..=LARGEST).contains(&ends) || !(1..=LARGEST).contains(&picks) {
            return Err(BadWeave(format!(
                "{name}: a repeat of {ends} ends and {picks} picks; a base weave has 1 to {LARGEST} of either"
            )));
        }
        let row = |p| (0..ends).fold(0, |bits, e| bits | u64::from(up(p, e)) << e);
        Ok(Self::from_rows(name, ends, (0..picks).map(row).collect()))
    }

    fn from_rows(name: String, ends: usize, rows: Vec<u64>) -> Self {
        let wide =
            |row: u64, phase: usize| (0..64).fold(0, |w, e| w | (row >> ((phase + e) % ends) & 1) << e);
        let spread = rows.iter().flat_map(|&row| (0..ends).map(move |phase| wide(row, phase))).collect();
        Self { name, ends, rows, spread }
    }

    /// Plain weave: every thread over one, under one.
    pub fn plain() -> Self {
        Self::from_rows("plain".into(), 2, vec![0b01, 0b10])
    }

    /// Warp rib: plain in the width, `over` and then `under` picks in one shed.
    pub fn rib(over: usize, under: usize) -> Result<Self, BadWeave> {
        positive("rib", &[over, under])?;
        Self::from_fn(format!("rib {over}/{under}"), 2, over + under, |p, e| (p < over) == (e == 0))
    }

    /// Basket (hopsack): blocks of `over` and `under` threads, in both directions.
    pub fn basket(over: usize, under: usize) -> Result<Self, BadWeave> {
        positive("basket", &[over, under])?;
        let n = over + under;
        Self::from_fn(format!("basket {over}/{under}"), n, n, |p, e| (p < over) == (e < over))
    }

    /// A twill whose first end goes over, under, over, under… as many picks as `steps` says.
    pub fn twill(steps: &[usize], lean: Lean) -> Result<Self, BadWeave> {
        positive("twill", steps)?;
        if steps.is_empty() || steps.len() % 2 == 1 {
            return Err(BadWeave(format!(
                "a twill of {} steps; it takes them in pairs, over and under, as in 2/1 or 3/1/1/3",
                steps.len()
            )));
        }
        let n: usize = steps.iter().fold(0, |sum, &step| sum.saturating_add(step));
        let mut over = vec![false; n.min(2 * LARGEST)];
        let mut at = 0;
        for (i, &step) in steps.iter().enumerate() {
            over.iter_mut().skip(at).take(step).for_each(|o| *o = i % 2 == 0);
            at = at.saturating_add(step);
        }
        let list = steps.iter().map(usize::to_string).collect::<Vec<_>>().join("/");
        let (name, back) = match lean {
            Lean::S => (format!("twill {list} s"), 1),
            Lean::Z => (format!("twill {list} z"), n.saturating_sub(1)),
        };
        Self::from_fn(name, n, n, |p, e| over[(e + back * p) % n])
    }

    /// A weft-faced satin over `n` ends, each riser `counter` ends to the right of the last.
    pub fn satin(n: usize, counter: usize) -> Result<Self, BadWeave> {
        if !(5..=LARGEST).contains(&n) || !counters(n).contains(&counter) {
            return Err(BadWeave(why_no_satin(n, Some(counter))));
        }
        Self::from_fn(format!("satin {n}/{counter}"), n, n, |p, e| e == counter * p % n)
    }

    /// The satin over `n` ends whose risers lie most evenly.
    pub fn even_satin(n: usize) -> Result<Self, BadWeave> {
        let counter = even_counter(n).ok_or_else(|| BadWeave(why_no_satin(n, None)))?;
        Self::satin(n, counter)
    }

    /// The irregular satins over 4 and 6 ends, which no counter makes.
    pub fn irregular_satin(n: usize) -> Result<Self, BadWeave> {
        let order: &[usize] = match n {
            4 => &[0, 1, 3, 2],
            6 => &[0, 2, 4, 1, 5, 3],
            _ => return Err(BadWeave(format!("an irregular satin over {n} ends; only 4 and 6 need one"))),
        };
        Self::from_fn(format!("irregular {n}"), n, n, |p, e| e == order[p])
    }

    /// The other face of the cloth, seen through it: risers and sinkers changed.
    pub fn reversed(&self) -> Self {
        let all = u64::MAX >> (64 - self.ends);
        let name = match self.name.strip_suffix(" warp") {
            Some(weft) => weft.to_owned(),
            None => format!("{} warp", self.name),
        };
        Self::from_rows(name, self.ends, self.rows.iter().map(|row| !row & all).collect())
    }

    /// The same weave, begun `ends` further right and `picks` later.
    pub fn shifted(&self, ends: usize, picks: usize) -> Self {
        let word = |p: usize| self.word(p + picks, ends) & (u64::MAX >> (64 - self.ends));
        Self::from_rows(self.name.clone(), self.ends, (0..self.picks()).map(word).collect())
    }

    /// The name it is made by; [`str::parse`] reads it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same weave under another name.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Ends in a repeat.
    pub fn ends(&self) -> usize {
        self.ends
    }

    /// Picks in a repeat.
    pub fn picks(&self) -> usize {
        self.rows.len()
    }

    /// Is the end up, wherever in the cloth?
    pub fn is_up(&self, pick: usize, end: usize) -> bool {
        self.rows[pick % self.rows.len()] >> (end % self.ends) & 1 == 1
    }

    /// 64 ends of a pick, beginning at any end.
    pub fn word(&self, pick: usize, first_end: usize) -> u64 {
        self.spread[pick % self.rows.len() * self.ends + first_end % self.ends]
    }

    /// The share of crossings where the warp is seen.
    pub fn warp_share(&self) -> f32 {
        let up: u32 = self.rows.iter().map(|row| row.count_ones()).sum();
        up as f32 / (self.ends * self.rows.len()) as f32
    }

    /// The longest floats, counted.
    pub fn longest(&self) -> Longest {
        let (ends, picks) = (self.ends, self.rows.len());
        let along_weft = |face| (0..picks).map(|p| longest_run(ends, |e| self.is_up(p, e) == face)).max();
        let along_warp = |face| (0..ends).map(|e| longest_run(picks, |p| self.is_up(p, e) == face)).max();
        Longest {
            weft_face: along_weft(false).unwrap_or(0),
            weft_back: along_weft(true).unwrap_or(0),
            warp_face: along_warp(true).unwrap_or(0),
            warp_back: along_warp(false).unwrap_or(0),
        }
    }
}

impl fmt::Display for Weave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Weave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.name)?;
        for p in (0..self.picks()).rev() {
            let row: String = (0..self.ends).map(|e| if self.is_up(p, e) { '#' } else { '.' }).collect();
            writeln!(f, "{row}")?;
        }
        Ok(())
    }
}

fn positive(what: &str, steps: &[usize]) -> Result<(), BadWeave> {
    match steps.iter().find(|&&step| step == 0 || step > LARGEST) {
        Some(step) => Err(BadWeave(format!("a {what} with a step of {step}; steps are 1 to {LARGEST}"))),
        None => Ok(()),
    }
}

/// The longest run on a ring of `n`; `n` when it never ends.
fn longest_run(n: usize, is_in: impl Fn(usize) -> bool) -> usize {
    let (mut best, mut run) = (0, 0);
    for i in 0..2 * n {
        run = if is_in(i % n) { run + 1 } else { 0 };
        best = best.max(run);
    }
    best.min(n)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
