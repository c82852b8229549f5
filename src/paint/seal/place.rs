//! Where a seal is pressed: on the free area nearest to a golden section.

use crate::context::Context;
use crate::error::Result;
use crate::filter::reduce;
use crate::pixel::{Encoding, Picture, Plane};

/// The longer side of what is looked at.
const GRID: u32 = 128;
/// Golden sections of a side, and of the smaller parts they leave.
const GOLDEN: [f32; 4] = [0.145_898, 0.381_966, 0.618_034, 0.854_102];
/// What it costs to be a whole side away from a golden section.
const AWAY: f32 = 0.22;
/// The share of the seal's side that stays free between it and the border.
const MARGIN: f32 = 0.45;

/// How much the surroundings count against the place itself.
const AROUND: f32 = 0.8;

/// Where sections cross, as shares of the sides: not in the midst of the picture, where its subject is.
fn sections() -> impl Iterator<Item = [f32; 2]> {
    let outer = |k: usize| k == 0 || k == 3;
    let all = (0..4).flat_map(|j| (0..4).map(move |i| (i, j)));
    all.filter(move |(i, j)| outer(*i) || outer(*j)).map(|(i, j)| [GOLDEN[i], GOLDEN[j]])
}

/// The upper left corner of a square `side` long (a share of the longer side), as shares of the longer side.
pub(crate) fn place(picture: &Picture, side: f32, context: &Context) -> Result<[f32; 2]> {
    let small = reduce(picture, GRID, Encoding::Oklab, context)?;
    let (w, h) = (small.size().width(), small.size().height());
    let longer = w.max(h) as f32;
    let square = ((side * longer).round() as usize).clamp(1, w.min(h));
    let busy = Sums::new(&busy(&small.colour, &small.alpha), w, h);
    let margin = MARGIN * square as f32;
    let mut best = (f32::MAX, [0.0; 2]);
    for y in 0..=h - square {
        for x in 0..=w - square {
            let middle = [x as f32 + 0.5 * square as f32, y as f32 + 0.5 * square as f32];
            let border = middle[0].min(middle[1]).min(w as f32 - middle[0]).min(h as f32 - middle[1]);
            let away = sections()
                .map(|[u, v]| [u * w as f32, v * h as f32])
                .map(|p| ((p[0] - middle[0]).powi(2) + (p[1] - middle[1]).powi(2)).sqrt() / longer)
                .fold(f32::MAX, f32::min);
            let tight = (0.5 * square as f32 + margin - border).max(0.0) / square as f32;
            // Not on the clear brow of a portrait either: what is around it counts, too.
            let wide = [x.saturating_sub(2 * square), y.saturating_sub(2 * square)];
            let ends = [(x + 3 * square).min(w), (y + 3 * square).min(h)];
            let free = busy.mean([x, y], [x + square, y + square]) + AROUND * busy.mean(wide, ends);
            let cost = free + AWAY * away + tight;
            if cost < best.0 {
                best = (cost, [x as f32 / longer, y as f32 / longer]);
            }
        }
    }
    Ok(best.1)
}

/// How much there is at each place that a seal must not cover: differences to what is around, colour, darkness, and what
/// cannot be seen.
fn busy(colour: &[Plane; 3], alpha: &Plane) -> Vec<f32> {
    let (w, h) = (alpha.size().width(), alpha.size().height());
    let [light, a, b] = colour;
    let mut sorted = light.samples().to_vec();
    let middle = sorted.len() * 3 / 4;
    let paper = *sorted.select_nth_unstable_by(middle, f32::total_cmp).1;
    let mut out = Vec::with_capacity(w * h);
    for y in 0..h {
        let next = (y + 1).min(h - 1);
        for (x, own) in light.row(y).iter().enumerate() {
            let right = (x + 1).min(w - 1);
            let steep = (light.row(y)[right] - own).abs() + (light.row(next)[x] - own).abs();
            let hue = (a.row(next)[x] - a.row(y)[x]).abs() + (b.row(y)[right] - b.row(y)[x]).abs();
            let dark = (paper - own).max(0.0);
            out.push(4.0 * (steep + hue) + dark + 3.0 * (1.0 - alpha.row(y)[x]));
        }
    }
    out
}

/// Sums over rectangles (Crow, "Summed-area tables for texture mapping", 1984).
struct Sums {
    width: usize,
    sums: Vec<f64>,
}

impl Sums {
    fn new(values: &[f32], w: usize, h: usize) -> Self {
        let width = w + 1;
        let mut sums = vec![0.0; width * (h + 1)];
        for y in 0..h {
            let mut row = 0.0;
            for x in 0..w {
                row += f64::from(values[y * w + x]);
                sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + row;
            }
        }
        Self { width, sums }
    }

    fn mean(&self, [left, top]: [usize; 2], [right, bottom]: [usize; 2]) -> f32 {
        let at = |x: usize, y: usize| self.sums[y * self.width + x];
        let sum = at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top);
        (sum / ((right - left) * (bottom - top)) as f64) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::place;
    use crate::Context;
    use crate::pixel::{Layout, Picture, Size};

    #[test]
    fn it_keeps_off_what_is_painted_and_lies_within() {
        let (w, h) = (120usize, 90usize);
        let dark = |x: usize| if x < 70 && x % 5 < 3 { 40u8 } else { 235 };
        let samples: Vec<u8> = (0..w * h).map(|i| dark(i % w)).collect();
        let picture = Picture::new(Size::from_usize(w, h).unwrap(), Layout::Grey, samples).unwrap();
        let [x, y] = place(&picture, 0.08, &Context::default()).unwrap();
        assert!(x * w as f32 > 69.0, "{x}");
        assert!((x + 0.08) < 1.0 && (y + 0.08) * (w as f32) < h as f32, "{x} {y}");
    }

    #[test]
    fn any_size_will_do() {
        for (w, h) in [(1u32, 1u32), (1, 300), (300, 2), (16, 16)] {
            let size = Size::new(w, h).unwrap();
            let picture = Picture::new(size, Layout::Grey, vec![200u8; size.pixels()]).unwrap();
            let [x, y] = place(&picture, 0.05, &Context::default()).unwrap();
            assert!(x >= 0.0 && y >= 0.0 && x < 1.0 && y < 1.0);
        }
    }
}
