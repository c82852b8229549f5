//! Writes a cloth as WIF 1.1, line by line: memory does not grow with the file.
//!
//! Ends with the same column share a shaft. A jacquard cloth gets a lift plan; where few sheds are different, a tie-up
//! and a treadling can be written instead, or both (readers that know both prefer those). What WIF has no place for
//! (yarn names, fibres, binder ends, passes, brocading) goes into private sections, so that a cloth comes back bit for
//! bit.

use std::io::Write;

use crate::weave::cloth::Cloth;
use crate::weave::wif::WifError;
use crate::weave::wif::alike::{Classes, ends, picks};
use crate::weave::wif::sections::{Lines, colours, head, plans, private, threads};

/// Which plan of lifting is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// The shafts lifted at each pick; what a dobby or a jacquard reads.
    Lift,
    /// A tie-up and a treadling, one treadle for each different shed.
    Treadle,
    /// All three.
    Both,
}

/// What to write, and how much of it.
#[derive(Clone, Debug)]
pub struct Options {
    /// The title.
    pub title: String,
    /// Notes, a line each.
    pub notes: Vec<String>,
    /// The plan.
    pub plan: Plan,
    /// The shafts of the loom; `None`: as many as the cloth has different ends.
    pub max_shafts: Option<usize>,
    /// The treadles of the loom.
    pub max_treadles: usize,
    /// The longest file we write.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        let notes = vec!["One repeat; the first pick woven is pick 1.".to_owned()];
        Self {
            title: String::new(),
            notes,
            plan: Plan::Lift,
            max_shafts: None,
            max_treadles: 100,
            max_bytes: 512 << 20,
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Shafts: different ends.
    pub shafts: usize,
    /// Treadles: different sheds; 0 with a lift plan alone.
    pub treadles: usize,
    /// Bytes.
    pub bytes: u64,
}

/// Writes a cloth.
pub fn write_wif(out: &mut impl Write, cloth: &Cloth, options: &Options) -> Result<Written, WifError> {
    sound(cloth)?;
    let shafts = ends(&cloth.lift);
    if let Some(max) = options.max_shafts.filter(|&max| shafts.len() > max) {
        return Err(WifError::whole(format!(
            "the cloth has {} ends that differ, the loom has {max} shafts; merge ends (and check the floats again), \
             simplify the design, or weave it on a jacquard",
            shafts.len()
        )));
    }
    let treadles = if options.plan == Plan::Lift { None } else { Some(treadles(cloth, options)?) };
    let size = estimate(cloth, &shafts);
    if size > options.max_bytes {
        return Err(WifError::whole(format!(
            "the file would have about {} MB, {} are allowed; card images hold such a cloth in a bit a crossing",
            size >> 20,
            options.max_bytes >> 20
        )));
    }
    let mut out = Lines { out, bytes: 0 };
    head(&mut out, cloth, options, shafts.len(), treadles.as_ref().map_or(0, Classes::len))?;
    colours(&mut out, cloth)?;
    threads(&mut out, cloth)?;
    plans(&mut out, cloth, options, &shafts, treadles.as_ref())?;
    private(&mut out, cloth)?;
    out.out.flush()?;
    Ok(Written { shafts: shafts.len(), treadles: treadles.map_or(0, |t| t.len()), bytes: out.bytes })
}

fn sound(cloth: &Cloth) -> Result<(), WifError> {
    let lift = &cloth.lift;
    if lift.ends() == 0 || lift.picks() == 0 {
        return Err(WifError::whole(format!("a cloth of {} ends and {} picks", lift.ends(), lift.picks())));
    }
    if (cloth.warp.len(), cloth.weft.len()) != (lift.ends(), lift.picks()) {
        return Err(WifError::whole(format!(
            "yarns for {} ends and {} picks in a cloth of {} and {}",
            cloth.warp.len(),
            cloth.weft.len(),
            lift.ends(),
            lift.picks()
        )));
    }
    let passes = &cloth.passes;
    let whole =
        passes.first() == Some(&0) && passes.last() == Some(&(lift.picks() as u32)) && passes.is_sorted();
    if !whole || passes.len() > 2 * lift.picks() + 2 || cloth.spans.len() > lift.picks() {
        return Err(WifError::whole(format!("the passes do not rise from 0 to {} picks", lift.picks())));
    }
    let used = cloth.warp.iter().map(|w| w.0).chain(cloth.weft.iter().copied()).max().unwrap_or(0);
    if usize::from(used) >= cloth.yarns.len() {
        return Err(WifError::whole(format!("a thread of yarn {used}, and {} yarns", cloth.yarns.len())));
    }
    let measures =
        cloth.yarns.iter().flat_map(|y| [y.tex, y.width]).chain([cloth.ends_per_cm, cloth.passes_per_cm]);
    match measures.into_iter().find(|m| !m.is_finite() || *m <= 0.0) {
        Some(m) => Err(WifError::whole(format!("a measure of {m}; yarns and setts are above 0"))),
        None => Ok(()),
    }
}

fn treadles(cloth: &Cloth, options: &Options) -> Result<Classes, WifError> {
    let treadles = picks(&cloth.lift);
    if treadles.len() > options.max_treadles {
        return Err(WifError::whole(format!(
            "the cloth has {} different sheds, the loom has {} treadles; write a lift plan instead",
            treadles.len(),
            options.max_treadles
        )));
    }
    Ok(treadles)
}

/// About how long the lift plan will be.
fn estimate(cloth: &Cloth, shafts: &Classes) -> u64 {
    let digits = |n: usize| n.max(1).ilog10() as u64 + 2;
    let up = |p: usize| shafts.first.iter().filter(|&&e| cloth.lift.is_up(p, e as usize)).count() as u64;
    // A sample of the picks, spread evenly, is enough.
    let picks = cloth.lift.picks();
    let step = picks.div_ceil(64);
    let sampled: u64 = (0..picks).step_by(step).map(up).sum();
    sampled * step as u64 * digits(shafts.len()) + 40 * (picks + cloth.lift.ends()) as u64
}
