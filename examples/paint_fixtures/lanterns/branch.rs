//! A plum branch in bloom reaching in from the right: wood that forks, buds, and flowers of five petals.

use std::f32::consts::TAU;

use crate::canvas::{Bounds, Canvas, hex, inside};
use crate::maths::{V2, V3, bell, cos, mix, pow, ramp, sin, v2};
use crate::noise::{Dice, fbm};
use crate::shapes::{along, bezier, ellipse};

/// The limb's path: three points of a Bézier curve.
const LIMB: [V2; 3] = [v2(1216.0, 58.0), v2(960.0, 20.0), v2(716.0, 158.0)];
const LIMB_PIECES: usize = 22;

/// A piece of wood.
struct Twig {
    from: V2,
    to: V2,
    thick: (f32, f32),
}

/// The whole plant: wood, and where its flowers sit (place, size).
struct Plum {
    wood: Vec<Twig>,
    flowers: Vec<(V2, f32)>,
}

/// The height at which the limb passes over `x`; lanterns are tied there.
pub(crate) fn limb_at(x: f32) -> f32 {
    let pieces = limb();
    pieces
        .windows(2)
        .find(|w| w[1].x <= x)
        .map_or(60.0, |w| mix(w[0].y, w[1].y, (x - w[0].x) / (w[1].x - w[0].x)))
}

fn limb() -> Vec<V2> {
    (0..=LIMB_PIECES)
        .map(|n| {
            let t = n as f32 / LIMB_PIECES as f32;
            let kink = v2(sin(t * 23.0) * 2.5, sin(t * 17.0 + 1.0) * 6.0 + sin(t * 41.0) * 3.0);
            bezier(LIMB[0], LIMB[1], LIMB[2], t) + kink
        })
        .collect()
}

fn grow() -> Plum {
    let mut plum = Plum { wood: Vec::new(), flowers: Vec::new() };
    let mut dice = Dice(88);
    let path = limb();
    for (n, w) in path.windows(2).enumerate() {
        let thick = |n: usize| mix(15.0, 2.2, pow(n as f32 / LIMB_PIECES as f32, 0.8));
        plum.wood.push(Twig { from: w[0], to: w[1], thick: (thick(n), thick(n + 1)) });
        let heading = crate::maths::atan2(w[1].y - w[0].y, w[1].x - w[0].x);
        let side = if n % 2 == 0 { 1.0 } else { -1.0 };
        let turn = side * dice.between(0.5, 1.05);
        fork(&mut plum, &mut dice, w[1], heading + turn, thick(n) * 0.42, twig_length(n), 2);
    }
    plum
}

fn twig_length(n: usize) -> f32 {
    mix(92.0, 46.0, n as f32 / LIMB_PIECES as f32)
}

/// One twig, bent a little at every step, with smaller ones and flowers along it.
fn fork(plum: &mut Plum, dice: &mut Dice, root: V2, heading: f32, thick: f32, length: f32, depth: u32) {
    let (mut at, mut heading) = (root, heading);
    const STEPS: usize = 6;
    for step in 0..STEPS {
        heading += dice.between(-0.3, 0.3);
        let next = at + v2(cos(heading), sin(heading)) * (length / STEPS as f32);
        let taper = |s: usize| (thick * (1.0 - s as f32 / STEPS as f32)).max(0.8);
        plum.wood.push(Twig { from: at, to: next, thick: (taper(step), taper(step + 1)) });
        if dice.unit() < 0.42 {
            let off = v2(dice.between(-5.0, 5.0), dice.between(-5.0, 5.0));
            plum.flowers.push((next + off, dice.between(5.5, 10.5)));
        }
        if depth > 0 && step > 0 && dice.unit() < 0.3 {
            let side = if dice.unit() < 0.5 { 0.8 } else { -0.8 };
            fork(plum, dice, next, heading + side, taper(step) * 0.7, length * 0.5, depth - 1);
        }
        at = next;
    }
    plum.flowers.push((at, dice.between(2.5, 5.0)));
}

pub(crate) fn paint(canvas: &mut Canvas) {
    for twig in grow().wood.iter().rev() {
        wood(canvas, twig);
    }
}

