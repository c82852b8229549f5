//! Every pixel's share of paths, dealt out to threads row by row.

use std::sync::Mutex;

use super::bsdf::brightness;
use super::camera::Camera;
use super::denoise::denoise;
use super::path::{Guide, trace};
use super::sampler::Sampler;
use super::scene::Scene;
use crate::film::Painting;
use crate::maths::V3;

/// How large and how carefully a picture is to be made.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) samples: u32,
    pub(crate) seed: u32,
    pub(crate) threads: usize,
}

/// One pixel: its light, the guides of its paths, and the object at its centre.
#[derive(Clone, Copy, Default)]
pub(crate) struct Pixel {
    pub(crate) light: V3,
    pub(crate) guide: Guide,
    /// Variance of the mean brightness.
    pub(crate) doubt: f32,
    pub(crate) object: u16,
}

pub(crate) fn render(scene: &Scene, camera: &Camera, frame: Frame) -> Painting {
    let mut pixels = vec![Pixel::default(); frame.width * frame.height];
    let rows = Mutex::new(pixels.chunks_mut(frame.width).enumerate());
    let next = || rows.lock().ok().and_then(|mut rows| rows.next());
    std::thread::scope(|scope| {
        for _ in 0..frame.threads.max(1) {
            scope.spawn(|| {
                while let Some((y, row)) = next() {
                    for (x, pixel) in row.iter_mut().enumerate() {
                        *pixel = paint(scene, camera, frame, x, y);
                    }
                }
            });
        }
    });
    let object = pixels.iter().map(|p| p.object).collect();
    let light = denoise(&pixels, frame.width).iter().map(|l| [l.x, l.y, l.z]).collect();
    Painting { width: frame.width, height: frame.height, light, object }
}

fn paint(scene: &Scene, camera: &Camera, frame: Frame, x: usize, y: usize) -> Pixel {
    let half = frame.height as f32 * 0.5;
    let place =
        |dx: f32, dy: f32| ((x as f32 + dx - frame.width as f32 * 0.5) / half, (half - y as f32 - dy) / half);
    let (cx, cy) = place(0.5, 0.5);
    let (from, to) = camera.ray(cx, cy, None);
    let seen = scene.bvh.nearest(from, to, 1e6).map_or(0, |m| scene.parts[m.triangle as usize].0);
    let mut pixel = Pixel { object: seen, ..Pixel::default() };
    let mut squares = 0.0;
    for sample in 0..frame.samples {
        let mut sampler = Sampler::new(x, y, sample, frame.seed);
        let (a, b) = sampler.pair();
        let (px, py) = place(0.5 + tent(a), 0.5 + tent(b));
        let (from, to) = camera.ray(px, py, Some(sampler.pair()));
        let (light, guide) = trace(scene, from, to, &mut sampler);
        let bright = brightness(light);
        squares += bright * bright;
        pixel.light += light;
        pixel.guide.colour += guide.colour;
        pixel.guide.normal += guide.normal;
        pixel.guide.distance += guide.distance;
    }
    let share = 1.0 / frame.samples as f32;
    pixel.light = pixel.light * share;
    pixel.guide.colour = pixel.guide.colour * share;
    pixel.guide.normal = pixel.guide.normal * share;
    pixel.guide.distance *= share;
    let mean = brightness(pixel.light);
    pixel.doubt = (squares * share - mean * mean).max(0.0) * share;
    pixel
}

/// A pixel sees a little of its neighbours, as through real glass: a tent two pixels wide.
fn tent(a: f32) -> f32 {
    if a < 0.5 { (2.0 * a).sqrt() - 1.0 } else { 1.0 - (2.0 - 2.0 * a).sqrt() }
}
