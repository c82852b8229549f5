//! Contour (勾边): a thin line, of gold as a rule, between figure and ground and along strong borders within the figure.

use super::cells::Cells;
use super::lab::{Lab, apart};
use super::regions;
use super::study::Study;
use crate::context::Context;
use crate::error::Result;

/// Where lines go and how thick they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contour {
    /// Ends in the thickness of a line.
    pub(super) ends: usize,
    /// Least step of colour in the picture across a border within the figure; at a border of the ground a half.
    pub(super) strong: f32,
    /// The fewest cells of a line.
    pub(super) least: u32,
}

/// Where the line runs. `groups` has 0 for the ground and a number for each group of yarns of the figure.
pub(super) fn lines(groups: &Cells<u8>, contour: Contour, study: &Study<'_>) -> Result<Cells<bool>> {
    let (cells, tall) = (&study.calm, study.tall());
    prune(drawn(groups, cells, contour, tall), contour.least, study.ctx)
}

/// All lines, however short.
pub(super) fn drawn(groups: &Cells<u8>, cells: &Cells<Lab>, contour: Contour, tall: f32) -> Cells<bool> {
    let (width, height) = (groups.width(), groups.height());
    let mut out = Cells::filled(width, height, false);
    let down = ((contour.ends as f32 / tall).round() as usize).max(1);
    for y in 0..height {
        for x in 0..width {
            if x + 1 < width && meets(groups, cells, [x, y], [x + 1, y], contour.strong) {
                let right =
                    groups.at(x, y) == 0 || groups.at(x + 1, y) != 0 && groups.at(x, y) > groups.at(x + 1, y);
                let first = if right { x + 1 } else { (x + 1).saturating_sub(contour.ends) };
                (first..(first + contour.ends).min(width)).for_each(|x| out.set(x, y, true));
            }
            if y + 1 < height && meets(groups, cells, [x, y], [x, y + 1], contour.strong) {
                let below =
                    groups.at(x, y) == 0 || groups.at(x, y + 1) != 0 && groups.at(x, y) > groups.at(x, y + 1);
                let first = if below { y + 1 } else { (y + 1).saturating_sub(down) };
                (first..(first + down).min(height)).for_each(|y| out.set(x, y, true));
            }
        }
    }
    out
}

/// Whether a line runs between two neighbours: they are of different groups, and a few cells to either side the
/// picture differs enough.
fn meets(groups: &Cells<u8>, cells: &Cells<Lab>, a: [usize; 2], b: [usize; 2], strong: f32) -> bool {
    let (own, other) = (groups.at(a[0], a[1]), groups.at(b[0], b[1]));
    if own == other {
        return false;
    }
    let reach = 2isize;
    let (dx, dy) = ((b[0] - a[0]) as isize * reach, (b[1] - a[1]) as isize * reach);
    let before = cells.clamped(a[0] as isize - dx, a[1] as isize - dy);
    let after = cells.clamped(b[0] as isize + dx, b[1] as isize + dy);
    let limit = if own == 0 || other == 0 { strong * 0.5 } else { strong };
    apart(before, after, 1.5) > limit * limit
}

/// Short pieces of line are dropped; pieces hang together by their eight neighbours.
pub(super) fn prune(lines: Cells<bool>, least: u32, ctx: &Context) -> Result<Cells<bool>> {
    let grown = Cells::from_fn(lines.width(), lines.height(), |x, y| {
        let (x, y) = (x as isize, y as isize);
        u8::from((0..2).any(|dy| (0..2).any(|dx| lines.clamped(x + dx, y + dy))))
    });
    let found = regions::parts(&grown, ctx)?;
    let mut counts = vec![0u32; found.area.len()];
    let on = lines.values().iter().zip(&found.of).filter(|(line, _)| **line);
    on.for_each(|(_, part)| counts[*part as usize] += 1);
    let mut out = lines;
    for (line, part) in out.values_mut().iter_mut().zip(&found.of) {
        *line = *line && counts[*part as usize] >= least;
    }
    Ok(out)
}
