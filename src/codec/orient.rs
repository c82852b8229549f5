//! Turning a picture upright.
//!
//! Cameras store what the sensor saw and say in a tag how to hold it (EXIF 2.32, tag 0x0112). Four of the
//! eight ways keep the sides: they are done in place and cost no memory. The other four exchange width
//! and height and need a second picture; it is written in bands of rows, in tiles small enough that the
//! columns read from the source stay in cache.

use image::metadata::Orientation;

use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Picture, Samples, Size, with_samples};

/// Pixels on a side of a tile: 32 rows of 64 pixels of the source are 6 to 32 KB.
const TILE: usize = 32;

/// The picture as it is to be looked at. Upright already, it is handed through untouched.
pub(super) fn upright(picture: Picture, orientation: Orientation, context: &Context) -> Result<Picture> {
    use Orientation::{FlipHorizontal, FlipVertical, NoTransforms, Rotate180};
    match orientation {
        NoTransforms => Ok(picture),
        FlipHorizontal | FlipVertical | Rotate180 => Ok(flipped(picture, orientation)),
        _ => turned(picture, orientation, context),
    }
}

/// The ways that keep the sides.
fn flipped(picture: Picture, orientation: Orientation) -> Picture {
    let (size, layout, encoding, alpha) =
        (picture.size(), picture.layout(), picture.encoding(), picture.alpha());
    let mut samples = picture.into_samples();
    with_samples!(&mut samples, s => match layout.channels() {
        1 => flip::<_, 1>(s, size, orientation),
        2 => flip::<_, 2>(s, size, orientation),
        3 => flip::<_, 3>(s, size, orientation),
        _ => flip::<_, 4>(s, size, orientation),
    });
    Picture::with_meaning(size, layout, encoding, alpha, samples).expect("only the order of pixels changed")
}

fn flip<T, const C: usize>(samples: &mut [T], size: Size, orientation: Orientation) {
    let (pixels, _) = samples.as_chunks_mut::<C>();
    match orientation {
        Orientation::FlipHorizontal => pixels.chunks_exact_mut(size.width()).for_each(<[_]>::reverse),
        Orientation::Rotate180 => pixels.reverse(),
        _ => flip_rows(pixels, size.width()),
    }
}

/// The first row changes places with the last, the second with the last but one; a middle row stays.
fn flip_rows<P>(pixels: &mut [P], width: usize) {
    let middle = pixels.len() / width / 2 * width;
    let (top, rest) = pixels.split_at_mut(middle);
    let bottom = rest.rchunks_exact_mut(width);
    top.chunks_exact_mut(width).zip(bottom).for_each(|(a, b)| a.swap_with_slice(b));
}

/// The ways that exchange the sides.
fn turned(picture: Picture, orientation: Orientation, context: &Context) -> Result<Picture> {
    let (size, layout) = (picture.size(), picture.layout());
    let (encoding, alpha) = (picture.encoding(), picture.alpha());
    let mut target = Samples::zeros(picture.depth(), picture.samples().len());
    match (picture.samples(), &mut target) {
        (Samples::U8(s), Samples::U8(t)) => turn(s, t, size, layout.channels(), orientation, context)?,
        (Samples::U16(s), Samples::U16(t)) => turn(s, t, size, layout.channels(), orientation, context)?,
        (Samples::F32(s), Samples::F32(t)) => turn(s, t, size, layout.channels(), orientation, context)?,
        _ => unreachable!("the target was made in the depth of the source"),
    }
    drop(picture);
    Ok(Picture::with_meaning(size.turned(), layout, encoding, alpha, target)
        .expect("as many pixels as before, with the sides exchanged"))
}

fn turn<T: Copy + Send + Sync>(
    source: &[T],
    target: &mut [T],
    size: Size,
    channels: usize,
    orientation: Orientation,
    context: &Context,
) -> Result<()> {
    let band_len = BAND_ROWS * size.height() * channels;
    for_each_band(context, target, band_len, |index, band| {
        let first_row = index * BAND_ROWS;
        match channels {
            1 => turn_band::<T, 1>(source, band, size, first_row, orientation),
            2 => turn_band::<T, 2>(source, band, size, first_row, orientation),
            3 => turn_band::<T, 3>(source, band, size, first_row, orientation),
            _ => turn_band::<T, 4>(source, band, size, first_row, orientation),
        }
        Ok(())
    })
}

