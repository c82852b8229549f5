//! Follows light backwards, from the camera to where it came from. At every bounce a point of a light is asked directly,
//! and both ways of finding a light are weighed against each other (Veach and Guibas, "Optimally Combining Sampling
//! Techniques for Monte Carlo Rendering", 1995).

use super::bvh::Meeting;
use super::light::Way;
use super::sampler::Sampler;
use super::scene::Scene;
use super::skin::entry;
use super::surface::{Hit, Surface};
use crate::maths::{V3, v3};

const BOUNCES: u32 = 6;
const FAR: f32 = 1e6;
const WHITE: V3 = v3(1.0, 1.0, 1.0);
/// Light that came by more than one bounce is held below this, or single paths would sparkle.
const CLAMP: f32 = 3.0;

/// What the first surface that a path meets looks like: the denoiser's guide.
#[derive(Clone, Copy, Default)]
pub(crate) struct Guide {
    pub(crate) colour: V3,
    pub(crate) normal: V3,
    pub(crate) distance: f32,
}

/// The light that arrives at `from` out of the direction `to`.
pub(crate) fn trace(scene: &Scene, from: V3, to: V3, sampler: &mut Sampler) -> (V3, Guide) {
    let guide = Guide { distance: 100.0, colour: WHITE, ..Guide::default() };
    let mut walk =
        Walk { scene, sampler, light: V3::default(), share: WHITE, guide, chance: 0.0, blurred: false };
    let mut ray = Some((from, to));
    for bounce in 0..BOUNCES {
        ray = ray.and_then(|(from, to)| walk.step(bounce, from, to));
    }
    (walk.light, walk.guide)
}

/// A path on its way.
struct Walk<'a> {
    scene: &'a Scene,
    sampler: &'a mut Sampler,
    light: V3,
    /// How much of the light found now would reach the camera.
    share: V3,
    guide: Guide,
    /// How likely the present direction was chosen.
    chance: f32,
    /// After a matt surface nobody sees whether the next one is a mirror, but a mirror would make the noise of a caustic.
    blurred: bool,
}

impl Walk<'_> {
    fn gain(&mut self, bounce: u32, more: V3) {
        let limit = if bounce < 1 { 100.0 } else { CLAMP };
        self.light += self.share.tint(more).map(|v| v.min(limit));
    }

    /// Follows one ray to what it meets, gathers the light there, and gives the next ray.
    fn step(&mut self, bounce: u32, from: V3, to: V3) -> Option<(V3, V3)> {
        let meeting = self.scene.bvh.nearest(from, to, FAR);
        if bounce > 0 {
            let reach = meeting.map_or(FAR, |m| m.distance);
            self.gain(bounce, met_lights(self.scene, from, to, reach, self.chance));
        }
        let Some(meeting) = meeting else {
            self.gain(bounce, (self.scene.sky)(to));
            return None;
        };
        let hit = hit_at(self.scene, to, meeting);
        let surface = self.look(bounce, &hit, meeting);
        let lobe = self.sampler.one();
        let (hit, surface, lobe) = if surface.scatters_below() {
            self.enter(bounce, hit, surface, lobe)
        } else {
            let asked = ask_light(self.scene, &hit, &surface, self.sampler);
            self.gain(bounce, asked);
            (hit, surface, lobe)
        };
        let next = surface.sample(hit.view, lobe, self.sampler.pair());
        let (scattered, likely) = surface.scatter(hit.view, next);
        if likely < 1e-6 {
            return None;
        }
        self.share = self.share.tint(scattered) * (1.0 / likely);
        self.chance = likely;
        self.survives(bounce).then(|| (leave(&hit, next), next))
    }

    /// What the hit place is made of; the first one is noted in the guide.
    fn look(&mut self, bounce: u32, hit: &Hit, meeting: Meeting) -> Surface {
        let mut surface = surface_at(self.scene, hit, meeting);
        if bounce == 0 {
            let colour = surface.colour + surface.through + surface.shine;
            self.guide = Guide { colour, normal: surface.normal, distance: meeting.distance };
        }
        if self.blurred {
            surface.rough = surface.rough.max(0.5);
        }
        self.blurred |= surface.rough > 0.3;
        self.gain(bounce, surface.glow);
        surface
    }

    /// Skin either mirrors at its surface, or light goes in, and the path goes on where that light came from.
    fn enter(&mut self, bounce: u32, hit: Hit, surface: Surface, lobe: f32) -> (Hit, Surface, f32) {
        let mirror = surface.mirror_chance(hit.view);
        let skin = Surface { colour: V3::default(), through: V3::default(), ..surface };
        let asked = ask_light(self.scene, &hit, &skin, self.sampler);
        self.gain(bounce, asked);
        if lobe < mirror {
            self.share = self.share * (1.0 / mirror.max(1e-3));
            return (hit, skin, 0.0);
        }
        let (inside, weight) = entry(self.scene, &hit, surface.depth, self.sampler);
        self.share = self.share.tint(weight).tint(surface.colour) * (1.0 / (1.0 - mirror));
        let matt = Surface::matt(&inside, v3(0.96, 0.96, 0.96));
        let hit = Hit { view: inside.normal, ..inside };
        let asked = ask_light(self.scene, &hit, &matt, self.sampler);
        self.gain(bounce, asked);
        (hit, matt, lobe)
    }

    /// Russian roulette: faint paths end early, and those that do not count for more.
    fn survives(&mut self, bounce: u32) -> bool {
        if bounce < 2 {
            return true;
        }
        let keep = self.share.x.max(self.share.y).max(self.share.z).clamp(0.02, 0.95);
        let lives = self.sampler.one() < keep;
        self.share = self.share * (1.0 / keep);
        lives
    }
}

