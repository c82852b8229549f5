//! Petals, blossoms and leaves, for any scene that wants them.

use std::f32::consts::{PI, TAU};

use crate::maths::{V3, bell, cos, mix, pow, ramp, sin, v2, v3};
use crate::noise::{Dice, fbm, value};
use crate::trace::{Hit, Mesh, Scene, Surface, bumped, upright};

/// Unit vectors of a thing whose top points along `up`, turned around it.
pub(crate) fn turned(up: V3, turn: f32) -> [V3; 3] {
    let [x, y, z] = upright(up);
    let (s, c) = (sin(turn), cos(turn));
    [x * c + z * s, y, z * c - x * s]
}

/// How a petal grows from the middle of its flower, which looks along `+y`.
#[derive(Clone, Copy)]
pub(crate) struct Petal {
    /// Elevation where it leaves the middle, and how much it rises on the way.
    pub(crate) rise: f32,
    pub(crate) curl: f32,
    pub(crate) length: f32,
    pub(crate) width: f32,
    /// How much its sides stand up, and how much its rim waves.
    pub(crate) cup: f32,
    pub(crate) ruffle: f32,
    pub(crate) seed: u32,
}

impl Petal {
    pub(crate) fn mesh(self) -> Mesh {
        Mesh::sheet(16, 18, |u, v| self.place(u * 2.0 - 1.0, v))
    }

    fn place(self, u: f32, v: f32) -> V3 {
        let notch = 1.0 - 0.09 * bell(u, 0.22) - 0.10 * u * u * v;
        let along = self.length * v * notch;
        let half = self.width * pow(sin(PI * (0.05 + 0.80 * pow(v, 0.8))), 0.75);
        let side = u * half;
        let bend = self.rise + self.curl * v;
        let wave = self.ruffle
            * v
            * v
            * (fbm(v2(u * 2.2, v * 1.5 + self.seed as f32), 3, self.seed)
                + 0.3 * sin(u * 7.0 + self.seed as f32) * v);
        let lift = self.cup * side * side / self.width + wave * self.length;
        let (out, up) = (cos(bend), sin(bend));
        v3(side, along * up + lift * out, along * out - lift * up + 0.02)
    }
}

/// A flower: rings of petals from the outside in, and stamens.
pub(crate) struct Blossom {
    pub(crate) size: f32,
    /// 0 is a bud, 1 is wide open.
    pub(crate) open: f32,
    pub(crate) rings: u32,
    pub(crate) ruffle: f32,
    pub(crate) stamens: u32,
    pub(crate) seed: u32,
}

impl Blossom {
    /// Each petal is an object of its own.
    pub(crate) fn grow(&self, scene: &mut Scene, at: V3, up: V3, petal: u16, stamen: u16) {
        let mut dice = Dice(u64::from(self.seed) * 7919 + 3);
        for ring in 0..self.rings {
            let inward = ring as f32 / self.rings.max(2) as f32;
            let count = if ring < 2 { 7 } else { 6 };
            for n in 0..count {
                let turn = TAU * (n as f32 + 0.5 * ring as f32 + dice.between(-0.12, 0.12)) / count as f32;
                let closed = mix(1.25, 0.12, self.open) + inward * mix(0.2, 1.05, self.open);
                let shape = Petal {
                    rise: closed + dice.between(-0.10, 0.10),
                    curl: mix(0.35, -0.05, self.open * (1.0 - inward)) + dice.between(-0.1, 0.15),
                    length: mix(1.0, 0.52, inward) * dice.between(0.92, 1.06),
                    width: mix(0.50, 0.30, inward) * dice.between(0.9, 1.08),
                    cup: mix(0.45, 0.95, inward),
                    ruffle: self.ruffle * mix(0.8, 1.3, inward),
                    seed: dice.between(0.0, 1e5) as u32,
                };
                let base = at + up.unit() * (0.05 * inward * self.size);
                scene.add(&shape.mesh().placed(base, turned(up, turn), self.size), petal);
            }
        }
        self.middle(scene, at, up, stamen, &mut dice);
    }

