//! Error diffusion on all cores: bands that begin a little above where they count.
//!
//! Errors travel along every second row to the right and back along the others, so no row can begin before
//! the one above is done. What lies far above, though, matters no more: a band that starts thirty-two rows
//! early has settled by the time it counts. Bands depend on the size of the picture alone, and so does the
//! result. Eight of them are done side by side, one in each lane of a vector, by one thread.

use super::clean::gate;
use super::filter::Filter;
use super::points::{Points, Prepared};
use super::thresholds::Thresholds;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::dither::{Cell, Error, REACH, diffuse_row};
use crate::kernel::nearest::LANES;
use crate::parallel::for_each_band;
use crate::pixel::Plane;

/// Rows done before a band counts. At the top of the picture they are its mirror image, so that there is no
/// band of rows in which the errors have yet to build up.
const RUN_UP: usize = 32;

/// Rows of the tile of noise from which bands begin are so far apart.
const APART: usize = 19;

/// Error diffusion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diffusion {
    /// Where errors go.
    pub filter: Filter,
    /// How much of the errors is passed on, 0 to 1.
    pub strength: f32,
    /// How much less of it beside hard edges of flat areas, and where a colour is nearly one of the
    /// palette's; 0 to 1. Photographs hardly change; drawings stay free of specks.
    pub clean: f32,
}

impl Default for Diffusion {
    /// Floyd and Steinberg at full strength, clean.
    fn default() -> Self {
        Self { filter: Filter::default(), strength: 1.0, clean: 1.0 }
    }
}

/// Rows of a band, by the height of the picture alone: bands enough for two threads, none short beside its
/// run-up.
fn band_rows(height: usize) -> usize {
    height.div_ceil(2 * LANES).clamp(96, 256).next_multiple_of(2)
}

impl Diffusion {
    pub(super) fn map(self, points: &Points<'_>, palette: &Prepared, context: &Context) -> Result<Vec<u16>> {
        let size = points.size();
        let clean = self.clean.clamp(0.0, 1.0);
        let gate = gate(points, palette, self.strength.clamp(0.0, 1.0), clean, context)?;
        let taps = self.filter.taps();
        let rows = band_rows(size.height());
        let mut out = vec![0; size.pixels()];
        for_each_band(context, &mut out, size.width() * rows * LANES, |index, out| {
            let mut bands = Bands::new(size.width(), index, palette);
            for step in 0..RUN_UP + rows {
                let y = |lane| mirrored((index * LANES + lane) * rows + step, size.height());
                (0..LANES).for_each(|lane| bands.load(lane, points, &gate, y(lane)));
                diffuse_row(
                    context.level,
                    palette.colours(clean),
                    &taps,
                    &bands.cells,
                    &mut bands.errors,
                    step % 2 == 1,
                    &mut bands.found,
                );
                bands.next_row();
                if let Some(y) = step.checked_sub(RUN_UP) {
                    (0..LANES).for_each(|lane| bands.store(lane, lane * rows + y, out));
                }
            }
            Ok(())
        })?;
        Ok(out)
    }
}

/// The row that stands for row `y - RUN_UP`; past the end the last.
fn mirrored(y: usize, height: usize) -> usize {
    let y = if y < RUN_UP { RUN_UP - 1 - y } else { y - RUN_UP };
    y.min(height - 1)
}

/// Eight bands on their way down.
struct Bands {
    cells: Vec<Cell>,
    errors: [Vec<Error>; 3],
    found: Vec<[u16; LANES]>,
}

impl Bands {
    /// Bands begin with a little noise. From nothing, errors would grow alike everywhere, and the first dots
    /// of a flat area would come all at once.
    fn new(width: usize, piece: usize, palette: &Prepared) -> Self {
        let errors = vec![[[0.0; LANES]; 3]; width + 2 * REACH];
        let mut first = errors.clone();
        for lane in 0..LANES {
            let noise = Thresholds::BlueNoise.row((piece * LANES + lane) * APART, first.len());
            for (error, noise) in first.iter_mut().zip(noise) {
                let noise = palette.colours(0.0).light.lighter(palette.gap * (noise - 0.5));
                (0..3).for_each(|c| error[c][lane] = noise[c]);
            }
        }
        Self {
            cells: vec![[[0.0; LANES]; 4]; width],
            errors: [first, errors.clone(), errors],
            found: vec![[0; LANES]; width],
        }
    }

    fn load(&mut self, lane: usize, points: &Points<'_>, gate: &Plane, y: usize) {
        let [p, q, r] = points.rows(y);
        for ((((cell, p), q), r), gate) in self.cells.iter_mut().zip(p).zip(q).zip(r).zip(gate.row(y)) {
            for (row, value) in cell.iter_mut().zip([p, q, r, gate]) {
                row[lane] = *value;
            }
        }
    }

    fn next_row(&mut self) {
        self.errors.rotate_left(1);
        self.errors[2].fill([[0.0; LANES]; 3]);
    }

    /// Row `y` of the piece is done, if it is in the picture.
    fn store(&self, lane: usize, y: usize, out: &mut [u16]) {
        if let Some(row) = out.chunks_exact_mut(self.found.len()).nth(y) {
            row.iter_mut().zip(&self.found).for_each(|(out, found)| *out = found[lane]);
        }
    }
}
