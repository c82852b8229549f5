//! Islands: components too small to be seen as shapes go to the neighbour they share the longest border with.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::components::{Components, components, root};
use super::graph::borders;
use super::{Labels, apart};
use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, for_each_band_pair};

/// Merge each component of less than `least` pixels into the neighbour it shares the longest border with; among equals
/// into the one of the most similar colour. The smallest goes first, and it ends when none is left (or only one
/// component is). `colours` has one colour for each label.
pub fn merge_islands(labels: &mut Labels, colours: &[[f32; 3]], least: u32, ctx: &Context) -> Result<()> {
    let found = components(labels, ctx)?;
    if found.area.iter().all(|area| *area >= least) {
        return Ok(());
    }
    let colour = |label: u16| colours.get(usize::from(label)).copied().unwrap_or_default();
    let key = |own: u16, other: u16, length: u32| {
        let distance = apart(colour(own), colour(other)).to_bits();
        u64::from(u32::MAX - length) << 32 | u64::from(distance)
    };
    merge_by(labels, &found, &Rules { is_small: &|_, area| area < least, key: &key }, ctx)
}

/// What goes, and where to.
pub(crate) struct Rules<'a> {
    /// Is a component (by its number and its area by now) too small?
    pub(crate) is_small: &'a dyn Fn(u32, u32) -> bool,
    /// Own label, the neighbour's, the length of the border: the neighbour with the least key is chosen.
    pub(crate) key: &'a dyn Fn(u16, u16, u32) -> u64,
}

/// Merge components into neighbours by these rules; `found` are those of `labels`.
pub(crate) fn merge_by(
    labels: &mut Labels,
    found: &Components,
    rules: &Rules<'_>,
    ctx: &Context,
) -> Result<()> {
    let mut sea = Sea::new(found, labels, ctx)?;
    sea.settle(rules);
    let owner: Vec<u16> = (0..found.label.len() as u32).map(|id| sea.label_of(id)).collect();
    let len = BAND_ROWS * labels.size.width();
    for_each_band_pair(ctx, (&found.of, len), (&mut labels.labels, len), |_, of, labels| {
        labels.iter_mut().zip(of).for_each(|(label, of)| *label = owner[*of as usize]);
        Ok(())
    })
}

/// Components on their way to each other.
struct Sea {
    parents: Vec<u32>,
    labels: Vec<u16>,
    areas: Vec<u32>,
    /// Whom each touches along how many sides. Of a merged component the lists are strung together as they are; who
    /// reads one finds the roots and adds up. So only small lists are ever read.
    touches: Vec<Vec<(u32, u32)>>,
}

impl Sea {
    fn new(found: &Components, labels: &Labels, ctx: &Context) -> Result<Self> {
        let mut touches = vec![Vec::new(); found.label.len()];
        for border in borders(&found.of, labels.size, ctx)? {
            let [a, b] = border.between;
            touches[a as usize].push((b, border.length));
            touches[b as usize].push((a, border.length));
        }
        let parents = (0..found.label.len() as u32).collect();
        Ok(Self { parents, labels: found.label.clone(), areas: found.area.clone(), touches })
    }

    fn settle(&mut self, rules: &Rules<'_>) {
        let small = self.areas.iter().zip(0..).filter(|(area, id)| (rules.is_small)(*id, **area));
        let mut heap: BinaryHeap<_> = small.map(|(area, id)| Reverse((*area, id))).collect();
        while let Some(Reverse((area, id))) = heap.pop() {
            let is_stale = root(&mut self.parents, id) != id || self.areas[id as usize] != area;
            if is_stale {
                continue;
            }
            let touches = self.touches_of(id);
            let Some(target) = self.closest(id, &touches, rules) else { continue };
            let label = self.labels[target as usize];
            let mut whole = self.unite(id, target, label);
            for (other, _) in touches {
                if other != target && self.labels[other as usize] == label {
                    whole = self.unite(whole, other, label);
                }
            }
            if (rules.is_small)(whole, self.areas[whole as usize]) {
                heap.push(Reverse((self.areas[whole as usize], whole)));
            }
        }
    }

    /// Whom it touches, by root, in order.
    fn touches_of(&mut self, id: u32) -> Vec<(u32, u32)> {
        let mut list = std::mem::take(&mut self.touches[id as usize]);
        for (other, _) in &mut list {
            *other = root(&mut self.parents, *other);
        }
        list.sort_unstable();
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        list.retain(|(other, _)| *other != id);
        self.touches[id as usize].clone_from(&list);
        list
    }

