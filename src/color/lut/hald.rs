//! A cube as a picture: the "Hald CLUT" of Eskil Steenberg, as ImageMagick, G'MIC and RawTherapee read and write
//! it. A picture of level `n` is `n³` pixels wide and high and holds the `n²` points along each edge of the cube in
//! reading order, red fastest. Any program that can change colours can so be made to write a look.

use super::{Lut, Shape, UNIT, padded};
use crate::error::StyleError;
use crate::kernel::interleave::Store;
use crate::pixel::{Layout, Picture, Samples, Size};

/// The greatest level: 144 points along an edge.
const MOST_LEVEL: usize = 12;

impl Lut {
    /// The cube in a Hald picture; `name` is what errors call it.
    pub fn from_hald(name: &str, picture: &Picture) -> Result<Self, StyleError> {
        let size = picture.size();
        let level = (2..=MOST_LEVEL).find(|n| n.pow(3) == size.width() && size.width() == size.height());
        let level = level.ok_or_else(|| StyleError {
            origin: name.into(),
            line: None,
            what: format!(
                "{size} pixels are not a table of colours; a Hald picture is 8×8, 27×27, 64×64, 125×125 and so on \
                 up to 1728×1728"
            ),
        })?;
        let layout = picture.layout();
        let points = match picture.samples() {
            Samples::U8(s) => points(s, layout),
            Samples::U16(s) => points(s, layout),
            Samples::F32(s) => points(s, layout),
        };
        Ok(Self { title: String::new(), shape: Shape::Cube(level * level), points, domain: UNIT })
    }

    /// A Hald picture of 16 bits; `None` unless it is a cube over 0..=1 whose edge is a square number.
    pub fn to_hald(&self) -> Option<Picture> {
        let level = hald_level(self.size()).filter(|_| self.is_cube() && self.domain == UNIT)?;
        let side = level.pow(3) as u32;
        let sample = |v: &f32| <u16 as Store>::store(*v);
        let samples: Vec<_> = self.points.iter().flat_map(|point| point[..3].iter().map(sample)).collect();
        Picture::new(Size::new(side, side).ok()?, Layout::Rgb, samples).ok()
    }
}

/// The level of a Hald picture with so many points along an edge, if there is one.
fn hald_level(size: usize) -> Option<usize> {
    (2..=MOST_LEVEL).find(|level| level * level == size)
}

fn points<T: Store>(samples: &[T], layout: Layout) -> Vec<[f32; 4]> {
    let channel = |c: usize| if layout.is_grey() { 0 } else { c };
    let value = |v: T| {
        let v = v.load();
        if v.is_finite() { v.clamp(-super::MOST_VALUE, super::MOST_VALUE) } else { 0.0 }
    };
    let pixels = samples.chunks_exact(layout.channels());
    pixels.map(|pixel| padded(std::array::from_fn(|c| value(pixel[channel(c)])))).collect()
}
