//! Planes of luma and chroma to interleaved samples.
//!
//! Matrices and ranges are those of ITU-T H.273 §8.3; halved chroma is interpolated linearly between
//! sample centres, a quarter and three quarters, which is what decoders for still pictures agree on.

use super::av1::{Channel, Planes};
use super::describe::Nclx;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::kernel::interleave::Store;
use crate::parallel::{BAND_ROWS, for_each_band};

/// How luma and chroma become colours.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Matrix {
    /// They are green, blue and red.
    Identity,
    /// Shares of red and blue in luma.
    Shares(f32, f32),
    YCgCo,
}

impl Matrix {
    fn of(nclx: &Nclx) -> Result<Self> {
        match nclx.matrix {
            0 => Ok(Self::Identity),
            1 => Ok(Self::Shares(0.2126, 0.0722)),
            // Nothing said: the matrix of JPEG, as everyone assumes.
            2 | 5 | 6 => Ok(Self::Shares(0.299, 0.114)),
            4 => Ok(Self::Shares(0.30, 0.11)),
            7 => Ok(Self::Shares(0.212, 0.087)),
            8 => Ok(Self::YCgCo),
            9 => Ok(Self::Shares(0.2627, 0.0593)),
            other => Err(Error::unsupported(
                format!("AVIF with matrix coefficients {other}"),
                "export it with BT.601, BT.709, BT.2020 or RGB coefficients",
            )),
        }
    }

    #[inline(always)]
    fn colour(self, y: f32, u: f32, v: f32) -> [f32; 3] {
        match self {
            Self::Identity => [v, y, u],
            Self::Shares(red, blue) => {
                let (r, b) = (y + 2.0 * (1.0 - red) * v, y + 2.0 * (1.0 - blue) * u);
                [r, (y - red * r - blue * b) / (1.0 - red - blue), b]
            }
            Self::YCgCo => [y - u + v, y + u, y - u - v],
        }
    }
}

/// Where a decoded item goes: the samples of the whole picture, and the part that the item covers.
pub(super) struct Target<'a, T> {
    pub(super) samples: &'a mut [T],
    /// Pixels in a row of the whole picture.
    pub(super) row: usize,
    pub(super) channels: usize,
    pub(super) corner: (usize, usize),
    pub(super) width: usize,
    pub(super) height: usize,
}

impl<T: Store> Target<'_, T> {
    /// Put colours (or grey) into the first channels.
    pub(super) fn put_colours(&mut self, planes: &Planes, nclx: &Nclx, context: &Context) -> Result<()> {
        let (matrix, scale) = (Matrix::of(nclx)?, Scale::of(planes.bits, nclx.full_range));
        let grey = planes.channels.len() == 1;
        let chroma = if matrix == Matrix::Identity { scale.luma } else { scale.chroma };
        self.each_row(context, |y, channels, row| {
            let luma = planes.channels[0].line(y, planes.bits, row.len() / channels, scale.luma);
            if grey {
                row.chunks_exact_mut(channels).zip(&luma).for_each(|(pixel, &y)| pixel[0] = T::store(y));
                return;
            }
            let [u, v] = [1, 2].map(|c| planes.channels[c].line(y, planes.bits, luma.len(), chroma));
            for (((pixel, y), u), v) in row.chunks_exact_mut(channels).zip(luma).zip(u).zip(v) {
                let colour = matrix.colour(y, u, v);
                pixel.iter_mut().zip(colour).for_each(|(sample, value)| *sample = T::store(value));
            }
        })
    }

    /// Put luma into the last channel.
    pub(super) fn put_alpha(&mut self, planes: &Planes, nclx: &Nclx, context: &Context) -> Result<()> {
        let scale = Scale::of(planes.bits, nclx.full_range);
        self.each_row(context, |y, channels, row| {
            let luma = planes.channels[0].line(y, planes.bits, row.len() / channels, scale.luma);
            for (pixel, value) in row.chunks_exact_mut(channels).zip(luma) {
                pixel[channels - 1] = T::store(value);
            }
        })
    }

    /// `work(y, channels, samples)` for each row of the part, counted from its top.
    fn each_row(
        &mut self,
        context: &Context,
        work: impl Fn(usize, usize, &mut [T]) + Sync + Send,
    ) -> Result<()> {
        let (channels, length, (x, top)) = (self.channels, self.row * self.channels, self.corner);
        let part = x * channels..(x + self.width) * channels;
        let rows = &mut self.samples[top * length..(top + self.height) * length];
        for_each_band(context, rows, BAND_ROWS * length, |index, band| {
            for (y, row) in band.chunks_exact_mut(length).enumerate() {
                work(index * BAND_ROWS + y, channels, &mut row[part.clone()]);
            }
            Ok(())
        })
    }
}

