//! Pictures of few colours: the colours, and the number of each.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::context::Context;
use crate::error::Result;
use crate::parallel;
use crate::pixel::View;

/// The most entries a palette has.
const MOST: usize = 256;

/// A colour with its alpha.
pub(super) type Colour = [u8; 4];

/// Up to 256 colours, those that are not opaque first so that tRNS stays short, then from dark to light.
#[derive(Clone)]
pub(super) struct Palette {
    colours: Vec<Colour>,
    numbers: Table,
}

impl Palette {
    fn new(colours: impl IntoIterator<Item = Colour>) -> Self {
        let mut colours: Vec<Colour> = colours.into_iter().collect();
        let light = |c: &Colour| 2 * u32::from(c[0]) + 5 * u32::from(c[1]) + u32::from(c[2]);
        colours.sort_unstable_by_key(|c| (c[3] == 255, light(c), *c));
        let mut numbers = Table::default();
        for (number, colour) in colours.iter().enumerate() {
            numbers.insert(*colour, number as u8);
        }
        Self { colours, numbers }
    }

    pub(super) fn colours(&self) -> &[Colour] {
        &self.colours
    }

    /// The same colours under other numbers, for grey whose number is its lightness in few bits.
    pub(super) fn numbered(&self, number: impl Fn(Colour) -> u8) -> Self {
        let mut numbers = Table::default();
        for &colour in &self.colours {
            numbers.insert(colour, number(colour));
        }
        Self { colours: self.colours.clone(), numbers }
    }

    /// The same colours in another order: `order[i]` is the number that entry `i` has now.
    pub(super) fn arranged(&self, order: &[usize]) -> Self {
        let colours: Vec<Colour> = order.iter().map(|&old| self.colours[old]).collect();
        let mut numbers = Table::default();
        for (number, colour) in colours.iter().enumerate() {
            numbers.insert(*colour, number as u8);
        }
        Self { colours, numbers }
    }

    /// The number of each pixel, one byte each, appended to `out`.
    pub(super) fn numbers(&self, samples: &[u8], channels: usize, out: &mut Vec<u8>) {
        let mut last = (0, 0);
        each(samples, channels, |key| {
            if key != last.0 {
                last = (key, self.numbers.get(key));
            }
            out.push(last.1);
            true
        });
    }

    /// The colours of a picture if there are at most `most`.
    ///
    /// Rows from all over are looked at first; a photograph is found out there, in a few thousand pixels.
    pub(super) fn of(view: View<'_, u8>, most: usize, context: &Context) -> Result<Option<Self>> {
        let (height, channels) = (view.size().height(), view.layout().channels());
        let mut sample = Table::default();
        for y in (0..height).step_by(height.div_ceil(16)) {
            if !sample.collect(view.row(y), channels, most) {
                return Ok(None);
            }
        }
        let too_many = AtomicBool::new(false);
        let tables = parallel::map_bands(context, height, parallel::BAND_ROWS, |rows| {
            let mut table = Table::default();
            for y in rows {
                if too_many.load(Ordering::Relaxed) || !table.collect(view.row(y), channels, most) {
                    // Whoever notices first, the answer is the same.
                    too_many.store(true, Ordering::Relaxed);
                    break;
                }
            }
            Ok(table)
        })?;
        if too_many.into_inner() {
            return Ok(None);
        }
        let all = tables.iter().flat_map(Table::colours).all(|colour| sample.add(key(&colour), most));
        Ok(all.then(|| Self::new(sample.colours())))
    }
}

/// A pixel as one number that is never zero.
fn key(colour: &Colour) -> u64 {
    1 << 32 | u64::from(u32::from_le_bytes(*colour))
}

/// Hand the key of each pixel to `take` until it says no; says whether it never did.
fn each(samples: &[u8], channels: usize, mut take: impl FnMut(u64) -> bool) -> bool {
    match channels {
        1 => samples.iter().all(|&v| take(key(&[v, v, v, 255]))),
        2 => samples.as_chunks::<2>().0.iter().all(|&[v, a]| take(key(&[v, v, v, a]))),
        3 => samples.as_chunks::<3>().0.iter().all(|&[r, g, b]| take(key(&[r, g, b, 255]))),
        _ => samples.as_chunks::<4>().0.iter().all(|pixel| take(key(pixel))),
    }
}

