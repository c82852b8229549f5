//! Which end hangs on which hook, and how a row of ends becomes a row of hooks.

use crate::weave::card::{Extra, Harness};
use crate::weave::structure::BadWeave;

/// The hooks `hook..` carry the ends `end, end ± 1, …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) hook: usize,
    pub(super) end: usize,
    pub(super) length: usize,
    pub(super) backwards: bool,
}

/// Which ends hang on which hooks.
pub(super) fn hang(harness: &Harness, ends: usize) -> Result<Vec<Stretch>, BadWeave> {
    let mut taken = vec![false; harness.hooks];
    let extras = harness.extras.iter().flat_map(Extra::hooks);
    for hook in extras.chain(harness.cast_out.iter().copied()) {
        match taken.get_mut(hook) {
            None => {
                return Err(BadWeave(format!(
                    "hook {hook}; the machine has hooks 0 to {}",
                    harness.hooks - 1
                )));
            }
            Some(true) => return Err(BadWeave(format!("hook {hook} has two uses"))),
            Some(taken) => *taken = true,
        }
    }
    let mut free = (harness.first..harness.hooks).filter(|&h| !taken[h]);
    let need = ends.saturating_mul(harness.repeats);
    let mut stretches: Vec<Stretch> = Vec::new();
    for i in 0..need {
        let Some(hook) = free.next() else {
            return Err(BadWeave(format!(
                "{} repeats of {ends} ends need {need} hooks from hook {} on; {i} of {} are free",
                harness.repeats, harness.first, harness.hooks
            )));
        };
        let backwards = harness.reversed != (harness.turned && (i / ends) % 2 == 1);
        let end = if backwards { ends - 1 - i % ends } else { i % ends };
        match stretches.last_mut() {
            Some(s) if i % ends > 0 && s.hook + s.length == hook => s.length += 1,
            _ => stretches.push(Stretch { hook, end, length: 1, backwards }),
        }
    }
    Ok(stretches)
}

pub(super) fn hang_row(source: &[u64], s: &Stretch, out: &mut [u64]) {
    let mut done = 0;
    while done < s.length {
        let n = (s.length - done).min(64);
        let bits = if s.backwards {
            take(source, s.end + 1 - done - n, n).reverse_bits() >> (64 - n)
        } else {
            take(source, s.end + done, n)
        };
        put(out, s.hook + done, n, bits);
        done += n;
    }
}

/// `n` bits from bit `at` on.
fn take(row: &[u64], at: usize, n: usize) -> u64 {
    let (word, shift) = (at / 64, at % 64);
    let high = if shift > 0 && word + 1 < row.len() { row[word + 1] << (64 - shift) } else { 0 };
    (row[word] >> shift | high) & u64::MAX >> (64 - n)
}

/// Sets `n` bits from bit `at` on; they were 0.
fn put(row: &mut [u64], at: usize, n: usize, bits: u64) {
    let (word, shift) = (at / 64, at % 64);
    row[word] |= bits << shift;
    if shift + n > 64 {
        row[word + 1] |= bits >> (64 - shift);
    }
}
