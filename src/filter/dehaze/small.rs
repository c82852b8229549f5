//! Windows on small pictures, straight and plain: a few thousand pixels, once for each picture.

use crate::pixel::Size;

/// The least value within `radius` of each pixel; beyond the border there is nothing.
pub(super) fn darkest(size: Size, values: &[f32], radius: usize) -> Vec<f32> {
    along_both(size, values, |line, out| {
        // The candidates, each less than all before it: the first is the least of the window.
        let mut queue = std::collections::VecDeque::<usize>::new();
        let mut next = 0;
        for (at, out) in out.iter_mut().enumerate() {
            while next < line.len().min(at + radius + 1) {
                while queue.back().is_some_and(|last| line[*last] >= line[next]) {
                    queue.pop_back();
                }
                queue.push_back(next);
                next += 1;
            }
            while queue.front().is_some_and(|first| first + radius < at) {
                queue.pop_front();
            }
            *out = queue.front().map_or(0.0, |first| line[*first]);
        }
    })
}

/// The mean within `radius` of each pixel; beyond the border there is nothing.
pub(super) fn box_mean(size: Size, values: &[f32], radius: usize) -> Vec<f32> {
    along_both(size, values, |line, out| {
        let mut sums = vec![0f64];
        line.iter().for_each(|value| sums.push(sums[sums.len() - 1] + f64::from(*value)));
        for (at, out) in out.iter_mut().enumerate() {
            let (from, to) = (at.saturating_sub(radius), (at + radius + 1).min(line.len()));
            *out = ((sums[to] - sums[from]) / (to - from) as f64) as f32;
        }
    })
}

/// Rows first, then columns.
fn along_both(size: Size, values: &[f32], work: impl Fn(&[f32], &mut [f32])) -> Vec<f32> {
    let (w, h) = (size.width(), size.height());
    let mut rows = vec![0.0; w * h];
    values.chunks_exact(w).zip(rows.chunks_exact_mut(w)).for_each(|(from, to)| work(from, to));
    let (mut column, mut done) = (vec![0.0; h], vec![0.0; h]);
    for x in 0..w {
        column.iter_mut().enumerate().for_each(|(y, value)| *value = rows[y * w + x]);
        work(&column, &mut done);
        done.iter().enumerate().for_each(|(y, value)| rows[y * w + x] = *value);
    }
    rows
}
