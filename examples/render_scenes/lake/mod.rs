//! A lake among towers of limestone at dawn: mist in layers, still water, a fisherman on a raft of bamboo, a pine.

mod air;
mod cutout;
mod pine;
mod raft;
mod terrain;
mod water;
mod worn;

use crate::film::Painting;
use crate::lens::{Lens, Luck, Ray, Seen, expose};
use crate::maths::{V3, pow, ramp, v2, v3};
use crate::noise::{fbm, value};
use air::Air;
use cutout::Cutouts;
use terrain::Terrain;

const WATER: u16 = 1;
const EXPOSURE: f32 = 0.74;
/// Towers count from here.
const TOWERS: u16 = 100;

struct Lake {
    air: Air,
    ground: Terrain,
    cutouts: Cutouts,
    seed: u32,
}

pub(crate) fn paint(width: usize, height: usize, samples: u32, seed: u32) -> Painting {
    let sun = v3(0.085, 0.20, 1.0).unit();
    let lake = Lake { air: Air { sun }, ground: Terrain::new(seed, sun), cutouts: Cutouts::new(seed), seed };
    let lens = Lens { eye: v3(0.0, 4.2, 0.0), half: 0.36, rise: 0.105, opening: 0.02, focus: 30.0 };
    // Light out of doors is smooth: a third of the samples that a room needs are enough.
    expose((width, height), samples.div_ceil(3), seed, &lens, |ray, luck| lake.look(ray, luck))
}

impl Lake {
    fn look(&self, ray: Ray, luck: &mut Luck) -> Seen {
        let surface = (ray.to.y < -1e-4).then(|| -ray.from.y / ray.to.y).filter(|&t| t < 6000.0);
        let dry = self.dry(ray, surface.unwrap_or(f32::MAX), luck, 26);
        let mut seen = dry.unwrap_or_else(|| match surface {
            Some(t) => self.water(ray, t, luck),
            None => self.open_sky(ray, luck, 26),
        });
        seen.light = (seen.light + raft::halo(ray)) * EXPOSURE;
        seen
    }

    /// What a ray meets above the water before `limit`, seen through the air.
    fn dry(&self, ray: Ray, limit: f32, luck: &mut Luck, steps: u32) -> Option<Seen> {
        if let Some(near) = raft::meet(ray, limit, &self.air) {
            return Some(near);
        }
        if let Some((t, light, object)) = self.cutouts.meet(ray, limit, &self.air) {
            let (light, _) = self.air.through(ray, t, light, &self.ground, luck.next(), 4);
            return Some(Seen { light, object });
        }
        let t = self.ground.meet(ray, limit.min(4000.0))?;
        let light = self.rock(ray.at(t), t);
        let (light, left) = self.air.through(ray, t, light, &self.ground, luck.next(), steps);
        let object = if left < 0.05 { 0 } else { TOWERS + self.ground.owner(ray.at(t)) };
        Some(Seen { light, object })
    }

    fn open_sky(&self, ray: Ray, luck: &mut Luck, steps: u32) -> Seen {
        let sky = self.air.sky(ray.to);
        let (light, _) = self.air.through(ray, 5200.0, sky, &self.ground, luck.next(), steps);
        Seen { light, object: 0 }
    }

    /// Trees where they can stand, pale rock where they cannot.
    fn rock(&self, p: V3, t: f32) -> V3 {
        let rough = |seed: u32| fbm(v2(p.x * 0.16 + p.z * 0.05, p.y * 0.13), 5, seed);
        let normal = self.ground.normal(p, (0.0011 * t).max(0.35));
        let normal = (normal + v3(rough(44), rough(45), 0.3 * rough(46)) * 0.9).unit();
        let bare = self.ground.normal(p, 5.0);
        let flat = v2(p.x, p.z);
        let cliff = ramp(0.27, 0.13, bare.y + 0.16 * fbm(v2(p.x * 0.05, p.y * 0.07), 4, 41));
        let green = v3(0.030, 0.058, 0.030).mix(v3(0.10, 0.10, 0.035), 0.5 + 0.5 * value(flat * 0.09, 42));
        let stone = v3(0.26, 0.245, 0.23) * (0.8 + 0.4 * fbm(v2(p.x * 0.12, p.y * 0.035), 4, 43));
        let albedo = green.mix(stone, cliff);
        let lit = normal.dot(self.air.sun).max(0.0) * self.ground.sunlit(p + normal * 2.0);
        let hollow = 0.25 + 1.1 * ramp(-0.1, 0.95, normal.y);
        albedo.tint(self.air.ambient(normal) * hollow + self.air.sunlight() * lit)
    }

    /// The mirror, and through it the dark of the lake.
    fn water(&self, ray: Ray, t: f32, luck: &mut Luck) -> Seen {
        let p = ray.at(t);
        let normal = water::normal(p, t, self.seed);
        let facing = -ray.to.dot(normal);
        let mirrored = ray.to + normal * (2.0 * facing);
        let back = Ray {
            from: v3(p.x, 0.001, p.z),
            to: v3(mirrored.x, mirrored.y.abs().max(0.002), mirrored.z).unit(),
        };
        let shown = match self.dry(back, f32::MAX, luck, 16) {
            Some(seen) => seen.light,
            None => self.open_sky(back, luck, 16).light,
        };
        let fresnel = 0.04 + 0.96 * pow(1.0 - facing.clamp(0.0, 1.0), 4.0);
        let deep = v3(0.030, 0.052, 0.060);
        let light = deep.mix(shown.tint(v3(0.93, 0.96, 1.0)), fresnel);
        let (light, left) = self.air.through(ray, t, light, &self.ground, luck.next(), 12);
        Seen { light, object: if left < 0.05 { 0 } else { WATER } }
    }
}
