//! Which triangle does a ray meet? A tree of boxes, split where the surface area heuristic expects the least work
//! (MacDonald and Booth, "Heuristics for Ray Tracing Using Space Subdivision", 1990), in bins (Wald, 2007).

use crate::maths::{V3, v3};

const BINS: usize = 12;
const LEAF: usize = 4;
/// Triangles are larger than they are by this share, so that no ray slips between two neighbours.
const SEAM: f32 = 2e-5;

#[derive(Clone, Copy)]
struct Bounds {
    low: V3,
    high: V3,
}

impl Bounds {
    const NONE: Self = Self { low: v3(f32::MAX, f32::MAX, f32::MAX), high: v3(f32::MIN, f32::MIN, f32::MIN) };

    fn with(self, o: Self) -> Self {
        let (l, h, ol, oh) = (self.low, self.high, o.low, o.high);
        Self {
            low: v3(l.x.min(ol.x), l.y.min(ol.y), l.z.min(ol.z)),
            high: v3(h.x.max(oh.x), h.y.max(oh.y), h.z.max(oh.z)),
        }
    }

    fn point(p: V3) -> Self {
        Self { low: p, high: p }
    }

    fn area(self) -> f32 {
        let d = self.high - self.low;
        d.x * d.y + d.y * d.z + d.z * d.x
    }
}

/// A leaf has a `count`, and `first` is its first triangle; otherwise `first` is the left child, and the right one follows.
struct Node {
    bounds: Bounds,
    first: u32,
    count: u32,
}

struct Triangle {
    corner: V3,
    edges: [V3; 2],
    id: u32,
}

/// Where a ray met a triangle: how far along, and the weights of the second and third corner.
#[derive(Clone, Copy)]
pub(crate) struct Meeting {
    pub(crate) distance: f32,
    pub(crate) triangle: u32,
    pub(crate) weights: [f32; 2],
}

pub(crate) struct Bvh {
    nodes: Vec<Node>,
    triangles: Vec<Triangle>,
}

struct Item {
    bounds: Bounds,
    centre: V3,
    id: u32,
}

fn axis_of(p: V3, axis: usize) -> f32 {
    [p.x, p.y, p.z][axis]
}

impl Bvh {
    pub(crate) fn build(corners: &[[V3; 3]]) -> Self {
        let mut items: Vec<Item> = (0..)
            .zip(corners)
            .map(|(id, [a, b, c])| {
                let bounds = Bounds::point(*a).with(Bounds::point(*b)).with(Bounds::point(*c));
                Item { bounds, centre: (bounds.low + bounds.high) * 0.5, id }
            })
            .collect();
        let mut nodes = vec![Node { bounds: Bounds::NONE, first: 0, count: 0 }];
        let end = items.len();
        split(&mut nodes, 0, &mut items, 0, end);
        let triangles = items
            .iter()
            .map(|item| {
                let [a, b, c] = corners[item.id as usize];
                Triangle { corner: a, edges: [b - a, c - a], id: item.id }
            })
            .collect();
        Self { nodes, triangles }
    }

    /// The nearest meeting closer than `reach`.
    pub(crate) fn nearest(&self, from: V3, to: V3, reach: f32) -> Option<Meeting> {
        let mut best = None;
        self.walk(from, to, reach, |meeting| {
            best = Some(meeting);
            false
        });
        best
    }

    pub(crate) fn blocked(&self, from: V3, to: V3, reach: f32) -> bool {
        let mut found = false;
        self.walk(from, to, reach, |_| {
            found = true;
            true
        });
        found
    }

    /// Tells `meet` of ever nearer meetings, until it says that it has seen enough.
    fn walk(&self, from: V3, to: V3, mut reach: f32, mut meet: impl FnMut(Meeting) -> bool) {
        let inverse = to.map(|d| 1.0 / if d.abs() < 1e-12 { 1e-12 } else { d });
        let mut stack = [(0_u32, 0.0_f32); 64];
        let mut height = 1;
        stack[0] = (0, 0.0);
        while height > 0 {
            height -= 1;
            let (index, entry) = stack[height];
            if entry > reach {
                continue;
            }
            let node = &self.nodes[index as usize];
            if node.count > 0 {
                let leaf = node.first as usize..(node.first + node.count) as usize;
                for triangle in &self.triangles[leaf] {
                    if let Some(meeting) = triangle.meet(from, to, reach) {
                        reach = meeting.distance;
                        if meet(meeting) {
                            return;
                        }
                    }
                }
                continue;
            }
            let child = |n: u32| enter(&self.nodes[n as usize].bounds, from, inverse, reach).map(|t| (n, t));
            let (left, right) = (child(node.first), child(node.first + 1));
            let far_first = match (left, right) {
                (Some(l), Some(r)) if l.1 < r.1 => [right, left],
                _ => [left, right],
            };
            for next in far_first.into_iter().flatten() {
                stack[height] = next;
                height += 1;
            }
        }
    }
}

