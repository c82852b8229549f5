//! The spectral residual (Hou and Zhang, 2007): what a spectrum has beyond its own smooth course belongs to what
//! is unexpected in the picture.
//!
//! The lightness is brought to 64×64, as the paper has it, and mirrored to 128×128, since the transform takes the
//! picture for one that repeats and would find the seam the most unexpected thing of all.

use crate::pixel::{Plane, Size};

/// The side of the square the picture is brought to.
const SIDE: usize = 64;
/// With its mirror image.
const FULL: usize = 2 * SIDE;

/// The residual of every pixel.
pub(super) fn residual(lightness: &Plane) -> Plane {
    let mut grid = mirrored(lightness);
    transform(&mut grid, false);
    let log: Vec<f64> = grid.iter().map(|[re, im]| (re * re + im * im).sqrt().max(1e-9).ln()).collect();
    for (i, value) in grid.iter_mut().enumerate() {
        let keep = (log[i] - mean_around(&log, i)).exp() / log[i].exp();
        *value = value.map(|part| part * keep);
    }
    transform(&mut grid, true);
    let power = grid.iter().map(|[re, im]| (re * re + im * im) as f32).collect::<Vec<_>>();
    let corner = Size::from_usize(SIDE, SIDE).expect("a small square");
    let map = super::soften(&Plane::from_fn(corner, |x, y| power[y * FULL + x]), 2.5);
    let size = lightness.size();
    Plane::from_fn(size, |x, y| read(&map, x, size.width(), y, size.height()))
}

/// The mean of the square of three around an entry of the log spectrum, which wraps round.
fn mean_around(log: &[f64], i: usize) -> f64 {
    let (x, y) = (i % FULL, i / FULL);
    let around = [FULL - 1, 0, 1];
    let at = |dx: usize, dy: usize| log[(y + dy) % FULL * FULL + (x + dx) % FULL];
    around.iter().flat_map(|dy| around.map(|dx| at(dx, *dy))).sum::<f64>() / 9.0
}

/// The plane on the square grid, with its mirror images.
fn mirrored(plane: &Plane) -> Vec<[f64; 2]> {
    let (w, h) = (plane.size().width(), plane.size().height());
    let cell = |at: usize, side: usize| {
        let start = at * side / SIDE;
        start..((at + 1) * side / SIDE).max(start + 1).min(side)
    };
    let mut grid = vec![[0.0; 2]; FULL * FULL];
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (xs, ys) = (cell(x, w), cell(y, h));
            let count = (xs.len() * ys.len()) as f64;
            let sum: f64 = ys.flat_map(|y| plane.row(y)[xs.clone()].iter()).map(|v| f64::from(*v)).sum();
            for (x, y) in [(x, y), (FULL - 1 - x, y), (x, FULL - 1 - y), (FULL - 1 - x, FULL - 1 - y)] {
                grid[y * FULL + x][0] = sum / count;
            }
        }
    }
    grid
}

/// The square map at a pixel of a picture of another size, by straight lines.
fn read(map: &Plane, x: usize, w: usize, y: usize, h: usize) -> f32 {
    let at = |i: usize, side: usize| {
        let at = ((i as f32 + 0.5) / side as f32 * SIDE as f32 - 0.5).clamp(0.0, SIDE as f32 - 1.0);
        let left = (at as usize).min(SIDE - 2);
        (left, at - left as f32)
    };
    let ((x, u), (y, v)) = (at(x, w), at(y, h));
    let row = |y: usize| map.row(y)[x] * (1.0 - u) + map.row(y)[x + 1] * u;
    row(y) * (1.0 - v) + row(y + 1) * v
}

/// The discrete Fourier transform of the grid, in place, rows and then columns; back again if `inverse`, without
/// dividing by the number of entries.
fn transform(grid: &mut [[f64; 2]], inverse: bool) {
    for row in grid.chunks_exact_mut(FULL) {
        line(row, inverse);
    }
    let mut column = vec![[0.0; 2]; FULL];
    for x in 0..FULL {
        (0..FULL).for_each(|y| column[y] = grid[y * FULL + x]);
        line(&mut column, inverse);
        (0..FULL).for_each(|y| grid[y * FULL + x] = column[y]);
    }
}

/// Cooley and Tukey (1965), for a length that is a power of two.
fn line(values: &mut [[f64; 2]], inverse: bool) {
    let count = values.len();
    let bits = count.trailing_zeros();
    for i in 0..count {
        let j = i.reverse_bits() >> (usize::BITS - bits);
        if i < j {
            values.swap(i, j);
        }
    }
    let turn = if inverse { 1.0 } else { -1.0 } * std::f64::consts::TAU;
    let mut half = 1;
    while half < count {
        for start in (0..count).step_by(2 * half) {
            for k in 0..half {
                let (sin, cos) = (turn * k as f64 / (2 * half) as f64).sin_cos();
                let ([a, b], [c, d]) = (values[start + k], values[start + k + half]);
                let (re, im) = (c * cos - d * sin, c * sin + d * cos);
                values[start + k] = [a + re, b + im];
                values[start + k + half] = [a - re, b - im];
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn the_transform_is_the_sum_it_stands_for() {
        let mut random = Random::new("fourier");
        let input: Vec<[f64; 2]> = (0..16).map(|_| [random.unit(), random.unit()].map(f64::from)).collect();
        let mut fast = input.clone();
        line(&mut fast, false);
        for (k, fast) in fast.iter().enumerate() {
            let mut sum = [0.0; 2];
            for (n, [re, im]) in input.iter().enumerate() {
                let (sin, cos) = (-std::f64::consts::TAU * (k * n) as f64 / 16.0).sin_cos();
                sum = [sum[0] + re * cos - im * sin, sum[1] + re * sin + im * cos];
            }
            assert!((sum[0] - fast[0]).abs() + (sum[1] - fast[1]).abs() < 1e-9, "{random}");
        }
        line(&mut fast, true);
        for (back, input) in fast.iter().zip(&input) {
            assert!((back[0] / 16.0 - input[0]).abs() < 1e-12, "{random}");
        }
    }
}