/// Rows `first_row..` of the target. Its row `y` is a column of the source and its column `x` a row, each
/// counted from the start or from the end as the orientation has it.
fn turn_band<T: Copy, const C: usize>(
    source: &[T],
    band: &mut [T],
    size: Size,
    first_row: usize,
    orientation: Orientation,
) {
    use Orientation::{Rotate90, Rotate270, Rotate270FlipH};
    let column_from_end = matches!(orientation, Rotate270 | Rotate270FlipH);
    let row_from_end = matches!(orientation, Rotate90 | Rotate270FlipH);
    let (width, height) = (size.width(), size.height());
    let (source, _) = source.as_chunks::<C>();
    let (band, _) = band.as_chunks_mut::<C>();
    for tile in (0..height).step_by(TILE) {
        for (y, row) in band.chunks_exact_mut(height).enumerate() {
            let column = if column_from_end { width - 1 - first_row - y } else { first_row + y };
            for (x, pixel) in row.iter_mut().enumerate().skip(tile).take(TILE) {
                let source_row = if row_from_end { height - 1 - x } else { x };
                *pixel = source[source_row * width + column];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::interleave::Store;
    use crate::pixel::{Depth, Layout};
    use crate::test_support::Random;

    /// Where the pixel shown at (x, y) lies in the stored picture: the table of EXIF 2.32, word for word
    /// ("the 0th row is at the visual … and the 0th column is the visual …").
    fn stored_at(exif: u8, (x, y): (usize, usize), (width, height): (usize, usize)) -> (usize, usize) {
        match exif {
            1 => (x, y),
            2 => (width - 1 - x, y),
            3 => (width - 1 - x, height - 1 - y),
            4 => (x, height - 1 - y),
            5 => (y, x),
            6 => (y, height - 1 - x),
            7 => (width - 1 - y, height - 1 - x),
            _ => (width - 1 - y, x),
        }
    }

    fn random_picture(random: &mut Random, size: Size, layout: Layout, depth: Depth) -> Picture {
        let count = size.pixels() * layout.channels();
        let samples: Samples = match depth {
            Depth::U8 => (0..count).map(|_| random.next() as u8).collect::<Vec<_>>().into(),
            Depth::U16 => (0..count).map(|_| random.next() as u16).collect::<Vec<_>>().into(),
            Depth::F32 => (0..count).map(|_| random.unit()).collect::<Vec<_>>().into(),
        };
        Picture::new(size, layout, samples).unwrap()
    }

    /// One pixel, in numbers that keep the samples of every depth apart.
    fn pixel(picture: &Picture, x: usize, y: usize) -> Vec<f32> {
        let channels = picture.layout().channels();
        let start = (y * picture.size().width() + x) * channels;
        with_samples!(picture.samples(), s => s[start..start + channels].iter().map(|v| v.load()).collect())
    }

    fn check(random: &mut Random, size: Size, layout: Layout, depth: Depth) {
        let picture = random_picture(random, size, layout, depth);
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let turned = upright(picture.clone(), orientation, &Context::default()).unwrap();
            let expected = if exif > 4 { size.turned() } else { size };
            assert_eq!(turned.size(), expected, "orientation {exif}");
            for y in 0..expected.height() {
                for x in 0..expected.width() {
                    let (sx, sy) = stored_at(exif, (x, y), (size.width(), size.height()));
                    assert_eq!(
                        pixel(&turned, x, y),
                        pixel(&picture, sx, sy),
                        "orientation {exif}, {picture}, pixel {x},{y}, {random}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_orientation_moves_every_pixel_where_exif_says() {
        let mut random = Random::new("orientation");
        let sizes = [(1, 1), (1, 7), (7, 1), (5, 3), (33, 65), (70, 31), (64, 64)];
        for (width, height) in sizes {
            for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
                for depth in [Depth::U8, Depth::U16, Depth::F32] {
                    check(&mut random, Size::new(width, height).unwrap(), layout, depth);
                }
            }
        }
    }

    #[test]
    fn a_cancelled_turn_stops() {
        let context = Context::default();
        context.cancel.cancel();
        let picture = Picture::blank(Size::new(9, 9).unwrap(), Layout::Rgb, Depth::U8);
        assert!(upright(picture, Orientation::Rotate90, &context).is_err());
    }
}
