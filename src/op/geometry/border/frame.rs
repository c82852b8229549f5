//! How a frame looks at a pixel: by its distance to the edge of the picture, which may have round corners.
//!
//! Distances are exact, so lines and corners have smooth edges at any size. Colours are mixed in linear light and
//! weighed by alpha: the frame is opaque, the picture need not be.

use crate::op::geometry::surround::{Rows, Surround};
use crate::pixel::Size;

/// A frame, its lengths in pixels and its colours linear.
pub(super) struct Frame {
    pub(super) size: Size,
    pub(super) line: f32,
    /// From the picture (or the mat's slanted edge) to the middle of the line.
    pub(super) gap: f32,
    pub(super) bevel: f32,
    pub(super) radius: f32,
    pub(super) color: [f32; 3],
    pub(super) line_color: [f32; 3],
}

/// How deep the shadow of a mat is, and how wide against its slanted edge.
const SHADOW: (f32, f32) = (0.3, 2.5);

/// How much of the light of the room falls on slanted edges whatever way they face, and how much more on those that
/// face the light, which comes from above and from the left.
const BEVEL_LIGHT: (f32, f32) = (0.82, 0.2);

/// Where a point lies: outside the picture by so much, and which way is out.
struct Edge {
    distance: f32,
    out: [f32; 2],
}

impl Frame {
    fn over(&self, rows: &mut Rows, y: i64, left: i64) {
        // Further in than this nothing of the frame is seen.
        let reach = 1.0 + self.radius + self.bevel * SHADOW.1;
        let deep = |at: i64, side: usize| at as f32 > reach && side as f32 - at as f32 - 1.0 > reach;
        for i in 0..rows.width() {
            let x = i as i64 - left;
            if deep(x, self.size.width()) && deep(y, self.size.height()) {
                continue;
            }
            self.pixel(rows, i, x as f32 + 0.5, y as f32 + 0.5);
        }
    }

    fn pixel(&self, rows: &mut Rows, i: usize, x: f32, y: f32) {
        let edge = self.edge(x, y);
        let cover = |distance: f32| (0.5 - distance).clamp(0.0, 1.0);
        let [inside, with_bevel] = [cover(edge.distance), cover(edge.distance - self.bevel)];
        let line = cover((edge.distance - self.bevel - self.gap).abs() - self.line * 0.5);
        let line = line * self.line.min(1.0);
        let shadow = 1.0 - self.shadow(&edge, x, y);
        let slant = BEVEL_LIGHT.0 - BEVEL_LIGHT.1 * (edge.out[0] + edge.out[1]) * -0.7;
        for c in 0..3 {
            let mat = self.color[c] + (self.line_color[c] - self.color[c]) * line;
            // The core of a mat is whiter than its face.
            let core = (self.color[c] * 0.4 + 0.6) * slant;
            let frame = mat + (core - mat) * with_bevel;
            let value = &mut rows.colour[c][i];
            *value = frame * (1.0 - inside) + *value * shadow * inside;
        }
        rows.alpha[i] = 1.0 - inside + rows.alpha[i] * inside;
    }

    /// The signed distance to a rectangle with round corners.
    fn edge(&self, x: f32, y: f32) -> Edge {
        let half = [self.size.width() as f32 * 0.5, self.size.height() as f32 * 0.5];
        let from = [x - half[0], y - half[1]];
        let past = [from[0].abs() - half[0] + self.radius, from[1].abs() - half[1] + self.radius];
        let beyond = past.map(|past| past.max(0.0));
        let corner = (beyond[0] * beyond[0] + beyond[1] * beyond[1]).sqrt();
        let distance = corner + past[0].max(past[1]).min(0.0) - self.radius;
        let out = match (corner > 0.0, past[0] > past[1]) {
            // Mats are mitred: outside a square corner the nearer side decides.
            (true, _) if self.radius > 0.0 => beyond.map(|past| past / corner),
            (_, true) => [1.0, 0.0],
            (_, false) => [0.0, 1.0],
        };
        let distance = if self.radius > 0.0 { distance } else { past[0].max(past[1]) };
        Edge { distance, out: [out[0].copysign(from[0]), out[1].copysign(from[1])] }
    }

    /// How much light a mat takes from the picture along the sides it is lit from.
    fn shadow(&self, edge: &Edge, x: f32, y: f32) -> f32 {
        if self.bevel <= 0.0 || edge.distance > 0.0 {
            return 0.0;
        }
        let width = self.bevel * SHADOW.1;
        let side = |at: f32| (1.0 - at / width).clamp(0.0, 1.0).powi(2);
        let open = (1.0 - SHADOW.0 * side(x)) * (1.0 - SHADOW.0 * side(y));
        1.0 - open
    }
}

impl Surround for Frame {
    fn draw(&self, rows: &mut Rows, y: i64, left: i64) {
        self.over(rows, y, left);
    }
}
