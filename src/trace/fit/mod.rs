//! From chains of places to few places, to curves, and to brush strokes.

mod brush;
mod corner;
mod curve;
mod fewest;
mod simplify;

pub use brush::{Widths, outline};
pub use curve::fit;
pub use fewest::fewest;
pub use simplify::simplify;

use super::line::{Line, Traced};
use super::path::Path;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::map_bands;

/// Lines fitted at a time.
const BAND: usize = 64;

impl Line {
    /// The line as a path of curves, nowhere farther from it than the tolerance; at 0, straight from place to place.
    pub fn curve(&self, tolerance: f64) -> Path {
        let points = self.points();
        if tolerance <= 0.0 {
            Path::polyline(&points, self.closed)
        } else {
            fit(&points, self.closed, tolerance)
        }
    }
}

impl Traced {
    /// Each line as a path of curves.
    pub fn curves(&self, tolerance: f64, context: &Context) -> Result<Vec<Path>> {
        let fitted = map_bands(context, self.lines.len(), BAND, |band| {
            Ok(self.lines[band].iter().map(|line| line.curve(tolerance)).collect::<Vec<_>>())
        })?;
        Ok(fitted.into_iter().flatten().collect())
    }
}
