//! Cards for a jacquard controller: one row a pick, one bit a hook, 1 (black) lifts.
//!
//! The harness decides which hook an end hangs on: repeats across, ends entered from the other side, hooks cast out;
//! beside the ends there are hooks for the take-up regulator, the weft selector and the selvedges.

mod hooks;
mod image;
mod png;

pub use self::png::write_png;
use crate::weave::card::hooks::{Stretch, hang, hang_row};
use crate::weave::cloth::{Cloth, Lift};
use crate::weave::structure::BadWeave;
pub use image::{First, Packing, Rows, Sett, send, write_bmp, write_tiff};

/// The harness of a loom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Harness {
    /// Hooks of the machine; a row has so many bits.
    pub hooks: usize,
    /// The hook of the first end.
    pub first: usize,
    /// Repeats of the cloth side by side, each with hooks of its own.
    pub repeats: usize,
    /// Is the first end on the right?
    pub reversed: bool,
    /// Is every second repeat turned over?
    pub turned: bool,
    /// Hooks that carry no cord.
    pub cast_out: Vec<usize>,
    /// Hooks that serve the loom.
    pub extras: Vec<Extra>,
}

/// Hooks that serve the loom and not the cloth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extra {
    /// One hook, lifted where the cloth is taken up: at the last pick of each pass.
    Regulator(usize),
    /// A hook for each yarn from this one on: that of the yarn of the pick is lifted.
    Wefts {
        /// The hook of yarn 0.
        first: usize,
        /// Yarns.
        count: usize,
    },
    /// Selvedge hooks, weaving plain over `picks` picks in a shed.
    Selvedge {
        /// The first of them.
        first: usize,
        /// How many.
        count: usize,
        /// Picks in a shed: 1 plain, 2 rib.
        picks: usize,
    },
}

/// The cards of a cloth on a harness.
pub struct Cards<'a> {
    lift: &'a Lift,
    harness: Harness,
    stretches: Vec<Stretch>,
    /// For each pick its yarn, and whether it is the last of its pass.
    wefts: Vec<(u8, bool)>,
    row: Vec<u64>,
}

impl Harness {
    /// As many hooks as ends, one to one.
    pub fn plain(ends: usize) -> Self {
        let none = Vec::new();
        Self {
            hooks: ends,
            first: 0,
            repeats: 1,
            reversed: false,
            turned: false,
            cast_out: none,
            extras: vec![],
        }
    }
}

impl Extra {
    /// The hooks it takes.
    pub fn hooks(&self) -> std::ops::Range<usize> {
        match *self {
            Self::Regulator(hook) => hook..hook.saturating_add(1),
            Self::Wefts { first, count } | Self::Selvedge { first, count, .. } => {
                first..first.saturating_add(count)
            }
        }
    }
}

/// More hooks than any machine has.
pub const MOST_HOOKS: usize = 1 << 20;

impl<'a> Cards<'a> {
    /// The cards of a cloth.
    pub fn new(cloth: &'a Cloth, harness: Harness) -> Result<Self, BadWeave> {
        let ends = cloth.lift.ends();
        if !(1..=MOST_HOOKS).contains(&harness.hooks) || harness.repeats == 0 {
            return Err(BadWeave(format!(
                "{} hooks for {} repeats; 1 to {MOST_HOOKS} hooks and at least 1 repeat",
                harness.hooks, harness.repeats
            )));
        }
        let stretches = hang(&harness, ends)?;
        let picks = cloth.lift.picks();
        let ends_pass = |p: usize| cloth.passes.binary_search(&(p as u32 + 1)).is_ok();
        let yarn = |p: usize| cloth.weft.get(p).copied().unwrap_or(0);
        let row = vec![0; harness.hooks.div_ceil(64)];
        let wefts = (0..picks).map(|p| (yarn(p), ends_pass(p))).collect();
        Ok(Self { lift: &cloth.lift, harness, stretches, wefts, row })
    }

    /// Hooks: the width of the image.
    pub fn hooks(&self) -> usize {
        self.harness.hooks
    }

    /// Picks: its height.
    pub fn picks(&self) -> usize {
        self.lift.picks()
    }

    /// Bytes in a row.
    pub fn row_bytes(&self) -> usize {
        self.harness.hooks.div_ceil(8)
    }

    /// The hook of each end of each repeat, in the order of the hooks; `None`: no end.
    pub fn ends_on_hooks(&self) -> Vec<Option<u32>> {
        let mut on = vec![None; self.harness.hooks];
        for s in &self.stretches {
            for i in 0..s.length {
                on[s.hook + i] = Some(if s.backwards { s.end - i } else { s.end + i } as u32);
            }
        }
        on
    }

    /// Writes the card of a pick: a bit a hook, the first in the highest bit, 1 lifted.
    pub fn card(&mut self, pick: usize, out: &mut [u8]) {
        self.row.fill(0);
        let source = self.lift.row(pick);
        for s in &self.stretches {
            hang_row(source, s, &mut self.row);
        }
        self.lift_extras(pick);
        for (bytes, word) in out.chunks_mut(8).zip(&self.row) {
            // A bit order turned round within each byte.
            let turned = word.to_le_bytes().map(u8::reverse_bits);
            bytes.copy_from_slice(&turned[..bytes.len()]);
        }
    }

    fn lift_extras(&mut self, pick: usize) {
        let (yarn, last) = self.wefts[pick];
        for extra in &self.harness.extras {
            let mut raise = |hook: usize| self.row[hook / 64] |= 1 << (hook % 64);
            match *extra {
                Extra::Regulator(hook) if last => raise(hook),
                Extra::Regulator(_) => {}
                Extra::Wefts { first, count } if usize::from(yarn) < count => {
                    raise(first + usize::from(yarn));
                }
                Extra::Wefts { .. } => {}
                Extra::Selvedge { first, count, picks } => {
                    let shed = pick / picks.max(1);
                    (0..count).filter(|i| (i + shed).is_multiple_of(2)).for_each(|i| raise(first + i));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