/// Round wood: cool light from above, lantern light from below, bark along the grain.
fn wood(canvas: &mut Canvas, twig: &Twig) {
    let reach = twig.thick.0 + 2.0;
    let (a, b) = (twig.from, twig.to);
    let bounds =
        Bounds(a.x.min(b.x) - reach, a.y.min(b.y) - reach, a.x.max(b.x) + reach, a.y.max(b.y) + reach);
    canvas.paint(bounds, |p, behind| {
        let (t, d) = along(p, a, b);
        let thick = mix(twig.thick.0, twig.thick.1, t);
        let nearest = a + (b - a) * t;
        let up = ((nearest.y - p.y) / thick).clamp(-1.0, 1.0);
        let bark = fbm(v2(p.x / 9.0 + p.y / 14.0, p.y / 3.2), 4, 95);
        let knots = thick * (1.0 + 0.14 * bark);
        let cool = hex(0x6f6f96) * (ramp(0.1, 1.0, up) * (0.4 + 0.3 * bark));
        let warm = hex(0xff6a30) * (ramp(-0.1, -1.0, up) * 0.16 * (1.0 + bark));
        let core = hex(0x160f14) * (1.0 + 0.6 * bark);
        behind.mix(core + cool + warm, inside(d - knots, 0.7))
    });
}

pub(crate) fn blossom(canvas: &mut Canvas) {
    let mut dice = Dice(404);
    for (at, size) in grow().flowers {
        if size < 5.0 {
            bud(canvas, at, size);
        } else {
            flower(canvas, at, size, &mut dice);
        }
    }
}

fn bud(canvas: &mut Canvas, at: V2, size: f32) {
    canvas.paint(Bounds::around(at, size + 2.0), |p, behind| {
        let q = (p - at) * (1.0 / size);
        let light = ramp(1.0, -0.8, q.y + q.x * 0.3);
        behind.mix(
            hex(0x7a1830).mix(hex(0xff9db0), light),
            inside(((p - at).length() - size * 0.8).min(99.0), 0.7),
        )
    });
}

/// Five round petals seen at a slant, pale at the edge and deep at the heart, with stamens.
fn flower(canvas: &mut Canvas, at: V2, size: f32, dice: &mut Dice) {
    let (spin, slant, lean) = (dice.between(0.0, TAU), dice.between(0.6, 1.0), dice.between(-0.8, 0.8));
    let tone = hex(0xff9fb4).mix(hex(0xffe3e6), dice.unit());
    let to_flower = |p: V2| {
        let q = (p - at).turned(-lean);
        v2(q.x, q.y / slant).turned(-spin) * (1.0 / size)
    };
    for n in 0..5 {
        let angle = n as f32 * TAU / 5.0;
        let seat = v2(cos(angle), sin(angle)) * 0.56;
        canvas.paint(Bounds::around(at, size * 1.25), |p, behind| {
            let q = to_flower(p);
            let local = (q - seat).turned(-angle);
            let shape = ellipse(local, v2(0.0, 0.0), v2(0.47, 0.45)) * size;
            behind.mix(petal(tone, q, local, (p - at).y / size), inside(shape, 0.7))
        });
    }
    stamens(canvas, at, size, &to_flower);
}

fn petal(tone: V3, q: V2, local: V2, down: f32) -> V3 {
    let heart = bell(q.length(), 0.42);
    let cup = 0.78 + 0.3 * ramp(-0.5, 0.5, local.x) - 0.3 * ramp(0.25, 0.46, local.y.abs());
    let dusk = mix(1.0, 0.72, ramp(-0.3, 1.0, down));
    (tone * (cup * dusk) + hex(0xff7a4a) * (0.12 * ramp(0.0, 1.0, down)))
        .mix(hex(0xc2184a) * 0.8, heart * 0.85)
}

fn stamens(canvas: &mut Canvas, at: V2, size: f32, to_flower: &(impl Fn(V2) -> V2 + Sync)) {
    canvas.paint(Bounds::around(at, size), |p, behind| {
        let q = to_flower(p);
        let sector = TAU / 9.0;
        let angle = crate::maths::atan2(q.y, q.x);
        let nearest = (angle / sector).round() * sector;
        let tip = v2(cos(nearest), sin(nearest)) * 0.42;
        let (_, thread) = along(q, v2(0.0, 0.0), tip);
        let colour = behind.mix(hex(0xffd9c0), inside((thread - 0.02) * size, 0.5) * 0.6);
        colour.mix(hex(0xffd24a), inside(((q - tip).length() - 0.08) * size, 0.5))
    });
}
