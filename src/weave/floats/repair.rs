//! Ties where a float is too long, on either face, so that none shows as a line.
//!
//! Ties are drawn to a satin laid through the whole cloth, away from strong contrast, and away from other ties. A sweep
//! that changes nothing is the proof that nothing is too long.

use crate::weave::cloth::Cloth;
use crate::weave::floats::sweep::Sweep;
use crate::weave::structure::BadWeave;

/// The longest floats allowed, on both faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Ends a weft may pass.
    pub weft: usize,
    /// Picks an end may pass. In a cloth with `m` wefts a pass it is reasonable to allow `m` times as many.
    pub warp: usize,
}

/// What a repair did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// Crossings changed.
    pub ties: u64,
    /// Sweeps needed, the last one included, which finds nothing more to do.
    pub sweeps: u32,
    /// Floats still too long, because every tie would make another; 0 is the proof that there are none.
    pub left: u64,
}

/// Sweeps after which we give up.
const MOST_SWEEPS: u32 = 12;

/// Brings every float of the cloth within the limits; `cyclic` when the repeat is woven again and again.
/// Deterministic: the same cloth gives the same ties.
pub fn repair(cloth: &mut Cloth, limits: Limits, cyclic: bool) -> Result<Repaired, BadWeave> {
    if limits.weft < 2 || limits.warp < 2 {
        return Err(BadWeave(format!(
            "floats of at most {} ends and {} picks; allow 2 at least, only plain weave has 1 everywhere",
            limits.weft, limits.warp
        )));
    }
    if cloth.lift.ends() == 0 || cloth.lift.picks() == 0 {
        return Ok(Repaired::default());
    }
    let limits = within(limits, cloth.lift.ends(), cloth.lift.picks());
    let spans = std::mem::take(&mut cloth.spans);
    let mut sweep = Sweep::new(cloth, &spans, limits, cyclic);
    let mut done = Repaired::default();
    while done.sweeps < MOST_SWEEPS {
        let ties = sweep.run();
        done.sweeps += 1;
        done.ties += ties;
        done.left = sweep.left;
        if ties == 0 {
            break;
        }
    }
    cloth.spans = spans;
    Ok(done)
}

/// A thread that never changes face is too long whatever the limit.
fn within(limits: Limits, ends: usize, picks: usize) -> Limits {
    let under = |limit: usize, threads: usize| if threads > 2 { limit.min(threads - 1) } else { limit };
    Limits { weft: under(limits.weft, ends), warp: under(limits.warp, picks).min(1 << 20) }
}

#[cfg(test)]
#[path = "repair_tests.rs"]
mod tests;
