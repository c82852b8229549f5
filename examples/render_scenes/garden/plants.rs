//! The bushes: blossoms, buds, leaves on their stems, and drops.

use std::f32::consts::TAU;

use crate::flora::{Blossom, leaf, leaf_mesh, petal, stamen, turned};
use crate::maths::{V3, cos, mix, ramp, sin, v3};
use crate::noise::{Dice, chance};
use crate::trace::{Hit, Mesh, Scene, Surface};

/// Numbers of the materials.
struct Paints {
    pink: u16,
    white: u16,
    stamen: u16,
    leaf: u16,
    stem: u16,
    dew: u16,
}

pub(crate) fn grow(scene: &mut Scene) {
    let paints = Paints {
        pink: scene.shader(|hit: &Hit| petal(hit, v3(0.74, 0.075, 0.20), v3(0.90, 0.46, 0.54))),
        white: scene.shader(|hit: &Hit| petal(hit, v3(0.90, 0.66, 0.62), v3(0.91, 0.88, 0.84))),
        stamen: scene.shader(stamen),
        leaf: scene.shader(|hit: &Hit| {
            let age = chance(i32::from(hit.object), 7, 1);
            leaf(hit, v3(0.022, 0.075, 0.022).mix(v3(0.075, 0.145, 0.028), age * age))
        }),
        stem: scene.shader(|hit: &Hit| Surface::glossy(hit, v3(0.10, 0.13, 0.04), 0.03, 0.5)),
        dew: scene.shader(drop),
    };
    near(scene, &paints);
    bush(scene, &paints);
    far(scene, &paints);
}

fn near(scene: &mut Scene, paints: &Paints) {
    let flowers = [
        (
            v3(0.62, 0.16, 0.0),
            v3(-0.22, 0.50, 0.85),
            Blossom { size: 1.02, open: 0.86, rings: 6, ruffle: 0.11, stamens: 90, seed: 3 },
            paints.pink,
        ),
        (
            v3(-1.02, -0.42, -0.55),
            v3(-0.35, 0.72, 0.6),
            Blossom { size: 0.80, open: 0.80, rings: 6, ruffle: 0.10, stamens: 80, seed: 5 },
            paints.white,
        ),
        (
            v3(2.05, -0.66, -0.6),
            v3(0.5, 0.7, 0.6),
            Blossom { size: 0.74, open: 0.68, rings: 6, ruffle: 0.10, stamens: 50, seed: 9 },
            paints.pink,
        ),
        (
            v3(-0.42, 0.80, -0.35),
            v3(-0.25, 1.0, 0.25),
            Blossom { size: 0.44, open: 0.12, rings: 4, ruffle: 0.05, stamens: 0, seed: 11 },
            paints.pink,
        ),
        (
            v3(1.95, 0.95, -0.7),
            v3(0.3, 1.0, 0.2),
            Blossom { size: 0.36, open: 0.05, rings: 4, ruffle: 0.04, stamens: 0, seed: 13 },
            paints.white,
        ),
    ];
    let mut dice = Dice(3);
    for (at, up, blossom, colour) in flowers {
        let (size, open) = (blossom.size, blossom.open);
        let first = scene.mesh.places.len();
        blossom.grow(scene, at, up, colour, paints.stamen);
        if open > 0.5 {
            dew(scene, paints.dew, first, &mut dice);
        }
        let foot = v3(at.x * 0.75 + 0.1, -3.2, at.z - 0.5);
        let start = at - up.unit() * (0.04 * size);
        let bow = up.unit() * -0.9;
        let path = |t: f32| start + bow * (t * (1.0 - t)) + (foot - start) * (t * t);
        scene.add(&Mesh::tube(10, 30, path, |_| 0.034), paints.stem);
        let sepal = leaf_mesh(0.30, 0.2, 4);
        for n in 0..5 {
            let out = turned(up, TAU * n as f32 / 5.0 + 0.4);
            scene.add(&sepal.placed(start, [out[0], out[1], out[2]], 0.42 * size), paints.leaf);
        }
        for n in 0..9 {
            let t = 0.16 + 0.07 * n as f32;
            spray(scene, paints, path(t), dice.between(0.0, TAU), &mut dice);
        }
    }
}

