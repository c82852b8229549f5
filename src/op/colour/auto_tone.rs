//! Automatic tone: the black point, the white point and the middle are brought where a good print has them, each only if
//! it lies elsewhere by mistake and not by intent.
//!
//! Measured on a small copy: the darkest and the brightest half per cent and the mean lightness. A veil of grey over
//! the blacks is taken away, but a high key (a flower on white) has no blacks and gets none. Whites are brought up; a
//! dim picture becomes brighter with them. The middle moves only out of the too dark and the too light. A
//! curve through these points is found by trying it on the small copy until the points arrive, so that a second run finds them
//! arrived and does nothing. It is applied to lightness as an exposure for each pixel: hues stay, and no channel
//! is driven into clipping.

use crate::color::spline::Spline;
use crate::error::Result;
use crate::kernel::{Level, lightness, tone, transfer};
use crate::op::reduced::Reduced;
use crate::op::{Action, Cost, Kind, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};

use super::tone_table::{Table, table};

/// The longer side of the picture that is measured.
const LONGER: u32 = 256;

/// Trials of the curve.
const TRIALS: usize = 6;

/// Blacks are brought down to this lightness (and those at `NO_BLACK` and above are no blacks)...
const BLACK: f32 = 0.19;
const NO_BLACK: f32 = 0.32;

/// ...whites up to this, as the brightest channel with the curve of sRGB; a picture with whites below `NO_WHITE` is meant to be dark.
const WHITE: f32 = 0.95;
const NO_WHITE: f32 = 0.4;

/// The mean lightness that is left alone, and the one that is beyond mending or meant.
const MIDDLE: [f32; 2] = [0.45, 0.76];
const EXTREME: [f32; 2] = [0.35, 0.87];

/// From this lightness on a curve leaves things as they are.
const TOP: f32 = 0.985;

/// Points of a curve are at least this far apart.
const NEAR: f32 = 0.02;

/// Brings tones where they should be.
pub(crate) struct AutoTone;

impl Operator for AutoTone {
    fn name(&self) -> &'static str {
        "auto_tone"
    }

    fn about(&self) -> &'static str {
        "Sets black point, white point and brightness of a dull picture; a good one stays."
    }

    fn params(&self) -> &'static [Param] {
        &[Param {
            name: "amount",
            kind: Kind::Number { min: 0.0, max: 1.0 },
            default: "1",
            about: "How far the tones go: 0 stays, 1 all the way.",
        }]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Tones { amount: values.number("amount") }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 40.0, 0.0)
    }
}

struct Tones {
    amount: f32,
}

impl Measured for Tones {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let small = Reduced::new(picture, LONGER, step)?;
        Ok(Box::new(Toned(self.curve(&small, step))))
    }
}

/// The points that matter.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Points {
    black: f32,
    middle: f32,
    /// The lightness of the brightest half per cent.
    white: f32,
    /// Their brightest channel, with the curve of sRGB.
    channel: f32,
}

impl Points {
    fn of(small: &Reduced, lightness: &[f32], level: Level) -> Self {
        let [r, g, b] = &small.colour;
        let mut channel: Vec<f32> = (0..r.len()).map(|i| r[i].max(g[i]).max(b[i])).collect();
        transfer::linear_to_srgb(level, &mut channel);
        let seen = small.visible(lightness).count().max(1);
        let sum: f64 = small.visible(lightness).map(f64::from).sum();
        Self {
            black: small.percentile(lightness, 0.005),
            middle: (sum / seen as f64) as f32,
            white: small.percentile(lightness, 0.995),
            channel: small.percentile(&channel, 0.995),
        }
    }

    /// Where they should be.
    fn goal(self) -> Self {
        let excess = (self.black - BLACK).max(0.0);
        // Mended or meant, nothing between: what is mended half would be mended further by the next run.
        let black = if self.black < NO_BLACK { self.black - excess } else { self.black };
        let lack = if self.channel > NO_WHITE { (WHITE - self.channel).max(0.0) } else { 0.0 };
        let white = (self.white + lack).min(TOP - 0.01).max(self.white);
        let scale = (white - black) / (self.white - self.black).max(0.05);
        // Half way between where it is and where the two ends would carry it.
        let carried = 0.5 * (self.middle + black + (self.middle - self.black) * scale);
        let within = carried > EXTREME[0] && carried < EXTREME[1];
        let middle = if within { carried.clamp(MIDDLE[0], MIDDLE[1]) } else { carried };
        Self { black, middle, white, channel: self.channel + lack }
    }

