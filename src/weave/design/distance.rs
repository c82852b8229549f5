//! Distance in threads: how far each cell of a region is from the region's border.
//!
//! Exact Euclidean, for cells of any proportion: first down the columns, then along the rows as far as the best so
//! far (Saito and Toriwaki, "New algorithms for Euclidean distance transformation", 1994).

use super::cells::Cells;

/// For each cell the distance, in widths of an end, to the nearest cell of another label; a cell at a border has 1
/// (or `tall`, the height of a cell, across a pass). Beyond the plane there is nothing. `limit` is the most that is told.
pub(super) fn to_border(map: &Cells<u8>, tall: f32, limit: f32) -> Cells<f32> {
    let columns = Cells::filled(map.width(), map.height(), f32::MAX);
    let columns = down_columns(map, columns, tall, limit);
    let mut out = Cells::filled(map.width(), map.height(), limit);
    let reach = limit.ceil() as usize;
    for y in 0..map.height() {
        let (labels, squares) = (map.row(y), columns.row(y));
        let mut start = 0;
        while start < labels.len() {
            let run = labels[start..].iter().take_while(|label| **label == labels[start]).count();
            let ends = [start > 0, start + run < labels.len()];
            of_run(&squares[start..start + run], ends, reach, &mut out.row_mut(y)[start..start + run]);
            start += run;
        }
    }
    out.values_mut().iter_mut().for_each(|value| *value = value.sqrt().min(limit));
    out
}

/// The square of the distance along the column to the nearest cell of another label.
fn down_columns(map: &Cells<u8>, mut out: Cells<f32>, tall: f32, limit: f32) -> Cells<f32> {
    let far = limit + 1.0;
    let mut steps = vec![far; map.width()];
    for y in 0..map.height() {
        let above = map.row(y.saturating_sub(1));
        step_on(&mut steps, map.row(y), above, tall, far);
        out.row_mut(y).copy_from_slice(&steps);
    }
    steps.fill(far);
    for y in (0..map.height()).rev() {
        let below = map.row((y + 1).min(map.height() - 1));
        step_on(&mut steps, map.row(y), below, tall, far);
        out.row_mut(y).iter_mut().zip(&steps).for_each(|(out, step)| *out = step.min(*out).powi(2));
    }
    out
}

/// One row further: a cell unlike the one before begins anew.
fn step_on(steps: &mut [f32], own: &[u8], before: &[u8], tall: f32, far: f32) {
    for (step, (own, before)) in steps.iter_mut().zip(own.iter().zip(before)) {
        *step = if own == before { (*step + tall).min(far) } else { tall };
    }
}

/// Along a run of one label in a row: the lower envelope of the parabolas of its columns, and of its two ends.
fn of_run(squares: &[f32], ends: [bool; 2], reach: usize, out: &mut [f32]) {
    for (x, to) in out.iter_mut().enumerate() {
        let mut best = squares[x];
        if ends[0] {
            best = best.min(((x + 1) * (x + 1)) as f32);
        }
        if ends[1] {
            best = best.min(((squares.len() - x) * (squares.len() - x)) as f32);
        }
        for step in 1..=reach {
            let aside = (step * step) as f32;
            if aside >= best {
                break;
            }
            if x >= step {
                best = best.min(squares[x - step] + aside);
            }
            if x + step < squares.len() {
                best = best.min(squares[x + step] + aside);
            }
        }
        *to = best;
    }
}
