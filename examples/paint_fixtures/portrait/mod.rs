//! "Portrait": a girl of clay and silk, head and shoulders, in the light of late afternoon.
//!
//! Large forms are solids melted together; what is thinner than a finger (brows, lashes, irises, brocade) is painted on them.

mod brush;
mod form;
mod scene;

use brush::{eye, lip_cover, skin, strands};
use form::{EYE, EYE_RADIUS, collar, earring, face, flowers, hair, neck, pin, torso};
use scene::{brocade, garden, trim};

use crate::canvas::{Canvas, Png, hex};
use crate::march::{Camera, Ray, melt, normal, openness, sees, sphere};
use crate::maths::{V3, atan2, cos, mix, pow, ramp, sin, v2, v3};
use crate::noise::{fbm, fbm3};

const WIDTH: usize = 480;
const HEIGHT: usize = 600;
const SUN: V3 = v3(-0.58, 0.5, 0.66);
/// How far the head is turned and tilted.
const TURN: f32 = 0.3;
const TILT: f32 = 0.07;

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Skin,
    Eye,
    Hair,
    Silk,
    Collar,
    Gold,
    Petal,
}

pub(crate) fn paint() -> Png {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let camera = Camera::new(v3(0.0, -0.2, 9.0), v3(0.0, -0.42, 0.0), 4.35);
    let frame = canvas.all();
    canvas.paint(frame, |p, _| {
        let ray = camera.ray(p, WIDTH as f32, HEIGHT as f32);
        ray.meet(6.5, 11.5, &field).map_or_else(|| garden(p), |hit| light(hit, &ray))
    });
    canvas.develop(0.6)
}

/// From the room into the head's own space, where the face looks along z.
fn to_head(p: V3) -> V3 {
    let (s, c) = (sin(-TURN), cos(-TURN));
    let q = v3(c * p.x + s * p.z, p.y, -s * p.x + c * p.z);
    let (s, c) = (sin(TILT), cos(TILT));
    v3(c * q.x - s * q.y, s * q.x + c * q.y, q.z)
}

fn field(p: V3) -> f32 {
    nearest(p).0
}

fn nearest(p: V3) -> (f32, Part) {
    let mut best = (torso(p), Part::Silk);
    let mut offer = |d: f32, part: Part| {
        if d < best.0 {
            best = (d, part);
        }
    };
    offer(collar(p), Part::Collar);
    let q = to_head(p);
    let around = (q - v3(0.0, 0.1, -0.05)).length() - 1.75;
    if around > 0.3 {
        offer(around, Part::Hair);
        return best;
    }
    let mirrored = v3(q.x.abs(), q.y, q.z);
    offer(melt(face(mirrored), neck(p), 0.12), Part::Skin);
    offer(sphere(mirrored, EYE, EYE_RADIUS), Part::Eye);
    offer(hair(q, mirrored), Part::Hair);
    offer(pin(q), Part::Gold);
    offer(earring(mirrored), Part::Gold);
    offer(flowers(q), Part::Petal);
    best
}

struct Stuff {
    colour: V3,
    gloss: f32,
    /// How red light goes on under the surface, as in skin.
    flesh: f32,
}

fn light(p: V3, ray: &Ray) -> V3 {
    let part = nearest(p).1;
    let n = normal(p, 0.002, &field);
    let stuff = stuff(p, part);
    let sun = SUN.unit();
    let seen = sees(p + n * 0.015, sun, 5.0, 4.0, &field);
    let open = openness(p, n, 0.35, &field);
    let facing = n.dot(sun);
    let wrap = |w: f32| ((facing + w) / (1.0 + w)).max(0.0);
    let shade = mix(seen, 1.0, 0.25 * stuff.flesh);
    let key = v3(wrap(0.2 + 0.35 * stuff.flesh), wrap(0.2 + 0.1 * stuff.flesh), wrap(0.2)) * shade;
    let back = pow((1.0 + ray.to.dot(n)).clamp(0.0, 1.0), 3.0) * ramp(-0.3, 0.8, n.x + 0.4 * n.y) * open;
    let fill =
        hex(0xa9b8d8) * (0.34 * (0.6 + 0.4 * n.y) * open) + hex(0xd9a184) * (0.26 * (0.5 - 0.4 * n.y) * open);
    let room = hex(0xfff0da).tint(key) * 1.3 + fill + hex(0xffc48a) * (0.75 * back);
    let half = (sun - ray.to).unit();
    let gleam = match part {
        Part::Hair => strand_light(p, n, half) * seen,
        Part::Eye => V3::default(),
        _ => hex(0xfff6e8) * (pow(n.dot(half).max(0.0), mix(12.0, 90.0, stuff.gloss)) * stuff.gloss * seen),
    };
    let glint = if part == Part::Eye { catchlight(n, ray) } else { V3::default() };
    let crease =
        V3::default().mix(stuff.colour, 0.35).tint(hex(0xd05a3c)) * (stuff.flesh * (1.0 - open) * 0.6);
    stuff.colour.tint(room) * mix(0.5, 1.0, open) + gleam + glint + crease
}

/// Kajiya and Kay's highlight (1989): as long as a strand is fine, the band lies across the strands.
fn strand_light(p: V3, n: V3, half: V3) -> V3 {
    let q = to_head(p);
    let down = v3(q.x * 0.5, -1.0, -q.z * 0.2);
    let along = (down - n * n.dot(down)).unit();
    let strand = fbm(v2(atan2(q.x, q.z) * 34.0, q.y * 1.2), 3, 14);
    let t = along.dot(half) + 0.16 * strand;
    hex(0xc9a183)
        * (0.26
            * pow((1.0 - t * t).max(0.0).sqrt(), 46.0)
            * (0.7 + 0.6 * strand)
            * ramp(-0.1, 0.5, n.dot(half)))
}

fn catchlight(n: V3, ray: &Ray) -> V3 {
    let mirrored = ray.to - n * (2.0 * n.dot(ray.to));
    let window = ramp(0.925, 0.95, mirrored.dot(v3(-0.42, 0.4, 0.8).unit()));
    let low = ramp(0.9, 0.97, mirrored.dot(v3(0.45, -0.4, 0.8).unit()));
    hex(0xffffff) * (1.2 * window) + hex(0xd8b090) * (0.1 * low)
}

fn stuff(p: V3, part: Part) -> Stuff {
    let q = to_head(p);
    match part {
        Part::Skin => Stuff { colour: skin(q), gloss: 0.12 + 0.3 * lip_cover(q), flesh: 1.0 },
        Part::Eye => Stuff { colour: eye(q), gloss: 1.0, flesh: 0.15 },
        Part::Hair => Stuff { colour: strands(q), gloss: 0.3, flesh: 0.0 },
        Part::Silk => Stuff { colour: brocade(p), gloss: 0.22, flesh: 0.05 },
        Part::Collar => Stuff { colour: trim(p), gloss: 0.15, flesh: 0.1 },
        Part::Gold => Stuff { colour: hex(0xd9a23a), gloss: 0.9, flesh: 0.0 },
        Part::Petal => Stuff {
            colour: hex(0xc81e2c).mix(hex(0xff7a5a), ramp(-0.2, 0.6, fbm3(q * 5.0, 2, 4))),
            gloss: 0.1,
            flesh: 0.5,
        },
    }
}
