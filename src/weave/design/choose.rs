//! Which yarns of a library serve a picture: each main colour gets a yarn, and lighter colours get lighter yarns.

use super::cluster::Main;
use super::importance;
use super::lab::{Lab, apart, chroma};

/// A tradition's way with a picture's colours before its yarns are compared with them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tuning {
    /// How many times as much colour a yarn may have as the picture.
    pub(super) chroma: f32,
    /// How much of the yarns' whole range of lightness is used, 0 to 1.
    pub(super) stretch: f32,
    /// How much a step of colour counts beside one of lightness.
    pub(super) hue: f32,
}

/// As much colour as silk takes.
const FULL: f32 = 0.2;
/// Lightnesses nearer than this may change places.
const SAME_LIGHT: f32 = 0.05;

/// For each main colour a yarn of the library. Colours clearly apart keep their order of light, and as a rule get
/// different yarns. First the nearest; then changes and swaps while any serves better.
pub(super) fn choose(mains: &[Main], library: &[Lab], tuning: Tuning) -> Vec<usize> {
    let wanted = tuned(mains, library, tuning);
    let nearest = |main: &Main| {
        let key = |yarn: &usize| cost(main, library[*yarn], tuning);
        (0..library.len()).min_by(|a, b| key(a).total_cmp(&key(b))).unwrap_or(0)
    };
    let mut choice: Vec<usize> = wanted.iter().map(nearest).collect();
    for _ in 0..20 {
        if !improve(&mut choice, &wanted, library, tuning) {
            break;
        }
    }
    choice
}

fn improve(choice: &mut [usize], wanted: &[Main], library: &[Lab], tuning: Tuning) -> bool {
    let mut best = total(choice, wanted, library, tuning);
    let before = best;
    for main in 0..choice.len() {
        for yarn in 0..library.len() {
            let old = choice[main];
            let holder = choice.iter().position(|other| *other == yarn);
            choice[main] = yarn;
            for swaps in [false, true] {
                let holder = holder.filter(|_| swaps);
                holder.into_iter().for_each(|other| choice[other] = old);
                let now = total(choice, wanted, library, tuning);
                if now < best - 1e-6 {
                    best = now;
                    break;
                }
                holder.into_iter().for_each(|other| choice[other] = yarn);
                if swaps {
                    choice[main] = old;
                }
            }
        }
    }
    best < before
}

fn total(choice: &[usize], wanted: &[Main], library: &[Lab], tuning: Tuning) -> f32 {
    let mut sum = 0.0;
    for (index, main) in wanted.iter().enumerate() {
        sum += cost(main, library[choice[index]], tuning);
        for other in 0..index {
            let asked = main.colour[0] - wanted[other].colour[0];
            let given = library[choice[index]][0] - library[choice[other]][0];
            let weight = main.weight.min(wanted[other].weight).sqrt();
            if asked.abs() > SAME_LIGHT && asked * given < 0.0 {
                sum += 4.0 * weight * (given * asked).abs();
            }
            if choice[index] == choice[other] {
                sum += weight * (0.002 + 0.35 * apart(main.colour, wanted[other].colour, 2.0));
            }
        }
    }
    sum
}

/// How badly a yarn serves a colour. A grey in place of a colour is worse than a colour in place of a grey.
fn cost(main: &Main, yarn: Lab, tuning: Tuning) -> f32 {
    let lost = (chroma(main.colour) - chroma(yarn)).max(0.0);
    main.weight.sqrt() * (apart(main.colour, yarn, tuning.hue) + 1.5 * lost * lost)
}

/// The main colours with their lightness stretched towards that of the library, and more colour.
pub(super) fn tuned(mains: &[Main], library: &[Lab], tuning: Tuning) -> Vec<Main> {
    let (low, high) = range(mains.iter().map(|main| main.colour[0]));
    let (dark, light) = range(library.iter().map(|lab| lab[0]));
    let whole: f32 = mains.iter().map(|main| main.weight).sum();
    let change = |main: &Main| {
        let [l, a, b] = main.colour;
        let full = dark + (light - dark) * (l - low) / (high - low).max(0.05);
        let l = l + tuning.stretch * (full - l);
        let chroma = a.hypot(b).max(1e-4);
        // Skin keeps near to itself.
        let wanted = 1.0 + (tuning.chroma - 1.0) * (1.0 - 0.85 * importance::skin(main.colour));
        let gain = (chroma * wanted).min(FULL.max(chroma)) / chroma;
        Main { colour: [l, a * gain, b * gain], weight: main.weight / whole.max(1e-6) }
    };
    mains.iter().map(change).collect()
}

fn range(lights: impl Iterator<Item = f32>) -> (f32, f32) {
    lights.fold((f32::MAX, f32::MIN), |(low, high), light| (low.min(light), high.max(light)))
}
