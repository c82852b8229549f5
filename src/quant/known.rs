//! Answers for colours of 8 bits that were met before, shared by all threads.
//!
//! A picture of ten megapixels has some hundred thousand colours, so most pixels ask for what is known. There is a page
//! for each box of 8×8×8 colours, made when one of them is met: colours that go together in pictures are alike. (A table
//! of all colours, left empty to the system, was slower: it touches more memory.) An answer does not depend on who finds
//! it, so nothing has to be locked.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU16, Ordering};

/// Bits of each channel that choose the page; the others choose the place in it.
const HIGH: u32 = 5;
const LOW: u32 = 8 - HIGH;
/// In a picture of fewer pixels than this it does not pay to remember.
const SMALL: usize = 1 << 15;

type Page = [AtomicU16; 1 << (3 * LOW)];

/// A number for each colour that is known.
pub(super) struct Known {
    pages: Vec<OnceLock<Box<Page>>>,
}

impl Known {
    /// Nothing is known yet of a picture of so many pixels; of a small one nothing ever will be.
    pub(super) fn of(pixels: usize) -> Self {
        let pages = if pixels < SMALL { 0 } else { 1 << (3 * HIGH) };
        Self { pages: (0..pages).map(|_| OnceLock::new()).collect() }
    }

    /// The number of a colour, plus one; zero if it is not known.
    #[inline(always)]
    pub(super) fn get(&self, colour: [u8; 3]) -> u16 {
        let (page, place) = spot(colour);
        match self.pages.get(page).and_then(OnceLock::get) {
            Some(page) => page[place].load(Ordering::Relaxed),
            None => 0,
        }
    }

    pub(super) fn put(&self, colour: [u8; 3], number: u16) {
        let (page, place) = spot(colour);
        if let Some(page) = self.pages.get(page) {
            let page = page.get_or_init(|| Box::new([const { AtomicU16::new(0) }; 1 << (3 * LOW)]));
            // Number 65535 is never known, and sought each time.
            page[place].store(number.wrapping_add(1), Ordering::Relaxed);
        }
    }
}

/// The page of a colour, and its place there.
#[inline(always)]
fn spot(colour: [u8; 3]) -> (usize, usize) {
    let [r, g, b] = colour.map(u32::from);
    let mask = (1 << LOW) - 1;
    let page = (r >> LOW) << (2 * HIGH) | (g >> LOW) << HIGH | b >> LOW;
    let place = (r & mask) << (2 * LOW) | (g & mask) << LOW | b & mask;
    (page as usize, place as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn every_colour_has_a_place_of_its_own() {
        let mut taken = vec![false; 1 << 24];
        for colour in 0..1u32 << 24 {
            let [r, g, b, _] = colour.to_le_bytes();
            let (page, place) = spot([r, g, b]);
            let place = page << (3 * LOW) | place;
            assert!(!std::mem::replace(&mut taken[place], true), "{r} {g} {b}");
        }
    }

    #[test]
    fn what_was_put_is_got() {
        let mut random = Random::new("known");
        for pixels in [1, 1 << 20] {
            let known = Known::of(pixels);
            for number in [0, 1, 77, 65534, 65535] {
                let colour: [u8; 3] = std::array::from_fn(|_| random.next() as u8);
                assert_eq!(known.get(colour), 0, "{random}");
                known.put(colour, number);
                let wanted = if pixels > 1 { number.wrapping_add(1) } else { 0 };
                assert_eq!(known.get(colour), wanted, "{random}");
            }
        }
    }
}
