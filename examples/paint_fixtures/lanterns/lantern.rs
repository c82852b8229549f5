//! Silk lanterns in the air and paper ones on the water.

use std::f32::consts::PI;

use super::SHORE;
use super::water::slope;
use crate::canvas::{Bounds, Canvas, hex, inside};
use crate::maths::{V2, V3, asin, bell, exp, mix, pow, ramp, v2};
use crate::noise::{Dice, fbm};
use crate::shapes::{block, ellipse, stroke};

/// A red silk lantern: halo, cord, body, caps, tassel.
pub(crate) fn hang(canvas: &mut Canvas, centre: V2, radius: f32) {
    let body = v2(radius, radius * 0.8);
    canvas.glow(centre, radius * 4.6, hex(0xff5a28) * 0.3, |d| pow(1.0 - d, 3.0));
    cord(canvas, centre - v2(0.0, body.y), radius);
    tassel(canvas, centre + v2(0.0, body.y * 1.1), radius);
    let bounds = Bounds(centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius);
    canvas.paint(bounds, |p, behind| {
        behind.mix(
            silk((p.x - centre.x) / body.x, (p.y - centre.y) / body.y),
            inside(ellipse(p, centre, body), 0.7),
        )
    });
    for side in [-1.0, 1.0] {
        cap(canvas, centre + v2(0.0, side * body.y * 0.95), radius, side);
    }
    canvas.glow(centre + v2(0.0, radius * 0.1), radius * 1.3, hex(0xffa03c) * 0.26, |d| pow(1.0 - d, 2.0));
}

/// The body, as a translucent globe with a flame inside: hot in the middle, deep red at the limb, ribbed with bamboo.
fn silk(x: f32, y: f32) -> V3 {
    let r2 = (x * x + y * y).min(1.0);
    let facing = (1.0 - r2).sqrt();
    let longitude = asin(x / (1.0 - y * y).max(1e-3).sqrt()) / PI * 14.0;
    let rib = (longitude + 0.5).rem_euclid(1.0) - 0.5;
    let flame = exp(-(x * x * 1.7 + (y - 0.22) * (y - 0.22) * 2.3) * 2.5);
    let fold = 0.82 + 0.18 * (1.0 - 4.0 * rib * rib);
    let weave = 1.0 + 0.05 * fbm(v2(longitude * 3.0, y * 26.0), 3, 90);
    let base = hex(0x3c0207).mix(hex(0xc4120e), pow(facing, 0.9));
    let hot = hex(0xff4a1c).mix(hex(0xffc05a), flame * flame) * (0.3 + 1.15 * flame);
    let sky = hex(0x5a6ab0) * (0.14 * ramp(-0.2, -1.0, y) * facing);
    (base.mix(hot, flame * 0.9) * (fold * weave) + sky) * mix(1.0, 0.55, bell(rib, 0.1))
}

/// Two gilt rings at an end of the body.
fn cap(canvas: &mut Canvas, centre: V2, radius: f32, side: f32) {
    let tiers = [(0.46, 0.075, 0.0), (0.36, 0.06, 0.11)];
    for (half, tall, out) in tiers {
        let middle = centre + v2(0.0, side * out * radius);
        let size = v2(half * radius, tall * radius);
        canvas.paint(Bounds::around(middle, radius), |p, behind| {
            let t = (p.x - middle.x) / size.x;
            let gleam = bell(t - 0.35, 0.22) + 0.5 * bell(t + 0.55, 0.3) + 0.12;
            let teeth = 0.8 + 0.2 * ramp(0.3, 0.6, (asin(t) * 9.0).rem_euclid(1.0));
            let gold = hex(0x54300f).mix(hex(0xffd678), gleam.min(1.0)) * teeth;
            behind.mix(gold, inside(block(p, middle, size) - 0.5, 0.7))
        });
    }
}

fn cord(canvas: &mut Canvas, top: V2, radius: f32) {
    let up = top - v2(0.0, 400.0);
    let ring = top - v2(0.0, radius * 0.3);
    canvas.fill(Bounds(top.x - 12.0, 0.0, top.x + 12.0, top.y), hex(0x5a1712), |p| {
        let eyelet = ((p - ring).length() - radius * 0.07).abs() - radius * 0.025;
        let high = ramp(super::branch::limb_at(top.x) - 2.0, super::branch::limb_at(top.x) + 2.0, p.y);
        inside(stroke(p, up, top, 0.9, 0.9).min(eyelet), 0.7) * high
    });
}

