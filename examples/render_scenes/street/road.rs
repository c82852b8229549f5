//! Wet asphalt: rough stones under a film of water, puddles where it sinks, rings where drops fall, a zebra crossing.

use crate::lens::Luck;
use crate::maths::{V2, V3, cos, exp, mix, ramp, sin, v2, v3};
use crate::noise::{chance, fbm, value};

/// Where the kerb is, on both sides.
pub(super) const KERB: f32 = 3.3;

pub(super) struct Road {
    pub(super) albedo: V3,
    pub(super) normal: V3,
    /// How much water lies on it, 0 to 1.
    pub(super) wet: f32,
}

/// The road at a place; `far` away; its small stones are met by chance, as many samples meet many of them.
pub(super) fn at(p: V2, far: f32, luck: &mut Luck) -> Road {
    let walk = p.x.abs() > KERB;
    let hollow =
        fbm(v2(p.x * 0.42, p.y * 0.26), 4, 601) + 0.25 * ramp(0.6, 0.0, (p.x.abs() - KERB + 0.25).abs());
    let puddle = ramp(-0.06, 0.10, hollow);
    let grain = 0.5 + 0.5 * fbm(p * 38.0, 3, 602);
    let worn = 0.8 + 0.4 * fbm(p * 1.3, 4, 603);
    let (albedo, rough) = if walk { slabs(p, grain) } else { asphalt(p, grain * worn) };
    let spread = mix(rough, 0.0025, puddle);
    let angle = std::f32::consts::TAU * luck.next();
    let lean = spread * (-2.0 * crate::maths::ln(1.0 - luck.next())).sqrt();
    let drops = drops(p) * (mix(0.3, 1.0, puddle) * ramp(17.0, 4.0, far));
    let bump =
        v2(value(p * 26.0, 604), value(p * 26.0, 605)) * (0.016 * (1.0 - puddle) * ramp(20.0, 4.0, far));
    let normal = v3(lean * cos(angle) + drops.x + bump.x, 1.0, lean * sin(angle) + drops.y + bump.y).unit();
    Road { albedo: albedo * mix(1.0, 0.45, puddle), normal, wet: mix(0.55 + 0.35 * grain, 1.0, puddle) }
}

fn asphalt(p: V2, grain: f32) -> (V3, f32) {
    let stripe =
        ramp(0.02, -0.02, ((p.x / 0.95).rem_euclid(1.0) - 0.5).abs() - 0.24) * ramp(2.9, 2.8, p.x.abs());
    let crossing = stripe * ramp(5.15, 5.2, p.y) * ramp(7.9, 7.85, p.y);
    let middle =
        ramp(0.07, 0.05, p.x.abs()) * ramp(0.0, 0.1, (p.y / 3.0).fract() - 0.45) * ramp(9.5, 9.6, p.y);
    let paint = (crossing + middle) * ramp(-0.5, 0.1, fbm(p * 5.0, 4, 606) + 0.25);
    (v3(0.030, 0.031, 0.035).mix(v3(0.26, 0.26, 0.25), paint) * (0.7 + 0.6 * grain), mix(0.040, 0.030, paint))
}

fn slabs(p: V2, grain: f32) -> (V3, f32) {
    let seam = ((p.x / 0.6).fract().abs() - 0.5).abs().max(((p.y / 0.6).fract() - 0.5).abs());
    let one = chance((p.x / 0.6).floor() as i32, (p.y / 0.6).floor() as i32, 607);
    let tint = v3(0.075, 0.072, 0.07) * (0.75 + 0.5 * one) * ramp(0.5, 0.47, seam).max(0.2);
    (tint * (0.6 + 0.8 * grain), 0.028)
}

/// Slope of the rings of drops: one in each cell of a jittered grid, each at its own moment.
fn drops(p: V2) -> V2 {
    let q = p * 3.4;
    let (ix, iy) = (q.x.floor() as i32, q.y.floor() as i32);
    let mut slope = v2(0.0, 0.0);
    for n in 0..9 {
        let (x, y) = (ix + n % 3 - 1, iy + n / 3 - 1);
        if chance(x, y, 611) < 0.35 {
            let centre = v2(x as f32 + chance(x, y, 608), y as f32 + chance(x, y, 609));
            let d = q - centre;
            let (r, age) = (d.length().max(0.02), chance(x, y, 610));
            let wave = sin((r - age) * 34.0) * exp(-(r - age) * (r - age) * 60.0) * (1.0 - age);
            slope = slope + d * (0.11 * wave / r);
        }
    }
    slope
}
