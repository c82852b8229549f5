//! A street at night in the rain: neon, lit windows and lanterns, and all of it once more in the wet road.

mod build;
mod facade;
mod glyphs;
mod people;
mod rain;
mod road;
mod room;
mod sign;
mod town;

use crate::film::Painting;
use crate::lens::{Lens, Luck, Ray, Seen, expose};
use crate::maths::{V3, exp, pow, ramp, sin, v2, v3};
use facade::Skin;
use town::{Hit, Kind, Town};

const ROAD: u16 = 1;
const CABLE: u16 = 2;
/// Light that comes from nowhere in particular: a city under clouds.
const FILL: V3 = v3(0.016, 0.018, 0.032);
const FAR: f32 = 140.0;

struct Street {
    town: Town,
}

pub(crate) fn paint(width: usize, height: usize, samples: u32, seed: u32) -> Painting {
    let street = Street { town: Town::new(seed) };
    let lens = Lens { eye: v3(0.25, 1.62, 0.0), half: 0.44, rise: 0.10, opening: 0.018, focus: 9.5 };
    expose((width, height), samples, seed, &lens, |ray, luck| {
        let (light, object, far) = street.look(ray, luck, 0);
        let air = rain::airlight(ray, far, &street.town.lamps);
        Seen { light: light * exp(-far * 0.006) + air * (1.0 + rain::streaks(ray)), object }
    })
}

impl Street {
    /// Light along a ray, the object it meets, and how far away.
    fn look(&self, ray: Ray, luck: &mut Luck, depth: u32) -> (V3, u16, f32) {
        let ground = if ray.to.y < -1e-4 { -ray.from.y / ray.to.y } else { FAR };
        let hit = self.town.meet(ray, ground.min(FAR));
        let limit = hit.as_ref().map_or(ground.min(FAR), |h| h.t);
        if let Some(met) = people::meet(ray, limit) {
            let p = ray.at(met.t);
            let lit = self.lit(p, met.normal).tint(met.albedo);
            let behind = self.lit(p, -met.normal).tint(met.through) * 0.6;
            return (lit + behind + self.rim(p, met.normal, ray.to), met.object, met.t);
        }
        if let Some(t) = self.town.cable(ray, limit) {
            return (FILL * 0.3, CABLE, t);
        }
        match hit {
            Some(hit) => (self.surface(ray, &hit, luck, depth), hit.part.object, hit.t),
            None if ground < FAR => (self.road(ray, ground, luck, depth), ROAD, ground),
            None => (sky(ray.to), 0, FAR),
        }
    }

    fn surface(&self, ray: Ray, hit: &Hit, luck: &mut Luck, depth: u32) -> V3 {
        let p = ray.at(hit.t);
        let skin = self.skin(hit, p, ray.to);
        let mut light = skin.light + self.lit(p, hit.normal).tint(skin.albedo);
        if skin.mirror > 0.0 && depth < 1 {
            let facing = -ray.to.dot(hit.normal);
            let share = skin.mirror + (1.0 - skin.mirror) * 0.6 * pow(1.0 - facing.clamp(0.0, 1.0), 5.0);
            let to = ray.to + hit.normal * (2.0 * facing);
            let from = p + hit.normal * 0.01;
            light += self.look(Ray { from, to }, luck, depth + 1).0 * share;
        }
        light
    }

    fn skin(&self, hit: &Hit, p: V3, view: V3) -> Skin {
        match hit.part.kind {
            Kind::House(n) => facade::skin(&self.town.houses[n], p, hit.normal, view),
            Kind::Metal => Skin { albedo: v3(0.11, 0.11, 0.11), ..Skin::default() },
            Kind::Awning(paint) => {
                let stripe = if sin(p.z * 12.0) > 0.0 { 1.0 } else { 2.4 };
                Skin { albedo: paint * stripe, ..Skin::default() }
            }
            Kind::Sign(n)
                if self.town.signs[n].upright == (hit.normal.z.abs() > 0.5) && hit.normal.y == 0.0 =>
            {
                let (low, high) = (hit.part.low, hit.part.high);
                let across = match hit.normal {
                    n if n.z < -0.5 => p.x - low.x,
                    n if n.z > 0.5 => high.x - p.x,
                    n if n.x > 0.5 => p.z - low.z,
                    _ => high.z - p.z,
                };
                let light = self.town.signs[n].light(v2(across, high.y - p.y));
                Skin { albedo: v3(0.02, 0.02, 0.025), light, mirror: 0.0 }
            }
            Kind::Sign(_) => Skin { albedo: v3(0.05, 0.05, 0.055), ..Skin::default() },
            Kind::Lantern => {
                let up = (p.y - hit.part.low.y) / 0.22;
                let ribs = 0.8 + 0.2 * sin(up * 16.0);
                let heat = exp(-2.2 * (up + 0.1) * (up + 0.1)) * (-hit.normal.z).max(0.15);
                let paper = v3(1.0, 0.04, 0.012) * (0.8 * ribs) + v3(1.0, 0.17, 0.02) * (1.9 * heat * ribs);
                let cap = ramp(0.80, 0.86, up.abs());
                Skin { albedo: v3(0.1, 0.06, 0.02), light: paper * (1.0 - cap), mirror: 0.0 }
            }
        }
    }

    /// Light of every lamp that falls on a surface.
    fn lit(&self, p: V3, normal: V3) -> V3 {
        let fall = |sum: V3, lamp: &town::Lamp| {
            let to = lamp.place - p;
            let square = to.dot(to);
            let far = square.sqrt().max(1e-4);
            let facing = (to.dot(normal) / far * 0.9 + 0.1).max(0.0);
            let ball = lamp.face.dot(lamp.face) < 0.5;
            let spread = if ball { 0.5 } else { 0.2 + 0.8 * (to.dot(lamp.face) / far).abs() };
            sum + lamp.light * (facing * spread / (square + lamp.size * lamp.size))
        };
        self.town.lamps.iter().fold(FILL * (0.6 + 0.4 * normal.y), fall)
    }

    /// Wet cloth shines where it turns away.
    fn rim(&self, p: V3, normal: V3, view: V3) -> V3 {
        let graze = pow(1.0 - view.dot(normal).abs(), 4.0);
        let to = view - normal * (2.0 * view.dot(normal));
        self.lit(p, to) * (0.45 * graze)
    }

    fn road(&self, ray: Ray, t: f32, luck: &mut Luck, depth: u32) -> V3 {
        let p = ray.at(t);
        let road = road::at(v2(p.x, p.z), t, luck);
        let diffuse = self.lit(p, v3(0.0, 1.0, 0.0)).tint(road.albedo);
        if depth > 0 {
            return diffuse;
        }
        let facing = -ray.to.dot(road.normal);
        let to = ray.to + road.normal * (2.0 * facing);
        let back = Ray { from: v3(p.x, 0.002, p.z), to: v3(to.x, to.y.abs().max(0.002), to.z).unit() };
        let (seen, _, far) = self.look(back, luck, depth + 1);
        let fresnel = 0.025 + 0.975 * pow(1.0 - facing.clamp(0.0, 1.0), 4.5);
        let haze = rain::airlight(back, far, &self.town.lamps) * 0.6;
        diffuse + (seen * exp(-far * 0.006) + haze) * (fresnel * road.wet)
    }
}

fn sky(to: V3) -> V3 {
    v3(0.040, 0.030, 0.052).mix(v3(0.006, 0.009, 0.024), ramp(0.05, 0.5, to.y))
}
