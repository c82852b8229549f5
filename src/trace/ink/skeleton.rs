//! Lines of drawings that have width: their middles, and how wide they are.
//!
//! Pixels are peeled off in the order of their depth, as long as that changes neither pieces nor holes, and what
//! remains is in the middle (Christian Pudney, "Distance-Ordered Homotopic Thinning: A Skeletonization Algorithm
//! for 3D Digital Images", 1998).

use super::Ink;
use super::depth::depths;
use crate::context::Context;
use crate::error::Result;
use crate::trace::bits::{AROUND, Bits};
use crate::trace::line::follow::{Follow, lines_of};
use crate::trace::line::graph::{Graph, Span};
use crate::trace::line::model::{Traced, Vertex};
use crate::trace::line::thin::REMOVABLE;
use crate::trace::point::Point;

/// Passes after which what remains is thin: a pixel can have to wait for its neighbours.
const PASSES: usize = 16;
/// Squared depths that are sorted by counting; few pixels are deeper.
const BINS: usize = 1024;
/// A branch that is not longer than this many times its root is wide is a bump in an outline, not a line.
const BUMP: f64 = 0.75;

impl Ink<'_> {
    /// Its lines. Strength is how dark a place is, 0 to 255; width is known to within a pixel.
    pub fn lines(self, follow: Follow, context: &Context) -> Result<Traced> {
        lines(self, follow, context)
    }
}

fn lines(ink: Ink<'_>, follow: Follow, context: &Context) -> Result<Traced> {
    let (width, height) = (ink.grey.width(), ink.grey.height());
    let depths = depths(|x, y| ink.is_at([x, y]), (width, height), context)?;
    let mut bits = Bits::new(width, height);
    peel(&depths, &mut bits);
    let depths = Depths { squares: &depths, width, height };
    let bump = |graph: &Graph, span: &Span| {
        let roots = span.nodes.into_iter().flatten().flat_map(|node| graph.nodes[node as usize].pixels());
        let widest = roots.map(|pixel| 2.0 * depths.at(graph.places[*pixel as usize])).fold(0.0, f64::max);
        ((span.count() + 1) as f64) < follow.spur.max(BUMP * widest)
    };
    let vertex = |graph: &Graph, pixel: u32| {
        let place @ [x, y] = graph.places[pixel as usize];
        let strength = 255.0 - f32::from(ink.at([x as usize, y as usize]));
        let shift = depths.shift(place);
        let width = 2.0 * (depths.at(place) + shift.length()) - 1.0;
        Vertex { at: graph.middle(pixel) + shift, strength, orientation: 0.0, width: width as f32 }
    };
    Ok(lines_of(&bits, bump, vertex, follow))
}

/// Depths, as squares in rows.
struct Depths<'a> {
    squares: &'a [u32],
    width: usize,
    height: usize,
}

impl Depths<'_> {
    fn at(&self, [x, y]: [u32; 2]) -> f64 {
        let (x, y) = (x as usize, y as usize);
        let inside = x < self.width && y < self.height;
        if inside { f64::from(self.squares[y * self.width + x]).sqrt() } else { 0.0 }
    }

    /// From a pixel to the middle of those around it that are as deep: of two rows, neither is the middle.
    fn shift(&self, place @ [x, y]: [u32; 2]) -> Point {
        let rim = self.at(place) - 1.0;
        let (mut sum, mut weights) = (Point::default(), 1.0);
        for (i, j) in AROUND {
            let near = [x.wrapping_add_signed(i as i32), y.wrapping_add_signed(j as i32)];
            let weight = (self.at(near) - rim).clamp(0.0, 1.0);
            sum = sum + Point::new(i as f64, j as f64) * weight;
            weights += weight;
        }
        sum * (1.0 / weights)
    }
}

/// Leave the middles of what has a depth.
fn peel(depths: &[u32], bits: &mut Bits) {
    let width = bits.width;
    let mut left: Vec<u32> = (0..depths.len() as u32).filter(|i| depths[*i as usize] > 0).collect();
    left.iter().for_each(|i| bits.set(*i as usize % width, *i as usize / width));
    sort(&mut left, |i| depths[i as usize]);
    for _ in 0..PASSES {
        let before = left.len();
        left.retain(|i| {
            let (x, y) = (*i as usize % width, *i as usize / width);
            let goes = REMOVABLE[bits.around(x, y) as usize];
            if goes {
                bits.clear(x, y);
            }
            !goes
        });
        if left.len() == before {
            break;
        }
    }
}

/// By depth; those equally deep stay in order.
fn sort(pixels: &mut Vec<u32>, depth: impl Fn(u32) -> u32) {
    let bin = |i: u32| (depth(i) as usize).min(BINS);
    let mut starts = vec![0; BINS + 2];
    pixels.iter().for_each(|i| starts[bin(*i) + 1] += 1);
    (0..=BINS).for_each(|k| starts[k + 1] += starts[k]);
    let mut sorted = vec![0; pixels.len()];
    for i in &*pixels {
        let slot = &mut starts[bin(*i)];
        sorted[*slot] = *i;
        *slot += 1;
    }
    // Each start has moved to where the next one was.
    sorted[starts[BINS - 1]..].sort_by_key(|i| depth(*i));
    *pixels = sorted;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::Grey;
    use crate::test_support::Random;

    #[test]
    fn pixels_are_sorted_as_the_library_would() {
        let mut random = Random::new("pixels_are_sorted_as_the_library_would");
        let depths: Vec<u32> = {
            let mut depth = || random.next() as u32 >> (18 + random.below(14));
            (0..3000).map(|_| depth()).collect()
        };
        let mut ours: Vec<u32> = (0..3000).collect();
        let mut theirs = ours.clone();
        sort(&mut ours, |i| depths[i as usize]);
        theirs.sort_by_key(|i| depths[*i as usize]);
        assert_eq!(ours, theirs, "{random}");
    }

    #[test]
    fn a_broad_stroke_is_one_line_in_its_middle_with_its_width() {
        let (from, to) = (Point::new(12.0, 15.0), Point::new(80.0, 48.0));
        for width in [1.5, 4.0, 9.0] {
            let ink = |i: usize| Point::middle(i % 100, i / 100).distance_to_segment(from, to) <= width / 2.0;
            let values: Vec<u8> = (0..6400).map(|i| if ink(i) { 0 } else { 255 }).collect();
            let grey = Grey::new(&values, 100, 64).unwrap();
            let follow = Follow { spur: 4.0, shortest: 10.0, gap: 0.0 };
            let traced = Ink::new(grey, 128).lines(follow, &Context::default()).unwrap();
            assert_eq!(traced.lines.len(), 1, "{width}");
            let line = &traced.lines[0];
            // In the round ends the line may go aside.
            let within = |v: &&Vertex| v.at.distance(from).min(v.at.distance(to)) > width / 2.0;
            let off = line.vertices.iter().filter(within).map(|v| v.at.distance_to_segment(from, to));
            assert!(off.fold(0.0, f64::max) < 0.6, "{width}");
            assert!((line.mean_width() - width).abs() < 1.0, "{width} {}", line.mean_width());
            assert!(line.length() > 68.0, "{width} {}", line.length());
        }
    }
}
