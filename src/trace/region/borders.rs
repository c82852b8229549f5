//! Borders between regions, each found once: chains of places between the nodes where three regions meet.

use crate::error::Result;
use crate::limits::Limits;
use crate::trace::bits::{Bits, Ranks};
use crate::trace::lattice::{Corner, Heading, place, sides, step};
use crate::trace::point::Point;

/// What is beyond the picture.
pub(super) const OUTSIDE: u32 = u32::MAX;

/// A chain between two nodes, or around.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Border {
    /// Nodes at both ends and the middles of the pixels' sides between them.
    pub points: Vec<Point>,
    /// The labels to the left and to the right.
    pub labels: [u32; 2],
    /// The first and the last node, and how it leaves the one and reaches the other; none for a ring.
    pub ends: Option<[(usize, Heading); 2]>,
}

/// A map of labels, with `OUTSIDE` around it.
struct Map<'a, L> {
    labels: &'a [L],
    width: usize,
    height: usize,
}

impl<L: Copy + Into<u32>> Map<'_, L> {
    fn at(&self, [x, y]: [usize; 2]) -> u32 {
        if x < self.width && y < self.height { self.labels[y * self.width + x].into() } else { OUTSIDE }
    }

    fn labels(&self, corner: Corner, heading: Heading) -> [u32; 2] {
        sides(corner, heading).map(|pixel| self.at(pixel))
    }

    /// The headings in which borders leave a corner.
    fn leaving(&self, corner: Corner) -> impl Iterator<Item = Heading> {
        let borders = [0, 1, 2, 3].map(|heading| {
            let [left, right] = self.labels(corner, heading);
            left != right
        });
        (0..4).filter(move |heading| borders[*heading])
    }

    fn is_node(&self, corner @ [x, y]: Corner) -> bool {
        let of_frame = [0, self.width].contains(&x) && [0, self.height].contains(&y);
        of_frame || self.leaving(corner).count() > 2
    }

    /// Corners where borders meet. Where four equal pixels meet, none do.
    fn nodes(&self) -> Bits {
        let mut nodes = Bits::new(self.width + 1, self.height + 1);
        for y in 0..=self.height {
            for x in 0..=self.width {
                let inside = x > 0 && y > 0 && x < self.width && y < self.height;
                if inside {
                    let i = y * self.width + x;
                    let [a, b] =
                        [i - self.width, i].map(|i| [self.labels[i - 1].into(), self.labels[i].into()]);
                    if a[0] == a[1] && b[0] == b[1] || a == b {
                        continue;
                    }
                }
                if self.is_node([x, y]) {
                    nodes.set(x, y);
                }
            }
        }
        nodes
    }
}

/// All borders, and how many nodes there are. In reading order; labels are below `OUTSIDE`.
pub(super) fn borders<L: Copy + Into<u32>>(
    labels: &[L],
    (width, height): (usize, usize),
    limits: &Limits,
) -> Result<(Vec<Border>, usize)> {
    if labels.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let map = Map { labels, width, height };
    let nodes = map.nodes();
    let ranks = Ranks::new(nodes.clone());
    let count = ranks.count;
    // At least three borders end at a node, and each has two ends.
    limits.admit_borders(count + count / 2)?;
    let mut tracer = Tracer {
        map,
        nodes,
        ranks,
        done: vec![0; count],
        seen: Bits::new(width + 1, height),
        borders: Vec::new(),
    };
    tracer.between_nodes();
    tracer.rings();
    limits.admit_borders(tracer.borders.len())?;
    Ok((tracer.borders, count))
}

struct Tracer<'a, L> {
    map: Map<'a, L>,
    nodes: Bits,
    ranks: Ranks,
    /// The headings in which borders of each node were followed.
    done: Vec<u8>,
    /// Sides of pixels that were walked upwards or downwards.
    seen: Bits,
    borders: Vec<Border>,
}

impl<L: Copy + Into<u32>> Tracer<'_, L> {
    fn between_nodes(&mut self) {
        for y in 0..=self.map.height {
            let row: Vec<usize> = self.nodes.columns(y).collect();
            for x in row {
                let leaving: Vec<Heading> = self.map.leaving([x, y]).collect();
                for heading in leaving {
                    if self.done[self.ranks.of(x, y)] >> heading & 1 == 0 {
                        self.follow([x, y], heading);
                    }
                }
            }
        }
    }

    fn rings(&mut self) {
        for y in 0..self.map.height {
            for x in 1..self.map.width {
                let i = y * self.map.width + x;
                if self.map.labels[i - 1].into() != self.map.labels[i].into() && !self.seen.get(x, y) {
                    self.follow([x, y], 1);
                }
            }
        }
    }

    fn follow(&mut self, start: Corner, first: Heading) {
        let labels = self.map.labels(start, first);
        let (mut corner, mut heading, mut points) = (start, first, Vec::new());
        loop {
            let to = step(corner, heading);
            if heading % 2 == 1 {
                self.seen.set(to[0], to[1].min(corner[1]));
            }
            points.push(place(corner).towards(place(to), 0.5));
            corner = to;
            if self.nodes.get(to[0], to[1]) || to == start {
                break;
            }
            let back = (heading + 2) % 4;
            heading = self.map.leaving(corner).find(|leaving| *leaving != back).unwrap_or(back);
        }
        let ends = self.nodes.get(start[0], start[1]).then(|| {
            let [from, to] = [start, corner].map(|[x, y]| self.ranks.of(x, y));
            self.done[from] |= 1 << first;
            self.done[to] |= 1 << ((heading + 2) % 4);
            [(from, first), (to, heading)]
        });
        if ends.is_some() {
            if labels.contains(&OUTSIDE) {
                // The frame is straight from node to node.
                points.clear();
            }
            points.insert(0, place(start));
            points.push(place(corner));
        }
        self.borders.push(Border { points, labels, ends });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn every_side_between_two_labels_is_on_one_border() {
        let mut random = Random::new("every_side_between_two_labels_is_on_one_border");
        for (width, height, count) in [(1, 1, 1), (1, 7, 3), (7, 1, 3), (29, 17, 2), (29, 17, 40)] {
            let labels: Vec<u16> = (0..width * height).map(|_| random.below(count) as u16).collect();
            let (borders, _) = borders(&labels, (width, height), &Limits::default()).unwrap();
            let map = Map { labels: &labels, width, height };
            let mut found: Vec<(u64, u64)> = Vec::new();
            let doubled = |p: &Point| ((2.0 * p.x) as u64, (2.0 * p.y) as u64);
            for border in borders.iter().filter(|border| !border.labels.contains(&OUTSIDE)) {
                let inner =
                    if border.ends.is_some() { 1..border.points.len() - 1 } else { 0..border.points.len() };
                found.extend(border.points[inner].iter().map(doubled));
            }
            let mut sides = Vec::new();
            for (x, y) in (0..(width + 1) * (height + 1)).map(|i| (i % (width + 1), i / (width + 1))) {
                for heading in 0..2 {
                    let [left, right] = map.labels([x, y], heading);
                    if left != right && left != OUTSIDE && right != OUTSIDE {
                        sides.push(doubled(&place([x, y]).towards(place(step([x, y], heading)), 0.5)));
                    }
                }
            }
            found.sort_unstable();
            sides.sort_unstable();
            assert_eq!(found, sides, "{random}");
        }
    }
}
