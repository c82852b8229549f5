//! Light that strays: what shines in a row, and how it comes to lie on its surroundings.
//!
//! A photograph ends at white, but a lamp does not: what is white in the picture was brighter by an amount nobody
//! recorded. So tones near white are unrolled into more light before light is moved about, and rolled up afterwards by
//! the exact inverse. Lamps then have light to give without turning grey, and glow upon glow runs softly into white.

use super::level::kernel;

/// Where unrolling begins, in linear light.
const SHOULDER: f32 = 0.7;

/// How far it goes: white becomes `SHOULDER + (1 - SHOULDER) / (1 - BEND)`.
const BEND: f32 = 0.9;

/// The light of white, unrolled.
const WHITE: f32 = SHOULDER + (1.0 - SHOULDER) / (1.0 - BEND);

/// No channel counts for more light than this, so that no pixel outshines a picture.
const MOST: f32 = 32.0;

/// Which light strays: none below `from`, all above `from + 1 / ramp`, by the brightest channel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shining {
    pub(crate) from: f32,
    pub(crate) ramp: f32,
}

#[inline(always)]
fn top(r: f32, g: f32, b: f32) -> f32 {
    r.max(g).max(b).max(1e-6)
}

/// The factor that unrolls a colour whose brightest channel is `m`.
#[inline(always)]
fn unrolled(m: f32) -> f32 {
    let m = m.min(1.0);
    let u = (m - SHOULDER).max(0.0) * (1.0 / (1.0 - SHOULDER));
    let more = (1.0 - SHOULDER) * u * (BEND * u) / (1.0 - BEND * u);
    (m + more) / m
}

/// The factor that rolls it up again.
#[inline(always)]
fn rolled(m: f32) -> f32 {
    let m = m.min(WHITE);
    let v = (m - SHOULDER).max(0.0) * (1.0 / (1.0 - SHOULDER));
    let less = (1.0 - SHOULDER) * v * (BEND * v) / (1.0 + BEND * v);
    (m - less) / m
}

#[inline(always)]
fn share(m: f32, shining: Shining) -> f32 {
    let t = ((m - shining.from) * shining.ramp).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Light as it can be spread.
#[inline(always)]
fn sound(x: f32) -> f32 {
    (if x > 0.0 { x } else { 0.0 }).min(MOST)
}

/// A number in any case.
#[inline(always)]
fn number(x: f32) -> f32 {
    if x.is_nan() { 0.0 } else { x.clamp(-1e6, 1e6) }
}

kernel! {
    /// Colours become the light that strays from them, unrolled and weighed by how opaque they are.
    pub(crate) fn shine(r: &mut [f32], g: &mut [f32], b: &mut [f32], alpha: &[f32], shining: Shining) {
        for (((r, g), b), alpha) in r.iter_mut().zip(g).zip(b).zip(alpha) {
            let m = top(*r, *g, *b);
            let gain = unrolled(m);
            let seen = share(m, shining) * alpha.clamp(0.0, 1.0);
            for value in [r, g, b] {
                *value = seen * sound(*value * gain);
            }
        }
    }
}

kernel! {
    /// Three channels become one, in `r`.
    pub(crate) fn merge(r: &mut [f32], g: &[f32], b: &[f32], weights: [f32; 3]) {
        for ((r, g), b) in r.iter_mut().zip(g).zip(b) {
            *r = weights[0] * *r + weights[1] * g + weights[2] * b;
        }
    }
}

kernel! {
    /// `amount` of the light that strays from each pixel gives way to what arrives there. No light is made.
    pub(crate) fn bloom(rgb: [&mut [f32]; 3], glow: [&[f32]; 3], shining: Shining, amount: f32) {
        let [r, g, b] = rgb;
        let arriving = glow[0].iter().zip(glow[1]).zip(glow[2]);
        for (((r, g), b), ((gr, gg), gb)) in r.iter_mut().zip(g).zip(b).zip(arriving) {
            let m = top(*r, *g, *b);
            let (gain, share) = (unrolled(m), share(m, shining));
            let moved = |c: f32, arriving: f32| {
                let light = number(c * gain);
                light + amount * (arriving - share * sound(light))
            };
            let (x, y, z) = (moved(*r, *gr), moved(*g, *gg), moved(*b, *gb));
            let back = rolled(top(x, y, z));
            (*r, *g, *b) = (x * back, y * back, z * back);
        }
    }
}

kernel! {
    /// Light in the colour of `tint` where more arrives than strays from the pixel itself. `weights` say how the light of
    /// a pixel is measured.
    pub(crate) fn halate(rgb: [&mut [f32]; 3], glow: &[f32], shining: Shining, weights: [f32; 3], tint: [f32; 3]) {
        let [r, g, b] = rgb;
        for (((r, g), b), glow) in r.iter_mut().zip(g).zip(b).zip(glow) {
            let m = top(*r, *g, *b);
            let (gain, share) = (unrolled(m), share(m, shining));
            let (x, y, z) = (number(*r * gain), number(*g * gain), number(*b * gain));
            let own = weights[0] * sound(x) + weights[1] * sound(y) + weights[2] * sound(z);
            let more = (glow - share * own).max(0.0);
            let (x, y, z) = (x + tint[0] * more, y + tint[1] * more, z + tint[2] * more);
            let back = rolled(top(x, y, z));
            (*r, *g, *b) = (x * back, y * back, z * back);
        }
    }
}

kernel! {
    /// Add `part` of a row to a sum.
    pub(crate) fn lay(sum: &mut [f32], row: &[f32], part: f32) {
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += part * value;
        }
    }
}

