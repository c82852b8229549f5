//! How a brush is led.
//!
//! A line begins with the tip pressed down (起笔), goes on at an even pace, swells where the form is strong, and is lifted
//! at the end (收笔). Strokes in the darks follow the forms, beside one another but not evenly.

use super::brush::Mark;
use super::trace::{STEP, Trace};
use super::value::careful;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::noise::{mix, signed};
use crate::line::{Hand, Lie, Spacing, between, directions, streamlines, stroke};
use crate::paint::Guide;
use crate::pixel::Plane;

/// How lines are led. Lengths in units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Led {
    /// Half the width of a strong line.
    pub(crate) half: f32,
    /// How dry the brush is, 0..1.
    pub(crate) dry: f32,
    /// How much width follows strength and place, 0 (iron wire) to 1.
    pub(crate) vary: f32,
    pub(crate) seed: u32,
}

/// Lines as marks; `dark` says how dark their ink is at a place.
pub(crate) fn lines(traces: Vec<Trace>, led: Led, dark: impl Fn(f32, f32) -> f32) -> Vec<Mark> {
    traces.into_iter().map(|trace| line(trace, led, &dark)).collect()
}

fn line(mut trace: Trace, led: Led, dark: impl Fn(f32, f32) -> f32) -> Mark {
    // A hand goes down and to the right.
    if let [first, .., last] = trace.points[..]
        && (last[0] - first[0]) + 1.6 * (last[1] - first[1]) < 0.0
    {
        trace.points.reverse();
        trace.strength.reverse();
    }
    let count = trace.points.len();
    let middle = trace.points[count / 2];
    let seed = mix(middle[0].round() as u32 ^ mix(middle[1].round() as u32 ^ led.seed));
    let halves = pressure(&trace.strength, led, seed);
    let (points, speed) = (trace.points, signed(seed).abs());
    let ink = points.iter().map(|p| dark(p[0], p[1])).sum::<f32>() / count as f32;
    let dry = led.dry * (0.1 + 0.5 * speed);
    Mark { points, halves, ink, dry: [0.2 * dry, dry + 0.35 * led.dry], side: 0.12, seed }
}

/// Half the width of a line at each of its places, from how strong it is there.
fn pressure(strength: &[f32], led: Led, seed: u32) -> Vec<f32> {
    let count = strength.len();
    let length = count as f32 * STEP;
    let mean = strength.iter().sum::<f32>() / count as f32;
    let lift = (0.3 * length).min(26.0 * led.half).max(1.0);
    let pressed = |(k, strength): (usize, &f32)| {
        let (gone, left) = (k as f32 * STEP, (count - 1 - k) as f32 * STEP);
        let own = 0.35 + 0.75 * (0.5 * mean + 0.5 * strength).min(1.1);
        let swell = 0.28 * signed(mix(seed ^ 5)) * (gone / length * 6.0 + 6.0 * signed(seed)).sin();
        let tip = (0.45 + 0.55 * (gone / (2.2 * led.half)).min(1.0))
            * (1.0 + 0.3 * (-gone / (5.0 * led.half)).exp());
        let end = (left / lift).min(1.0);
        let end = 0.1 + 0.9 * end.sqrt() * (0.6 + 0.4 * end);
        let wire = 0.8 * (0.35 + 0.65 * end);
        led.half * (wire + led.vary * (own * (1.0 + swell) * tip * end - wire))
    };
    strength.iter().enumerate().map(pressed).collect()
}

/// Strokes in what is darker than `from`, `spacing` units apart; `tones` are those of the washes.
pub(crate) fn body(
    guide: &Guide,
    tones: &Plane,
    (from, spacing, care): (f32, f32, f32),
    led: Led,
    context: &Context,
) -> Result<Vec<Mark>> {
    let unit = guide.unit();
    let lie = Lie { smooth: 7.0, slant: -1.0, follow: 1.0 };
    let layout = guide.study.smaller(640, context)?;
    let way = directions(&layout.light, layout.unit, lie, context)?;
    let at = |plane: &Plane, x: f32, y: f32| between(plane, x * unit - 0.5, y * unit - 0.5);
    let options = Spacing {
        spacing,
        longest: 11.0 * spacing,
        shortest: 2.2 * spacing,
        turn: 0.0,
        overlap: 0.9 * spacing,
        seed: led.seed,
    };
    let wanted = |x: f32, y: f32| at(tones, x, y) > from + care * careful(at(&guide.importance, x, y));
    let lines = streamlines(guide.study.extent(), &way, &options, wanted, context)?;
    let hand = Hand { wobble: 0.6, taper: 2.4 * spacing, tremor: 0.3, seed: led.seed };
    let mark = |line: Vec<[f32; 2]>| {
        let (count, middle) = (line.len(), line[line.len() / 2]);
        let seed = mix(middle[0].to_bits() ^ mix(middle[1].to_bits() ^ led.seed));
        let tone = line.iter().map(|p| at(tones, p[0], p[1])).sum::<f32>() / count as f32;
        let width = led.half * (0.75 + 0.4 * signed(seed));
        let drawn = stroke(line, &hand, |_, _| width);
        let thin = ((tone - from) / 0.25).clamp(0.15, 1.0);
        let dry = led.dry * (0.35 + 0.35 * signed(mix(seed)) + 0.3 * (1.0 - thin));
        Mark {
            points: drawn.points,
            halves: drawn.halves,
            ink: (tone * (0.9 + 0.2 * signed(mix(seed ^ 1)))).clamp(0.0, 1.0),
            dry: [0.5 * dry, dry + 0.45 * led.dry],
            side: 0.35,
            seed,
        }
    };
    Ok(lines.into_iter().map(mark).collect())
}
