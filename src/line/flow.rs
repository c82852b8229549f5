//! Which way lines run: the structure tensor, smoothed, and its lesser eigenvector.
//!
//! Kang, Lee & Chui ("Coherent line drawing", 2007) smooth the tangents themselves, the strong pulling the weak. The
//! smoothed structure tensor (Brox, van den Boomgaard, Lauze, van de Weijer, Weickert, Mrázek & Kornprobst,
//! "Adaptive structure tensors", 2006; Kyprianidis & Döllner, "Image abstraction by structure adaptive filtering",
//! 2008) does the same in closed form: tensors add up weighted by their gradients, and opposite gradients do not
//! cancel. Where there is no gradient, a wider average speaks instead, and last of all a direction given from
//! outside, so no place is without one.

use super::grid::{ROWS, blurred, each_row, near, rows};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::tensor as kernel;
use crate::parallel::{for_each_band, for_each_bands};
use crate::pixel::{Plane, Size};

/// Where nothing else says how lines run: from the lower left to the upper right, as a right hand hatches.
const SLANT: [f32; 2] = [0.7, -0.7];
/// How much the wider average counts.
const FAR: f32 = 0.15;

/// Squares and product of the derivatives.
pub(super) struct Tensor {
    pub(super) e: Plane,
    pub(super) f: Plane,
    pub(super) g: Plane,
}

/// Unit tangents on a grid of half the size, and how far they are to be trusted.
#[derive(Clone, Debug)]
pub struct Flow {
    size: Size,
    tangents: Vec<[f32; 2]>,
    anisotropy: Plane,
}

impl Flow {
    /// Width and height of the grid: half those of the picture, rounded up.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Tangents of length 1, row after row.
    pub fn tangents(&self) -> &[[f32; 2]] {
        &self.tangents
    }

    /// Turned the more towards the contours of `height` (on the same grid) the less a place is to be trusted: a divergence-free
    /// stir (Bridson, Hourihan & Nordenstam, "Curl-noise for procedural fluid flow", 2007).
    pub(crate) fn stirred(&self, height: &Plane, share: f32) -> Self {
        let (width, last) = (self.size.width(), self.size.height() - 1);
        let mut stirred = self.clone();
        for (i, tangent) in stirred.tangents.iter_mut().enumerate() {
            let (x, y) = (i % width, i / width);
            let (above, below) = (height.row(y.saturating_sub(1))[x], height.row((y + 1).min(last))[x]);
            let own = height.row(y);
            let level = [below - above, own[x.saturating_sub(1)] - own[(x + 1).min(width - 1)]];
            let length = (level[0] * level[0] + level[1] * level[1]).sqrt().max(1e-9);
            let weight = share * (1.0 - self.anisotropy.samples()[i]).powi(2);
            let same = level[0] * tangent[0] + level[1] * tangent[1] >= 0.0;
            let turn = if same { weight / length } else { -weight / length };
            let mixed = [0, 1].map(|k| (1.0 - weight) * tangent[k] + turn * level[k]);
            let norm = (mixed[0] * mixed[0] + mixed[1] * mixed[1]).sqrt();
            if norm > 1e-6 {
                *tangent = mixed.map(|v| v / norm);
            }
        }
        stirred
    }

    /// 0 where there is no direction, towards 1 on a clean edge.
    pub fn anisotropy(&self) -> &Plane {
        &self.anisotropy
    }
}

fn padded(row: &[f32], out: &mut Vec<f32>) {
    out.clear();
    out.push(row[0]);
    out.extend_from_slice(row);
    out.push(row[row.len() - 1]);
}

/// The tensor of the picture's planes (lightness, or all three of a colour space: Di Zenzo's sum), on half the grid:
/// squares of derivatives are twice as fine as what they are taken of, but they are smoothed before they are used.
pub(super) fn tensor(planes: &[&Plane], context: &Context) -> Result<Tensor> {
    let (w, h) = (planes[0].size().width(), planes[0].size().height());
    let size = Size::from_usize(w.div_ceil(2), h.div_ceil(2)).expect("half of a size is a size");
    let half = size.width();
    let [mut e, mut f, mut g] = [0; 3].map(|_| Plane::filled(size, 0.0));
    let mut samples = [e.samples_mut(), f.samples_mut(), g.samples_mut()];
    for_each_bands(context, &mut samples, half * ROWS, |index, bands| {
        let mut lines = [0; 4].map(|_| Vec::with_capacity(w + 2));
        let mut sums = [0; 3].map(|_| vec![0.0; w]);
        for row in 0..bands[0].len() / half {
            let y = 2 * (index * ROWS + row) as isize;
            sums.iter_mut().for_each(|sum| sum.fill(0.0));
            let [e, f, g] = &mut sums;
            for plane in planes {
                for (line, k) in lines.iter_mut().zip(-1..) {
                    padded(near(plane, y + k), line);
                }
                kernel::add_structure(context.level, [&lines[0], &lines[1], &lines[2]], e, f, g);
                kernel::add_structure(context.level, [&lines[1], &lines[2], &lines[3]], e, f, g);
            }
            for (sum, band) in sums.iter().zip(bands.iter_mut()) {
                kernel::mean_pairs(context.level, sum, &mut band[row * half..][..half]);
            }
        }
        Ok(())
    })?;
    Ok(Tensor { e, f, g })
}

