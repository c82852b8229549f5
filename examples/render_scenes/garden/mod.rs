//! Peonies in the first sun, with dew, against a garden far out of focus.

mod plants;

use crate::film::Painting;
use crate::maths::{V2, V3, bell, mix, ramp, v2, v3};
use crate::noise::{chance, fbm};
use crate::trace::{Camera, Frame, Light, Scene, render};

pub(crate) fn paint(width: usize, height: usize, samples: u32, seed: u32) -> Painting {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let frame = Frame { width, height, samples, seed, threads };
    let camera = Camera::new(v3(0.0, 0.9, 9.0), v3(0.0, 0.05, 0.0), 3.5).focused(v3(0.4, 0.2, 0.45), 0.13);
    render(&scene(), &camera, frame)
}

fn scene() -> Scene {
    let sun = Light::facing(v3(-7.0, 6.5, -3.6), v3(0.0, 0.0, 0.0), 2.2, 2.2, v3(190.0, 150.0, 98.0));
    let cloud = Light::facing(v3(3.5, 6.5, 6.0), v3(0.0, 0.0, 0.0), 6.0, 5.0, v3(2.9, 3.0, 3.2));
    let mut scene = Scene::new(vec![sun, cloud], distance);
    plants::grow(&mut scene);
    scene.ready()
}

/// What lies beyond: leaves and gaps of morning light between them, melted into discs by the lens.
fn distance(to: V3) -> V3 {
    if to.z > -0.2 {
        return v3(0.10, 0.14, 0.12).mix(v3(0.42, 0.50, 0.60), ramp(-0.3, 0.9, to.y));
    }
    let p = v2(to.x / -to.z, to.y / -to.z + 0.1);
    let tone = 0.5 + 0.5 * fbm(p * 5.0, 3, 4);
    let shade = v3(0.012, 0.030, 0.016).mix(v3(0.060, 0.105, 0.032), tone);
    let dawn = v3(0.44, 0.34, 0.13) * (bell(p.x + 0.26, 0.22) * bell(p.y - 0.20, 0.20));
    shade + dawn + discs(p)
}

/// Spots of light, each as round as the lens.
fn discs(p: V2) -> V3 {
    let mut sum = V3::default();
    for (layer, (cell, most)) in [(0.075, 0.034), (0.05, 0.022)].into_iter().enumerate() {
        let (cx, cy) = ((p.x / cell).floor() as i32, (p.y / cell).floor() as i32);
        for n in 0..9 {
            let (x, y) = (cx + n % 3 - 1, cy + n / 3 - 1);
            let at = |k: u32| chance(x, y, 50 + 10 * layer as u32 + k);
            let centre = v2((x as f32 + at(0)) * cell, (y as f32 + at(1)) * cell);
            let radius = most * mix(0.55, 1.0, at(2));
            let off = (p - centre).length() / radius;
            let likely = 0.20 + 0.55 * ramp(0.45, 0.0, (centre - v2(-0.22, 0.14)).length());
            if off < 1.0 && at(3) < likely {
                let hue = v3(0.30, 0.38, 0.09).mix(v3(0.95, 0.66, 0.30), at(4));
                sum += hue * (0.95 * at(5) * (0.75 + 0.35 * off * off) * ramp(1.0, 0.93, off));
            }
        }
    }
    sum
}
