//! Afterglow, clouds lit from below, a full moon and the first stars.

use crate::canvas::{Bounds, Canvas, hex, inside};
use crate::maths::{V2, V3, bell, exp, mix, pow, ramp, v2};
use crate::noise::{chance, fbm, value};

/// Where the sky ends, behind the farthest mountains.
const HORIZON: f32 = 415.0;
const MOON: V2 = v2(452.0, 168.0);
const MOON_RADIUS: f32 = 43.0;

pub(crate) fn paint(canvas: &mut Canvas) {
    let frame = canvas.all();
    canvas.paint(frame, |p, _| {
        let (cover, cloud) = clouds(p);
        let clear = air(p) + halo(p);
        moon(p, clear).mix(cloud + halo(p) * 0.5, cover * (1.0 - 0.72 * bell((p - MOON).length(), 66.0)))
    });
}

/// The stars come after the lake, on whose waves they would only be scratches.
pub(crate) fn shine(canvas: &mut Canvas) {
    canvas.paint(Bounds(0.0, 0.0, 1200.0, 300.0), |p, sky| {
        let hidden = clouds(p).0.max(inside((p - MOON).length() - MOON_RADIUS - 4.0, 4.0));
        sky + stars(p) * (1.0 - hidden)
    });
}

/// The gradient of a clear evening, deeper away from where the sun went down.
pub(crate) fn air(p: V2) -> V3 {
    const STOPS: [(f32, u32); 7] = [
        (0.0, 0x0a1233),
        (0.22, 0x1b2a60),
        (0.45, 0x4a4a86),
        (0.64, 0x97648f),
        (0.8, 0xdb7f7c),
        (0.92, 0xf8ae77),
        (1.0, 0xffd896),
    ];
    let aside = (p.x - 660.0) / 760.0;
    let height = (p.y / HORIZON - 0.2 * aside * aside).clamp(0.0, 1.0);
    let next = STOPS.iter().position(|s| s.0 >= height).unwrap_or(6).max(1);
    let ((from, low), (to, high)) = (STOPS[next - 1], STOPS[next]);
    let t = ramp(from, to, height) * 0.5 + ((height - from) / (to - from)) * 0.5;
    hex(low).mix(hex(high), t) * (1.0 - 0.25 * ramp(0.3, 1.0, aside.abs()))
}

/// How much cloud there is, and its colour: bright where it thins out towards the glow below.
fn clouds(p: V2) -> (f32, V3) {
    let density = |p: V2| {
        let sheared = v2(p.x / 330.0 + p.y / 500.0, p.y / 62.0);
        let bend = value(sheared * 0.7, 40) * 0.9;
        let body = fbm(sheared + v2(bend, bend * 0.4), 6, 41);
        let bank = bell(p.y - 250.0 - p.x * 0.07, 95.0) * 0.34 + bell(p.y - 60.0 - p.x * 0.05, 60.0) * 0.22;
        body + bank - 0.16
    };
    let here = density(p);
    let below = density(p + v2((660.0 - p.x) * 0.012, 13.0));
    let lit = (0.46 + (here - below) * 2.3).clamp(0.0, 1.0);
    let low = ramp(60.0, 400.0, p.y);
    let shade = hex(0x232a58).mix(hex(0x8a5a80), low);
    let glow = hex(0x7d6a9e).mix(hex(0xffb083), low) * mix(0.75, 1.15, low);
    (ramp(-0.04, 0.42, here) * 0.86, shade.mix(glow, lit))
}

fn stars(p: V2) -> V3 {
    const CELL: f32 = 17.0;
    let (cx, cy) = ((p.x / CELL).floor(), (p.y / CELL).floor());
    let (ix, iy) = (cx as i32, cy as i32);
    if chance(ix, iy, 50) > 0.42 {
        return V3::default();
    }
    let spot = v2(cx + 0.15 + 0.7 * chance(ix, iy, 51), cy + 0.15 + 0.7 * chance(ix, iy, 52)) * CELL;
    let magnitude = pow(chance(ix, iy, 53), 5.0);
    let warm = hex(0xcfdcff).mix(hex(0xffe3c4), chance(ix, iy, 54));
    let point = bell((p - spot).length(), 0.55 + 0.6 * magnitude);
    warm * (point * (0.16 + 1.3 * magnitude) * ramp(300.0, 60.0, p.y))
}

fn halo(p: V2) -> V3 {
    let d = ((p - MOON).length() - MOON_RADIUS).max(0.0);
    hex(0xffe2b8) * (0.26 * exp(-d / 24.0) + 0.12 * exp(-d / 120.0))
}

/// A disc with its seas, a shade darker towards the limb.
fn moon(p: V2, sky: V3) -> V3 {
    let q = (p - MOON) * (1.0 / MOON_RADIUS);
    let seas = ramp(-0.1, 0.45, fbm(q * 1.5 + v2(3.1, 7.7), 5, 60)) * 0.3 + fbm(q * 5.0, 3, 61) * 0.05;
    let limb = 1.0 - 0.22 * pow(q.length().min(1.0), 4.0);
    let face = hex(0xfff0cf).mix(hex(0xc49a74), seas * 1.5) * (1.25 * limb);
    sky.mix(face, inside((q.length() - 1.0) * MOON_RADIUS, 0.8))
}
