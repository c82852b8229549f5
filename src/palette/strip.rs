//! A palette as a picture: swatches side by side.

use super::Palette;
use crate::pixel::{Layout, Picture, Size};

/// How a palette is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Strip {
    /// Width and height of the picture; without them each swatch is 128 pixels wide and high, and smaller where there
    /// are more than sixteen.
    pub size: Option<Size>,
    /// Widths by share within each row instead of equal ones; a row without shares has equal ones.
    pub by_share: bool,
}

/// Swatches in a row of a palette that is not told how wide it is.
const ROW: usize = 16;

impl Strip {
    /// The picture: with alpha if the palette has any. Up to sixteen swatches stand in one row, more in rows of sixteen
    /// or, from 256 on, in a square. In a picture with fewer pixels than swatches some are not seen.
    pub fn draw(&self, palette: &Palette) -> Option<Picture> {
        let colours: Vec<_> = palette.colours().collect();
        let columns = columns(colours.len());
        let size = match self.size {
            Some(size) => size,
            None => natural(colours.len(), columns)?,
        };
        let layout = if palette.is_opaque() { Layout::Rgb } else { Layout::Rgba };
        let rows = colours.len().div_ceil(columns);
        let mut samples: Vec<u8> = Vec::with_capacity(size.pixels() * layout.channels());
        for row in 0..rows {
            let range = row * columns..colours.len().min((row + 1) * columns);
            let edges = self.edges(palette, range.clone(), size.width());
            let mut line = Vec::with_capacity(size.width() * layout.channels());
            for (colour, ends) in colours[range].iter().zip(edges.windows(2)) {
                for _ in ends[0]..ends[1] {
                    line.extend(&colour[..layout.channels()]);
                }
            }
            for _ in size.height() * row / rows..size.height() * (row + 1) / rows {
                samples.extend(&line);
            }
        }
        Picture::new(size, layout, samples).ok()
    }

    /// Where the swatches of a row begin, and where the last one ends.
    fn edges(&self, palette: &Palette, range: std::ops::Range<usize>, width: usize) -> Vec<usize> {
        let swatches = &palette.swatches()[range];
        let share = |index: usize| swatches[index].share.filter(|share| *share > 0.0 && share.is_finite());
        let mut parts: Vec<f64> = (0..swatches.len()).map(|index| share(index).unwrap_or(0.0)).collect();
        if !self.by_share || parts.iter().all(|part| *part == 0.0) {
            parts.fill(1.0);
        }
        let whole: f64 = parts.iter().sum();
        let mut edges = vec![0];
        let mut sum = 0.0;
        for part in &parts {
            sum += part;
            edges.push(((sum / whole * width as f64).round() as usize).min(width));
        }
        // Whatever rounding did, the row is full.
        *edges.last_mut().expect("there is a first edge") = width;
        edges
    }
}

fn columns(count: usize) -> usize {
    let square = count.isqrt() + usize::from(count.isqrt().pow(2) < count);
    if count <= ROW { count.max(1) } else { square.max(ROW) }
}

fn natural(count: usize, columns: usize) -> Option<Size> {
    let cell = match count {
        0..=16 => 128,
        17..=256 => 32,
        _ => 8,
    };
    let side = |cells: usize| u32::try_from(cells * cell).ok();
    Size::new(side(columns)?, side(count.div_ceil(columns))?).ok()
}

#[cfg(test)]
mod tests {
    use super::super::Swatch;
    use super::*;

    fn drawn(strip: Strip, palette: &Palette) -> (usize, usize, Vec<u8>) {
        let picture = strip.draw(palette).unwrap();
        let view = picture.as_u8().unwrap();
        (view.size().width(), view.size().height(), view.samples().to_vec())
    }

    fn sized(width: u32, height: u32, by_share: bool) -> Strip {
        Strip { size: Some(Size::new(width, height).unwrap()), by_share }
    }

    #[test]
    fn swatches_stand_side_by_side_and_fill_the_picture() {
        let palette: Palette = "#010101 #020202 #030303".parse().unwrap();
        let (_, _, samples) = drawn(sized(7, 2, false), &palette);
        let row = [1, 1, 2, 2, 2, 3, 3].map(|v| [v; 3]).concat();
        assert_eq!(samples, [row.clone(), row].concat());
        assert_eq!(drawn(sized(1, 1, false), &palette).2.len(), 3);
    }

    #[test]
    fn widths_follow_shares() {
        let grey = |v: u8, share: f64| Swatch::opaque([v; 3]).with_share(share);
        let palette: Palette =
            [grey(1, 0.5), grey(2, 0.0), grey(3, f64::NAN), grey(4, 0.25)].into_iter().collect();
        assert_eq!(drawn(sized(6, 1, true), &palette).2, [1, 1, 1, 1, 4, 4].map(|v| [v; 3]).concat());
        let bare: Palette = "#010101 #020202".parse().unwrap();
        assert_eq!(drawn(sized(2, 1, true), &bare).2, [1, 1, 1, 2, 2, 2]);
    }

    #[test]
    fn many_swatches_make_rows_and_no_cell_is_empty() {
        for (count, size) in
            [(1, (128, 128)), (16, (2048, 128)), (17, (512, 64)), (256, (512, 512)), (257, (136, 128))]
        {
            let palette: Palette = (0..count).map(|i| Swatch::new([1, i as u8, 1, 9])).collect();
            let (width, height, samples) = drawn(Strip::default(), &palette);
            assert_eq!((width, height), size, "{count}");
            assert!(samples.chunks_exact(4).all(|pixel| pixel[3] == 9), "{count}");
        }
        assert!(Strip::default().draw(&Palette::default()).is_none());
        assert!(sized(3, 3, false).draw(&Palette::default()).is_none());
    }
}
