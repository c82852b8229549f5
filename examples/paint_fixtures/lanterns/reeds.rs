//! The bank we stand on: reeds and seed heads in the lower left corner, dark against the water.

use crate::canvas::{Bounds, Canvas, hex, inside};
use crate::maths::{V2, V3, mix, pow, ramp, v2};
use crate::noise::{Dice, fbm};
use crate::shapes::{along, bezier};

pub(crate) fn paint(canvas: &mut Canvas) {
    let mut dice = Dice(515);
    for n in 0..64 {
        let depth = n as f32 / 63.0;
        let x = -30.0 + 300.0 * pow(dice.unit(), 1.6);
        let root = v2(x, 812.0);
        let tall = dice.between(60.0, 215.0) * (1.0 - 0.0022 * x.max(0.0));
        let sway = dice.between(-22.0, 58.0);
        let tip = root + v2(sway, -tall);
        let bend = root + v2(sway * 0.1, -tall * 0.62);
        let tone = hex(0x0a1322).mix(hex(0x3b3a58), (1.0 - depth) * 0.55);
        blade(canvas, [root, bend, tip], dice.between(2.0, 3.6), tone);
        if dice.unit() < 0.2 {
            plume(canvas, bend, tip, tone, n);
        }
    }
    bank(canvas);
}

/// A leaf: a curve that tapers, with the sky on its right side.
fn blade(canvas: &mut Canvas, [root, bend, tip]: [V2; 3], thick: f32, tone: V3) {
    const PIECES: usize = 10;
    for n in 0..PIECES {
        let at = |n: usize| bezier(root, bend, tip, n as f32 / PIECES as f32);
        let (a, b) = (at(n), at(n + 1));
        let width = |n: usize| thick * pow(1.0 - n as f32 / PIECES as f32, 0.7) + 0.25;
        let bounds = Bounds(a.x.min(b.x) - 5.0, b.y.min(a.y) - 5.0, a.x.max(b.x) + 5.0, a.y.max(b.y) + 5.0);
        canvas.paint(bounds, |p, behind| {
            let (t, d) = along(p, a, b);
            let w = mix(width(n), width(n + 1), t);
            let side = (p.x - a.x - (b.x - a.x) * t) / w;
            let rim = hex(0xd08a86) * (0.16 * ramp(0.1, 1.0, side) * n as f32 / PIECES as f32);
            behind.mix(tone + rim, inside(d - w, 0.6))
        });
    }
}

/// A feathery seed head, hanging over at the tip.
fn plume(canvas: &mut Canvas, bend: V2, tip: V2, tone: V3, seed: u32) {
    let lean = (tip - bend) * (1.0 / (tip - bend).length().max(1.0));
    let (a, b) = (tip - lean * 6.0, tip + lean * 30.0 + v2(9.0, 7.0));
    canvas.paint(Bounds::around(tip, 60.0), |p, behind| {
        let (t, d) = along(p, a, b);
        let fringe = fbm(v2(p.x / 2.2 + p.y / 6.0, p.y / 5.0), 3, 600 + seed);
        let w = 5.6 * pow((t * (1.0 - t) * 4.0).max(0.0), 0.6) * (0.85 + 0.75 * fringe);
        let light = hex(0xcf8f86) * (0.2 + 0.2 * fringe);
        behind.mix(tone * 1.3 + light, inside(d - w, 1.2) * 0.9)
    });
}

fn bank(canvas: &mut Canvas) {
    canvas.paint(Bounds(0.0, 700.0, 420.0, 800.0), |p, behind| {
        let top = 800.0 - 46.0 * ramp(330.0, -60.0, p.x) - 12.0 * fbm(v2(p.x / 30.0, 1.0), 4, 590);
        let grass = 7.0 * fbm(v2(p.x / 3.0, p.y / 40.0), 2, 591).abs();
        let tone = hex(0x080f1b).mix(hex(0x262a42), ramp(0.0, 0.6, fbm(p * 0.08, 4, 592)));
        behind.mix(tone, inside(top - grass - p.y, 1.0))
    });
}
