//! A boatman under way with one lantern, and what the water makes of him.

use super::water::slope;
use crate::canvas::{Bounds, Canvas, hex, inside};
use crate::maths::{V2, V3, pow, ramp, v2};
use crate::shapes::{block, ellipse, stroke};

/// Where the boat's middle touches the water.
const BOAT: V2 = v2(596.0, 622.0);
const LAMP: V2 = v2(57.0, -29.0);

pub(crate) fn paint(canvas: &mut Canvas) {
    let reach = Bounds(BOAT.x - 120.0, BOAT.y - 90.0, BOAT.x + 120.0, BOAT.y);
    let below = Bounds(BOAT.x - 120.0, BOAT.y, BOAT.x + 120.0, BOAT.y + 90.0);
    canvas.paint(below, |p, under| {
        let wave = slope(p);
        let q = p - BOAT;
        let mirror =
            v2(q.x + wave.x * (2.0 + q.y * 0.2), (-q.y * 1.05 + wave.y * (4.0 + q.y * 0.35)).min(-0.5));
        let (colour, cover) = look(mirror);
        under.mix(colour * 0.8, cover * ramp(95.0, 6.0, q.y) * 0.8)
    });
    canvas.paint(reach, |p, behind| {
        let (colour, cover) = look(p - BOAT);
        behind.mix(colour, cover)
    });
    canvas.glow(BOAT + LAMP, 95.0, hex(0xff7a34) * 0.42, |d| pow(1.0 - d, 3.0));
    canvas.glow(BOAT + v2(LAMP.x, 32.0), 60.0, hex(0xff6a2c) * 0.2, |d| pow(1.0 - d, 2.0));
}

/// Colour and cover of the boat at a point counted from its middle, painted back to front.
fn look(q: V2) -> (V3, f32) {
    let glow = 1.0 / (1.0 + (q - LAMP).dot(q - LAMP) / 500.0);
    let warm = hex(0xff8a45) * (glow * 0.6);
    let mut layers = (V3::default(), 0.0);
    let mut lay = |colour: V3, distance: f32| {
        let cover = inside(distance, 0.6);
        layers = (layers.0.mix(colour, cover), f32::max(layers.1, cover));
    };
    let bend = q.x / 92.0;
    let rim = -9.0 - 15.0 * pow(bend.abs(), 2.6);
    lay(hex(0x241d2c) + warm, man(q));
    lay(hex(0x120f18), stroke(q, v2(-78.0, -64.0), v2(-104.0, 2.0), 0.9, 0.9));
    let mat = 0.75 + 0.25 * ramp(0.3, 0.7, ((q.x + q.y * 0.2) / 3.4).rem_euclid(1.0));
    let hood = ellipse(q, v2(-4.0, -9.0), v2(36.0, 27.0)).max(q.y + 8.0);
    lay((hex(0x2d2530).mix(hex(0x8a6464), ramp(-6.0, -36.0, q.y) * 0.7) + warm * 0.7) * mat, hood);
    let hull = (q.y - 1.5).max(rim - q.y).max((q.x.abs() - 92.0) + (q.y + 20.0) * 0.35);
    let plank = 0.85 + 0.15 * ramp(0.1, 0.4, ((q.y - rim) / 5.0).rem_euclid(1.0));
    lay((hex(0x14121d).mix(hex(0x5a4450), ramp(6.0, 0.0, q.y - rim)) + warm * 0.55) * plank, hull);
    lay(hex(0x1a141c), stroke(q, v2(52.0, -12.0), v2(57.0, -44.0), 1.0, 0.8));
    lay(
        hex(0xff9a3c).mix(hex(0xff3d1c), ramp(0.0, 6.5, (q - LAMP).length())) * 1.5,
        ellipse(q, LAMP, v2(6.0, 7.5)),
    );
    layers
}

/// Standing at the stern in a wide straw hat.
fn man(q: V2) -> f32 {
    let body = stroke(q, v2(-66.0, -16.0), v2(-68.0, -44.0), 6.5, 4.2);
    let head = (q - v2(-68.0, -53.0)).length() - 3.8;
    let brim = ((q.x + 68.0).abs() / 11.0 - (q.y + 62.0) / 7.0).max(q.y + 55.0) * 2.0;
    let arm = stroke(q, v2(-68.0, -42.0), v2(-84.0, -46.0), 2.2, 1.6);
    let feet = block(q, v2(-66.0, -14.0), v2(5.0, 3.0));
    [body, head, brim.max(-(q.y + 62.0)), arm, feet].into_iter().fold(f32::MAX, f32::min)
}
