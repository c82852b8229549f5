//! What must hold of the picture of a cloth.

mod colour;
mod face;
mod golden;
mod likeness;
mod moire;
mod shape;

use super::face::Face;
use super::{View, render};
use crate::context::Context;
use crate::pixel::Size;
use crate::test_support::Random;
use crate::weave::cloth::{Cloth, End, Fibre, Lift, Yarn};

const RED: [u8; 3] = [200, 40, 50];
const GOLD: [u8; 3] = [220, 180, 80];

fn yarn(colour: [u8; 3], fibre: Fibre) -> Yarn {
    Yarn { name: String::new(), colour, fibre, tex: 10.0, width: 0.2 }
}

/// A cloth of silk warp and silk weft.
fn cloth(ends: usize, picks: usize, colours: [[u8; 3]; 2], up: impl Fn(usize, usize) -> bool) -> Cloth {
    let mut lift = Lift::new(ends, picks);
    for (pick, end) in (0..picks).flat_map(|pick| (0..ends).map(move |end| (pick, end))) {
        lift.set(pick, end, up(pick, end));
    }
    Cloth {
        lift,
        yarns: colours.iter().map(|&colour| yarn(colour, Fibre::Silk)).collect(),
        warp: vec![(0, End::Main); ends],
        weft: vec![1; picks],
        passes: (0..=picks as u32).collect(),
        spans: Vec::new(),
        ends_per_cm: 60.0,
        passes_per_cm: 40.0,
    }
}

fn satin(warp_face: bool, colours: [[u8; 3]; 2]) -> Cloth {
    cloth(64, 64, colours, |pick, end| ((end + 5 * pick) % 8 != 0) == warp_face)
}

/// A cloth of random lifts, passes of one to three picks, spans and binders.
fn random_cloth(random: &mut Random) -> Cloth {
    let (ends, passes) = (1 + random.below(70), 1 + random.below(9));
    let mut marks = vec![0];
    for _ in 0..passes {
        marks.push(marks[marks.len() - 1] + 1 + random.below(3) as u32);
    }
    let picks = marks[marks.len() - 1] as usize;
    let mut cloth = cloth(ends, picks, [RED, [20, 60, 160]], |_, _| false);
    for (pick, end) in (0..picks).flat_map(|pick| (0..ends).map(move |end| (pick, end))) {
        cloth.lift.set(pick, end, random.below(3) != 0);
    }
    cloth.passes = marks;
    for end in 1..ends {
        cloth.warp[end].1 = if random.below(4) == 0 { End::Binder } else { End::Main };
    }
    let span = |random: &mut Random| {
        let (a, b) = (random.below(ends) as u32, random.below(ends) as u32);
        (a.min(b), a.max(b) + 1)
    };
    let spans = |random: &mut Random| (0..random.below(4)).map(|_| span(random)).collect();
    cloth.spans = (0..picks).map(|_| (random.below(3) == 0).then(|| spans(random))).collect();
    cloth
}

fn size(width: usize, height: usize) -> Size {
    Size::from_usize(width, height).unwrap()
}

fn face(cloth: &Cloth) -> Face {
    Face::new(cloth, &Context::default()).unwrap()
}

/// The bytes of a picture.
fn draw(cloth: &Cloth, view: &View) -> Vec<u8> {
    render(cloth, view, &Context::default()).unwrap().as_u8().unwrap().samples().to_vec()
}