impl Tensor {
    pub(super) fn blurred(&self, sigma: f32, context: &Context) -> Result<Self> {
        let blur = |plane| blurred(plane, sigma, context);
        Ok(Self { e: blur(&self.e)?, f: blur(&self.f)?, g: blur(&self.g)? })
    }

    /// Tensors of the same direction whose size grows only as the root of their trace.
    pub(super) fn tamed(mut self, floor: f32, context: &Context) -> Result<Self> {
        let len = self.e.size().width() * ROWS;
        let mut samples = [self.e.samples_mut(), self.f.samples_mut(), self.g.samples_mut()];
        for_each_bands(context, &mut samples, len, |_, bands| {
            if let [e, f, g] = bands {
                kernel::tame(context.level, e, f, g, floor);
            }
            Ok(())
        })?;
        Ok(self)
    }

    /// With some of another added.
    fn with(mut self, other: &Self, share: f32, context: &Context) -> Result<Self> {
        for (own, other) in [(&mut self.e, &other.e), (&mut self.f, &other.f), (&mut self.g, &other.g)] {
            each_row(own, context, |y, row| {
                row.iter_mut().zip(other.row(y)).for_each(|(own, other)| *own += share * other);
            })?;
        }
        Ok(self)
    }

    fn parts(&self, y: usize) -> [&[f32]; 3] {
        [self.e.row(y), self.f.row(y), self.g.row(y)]
    }
}

/// Lines' directions at `sigma` samples; `wide` is how far a place without any looks around.
pub fn flow(planes: &[&Plane], sigma: f32, wide: f32, context: &Context) -> Result<Flow> {
    let near = tensor(planes, context)?.tamed(1e-6, context)?.blurred(sigma / 2.0, context)?;
    let far = near.blurred(wide / 2.0, context)?;
    directed(&near, &far, context)
}

/// The tangents of tensors, a place without any taking those of `far`.
fn directed(near: &Tensor, far: &Tensor, context: &Context) -> Result<Flow> {
    let size = near.e.size();
    let mut tangents = vec![[0f32; 2]; size.pixels()];
    let [x, y] = SLANT;
    // The tensor of a gradient across the slant.
    let base = [y * y, -x * y, x * x].map(|v| v * 1e-4);
    for_each_band(context, &mut tangents, size.width() * ROWS, |index, band| {
        for (y, row) in band.chunks_exact_mut(size.width()).enumerate() {
            let y = index * ROWS + y;
            kernel::tangents(context.level, near.parts(y), far.parts(y), base, FAR, row);
        }
        Ok(())
    })?;
    let anisotropy =
        rows(size, context, |y, row| kernel::anisotropy(context.level, near.parts(y), 2e-3, row))?;
    Ok(Flow { size, tangents, anisotropy })
}

/// The flow that a brush follows, broader than that of lines. Where nothing has a direction it is relaxed from wider
/// and wider surroundings, so that the strokes of a sky lie side by side (Hertzmann's strokes, 1998, have no rule there,
/// and tremble).
pub(crate) fn painters_flow(planes: &[&Plane], unit: f32, context: &Context) -> Result<Flow> {
    let near = tensor(planes, context)?.tamed(1e-5, context)?.blurred((1.6 * unit).max(0.8), context)?;
    let far = near.blurred(8.0 * unit, context)?;
    let farther = far.blurred(32.0 * unit, context)?;
    let far = far.with(&farther, 0.2, context)?;
    directed(&near, &far, context)
}

/// The flow that lines of a drawing follow; `unit` is samples to a unit.
pub(crate) fn flow_of(planes: &[&Plane], unit: f32, context: &Context) -> Result<Flow> {
    flow(planes, (2.2 * unit).max(1.4), 12.0 * unit, context)
}
