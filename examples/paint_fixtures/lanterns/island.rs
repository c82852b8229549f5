//! The middle ground: an islet with a pagoda, and a bridge to the next one.

use super::SHORE;
use crate::canvas::{Bounds, Canvas, hex, inside};
use crate::maths::{V2, V3, bell, exp, mix, pow, ramp, v2};
use crate::noise::{Dice, chance, fbm, value};
use crate::shapes::{block, ellipse, stroke};

/// Foot of the pagoda's axis.
const PAGODA: V2 = v2(262.0, 474.0);
const BRIDGE: V2 = v2(492.0, 497.0);
const BRIDGE_HALF: f32 = 122.0;

pub(crate) fn paint(canvas: &mut Canvas) {
    bridge(canvas);
    pagoda(canvas);
    land(canvas, 246.0, 178.0, 44.0, 70);
    land(canvas, 668.0, 92.0, 20.0, 71);
    bridge_lights(canvas);
}

/// A mound with bushes and trees on it, lit a little by the sky.
fn land(canvas: &mut Canvas, centre: f32, half: f32, height: f32, seed: u32) {
    let top = |x: f32| {
        let t = ((x - centre) / half).clamp(-1.0, 1.0);
        let leaves = fbm(v2(x / 15.0, 3.0), 4, seed) * 0.9 + fbm(v2(x / 46.0, 9.0), 2, seed + 1);
        SHORE + 3.0 - (1.0 - t * t) * (height * (0.6 + 0.5 * leaves) + 4.0)
    };
    let bounds = Bounds(centre - half, SHORE - height * 2.5, centre + half, SHORE + 3.0);
    canvas.paint(bounds, |p, behind| {
        let depth = p.y - top(p.x);
        let clump = fbm(v2(p.x / 7.0, p.y / 6.0), 4, seed + 2);
        let light = ramp(-0.25, 0.7, clump) * (0.25 + 0.75 * exp(-depth / 14.0));
        let leaf =
            hex(0x0f1b2e).mix(hex(0x4a4a66), light * 0.42) + hex(0xff9c66) * (0.07 * exp(-depth / 3.5));
        behind.mix(leaf, inside(-depth, 0.8))
    });
}

/// Five storeys, each narrower, under roofs whose corners turn up.
fn pagoda(canvas: &mut Canvas) {
    let mut foot = PAGODA.y;
    for storey in 0..6 {
        let half = 33.0 - storey as f32 * 3.7;
        let tall = 25.0 - storey as f32 * 1.6;
        room(canvas, v2(PAGODA.x, foot - tall * 0.5), v2(half * 0.72, tall * 0.5));
        foot -= tall;
        roof(canvas, v2(PAGODA.x, foot), half * 1.45, 11.5 - storey as f32 * 0.7);
    }
    spire(canvas, v2(PAGODA.x, foot - 6.0));
}

/// Walls with a row of lit windows between dark posts.
fn room(canvas: &mut Canvas, centre: V2, half: V2) {
    let bounds = Bounds(centre.x - half.x, centre.y - half.y, centre.x + half.x, centre.y + half.y);
    canvas.paint(bounds, |p, behind| {
        let across = (p.x - centre.x) / half.x;
        let bay = (across * 2.5 + 0.5).rem_euclid(1.0) - 0.5;
        let up = (p.y - centre.y) / half.y;
        let window = ramp(0.3, 0.22, bay.abs()) * ramp(0.5, 0.38, (up - 0.22).abs());
        let lattice = 1.0 - 0.35 * ramp(0.05, 0.02, bay.abs());
        let wall = hex(0x2b1c2c).mix(hex(0x6b3a40), ramp(-0.4, 1.0, across) * 0.8);
        let lamp = hex(0xff9a38) * (0.95 * lattice * (1.0 - 0.3 * across * across));
        behind.mix(wall.mix(lamp, window), inside(block(p, centre, half), 0.6))
    });
    canvas.glow(centre, half.x * 2.6, hex(0xff8a3c) * 0.16, |d| (1.0 - d) * (1.0 - d));
}

