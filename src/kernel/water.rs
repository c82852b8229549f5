//! Washes of watercolour, row by row.

use super::drawing::{ramp, share};
use super::exp::exp2;
use super::level::kernel;

/// A glaze.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stage {
    /// It covers what has more pigment than this.
    pub(crate) from: f32,
    /// How much it adds.
    pub(crate) step: f32,
    /// How much each of two noises shifts its threshold.
    pub(crate) shift: [f32; 2],
    /// How much the height of the paper does.
    pub(crate) grain: f32,
}

/// Records of a grid, bordered by one on each side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'a> {
    pub(crate) records: &'a [[f32; 4]],
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// The weights of a quadratic B-spline at `f` of the way through a sample.
#[inline(always)]
fn spline(f: f32) -> [f32; 3] {
    [0.5 * (1.0 - f) * (1.0 - f), 0.5 + f * (1.0 - f), 0.5 * f * f]
}

/// Three records, weighed.
#[inline(always)]
fn mix(weights: [f32; 3], p: &[f32; 4], q: &[f32; 4], r: &[f32; 4]) -> [f32; 4] {
    let mut sum = [0.0; 4];
    for c in 0..4 {
        sum[c] = weights[0] * p[c] + weights[1] * q[c] + weights[2] * r[c];
    }
    sum
}

/// The field at a place, in samples.
#[inline(always)]
fn at(field: &Field<'_>, u: f32, v: f32) -> [f32; 4] {
    let (i, j) = (u as usize, v as usize);
    let (across, down) = (spline(u - i as f32), spline(v - j as f32));
    let stride = field.width + 2;
    let first = j * stride + i;
    let run = &field.records[first..=first + 2 * stride + 2];
    let (one, two) = (&run[stride..stride + 3], &run[2 * stride..2 * stride + 3]);
    let top = mix(across, &run[0], &run[1], &run[2]);
    let middle = mix(across, &one[0], &one[1], &one[2]);
    let low = mix(across, &two[0], &two[1], &two[2]);
    mix(down, &top, &middle, &low)
}

/// Pixels done in one go.
const CHUNK: usize = 8;

kernel! {
    /// Row `y` of the field enlarged by `1 / ratio`, each pixel looking `away` from its place, in samples.
    pub(crate) fn gather(field: &Field<'_>, away: [&[f32]; 2], ratio: [f32; 2], y: f32, out: [&mut [f32]; 4]) {
        let (right, bottom) = (field.width as f32 - 1e-3, field.height as f32 - 1e-3);
        let down = (y + 0.5) * ratio[1];
        let [a, b, c, d] = out;
        let outs = a.chunks_mut(CHUNK).zip(b.chunks_mut(CHUNK)).zip(c.chunks_mut(CHUNK)).zip(d.chunks_mut(CHUNK));
        let places = away[0].chunks(CHUNK).zip(away[1].chunks(CHUNK));
        let mut x = 0.0;
        for ((((a, b), c), d), (across, along)) in outs.zip(places) {
            let mut found = [[0f32; 4]; CHUNK];
            for ((found, across), along) in found.iter_mut().zip(across).zip(along) {
                let u = ((x + 0.5) * ratio[0] + across).max(0.0).min(right);
                let v = (down + along).max(0.0).min(bottom);
                *found = at(field, u, v);
                x += 1.0;
            }
            for (k, out) in [a, b, c, d].into_iter().enumerate() {
                out.iter_mut().zip(&found).for_each(|(out, found)| *out = found[k]);
            }
        }
    }
}

/// How much of the pigment within a wash stays graded.
const GRADED: f32 = 0.4;

kernel! {
    /// The amount of pigment wanted becomes that of the glazes laid. `soft` says over which amount an edge runs.
    pub(crate) fn glaze(tone: &mut [f32], soft: &[f32], shifts: [&[f32]; 2], height: &[f32], stages: &[Stage], sum: &mut [f32]) {
        sum.fill(0.0);
        for stage in stages {
            let [p, q] = stage.shift;
            let rest = soft.iter().zip(shifts[0]).zip(shifts[1]).zip(height);
            for ((sum, tone), (((soft, one), two), height)) in sum.iter_mut().zip(&*tone).zip(rest) {
                let over = tone + p * one + q * two + stage.grain * height - stage.from;
                *sum += stage.step * ramp(over / (soft * (0.3 + stage.step)) + 0.5);
            }
        }
        for ((tone, sum), soft) in tone.iter_mut().zip(&*sum).zip(soft) {
            // Bare paper stays bare.
            let graded = *tone * (*sum * 12.0).min(1.0);
            *tone = *sum + (GRADED + 0.4 * soft).min(0.85) * (graded - *sum);
        }
    }
}

