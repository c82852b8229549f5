//! From the grid of a drawing to the rows of the full picture.

use super::grid::near;
use crate::kernel::Level;
use crate::kernel::spline::{mix_rows, mix_runs};
use crate::pixel::{Plane, Size};

/// How samples are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Smoothness {
    /// Straight from one to the next: nothing is lost.
    Straight,
    /// A quadratic B-spline, without corners: for what is cut at a threshold afterwards, where straight pieces between
    /// samples would show as steps.
    Smooth,
}

/// Which three samples make a target sample, the first counted from one before the first of all, and their weights.
type Run = (u32, [f32; 3]);

/// Rows of a plane at another size.
pub(crate) struct Enlarger<'a> {
    plane: &'a Plane,
    across: Vec<Run>,
    down: Vec<Run>,
    /// The plane has the size asked for.
    same: bool,
}

fn runs(from: usize, to: usize, smoothness: Smoothness) -> Vec<Run> {
    let ratio = from as f32 / to as f32;
    let run = |i: usize| {
        let at = (i as f32 + 0.5) * ratio;
        match smoothness {
            Smoothness::Straight => {
                let at = (at - 0.5).clamp(0.0, (from - 1) as f32);
                let f = at - at.floor();
                (at as u32 + 1, [1.0 - f, f, 0.0])
            }
            Smoothness::Smooth => {
                let whole = (at as usize).min(from - 1);
                let f = at - whole as f32;
                (whole as u32, [0.5 * (1.0 - f) * (1.0 - f), 0.5 + f * (1.0 - f), 0.5 * f * f])
            }
        }
    };
    (0..to).map(run).collect()
}

impl<'a> Enlarger<'a> {
    pub(crate) fn new(plane: &'a Plane, size: Size, smoothness: Smoothness) -> Self {
        let own = plane.size();
        Self {
            plane,
            across: runs(own.width(), size.width(), smoothness),
            down: runs(own.height(), size.height(), smoothness),
            same: own == size,
        }
    }

    /// Row `y` of the larger plane. `between` is scratch.
    pub(crate) fn row(&self, level: Level, y: usize, between: &mut Vec<f32>, out: &mut [f32]) {
        if self.same {
            out.copy_from_slice(self.plane.row(y));
            return;
        }
        let (start, weights) = self.down[y];
        let first = start as isize - 1;
        let width = self.plane.size().width();
        between.resize(width + 3, 0.0);
        let rows = [first, first + 1, first + 2].map(|y| near(self.plane, y));
        mix_rows(level, rows, weights, &mut between[1..=width]);
        between[0] = between[1];
        let last = between[width];
        between[width + 1..].fill(last);
        mix_runs(level, between, &self.across, out);
    }
}