/// From a stored number to 0..=1 for luma, around zero for chroma: `(number - from) * gain`.
#[derive(Clone, Copy)]
struct Scale {
    luma: (f32, f32),
    chroma: (f32, f32),
}

impl Scale {
    fn of(bits: usize, full: bool) -> Self {
        let step = f32::from(1u16 << (bits - 8));
        let most = f32::from((1u16 << bits) - 1);
        if full {
            Self { luma: (0.0, 1.0 / most), chroma: (128.0 * step, 1.0 / most) }
        } else {
            Self { luma: (16.0 * step, 1.0 / (219.0 * step)), chroma: (128.0 * step, 1.0 / (224.0 * step)) }
        }
    }
}

impl Channel {
    /// Line `y` of the picture, `width` values of it, interpolated where this channel has fewer.
    fn line(&self, y: usize, bits: usize, width: usize, (from, gain): (f32, f32)) -> Vec<f32> {
        let number = |row: &[u8], x: usize| match bits {
            8 => f32::from(row[x]),
            _ => f32::from(u16::from_ne_bytes([row[2 * x], row[2 * x + 1]])),
        };
        let value = |number: f32| (number - from) * gain;
        if !self.halved.0 {
            let row = self.row(y);
            return (0..width).map(|x| value(number(row, x))).collect();
        }
        let (near, far) = if self.halved.1 { neighbours(y, self.height) } else { (y, y) };
        let (near, far) = (self.row(near), self.row(far));
        let line: Vec<f32> =
            (0..self.width).map(|x| 0.75 * number(near, x) + 0.25 * number(far, x)).collect();
        let across = |x| {
            let (near, far) = neighbours(x, line.len());
            value(0.75 * line[near] + 0.25 * line[far])
        };
        (0..width).map(across).collect()
    }
}

/// The two of `count` halved samples around full position `at`: the one that covers it, and the next one on
/// the side it lies on.
fn neighbours(at: usize, count: usize) -> (usize, usize) {
    let near = (at / 2).min(count - 1);
    let far = if at.is_multiple_of(2) { near.saturating_sub(1) } else { (near + 1).min(count - 1) };
    (near, far)
}

/// Is high dynamic range, light itself or film stored in this transfer? Then it is not close to sRGB.
pub(super) fn check_transfer(transfer: u16) -> Result<()> {
    let name = match transfer {
        8 => "linear light",
        9 | 10 => "logarithmic",
        16 => "PQ (HDR)",
        17 => "SMPTE ST 428",
        18 => "HLG (HDR)",
        _ => return Ok(()),
    };
    Err(Error::unsupported(
        format!("AVIF with the transfer curve {name}"),
        "export it for an ordinary screen (sRGB or BT.709) first",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_stay_inside() {
        assert_eq!([0, 1, 2, 3, 4].map(|at| neighbours(at, 3)), [(0, 0), (0, 1), (1, 0), (1, 2), (2, 1)]);
        assert_eq!([0, 1].map(|at| neighbours(at, 1)), [(0, 0), (0, 0)]);
    }

    #[test]
    fn every_matrix_keeps_greys_and_undoes_its_own_forward_way() {
        for code in [1, 2, 4, 5, 6, 7, 9] {
            let nclx = Nclx { primaries: 1, transfer: 13, matrix: code, full_range: true };
            let Matrix::Shares(red, blue) = Matrix::of(&nclx).unwrap() else { panic!() };
            assert_eq!(Matrix::Shares(red, blue).colour(0.25, 0.0, 0.0), [0.25; 3]);
            let [r, g, b] = [0.9f32, 0.2, 0.6];
            let y = red * r + (1.0 - red - blue) * g + blue * b;
            let (u, v) = ((b - y) / (2.0 * (1.0 - blue)), (r - y) / (2.0 * (1.0 - red)));
            let back = Matrix::Shares(red, blue).colour(y, u, v);
            assert!(back.iter().zip([r, g, b]).all(|(a, b)| (a - b).abs() < 1e-6), "{code}: {back:?}");
        }
        assert_eq!(Matrix::YCgCo.colour(0.5, 0.25, 0.125), [0.375, 0.75, 0.125]);
    }

    #[test]
    fn limited_range_spans_black_to_white() {
        for bits in [8, 10, 12] {
            let scale = Scale::of(bits, false);
            let value =
                |number: u16, (from, gain): (f32, f32)| (f32::from(number << (bits - 8)) - from) * gain;
            assert!(value(16, scale.luma).abs() < 1e-6 && (value(235, scale.luma) - 1.0).abs() < 1e-6);
            assert!(value(128, scale.chroma).abs() < 1e-6 && (value(240, scale.chroma) - 0.5).abs() < 1e-6);
        }
    }
}
