//! Slivers: thin seams of an in-between colour.
//!
//! A soft edge between a dark and a light shape has pixels of all colours between, and mapping it to few colours leaves
//! a thin outline that nobody drew. What is thinner than a given width is found by a morphological opening of every
//! label at once (Serra, "Image Analysis and Mathematical Morphology", 1982). A thin part whose colour lies between
//! those of its two neighbours goes to them, each pixel to the nearer one; a thin line of a colour of its own stays.

use std::collections::VecDeque;

use super::components::components;
use super::graph::borders;
use super::{Labels, apart};
use crate::context::Context;
use crate::error::Result;

/// A colour is between two others if the way over it is at most so much longer than the way past it.
const DETOUR: f32 = 1.2;

/// Give parts thinner than `width` pixels whose colour is between those of their two main neighbours to these.
pub fn merge_slivers(labels: &mut Labels, colours: &[[f32; 3]], width: usize, ctx: &Context) -> Result<()> {
    if width < 2 || labels.size.width().min(labels.size.height()) < 2 {
        return Ok(());
    }
    let thick = opened(labels, width);
    if thick.iter().all(|thick| *thick) {
        return Ok(());
    }
    // Thin parts become regions of their own: twice as many labels, odd ones for what is thin.
    let split = |(label, thick): (&u16, &bool)| label * 2 + u16::from(!*thick);
    let parts: Vec<u16> = labels.labels.iter().zip(&thick).map(split).collect();
    let parts = Labels { size: labels.size, labels: parts };
    let found = components(&parts, ctx)?;
    let mut sides = vec![Vec::new(); found.label.len()];
    for border in borders(&found.of, labels.size, ctx)? {
        for [own, other] in [border.between, [border.between[1], border.between[0]]] {
            if found.label[own as usize] % 2 == 1 {
                sides[own as usize].push((found.label[other as usize] / 2, border.length));
            }
        }
    }
    let goes: Vec<bool> =
        sides.iter().zip(&found.label).map(|(s, label)| between(s, label / 2, colours)).collect();
    fill(labels, &found.of, &goes);
    Ok(())
}

/// Is the colour of this part between those of the two labels it touches most?
fn between(sides: &[(u16, u32)], own: u16, colours: &[[f32; 3]]) -> bool {
    let mut sums: Vec<(u32, u16)> = Vec::new();
    for (label, length) in sides.iter().filter(|(label, _)| *label != own) {
        match sums.iter_mut().find(|sum| sum.1 == *label) {
            Some(sum) => sum.0 += length,
            None => sums.push((*length, *label)),
        }
    }
    sums.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let [a, b, ..] = sums[..] else { return false };
    let colour = |label: u16| colours.get(usize::from(label)).copied().unwrap_or_default();
    let way = |a: u16, b: u16| apart(colour(a), colour(b)).sqrt();
    way(a.1, own) + way(own, b.1) <= DETOUR * way(a.1, b.1)
}

/// Give the pixels of the components that go away to whatever is nearest, counted in steps.
fn fill(labels: &mut Labels, of: &[u32], goes: &[bool]) {
    let (w, h) = (labels.size.width(), labels.size.height());
    let away = |i: usize| goes[of[i] as usize];
    let around = |i: usize| {
        let (x, y) = (i % w, i / w);
        let steps =
            [(y > 0, i.wrapping_sub(w)), (x > 0, i.wrapping_sub(1)), (x + 1 < w, i + 1), (y + 1 < h, i + w)];
        steps.into_iter().filter(|(inside, _)| *inside).map(|(_, at)| at)
    };
    let mut open: Vec<bool> = (0..of.len()).map(away).collect();
    let mut queue: VecDeque<usize> =
        (0..of.len()).filter(|i| !open[*i] && around(*i).any(|n| open[n])).collect();
    while let Some(i) = queue.pop_front() {
        for n in around(i) {
            if open[n] {
                open[n] = false;
                labels.labels[n] = labels.labels[i];
                queue.push_back(n);
            }
        }
    }
}

