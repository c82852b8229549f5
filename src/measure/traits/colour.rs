//! Tones, chroma, hues.

use super::Seen;

/// Names of the eight hues, each 45° wide from red on.
const HUES: [&str; 8] =
    ["hue_red", "hue_orange", "hue_yellow", "hue_green", "hue_cyan", "hue_blue", "hue_violet", "hue_pink"];

pub(super) fn traits(seen: &Seen) -> Vec<(&'static str, f64)> {
    let mut light: Vec<f32> = seen.colours().map(|[l, ..]| l).collect();
    let mut chroma: Vec<f32> = seen.colours().map(|[_, a, b]| a.hypot(b)).collect();
    light.sort_unstable_by(f32::total_cmp);
    chroma.sort_unstable_by(f32::total_cmp);
    let [dark, bright] = [at(&light, 0.25), at(&light, 0.75)];
    let mut all = vec![
        ("lightness_5", at(&light, 0.05)),
        ("lightness_25", dark),
        ("lightness_50", at(&light, 0.5)),
        ("lightness_75", bright),
        ("lightness_95", at(&light, 0.95)),
        ("chroma", mean(chroma.iter().map(|c| f64::from(*c)))),
        ("chroma_95", at(&chroma, 0.95)),
        ("red", mean(seen.colours().map(|[_, a, _]| f64::from(a)))),
        ("yellow", mean(seen.colours().map(|[.., b]| f64::from(b)))),
        ("dark_yellow", yellow(seen, |l| l <= dark)),
        ("light_yellow", yellow(seen, |l| l >= bright)),
        ("colours", colours(seen)),
        ("paper", share(seen, |[l, a, b]| l > 0.86 && a.hypot(b) < 0.055)),
        ("dark", share(seen, |[l, ..]| l < 0.22)),
    ];
    all.extend(hues(seen));
    all
}

/// The value below which a share of the sorted lies.
fn at(sorted: &[f32], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * part).round() as usize).map_or(0.0, |v| f64::from(*v))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), v| (sum + v, count + 1));
    sum / f64::from(count.max(1))
}

fn share(seen: &Seen, is: impl Fn([f32; 3]) -> bool) -> f64 {
    mean(seen.colours().map(|colour| f64::from(u8::from(is(colour)))))
}

fn yellow(seen: &Seen, tone: impl Fn(f64) -> bool) -> f64 {
    mean(seen.colours().filter(|[l, ..]| tone(f64::from(*l))).map(|[.., b]| f64::from(b)))
}

/// Two to the power of the entropy of colours, told apart by a twentieth of white.
fn colours(seen: &Seen) -> f64 {
    const CELLS: f32 = 20.0;
    const SIDE: usize = 32;
    let mut counts = vec![0u32; SIDE * SIDE * SIDE];
    let mut all = 0u32;
    for [l, a, b] in seen.colours() {
        let cell = |v: f32, zero: f32| ((v * CELLS + zero) as usize).min(SIDE - 1);
        counts[(cell(l, 0.5) * SIDE + cell(a, 16.0)) * SIDE + cell(b, 16.0)] += 1;
        all += 1;
    }
    let share = |count: &u32| f64::from(*count) / f64::from(all.max(1));
    let entropy: f64 = counts.iter().filter(|c| **c > 0).map(|c| -share(c) * share(c).log2()).sum();
    entropy.exp2()
}

/// Which part of all chroma lies at each hue.
fn hues(seen: &Seen) -> Vec<(&'static str, f64)> {
    let mut sums = [0f64; 8];
    for [_, a, b] in seen.colours() {
        // Sectors by comparing; the angle itself is not needed.
        let sector = match (a >= 0.0, b >= 0.0) {
            (true, true) => usize::from(b > a),
            (false, true) => 2 + usize::from(-a > b),
            (false, false) => 4 + usize::from(-b > -a),
            (true, false) => 6 + usize::from(a > -b),
        };
        sums[sector] += f64::from(a.hypot(b));
    }
    let all = sums.iter().sum::<f64>().max(1e-9);
    HUES.into_iter().zip(sums.map(|sum| sum / all)).collect()
}