kernel! {
    /// A row between three coarse rows.
    pub(crate) fn between(rows: [&[f32]; 3], weights: [f32; 3], out: &mut [f32]) {
        let [a, b, c] = rows;
        for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
            *out = weights[0] * a + weights[1] * b + weights[2] * c;
        }
    }
}

kernel! {
    /// Along a coarse row with one sample more on either side: as many pixels for each sample as there are weights.
    pub(crate) fn enlarge(coarse: &[f32], weights: &[[f32; 3]], out: &mut [f32]) {
        for (pixels, near) in out.chunks_mut(weights.len()).zip(coarse.windows(3)) {
            for (pixel, weight) in pixels.iter_mut().zip(weights) {
                *pixel = weight[0] * near[0] + weight[1] * near[1] + weight[2] * near[2];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    #[test]
    fn rolling_undoes_unrolling() {
        for i in 1..4000 {
            let m = i as f32 / 1000.0;
            let light = m * unrolled(m);
            assert!((light * rolled(light) - m).abs() < 1e-5 * m.max(1.0), "{m}");
        }
        assert!((unrolled(1.0) - WHITE).abs() < 1e-4);
        assert_eq!(unrolled(0.5), 1.0);
    }

    #[test]
    fn every_level_gives_the_same_bytes_whatever_comes_in() {
        let mut random = Random::new("glow rows");
        let shining = Shining { from: 0.3, ramp: 2.0 };
        for len in [1, 3, 7, 8, 9, 31, 33, 100] {
            let mut row = || -> Vec<f32> { (0..len).map(|_| random.unit() * 3.0 - 0.5).collect() };
            let (mut rgb, glow, alpha) = ([row(), row(), row()], [row(), row(), row()], row());
            (rgb[0][0], rgb[1][len / 2], rgb[2][len - 1]) = (f32::NAN, f32::INFINITY, f32::NEG_INFINITY);
            let run = |level: Level| {
                let [mut a, mut b, mut c] = [rgb.clone(), rgb.clone(), rgb.clone()];
                let [r, g, bl] = &mut a;
                shine(level, r, g, bl, &alpha, shining);
                bloom(level, b.each_mut().map(|r| &mut r[..]), glow.each_ref().map(|r| &r[..]), shining, 0.3);
                halate(
                    level,
                    c.each_mut().map(|r| &mut r[..]),
                    &glow[0],
                    shining,
                    [0.5, 0.4, 0.1],
                    [1.0, 0.2, 0.1],
                );
                [a, b, c].concat().concat()
            };
            let plain = run(Level::PLAIN);
            assert!(plain.iter().all(|value| value.is_finite()), "{random}");
            for level in Level::available() {
                assert_eq!(run(level), plain, "{level} {len}, {random}");
            }
        }
    }
}
