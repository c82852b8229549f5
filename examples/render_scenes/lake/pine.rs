//! A pine bough of Huangshan, flat on top, drawn needle by needle; and a line of birds.

use super::cutout::Stroke;
use crate::maths::{V2, V3, cos, mix, sin, v2, v3};
use crate::noise::Dice;

/// Boughs in front and behind, on panes 14 m away.
pub(super) fn grow(seed: u32) -> [Vec<Stroke>; 2] {
    [0, 1].map(|pane| {
        let mut tree = Tree { dice: Dice(u64::from(seed) * 31 + 7 + pane), strokes: Vec::new() };
        let shift = pane as f32;
        tree.bough(v2(9.4, 7.0 + 0.6 * shift), v2(2.2 + 1.6 * shift, 8.3 - 0.7 * shift), 0.17);
        if pane == 0 {
            tree.bough(v2(9.2, 8.9), v2(4.2, 10.2), 0.12);
        } else {
            tree.bough(v2(9.2, 6.0), v2(5.4, 6.3), 0.10);
        }
        tree.strokes
    })
}

struct Tree {
    dice: Dice,
    strokes: Vec<Stroke>,
}

impl Tree {
    /// A crooked limb; twigs leave it on both sides and carry pads of needles.
    fn bough(&mut self, from: V2, to: V2, thick: f32) {
        let pieces = 22;
        let (mut last, mut sway) = (from, 0.0);
        for n in 1..=pieces {
            let t = n as f32 / pieces as f32;
            sway = sway * 0.75 + self.dice.between(-0.1, 0.1);
            let p = from + (to - from) * t + v2(0.0, sway - 0.45 * sin(t * 3.1));
            let radius = |t: f32| thick * (1.0 - 0.85 * t) + 0.012;
            self.limb(last, p, radius(t - 1.0 / pieces as f32), radius(t));
            if n > 3 {
                let reach = mix(1.15, 0.45, t) * self.dice.between(0.6, 1.1);
                self.twig(p, reach, [0.5, -0.2, 0.75][n % 3]);
            }
            last = p;
        }
        self.tuft(last, 0.3);
    }

    fn limb(&mut self, a: V2, b: V2, ra: f32, rb: f32) {
        let bark = v3(0.030, 0.022, 0.018) * self.dice.between(0.6, 1.3);
        self.strokes.push(Stroke { a, b, ra, rb, colour: bark, clear: 0.0 });
    }

    /// Leaves the bough slanting up or down, then levels out, as these pines do.
    fn twig(&mut self, from: V2, reach: f32, rise: f32) {
        let pieces = 7;
        let (mut last, side) = (from, -1.0);
        for n in 1..=pieces {
            let t = n as f32 / pieces as f32;
            let p = from
                + v2(side * reach * t * 0.8, reach * rise * (1.0 - (1.0 - t) * (1.0 - t)))
                + v2(0.0, self.dice.between(-0.02, 0.02));
            self.limb(last, p, 0.022 * (1.2 - t), 0.022 * (1.1 - t));
            if n > 1 {
                let size = self.dice.between(0.8, 1.1);
                self.tuft(p, size);
            }
            last = p;
        }
    }

    /// A fan of needles that points up and outwards.
    fn tuft(&mut self, at: V2, size: f32) {
        for _ in 0..44 {
            let angle = self.dice.between(0.1, 3.0) + self.dice.between(-0.2, 0.2);
            let long = self.dice.between(0.14, 0.30) * size;
            let root = at + v2(self.dice.between(-0.10, 0.10), self.dice.between(-0.03, 0.05));
            let tip = root + v2(cos(angle), 0.75 * sin(angle)) * long;
            let tint: V3 = v3(0.013, 0.019, 0.012) * self.dice.between(0.4, 2.2);
            self.strokes.push(Stroke { a: root, b: tip, ra: 0.006, rb: 0.003, colour: tint, clear: 0.35 });
        }
    }
}

/// Eleven birds in a loose line, wings at every moment of their beat.
pub(super) fn birds(seed: u32) -> Vec<Stroke> {
    let mut dice = Dice(u64::from(seed) * 131 + 3);
    let mut strokes = Vec::new();
    for n in 0..11 {
        let along = n as f32 - 4.0;
        let at = v2(
            -52.0 + 6.4 * along + dice.between(-1.6, 1.6),
            97.0 - 2.6 * along.abs() + dice.between(-1.2, 1.2),
        );
        let beat = dice.between(-0.25, 0.75);
        let colour = v3(0.03, 0.032, 0.04);
        let mut wing =
            |a: V2, b: V2, ra: f32, rb: f32| strokes.push(Stroke { a, b, ra, rb, colour, clear: 0.0 });
        for side in [-1.0, 1.0] {
            let elbow = at + v2(1.1 * side, 0.9 * beat + 0.25);
            wing(at, elbow, 0.24, 0.19);
            wing(elbow, elbow + v2(1.5 * side, -0.35 + 0.8 * beat), 0.19, 0.04);
        }
        wing(at + v2(-0.9, -0.05), at + v2(0.95, 0.06), 0.12, 0.2);
    }
    strokes
}
