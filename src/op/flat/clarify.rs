//! Colours as an illustrator would mix them: fresher than those of a photograph, with light and dark well apart.

use super::shapes::Design;
use crate::color::convert::convert_rows;
use crate::kernel::Level;
use crate::pixel::Encoding;

/// The darkest colour is at least so light, since black swallows shapes.
const DARKEST: f32 = 0.24;
/// The lightest colour comes up to this.
const LIGHTEST: f32 = 0.95;
/// Where the mean lightness is drawn to.
const MIDDLE: f32 = 0.56;
/// Chroma up to this is raised, the fainter the more.
const FULL: f32 = 0.2;

/// Change the colours of a design by so much; at 0 they stay.
pub(super) fn clarify(design: &mut Design, amount: f32) {
    if amount <= 0.0 {
        return;
    }
    let mut shares = vec![0.0; design.colours.len()];
    let one = 1.0 / design.labels.labels().len() as f64;
    design.labels.labels().iter().for_each(|label| shares[usize::from(*label)] += one);
    let used = || design.colours.iter().zip(&shares).filter(|(_, share)| **share > 0.0);
    let low = used().map(|(colour, _)| colour[0]).fold(1.0, f32::min);
    let high = used().map(|(colour, _)| colour[0]).fold(0.0, f32::max);
    let mean: f64 = used().map(|(colour, share)| f64::from(colour[0]) * share).sum();
    let rhythm = Rhythm::new(low, high, mean as f32, amount);
    for colour in &mut design.colours {
        let [lightness, a, b] = *colour;
        let lightness = rhythm.at(lightness);
        let gain = 0.8 * amount;
        let fresher = (1.0 + gain) / (1.0 + gain * a.hypot(b) / FULL);
        *colour = shown(lightness, [a, b], fresher.max(1.0));
    }
}

/// How lightness moves.
struct Rhythm {
    from: [f32; 2],
    to: [f32; 2],
    bend: f32,
}

impl Rhythm {
    fn new(low: f32, high: f32, mean: f32, amount: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * amount;
        let at = ((mean - low) / (high - low).max(1e-3)).clamp(0.15, 0.85);
        Self {
            from: [low, high],
            to: [mix(low, low.max(DARKEST)), mix(high, high.max(LIGHTEST))],
            bend: mix(1.0, (MIDDLE.ln() / at.ln()).clamp(0.6, 1.25)),
        }
    }

    fn at(&self, lightness: f32) -> f32 {
        let span = self.from[1] - self.from[0];
        if span < 0.05 {
            return lightness;
        }
        let t = ((lightness - self.from[0]) / span).clamp(0.0, 1.0);
        self.to[0] + (self.to[1] - self.to[0]) * t.powf(self.bend)
    }
}

/// The colour with its chroma times `gain`, or as much of it as can be shown.
fn shown(lightness: f32, [a, b]: [f32; 2], mut gain: f32) -> [f32; 3] {
    while gain > 0.05 {
        let (mut red, mut green, mut blue) = ([lightness], [a * gain], [b * gain]);
        convert_rows(Level::PLAIN, Encoding::Oklab, Encoding::Linear, [&mut red, &mut green, &mut blue]);
        if [red[0], green[0], blue[0]].iter().all(|v| (-0.001..=1.001).contains(v)) {
            break;
        }
        gain *= 0.97;
    }
    [lightness, a * gain, b * gain]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Size;
    use crate::region::Labels;

    fn design() -> Design {
        let colours = vec![[0.1, 0.01, 0.02], [0.4, -0.05, 0.03], [0.7, 0.02, -0.06], [0.8, 0.15, 0.1]];
        let labels = Labels::new(Size::new(4, 1).unwrap(), vec![0, 1, 2, 3]).unwrap();
        Design { labels, colours, smooth: 1.0 }
    }

    #[test]
    fn nothing_changes_at_nought() {
        let mut after = design();
        clarify(&mut after, 0.0);
        assert_eq!(after.colours, design().colours);
    }

    #[test]
    fn order_and_hue_stay_and_black_does_not() {
        let mut after = design();
        clarify(&mut after, 1.0);
        assert!(after.colours.is_sorted_by(|a, b| a[0] < b[0]), "{:?}", after.colours);
        assert!(after.colours[0][0] >= DARKEST - 1e-6);
        for (before, after) in design().colours.iter().zip(&after.colours) {
            let cross = before[1] * after[2] - before[2] * after[1];
            assert!(cross.abs() < 1e-6, "{before:?} {after:?}");
        }
    }
}
