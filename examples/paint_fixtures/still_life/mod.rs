//! "Still life": a blue and white vase, fruit and a cup on a cloth, in the light of a window to the left.

mod porcelain;
mod surfaces;

use porcelain::{petals, porcelain};
use surfaces::{apple_skin, grape_skin, linen, pear_skin, peel};

use crate::canvas::{Canvas, Png, hex};
use crate::march::{Camera, Ray, dent, ellipsoid, melt, normal, openness, rod, sees, sphere};
use crate::maths::{V2, V3, atan2, bell, exp, mix, pow, ramp, sin, v2, v3};
use crate::noise::{fbm, value};

const WIDTH: usize = 640;
const HEIGHT: usize = 480;
const WINDOW: V3 = v3(-0.66, 0.62, 0.42);
const VASE: V3 = v3(-0.62, 0.0, -0.35);
const CUP: V3 = v3(1.72, 0.0, 0.25);

/// Every thing on the table, with its place.
#[derive(Clone, Copy, PartialEq)]
enum Thing {
    Cloth,
    Vase,
    Cup,
    Tea,
    Orange,
    Apple,
    Pear,
    Grape(i32),
    Stalk,
}

const ORANGES: [V3; 2] = [v3(0.36, 0.36, 0.5), v3(0.98, 0.34, -0.32)];
const APPLE: V3 = v3(-1.55, 0.36, 0.42);
const PEAR: V3 = v3(0.56, 0.0, -0.5);

pub(crate) fn paint() -> Png {
    let mut canvas = Canvas::new(WIDTH, HEIGHT);
    let camera = Camera::new(v3(0.1, 2.05, 6.4), v3(0.08, 0.9, 0.0), 3.1);
    let frame = canvas.all();
    canvas.paint(frame, |p, _| {
        let ray = camera.ray(p, WIDTH as f32, HEIGHT as f32);
        ray.meet(3.5, 13.0, &field).map_or_else(|| wall(p), |hit| light(hit, &ray))
    });
    canvas.develop(0.7)
}

fn field(p: V3) -> f32 {
    nearest(p).0
}

fn nearest(p: V3) -> (f32, Thing) {
    let mut best = (cloth(p), Thing::Cloth);
    let mut offer = |d: f32, thing: Thing| {
        if d < best.0 {
            best = (d, thing);
        }
    };
    offer(vase(p - VASE), Thing::Vase);
    offer(cup(p - CUP), Thing::Cup);
    offer((v2(p.x - CUP.x, p.z - CUP.z).length() - 0.36).max((p.y - 0.37).abs() - 0.005), Thing::Tea);
    for orange in ORANGES {
        let around = sphere(p, orange, 0.36);
        offer(
            around + if around < 0.1 { 0.0016 * value(v2(p.x + p.z, p.y) * 34.0, 7) } else { 0.0 },
            Thing::Orange,
        );
    }
    offer(apple(p - APPLE), Thing::Apple);
    offer(pear(p - PEAR), Thing::Pear);
    offer(stalks(p), Thing::Stalk);
    if sphere(p, v3(-0.72, 0.2, 0.95), 0.75) < 0.2 {
        (0..11).for_each(|n| offer(sphere(p, grape(n), 0.135), Thing::Grape(n)));
    } else {
        offer(sphere(p, v3(-0.72, 0.2, 0.95), 0.75).max(0.1), Thing::Cloth);
    }
    best
}

/// Linen with soft folds that run to the front, over a table whose edge it hangs down from.
fn cloth(p: V3) -> f32 {
    let fold = 0.06 * fbm(v2(p.x * 1.1 + p.z * 0.5, p.z * 0.5), 3, 20);
    let crease = 0.03 * bell((p.x * 0.35 + p.z - 1.25 + 0.15 * sin(p.x * 1.9)) * 1.0, 0.12);
    (p.y + 0.03 - fold - crease) * 0.85
}

/// Radius of the vase at a height.
fn profile(y: f32) -> f32 {
    let belly = 0.62 * exp(-pow((y - 0.98).abs() / 0.66, 2.6));
    let foot = 0.1 * bell(y, 0.22);
    let lip = 0.2 * pow(ramp(1.72, 2.22, y), 1.4);
    0.2 + 0.12 * ramp(1.4, 0.2, y) + belly + foot + lip
}

