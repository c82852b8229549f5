//! The minimum barrier distance to the frame: along the best path from the frame to a pixel, how far apart the
//! greatest and the least value are. What an edge encloses is far away however even it is inside.
//!
//! Found by scanning to and fro and handing each pixel the better of the paths of two neighbours (Zhang et al.
//! 2015); three scans are enough in practice.

use crate::pixel::Plane;

/// Scans over the map. The paper finds no gain beyond three; a fourth goes back the way the third came.
const SCANS: usize = 4;

/// The distance of every pixel, summed over the channels.
pub(super) fn distance(colour: &[Plane; 3]) -> Plane {
    let size = colour[0].size();
    let mut sum = vec![0.0; size.pixels()];
    for plane in colour {
        let one = channel(plane.samples(), size.width(), size.height());
        sum.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
    }
    Plane::new(size, sum).expect("one value for each pixel")
}

/// The best path known to a pixel: its cost, its greatest and its least value.
#[derive(Clone, Copy)]
struct Path {
    cost: f32,
    high: f32,
    low: f32,
}

impl Path {
    /// One step further, onto `value`.
    fn on(self, value: f32) -> Self {
        let (high, low) = (self.high.max(value), self.low.min(value));
        Self { cost: high - low, high, low }
    }
}

fn channel(values: &[f32], w: usize, h: usize) -> Vec<f32> {
    let mut paths: Vec<_> = (0..w * h)
        .map(|i| {
            let (x, y) = (i % w, i / w);
            let framed = x == 0 || y == 0 || x + 1 == w || y + 1 == h;
            Path { cost: if framed { 0.0 } else { f32::INFINITY }, high: values[i], low: values[i] }
        })
        .collect();
    let better = |paths: &mut [Path], i: usize, from: usize| {
        let path = paths[from].on(values[i]);
        if paths[from].cost.is_finite() && path.cost < paths[i].cost {
            paths[i] = path;
        }
    };
    for scan in 0..SCANS {
        for step in 0..w * h {
            if scan % 2 == 0 {
                let (x, y) = (step % w, step / w);
                if y > 0 {
                    better(&mut paths, step, step - w);
                }
                if x > 0 {
                    better(&mut paths, step, step - 1);
                }
            } else {
                let i = w * h - 1 - step;
                if i / w + 1 < h {
                    better(&mut paths, i, i + w);
                }
                if i % w + 1 < w {
                    better(&mut paths, i, i + 1);
                }
            }
        }
    }
    paths.into_iter().map(|path| path.cost).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enclosure_is_as_far_as_its_wall_is_high() {
        let (w, h) = (9, 9);
        let value = |i: usize| match (i % w).abs_diff(4).max((i / w).abs_diff(4)) {
            2 => 0.7,
            0 | 1 => 0.3,
            _ => 0.0,
        };
        let values: Vec<f32> = (0..w * h).map(value).collect();
        let cost = channel(&values, w, h);
        assert_eq!([cost[0], cost[w + 1], cost[4 * w + 4], cost[2 * w + 4]], [0.0, 0.0, 0.7, 0.7]);
    }

    #[test]
    fn a_ramp_to_the_frame_is_no_wall() {
        let values: Vec<f32> = (0..25).map(|i| (i % 5) as f32 * 0.1).collect();
        assert!(
            channel(&values, 5, 5).iter().all(|cost| *cost < 1e-6),
            "a level path leads out of every pixel"
        );
    }
}
