//! A flat drawing on nothing: a crane before a red sun, eleven colours, crisp borders, thin lines, transparency around it.

use crate::canvas::Png;
use crate::maths::{V2, pow, sin, v2};
use crate::shapes::{along, bezier, block, ellipse, stroke};

const SIDE: usize = 512;
/// Samples of a pixel in each direction.
const FINE: usize = 6;

/// The paints, sRGB, laid over each other in the order of `layers`.
const INK: [u8; 3] = [0x1d, 0x24, 0x3a];
const SUN: [u8; 3] = [0xe2, 0x4a, 0x33];
const GOLD: [u8; 3] = [0xf4, 0xb9, 0x42];
const SNOW: [u8; 3] = [0xfb, 0xf7, 0xef];
const SHADE: [u8; 3] = [0xd5, 0xdc, 0xe4];
const SEA: [u8; 3] = [0x1f, 0x6f, 0x8b];
const DEEP: [u8; 3] = [0x16, 0x4b, 0x6b];
const FOAM: [u8; 3] = [0x9f, 0xd3, 0xd6];
const LEAF: [u8; 3] = [0x3c, 0x8d, 0x5a];
const MOSS: [u8; 3] = [0x25, 0x5f, 0x45];
const BLUSH: [u8; 3] = [0xf3, 0x9a, 0x86];

pub(crate) fn paint() -> Png {
    let bytes = (0..SIDE).flat_map(row).collect();
    Png::new(SIDE, SIDE, png::ColorType::Rgba, bytes)
}

pub(crate) fn row(y: usize) -> impl Iterator<Item = u8> {
    (0..SIDE).flat_map(move |x| pixel(x, y))
}

/// The average of the samples that hit paint, and how many did as alpha.
fn pixel(x: usize, y: usize) -> [u8; 4] {
    let (mut sum, mut hits) = ([0_u32; 3], 0_u32);
    for n in 0..FINE * FINE {
        let offset = |n: usize| (n as f32 + 0.5) / FINE as f32;
        if let Some(paint) = at(v2(x as f32 + offset(n % FINE), y as f32 + offset(n / FINE))) {
            sum.iter_mut().zip(paint).for_each(|(s, p)| *s += u32::from(p));
            hits += 1;
        }
    }
    let mean = |s: u32| (s + hits / 2).checked_div(hits).unwrap_or(0) as u8;
    let all = (FINE * FINE) as u32;
    [mean(sum[0]), mean(sum[1]), mean(sum[2]), ((hits * 255 + all / 2) / all) as u8]
}

/// The topmost paint at a point.
fn at(p: V2) -> Option<[u8; 3]> {
    crane(p).or_else(|| pine(p)).or_else(|| waves(p)).or_else(|| sky(p))
}

fn sky(p: V2) -> Option<[u8; 3]> {
    let sun = (p - v2(278.0, 214.0)).length();
    let cloud = |c: V2| {
        stroke(p, c, c + v2(74.0, 0.0), 9.0, 9.0).min(stroke(
            p,
            c + v2(26.0, -15.0),
            c + v2(58.0, -15.0),
            9.0,
            9.0,
        ))
    };
    let clouds = cloud(v2(70.0, 150.0)).min(cloud(v2(392.0, 120.0))).min(cloud(v2(368.0, 300.0)));
    match () {
        () if clouds < -2.2 => Some(SNOW),
        () if clouds < 0.0 => Some(INK),
        () if sun < 138.0 => Some(SUN),
        () if (sun - 147.0).abs() < 1.0 => Some(GOLD),
        () if (sun - 160.0).abs() < 3.0 => Some(GOLD),
        () => None,
    }
}

/// Rows of overlapping scales, each of nested rings (seigaiha), within a round frame.
fn waves(p: V2) -> Option<[u8; 3]> {
    if p.y < 348.0 || (p - v2(256.0, 256.0)).length() > 238.0 {
        return None;
    }
    const RADIUS: f32 = 40.0;
    let last = ((p.y - 348.0) / (RADIUS * 0.5)).floor() as i32 + 2;
    let first = (last - 4).max(1);
    let scale = (first..=last).rev().find_map(|row| {
        let centre_y = 348.0 + row as f32 * RADIUS * 0.5 + RADIUS * 0.5;
        let shift = if row % 2 == 0 { 0.0 } else { RADIUS };
        let centre_x = ((p.x - shift) / (2.0 * RADIUS)).round() * 2.0 * RADIUS + shift;
        let d = (p - v2(centre_x, centre_y)).length();
        (d < RADIUS).then_some(d / RADIUS)
    })?;
    Some(match scale {
        s if s > 0.95 => INK,
        s if s > 0.78 => FOAM,
        s if s > 0.72 => DEEP,
        s if s > 0.5 => SEA,
        s if s > 0.44 => FOAM,
        s if s > 0.24 => DEEP,
        _ => SEA,
    })
}

