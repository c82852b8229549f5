//! Ornament drawn by rule: clouds, lattices and meanders that fill a ground. Coordinates are in widths of an end, and
//! every lattice repeats without a seam.

use std::f32::consts::{FRAC_1_SQRT_2, TAU};

/// What is drawn at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Field,
    Line,
    /// A second field, inside the lines.
    Inner,
    /// The heart of a floret.
    Heart,
    /// The petals of a floret.
    Petal,
}

/// The period nearest to a wanted one that goes into a length a whole number of times.
pub(super) fn fit(length: f32, period: f32) -> f32 {
    length / (length / period).round().max(1.0)
}

/// Where a place lies in a lattice of a period, from the nearest centre.
fn cell([x, y]: [f32; 2], period: [f32; 2]) -> [f32; 2] {
    let centred = |at: f32, period: f32| (at / period - (at / period).round()) * period;
    [centred(x, period[0]), centred(y, period[1])]
}

/// A floret of `petals` round petals within a radius.
fn floret([x, y]: [f32; 2], radius: f32, petals: f32) -> Zone {
    let (far, angle) = (x.hypot(y) / radius, y.atan2(x));
    let rim = 0.72 + 0.28 * (angle * petals).cos().abs().sqrt();
    match far {
        _ if far > rim => Zone::Field,
        _ if far < 0.3 => Zone::Heart,
        _ if far > rim - 0.16 || (angle * petals).cos().abs() < 0.18 => Zone::Line,
        _ => Zone::Petal,
    }
}

fn octagon(x: f32, y: f32) -> f32 {
    let (x, y) = (x.abs(), y.abs());
    x.max(y).max((x + y) * FRAC_1_SQRT_2)
}

/// The eight-way lattice (八达晕): octagons with a floret, joined by bars to small squares on their diagonals.
pub(super) fn eight_ways(at: [f32; 2], period: f32, line: f32) -> Zone {
    let [x, y] = cell(at, [period; 2]);
    let [u, v] = cell([at[0] + period / 2.0, at[1] + period / 2.0], [period; 2]);
    let (large, small) = (octagon(x, y) / period, octagon(u, v) / period);
    let thin = line / period;
    if large < 0.30 {
        return ringed(large, [0.30, 0.245], thin).unwrap_or_else(|| floret([x, y], 0.225 * period, 4.0));
    }
    if small < 0.155 {
        return ringed(small, [0.155, 0.12], thin).unwrap_or_else(|| floret([u, v], 0.105 * period, 2.0));
    }
    bars([x, y], period, line).unwrap_or_else(|| diaper(at, period / 16.0))
}

/// Two lines round a shape with a band between them, or `None` inside.
fn ringed(far: f32, [outer, inner]: [f32; 2], thin: f32) -> Option<Zone> {
    match far {
        _ if far > outer - thin => Some(Zone::Line),
        _ if far > inner + thin => Some(Zone::Inner),
        _ if far > inner => Some(Zone::Line),
        _ => None,
    }
}

fn bars([x, y]: [f32; 2], period: f32, line: f32) -> Option<Zone> {
    let wide = 0.045 * period;
    let across = x.abs().min(y.abs());
    let aside = (x.abs() - y.abs()).abs() * FRAC_1_SQRT_2;
    let near = across.min(aside);
    match near {
        _ if near > wide => None,
        _ if near > wide - line => Some(Zone::Line),
        _ => Some(Zone::Inner),
    }
}

/// A small diaper of dots in half-drop.
fn diaper([x, y]: [f32; 2], period: f32) -> Zone {
    let a = cell([x, y], [period; 2]);
    let b = cell([x + period / 2.0, y + period / 2.0], [period; 2]);
    let near = (a[0].abs() + a[1].abs()).min(b[0].abs() + b[1].abs());
    if near < period * 0.19 { Zone::Petal } else { Zone::Field }
}

