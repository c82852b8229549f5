//! A picture in place, without planes beside it.

use super::samples::Samples;
use super::{NOTHING, blur, direct, gaussian, taps};
use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::gaussian::{narrow, widen};
use crate::kernel::interleave::Store;
use crate::pixel::{Depth, Encoding, Picture, Planes, SamplesMut, Size};

/// Blur a picture in an encoding: in linear light as a lens would, or in sRGB as programs often do.
///
/// The result has the depth asked for. Alpha weighs the colours and is blurred with them.
pub fn gaussian_picture(
    picture: Picture,
    sigma: f32,
    within: Encoding,
    depth: Depth,
    context: &Context,
) -> Result<Picture> {
    if picture.layout().has_alpha() || [picture.encoding(), within].contains(&Encoding::Oklab) {
        return through_planes(&picture, sigma, within, depth, context);
    }
    let finer = depth.max(picture.depth());
    let mut picture = picture.into_depth(finer, context)?;
    let job = Job { sigma: f64::from(sigma), outer: picture.encoding(), within, context };
    let (size, channels) = (picture.size(), picture.layout().channels());
    match picture.samples_mut() {
        SamplesMut::U8(s) if job.fits_bytes() => job.bytes(s, size, channels)?,
        SamplesMut::U8(s) => job.table(s, size, channels)?,
        SamplesMut::U16(s) => job.convert(s, size, channels)?,
        SamplesMut::F32(s) => job.convert(s, size, channels)?,
    }
    picture.into_depth(depth, context)
}

fn through_planes(
    picture: &Picture,
    sigma: f32,
    within: Encoding,
    depth: Depth,
    context: &Context,
) -> Result<Picture> {
    let mut planes = Planes::open(picture, within, context)?;
    planes.weigh(context)?;
    gaussian(&mut planes.colour, sigma, context)?;
    gaussian(planes.alpha.as_mut_slice(), sigma, context)?;
    planes.unweigh(context)?;
    planes.close(depth, context)
}

struct Job<'a> {
    sigma: f64,
    outer: Encoding,
    within: Encoding,
    context: &'a Context,
}

impl Job<'_> {
    /// Can it be done in 16-bit fixed point? Light cannot: its shadows need more.
    fn fits_bytes(&self) -> bool {
        self.outer == self.within && self.within == Encoding::Srgb && !taps::is_coarse(self.sigma)
    }

    fn bytes(&self, data: &mut [u8], size: Size, channels: usize) -> Result<()> {
        let level = self.context.level;
        let load = |row: &[u8], piece: &mut [u16]| widen(level, row, piece);
        let put = |piece: &mut [u16], row: &mut [u8]| narrow(level, piece, row);
        let samples = Samples { size, channels, load: &load, put: &put };
        direct::blur(&samples, &taps::half(self.sigma.max(NOTHING)), data, self.context)
    }

    /// Bytes are few: each has its light in a table.
    fn table(&self, data: &mut [u8], size: Size, channels: usize) -> Result<()> {
        if self.outer == self.within {
            return self.convert(data, size, channels);
        }
        let mut table: [f32; 256] = std::array::from_fn(|byte| (byte as u8).load());
        convert_rows(self.context.level, self.outer, self.within, [&mut table, &mut [], &mut []]);
        let load = |row: &[u8], piece: &mut [f32]| {
            for (value, byte) in piece.iter_mut().zip(row) {
                *value = table[usize::from(*byte)];
            }
        };
        self.run(data, size, channels, &load)
    }

    fn convert<T: Store>(&self, data: &mut [T], size: Size, channels: usize) -> Result<()> {
        let load = |row: &[T], piece: &mut [f32]| {
            T::take(self.context.level, row, 1, 0, piece);
            convert_rows(self.context.level, self.outer, self.within, [piece, &mut [], &mut []]);
        };
        self.run(data, size, channels, &load)
    }

    fn run<T: Store>(
        &self,
        data: &mut [T],
        size: Size,
        channels: usize,
        load: &(dyn Fn(&[T], &mut [f32]) + Sync),
    ) -> Result<()> {
        let put = |piece: &mut [f32], row: &mut [T]| {
            convert_rows(self.context.level, self.within, self.outer, [piece, &mut [], &mut []]);
            T::put(self.context.level, piece, 1, 0, row);
        };
        blur(&Samples { size, channels, load, put: &put }, self.sigma, data, self.context)
    }
}
