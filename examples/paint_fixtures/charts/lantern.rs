//! A lantern that swings: twelve frames, the two at its turning point the same to the bit, so that a style which
//! flickers on a picture that does not change is found out.

use crate::canvas::{Canvas, Png, hex, inside};
use crate::maths::{V2, V3, bell, ramp, sin, v2};
use crate::shapes::{block, ellipse, stroke};

const WIDTH: usize = 128;
const HEIGHT: usize = 96;
/// How far through its swing the lantern is, in twelfths; the fourth frame is shown twice.
const MOMENTS: [f32; 12] = [0.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.5, 8.0, 9.0, 10.0, 11.0];

pub(crate) fn paint() -> Png {
    let frames = MOMENTS.map(|m| frame(0.42 * sin(m * std::f32::consts::TAU / 12.0)).bytes);
    Png { frames: MOMENTS.len(), ..Png::new(WIDTH, HEIGHT, png::ColorType::Rgb, frames.concat()) }
}

fn frame(angle: f32) -> Png {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let all = canvas.all();
    canvas.paint(all, |p, _| hex(0x141a36).mix(hex(0x5a3550), ramp(0.0, 96.0, p.y)));
    canvas.fill(all, hex(0x0c0d18), |p| inside(roof(p), 0.7));
    let hook = v2(64.0, 8.0);
    let hung = move |p: V2| (p - hook).turned(angle);
    let heart = hook + v2(0.0, 46.0).turned(-angle);
    canvas.glow(heart, 58.0, hex(0xff7a2e) * 0.5, |d| (1.0 - d) * (1.0 - d));
    canvas.fill(all, hex(0x2a0d10), |p| inside(stroke(hung(p), v2(0.0, 0.0), v2(0.0, 28.0), 0.6, 0.6), 0.5));
    canvas.paint(all, |p, under| silk(hung(p), under));
    canvas.fill(all, hex(0xd9a441), |p| {
        let q = hung(p);
        inside(block(q, v2(0.0, 29.0), v2(8.0, 2.0)).min(block(q, v2(0.0, 63.0), v2(8.0, 2.0))), 0.6)
    });
    canvas.fill(all, hex(0xc22a25), |p| inside(stroke(hung(p), v2(0.0, 65.0), v2(0.0, 80.0), 1.0, 2.6), 0.6));
    canvas.develop(0.0)
}

/// An eave over the picture, with tiles.
fn roof(p: V2) -> f32 {
    let curve = 6.0 + (p.x - 64.0) * (p.x - 64.0) * -0.0006;
    p.y - curve - 1.4 * sin(p.x * 0.8).abs()
}

/// Glowing cloth over ribs, brightest at the heart.
fn silk(q: V2, under: V3) -> V3 {
    let cover = inside(ellipse(q, v2(0.0, 46.0), v2(20.0, 16.5)), 0.6);
    if cover <= 0.0 {
        return under;
    }
    let across = q.x / (20.0 * (1.0 - ((q.y - 46.0) / 18.0) * ((q.y - 46.0) / 18.0)).max(0.05).sqrt());
    let rib = sin(across * 9.0);
    let heat = bell(v2(q.x, q.y - 47.0).length(), 15.0);
    let light = hex(0xb31b16).mix(hex(0xffb14a), heat) * (0.75 + 0.9 * heat);
    under.mix(light * (1.0 - 0.25 * rib * rib), cover)
}