fn vase(q: V3) -> f32 {
    let side = v2(q.x, q.z).length();
    let shell = (side - profile(q.y.clamp(0.0, 2.2)) + 0.03).abs() - 0.03;
    let solid = if q.y < 1.6 { side - profile(q.y.max(0.0)) } else { shell };
    solid.max(q.y - 2.2).max(-q.y) * 0.62
}

fn cup(q: V3) -> f32 {
    let radius = 0.24 + 0.2 * pow((q.y / 0.5).clamp(0.0, 1.0), 0.6) + 0.025 * ramp(0.4, 0.5, q.y);
    let wall = (v2(q.x, q.z).length() - radius).abs() - 0.018;
    let floor = (v2(q.x, q.z).length() - radius).max((q.y - 0.05).abs() - 0.03);
    wall.max(q.y - 0.5).max(-q.y).min(floor) * 0.7
}

fn apple(q: V3) -> f32 {
    let side = v2(q.x, q.z).length();
    let body = melt(
        ellipsoid(q, v3(0.0, 0.03, 0.0), v3(0.42, 0.36, 0.42)),
        sphere(q, v3(0.0, -0.12, 0.0), 0.3),
        0.2,
    );
    dent(body, (v2(side, q.y - 0.48).length()) - 0.13, 0.16)
}

fn pear(q: V3) -> f32 {
    let lean = v3(q.x - 0.08 * q.y * q.y, q.y, q.z);
    melt(
        sphere(lean, v3(0.0, 0.4, 0.0), 0.41),
        ellipsoid(lean, v3(0.0, 0.88, 0.0), v3(0.21, 0.34, 0.21)),
        0.34,
    )
}

fn grape(n: i32) -> V3 {
    const HEAP: [(f32, f32, f32); 11] = [
        (0.0, 0.0, 0.0),
        (0.27, 0.0, 0.05),
        (-0.25, 0.0, 0.07),
        (0.13, 0.0, 0.27),
        (-0.13, 0.0, 0.29),
        (0.4, 0.0, 0.28),
        (0.02, 0.2, 0.13),
        (0.24, 0.19, 0.2),
        (-0.4, 0.0, 0.3),
        (0.13, 0.18, -0.04),
        (0.62, 0.0, 0.4),
    ];
    let (x, y, z) = HEAP[n as usize];
    v3(-0.86 + x, 0.13 + y, 0.82 + z)
}

fn stalks(p: V3) -> f32 {
    let apple = rod(p, APPLE + v3(0.0, 0.26, 0.0), APPLE + v3(0.07, 0.55, 0.03), 0.016, 0.026);
    let pear = rod(p, PEAR + v3(0.1, 1.12, 0.0), PEAR + v3(0.26, 1.42, 0.03), 0.022, 0.03);
    let grapes = rod(p, v3(-0.8, 0.36, 0.9), v3(-0.5, 0.62, 0.62), 0.014, 0.02);
    apple.min(pear).min(grapes)
}

/// A plastered wall, brighter where the window shines on it.
fn wall(p: V2) -> V3 {
    let patch = ramp(420.0, -120.0, (p.x - 120.0).abs() + p.y * 0.4);
    let plaster = 1.0 + 0.07 * fbm(p * 0.012, 5, 30) + 0.03 * fbm(p * 0.1, 3, 31);
    hex(0x2b2a2c).mix(hex(0x8f8470), pow(patch, 1.3) * 0.9) * plaster
}

/// What a surface is made of.
struct Stuff {
    colour: V3,
    gloss: f32,
    /// How far light creeps round the edge into the shade.
    soft: f32,
}

