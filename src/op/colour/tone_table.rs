//! From a curve to the table the kernels read, and the operator that is such a table and nothing more.

use std::sync::Arc;

use crate::kernel::{Level, tone};
use crate::op::{Pointwise, Row};
use crate::pixel::Encoding;

/// A curve at even steps.
pub(super) type Table = Arc<tone::Table>;

/// How far from straight a curve may be and still be called straight: a hundredth of a 16-bit step.
const STRAIGHT: f64 = 1.5e-7;

/// The curve as a table; `None` if it changes nothing, so that nothing is done.
pub(super) fn table(curve: impl Fn(f64) -> f64) -> Option<Table> {
    let place = |i: usize| i as f64 / tone::STEPS as f64;
    if (0..=tone::STEPS).all(|i| (curve(place(i)) - place(i)).abs() < STRAIGHT) {
        return None;
    }
    Some(Arc::new(std::array::from_fn(|i| curve(place(i)).clamp(0.0, 1.0) as f32)))
}

/// One curve for all, on values with the curve of sRGB, hues kept.
pub(super) struct Toned(pub(super) Option<Table>);

impl Pointwise for Toned {
    fn encoding(&self) -> Encoding {
        Encoding::Srgb
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [r, g, b] = row.colour;
        if let Some(table) = &self.0 {
            tone::curve_keeping_hue(level, r, g, b, table);
        }
    }
}
