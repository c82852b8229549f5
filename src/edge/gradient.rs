//! First derivatives of a grey picture: Sobel, Scharr, Prewitt.
//!
//! Hanno Scharr's weights are those of his thesis "Optimale Operatoren in der Digitalen Bildverarbeitung"
//! (2000). All operators are in whole numbers and unscaled.

#[cfg(test)]
pub(in crate::edge) mod tests;

use super::grey::{Border, Grey, PaddedRows};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::{Level, gradient as kernel};
use crate::parallel::{BAND_ROWS, for_each_bands};

/// How derivatives are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Sobel on 3×3, 5×5 or 7×7 pixels.
    Sobel(Aperture),
    /// Scharr on 3×3 pixels: directions are right within a degree.
    Scharr,
    /// Prewitt on 3×3 pixels.
    Prewitt,
}

/// The side of a Sobel window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aperture {
    /// 3 pixels.
    #[default]
    Three,
    /// 5 pixels.
    Five,
    /// 7 pixels.
    Seven,
}

/// Two planes of derivatives, row after row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gradients {
    /// Along the row: positive where it grows brighter to the right.
    pub dx: Vec<i16>,
    /// Down the column: positive where it grows brighter downwards.
    pub dy: Vec<i16>,
}

/// Anything that can tell the derivatives of one row after another.
pub trait GradientRows {
    /// Write the derivatives of row `y`. Rows are asked for from above to below.
    fn row(&mut self, level: Level, y: usize, dx: &mut [i16], dy: &mut [i16]);
}

impl<G: GradientRows + ?Sized> GradientRows for Box<G> {
    fn row(&mut self, level: Level, y: usize, dx: &mut [i16], dy: &mut [i16]) {
        (**self).row(level, y, dx, dy);
    }
}

/// The derivatives of `grey`, whose outside is its mirror image.
///
/// Sobel's largest aperture can reach 163 200; like everywhere else, what is past 16 bits is held at 32 767.
pub fn gradients(grey: Grey<'_>, operator: Operator, context: &Context) -> Result<Gradients> {
    let pixels = grey.values().len();
    let mut result = Gradients { dx: vec![0; pixels], dy: vec![0; pixels] };
    gradients_into(grey, operator, [&mut result.dx, &mut result.dy], context)?;
    Ok(result)
}

/// The same into two planes that are already there.
pub fn gradients_into(
    grey: Grey<'_>,
    operator: Operator,
    planes: [&mut [i16]; 2],
    context: &Context,
) -> Result<()> {
    let width = grey.width();
    let mut planes = planes;
    for_each_bands(context, &mut planes, width * BAND_ROWS, |index, bands| {
        let [dx, dy] = bands else { return Ok(()) };
        let mut source = GreyGradients::new(grey, operator, Border::Reflect);
        for (y, (dx, dy)) in dx.chunks_mut(width).zip(dy.chunks_mut(width)).enumerate() {
            source.row(context.level, index * BAND_ROWS + y, dx, dy);
        }
        Ok(())
    })
}

/// The derivatives of a grey picture, row by row.
pub(super) struct GreyGradients<'a> {
    operator: Operator,
    sixteenth: bool,
    rows: PaddedRows<'a, u8>,
    smooth: Vec<i16>,
    diff: Vec<i16>,
}

impl<'a> GreyGradients<'a> {
    pub(super) fn new(grey: Grey<'a>, operator: Operator, border: Border) -> Self {
        let margin = operator.margin();
        let spare = if margin > 1 { grey.width() + 2 * margin } else { 0 };
        let rows = PaddedRows::new(grey.values(), (grey.width(), grey.height()), border, margin);
        Self { operator, sixteenth: false, rows, smooth: vec![0; spare], diff: vec![0; spare] }
    }

    /// An aperture of 7 gives sixteenths, so that nothing is cut off.
    pub(super) fn in_sixteenths(self) -> Self {
        Self { sixteenth: true, ..self }
    }

    /// As Canny wants them.
    pub(super) fn for_canny(grey: Grey<'a>, aperture: Aperture) -> Self {
        Self::new(grey, Operator::Sobel(aperture), Border::Replicate).in_sixteenths()
    }
}

impl GradientRows for GreyGradients<'_> {
    fn row(&mut self, level: Level, y: usize, dx: &mut [i16], dy: &mut [i16]) {
        let (smooth, diff) = (&mut self.smooth[..], &mut self.diff[..]);
        match self.operator {
            Operator::Scharr => kernel::scharr(level, self.rows.around(y), dx, dy),
            Operator::Prewitt => kernel::prewitt(level, self.rows.around(y), dx, dy),
            Operator::Sobel(Aperture::Three) => kernel::sobel3(level, self.rows.around(y), dx, dy),
            Operator::Sobel(Aperture::Five) => {
                kernel::columns5(level, self.rows.around(y), smooth, diff);
                kernel::rows5(level, smooth, diff, dx, dy);
            }
            Operator::Sobel(Aperture::Seven) => {
                kernel::columns7(level, self.rows.around(y), smooth, diff);
                let along = if self.sixteenth { kernel::rows7_sixteenth } else { kernel::rows7 };
                along(level, smooth, diff, dx, dy);
            }
        }
    }
}

impl Default for Operator {
    fn default() -> Self {
        Self::Sobel(Aperture::Three)
    }
}

impl Operator {
    /// What a step from black to white is in its derivatives; with an aperture of 7, in sixteenths.
    pub(super) fn full_step(self) -> i16 {
        match self {
            Self::Sobel(Aperture::Three) => 1020,
            Self::Sobel(Aperture::Five) => 12_240,
            Self::Sobel(Aperture::Seven) => 10_200,
            Self::Scharr => 4080,
            Self::Prewitt => 765,
        }
    }

    /// How far the window reaches past its pixel.
    pub(super) fn margin(self) -> usize {
        match self {
            Self::Sobel(aperture) => aperture.side() / 2,
            Self::Scharr | Self::Prewitt => 1,
        }
    }
}

impl Aperture {
    /// 3, 5 or 7.
    pub fn side(self) -> usize {
        match self {
            Self::Three => 3,
            Self::Five => 5,
            Self::Seven => 7,
        }
    }

    /// What a derivative of 1 is in the numbers Canny works with.
    pub(super) fn steps(self) -> f64 {
        if self == Self::Seven { 1.0 / 16.0 } else { 1.0 }
    }

    /// The aperture of that side.
    pub fn of_side(side: usize) -> Result<Self> {
        match side {
            3 => Ok(Self::Three),
            5 => Ok(Self::Five),
            7 => Ok(Self::Seven),
            _ => Err(Error::unsupported(format!("there is no aperture of {side}"), "use 3, 5 or 7")),
        }
    }
}