kernel! {
    /// Pigment gathers where there is more of it than around.
    pub(crate) fn gather_rims(tone: &mut [f32], around: &[f32], rims: f32) {
        for (tone, around) in tone.iter_mut().zip(around) {
            let more = (*tone - around).max(0.0);
            *tone += rims * more / (1.0 + 2.0 * more);
        }
    }
}

kernel! {
    /// What is left unpainted: `inside` is how far within the painted area a place lies, in units. The brush skips the
    /// hollows at its rim.
    pub(crate) fn spare(tone: &mut [f32], inside: &[f32], uneven: [&[f32]; 2], soft: &[f32], rims: f32) {
        let rest = inside.iter().zip(uneven[0]).zip(uneven[1]).zip(soft);
        for (tone, (((inside, fine), height), soft)) in tone.iter_mut().zip(rest) {
            let d = inside + 0.35 * fine + 0.35 * height;
            let cover = ramp(d / (0.5 + 9.0 * soft) + 0.5);
            *tone *= cover * (1.0 + 0.12 * rims * ramp(1.0 - d * 0.4));
        }
    }
}

kernel! {
    /// Back-runs: `inside` is how far within the front a place lies.
    pub(crate) fn bloom(tone: &mut [f32], inside: &[f32], fringe: &[f32], amount: f32) {
        for ((tone, inside), fringe) in tone.iter_mut().zip(inside).zip(fringe) {
            let d = inside + 0.5 * fringe;
            // A steep front outside, a slow way back to the wash inside.
            let front = ramp(0.7 + 0.55 * d) * (1.0 - ramp(0.28 * d));
            let pale = ramp(0.16 * d - 0.1) * (1.0 - 0.8 * ramp(0.026 * d));
            *tone *= 1.0 + amount * (0.8 * front - 0.55 * pale);
        }
    }
}

kernel! {
    /// Densities as they are wanted become densities as they lie on the paper, `tone` in all: more in its hollows, and
    /// of blue more than of others. `uneven` are the height of the paper, clots, and where there is more of this.
    pub(crate) fn settle(densities: [&mut [f32]; 3], tone: &[f32], uneven: [&[f32]; 3], granulation: f32) {
        let [height, clot, patch] = uneven;
        let [r, g, b] = densities;
        let rest = tone.iter().zip(height).zip(clot).zip(patch);
        for (((r, g), b), (((tone, height), clot), patch)) in r.iter_mut().zip(g).zip(b).zip(rest) {
            let sum = *r + *g + *b;
            let part = 3.0 * tone / (sum + 0.02);
            // Blue pigments take red light away, and are coarse; thick paint fills the hollows.
            let coarse = granulation * (0.9 + 0.8 * patch).max(0.15) * (0.02 + 0.16 * (*r / (sum + 0.02))) / (1.0 + 0.4 * tone);
            let hollow = (-height - 0.2).max(-0.6);
            let low = (1.0 + clot + coarse * (hollow + 0.6 * hollow * hollow.abs())).max(0.15);
            let (red, green) = (1.0 + 0.5 * (low - 1.0), 1.0 + 0.15 * (low - 1.0));
            *r *= part * low * red;
            *g *= part * low * green;
            *b *= part * low;
        }
    }
}

kernel! {
    /// A drawn line over it.
    pub(crate) fn draw(densities: [&mut [f32]; 3], lines: &[f32], height: &[f32], ink: [f32; 3], press: f32) {
        let [r, g, b] = densities;
        let rest = lines.iter().zip(height);
        for (((r, g), b), (line, height)) in r.iter_mut().zip(g).zip(b).zip(rest) {
            let p = 0.85 * ramp(press * line);
            let p = share(p + 0.8 * p * (1.0 - p) * height);
            *r += p * ink[0];
            *g += p * ink[1];
            *b += p * ink[2];
        }
    }
}

