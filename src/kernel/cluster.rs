//! The nearest of many centres, for points that are already near one.
//!
//! Steven Phillips, "Acceleration of k-means and related clustering algorithms", 2002: the centres around each centre are
//! kept in the order of their distance, and by the triangle inequality the search ends at the first that is farther from
//! the point's old centre than the old and the new distance together.

use super::level::kernel;

/// Centres looked at together.
pub(crate) const LANES: usize = 8;
/// How many such sets are kept around each centre.
pub(crate) const SETS: usize = 4;
/// The low bits of a distance that say which neighbour it belongs to.
const WHICH: u32 = 63;
/// The point's own centre among them.
const OWN: u32 = 63;

/// Eight of the centres around a centre, from near to far.
#[derive(Clone, Copy)]
pub(crate) struct Set<const D: usize> {
    /// How far each is from the centre.
    pub(crate) from: [f32; LANES],
    pub(crate) at: [[f32; LANES]; D],
    pub(crate) index: [u16; LANES],
}

/// The square of the distance between two points.
#[inline(always)]
pub(crate) fn distance<const D: usize>(a: &[f32; D], b: &[f32; D]) -> f32 {
    let mut sum = 0.0;
    for c in 0..D {
        sum += (a[c] - b[c]) * (a[c] - b[c]);
    }
    sum
}

/// The centres a search goes through.
#[derive(Clone, Copy)]
pub(crate) struct Centres<'a, const D: usize> {
    pub(crate) points: &'a [[f32; D]],
    /// `SETS` for each centre.
    pub(crate) around: &'a [[Set<D>; SETS]],
    /// The sets hold all centres there are.
    pub(crate) complete: bool,
}

/// What a search leaves for each point: the square of its distance, and of that to the next best centre (one of those
/// that were looked at; not sought for its own sake).
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) error: f32,
    pub(crate) second: f32,
}

/// The label of a point of which nothing is known; then the point before it is asked.
pub(crate) const UNKNOWN: u16 = u16::MAX;

#[inline(always)]
fn search<const D: usize>(
    points: &[[f32; D]],
    centres: Centres<'_, D>,
    labels: &mut [u16],
    found: &mut [Found],
) {
    let mut last = 0;
    for ((point, label), found) in points.iter().zip(labels).zip(found) {
        if *label == UNKNOWN {
            *label = last;
        }
        let own = usize::from(*label);
        let first = distance(point, &centres.points[own]);
        let root = first.sqrt();
        let mut best = first.to_bits() & !WHICH | OWN;
        let mut second = u32::MAX;
        let mut done = centres.complete;
        for (number, set) in centres.around[own].iter().enumerate() {
            let reach = root + f32::from_bits(best & !WHICH).sqrt();
            if set.from[0] >= reach {
                done = true;
                break;
            }
            let mut packed = [0u32; LANES];
            for (i, packed) in packed.iter_mut().enumerate() {
                let sum = point.iter().zip(&set.at).fold(0.0, |sum, (x, at)| sum + (x - at[i]) * (x - at[i]));
                *packed = sum.to_bits() & !WHICH | (number * LANES + i) as u32;
            }
            let nearest = packed.iter().fold(u32::MAX, |a, &b| a.min(b));
            second = second.min(nearest.max(best));
            best = best.min(nearest);
        }
        let which = (best & WHICH) as usize;
        if best & WHICH != OWN {
            *label = centres.around[own][which / LANES].index[which % LANES];
        }
        if !done {
            *label = slowly(point, centres.points, *label);
        }
        last = *label;
        found.error = distance(point, &centres.points[usize::from(*label)]);
        found.second = f32::from_bits(second & !WHICH).max(found.error);
    }
}

/// The nearest of all centres, `label` if none is nearer.
#[inline(always)]
fn slowly<const D: usize>(point: &[f32; D], centres: &[[f32; D]], label: u16) -> u16 {
    let (mut label, mut best) = (label, distance(point, &centres[usize::from(label)]));
    for (index, centre) in centres.iter().enumerate() {
        let found = distance(point, centre);
        if found < best {
            (label, best) = (index as u16, found);
        }
    }
    label
}

kernel! {
    /// For points of three coordinates.
    pub(crate) fn search3(points: &[[f32; 3]], centres: Centres<'_, 3>, labels: &mut [u16], found: &mut [Found]) {
        search(points, centres, labels, found);
    }
}

kernel! {
    /// For points of four coordinates.
    pub(crate) fn search4(points: &[[f32; 4]], centres: Centres<'_, 4>, labels: &mut [u16], found: &mut [Found]) {
        search(points, centres, labels, found);
    }
}
