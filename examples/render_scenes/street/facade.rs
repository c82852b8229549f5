//! What a house shows to the street: tiles and grime, windows lit or dark, shops open or shut.

use super::room::room;
use super::sign::{AMBER, WHITE};
use super::town::House;
use crate::maths::{V2, V3, mix, ramp, sin, v2, v3};
use crate::noise::{chance, fbm, value};

const FLOOR: f32 = 3.1;

/// A surface: what it throws back, what it gives of itself, and how much of it is a mirror.
#[derive(Clone, Copy, Default)]
pub(super) struct Skin {
    pub(super) albedo: V3,
    pub(super) light: V3,
    pub(super) mirror: f32,
}

/// Whether the shop at street level is open.
pub(super) fn open(seed: u32) -> bool {
    chance(3, 5, seed) < 0.68
}

/// The skin at a place of the front, seen along `view`.
pub(super) fn skin(house: &House, p: V3, normal: V3, view: V3) -> Skin {
    if normal.x.abs() < 0.5 {
        return Skin { albedo: wall(v2(p.x, p.y), house.seed) * 0.8, ..Skin::default() };
    }
    let place = v2(p.z - house.body.low.z, p.y);
    let long = house.body.high.z - house.body.low.z;
    if place.y < 2.95 {
        shop(place, long, v3(view.z, view.y, view.x.abs()), house.seed)
    } else {
        storey(place, long, house.seed)
    }
}

/// Plaster or small tiles, streaked by years of rain.
fn wall(p: V2, seed: u32) -> V3 {
    const PAINTS: [V3; 4] =
        [v3(0.20, 0.18, 0.16), v3(0.13, 0.15, 0.16), v3(0.22, 0.16, 0.13), v3(0.15, 0.17, 0.14)];
    let paint = PAINTS[(chance(1, 1, seed) * 4.0) as usize];
    let streaks = 0.75 + 0.35 * fbm(v2(p.x * 2.2, p.y * 0.22), 4, seed) + 0.25 * fbm(p * 1.1, 4, seed ^ 1);
    let tiled = chance(2, 1, seed) < 0.5;
    let seam = |v: f32, size: f32| ramp(0.08, 0.02, ((v / size).fract() - 0.5).abs() - 0.42);
    let tile = if tiled {
        let one = chance((p.x / 0.3) as i32, (p.y / 0.15) as i32, seed);
        (0.85 + 0.25 * one) * (0.6 + 0.4 * seam(p.x + 50.0, 0.3) * seam(p.y, 0.15))
    } else {
        1.0
    };
    paint * (streaks * tile).max(0.1)
}

/// Floors with a row of windows.
fn storey(p: V2, long: f32, seed: u32) -> Skin {
    let columns = (long / 2.3).floor().max(1.0);
    let (fx, fy) = (p.x / long * columns, (p.y - 0.9) / FLOOR);
    let (column, floor) = (fx.floor() as i32, fy.floor() as i32);
    let wide = long / columns;
    let q = v2((fx.fract() - 0.5) * wide, (fy.fract() - 0.5) * FLOOR);
    let half = v2(mix(0.62, 0.85, chance(5, 5, seed)), mix(0.62, 0.86, chance(6, 5, seed)));
    let outside = (q.x.abs() - half.x).max(q.y.abs() - half.y);
    if outside > 0.07 {
        return Skin { albedo: wall(p, seed), ..Skin::default() };
    }
    let cross = (q.x - half.x * 0.15).abs().min((q.y - half.y * 0.35).abs());
    if outside > 0.0 || cross < 0.035 {
        return Skin { albedo: v3(0.05, 0.05, 0.055), ..Skin::default() };
    }
    let luck = |n: i32| chance(column * 7 + n, floor, seed ^ 99);
    if luck(0) > 0.40 {
        return Skin { albedo: v3(0.006, 0.007, 0.009), light: V3::default(), mirror: 0.14 };
    }
    let lamp = [WHITE, WHITE, AMBER.mix(WHITE, 0.5), v3(0.55, 0.75, 1.0), v3(0.95, 0.9, 0.75)]
        [(luck(1) * 5.0) as usize];
    let high = 0.55 + 0.45 * ramp(-half.y, half.y, q.y);
    let drawn = ramp(0.02, -0.02, q.x.abs() - half.x * luck(2));
    let folds = 0.75 + 0.25 * sin(q.x * 34.0 + 3.0 * value(v2(q.x * 3.0, q.y), seed));
    let cloth = mix(0.30 * folds, 1.0, drawn);
    let clutter = mix(
        0.25,
        1.0,
        ramp(0.05, 0.16, q.y + half.y - 0.5 * luck(3) * (0.6 + 0.6 * value(v2(q.x * 4.0, 1.0), seed))),
    );
    Skin {
        albedo: v3(0.02, 0.02, 0.02),
        light: lamp * (mix(0.35, 1.15, luck(4)) * high * cloth * clutter),
        mirror: 0.08,
    }
}

/// A wall with a shutter, or with glass and a room behind it. `view` counts along the street, up, and inwards.
fn shop(p: V2, long: f32, view: V3, seed: u32) -> Skin {
    let post = (p.x - 0.3).min(long - 0.3 - p.x);
    if post < 0.0 || p.y < 0.18 {
        return Skin { albedo: wall(p, seed) * 0.8, ..Skin::default() };
    }
    if !open(seed) {
        let slats = 0.55 + 0.45 * sin(p.y * 62.0);
        let scrawl = ramp(0.03, 0.0, fbm(p * 0.9, 3, seed).abs() - 0.015) * ramp(0.2, 0.5, p.y);
        let paint = v3(0.10, 0.11, 0.12).mix(v3(0.25, 0.06, 0.08), 0.6 * scrawl);
        return Skin { albedo: paint * (0.5 + 0.6 * slats), light: V3::default(), mirror: 0.03 };
    }
    let pane = 1.5 + 0.5 * chance(9, 9, seed);
    if ((p.x / pane).fract() - 0.5).abs() > 0.48 || (p.y - 2.25).abs() < 0.03 {
        return Skin { albedo: v3(0.04, 0.04, 0.045), ..Skin::default() };
    }
    Skin { albedo: v3(0.02, 0.02, 0.02), light: room(p, long, view, seed), mirror: 0.06 }
}
