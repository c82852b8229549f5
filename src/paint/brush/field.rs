//! Colours on a grid, looked at between its samples.

use crate::pixel::{Plane, Size};

/// Three values to a place, side by side in memory: strokes look at all of them.
#[derive(Clone, Debug)]
pub(super) struct Field {
    size: Size,
    samples: Vec<[f32; 3]>,
    /// Samples to a unit.
    unit: f32,
}

impl Field {
    pub(super) fn of(planes: [&Plane; 3]) -> Self {
        let size = planes[0].size();
        let [a, b, c] = planes.map(Plane::samples);
        let samples = a.iter().zip(b).zip(c).map(|((a, b), c)| [*a, *b, *c]).collect();
        Self::new(size, samples)
    }

    /// Row after row.
    pub(super) fn new(size: Size, samples: Vec<[f32; 3]>) -> Self {
        Self { size, samples, unit: size.longer() as f32 / 1024.0 }
    }

    /// At a place in units; the border goes on for ever.
    pub(super) fn at(&self, [x, y]: [f32; 2]) -> [f32; 3] {
        let (w, h) = (self.size.width(), self.size.height());
        let x = (x * self.unit - 0.5).clamp(0.0, (w - 1) as f32);
        let y = (y * self.unit - 0.5).clamp(0.0, (h - 1) as f32);
        let (i, j) = (x as usize, y as usize);
        let (fx, fy) = (x - i as f32, y - j as f32);
        let (right, low) = ((i + 1).min(w - 1), (j + 1).min(h - 1) * w);
        let (top, low) = (&self.samples[j * w..], &self.samples[low..]);
        let mix = |a: [f32; 3], b: [f32; 3], t: f32| std::array::from_fn(|c| a[c] + t * (b[c] - a[c]));
        mix(mix(top[i], top[right], fx), mix(low[i], low[right], fx), fy)
    }
}

/// How far two colours are apart.
pub(super) fn apart(p: [f32; 3], q: [f32; 3]) -> f32 {
    let d = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
    // A difference of hue is as much an edge as one of lightness, though Oklab numbers for it are smaller.
    (d[0] * d[0] + 2.0 * (d[1] * d[1] + d[2] * d[2])).sqrt()
}