/// A bough from the left with three cushions of needles.
fn pine(p: V2) -> Option<[u8; 3]> {
    let bough = (0..12).map(|n| {
        let at = |n: usize| bezier(v2(22.0, 330.0), v2(80.0, 262.0), v2(168.0, 300.0), n as f32 / 12.0);
        stroke(p, at(n), at(n + 1), 9.0 - 0.55 * n as f32, 8.5 - 0.55 * n as f32)
    });
    let cushion = |c: V2, w: f32| {
        let puffs =
            [-0.62, 0.0, 0.62].map(|t| ellipse(p, c + v2(t * w, 3.0 * t.abs() * 4.0), v2(w * 0.46, w * 0.3)));
        puffs.into_iter().fold(f32::MAX, f32::min).max(p.y - c.y - 12.0)
    };
    let green = cushion(v2(82.0, 264.0), 46.0)
        .min(cushion(v2(150.0, 284.0), 36.0))
        .min(cushion(v2(50.0, 316.0), 30.0));
    let needles = (sin(p.x * 0.55) * 6.0 + p.y * 1.0).rem_euclid(11.0) < 1.6;
    match () {
        () if green < -2.4 => Some(if needles { MOSS } else { LEAF }),
        () if green < 0.0 => Some(INK),
        () if bough.fold(f32::MAX, f32::min) < 0.0 => Some(INK),
        () => None,
    }
}

/// The bird, flying up to the right: neck, body, two fans of feathers, trailing legs.
fn crane(p: V2) -> Option<[u8; 3]> {
    let curve = |a: V2, b: V2, c: V2, from: f32, to: f32| {
        let at = |n: usize| bezier(a, b, c, n as f32 / 16.0);
        let wide = |n: usize| from + (to - from) * n as f32 / 16.0;
        (0..16).map(|n| stroke(p, at(n), at(n + 1), wide(n), wide(n + 1))).fold(f32::MAX, f32::min)
    };
    let neck = curve(v2(268.0, 268.0), v2(318.0, 262.0), v2(362.0, 184.0), 15.0, 6.0);
    let body = ellipse((p - v2(238.0, 280.0)).turned(0.35), v2(0.0, 0.0), v2(52.0, 21.0));
    let head = (p - v2(364.0, 180.0)).length() - 9.5;
    let beak = stroke(p, v2(368.0, 176.0), v2(412.0, 152.0), 4.6, 0.5);
    let legs =
        along(p, v2(196.0, 298.0), v2(88.0, 356.0)).1.min(along(p, v2(200.0, 304.0), v2(96.0, 366.0)).1)
            - 1.1;
    let (near, far) = (wing(p, v2(244.0, 272.0), -2.05, 168.0), wing(p, v2(262.0, 262.0), -1.02, 132.0));
    let outline = |d: f32, inner: [u8; 3]| (d < 0.0).then_some(if d > -2.0 { INK } else { inner });
    ((p - v2(367.0, 178.0)).length() < 1.9)
        .then_some(INK)
        .or_else(|| ((p - v2(361.0, 174.0)).length() < 5.0 && head < -1.5).then_some(SUN))
        .or_else(|| (beak < 0.0).then_some(GOLD))
        .or_else(|| near.map(|f| feather(f, SNOW)))
        .or_else(|| (head < -2.0).then_some(SNOW))
        .or_else(|| (neck < -2.0).then_some(if p.x > 318.0 && p.x < 352.0 { INK } else { SNOW }))
        .or_else(|| outline(body.min(neck).min(head), SNOW))
        .or_else(|| far.map(|f| feather(f, SHADE)))
        .or_else(|| (legs < 0.0).then_some(INK))
        .or_else(|| {
            (block((p - v2(184.0, 300.0)).turned(0.45), v2(0.0, 0.0), v2(26.0, 9.0)) < 0.0).then_some(INK)
        })
}

/// How far out a feather the point lies (0 to 1), and how near its border in pixels; `None` off the wing.
fn wing(p: V2, root: V2, heading: f32, reach: f32) -> Option<(f32, f32)> {
    let q = (p - root).turned(-heading);
    (0..9).find_map(|n| {
        let t = n as f32 / 8.0;
        let long = reach * (1.0 - 0.5 * pow(t, 1.4));
        let local = q.turned(t * 0.95 - 0.1);
        let shape = ellipse(local, v2(long * 0.5, 0.0), v2(long * 0.53, 9.5 + 3.0 * t));
        (shape < 0.0).then_some((local.x / long, -shape))
    })
}

fn feather((out, border): (f32, f32), plain: [u8; 3]) -> [u8; 3] {
    match () {
        () if border < 1.3 => INK,
        () if out > 0.8 => INK,
        () if out > 0.74 => BLUSH,
        () => plain,
    }
}
