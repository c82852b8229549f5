//! Regions as filled paths, with nothing between neighbours.
//!
//! Each border between two regions is found once, fitted once, and used from both sides, so that neighbours have the
//! same curve between them to the last digit. Whatever the curves do, nothing is left bare: passing a border from
//! one region to its neighbour takes one turn around the place from the one and gives it to the other, so the turns
//! of all regions around a place of the picture are always one in all.

use std::collections::BTreeMap;

use super::borders::{Border, OUTSIDE, borders};
use crate::context::Context;
use crate::error::Result;
use crate::parallel::map_bands;
use crate::region::Labels;
use crate::trace::fit::fit;
use crate::trace::path::Path;

/// The paths around all pixels of a label: outlines, and holes in them. To be filled by the even-odd rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The label.
    pub label: u16,
    /// Outlines go counterclockwise, holes clockwise.
    pub rings: Vec<Path>,
}

/// Borders fitted at a time.
const BAND: usize = 64;
/// No border.
const NONE: u32 = u32::MAX;

/// The regions of a map of labels, in the order of their labels.
///
/// No place of a path is farther than the tolerance from a line through the middles of the pixels' sides, which is
/// within 0.36 of the border of the pixels. At a tolerance of 0 that line itself is drawn.
pub fn regions(labels: &Labels, tolerance: f64, context: &Context) -> Result<Vec<Region>> {
    let size = labels.size();
    let (borders, nodes) = borders(labels.labels(), (size.width(), size.height()), &context.limits)?;
    context.check()?;
    let fitted = map_bands(context, borders.len(), BAND, |band| {
        Ok(borders[band].iter().map(|border| path(border, tolerance)).collect::<Vec<_>>())
    })?;
    let paths: Vec<Path> = fitted.into_iter().flatten().collect();
    Ok(assemble(&borders, &paths, nodes))
}

fn path(border: &Border, tolerance: f64) -> Path {
    let ring = border.ends.is_none();
    if border.points.len() == 2 || tolerance <= 0.0 {
        Path::polyline(&border.points, ring)
    } else {
        fit(&border.points, ring, tolerance)
    }
}

/// Which way along a border: twice its number, plus one for backwards.
type Way = u32;

struct Ways<'a> {
    borders: &'a [Border],
    /// For each node and heading, the way that leaves there.
    leaving: Vec<[Way; 4]>,
}

impl<'a> Ways<'a> {
    fn new(borders: &'a [Border], nodes: usize) -> Self {
        let mut leaving = vec![[NONE; 4]; nodes];
        for (i, border) in borders.iter().enumerate() {
            if let Some([(from, first), (to, last)]) = border.ends {
                leaving[from][first] = 2 * i as u32;
                leaving[to][(last + 2) % 4] = 2 * i as u32 + 1;
            }
        }
        Self { borders, leaving }
    }

    /// The label to the left.
    fn label(&self, way: Way) -> u32 {
        self.borders[way as usize / 2].labels[way as usize % 2]
    }

    /// The way on which the same region is to the left: as far left as there is one, so that regions that touch by
    /// corners are apart.
    fn next(&self, way: Way) -> Option<Way> {
        let [start, end] = self.borders[way as usize / 2].ends?;
        let (node, heading) = if way.is_multiple_of(2) { end } else { (start.0, (start.1 + 2) % 4) };
        let on = [3, 0, 1].map(|turn| self.leaving[node][(heading + turn) % 4]);
        on.into_iter().find(|next| *next != NONE && self.label(*next) == self.label(way))
    }
}

fn assemble(borders: &[Border], paths: &[Path], nodes: usize) -> Vec<Region> {
    let ways = Ways::new(borders, nodes);
    let mut done = vec![false; 2 * borders.len()];
    let mut rings: BTreeMap<u16, Vec<Path>> = BTreeMap::new();
    for way in 0..done.len() {
        let label = ways.label(way as u32);
        if done[way] || label == OUTSIDE {
            continue;
        }
        let (mut ring, mut next) = (Path::default(), Some(way as u32));
        while let Some(way) = next.filter(|way| !std::mem::replace(&mut done[*way as usize], true)) {
            let path = &paths[way as usize / 2];
            let path = if way.is_multiple_of(2) { path.clone() } else { path.reversed() };
            if ring.segments.is_empty() {
                ring.start = path.start;
            }
            ring.segments.extend(path.segments);
            next = ways.next(way);
        }
        ring.closed = true;
        rings.entry(label as u16).or_default().push(ring);
    }
    rings.into_iter().map(|(label, rings)| Region { label, rings }).collect()
}

