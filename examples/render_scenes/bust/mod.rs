//! A young woman with lowered eyes, in brocade, in front of a dark room.

mod dress;
mod hair;
mod head;
mod shape;

use crate::film::Painting;
use crate::flora::{Blossom, leaf, leaf_mesh, petal, stamen, turned};
use crate::maths::{V3, cos, ramp, sin, v2, v3};
use crate::noise::fbm;
use crate::trace::{Camera, Frame, Hit, Light, Mesh, Scene, render};

pub(crate) fn paint(width: usize, height: usize, samples: u32, seed: u32) -> Painting {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let frame = Frame { width, height, samples, seed, threads };
    let camera = Camera::new(v3(0.5, 0.1, 11.0), v3(0.03, -0.17, 0.0), 4.0).focused(v3(0.2, 0.0, 0.85), 0.22);
    render(&scene(), &camera, frame)
}

/// How the head is held: turned to the light, bowed, and tilted a little.
struct Pose {
    axes: [V3; 3],
}

impl Pose {
    fn new(turn: f32, bow: f32, tilt: f32) -> Self {
        let z = v3(sin(turn) * cos(bow), -sin(bow), cos(turn) * cos(bow));
        let side = v3(0.0, 1.0, 0.0).cross(z).unit();
        let up = z.cross(side);
        let x = side * cos(tilt) + up * sin(tilt);
        Self { axes: [x, z.cross(x), z] }
    }

    fn hold(&self, mesh: &Mesh) -> Mesh {
        mesh.placed(v3(0.0, 0.0, 0.0), self.axes, 1.0)
    }

    /// A place back in the head's own space.
    fn back(&self, p: V3) -> V3 {
        v3(p.dot(self.axes[0]), p.dot(self.axes[1]), p.dot(self.axes[2]))
    }
}

fn scene() -> Scene {
    let key = Light::facing(v3(-5.0, 3.4, 5.2), v3(0.0, -0.2, 0.2), 3.6, 4.2, v3(13.0, 11.6, 9.9));
    let rim = Light::facing(v3(4.5, 2.5, -4.0), v3(0.0, 0.0, 0.0), 1.6, 3.4, v3(1.9, 1.8, 1.7));
    let mut scene = Scene::new(vec![key, rim], room);
    let turn = 0.34;
    let pose = || Pose::new(-turn, 0.10, -0.05);
    let held = pose();
    let skin_pose = pose();
    let skin = scene.shader(move |hit: &Hit| head::skin(hit, skin_pose.back(hit.place)));
    scene.add(&held.hold(&head::mesh(0.015)), skin);
    for side in [-1.0, 1.0] {
        let eye_pose = pose();
        let eye = scene.shader(move |hit: &Hit| head::eye(hit, eye_pose.back(hit.place), side));
        let centre = v3(head::EYE.x * side, head::EYE.y, head::EYE.z);
        scene.add(&held.hold(&Mesh::ball(64, 48, |_| head::EYE_RADIUS).at(centre)), eye);
    }
    let hair_pose = pose();
    let hair = scene.shader(move |hit: &Hit| hair::shade(hit, hair_pose.back(hit.place)));
    scene.add(&held.hold(&hair::ground()), hair);
    scene.add_to_last(&held.hold(&hair::strands()), hair);
    scene.add(&held.hold(&hair::lashes()), hair);
    wear(&mut scene, &held);
    adorn(&mut scene, &held);
    scene.ready()
}

fn wear(scene: &mut Scene, held: &Pose) {
    let silk = scene.shader(|hit: &Hit| dress::jacket_cloth(hit, hit.place));
    scene.add(&dress::jacket(), silk);
    let band = scene.shader(dress::collar_cloth);
    scene.add(&dress::collar(0.0, 0.0, 1.0), band);
    let gold = scene.shader(dress::gold);
    scene.add(&dress::piping(), gold);
    let pearl = scene.shader(dress::pearl);
    for side in [-1.0, 1.0] {
        let at = v3(0.745 * side, -0.54, -0.05);
        scene.add(&held.hold(&Mesh::ball(40, 28, |_| 0.085).at(at)), pearl);
        let hook = Mesh::tube(8, 10, |t| at + v3(0.0, 0.08 + 0.09 * t, 0.0), |_| 0.010);
        scene.add_to_last(&held.hold(&hook), gold);
    }
}

/// Camellias at the knot, and a golden pin through it.
fn adorn(scene: &mut Scene, held: &Pose) {
    let red = scene.shader(|hit: &Hit| petal(hit, v3(0.50, 0.018, 0.030), v3(0.68, 0.060, 0.055)));
    let yellow = scene.shader(stamen);
    let green = scene.shader(|hit: &Hit| leaf(hit, v3(0.022, 0.065, 0.022)));
    let gold = scene.shader(dress::gold);
    let outwards = |p: V3| held.axes[0] * p.x + held.axes[1] * p.y + held.axes[2] * p.z;
    for (to, size, seed) in [(v3(0.55, 0.78, 0.10), 0.30, 4), (v3(0.72, 0.50, -0.22), 0.22, 8)] {
        let (at, up) = (outwards(hair::on_scalp(to, 0.10)), outwards(to + v3(0.1, 0.0, 0.35)));
        let blossom = Blossom { size, open: 0.82, rings: 4, ruffle: 0.06, stamens: 40, seed };
        blossom.grow(scene, at, up, red, yellow);
        for n in 0..4 {
            let axes = turned(up, 1.57 * n as f32 + 0.5);
            let under = at - axes[1] * 0.04;
            scene.add(&leaf_mesh(0.26, 0.3, seed + n).placed(under, axes, size * 1.35), green);
        }
    }
    let (from, to) = (hair::KNOT + v3(-0.62, 0.20, 0.12), hair::KNOT + v3(0.60, -0.02, 0.16));
    let pin = Mesh::tube(10, 4, |t| from.mix(to, t), |_| 0.022);
    scene.add(&held.hold(&pin), gold);
    scene.add_to_last(&held.hold(&Mesh::ball(24, 18, |_| 0.055).at(from)), gold);
}

/// A dark room far out of focus: a brown wall, brighter where the lamp's light falls behind her.
fn room(to: V3) -> V3 {
    if to.z > 0.0 {
        return v3(0.10, 0.085, 0.07);
    }
    let p = v2(to.x, to.y);
    let glow = ramp(0.34, 0.0, (v2(p.x - 0.10, (p.y + 0.06) * 0.8)).length());
    let wall = v3(0.022, 0.026, 0.026).mix(v3(0.20, 0.145, 0.092), glow);
    wall * (1.0 + 0.22 * fbm(p * 9.0, 3, 7))
}
