//! A few colours that stand for all shapes of a picture.
//!
//! k-means over the means of shapes, each with a say of its own (Lloyd, "Least squares quantization in PCM", 1982). The
//! first centre is the colour with the most say; each further one is the colour that suffers most so far.

use std::collections::BTreeMap;

use crate::region::Region;

/// A colour, and how much it has to say.
pub(super) struct Voice {
    pub(super) colour: [f32; 3],
    pub(super) weight: f32,
}

/// How wide the cells are in which colours are gathered.
const CELL: f32 = 0.08;

/// The colours of these shapes, gathered in soft cells so that one shape says as much as the two it might have fallen
/// into. Of a share of the picture only the power `exponent` counts: below 1, what is small has more say.
pub(super) fn voices(regions: &[Region], exponent: f32) -> Vec<Voice> {
    let all: f32 = regions.iter().map(|region| region.area).sum();
    let mut cells: BTreeMap<[i32; 3], [f64; 5]> = BTreeMap::new();
    for region in regions {
        let place = region.colour.map(|value| value / CELL);
        let low = place.map(f32::floor);
        for corner in 0..8 {
            let up = [0, 1, 2].map(|c| corner >> c & 1);
            let part = |c: usize| if up[c] == 1 { place[c] - low[c] } else { 1.0 - (place[c] - low[c]) };
            let share = f64::from(region.area / all * part(0) * part(1) * part(2));
            let [l, a, b] = region.colour.map(f64::from);
            let cell = cells.entry([0, 1, 2].map(|c| low[c] as i32 + up[c])).or_default();
            let values = [1.0, l, a, b, f64::from(region.weight)];
            cell.iter_mut().zip(values).for_each(|(sum, value)| *sum += share * value);
        }
    }
    let voice = |[share, l, a, b, weight]: [f64; 5]| Voice {
        colour: [l, a, b].map(|sum| (sum / share) as f32),
        weight: (share.powf(f64::from(exponent)) * weight / share) as f32,
    };
    cells.into_values().filter(|cell| cell[0] > 1e-7).map(voice).collect()
}

/// Rounds after each new colour, and at the end.
const ROUNDS: [usize; 2] = [4, 40];

/// At most `count` colours, and at least one.
pub(super) fn few(voices: &[Voice], count: usize) -> Vec<[f32; 3]> {
    let loudest = voices.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
    let mut centres = vec![loudest.map_or([0.0; 3], |voice| voice.colour)];
    while centres.len() < count {
        let suffers =
            |voice: &Voice| voice.weight * apart(centres[nearest(&centres, voice.colour)], voice.colour);
        let worst =
            voices.iter().map(|voice| (suffers(voice), voice.colour)).max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((_, colour)) = worst.filter(|(suffers, _)| *suffers > 1e-9) else { break };
        centres.push(colour);
        settle(voices, &mut centres, ROUNDS[0]);
    }
    settle(voices, &mut centres, ROUNDS[1]);
    centres
}

/// The index of the nearest of these colours; the first among equals.
pub(super) fn nearest(colours: &[[f32; 3]], to: [f32; 3]) -> usize {
    let mut best = (0, f32::INFINITY);
    for (i, colour) in colours.iter().enumerate() {
        let distance = apart(*colour, to);
        if distance < best.1 {
            best = (i, distance);
        }
    }
    best.0
}

fn apart(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|c| (a[c] - b[c]) * (a[c] - b[c])).sum()
}

/// Move centres to the means of what they stand for.
fn settle(voices: &[Voice], centres: &mut [[f32; 3]], rounds: usize) {
    for _ in 0..rounds {
        let mut sums = vec![[0f64; 4]; centres.len()];
        for voice in voices {
            let sum = &mut sums[nearest(centres, voice.colour)];
            let weight = f64::from(voice.weight);
            (0..3).for_each(|c| sum[c] += weight * f64::from(voice.colour[c]));
            sum[3] += weight;
        }
        let before = centres.to_vec();
        for (centre, sum) in centres.iter_mut().zip(&sums).filter(|(_, sum)| sum[3] > 0.0) {
            *centre = [0, 1, 2].map(|c| (sum[c] / sum[3]) as f32);
        }
        if before == *centres {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_there_are_come_back_as_they_are() {
        let colours = [[0.2, 0.0, 0.1], [0.9, 0.1, 0.0], [0.5, -0.2, 0.0]];
        let voices: Vec<_> = colours.iter().map(|colour| Voice { colour: *colour, weight: 0.3 }).collect();
        let found = few(&voices, 8);
        assert_eq!(found.len(), 3);
        assert!(colours.iter().all(|c| apart(found[nearest(&found, *c)], *c) < 1e-10));
        assert_eq!(few(&[], 4), [[0.0; 3]]);
    }

    #[test]
    fn a_shape_in_two_parts_says_as_much() {
        let region = |area, lightness| Region { area, colour: [lightness, 0.05, -0.1], weight: 2.0 };
        let one = voices(&[region(60.0, 0.41), region(40.0, 0.9)], 0.5);
        let two = voices(&[region(25.0, 0.41), region(40.0, 0.9), region(35.0, 0.41)], 0.5);
        assert_eq!(one.len(), two.len());
        for (one, two) in one.iter().zip(&two) {
            assert!((one.weight - two.weight).abs() < 1e-4 && apart(one.colour, two.colour) < 1e-8);
        }
    }

    #[test]
    fn a_small_bright_thing_is_heard() {
        let grey = |n: usize| Voice { colour: [0.3 + 0.02 * n as f32, 0.0, 0.0], weight: 1.0 };
        let mut voices: Vec<_> = (0..20).map(grey).collect();
        voices.push(Voice { colour: [0.6, 0.6, 0.3], weight: 0.2 });
        assert!(few(&voices, 3).iter().any(|colour| apart(*colour, [0.6, 0.6, 0.3]) < 1e-6));
    }
}