    fn closest(&self, id: u32, touches: &[(u32, u32)], rules: &Rules<'_>) -> Option<u32> {
        let label = |id: u32| self.labels[id as usize];
        let key = |(other, length): &(u32, u32)| ((rules.key)(label(id), label(*other), *length), *other);
        touches.iter().min_by_key(|touch| key(touch)).map(|(other, _)| *other)
    }

    /// One component of two; which of the roots stays is told.
    fn unite(&mut self, a: u32, b: u32, label: u16) -> u32 {
        let longer = |id: u32| self.touches[id as usize].len();
        let (from, to) = if longer(a) > longer(b) { (b, a) } else { (a, b) };
        self.parents[from as usize] = to;
        self.areas[to as usize] += self.areas[from as usize];
        self.labels[to as usize] = label;
        let moved = std::mem::take(&mut self.touches[from as usize]);
        self.touches[to as usize].extend(moved);
        to
    }

    fn label_of(&mut self, id: u32) -> u16 {
        self.labels[root(&mut self.parents, id) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::region::test_maps::{SIZES, blotches, drawn};
    use crate::test_support::Random;

    /// The same by the rule's own words: find all components anew after each merging.
    fn by_the_rule(labels: &mut Labels, colours: &[[f32; 3]], least: u32) {
        let context = Context::default();
        loop {
            let found = components(labels, &context).unwrap();
            let small = (0..found.area.len()).filter(|id| found.area[*id] < least);
            let Some(least_area) = small.clone().map(|id| found.area[id]).min() else { return };
            let all = borders(&found.of, labels.size, &context).unwrap();
            let id = small.clone().find(|id| found.area[*id] == least_area).unwrap();
            let touch = |b: &super::super::graph::Border| match b.between.map(|n| n as usize) {
                [a, other] | [other, a] if a == id => Some((other, b.length)),
                _ => None,
            };
            let own = colours[usize::from(found.label[id])];
            let key = |(other, length): &(usize, u32)| {
                let colour = colours[usize::from(found.label[*other])];
                (Reverse(*length), apart(own, colour).to_bits(), *other)
            };
            let Some((other, _)) = all.iter().filter_map(touch).min_by_key(|touch| key(touch)) else {
                return;
            };
            for (label, of) in labels.labels.iter_mut().zip(&found.of) {
                *label = if *of as usize == id { found.label[other] } else { *label };
            }
        }
    }

    /// Colours at distances that are never equal, so that no choice is left to numbering.
    fn colours(random: &mut Random) -> Vec<[f32; 3]> {
        (0..5).map(|_| [random.unit(), random.unit(), random.unit()]).collect()
    }

    #[test]
    fn none_is_left_and_areas_only_change_hands() {
        let mut random = Random::new("islands");
        for size in SIZES {
            let colours = colours(&mut random);
            let map = blotches(&mut random, size, 5, 2);
            let run = |threads| {
                let mut map = map.clone();
                let merged = || merge_islands(&mut map, &colours, 15, &Context::default()).unwrap();
                Pool::new(threads).unwrap().run(merged);
                map
            };
            let first = run(1);
            let found = components(&first, &Context::default()).unwrap();
            assert!(found.area.len() == 1 || found.area.iter().all(|area| *area >= 15), "{size:?}, {random}");
            assert!(run(2) == first && run(5) == first, "{size:?}, {random}");
        }
    }

    #[test]
    fn lone_islands_go_where_the_rule_says() {
        let mut random = Random::new("lone islands");
        for _ in 0..20 {
            let colours = colours(&mut random);
            let mut map = drawn(60, 40, |x, _| (x / 15) as u16);
            for _ in 0..12 {
                let (x, y) = (random.below(56), random.below(36));
                let (w, h) = (1 + random.below(4), 1 + random.below(4));
                for i in (0..w * h).map(|i| (y + i / w) * 60 + x + i % w) {
                    map.labels[i] = 4;
                }
            }
            let mut expected = map.clone();
            by_the_rule(&mut expected, &colours, 40);
            merge_islands(&mut map, &colours, 40, &Context::default()).unwrap();
            assert!(map == expected, "{random}");
        }
    }

    #[test]
    fn the_longest_border_wins_and_then_the_colour() {
        let colours = [[0.0; 3], [1.0; 3], [0.9; 3]];
        let mut map = drawn(9, 5, |x, y| if (4..6).contains(&x) && y < 2 { 2 } else { u16::from(x >= 5) });
        merge_islands(&mut map, &colours, 5, &Context::default()).unwrap();
        assert_eq!(map.labels[4], 1, "both borders are three long, and white is nearer");
    }
}