/// Drops on everything grown since the place number `first`.
fn dew(scene: &mut Scene, paint: u16, first: usize, dice: &mut Dice) {
    let ball = Mesh::ball(16, 12, |d: V3| 1.0 - 0.25 * d.y.abs());
    let count = (scene.mesh.places.len() - first) as f32;
    for _ in 0..70 {
        let n = first + (dice.unit() * (count - 1.0)) as usize;
        let (at, normal) = (scene.mesh.places[n], scene.mesh.normals[n]);
        let out = if normal.z < 0.0 { -normal } else { normal };
        scene.add(&ball.placed(at, turned(out, 0.0), dice.between(0.010, 0.024)), paint);
    }
}

/// A drop is a lens: bright where it gathers the light, opposite to where it comes from.
fn drop(hit: &Hit) -> Surface {
    let low = ramp(0.6, -0.6, hit.normal.y - hit.normal.x * 0.4);
    let colour = v3(0.42, 0.14, 0.19).mix(v3(0.95, 0.80, 0.78), low);
    Surface::glossy(hit, colour, 0.05, 0.05)
}

/// A leaf on its stalk, turned anywhere, rather flat.
fn spray(scene: &mut Scene, paints: &Paints, at: V3, turn: f32, dice: &mut Dice) {
    let out = v3(cos(turn), dice.between(-0.15, 0.5), sin(turn)).unit();
    let side = v3(0.0, 1.0, 0.0).cross(out).unit();
    let roll = dice.between(-0.5, 0.5);
    let up = out.cross(side);
    let (x, y) = (side * cos(roll) + up * sin(roll), up * cos(roll) - side * sin(roll));
    let long = dice.between(0.62, 1.0);
    let mesh = leaf_mesh(dice.between(0.21, 0.29), dice.between(0.2, 0.5), dice.between(0.0, 999.0) as u32);
    scene.add(&mesh.placed(at + out * 0.12, [x, y, out], long), paints.leaf);
    scene.add_to_last(&Mesh::tube(5, 3, |t| at + out * (0.14 * t), |_| 0.014), paints.stem);
}

/// Leaves behind and below the blossoms.
fn bush(scene: &mut Scene, paints: &Paints) {
    let mut dice = Dice(29);
    for _ in 0..230 {
        let (x, depth) = (dice.between(-3.0, 3.2), dice.unit());
        let top = -0.55 + 0.10 * x + 0.25 * sin(x * 2.1) - 0.1 * depth;
        let at = v3(x, mix(top, -2.2, dice.unit()), mix(-0.2, -1.8, depth));
        let turn = dice.between(0.0, TAU);
        spray(scene, paints, at, turn, &mut dice);
    }
}

/// What stands behind, to be blurred.
fn far(scene: &mut Scene, paints: &Paints) {
    let mut dice = Dice(71);
    for _ in 0..260 {
        let z = dice.between(-7.0, -3.2);
        let at = v3(dice.between(-4.6, 4.6), dice.between(-2.6, 0.2) + 0.25 * (z + 5.0) - 0.4, z);
        let turn = dice.between(0.0, TAU);
        spray(scene, paints, at, turn, &mut dice);
    }
    for n in 0..7 {
        let at = v3(
            mix(-3.9, 4.2, n as f32 / 6.0) + dice.between(-0.3, 0.3),
            dice.between(-1.1, 0.5),
            dice.between(-6.0, -3.5),
        );
        let blossom = Blossom {
            size: dice.between(0.5, 0.75),
            open: 0.75,
            rings: 4,
            ruffle: 0.15,
            stamens: 0,
            seed: 100 + n,
        };
        let colour = if n % 3 == 1 { paints.white } else { paints.pink };
        blossom.grow(scene, at, v3(dice.between(-0.5, 0.5), 0.8, 0.6), colour, paints.stamen);
    }
}