    fn middle(&self, scene: &mut Scene, at: V3, up: V3, stamen: u16, dice: &mut Dice) {
        let mut mesh = Mesh::default();
        let anther = Mesh::ball(8, 6, |d: V3| 0.022 + 0.012 * d.y * d.y);
        for _ in 0..self.stamens {
            let (turn, spread) = (dice.between(0.0, TAU), dice.unit().sqrt());
            let top = v3(
                0.20 * spread * cos(turn),
                mix(0.36, 0.27, spread) + dice.between(-0.02, 0.02),
                0.20 * spread * sin(turn),
            );
            let path = |t: f32| v3(top.x * t * t, top.y * t, top.z * t * t);
            mesh.append(&Mesh::tube(5, 6, path, |_| 0.006));
            mesh.append(&anther.placed(top, turned(top, turn), 1.0));
        }
        if self.stamens > 0 {
            scene.add(&mesh.placed(at, turned(up, 0.0), self.size), stamen);
        }
    }
}

/// Thin and veined: half of the light comes through. `deep` at the base, `pale` at the rim.
pub(crate) fn petal(hit: &Hit, deep: V3, pale: V3) -> Surface {
    let [u, v] = hit.uv;
    let seed = u32::from(hit.object);
    let vein = value(v2((u - 0.5) * mix(70.0, 44.0, v), v * 2.2), seed);
    let blush = ramp(0.0, 0.85, v + 0.25 * fbm(v2(u * 3.0, v * 2.0), 3, seed)) * (1.0 + 0.10 * vein);
    let rim = ramp(0.88, 1.0, v) * 0.25;
    let colour = deep.mix(pale, (blush + rim).clamp(0.0, 1.1)) * (1.0 + 0.07 * vein);
    let normal = bumped(hit, 0.01, |p: V3| 0.0028 * fbm(v2(p.x * 14.0 + p.z * 9.0, p.y * 14.0), 2, 5));
    let through = colour.tint(colour) * 0.62;
    Surface { through, normal, sheen: pale * 0.10, ..Surface::glossy(hit, colour * 0.62, 0.025, 0.5) }
}

pub(crate) fn stamen(hit: &Hit) -> Surface {
    let tip = ramp(0.4, 0.6, 0.5 + 0.5 * value(v2(hit.place.x * 40.0, hit.place.z * 40.0), 3));
    Surface::matt(hit, v3(0.72, 0.44, 0.05).mix(v3(0.85, 0.60, 0.13), tip))
}

/// A pointed leaf along `+z`, folded at the rib, its tip hanging.
pub(crate) fn leaf_mesh(width: f32, hang: f32, seed: u32) -> Mesh {
    Mesh::sheet(12, 18, |u, v| {
        let u = u * 2.0 - 1.0;
        let teeth = 1.0 + 0.025 * sin(v * 90.0) * u.abs();
        let half = width * pow(sin(PI * pow(v, 0.82)), 0.85) * (1.0 - 0.25 * v) * teeth;
        let wave = 0.03 * fbm(v2(u * 1.5, v * 3.0), 2, seed);
        let quilt = 0.008 * sin(v * 40.0 - u.abs() * 9.0) * (1.0 - u * u);
        v3(u * half, 0.22 * u.abs() * half + wave + quilt + 0.25 * v - hang * v * v, v)
    })
}

/// Waxy above, with paler veins, and green light where the sun stands behind it.
pub(crate) fn leaf(hit: &Hit, green: V3) -> Surface {
    let [u, v] = hit.uv;
    let across = (u * 2.0 - 1.0).abs();
    let side = v * 9.0 - across * 2.6;
    let vein = bell(across, 0.035).max(0.6 * bell((side - side.floor() - 0.5) * 2.0, 0.10) * (1.0 - across));
    let mottle = 1.0 + 0.3 * fbm(v2(u * 5.0, v * 8.0), 3, u32::from(hit.object));
    let colour = (green * mottle).mix(v3(0.20, 0.27, 0.07), 0.5 * vein);
    let through = v3(0.17, 0.25, 0.018) * (mottle * (1.0 - 0.5 * vein));
    Surface { through, ..Surface::glossy(hit, colour, 0.042, 0.36 + 0.06 * mottle) }
}
