//! Paper to put pictures and words on.

use noto_sans_mono_bitmap::{FontWeight, RasterHeight, get_raster, get_raster_width};
use zhijin::pixel::{Picture, Size};

/// A line of text with the air around it.
pub(super) const LINE: usize = 32;
const WEIGHT: FontWeight = FontWeight::Regular;
const HEIGHT: RasterHeight = RasterHeight::Size20;
const PAPER: [u8; 3] = [250, 248, 243];
const INK: [u8; 3] = [52, 48, 44];

/// An RGB picture that is drawn on.
pub(super) struct Canvas {
    pub(super) size: Size,
    pub(super) pixels: Vec<u8>,
}

impl Canvas {
    /// Blank paper.
    pub(super) fn new(size: Size) -> Self {
        Self { size, pixels: PAPER.repeat(size.pixels()) }
    }

    /// A line of text, cut where it would be wider than `room`. The font has the letters of ASCII; for others
    /// a question mark stands.
    pub(super) fn text(&mut self, left: usize, top: usize, room: usize, text: &str) {
        let advance = get_raster_width(WEIGHT, HEIGHT);
        for (index, letter) in fitted(text, room / advance).chars().enumerate() {
            let raster = get_raster(letter, WEIGHT, HEIGHT).or_else(|| get_raster('?', WEIGHT, HEIGHT));
            for (y, row) in raster.iter().flat_map(|raster| raster.rows()).enumerate() {
                for (x, ink) in row.iter().enumerate() {
                    self.mix(left + index * advance + x, top + y, INK, *ink);
                }
            }
        }
    }

    /// A picture of 8-bit samples; paper shows through what is transparent.
    pub(super) fn picture(&mut self, left: usize, top: usize, picture: &Picture) {
        let Some(view) = picture.as_u8() else { return };
        let layout = view.layout();
        for (y, row) in view.rows().enumerate() {
            for (x, pixel) in row.chunks_exact(layout.channels()).enumerate() {
                let colour = if layout.is_grey() { [pixel[0]; 3] } else { [pixel[0], pixel[1], pixel[2]] };
                let alpha = if layout.has_alpha() { pixel[layout.colours()] } else { u8::MAX };
                self.mix(left + x, top + y, colour, alpha);
            }
        }
    }

    fn mix(&mut self, x: usize, y: usize, colour: [u8; 3], alpha: u8) {
        if x >= self.size.width() || y >= self.size.height() {
            return;
        }
        let alpha = u16::from(alpha);
        for (under, over) in self.pixels[(y * self.size.width() + x) * 3..][..3].iter_mut().zip(colour) {
            *under = ((u16::from(*under) * (255 - alpha) + u16::from(over) * alpha + 127) / 255) as u8;
        }
    }
}

/// The text in so many letters; of a long one the end, which tells files apart, with dots in front.
fn fitted(text: &str, letters: usize) -> String {
    let count = text.chars().count();
    if count <= letters {
        return text.into();
    }
    let tail = text.chars().skip(count - letters.saturating_sub(2));
    "..".chars().take(letters).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhijin::pixel::Layout;

    #[test]
    fn long_names_keep_their_end() {
        assert_eq!([fitted("abc", 3), fitted("holiday.png", 7), fitted("abc", 1)], ["abc", "..y.png", "."]);
    }

    #[test]
    fn letters_leave_ink_and_stay_in_their_room() {
        let mut canvas = Canvas::new(Size::new(100, 40).unwrap());
        canvas.text(10, 5, 30, "WWWWWWWW");
        let inked = |x: usize| (0..40).any(|y| canvas.pixels[(y * 100 + x) * 3..][..3] != PAPER);
        assert!((10..40).any(inked) && !(41..100).any(inked) && !(0..10).any(inked));
    }

    #[test]
    fn paper_shows_through() {
        let mut canvas = Canvas::new(Size::new(2, 1).unwrap());
        let picture = Picture::new(Size::new(1, 1).unwrap(), Layout::GreyAlpha, vec![9u8, 0]).unwrap();
        canvas.picture(0, 0, &picture);
        assert_eq!(canvas.pixels[..3], PAPER);
        let picture = Picture::new(Size::new(1, 1).unwrap(), Layout::Rgba, vec![1u8, 2, 3, 255]).unwrap();
        canvas.picture(1, 0, &picture);
        assert_eq!(canvas.pixels[3..], [1, 2, 3]);
    }
}
