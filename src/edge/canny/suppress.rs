//! Non-maximum suppression of one band: rolling rows of steepness, two bits out for each pixel.

use crate::edge::gradient::GradientRows;
use crate::edge::map::stride;
use crate::error::{Error, Result};
use crate::kernel::{Level, bitmap, suppress as kernel};

/// How steepness is told from the two derivatives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Norm {
    /// |dx| + |dy|: OpenCV's default.
    #[default]
    Sum,
    /// √(dx² + dy²), compared by its square.
    Euclidean,
}

/// Thresholds in the units of the magnitudes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limits {
    Sums([i16; 2]),
    Squares([i32; 2]),
}

impl Limits {
    /// As OpenCV rounds them: down, after squaring. A threshold below 0 lets all through, like 0.
    pub(super) fn new(low: f64, high: f64, norm: Norm) -> Result<Self> {
        for (name, value) in [("low", low), ("high", high)] {
            if value.is_nan() {
                return Err(Error::unsupported(
                    format!("the {name} threshold is no number"),
                    "use 0 or more",
                ));
            }
        }
        let pair = [low.min(high), low.max(high)].map(|v| v.clamp(-1.0, 32_767.0));
        Ok(match norm {
            Norm::Sum => Self::Sums(pair.map(|v| v.floor() as i16)),
            Norm::Euclidean => Self::Squares(pair.map(|v| (v * v.max(0.0)).floor() as i32)),
        })
    }
}

/// The two measures have one shape and differ in the type of their rows.
trait Measure: Copy + Default {
    fn measure(level: Level, dx: &[i16], dy: &[i16], magnitude: &mut [Self], sectors: &mut [i16]);
    fn suppress(level: Level, rows: [&[Self]; 3], sectors: &[i16], limits: [Self; 2], classes: &mut [u8]);
}

impl Measure for i16 {
    fn measure(level: Level, dx: &[i16], dy: &[i16], magnitude: &mut [Self], sectors: &mut [i16]) {
        kernel::measure_sum(level, dx, dy, magnitude, sectors);
    }

    fn suppress(level: Level, rows: [&[Self]; 3], sectors: &[i16], limits: [Self; 2], classes: &mut [u8]) {
        kernel::suppress_sum(level, rows, sectors, limits, classes);
    }
}

impl Measure for i32 {
    fn measure(level: Level, dx: &[i16], dy: &[i16], magnitude: &mut [Self], sectors: &mut [i16]) {
        kernel::measure_squares(level, dx, dy, magnitude, sectors);
    }

    fn suppress(level: Level, rows: [&[Self]; 3], sectors: &[i16], limits: [Self; 2], classes: &mut [u8]) {
        kernel::suppress_squares(level, rows, sectors, limits, classes);
    }
}

/// Write the candidates, and those that are not strong by themselves, of the band that starts at row `top`.
pub(super) fn suppress(
    rows: impl GradientRows,
    size: (usize, usize),
    top: usize,
    limits: Limits,
    bits: [&mut [u64]; 2],
    level: Level,
) {
    match limits {
        Limits::Sums(limits) => Strip::new(rows, size, level).run(top, limits, bits),
        Limits::Squares(limits) => Strip::new(rows, size, level).run(top, limits, bits),
    }
}

/// The rows a band needs at one time.
struct Strip<G, M> {
    rows: G,
    height: usize,
    level: Level,
    dx: Vec<i16>,
    dy: Vec<i16>,
    /// Row y is in slot y mod 3, with a zero on either side.
    magnitudes: [Vec<M>; 3],
    sectors: [Vec<i16>; 3],
    classes: Vec<u8>,
}

impl<G: GradientRows, M: Measure> Strip<G, M> {
    fn new(rows: G, (width, height): (usize, usize), level: Level) -> Self {
        let magnitudes = std::array::from_fn(|_| vec![M::default(); width + 2]);
        let sectors = std::array::from_fn(|_| vec![0; width]);
        let classes = vec![0; 64 * stride(width)];
        Self { rows, height, level, dx: vec![0; width], dy: vec![0; width], magnitudes, sectors, classes }
    }

    fn run(&mut self, top: usize, limits: [M; 2], [candidates, open]: [&mut [u64]; 2]) {
        let stride = self.classes.len() / 64;
        if top > 0 {
            self.measure(top - 1);
        }
        self.measure(top);
        let rows = candidates.chunks_mut(stride).zip(open.chunks_mut(stride));
        for (y, (candidates, open)) in rows.enumerate() {
            self.measure(top + y + 1);
            let [up, mid, down] = [2, 0, 1].map(|ahead| (top + y + ahead) % 3);
            let magnitudes = [up, mid, down].map(|slot| &self.magnitudes[slot][..]);
            M::suppress(self.level, magnitudes, &self.sectors[mid], limits, &mut self.classes);
            bitmap::pack(self.level, &self.classes, candidates, open);
        }
    }

    /// Fill the slot of row `y`: below the picture nothing is steep, as above it.
    fn measure(&mut self, y: usize) {
        let slot = y % 3;
        if y >= self.height {
            self.magnitudes[slot].fill(M::default());
            return;
        }
        self.rows.row(self.level, y, &mut self.dx, &mut self.dy);
        M::measure(self.level, &self.dx, &self.dy, &mut self.magnitudes[slot], &mut self.sectors[slot]);
    }
}