kernel! {
    /// What light comes back from paper through pigment.
    pub(crate) fn stain(density: &[f32], light: &[f32], paper: f32, out: &mut [f32]) {
        for ((out, density), light) in out.iter_mut().zip(density).zip(light) {
            *out = paper * light * exp2(-std::f32::consts::LOG2_E * density);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    const WIDTHS: [usize; 7] = [0, 1, 3, 8, 9, 17, 40];

    fn row(random: &mut Random, width: usize) -> Vec<f32> {
        (0..width).map(|_| random.unit() * 2.0 - 0.5).collect()
    }

    fn stages() -> Vec<Stage> {
        [0.1, 0.4, 1.0].map(|from| Stage { from, step: 0.4, shift: [0.05, -0.03], grain: 0.02 }).to_vec()
    }

    #[test]
    fn every_level_gives_the_plain_bits() {
        let mut random = Random::new("kernel::water");
        for width in WIDTHS {
            let rows: Vec<_> = (0..8).map(|_| row(&mut random, width)).collect();
            let soft: Vec<f32> = rows[7].iter().map(|v| v.abs() + 0.01).collect();
            let run = |level: Level| {
                let [mut tone, mut r, mut g, mut b] = [0, 1, 2, 3].map(|k| rows[k].clone());
                let uneven = [&rows[4][..], &rows[5]];
                glaze(level, &mut tone, &soft, uneven, &rows[6], &stages(), &mut vec![0.0; width]);
                gather_rims(level, &mut tone, &rows[4], 1.3);
                spare(level, &mut tone, &rows[5], uneven, &soft, 1.0);
                bloom(level, &mut tone, &rows[6], &rows[4], 0.5);
                settle(level, [&mut r, &mut g, &mut b], &tone, [&rows[4], &rows[5], &rows[6]], 1.0);
                draw(level, [&mut r, &mut g, &mut b], &rows[5], &rows[4], [1.0, 2.0, 3.0], 0.9);
                stain(level, &r, &g, 0.9, &mut tone);
                [tone, r, g, b].concat().iter().map(|v| v.to_bits()).collect::<Vec<_>>()
            };
            let plain = run(Level::PLAIN);
            assert!(Level::available().into_iter().all(|level| run(level) == plain), "{width}, {random}");
        }
    }

    #[test]
    fn gathering_is_the_definition_of_the_spline() {
        let mut random = Random::new("kernel::water::gather");
        let (width, height) = (7, 5);
        let records: Vec<[f32; 4]> =
            (0..(width + 2) * (height + 2)).map(|_| [0; 4].map(|_| random.unit())).collect();
        let field = Field { records: &records, width, height };
        for wide in WIDTHS {
            let away: [Vec<f32>; 2] = [0, 1].map(|_| (0..wide).map(|_| 8.0 * random.unit() - 4.0).collect());
            let ratio = [0.31, 0.4];
            let run = |level: Level| {
                let mut out = [0; 4].map(|_| vec![0.0; wide]);
                let rows = out.each_mut().map(Vec::as_mut_slice);
                gather(level, &field, [&away[0], &away[1]], ratio, 3.0, rows);
                out
            };
            let plain = run(Level::PLAIN);
            assert!(Level::available().into_iter().all(|level| run(level) == plain), "{wide}, {random}");
            for x in 0..wide {
                let u = f64::from((x as f32 + 0.5) * ratio[0] + away[0][x]).clamp(0.0, 6.999);
                let v = f64::from(3.5 * ratio[1] + away[1][x]).clamp(0.0, 4.999);
                let exact = naive(&field, u, v);
                assert!((f64::from(plain[2][x]) - exact).abs() < 1e-4, "{x} of {wide}, {random}");
            }
        }
    }

    /// The third channel: every record times the spline at its distance.
    fn naive(field: &Field<'_>, u: f64, v: f64) -> f64 {
        let spline = |t: f64| match t.abs() {
            t if t < 0.5 => 0.75 - t * t,
            t if t < 1.5 => 0.5 * (1.5 - t) * (1.5 - t),
            _ => 0.0,
        };
        let mut sum = 0.0;
        for j in 0..field.height + 2 {
            for i in 0..field.width + 2 {
                let weight = spline(u + 0.5 - i as f64) * spline(v + 0.5 - j as f64);
                sum += weight * f64::from(field.records[j * (field.width + 2) + i][2]);
            }
        }
        sum
    }

    #[test]
    fn bare_paper_stays_bare_and_more_is_never_less() {
        let none = vec![0.0; 200];
        let soft = vec![0.05; 200];
        let mut tone: Vec<f32> = (0..200).map(|i| i as f32 * 0.01).collect();
        glaze(Level::detect(), &mut tone, &soft, [&none, &none], &none, &stages(), &mut vec![0.0; 200]);
        assert_eq!(tone[0], 0.0);
        assert!(tone.windows(2).all(|pair| pair[0] <= pair[1]), "{tone:?}");
    }

    #[test]
    fn rims_are_on_the_inside_only() {
        let (around, mut tone) = ([0.5; 3], [0.9, 0.5, 0.1]);
        gather_rims(Level::detect(), &mut tone, &around, 1.0);
        assert!(tone[0] > 0.95);
        assert_eq!(tone[1..], [0.5, 0.1]);
    }
}