fn roof(canvas: &mut Canvas, eaves: V2, half: f32, rise: f32) {
    let bounds = Bounds(eaves.x - half, eaves.y - rise * 2.0, eaves.x + half, eaves.y + 4.0);
    canvas.paint(bounds, |p, behind| {
        let t = ((p.x - eaves.x) / half).clamp(-1.0, 1.0);
        let curl = 8.0 * pow(t.abs(), 3.0);
        let under = eaves.y + 4.0 - curl;
        let over = eaves.y - curl * 0.72 - rise * pow(1.0 - t.abs(), 1.6) + 0.6;
        let cover =
            inside(p.y - under, 0.6) * inside(over - p.y, 0.6) * inside((p.x - eaves.x).abs() - half, 0.6);
        let tiles = 0.8 + 0.2 * ramp(0.2, 0.8, (p.x / 2.6).rem_euclid(1.0));
        let lit = ramp(-0.5, 1.0, t) * ramp(under, over, p.y);
        let warm = hex(0xff8f45) * (0.22 * ramp(over + 1.5, under, p.y) * (1.0 - t.abs()));
        behind.mix(hex(0x1c1d36).mix(hex(0x8c6a80), lit * 0.75) * tiles + warm, cover)
    });
}

fn spire(canvas: &mut Canvas, foot: V2) {
    let bounds = Bounds(foot.x - 6.0, foot.y - 34.0, foot.x + 6.0, foot.y + 4.0);
    canvas.fill(bounds, hex(0x3a2c40), |p| {
        let mast = stroke(p, foot, foot - v2(0.0, 31.0), 1.5, 0.5);
        let rings =
            (0..4).map(|n| (p - (foot - v2(0.0, 6.0 + 5.0 * n as f32))).length() - 3.0 + 0.45 * n as f32);
        inside(rings.fold(mast, f32::min), 0.6)
    });
}

/// The height of the walkway above the water.
fn deck(x: f32) -> f32 {
    let t = ((x - BRIDGE.x) / BRIDGE_HALF).clamp(-1.0, 1.0);
    BRIDGE.y - 4.0 - 46.0 * (0.5 + 0.5 * crate::maths::cos(t * 3.1)) - 4.0 * (1.0 - t * t)
}

/// Stone blocks around one large round opening and two small ones, with a railing.
fn bridge(canvas: &mut Canvas) {
    let bounds = Bounds(BRIDGE.x - BRIDGE_HALF, SHORE - 80.0, BRIDGE.x + BRIDGE_HALF, SHORE + 3.0);
    canvas.paint(bounds, |p, behind| {
        let walk = deck(p.x);
        let openings = [(0.0, 33.0), (-66.0, 15.0), (66.0, 15.0)];
        let hole = openings
            .iter()
            .map(|&(x, r)| (p - v2(BRIDGE.x + x, SHORE + 2.0)).length() - r)
            .fold(99.0, f32::min);
        let wall = inside((walk - p.y).max(-hole), 0.7);
        let post = ((p.x - BRIDGE.x) / 9.0 + 0.5).rem_euclid(1.0) - 0.5;
        let rail = inside((p.y - (walk - 7.5)).abs() - 0.9, 0.6)
            .max(inside(post.abs() * 9.0 - 0.9, 0.6) * inside(walk - 9.5 - p.y, 0.6));
        let railing = rail * inside(p.y - walk, 0.6);
        behind.mix(stone(p, hole, walk), wall.max(railing))
    });
}

fn stone(p: V2, hole: f32, walk: f32) -> V3 {
    let course = ((p.y + 500.0) / 6.0).floor();
    let column = ((p.x + course * 5.5) / 11.0).floor();
    let block = chance(column as i32, course as i32, 72);
    let ring = bell(hole - 3.0, 3.0) * 0.35;
    let top = exp(-(p.y - walk).max(0.0) / 4.0);
    let shade = 0.35 + 0.22 * block + ring + 0.35 * top + 0.12 * value(p * 0.5, 73);
    hex(0x16162b).mix(hex(0xa5808a), (shade * mix(0.35, 0.95, ramp(360.0, 640.0, p.x))).clamp(0.0, 1.0))
}

/// A string of small red lamps along the railing.
fn bridge_lights(canvas: &mut Canvas) {
    let mut dice = Dice(7);
    for n in -3..=3 {
        let x = BRIDGE.x + n as f32 * 30.0;
        let lamp = v2(x, deck(x) - 13.0 + dice.between(-0.5, 0.5));
        canvas.glow(lamp, 26.0, hex(0xff5a2a) * 0.5, |d| pow(1.0 - d, 3.0));
        canvas.paint(Bounds::around(lamp, 6.0), |p, behind| {
            let silk = hex(0xffc070).mix(hex(0xf0301a), ramp(0.0, 2.6, (p - lamp).length())) * 1.3;
            behind.mix(silk, inside(ellipse(p, lamp, v2(3.2, 2.7)), 0.7))
        });
    }
}
