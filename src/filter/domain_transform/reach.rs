//! The normalised filter: the mean of all samples within reach on a stretched line.
//!
//! Where a window starts and ends is found once for all planes; the means come from running sums. Those are kept
//! in `f64`, where the longest line loses nothing that shows.

use super::super::lines::Core;
use crate::kernel::Level;
use crate::kernel::lines::{self as kernel, LINES};

pub(super) struct Reach {
    reach: f64,
    /// The tile, one line after the other.
    lines: Vec<f32>,
    /// First sample of the window and the one after its last, for each sample of each line.
    windows: Vec<[u32; 2]>,
    /// Where the samples of a line lie; later what they add up to.
    sums: Vec<f64>,
}

impl Reach {
    pub(super) fn new(reach: f32) -> Self {
        Self { reach: f64::from(reach), lines: Vec::new(), windows: Vec::new(), sums: Vec::new() }
    }
}

impl Core for Reach {
    fn begin(&mut self, level: Level, steps: &mut [f32]) {
        let count = steps.len() / LINES;
        self.lines = vec![0.0; steps.len()];
        self.windows = vec![[0; 2]; steps.len()];
        self.sums = vec![0.0; count + 1];
        kernel::turn_back(level, steps, count, &mut self.lines);
        for (steps, windows) in self.lines.chunks_exact(count).zip(self.windows.chunks_exact_mut(count)) {
            let places = &mut self.sums[..count];
            let mut place = 0.0;
            for (own, step) in places.iter_mut().zip(steps) {
                place += f64::from(*step);
                *own = place;
            }
            let (mut start, mut end) = (0, 0);
            for (own, window) in places.iter().zip(windows) {
                start += places[start..].iter().take_while(|place| **place < own - self.reach).count();
                end += places[end..].iter().take_while(|place| **place <= own + self.reach).count();
                *window = [start as u32, end as u32];
            }
        }
    }

    fn run(&mut self, level: Level, steps: &[f32], tile: &mut [f32]) {
        let count = steps.len() / LINES;
        kernel::turn_back(level, tile, count, &mut self.lines);
        for (line, windows) in self.lines.chunks_exact_mut(count).zip(self.windows.chunks_exact(count)) {
            let mut sum = 0.0;
            self.sums[0] = 0.0;
            for (own, value) in self.sums[1..].iter_mut().zip(&*line) {
                sum += f64::from(*value);
                *own = sum;
            }
            for (value, [start, end]) in line.iter_mut().zip(windows) {
                let sum = self.sums[*end as usize] - self.sums[*start as usize];
                *value = sum as f32 / (end - start) as f32;
            }
        }
        kernel::turn(level, &self.lines, count, tile);
    }
}
