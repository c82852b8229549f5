//! Gaussian pyramids of any size: each level has half the rows and columns of the one below, rounded up.
//!
//! A coarse sample lies on an even sample of the finer level, so an odd side loses nothing and an even side gets a
//! mirrored sample at its end. Going down and up use the same borders, so a Laplacian pyramid collapses to exactly
//! what it was made from, whatever the sides.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::{Level, pyramid};
use crate::parallel::{BAND_ROWS, for_each_band, for_each_bands};
use crate::pixel::{Plane, Size};

/// The longer side of the coarsest level. Every picture ends in the same few pixels, so the number of levels follows
/// its size and a level means the same share of the picture at any resolution.
const COARSEST: usize = 4;

/// Coarse rows in a band. Each band makes three fine rows anew.
const ROWS: usize = BAND_ROWS / 2;

/// The sizes from this one to the coarsest.
pub(crate) fn sizes(finest: Size) -> Vec<Size> {
    let mut sizes = vec![finest];
    let mut last = finest;
    while last.longer() > COARSEST {
        last = half(last);
        sizes.push(last);
    }
    sizes
}

fn half(size: Size) -> Size {
    let (w, h) = size.as_u32();
    Size::new(w.div_ceil(2), h.div_ceil(2)).unwrap_or(size)
}

/// The row that stands for one at most two beyond the border.
fn mirrored(row: isize, rows: usize) -> usize {
    let row = if row < 0 { -1 - row } else { row } as usize;
    (if row < rows { row } else { (2 * rows - 1).saturating_sub(row) }).min(rows - 1)
}

/// Planes of half the size, whose fine rows are made as they are needed and never kept.
///
/// `rows()` is called for each band and gives what makes one fine row: for each plane, its pixels halved along the row.
pub(crate) fn reduce<R: FnMut(usize, &mut [Vec<f32>])>(
    context: &Context,
    fine: Size,
    planes: usize,
    rows: impl Fn() -> R + Sync + Send,
) -> Result<Vec<Plane>> {
    let (size, level) = (half(fine), context.level);
    context.limits.admit(size, 4 * planes)?;
    let width = size.width();
    let mut made = vec![Plane::filled(size, 0.0); planes];
    let mut targets: Vec<_> = made.iter_mut().map(Plane::samples_mut).collect();
    for_each_bands(context, &mut targets, width * ROWS, |index, bands| {
        let mut rows = rows();
        let mut ring: [Vec<Vec<f32>>; 5] = std::array::from_fn(|_| vec![vec![0.0; width]; planes]);
        let mut next = 2 * (index * ROWS) as isize - 2;
        for y in 0..bands[0].len() / width {
            let last = 2 * (index * ROWS + y) as isize + 2;
            while next <= last {
                rows(mirrored(next, fine.height()), &mut ring[next.rem_euclid(5) as usize]);
                next += 1;
            }
            for (plane, band) in bands.iter_mut().enumerate() {
                let five =
                    std::array::from_fn(|i| &ring[(last - 4 + i as isize).rem_euclid(5) as usize][plane][..]);
                pyramid::halve_down(level, five, &mut band[y * width..][..width]);
            }
        }
        Ok(())
    })?;
    Ok(made)
}

/// The same for planes that are there.
pub(crate) fn reduce_planes(planes: &[Plane], context: &Context) -> Result<Vec<Plane>> {
    let size = planes[0].size();
    reduce(context, size, planes.len(), || {
        let mut split = Split::new(size.width());
        move |y, out| {
            for (plane, out) in planes.iter().zip(out) {
                split.cut(plane.row(y));
                pyramid::halve(context.level, &split.even, &split.odd, out);
            }
        }
    })
}

/// A row as even and odd pixels, a margin of one before and after.
pub(crate) struct Split {
    pub(crate) even: Vec<f32>,
    pub(crate) odd: Vec<f32>,
}