    /// The curve that carries these points to those.
    fn curve_to(self, to: Self) -> Spline {
        let mut knots: Vec<[f32; 2]> = vec![[0.0, 0.0]];
        for [from, to] in [[self.black, to.black], [self.middle, to.middle], [self.white, to.white]] {
            let [before, height] = knots[knots.len() - 1];
            // Too near the last point, or the one where the curve comes to rest, a point would make a cliff.
            if (before + NEAR..TOP - NEAR).contains(&from) && (height + 0.25 * NEAR..TOP).contains(&to) {
                knots.push([from, to]);
            }
        }
        knots.extend([[TOP, TOP], [1.0, 1.0]]);
        Spline::through(&knots)
    }
}

impl Tones {
    /// None where all is well.
    fn curve(&self, small: &Reduced, step: &StepContext<'_>) -> Option<Table> {
        let lightness = small.lightness(step);
        let from = Points::of(small, &lightness, step.work.level);
        let goal = from.goal();
        let mut aim = goal;
        for _ in 0..TRIALS {
            let found = from.curve_to(aim);
            let mut trial = small.clone();
            let mut toned = lightness.clone();
            table(|x| found.at(x)).iter().for_each(|table| tone::curve(step.work.level, &mut toned, table));
            let [r, g, b] = &mut trial.colour;
            lightness::relight(step.work.level, r, g, b, &lightness, &toned);
            let arrived = Points::of(&trial, &trial.lightness(step), step.work.level);
            aim.black = (aim.black + goal.black - arrived.black).clamp(0.0, from.black.max(0.5));
            aim.middle = (aim.middle + goal.middle - arrived.middle).clamp(0.05, 0.95);
            aim.white =
                (aim.white + goal.channel - arrived.channel).clamp(from.white.min(TOP - 0.01), TOP - 0.01);
        }
        let found = from.curve_to(aim);
        let amount = f64::from(self.amount);
        table(|x| x + amount * (found.at(x) - x))
    }
}

struct Toned(Option<Table>);

impl Pointwise for Toned {
    fn encoding(&self) -> Encoding {
        Encoding::Linear
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let Some(table) = &self.0 else { return };
        let [r, g, b] = row.colour;
        let mut old = vec![0.0; r.len()];
        lightness::lightness(level, r, g, b, &mut old);
        let mut new = old.clone();
        tone::curve(level, &mut new, table);
        lightness::relight(level, r, g, b, &old, &new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::pixel::Depth;
    use crate::test_support::Random;

    /// Greys from one lightness to another, evenly.
    fn greys(from: f32, to: f32) -> Reduced {
        let mut random = Random::new("auto tone");
        let size = Size::new(64, 64).unwrap();
        let plane: Vec<f32> =
            (0..size.pixels()).map(|_| (from + (to - from) * random.unit()).powi(3)).collect();
        Reduced { size, colour: [plane.clone(), plane.clone(), plane], seen: vec![true; size.pixels()] }
    }

    /// The points before and after.
    fn run(mut small: Reduced) -> [Points; 2] {
        let context = Context::default();
        let step = StepContext { work: &context, seed: 0, rest: Depth::F32 };
        let before = small.lightness(&step);
        let points = Points::of(&small, &before, context.level);
        let mut after = before.clone();
        if let Some(table) = (Tones { amount: 1.0 }).curve(&small, &step) {
            tone::curve(context.level, &mut after, &table);
        }
        let [r, g, b] = &mut small.colour;
        lightness::relight(context.level, r, g, b, &before, &after);
        [points, Points::of(&small, &small.lightness(&step), context.level)]
    }

    #[test]
    fn a_veil_is_taken_away_and_whites_come_up() {
        let [_, after] = run(greys(0.25, 0.75));
        assert!((after.black - BLACK).abs() < 0.02 && (after.channel - WHITE).abs() < 0.02, "{after:?}");
        assert!((0.45..0.65).contains(&after.middle), "{after:?}");
    }

    #[test]
    fn a_full_range_and_a_high_key_stay() {
        for (from, to) in [(0.05, 0.99), (0.45, 0.99), (0.72, 0.97)] {
            let [before, after] = run(greys(from, to));
            assert!((before.black - after.black).abs() < 0.01, "{before:?} {after:?}");
            assert!((before.middle - after.middle).abs() < 0.01, "{before:?} {after:?}");
        }
    }
}
