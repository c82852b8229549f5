//! Teeth (接晕): where two yarns shade into each other, rows of the one reach into the other, each a little further or
//! less far than the last.

use super::cells::Cells;
use super::cluster::{CHROMA, Main};
use super::lab::{Lab, apart};
use super::study::Study;
use crate::error::Result;

/// The order in which rows reach into their neighbours.
const ROWS: [f32; 8] = [0.06, 0.69, 0.31, 0.94, 0.19, 0.56, 0.44, 0.81];
/// How far teeth reach, as a share of the way from one yarn's colour to the next: where there is detail, and where
/// all is even.
const REACH: [f32; 2] = [0.8, 0.7];
/// Ends of a tooth that is as long as it gets.
const LONG: usize = 13;
/// Yarns may shade into each other up to this far apart.
const APART: f32 = 0.24;
/// And so far in hue and colourfulness.
const TURN: f32 = 0.065;
/// A tooth may be off the picture's hue so much and no more.
const HUE: f32 = 0.035;

/// A map with teeth.
pub(super) fn teeth(study: &Study<'_>, mains: &[Main], map: &Cells<u8>) -> Result<Cells<u8>> {
    map.each(study.ctx, |x, y, own| {
        let reach = REACH[1] + study.detail.at(x, y) * (REACH[0] - REACH[1]);
        let threshold = 0.5 + reach * (row(x, y) - 0.5);
        let other = beyond(study.calm.at(x, y), mains, usize::from(own), threshold);
        other.map_or(own, |other| other as u8)
    })
}

/// How far a row reaches at an end, 0 to 1; it changes every so many ends, in no two rows at the same.
fn row(x: usize, y: usize) -> f32 {
    let part = (x + y * 29 % 97) / LONG;
    (ROWS[y % 8] + 0.618_034 * part as f32).fract()
}

/// The other yarn that a colour leans to, if it leans further than the threshold.
fn beyond(colour: Lab, mains: &[Main], own: usize, threshold: f32) -> Option<usize> {
    let from = mains[own].colour;
    let mut best = (threshold, None);
    for (other, main) in mains.iter().enumerate().filter(|(other, _)| *other != own) {
        let gap = apart(main.colour, from, CHROMA);
        let lean = 0.5 * (apart(colour, from, CHROMA) - apart(colour, main.colour, CHROMA)) / gap + 0.5;
        let turn = (from[1] - main.colour[1]).hypot(from[2] - main.colour[2]);
        if gap > APART * APART || turn > TURN || lean <= best.0 {
            continue;
        }
        let between = [0, 1, 2].map(|i| from[i] + lean.min(1.0) * (main.colour[i] - from[i]));
        let hue = (colour[1] - main.colour[1]).hypot(colour[2] - main.colour[2]);
        // Only yarns alike enough to shade into one another, and only colours that lie between the two.
        if apart(colour, between, CHROMA) < 0.04 * 0.04 && hue < HUE {
            best = (lean, Some(other));
        }
    }
    best.1
}