#[cfg(test)]
mod tests {
    use crate::trace::lattice::tests::winding;
    use crate::trace::point::Point;
    use std::sync::Arc;

    use super::*;
    use crate::limits::Limits;
    use crate::parallel::Pool;
    use crate::pixel::Size;
    use crate::test_support::Random;

    fn turns(region: &Region, at: Point) -> i32 {
        let rings = region.rings.iter().map(|ring| winding(&ring.places(0.2), at));
        // Outlines are counterclockwise.
        -rings.sum::<i32>()
    }

    fn map(width: usize, height: usize, labels: Vec<u16>) -> Labels {
        Labels::new(Size::from_usize(width, height).unwrap(), labels).unwrap()
    }

    /// Blobs of random labels.
    fn blobs(random: &mut Random, width: usize, height: usize, count: usize) -> Labels {
        let seeds: Vec<_> = (0..count).map(|_| (random.below(width), random.below(height))).collect();
        let near = |i: usize| {
            let far = |(x, y): &(usize, usize)| x.abs_diff(i % width).pow(2) + y.abs_diff(i / width).pow(2);
            (0..count).min_by_key(|k| far(&seeds[*k])).unwrap() as u16 % 7
        };
        map(width, height, (0..width * height).map(near).collect())
    }

    #[test]
    fn every_pixel_is_in_the_region_of_its_label_alone() {
        let mut random = Random::new("every_pixel_is_in_the_region_of_its_label_alone");
        for (width, height, count) in [(1, 1, 1), (1, 9, 2), (9, 1, 2), (23, 19, 2), (23, 19, 30)] {
            let labels: Vec<u16> = (0..width * height).map(|_| random.below(count) as u16).collect();
            let labels = map(width, height, labels);
            let regions = regions(&labels, 0.0, &Context::default()).unwrap();
            for (i, label) in labels.labels().iter().enumerate() {
                let at = Point::middle(i % width, i / width);
                for region in &regions {
                    let expected = i32::from(region.label == *label);
                    assert_eq!(turns(region, at), expected, "{random}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_bare_and_all_is_within_the_tolerance() {
        let mut random = Random::new("nothing_is_bare_and_all_is_within_the_tolerance");
        let (width, height) = (60, 50);
        for tolerance in [0.5, 1.0, 3.0] {
            let labels = blobs(&mut random, width, height, 25);
            let regions = regions(&labels, tolerance, &Context::default()).unwrap();
            for _ in 0..400 {
                let at = Point::new(f64::from(random.unit()) * 59.9, f64::from(random.unit()) * 49.9);
                let all: Vec<_> = regions.iter().map(|region| turns(region, at)).collect();
                assert_eq!(all.iter().sum::<i32>(), 1, "{at:?} {random}");
                assert!(all.iter().any(|turns| turns.rem_euclid(2) == 1), "{at:?} {random}");
                let drawn = regions.iter().zip(&all).find(|(_, turns)| **turns > 0).unwrap().0;
                let near = (0..width * height).any(|i| {
                    let off = Point::middle(i % width, i / width) - at;
                    let beside = Point::new((off.x.abs() - 0.5).max(0.0), (off.y.abs() - 0.5).max(0.0));
                    labels.labels()[i] == drawn.label && beside.length() <= tolerance + 0.36
                });
                assert!(near, "{at:?} {random}");
            }
        }
    }

    #[test]
    fn regions_that_touch_by_corners_have_outlines_of_their_own() {
        let regions = regions(&map(2, 2, vec![0, 1, 1, 0]), 0.0, &Context::default()).unwrap();
        assert!(regions.iter().all(|region| region.rings.len() == 2), "{regions:?}");
    }

    #[test]
    fn more_borders_than_there_is_memory_for_are_refused() {
        let labels = map(60, 50, (0..3000).map(|i| (i * i / 7 % 5) as u16).collect());
        let limits = Limits { max_bytes: 500_000, ..Limits::default() };
        let error = regions(&labels, 1.0, &Context { limits, ..Context::default() }).unwrap_err().to_string();
        assert!(error.starts_with("the memory for the borders of regions is about "), "{error}");
    }

    #[test]
    fn threads_change_nothing() {
        let mut random = Random::new("threads_change_nothing");
        let labels = blobs(&mut random, 90, 70, 300);
        let of = |threads| {
            let pool = Some(Arc::new(Pool::new(threads).unwrap()));
            regions(&labels, 1.0, &Context { pool, ..Context::default() }).unwrap()
        };
        assert_eq!(of(1), of(2));
    }
}
