//! Oranges with pores, a lemon, peaches with down, a pear, and grapes with their bloom.

use std::f32::consts::{PI, TAU};

use super::porcelain::{BOWL_PLACE, through};
use crate::maths::{V3, atan2, bell, cos, mix, ramp, sin, v3};
use crate::noise::{Dice, chance, fbm3};
use crate::trace::{Hit, Mesh, Scene, Surface, bumped, upright};

pub(crate) fn set(scene: &mut Scene) {
    oranges(scene);
    lemon(scene);
    peaches(scene);
    pear(scene);
    grapes(scene);
}

/// Small hollows at random places, two or three to a unit.
fn pores(p: V3) -> f32 {
    let cell = p.map(f32::floor);
    let mut nearest = 1.0_f32;
    for n in 0..27 {
        let c = cell + v3((n % 3) as f32 - 1.0, (n / 3 % 3) as f32 - 1.0, (n / 9) as f32 - 1.0);
        let (x, y, z) = (c.x as i32, c.y as i32, c.z as i32);
        let at = |k: u32| chance(x, y, (z as u32).wrapping_mul(9176).wrapping_add(k));
        nearest = nearest.min((c + v3(at(1), at(2), at(3)) - p).length());
    }
    -bell(nearest, 0.34)
}

fn oranges(scene: &mut Scene) {
    let peel = scene.shader(|hit: &Hit| {
        let hue = 0.5 + 0.5 * fbm3(hit.place * 2.2, 4, 51);
        let colour = v3(0.80, 0.24, 0.012).mix(v3(0.90, 0.38, 0.02), hue);
        let colour = colour * (1.0 + 0.25 * pores(hit.place * 24.0));
        let normal = bumped(hit, 0.006, |p: V3| 0.009 * pores(p * 24.0) + 0.004 * fbm3(p * 6.0, 2, 52));
        let depth = v3(0.03, 0.012, 0.004);
        Surface { normal, depth, ..Surface::glossy(hit, colour, 0.045, 0.34) }
    });
    let stem = scene.shader(|hit: &Hit| Surface::matt(hit, v3(0.10, 0.11, 0.025)));
    let star = Mesh::sheet(40, 6, |u, v| {
        let r = v * 0.055 * (1.0 + 0.35 * cos(u * TAU * 5.0));
        v3(r * cos(u * TAU), 0.018 * (1.0 - v * v), r * sin(u * TAU))
    });
    let places = [
        (BOWL_PLACE + v3(-0.38, 0.70, 0.16), 0.44, v3(-0.4, 0.8, 0.35)),
        (BOWL_PLACE + v3(0.42, 0.72, 0.12), 0.43, v3(0.7, 0.5, 0.5)),
        (BOWL_PLACE + v3(0.02, 0.76, -0.42), 0.43, v3(0.1, 1.0, 0.1)),
        (v3(0.22, 0.46, 0.72), 0.45, v3(-0.55, 0.75, 0.5)),
    ];
    for (at, size, up) in places {
        let round = Mesh::ball(72, 48, |d: V3| {
            let dimple = 0.07 * bell(1.0 - d.y, 0.035) + 0.03 * bell(1.0 + d.y, 0.05);
            0.97 - dimple + 0.05 * (1.0 - d.y * d.y) + 0.012 * fbm3(d * 2.0, 2, 53)
        });
        let axes = upright(up);
        scene.add(&round.placed(at, axes, size), peel);
        scene.add_to_last(&star.placed(at + axes[1] * (size * 0.9), axes, 1.0), stem);
    }
}

fn lemon(scene: &mut Scene) {
    let peel = scene.shader(|hit: &Hit| {
        let colour = v3(0.92, 0.57, 0.02).mix(v3(0.84, 0.62, 0.07), 0.5 + 0.5 * fbm3(hit.place * 3.0, 3, 61));
        let normal = bumped(hit, 0.006, |p: V3| 0.008 * pores(p * 19.0) + 0.012 * fbm3(p * 5.0, 2, 62));
        Surface { normal, depth: v3(0.035, 0.028, 0.006), ..Surface::glossy(hit, colour, 0.045, 0.32) }
    });
    let shape = Mesh::lathe(64, 60, |t| {
        let y = -cos(t * PI);
        let tip = 0.17 * bell(1.0 - y, 0.05) + 0.1 * bell(1.0 + y, 0.04);
        (0.34 * sin(t * PI), 0.44 * y + tip * if y > 0.0 { 1.0 } else { -1.0 })
    });
    scene.add(&shape.placed(v3(-0.42, 0.35, 1.22), upright(v3(0.9, 0.12, 0.28)), 1.0), peel);
}