/// A little off the surface, on the side the ray goes to, so that it does not meet the same triangle again.
fn leave(hit: &Hit, to: V3) -> V3 {
    let size = hit.place.x.abs().max(hit.place.y.abs()).max(hit.place.z.abs()).max(1.0);
    hit.place + hit.flat * (if hit.flat.dot(to) > 0.0 { 2e-4 } else { -2e-4 } * size)
}

/// Light of one randomly chosen point of one randomly chosen lamp.
fn ask_light(scene: &Scene, hit: &Hit, surface: &Surface, sampler: &mut Sampler) -> V3 {
    let count = scene.lights.len();
    let pick = sampler.one();
    let place = sampler.pair();
    let chosen = scene.lights.get(((pick * count as f32) as usize).min(count.max(1) - 1));
    let Some(Way { to, distance, light, chance }) = chosen.and_then(|l| l.choose(hit.place, place)) else {
        return V3::default();
    };
    let (scattered, likely) = surface.scatter(hit.view, to);
    if scattered == V3::default() || light == V3::default() {
        return V3::default();
    }
    if scene.bvh.blocked(leave(hit, to), to, distance * 0.9999) {
        return V3::default();
    }
    let chance = chance / count as f32;
    scattered.tint(light) * (weight(chance, likely) / chance)
}

/// Light of the lamps that a ray happens to meet.
fn met_lights(scene: &Scene, from: V3, to: V3, reach: f32, chance: f32) -> V3 {
    let mut sum = V3::default();
    for way in scene.lights.iter().filter_map(|l| l.meet(from, to)) {
        if way.distance < reach {
            sum += way.light * weight(chance, way.chance / scene.lights.len() as f32);
        }
    }
    sum
}

/// The power heuristic.
fn weight(mine: f32, other: f32) -> f32 {
    let ratio = other / mine.max(1e-12);
    1.0 / (1.0 + ratio * ratio)
}

pub(crate) fn hit_at(scene: &Scene, to: V3, meeting: Meeting) -> Hit {
    let mesh = &scene.mesh;
    let corners = mesh.triangles[meeting.triangle as usize].map(|c| c as usize);
    let [u, v] = meeting.weights;
    let w = 1.0 - u - v;
    let [a, b, c] = corners.map(|n| mesh.places[n]);
    let smooth = corners.map(|n| mesh.normals[n]);
    let uvs = corners.map(|n| mesh.uvs[n]);
    let flat = (b - a).cross(c - a).unit();
    let flat = if flat.dot(to) > 0.0 { -flat } else { flat };
    let mean = (smooth[0] * w + smooth[1] * u + smooth[2] * v).unit();
    let mean = if mean.dot(flat) < 0.0 { -mean } else { mean };
    // A smooth normal may lean away from the viewer at an outline: bent back until it just does not.
    let away = mean.dot(to);
    let normal = if away > -0.02 { (mean - to * (away + 0.02)).unit() } else { mean };
    let uv = [0, 1].map(|n| uvs[0][n] * w + uvs[1][n] * u + uvs[2][n] * v);
    let object = scene.parts[meeting.triangle as usize].0;
    Hit { place: a * w + b * u + c * v, uv, normal, flat, view: -to, object }
}

fn surface_at(scene: &Scene, hit: &Hit, meeting: Meeting) -> Surface {
    scene.shaders[scene.parts[meeting.triangle as usize].1 as usize](hit)
}
