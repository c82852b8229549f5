//! Fine lines at every angle, width and tint: does a style keep them whole?

use super::{ink, line, rgb};
use crate::canvas::Png;
use crate::maths::{V2, atan2, sin, v2};
use crate::shapes::along;

const HALF: usize = 192;
const PAPER: [u8; 3] = [246, 243, 236];
const INK: [u8; 3] = [26, 28, 36];

/// Four panels: a dark fan on paper, a bright fan on ink, lines from hair to pencil, and curves in colour.
pub(crate) fn paint() -> Png {
    rgb(2 * HALF, 2 * HALF, |x, y| {
        let p = v2((x % HALF) as f32 + 0.5, (y % HALF) as f32 + 0.5);
        match (x / HALF, y / HALF) {
            (0, 0) => ink(PAPER, INK, fan(p, 1.0)),
            (1, 0) => ink(INK, PAPER, fan(p, 0.7)),
            (0, 1) => ink(PAPER, INK, widths(p)),
            _ => curves(p),
        }
    })
}

/// Sixty lines from a small circle to a big one, six degrees apart.
fn fan(p: V2, width: f32) -> f32 {
    let q = p - v2(96.0, 96.0);
    let radius = q.length();
    if !(22.0..88.0).contains(&radius) {
        return line((radius - 88.0).abs().min((radius - 22.0).abs()), width);
    }
    let step = std::f32::consts::TAU / 60.0;
    let angle = atan2(q.y, q.x);
    line(radius * sin((angle - (angle / step).round() * step).abs()), width)
}

/// Twelve lines at a slant that no pixel grid likes, 0.25 pixels wide to 3, and two that cross them.
fn widths(p: V2) -> f32 {
    let slanted = (0..12).map(|n| {
        let y = 18.0 + 13.0 * n as f32;
        line(along(p, v2(12.0, y), v2(180.0, y + 17.0)).1, 0.25 * (n + 1) as f32)
    });
    let crossing = [24.0, 140.0].map(|x| line(along(p, v2(x, 8.0), v2(x + 31.0, 184.0)).1, 1.0));
    slanted.chain(crossing).fold(0.0, f32::max)
}

/// Waves in four tints, their grounds as bright as themselves in two of them, so that hue alone tells the line.
fn curves(p: V2) -> [u8; 3] {
    const TINTS: [([u8; 3], [u8; 3]); 4] = [
        ([246, 243, 236], [196, 40, 44]),
        ([20, 40, 64], [240, 190, 80]),
        ([112, 128, 112], [150, 112, 140]),
        ([88, 110, 160], [132, 106, 92]),
    ];
    let (ground, tint) = TINTS[(p.y as usize / 48).min(3)];
    let y = p.y.rem_euclid(48.0) - 24.0;
    let slope = 0.9;
    let wave = (0..3).map(|n| {
        let middle = 10.0 * sin(p.x * 0.09 + n as f32 * 0.5) + 8.0 * (n as f32 - 1.0);
        line((y - middle).abs() / (1.0_f32 + slope * slope * 0.5).sqrt(), 1.0)
    });
    ink(ground, tint, wave.fold(0.0, f32::max))
}