/// Which pixels lie in a square of `side` pixels that has one label throughout. Outside the map labels go on.
fn opened(labels: &Labels, side: usize) -> Vec<bool> {
    let (w, h) = (labels.size.width(), labels.size.height());
    let (wide, high) = (w + 2 * side, h + 2 * side);
    let row = |y: usize| labels.row(y.saturating_sub(side).min(h - 1));
    let at = |row: &[u16], x: usize| row[x.saturating_sub(side).min(w - 1)];
    // From below and from the right: how many rows of `side` equal labels begin here.
    let mut core = vec![false; wide * high];
    let mut depth = vec![0usize; wide];
    for y in (0..high).rev() {
        let (own, below) = (row(y), row(y + 1));
        let mut run = 0;
        for x in (0..wide).rev() {
            run = if x + 1 < wide && at(own, x) == at(own, x + 1) { run + 1 } else { 1 };
            let goes_on = y + 1 < high && at(own, x) == at(below, x);
            depth[x] = if run < side { 0 } else { 1 + if goes_on { depth[x] } else { 0 } };
            core[y * wide + x] = depth[x] >= side;
        }
    }
    // From above and from the left: is there such a square's corner within `side` pixels?
    let mut since = vec![side; wide];
    let mut out = vec![false; w * h];
    for y in 0..high {
        let mut last = side;
        for x in 0..wide {
            since[x] = if core[y * wide + x] { 0 } else { since[x] + 1 };
            last = if since[x] < side { 0 } else { last + 1 };
            if (side..side + w).contains(&x) && (side..side + h).contains(&y) {
                out[(y - side) * w + x - side] = last < side;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::test_maps::{SIZES, blotches, drawn};
    use crate::test_support::Random;

    const GREYS: [[f32; 3]; 3] = [[0.1, 0.0, 0.0], [0.9, 0.0, 0.0], [0.5, 0.0, 0.0]];

    /// Every square of the map grown by its border, tried one by one.
    fn opened_plainly(labels: &Labels, side: usize) -> Vec<bool> {
        let (w, h, s) = (labels.size.width() as isize, labels.size.height() as isize, side as isize);
        let at = |x: isize, y: isize| labels.row(y.clamp(0, h - 1) as usize)[x.clamp(0, w - 1) as usize];
        let mut out = vec![false; labels.labels.len()];
        for (top, left) in (-s..h + s).flat_map(|y| (-s..w + s).map(move |x| (y, x))) {
            if top + s > h + s || left + s > w + s {
                continue;
            }
            let square = || (0..s * s).map(|i| (left + i % s, top + i / s));
            if square().all(|(x, y)| at(x, y) == at(left, top)) {
                let inside = square().filter(|(x, y)| (0..w).contains(x) && (0..h).contains(y));
                inside.for_each(|(x, y)| out[(y * w + x) as usize] = true);
            }
        }
        out
    }

    #[test]
    fn what_is_thick_holds_a_square() {
        let mut random = Random::new("opened");
        for size in SIZES {
            for side in [2, 3, 5] {
                let map = blotches(&mut random, size, 2, 3);
                assert!(opened(&map, side) == opened_plainly(&map, side), "{size:?}, side {side}, {random}");
            }
        }
    }

    #[test]
    fn a_seam_between_dark_and_light_goes_to_both() {
        let mut map = drawn(30, 20, |x, _| [0, 2, 1][usize::from(x >= 14) + usize::from(x >= 17)]);
        merge_slivers(&mut map, &GREYS, 5, &Context::default()).unwrap();
        assert!(!map.labels.contains(&2));
        let row = map.row(10);
        assert!(row[13] == 0 && row[14] == 0 && row[16] == 1, "{row:?}");
    }

    #[test]
    fn a_line_of_its_own_colour_and_a_broad_band_stay() {
        let line = drawn(30, 20, |x, _| if (14..16).contains(&x) { 1 } else { 0 });
        let band = drawn(30, 20, |x, _| [0, 2, 1][usize::from(x >= 10) + usize::from(x >= 20)]);
        let dark_line = drawn(30, 20, |x, _| [2, 0, 1][usize::from(x >= 14) + usize::from(x >= 16)]);
        for map in [line, band, dark_line] {
            let mut after = map.clone();
            merge_slivers(&mut after, &GREYS, 5, &Context::default()).unwrap();
            assert!(after == map);
        }
    }
}
