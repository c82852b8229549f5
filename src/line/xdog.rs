//! The extended difference of Gaussians (Winnemöller, Kyprianidis & Olsen, "XDoG: an eXtended difference-of-Gaussians
//! compendium including advanced image stylization", 2012): a picture sharpened by its difference of Gaussians, and a
//! soft threshold on it.

use super::along::along;
use super::dog::{self, STEP, net, with_both};
use super::flow::Flow;
use super::grid::{blurred, each_row};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::drawing as kernel;
use crate::pixel::Plane;

/// A member of the family. Lengths in units of 1/1024 of the longer side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Xdog {
    /// Standard deviation of the narrower Gaussian.
    pub width: f32,
    /// p: how strongly edges are brought out.
    pub sharpness: f32,
    /// ε: what is lighter stays white.
    pub level: f32,
    /// φ: how steeply darkness sets in below it.
    pub steepness: f32,
    /// How far along the flow edges hold together.
    pub coherence: f32,
}

impl Xdog {
    /// Black shapes and fine lines, as with a brush pen.
    pub const INK: Self = Self { width: 0.9, sharpness: 18.0, level: 0.55, steepness: 24.0, coherence: 4.0 };
    /// Soft greys with fine edges.
    pub const PENCIL: Self =
        Self { width: 0.7, sharpness: 16.0, level: 0.95, steepness: 1.1, coherence: 2.5 };
    /// Broad dark masses.
    pub const CHARCOAL: Self =
        Self { width: 2.2, sharpness: 7.0, level: 0.8, steepness: 2.6, coherence: 5.0 };
    /// Cut with a knife: black and white, white lines in the black.
    pub const WOODCUT: Self =
        Self { width: 1.7, sharpness: 45.0, level: 0.5, steepness: 40.0, coherence: 9.0 };
    /// Chalks: shading for colour to be laid over.
    pub const PASTEL: Self = Self { width: 1.4, sharpness: 6.0, level: 0.35, steepness: 3.0, coherence: 5.0 };
}

/// Without flow: two Gaussians and the threshold in one pass. 1 is white. `sigma` in samples.
pub(crate) fn plain(light: &Plane, sigma: f32, look: &Xdog, context: &Context) -> Result<Plane> {
    with_both(light, sigma, context, |narrow, out| {
        kernel::sharpen_and_cut(context.level, narrow, out, look.sharpness, look.level, look.steepness);
    })
}

/// Along the flow: what goes into the threshold, before it; so that it can be enlarged and cut afterwards.
pub(crate) fn flowing(
    light: &Plane,
    flow: &Flow,
    unit: f32,
    look: &Xdog,
    context: &Context,
) -> Result<Plane> {
    let sigma = look.width * unit;
    let coherence = (look.coherence * unit).max(0.1);
    let lines = along(&dog::response(light, sigma, context)?, flow, coherence, f32::MIN, context)?;
    let tone = blurred(light, net(sigma), context)?;
    let mut tone = along(&tone, flow, 0.5 * coherence, f32::MIN, context)?;
    each_row(&mut tone, context, |y, row| {
        row.iter_mut().zip(lines.row(y)).for_each(|(o, line)| *o -= look.sharpness * STEP * line);
    })?;
    Ok(tone)
}