/// The tortoise-shell lattice (龟背): hexagons in two lines, a floret in each. A period is one hexagon wide; the
/// lattice repeats every two rows.
pub(super) fn tortoise(at: [f32; 2], period: f32, line: f32) -> Zone {
    let tall = period * 3f32.sqrt();
    let a = cell(at, [period, tall]);
    let b = cell([at[0] + period / 2.0, at[1] + tall / 2.0], [period, tall]);
    let centre = if a[0].hypot(a[1]) <= b[0].hypot(b[1]) { a } else { b };
    let (x, y) = (centre[0].abs(), centre[1].abs());
    let inside = period / 2.0 - x.max(0.5 * x + 0.866_025_4 * y);
    match inside / line {
        depth if depth < 0.6 => Zone::Line,
        depth if depth < 2.0 => Zone::Inner,
        depth if depth < 2.9 => Zone::Petal,
        _ => floret(centre, period * 0.24, 3.0),
    }
}

/// Whether a place is on a floret with four petals of a half-drop lattice, and the floret's centre.
pub(super) fn sprig(at: [f32; 2], period: [f32; 2], radius: f32) -> (bool, [f32; 2]) {
    let a = cell([at[0] - period[0] * 0.25, at[1] - period[1] * 0.25], period);
    let b = cell([at[0] - period[0] * 0.75, at[1] - period[1] * 0.75], period);
    let [x, y] = if a[0].hypot(a[1]) <= b[0].hypot(b[1]) { a } else { b };
    (matches!(floret([x, y], radius, 2.0), Zone::Petal | Zone::Heart), [at[0] - x, at[1] - y])
}

/// A cloud with ruyi curls (如意云), within −1 to 1 across and −0.62 to 0.62 down; `None` outside it.
pub(super) fn cloud(x: f32, y: f32) -> Option<Zone> {
    const CURLS: [[f32; 4]; 4] =
        [[0.0, -0.17, 0.36, 1.0], [-0.47, 0.1, 0.31, 1.0], [0.47, 0.1, 0.31, -1.0], [0.0, 0.27, 0.2, -1.0]];
    for [cx, cy, radius, hand] in CURLS {
        let (dx, dy) = ((x - cx) * hand, y - cy);
        let far = dx.hypot(dy) / radius;
        if far < 1.0 {
            let turns = far * 2.1 - dy.atan2(dx) / TAU;
            let on_line = far > 0.86 || (far > 0.12 && (turns - turns.floor()) < 0.3);
            return Some(if on_line { Zone::Line } else { Zone::Inner });
        }
    }
    let tail = 0.13 * (1.0 - x.abs()).max(0.0).powf(0.7);
    let path = 0.34 + 0.1 * (x * 5.0).sin() * x.signum();
    ((y - path).abs() < tail && x.abs() > 0.15).then_some(Zone::Line)
}

/// Nested diamonds with a cross at the heart, in steps of a unit: a rank from 0 at the edge inwards.
pub(super) fn diamond([x, y]: [usize; 2], period: usize) -> usize {
    let half = period / 2;
    let fold = |at: usize| (at % period).abs_diff(half);
    let far = fold(x) + fold(y);
    far.abs_diff(half)
}

/// Whether the key meander (回纹) of a repeat of 10 × 7 units is drawn; it runs on without an end.
pub(super) fn meander(x: usize, y: usize) -> bool {
    const ROWS: [&[u8; 10]; 7] = [
        b"#########.",
        b"#.......#.",
        b"#.#####.#.",
        b"#.#...#.#.",
        b"#.#.###.#.",
        b"#.#.....#.",
        b"#.#######.",
    ];
    // The last column joins neighbours along the foot.
    ROWS[y % 7][x % 10] == b'#' || y % 7 == 6 && (x % 10 == 9 || x % 10 == 1)
}

/// A zigzag (水波) of an amplitude in units: rows from its middle line.
pub(super) fn zigzag(x: usize, y: usize, amplitude: usize) -> usize {
    let phase = x % (2 * amplitude);
    let middle = if phase < amplitude { phase } else { 2 * amplitude - 1 - phase };
    y.abs_diff(middle)
}
