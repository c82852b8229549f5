//! From threading, tie-up, treadling and lift plan to the ends that are up.

use crate::weave::cloth::Lift;
use crate::weave::wif::Limits;
use crate::weave::wif::WifError;
use crate::weave::wif::text::Text;

/// The ends on a shaft: listed, and as bits where there are many.
pub(super) struct Shaft {
    ends: Vec<u32>,
    bits: Vec<u64>,
}

impl Shaft {
    fn raise(&self, lift: &mut Lift, pick: usize) {
        if self.bits.is_empty() {
            self.ends.iter().for_each(|&end| lift.set(pick, end as usize, true));
        } else {
            lift.row_mut(pick).iter_mut().zip(&self.bits).for_each(|(row, bits)| *row |= bits);
        }
    }
}

/// The shafts, from 1; 0 has no ends.
pub(super) fn threading(text: &Text<'_>, ends: usize, shafts: usize) -> Result<Vec<Shaft>, WifError> {
    let mut all: Vec<Shaft> = (0..=shafts).map(|_| Shaft { ends: vec![], bits: vec![] }).collect();
    text.numbered(text.required("THREADING")?, ends, "Threads of [WARP]", |end, entry| {
        entry.list("THREADING", shafts, "shaft", |shaft| all[shaft].ends.push(end as u32 - 1))
    })?;
    for shaft in all.iter_mut().filter(|shaft| shaft.ends.len() > ends / 64) {
        shaft.bits = vec![0; ends.div_ceil(64)];
        shaft.ends.iter().for_each(|&e| shaft.bits[e as usize / 64] |= 1 << (e % 64));
    }
    Ok(all)
}

/// Numbers met in the present line, so that one written a million times is followed once.
struct Once(Vec<u32>);

impl Once {
    fn first(&mut self, number: usize, line: usize) -> bool {
        if number >= self.0.len() {
            self.0.resize(number + 1, 0);
        }
        std::mem::replace(&mut self.0[number], line as u32) != line as u32
    }
}

pub(super) fn lift_picks(
    text: &Text<'_>,
    lift: &mut Lift,
    shafts: &[Shaft],
    limits: &Limits,
) -> Result<(), WifError> {
    let (picks, most) = (lift.picks(), shafts.len() - 1);
    let (mut shaft_once, mut treadle_once) = (Once(vec![]), Once(vec![]));
    let mut raise = |pick: usize, shaft: usize| {
        if shaft_once.first(shaft, pick) {
            shafts[shaft].raise(lift, pick - 1);
        }
    };
    // With both plans in a file, readers agree on the tie-up.
    if let (Some(tieup), Some(treadling)) = (text.section("TIEUP")?, text.section("TREADLING")?) {
        let mut tied: Vec<Vec<u32>> = Vec::new();
        text.numbered(tieup, limits.threads, "the limit", |treadle, entry| {
            tied.resize(tied.len().max(treadle + 1), Vec::new());
            entry.list("TIEUP", most, "shaft", |shaft| tied[treadle].push(shaft as u32))?;
            tied[treadle].sort_unstable();
            tied[treadle].dedup();
            Ok(())
        })?;
        return text.numbered(treadling, picks, "Threads of [WEFT]", |pick, entry| {
            entry.list("TREADLING", limits.threads, "treadle", |treadle| {
                if treadle_once.first(treadle, pick) {
                    let shafts = tied.get(treadle).map_or(&[][..], Vec::as_slice);
                    shafts.iter().for_each(|&shaft| raise(pick, shaft as usize));
                }
            })
        });
    }
    let Some(plan) = text.section("LIFTPLAN")? else {
        return Err(WifError::whole("the file has neither [TIEUP] and [TREADLING] nor [LIFTPLAN]"));
    };
    text.numbered(plan, picks, "Threads of [WEFT]", |pick, entry| {
        entry.list("LIFTPLAN", most, "shaft", |shaft| raise(pick, shaft))
    })
}

/// On a sinking shed the shafts named go down.
pub(super) fn turn_over(lift: &mut Lift) {
    let ends = lift.ends();
    for p in 0..lift.picks() {
        let row = lift.row_mut(p);
        row.iter_mut().for_each(|w| *w = !*w);
        if !ends.is_multiple_of(64)
            && let Some(last) = row.last_mut()
        {
            *last &= u64::MAX >> (64 - ends % 64);
        }
    }
}