fn light(p: V3, ray: &Ray) -> V3 {
    let thing = nearest(p).1;
    let n = normal(p, 0.0015, &field);
    let stuff = stuff(p, n, thing);
    let window = WINDOW.unit();
    let seen = sees(p + n * 0.01, window, 7.0, 5.0, &field);
    let open = openness(p, n, 0.5, &field);
    let facing = n.dot(window);
    let key = ((facing + stuff.soft) / (1.0 + stuff.soft)).max(0.0) * mix(seen, 1.0, stuff.soft * 0.3);
    let sky = (0.5 + 0.5 * n.y) * open;
    let bounce = (0.5 - 0.5 * n.y) * open;
    let room = hex(0xfff0d6) * (1.75 * key) + hex(0x8fa3c4) * (0.42 * sky) + hex(0xc9b79a) * (0.3 * bounce);
    let mirrored = ray.to - n * (2.0 * n.dot(ray.to));
    let fresnel = mix(0.04, 1.0, pow(1.0 - (-n.dot(ray.to)).clamp(0.0, 1.0), 5.0) * 0.6);
    let gleam = panes(mirrored, stuff.gloss) * mix(seen, 1.0, 0.3) + surroundings(mirrored) * open;
    let shaded = stuff.colour.tint(room) * mix(0.45, 1.0, open) + gleam * (fresnel * stuff.gloss);
    let far = ramp(-1.5, -6.0, p.z);
    shaded.mix(hex(0x3c3833), far * 0.9)
}

/// A window of four panes, as a glossy thing mirrors it.
fn panes(to: V3, gloss: f32) -> V3 {
    let w = WINDOW.unit();
    let across = w.cross(v3(0.0, 1.0, 0.0)).unit();
    let up = across.cross(w);
    if to.dot(w) <= 0.0 {
        return V3::default();
    }
    let (x, y) = (to.dot(across) / to.dot(w), to.dot(up) / to.dot(w));
    let blur = mix(0.5, 0.04, gloss.min(1.0));
    let pane = ramp(0.34 + blur, 0.34 - blur * 0.5, x.abs()) * ramp(0.46 + blur, 0.46 - blur * 0.5, y.abs());
    let bars = 1.0 - 0.8 * gloss * bell(x, 0.035) - 0.8 * gloss * bell(y, 0.035);
    hex(0xfff6e4) * (pane * bars.max(0.1) * mix(7.0, 15.0, gloss))
}

fn surroundings(to: V3) -> V3 {
    hex(0x8a8070).mix(hex(0x5b6678), ramp(-0.2, 0.8, to.y)) * mix(0.35, 0.9, ramp(0.4, -0.8, to.x))
}

fn stuff(p: V3, n: V3, thing: Thing) -> Stuff {
    let up = |q: V3| v2(atan2(q.x, q.z), q.y);
    match thing {
        Thing::Cloth => Stuff { colour: linen(p), gloss: 0.06, soft: 0.15 },
        Thing::Vase => Stuff { colour: porcelain(up(p - VASE), p), gloss: 1.0, soft: 0.12 },
        Thing::Cup => Stuff { colour: cup_paint(up(p - CUP), p, n), gloss: 0.95, soft: 0.15 },
        Thing::Tea => Stuff { colour: hex(0x7a3c12) * 0.6, gloss: 1.0, soft: 0.1 },
        Thing::Orange => Stuff { colour: peel(p), gloss: 0.42, soft: 0.28 },
        Thing::Apple => Stuff { colour: apple_skin(p - APPLE), gloss: 0.75, soft: 0.2 },
        Thing::Pear => Stuff { colour: pear_skin(p - PEAR), gloss: 0.4, soft: 0.28 },
        Thing::Grape(k) => Stuff { colour: grape_skin(p, n, k), gloss: 0.7, soft: 0.5 },
        Thing::Stalk => Stuff {
            colour: hex(0x4a3320) * (0.8 + 0.4 * value(v2(p.y * 40.0, p.x * 9.0), 3)),
            gloss: 0.1,
            soft: 0.1,
        },
    }
}

fn cup_paint(at: V2, p: V3, n: V3) -> V3 {
    let within = n.dot(v3(p.x - CUP.x, 0.0, p.z - CUP.z)) < 0.0;
    let rim = ramp(0.02, 0.008, (at.y - 0.47).abs());
    let turn = at.x / std::f32::consts::TAU;
    let painted = if within {
        0.0
    } else {
        petals(turn * 9.0, (at.y - 0.04) / 0.2).max(ramp(0.012, 0.006, (at.y - 0.3).abs()))
    };
    hex(0xe6ebea).mix(hex(0x1d3c90), rim.max(painted) * 0.9)
}