fn peaches(scene: &mut Scene) {
    for (at, up, size) in
        [(v3(0.98, 0.47, 1.12), v3(-0.25, 0.95, 0.3), 0.46), (v3(-1.92, 0.43, 0.35), v3(0.3, 0.9, 0.3), 0.44)]
    {
        let skin = scene.shader(move |hit: &Hit| {
            let to = (hit.place - at).unit();
            let blush = 0.55
                + 0.45 * to.dot(v3(-0.5, 0.35, 0.6))
                + 0.5 * fbm3(to * 1.7, 4, 71)
                + 0.12 * fbm3(to * 18.0, 2, 72);
            let colour = v3(0.86, 0.50, 0.14).mix(v3(0.58, 0.055, 0.035), ramp(0.25, 1.0, blush));
            let normal = bumped(hit, 0.004, |p: V3| 0.0016 * fbm3(p * 60.0, 2, 73));
            let sheen = v3(0.30, 0.24, 0.20);
            Surface { normal, sheen, depth: v3(0.05, 0.02, 0.01), ..Surface::glossy(hit, colour, 0.03, 0.6) }
        });
        let shape = Mesh::ball(96, 64, |d: V3| {
            let cleft = 0.09 * bell(d.x, 0.10) * ramp(-0.5, 0.2, d.z + 0.5 * d.y);
            1.0 - cleft - 0.2 * bell(1.0 - d.y, 0.06) + 0.03 * bell(1.0 + d.y, 0.08)
        });
        scene.add(&shape.placed(at, upright(up), size), skin);
    }
}

fn pear(scene: &mut Scene) {
    let skin = scene.shader(|hit: &Hit| {
        let p = hit.place;
        let freckle = ramp(0.8, 0.98, -pores(p * 15.0));
        let blush = ramp(0.1, 0.9, 0.4 + 0.5 * fbm3(p * 1.4, 3, 81) + 0.4 * (p.x - 2.5));
        let green = v3(0.42, 0.42, 0.05).mix(v3(0.62, 0.45, 0.06), 0.5 + 0.5 * fbm3(p * 3.0, 4, 82));
        let colour = green.mix(v3(0.48, 0.12, 0.03), blush * 0.7).mix(v3(0.22, 0.13, 0.04), freckle * 0.6);
        Surface { depth: v3(0.03, 0.022, 0.008), ..Surface::glossy(hit, colour, 0.04, 0.36) }
    });
    let points = [
        (0.0, 0.03),
        (0.12, 0.0),
        (0.34, 0.08),
        (0.48, 0.32),
        (0.47, 0.55),
        (0.33, 0.84),
        (0.21, 1.08),
        (0.16, 1.22),
        (0.07, 1.28),
        (0.0, 1.25),
    ];
    let bend = |p: V3| v3(p.x + 0.08 * p.y * p.y, p.y, p.z);
    let axes = upright(v3(-0.08, 1.0, 0.1));
    let at = v3(-2.35, 0.02, -0.35);
    scene.add(&Mesh::lathe(72, 72, |t| through(&points, t)).bent(bend).placed(at, axes, 1.08), skin);
    let bark = scene.shader(|hit: &Hit| Surface::matt(hit, v3(0.09, 0.05, 0.025)));
    let stem =
        Mesh::tube(10, 12, |t| bend(v3(0.05 * t * t, 1.24 + 0.3 * t, 0.02 * t)), |t| 0.022 + 0.014 * t * t);
    scene.add_to_last(&stem.placed(at, axes, 1.08), bark);
}

fn grapes(scene: &mut Scene) {
    let skin = scene.shader(|hit: &Hit| {
        let bloom = ramp(-0.25, 0.5, fbm3(hit.place * 7.0, 4, 91));
        let hue = chance(i32::from(hit.object), 1, 92);
        let colour = v3(0.10, 0.012, 0.035).mix(v3(0.05, 0.012, 0.06), hue);
        let colour = colour.mix(v3(0.17, 0.16, 0.26), 0.5 * bloom);
        let depth = v3(0.05, 0.02, 0.025);
        Surface { depth, ..Surface::glossy(hit, colour, 0.045, mix(0.16, 0.5, bloom)) }
    });
    let berry = Mesh::ball(32, 22, |d: V3| 1.0 + 0.05 * d.y * d.y);
    let mut dice = Dice(17);
    let mut berries: Vec<V3> = Vec::new();
    for n in 0..400 {
        let t = dice.unit();
        let (turn, spread) = (dice.between(0.0, TAU), dice.unit().sqrt() * mix(0.34, 0.10, t));
        let at = v3(-1.72 + 0.85 * t + spread * cos(turn), 0.17, 1.05 + 0.25 * t * t + spread * sin(turn));
        let layer = if n < 250 { 0.0 } else { 0.25 };
        let at = at + v3(0.0, layer, 0.0);
        if berries.iter().all(|b| (*b - at).length() > 0.27) && (layer == 0.0 || spread < 0.2) {
            berries.push(at);
        }
    }
    for at in berries {
        let up = v3(dice.between(-1.0, 1.0), dice.unit(), dice.between(-1.0, 1.0));
        scene.add(&berry.placed(at, upright(up), dice.between(0.145, 0.165)), skin);
    }
    let bark = scene.shader(|hit: &Hit| Surface::matt(hit, v3(0.12, 0.10, 0.03)));
    let path =
        |t: f32| v3(-1.95 + 0.75 * t, 0.42 - 0.1 * t + 0.1 * atan2(0.3 - t, 0.2), 0.95 + 0.3 * t + t * 0.05);
    scene.add(&Mesh::tube(8, 20, path, |t| 0.026 - 0.012 * t), bark);
}
