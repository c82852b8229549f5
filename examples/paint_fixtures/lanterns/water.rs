//! The lake: the scene above seen again through small waves.

use super::SHORE;
use super::sky::air;
use crate::canvas::{Bounds, Canvas, hex};
use crate::maths::{V2, V3, bell, mix, ramp, v2};
use crate::noise::fbm;

pub(crate) fn paint(canvas: &mut Canvas) {
    let above = canvas.copy();
    let lake = Bounds(0.0, SHORE, 1200.0, 800.0);
    canvas.paint(lake, |p, _| if p.y < SHORE { above.look(p) } else { surface(&above, p) });
}

/// The slope of the water, from waves that shrink towards the horizon as perspective wants.
pub(crate) fn slope(p: V2) -> V2 {
    let near = (p.y - SHORE).max(0.5) / 300.0;
    let far = 1.0 / (near + 0.09);
    let q = v2((p.x - 600.0) / 46.0 * far * 0.5, far * 15.0);
    let swell = fbm(q, 4, 80);
    let cross = fbm(v2(q.x * 1.7 + 40.0, q.y * 1.5), 3, 81);
    v2(cross, swell)
}

fn surface(above: &Canvas, p: V2) -> V3 {
    let near = (p.y - SHORE) / 300.0;
    let wave = slope(p);
    let reach = 5.0 + 62.0 * near;
    let mirror = v2(p.x + wave.x * reach * 0.22, SHORE - (p.y - SHORE) * 1.28 + wave.y * reach);
    let smear = 2.0 + 9.0 * near;
    let mut seen = V3::default();
    for n in -3..=3 {
        let y = (mirror.y + n as f32 * smear * 0.5).min(SHORE - 1.0);
        seen += above.look(v2(mirror.x, y)) * (1.0 / 7.0);
    }
    let deep = hex(0x071a2c).mix(hex(0x0d2c40), ramp(-0.5, 0.5, wave.y));
    let mirrored = mix(0.9, 0.6, ramp(0.0, 1.0, near)) - 0.16 * ramp(0.0, 0.5, wave.y);
    let glint = ramp(0.3, 0.62, wave.y) * ramp(0.0, 0.2, near) * 0.16;
    let shore = bell(p.y - SHORE, 16.0) * 0.2;
    deep.mix(seen, mirrored) + air(v2(p.x, 430.0)) * glint + hex(0xc08a94) * (shore * 0.6)
}

/// The evening mist on the far water, hiding the line where land and lake meet.
pub(crate) fn steam(canvas: &mut Canvas) {
    canvas.fill(Bounds(0.0, SHORE - 40.0, 1200.0, SHORE + 40.0), hex(0xc08f9c), |p| {
        let torn = fbm(v2(p.x / 170.0, p.y / 20.0), 4, 84);
        let level = SHORE - 3.0 + 7.0 * fbm(v2(p.x / 240.0, 2.0), 2, 85);
        bell(p.y - level, 11.0) * (0.42 + 0.6 * torn).clamp(0.0, 0.8)
    });
}
