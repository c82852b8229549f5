//! The threads that may be seen in a crossing, and the course of each through it.

use super::arc::{Point, beneath};
use super::cells::Cells;
use super::math::mix;
use super::near::Near;
use super::streaks::Streaks;
use super::temper::{Temper, Thread};

/// Most samples of a crossing each way; larger pictures are enlarged from that.
pub(super) const FINEST: usize = 48;

/// The most threads that meet in a crossing: on top, beneath, and one from each side.
pub(super) const MEET: usize = 6;

/// A crossing of the endless cloth, with what is around it.
pub(super) struct Spot<'a> {
    pub(super) temper: &'a Temper,
    /// The passes above, here and below.
    pub(super) rows: &'a [Cells; 3],
    pub(super) place: u32,
    pub(super) row: u32,
    /// The column in the repeat.
    pub(super) column: usize,
    /// What folds do to the light on wefts and warps.
    pub(super) fold: [f32; 2],
}

/// A place along a thread in a crossing.
#[derive(Clone, Copy, Default)]
pub(super) struct Step {
    /// Where the spine is from the border of the crossing, across the thread.
    pub(super) spine: f32,
    pub(super) half: f32,
    pub(super) point: Point,
}

/// A thread that may be seen in a crossing.
#[derive(Clone, Copy)]
pub(super) struct Strand {
    pub(super) yarn: u8,
    pub(super) warp: bool,
    pub(super) streaks: Streaks,
    pub(super) gain: [f32; 2],
    pub(super) facing: [f32; 2],
    pub(super) lift: f32,
    pub(super) steps: [Step; FINEST],
}

/// Which thread passes where.
#[derive(Clone, Copy)]
struct Course {
    yarn: u8,
    thread: Thread,
    at: u32,
    /// The kind of crossing.
    way: usize,
    /// Where its spine lies from the middle of the crossing, in pitches.
    aside: f32,
    lift: f32,
}

/// How much higher a floating weft lies, and how much more a brocaded one.
const LAYER: f32 = 0.22;

impl Spot<'_> {
    /// The threads that meet here: the one on top, the one beneath, and those that reach over from the sides.
    pub(super) fn strands(&self, near: &Near, strands: &mut Vec<Strand>) {
        let [above, here, below] = self.rows;
        let column = self.column;
        let count = here.looks.len();
        let left = if column == 0 { count - 1 } else { column - 1 };
        let right = if column + 1 == count { 0 } else { column + 1 };
        strands.clear();
        let mut add = |course: Course| strands.push(self.strand(near, &course));
        add(over(here, column, (self.place, self.row), 0.0));
        add(if here.looks[column].1 { self.weft_beneath(left, right) } else { self.warp_beneath() });
        for (column, place, aside) in [(left, self.place.wrapping_sub(1), -1.0), (right, self.place + 1, 1.0)]
        {
            if here.looks[column].1 {
                add(over(here, column, (place, self.row), aside));
            }
        }
        for (cells, row, aside) in [(above, self.row.wrapping_sub(1), -1.0), (below, self.row + 1, 1.0)] {
            if !cells.looks[column].1 {
                add(over(cells, column, (self.place, row), aside));
            }
        }
    }

    fn warp_beneath(&self) -> Course {
        let [above, here, below] = self.rows;
        let way = beneath(above.tops[self.column] == 0, below.tops[self.column] == 0);
        let (yarn, thread) = (here.warps[self.column], Thread::warp(self.place));
        Course { yarn, thread, at: self.row, way, aside: 0.0, lift: 0.0 }
    }

    /// The weft that goes under an end: that of the crossings beside it.
    fn weft_beneath(&self, left: usize, right: usize) -> Course {
        let here = &self.rows[1];
        let beside = [left, right].into_iter().find(|&column| !here.looks[column].1);
        let (yarn, top) = beside.map_or((here.first_weft, 1), |c| (here.looks[c].0, here.tops[c]));
        let way = beneath(here.tops[left] == top, here.tops[right] == top);
        Course { yarn, thread: Thread::weft(self.row, top), at: self.place, way, aside: 0.0, lift: 0.0 }
    }

    fn strand(&self, near: &Near, course: &Course) -> Strand {
        let Course { yarn, thread, at, lift, .. } = *course;
        let (warp, temper) = (thread.warp, self.temper);
        let look = near.look(yarn, warp);
        let fold = self.fold[usize::from(warp)];
        let both = |of: &dyn Fn(u32) -> f32| [of(at), of(at + 1)];
        let aside = both(&|at| course.aside + temper.shift(thread, at));
        let build = both(&|at| look.half * temper.build(thread, at));
        let gain = both(&|at| fold * temper.gain(thread, at, look.lit.optics().uneven));
        let facing = if look.metal { both(&|at| temper.facing(thread, at)) } else { [0.0; 2] };
        let ((long, wide), points) = near.points(warp, course.way);
        let mut steps = [Step::default(); FINEST];
        for (i, (step, &point)) in steps.iter_mut().zip(points).enumerate() {
            let along = (i as f32 + 0.5) / long as f32;
            *step = Step { spine: 0.5 + mix(aside, along), half: mix(build, along) * point.swell, point };
        }
        let streaks = Streaks::new(look.lit.optics(), thread.key(), at, (wide, long));
        Strand { yarn, warp, streaks, gain, facing, lift, steps }
    }
}

/// The thread on top of a crossing, which may be seen from the one beside it.
fn over(cells: &Cells, column: usize, (place, row): (u32, u32), aside: f32) -> Course {
    let (yarn, warp) = cells.looks[column];
    let way = usize::from(cells.classes[column]);
    let lift = LAYER * f32::from(cells.heights[column]);
    if warp {
        return Course { yarn, thread: Thread::warp(place), at: row, way, aside, lift };
    }
    Course { yarn, thread: Thread::weft(row, cells.tops[column]), at: place, way, aside, lift }
}