/// A knot, a bead and some thirty silk threads, each with its own sway.
fn tassel(canvas: &mut Canvas, top: V2, radius: f32) {
    let mut dice = Dice(radius as u64);
    let knot = top + v2(0.0, radius * 0.2);
    let length = radius * 1.1;
    canvas.fill(Bounds::around(top, radius), hex(0x8c120c), |p| inside(stroke(p, top, knot, 1.0, 1.0), 0.7));
    for n in 0..34 {
        let t = n as f32 / 33.0 * 2.0 - 1.0;
        let from = knot + v2(t * radius * 0.07, 0.0);
        let to = knot + v2(t * radius * 0.19 + dice.between(-1.5, 3.5), length * dice.between(0.84, 1.0));
        let tone = hex(0x560608).mix(hex(0xff4a26), dice.unit() * 0.8 * (1.0 - 0.4 * t.abs()));
        let bounds = Bounds(top.x - radius * 0.4, top.y, top.x + radius * 0.4, to.y + 2.0);
        canvas.paint(bounds, |p, behind| {
            let shade = mix(1.15, 0.5, ramp(from.y, to.y, p.y));
            behind.mix(tone * shade, inside(stroke(p, from, to, 0.6, 0.75), 0.6))
        });
    }
    for (n, size) in [(0.0, 0.1), (0.16, 0.075)] {
        let bead = knot + v2(0.0, n * radius);
        let shine = bead - v2(size * radius * 0.3, size * radius * 0.35);
        canvas.paint(Bounds::around(bead, radius * 0.2), |p, behind| {
            let gold = hex(0x8a4a14).mix(hex(0xffdf8f), bell((p - shine).length(), size * radius * 0.7));
            behind.mix(gold, inside((p - bead).length() - size * radius, 0.7))
        });
    }
}

/// Paper lights set adrift, smaller and closer together towards the far shore.
pub(crate) fn float_on_the_lake(canvas: &mut Canvas) {
    let mut dice = Dice(2026);
    let mut lights: Vec<(V2, f32)> = (0..34)
        .map(|_| {
            let near = pow(dice.unit(), 1.9);
            let drift = dice.between(-1.0, 1.0) * mix(150.0, 420.0, near);
            let size = mix(1.6, 11.0, near) * dice.between(0.85, 1.15);
            (v2(mix(700.0, 560.0, near) + drift, SHORE + mix(12.0, 262.0, near)), size)
        })
        .filter(|(at, _)| (at.x - 596.0).abs() > 135.0 || (at.y - 600.0).abs() > 80.0)
        .collect();
    lights.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    for (at, size) in lights {
        float(canvas, at, size);
    }
}

fn float(canvas: &mut Canvas, at: V2, size: f32) {
    let streak = Bounds(at.x - size * 3.0, at.y, at.x + size * 3.0, at.y + size * 9.0);
    canvas.paint(streak, |p, water| {
        let wave = slope(p);
        let down = (p.y - at.y) / size;
        let off = (p.x - at.x + wave.x * size * 1.2) / size;
        let light = bell(off, 0.75 + 0.1 * down)
            * exp(-down * 0.42)
            * ramp(-0.5, 0.35, wave.y)
            * ramp(0.0, 0.6, down);
        water + hex(0xff7a30) * (0.75 * light)
    });
    canvas.glow(at - v2(0.0, size * 0.6), size * 6.0, hex(0xff7a35) * 0.3, |d| pow(1.0 - d, 3.0));
    let box_centre = at - v2(0.0, size * 0.75);
    canvas.paint(Bounds::around(at, size * 2.2), |p, behind| {
        let q = (p - box_centre) * (1.0 / size);
        let flare = 1.0 - 0.14 * q.y;
        let paper = block(v2(q.x / flare, q.y), v2(0.0, 0.0), v2(0.62, 0.74)) * size - 0.3;
        let flame = bell((q - v2(0.0, 0.25)).length(), 0.75);
        let lit = hex(0xe8481c).mix(hex(0xffd88a), flame) * (0.7 + 0.9 * flame);
        let frame = 1.0 - 0.4 * ramp(0.1, 0.03, (q.x.abs() - 0.3).abs());
        let petals = (0..5).map(|n| {
            let t = n as f32 - 2.0;
            ellipse(q.turned(-t * 0.42) - v2(t * 0.16, 0.85), v2(0.0, 0.0), v2(0.3, 0.46))
        });
        let leaf = petals.fold(9.0, f32::min) * size;
        let pink = hex(0x7c2038).mix(hex(0xff9a86), ramp(0.5, 1.2, 1.7 - q.y));
        behind.mix(lit * frame, inside(paper, 0.6)).mix(pink, inside(leaf, 0.6) * 0.9)
    });
}
