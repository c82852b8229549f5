//! Blue-and-white porcelain, fruit and folded silk in the light of one window.

mod cloth;
mod fruit;
mod porcelain;

use crate::film::Painting;
use crate::maths::{V3, mix, ramp, v2, v3};
use crate::noise::fbm;
use crate::trace::{Camera, Frame, Hit, Light, Mesh, Scene, Surface, render};

pub(crate) fn paint(width: usize, height: usize, samples: u32, seed: u32) -> Painting {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    paint_with(Frame { width, height, samples, seed, threads })
}

pub(crate) fn paint_with(frame: Frame) -> Painting {
    let eye = v3(0.5, 4.1, 9.6);
    let camera = Camera::new(eye, v3(0.0, 1.26, 0.0), 4.5).focused(v3(0.0, 0.8, 0.75), 0.09);
    render(&scene(), &camera, frame)
}

fn scene() -> Scene {
    let window = Light::facing(v3(-6.5, 5.2, 3.6), v3(0.0, 0.6, 0.0), 3.0, 4.4, v3(23.0, 21.0, 18.2));
    let room = |to: V3| v3(0.035, 0.028, 0.022) + v3(0.15, 0.11, 0.075) * ramp(0.2, 1.0, to.x);
    let mut scene = Scene::new(vec![window.patterned(panes)], room);
    room_around(&mut scene);
    cloth::lay(&mut scene);
    porcelain::set(&mut scene);
    fruit::set(&mut scene);
    scene.ready()
}

/// A window of two by three panes.
fn panes(u: f32, v: f32) -> f32 {
    let bar = |x: f32, n: f32| {
        let cell = x * n - (x * n).floor();
        ramp(0.0, 0.05, cell) * ramp(1.0, 0.95, cell)
    };
    bar(u, 2.0) * bar(v, 3.0)
}

/// A plastered wall and a table of dark wood.
fn room_around(scene: &mut Scene) {
    let plaster = scene.shader(|hit: &Hit| {
        let p = v2(hit.place.x, hit.place.y);
        let stain = fbm(p * 0.5, 5, 3) * 0.5 + fbm(p * 6.0, 3, 4) * 0.12;
        Surface::matt(hit, v3(0.165, 0.115, 0.078) * (1.0 + stain))
    });
    let wall = Mesh::sheet(2, 2, |u, v| v3(mix(-9.0, 9.0, u), mix(-1.5, 9.0, v), -3.6));
    scene.add(&wall, plaster);
    let wood = scene.shader(|hit: &Hit| {
        let p = hit.place;
        let grain = fbm(v2(p.x * 0.9, p.z * 9.0 + p.y * 9.0), 5, 21);
        let fine = fbm(v2(p.x * 3.0, p.z * 60.0 + p.y * 60.0), 2, 22);
        let tone = 0.5 + 0.5 * grain + 0.2 * fine;
        let colour = v3(0.045, 0.021, 0.011).mix(v3(0.15, 0.075, 0.036), tone.clamp(0.0, 1.0));
        Surface::glossy(hit, colour, 0.04, 0.42 + 0.1 * fine)
    });
    scene.add(&table_top(), wood);
}

/// The board's upper side, its rounded front edge, and the front.
fn table_top() -> Mesh {
    Mesh::sheet(1, 24, |u, v| {
        let x = mix(-8.0, 8.0, u);
        let (z, y) = cloth::over_the_edge(mix(-3.0, cloth::EDGE + 3.0, v), 0.0);
        v3(x, y, z)
    })
}
