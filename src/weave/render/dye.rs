//! The colours of a yarn's shades, so chosen that the mean of a face is the colour of the yarn.

use super::fibre::Optics;
use super::shade::Shade;
use crate::weave::cloth::Fibre;

pub(super) type Rgb = [f32; 3];

/// From shade to colour.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dye {
    body: Rgb,
    sheen: Rgb,
}

/// Where the shoulder begins that keeps highlights below white.
const KNEE: f32 = 0.72;

fn shoulder(v: f32) -> f32 {
    let room = 1.0 - KNEE;
    let over = (v - KNEE).max(0.0) / room;
    v.min(KNEE) + room * over / (1.0 + over)
}

impl Dye {
    /// A dye whose mean over `shades` (with shares that sum to 1) is `target`.
    pub(super) fn calibrated(target: Rgb, optics: &Optics, shades: &[(Shade, f32)]) -> Self {
        let mean = |of: fn(&Shade) -> f32| shades.iter().map(|(shade, share)| of(shade) * share).sum::<f32>();
        let (body, sheen) = (mean(|s| s.body), mean(|s| s.sheen).max(1e-4));
        let peak = target.iter().fold(0.0f32, |a, &b| a.max(b));
        let mut dye = Self { body: [0.0; 3], sheen: [0.0; 3] };
        for (channel, &t) in target.iter().enumerate() {
            // White sheen on a deep dye must not eat the whole of the dye.
            let wish = 1.3 * (optics.tint * t + (1.0 - optics.tint) * peak);
            dye.sheen[channel] = wish.min((0.7 * t + 0.004) / sheen);
            dye.body[channel] = (t - dye.sheen[channel] * sheen).max(0.0) / body;
            dye.settle(channel, t, shades);
        }
        dye
    }

    /// Raise or lower a channel until its mean is right behind the shoulder too.
    fn settle(&mut self, channel: usize, target: f32, shades: &[(Shade, f32)]) {
        let mut total = 1.0f32;
        for _ in 0..6 {
            let mean: f32 = shades.iter().map(|(shade, share)| self.colour(*shade)[channel] * share).sum();
            let step = (target / mean.max(1e-6)).clamp(0.5, 2.0);
            let step = (total * step).clamp(0.4, 1.35) / total;
            total *= step;
            self.body[channel] *= step;
            self.sheen[channel] *= step;
        }
    }

    #[inline]
    pub(super) fn colour(&self, shade: Shade) -> Rgb {
        let channel = |i: usize| shoulder(self.body[i] * shade.body + self.sheen[i] * shade.sheen);
        [channel(0), channel(1), channel(2)]
    }
}

/// The two looks of a thread that changes along its length, which mix to `target` when the second has this share.
pub(super) fn faces(fibre: Fibre, target: Rgb, share: f32) -> (Rgb, Rgb) {
    let peak = target.iter().fold(1e-4f32, |a, &b| a.max(b));
    let bright = match fibre {
        // A feather: green and bronze, and blue where it turns.
        Fibre::Peacock => [target[0] * 0.5, target[1] * 1.05, target[2] * 1.6],
        // Metal that faces the light: its own colour, paled towards the lamp.
        _ => target.map(|t| {
            peak.sqrt().sqrt() * (0.55 + 0.45 * peak.sqrt()) * (0.5 * t / peak + 0.5 * (t / peak).sqrt())
                + 0.2 * peak * peak
        }),
    };
    // The bright side must leave something for the dull one.
    let bright = [0, 1, 2].map(|i| bright[i].min(1.0).min(0.72 * target[i] / share.max(0.01)));
    let bright = [0, 1, 2].map(|i| bright[i].max((target[i] - 0.97 * (1.0 - share)) / share.max(0.01)));
    let dull = [0, 1, 2].map(|i| (target[i] - share * bright[i]) / (1.0 - share));
    (dull, bright)
}