impl Split {
    pub(crate) fn new(width: usize) -> Self {
        let half = width.div_ceil(2) + 2;
        Self { even: vec![0.0; half], odd: vec![0.0; half] }
    }

    pub(crate) fn cut(&mut self, row: &[f32]) {
        pyramid::split(row, &mut self.even, &mut self.odd);
    }

    /// Both halves, without their margins.
    pub(crate) fn inner(&self) -> [&[f32]; 2] {
        [&self.even, &self.odd].map(|half| &half[1..half.len() - 1])
    }
}

/// Row `y` of a fine level, made of a coarse plane, as even and odd pixels without margins.
pub(crate) struct Doubled {
    column: Vec<f32>,
    pub(crate) even: Vec<f32>,
    pub(crate) odd: Vec<f32>,
}

impl Doubled {
    pub(crate) fn new(coarse: Size) -> Self {
        let width = coarse.width();
        Self { column: vec![0.0; width + 2], even: vec![0.0; width], odd: vec![0.0; width] }
    }

    pub(crate) fn make(&mut self, level: Level, coarse: &Plane, y: usize) {
        let (width, height) = (coarse.size().width(), coarse.size().height());
        let row = |at: isize| coarse.row(at.clamp(0, height as isize - 1) as usize);
        let (at, column) = ((y / 2) as isize, &mut self.column[1..=width]);
        if y.is_multiple_of(2) {
            pyramid::double_even(level, row(at - 1), row(at), row(at + 1), column);
        } else {
            pyramid::double_odd(level, row(at), row(at + 1), column);
        }
        (self.column[0], self.column[width + 1]) = (self.column[1], self.column[width]);
        pyramid::double(level, &self.column, &mut self.even, &mut self.odd);
    }
}

/// Fill in what cannot be seen from what can: where `alpha` is 0 a plane continues its surroundings smoothly, where it
/// is 1 it stays. So that a filter with neighbours learns nothing of hidden colour.
pub(crate) fn fill(plane: &mut Plane, alpha: &Plane, context: &Context) -> Result<()> {
    let width = plane.size().width();
    let weigh = |value: f32, alpha: f32| value * alpha.clamp(0.0, 1.0);
    for_each_band(context, plane.samples_mut(), width * BAND_ROWS, |index, band| {
        let alpha = &alpha.samples()[index * width * BAND_ROWS..][..band.len()];
        band.iter_mut().zip(alpha).for_each(|(value, alpha)| *value = weigh(*value, *alpha));
        Ok(())
    })?;
    let mut levels = vec![];
    let mut last = reduce_planes(&[plane.clone(), alpha.clone()], context)?;
    while last[0].size().pixels() > 1 {
        let next = reduce_planes(&last, context)?;
        levels.push(std::mem::replace(&mut last, next));
    }
    let mut coarse = last.swap_remove(0);
    let top = coarse.samples_mut();
    top[0] /= last[0].samples()[0].max(1e-6);
    for pair in levels.iter_mut().rev() {
        let [value, alpha] = &mut pair[..] else { break };
        pull(value, alpha, &coarse, context)?;
        coarse = value.clone();
    }
    pull(plane, alpha, &coarse, context)
}

/// Weighed values get what they lack from the coarser level.
fn pull(plane: &mut Plane, alpha: &Plane, coarse: &Plane, context: &Context) -> Result<()> {
    let width = plane.size().width();
    for_each_band(context, plane.samples_mut(), width * BAND_ROWS, |index, band| {
        let (mut doubled, mut row) = (Doubled::new(coarse.size()), vec![0.0; width]);
        for (y, values) in band.chunks_exact_mut(width).enumerate() {
            let y = index * BAND_ROWS + y;
            doubled.make(context.level, coarse, y);
            pyramid::join(&doubled.even, &doubled.odd, &mut row);
            for ((value, alpha), below) in values.iter_mut().zip(alpha.row(y)).zip(&row) {
                *value += (1.0 - alpha.clamp(0.0, 1.0)) * below;
            }
        }
        Ok(())
    })
}