fn enter(b: &Bounds, from: V3, inverse: V3, reach: f32) -> Option<f32> {
    let near = (b.low - from).tint(inverse);
    let far = (b.high - from).tint(inverse);
    let first = near.x.min(far.x).max(near.y.min(far.y)).max(near.z.min(far.z)).max(0.0);
    let last = near.x.max(far.x).min(near.y.max(far.y)).min(near.z.max(far.z)).min(reach);
    (first <= last * 1.000_001).then_some(first)
}

impl Triangle {
    /// Möller and Trumbore, "Fast, Minimum Storage Ray/Triangle Intersection", 1997.
    fn meet(&self, from: V3, to: V3, reach: f32) -> Option<Meeting> {
        let [e, f] = self.edges;
        let p = to.cross(f);
        let det = e.dot(p);
        if det.abs() < 1e-14 {
            return None;
        }
        let scale = 1.0 / det;
        let s = from - self.corner;
        let u = s.dot(p) * scale;
        if !(-SEAM..=1.0 + SEAM).contains(&u) {
            return None;
        }
        let q = s.cross(e);
        let v = to.dot(q) * scale;
        let distance = f.dot(q) * scale;
        let hit = v >= -SEAM && u + v <= 1.0 + SEAM && distance > 0.0 && distance < reach;
        hit.then_some(Meeting { distance, triangle: self.id, weights: [u, v] })
    }
}

/// Makes node `at` of the items `start..end`, and its children after it.
fn split(nodes: &mut Vec<Node>, at: usize, items: &mut [Item], start: usize, end: usize) {
    let mine = &mut items[start..end];
    let bounds = mine.iter().fold(Bounds::NONE, |b, item| b.with(item.bounds));
    nodes[at].bounds = bounds;
    let middle = if mine.len() <= LEAF { None } else { cheapest(mine, bounds) };
    let Some((axis, place)) = middle else {
        nodes[at].first = start as u32;
        nodes[at].count = (end - start) as u32;
        return;
    };
    let mut half = 0;
    for n in 0..mine.len() {
        if axis_of(mine[n].centre, axis) < place {
            mine.swap(n, half);
            half += 1;
        }
    }
    if half == 0 || half == mine.len() {
        half = mine.len() / 2;
    }
    let left = nodes.len();
    nodes.extend([0, 1].map(|_| Node { bounds: Bounds::NONE, first: 0, count: 0 }));
    nodes[at].first = left as u32;
    split(nodes, left, items, start, start + half);
    split(nodes, left + 1, items, start + half, end);
}

/// The axis and place of the split with the least expected work, or none if a leaf is no worse.
fn cheapest(items: &[Item], bounds: Bounds) -> Option<(usize, f32)> {
    let centres = items.iter().fold(Bounds::NONE, |b, item| b.with(Bounds::point(item.centre)));
    let mut best = (items.len() as f32 * bounds.area(), None);
    for axis in 0..3 {
        let (low, high) = (axis_of(centres.low, axis), axis_of(centres.high, axis));
        if high - low < 1e-7 {
            continue;
        }
        let mut bins = [(Bounds::NONE, 0_usize); BINS];
        for item in items {
            let place = (axis_of(item.centre, axis) - low) / (high - low) * BINS as f32;
            let bin = &mut bins[(place as usize).min(BINS - 1)];
            *bin = (bin.0.with(item.bounds), bin.1 + 1);
        }
        for cut in 1..BINS {
            let cost = |part: &[(Bounds, usize)]| {
                let (b, n) = part.iter().fold((Bounds::NONE, 0), |a, bin| (a.0.with(bin.0), a.1 + bin.1));
                if n == 0 { 0.0 } else { b.area() * n as f32 }
            };
            let total = cost(&bins[..cut]) + cost(&bins[cut..]) + bounds.area();
            if total < best.0 {
                best = (total, Some((axis, low + (high - low) * cut as f32 / BINS as f32)));
            }
        }
    }
    best.1.or((items.len() > 16).then_some((0, centres.low.x)))
}