/// Four slots for each colour keep the searches short.
const SLOT_BITS: u32 = 10;

/// Colours and their numbers, by open addressing.
#[derive(Clone)]
struct Table {
    keys: Box<[u64; 1 << SLOT_BITS]>,
    numbers: Box<[u8; 1 << SLOT_BITS]>,
    len: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self { keys: Box::new([0; 1 << SLOT_BITS]), numbers: Box::new([0; 1 << SLOT_BITS]), len: 0 }
    }
}

impl Table {
    /// Where `key` is, or the free slot where it would go. At most 257 of the slots are taken, so there is one.
    fn slot(&self, key: u64) -> usize {
        let mut slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOT_BITS)) as usize;
        while self.keys[slot] != key && self.keys[slot] != 0 {
            slot = (slot + 1) % self.keys.len();
        }
        slot
    }

    /// Take it in; false if that makes more than `most`.
    fn add(&mut self, key: u64, most: usize) -> bool {
        let slot = self.slot(key);
        self.len += usize::from(self.keys[slot] == 0);
        self.keys[slot] = key;
        self.len <= most.min(MOST)
    }

    fn collect(&mut self, row: &[u8], channels: usize, most: usize) -> bool {
        let mut last = 0;
        each(row, channels, |key| key == std::mem::replace(&mut last, key) || self.add(key, most))
    }

    fn insert(&mut self, colour: Colour, number: u8) {
        let slot = self.slot(key(&colour));
        (self.keys[slot], self.numbers[slot]) = (key(&colour), number);
    }

    fn get(&self, key: u64) -> u8 {
        self.numbers[self.slot(key)]
    }

    fn colours(&self) -> Vec<Colour> {
        self.keys.iter().filter(|&&key| key != 0).map(|&key| (key as u32).to_le_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::{Layout, Picture, Size};
    use crate::test_support::Random;

    fn of(picture: &Picture) -> Option<Palette> {
        Palette::of(picture.as_u8().unwrap(), MOST, &Context::default()).unwrap()
    }

    #[test]
    fn two_hundred_and_fifty_six_colours_are_few_and_one_more_is_many() {
        let mut random = Random::new("palette");
        for count in [1usize, 2, 255, 256, 257] {
            let colours: Vec<Colour> =
                (0..count).map(|i| [i as u8, (i >> 8) as u8, 77, (i % 9 * 31) as u8]).collect();
            let size = Size::new(61, 300).unwrap();
            let mut pixels: Vec<Colour> = (0..size.pixels()).map(|_| colours[random.below(count)]).collect();
            pixels[..count].copy_from_slice(&colours);
            let picture = Picture::new(size, Layout::Rgba, pixels.concat()).unwrap();
            let palette = of(&picture);
            assert_eq!(
                palette.as_ref().map(|p| p.colours().len()),
                (count <= 256).then_some(count),
                "{random}"
            );
            let Some(palette) = palette else { continue };
            let mut numbers = Vec::new();
            palette.numbers(picture.as_u8().unwrap().samples(), 4, &mut numbers);
            let back: Vec<Colour> = numbers.iter().map(|&n| palette.colours()[usize::from(n)]).collect();
            assert_eq!(back, pixels, "{random}");
        }
    }

    #[test]
    fn the_colour_that_breaks_it_may_hide_anywhere() {
        let size = Size::new(16, 400).unwrap();
        let mut samples: Vec<u8> =
            (0..size.pixels()).map(|i| (i % 256) as u8).flat_map(|v| [v, v, 0]).collect();
        assert!(of(&Picture::new(size, Layout::Rgb, samples.clone()).unwrap()).is_some());
        let hidden = (399 * 16 + 11) * 3 + 2;
        samples[hidden] = 1;
        assert!(of(&Picture::new(size, Layout::Rgb, samples).unwrap()).is_none());
    }

    #[test]
    fn what_is_not_opaque_comes_first() {
        let pixels: [Colour; 4] = [[9, 9, 9, 255], [1, 2, 3, 0], [0, 0, 0, 255], [5, 5, 5, 128]];
        let picture = Picture::new(Size::new(4, 1).unwrap(), Layout::Rgba, pixels.concat()).unwrap();
        let alphas: Vec<u8> = of(&picture).unwrap().colours().iter().map(|c| c[3]).collect();
        assert_eq!(alphas, [0, 128, 255, 255]);
    }
}
