use super::*;
use crate::kernel::Level;
use crate::test_support::Random;

const STRIDE: usize = 64;

fn planes() -> [Vec<f32>; 5] {
    std::array::from_fn(|k| vec![if k < 4 { 0.0 } else { 1.0 }; STRIDE * 48])
}

fn load() -> Load {
    Load {
        colour: [0.5, 0.4, 0.3],
        swing: [0.1; 3],
        length: 1e3,
        crisp: 1.0,
        opacity: 0.5,
        thick: 1.0,
        furrow: 0.5,
        ridge: 0.5,
        narrow: 0.3,
        pace: [0.3, 9.0],
        start: [5.0, 70.0],
        ..Load::default()
    }
}

/// A line of points with one half width, as pieces.
fn pieces(points: &[[f32; 2]], half: f32) -> Vec<Piece> {
    let unit = |v: [f32; 2]| v.map(|c| c / (v[0] * v[0] + v[1] * v[1]).sqrt());
    let way = |k: usize| unit([0, 1].map(|c| points[k + 1][c] - points[k][c]));
    let last = points.len() - 2;
    let gate = |a: usize, b: usize| unit([0, 1].map(|c| way(a)[c] + way(b)[c]));
    (0..=last)
        .map(|k| Piece {
            from: points[k],
            to: points[k + 1],
            gates: [gate(k.saturating_sub(1), k), gate(k, (k + 1).min(last))],
            across: [-way(k)[1], way(k)[0]],
            halves: [half; 2],
            along: [10.0 * k as f32 + 20.0, 10.0 * k as f32 + 30.0],
        })
        .collect()
}

fn laid(level: Level, pieces: &[Piece], tiles: &[[usize; 2]]) -> [Vec<f32>; 5] {
    let mut random = Random::new("kernel::brush");
    let table: Bristles = std::array::from_fn(|_| random.unit() * 2.0 - 1.0);
    let mut planes = planes();
    let mut slices = planes.each_mut().map(Vec::as_mut_slice);
    for [left, right] in tiles {
        let tile = Tile { left: *left, right: *right, stride: STRIDE };
        pieces.iter().for_each(|piece| lay(level, &mut slices, tile, piece, &load(), &table, 1.0));
    }
    planes
}

const BENT: [[f32; 2]; 4] = [[6.0, 8.0], [20.0, 14.0], [32.0, 26.0], [50.0, 30.0]];

#[test]
fn a_bent_stroke_has_no_cracks_and_lies_nowhere_twice() {
    let left = &laid(Level::PLAIN, &pieces(&BENT, 5.0), &[[0, STRIDE]])[4];
    assert!(left.iter().all(|v| *v >= 0.499), "some sample was painted twice");
    for step in 1..60 {
        let t = step as f32 / 20.0;
        let (k, f) = ((t as usize).min(2), t - (t as usize).min(2) as f32);
        let at = [0, 1].map(|c| (BENT[k][c] + f * (BENT[k + 1][c] - BENT[k][c])).round() as usize);
        assert!((left[at[1] * STRIDE + at[0]] - 0.5).abs() < 1e-3, "a crack at {at:?}");
    }
}

#[test]
fn a_straight_piece_covers_what_is_within_half_its_width() {
    let left = &laid(Level::PLAIN, &pieces(&[[10.0, 20.0], [50.0, 20.0]], 6.0), &[[0, STRIDE]])[4];
    for (k, left) in left.iter().enumerate() {
        let (x, y) = ((k % STRIDE) as f32, (k / STRIDE) as f32);
        let inside = (6.0 - (y - 20.0).abs() + 0.5).clamp(0.0, 1.0);
        let wanted = if (10.0..50.0).contains(&x) { 1.0 - 0.5 * inside } else { 1.0 };
        assert!((left - wanted).abs() < 1e-4, "at {x},{y}: {left}, not {wanted}");
    }
}

#[test]
fn tiles_and_levels_give_the_same_bits() {
    let pieces = pieces(&BENT, 7.0);
    let whole = laid(Level::PLAIN, &pieces, &[[0, STRIDE]]);
    assert_eq!(whole, laid(Level::PLAIN, &pieces, &[[0, 24], [24, STRIDE]]));
    for level in Level::available() {
        assert_eq!(whole, laid(level, &pieces, &[[0, STRIDE]]), "{level}");
    }
}

#[test]
fn what_is_hidden_stays_as_it_is() {
    let mut planes = planes();
    planes[4].fill(0.001);
    let before = planes.clone();
    let mut slices = planes.each_mut().map(Vec::as_mut_slice);
    let tile = Tile { left: 0, right: STRIDE, stride: STRIDE };
    let table = [0.0; TABLE[0] * TABLE[1]];
    pieces(&BENT, 7.0).iter().for_each(|p| lay(Level::PLAIN, &mut slices, tile, p, &load(), &table, 1.0));
    assert_eq!(planes, before);
}
