//! Octree: boxes of halved sides; those with the fewest pixels are given up, deepest first.
//!
//! Michael Gervautz, Werner Purgathofer, "A simple method for color quantization: octree quantization", 1988. It works on
//! the numbers of sRGB whatever the space, and since a whole set of children is given up at a time it finds a few
//! colours less than asked for; exactly that many are made of it afterwards.

use super::cloud::Cloud;
use super::colours::Colours;
use super::median_cut::mean;

/// Halvings; more tell nothing apart that eyes would.
const DEPTH: u32 = 6;

/// Stretches of colours, by their first and the one after their last.
type Boxes = Vec<(usize, usize)>;

/// Up to `count` means of boxes.
pub(super) fn octree<const D: usize>(colours: &Colours<D>, count: usize) -> Vec<[f32; D]> {
    let cloud = Cloud::of(colours);
    let mut boxes = at(colours, DEPTH, 0, colours.len());
    for level in (0..DEPTH).rev() {
        if boxes.len() <= count {
            break;
        }
        boxes = fewer(colours, &cloud, boxes, level, count);
    }
    boxes.iter().map(|&(from, to)| mean(&cloud, &(from as u32..to as u32).collect::<Vec<_>>())).collect()
}

/// The boxes of a level within a stretch.
fn at<const D: usize>(colours: &Colours<D>, level: u32, from: usize, to: usize) -> Boxes {
    let mut boxes = Vec::new();
    let mut start = from;
    for index in from + 1..=to {
        if index == to || colours.head(index, level) != colours.head(start, level) {
            boxes.push((start, index));
            start = index;
        }
    }
    boxes
}

/// Make one of all children of a parent at `level`, the parents with the least weight first, until few enough are left.
fn fewer<const D: usize>(
    colours: &Colours<D>,
    cloud: &Cloud<D>,
    boxes: Boxes,
    level: u32,
    count: usize,
) -> Boxes {
    // Each parent is a run of boxes.
    let mut parents: Vec<(f64, usize, usize)> = Vec::new();
    let mut start = 0;
    for index in 1..=boxes.len() {
        let ends =
            boxes.get(index).is_none_or(|b| colours.head(b.0, level) != colours.head(boxes[start].0, level));
        if ends {
            let members = boxes[start].0..boxes[index - 1].1;
            let weight = members.map(|i| f64::from(cloud.weights[i])).sum();
            parents.push((weight, start, index));
            start = index;
        }
    }
    let mut order: Vec<usize> = (0..parents.len()).filter(|&p| parents[p].2 - parents[p].1 > 1).collect();
    order.sort_by(|&a, &b| parents[a].0.total_cmp(&parents[b].0).then(a.cmp(&b)));
    let mut joined = vec![false; parents.len()];
    let mut left = boxes.len();
    for parent in order {
        if left <= count {
            break;
        }
        joined[parent] = true;
        left -= parents[parent].2 - parents[parent].1 - 1;
    }
    let mut result = Vec::with_capacity(left);
    for (&(_, from, to), joined) in parents.iter().zip(joined) {
        match joined {
            true => result.push((boxes[from].0, boxes[to - 1].1)),
            false => result.extend_from_slice(&boxes[from..to]),
        }
    }
    result
}
