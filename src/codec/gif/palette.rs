//! At most 256 colours for a frame: those it has, or a good choice.

use std::collections::HashMap;

use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Layout, Picture, Size};
use crate::quant::{Indexed as Numbered, Quantizer, Space};

/// A frame in indices.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) indices: Vec<u8>,
    pub(super) colours: Vec<[u8; 3]>,
    /// The index that leaves a pixel as it is; behind the colours.
    pub(super) transparent: Option<u8>,
}

impl Indexed {
    /// Its colour table, with a place for the hole.
    pub(super) fn table(&self) -> Vec<u8> {
        let mut table = self.colours.concat();
        table.extend(self.transparent.map_or(&[][..], |_| &[0; 3]));
        table
    }
}

/// The pixels (those with alpha zero stay see-through) by their own colours, if there are few enough.
pub(super) fn exact(pixels: &[[u8; 4]]) -> Option<Indexed> {
    let room = 256 - usize::from(pixels.iter().any(is_clear));
    let (mut found, mut colours) = (HashMap::new(), Vec::new());
    let mut last = ([0; 3], None);
    for &[r, g, b, a] in pixels {
        let colour = [r, g, b];
        if a == 0 || last == (colour, Some(())) {
            continue;
        }
        last = (colour, Some(()));
        found.entry(colour).or_insert_with(|| {
            colours.push(colour);
            colours.len() - 1
        });
        if colours.len() > room {
            return None;
        }
    }
    Some(index(pixels, colours, |[r, g, b]| found[&[r, g, b]] as u8))
}

/// The pixels by the colours that suit them best; not dithered, because its grain would crawl from frame to frame.
pub(super) fn chosen(pixels: &[[u8; 4]], context: &Context) -> Result<Indexed> {
    let room = 256 - usize::from(pixels.iter().any(is_clear));
    let seen: Vec<u8> = pixels.iter().filter(|p| !is_clear(p)).flat_map(|p| [p[0], p[1], p[2]]).collect();
    // Where they lie has no say, so they may as well lie in one row.
    let Ok(size) = Size::from_usize(seen.len() / 3, 1) else {
        return Ok(index(pixels, Vec::new(), |_| 0));
    };
    let strip = Picture::new(size, Layout::Rgb, seen)
        .unwrap_or_else(|_| unreachable!("a row is as long as the pixels in it"));
    let palette = Quantizer::new(room).palette(&[&strip], context)?;
    let found = Numbered::nearest(&strip, &palette, Space::Oklab, context)?;
    let transparent = pixels.iter().any(is_clear).then_some(palette.len() as u8);
    let mut numbers = found.numbers().iter().map(|&number| number as u8);
    let mut one = |pixel| if is_clear(pixel) { transparent } else { numbers.next() };
    let indices = pixels.iter().map(|pixel| one(pixel).unwrap_or(0)).collect();
    Ok(Indexed { indices, colours: palette.colours().map(|[r, g, b, _]| [r, g, b]).collect(), transparent })
}

fn is_clear(pixel: &[u8; 4]) -> bool {
    pixel[3] == 0
}

fn index(pixels: &[[u8; 4]], colours: Vec<[u8; 3]>, of: impl Fn([u8; 3]) -> u8) -> Indexed {
    let transparent = pixels.iter().any(is_clear).then_some(colours.len() as u8);
    let mut last = ([0; 4], transparent.unwrap_or(0));
    let one = |&pixel: &[u8; 4]| {
        if pixel != last.0 {
            let [r, g, b, a] = pixel;
            let clear = transparent.filter(|_| a == 0);
            last = (pixel, clear.unwrap_or_else(|| of([r, g, b])));
        }
        last.1
    };
    Indexed { indices: pixels.iter().map(one).collect(), colours, transparent }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    fn back(indexed: &Indexed) -> Vec<[u8; 4]> {
        let colour = |&i: &u8| match indexed.transparent {
            Some(clear) if clear == i => [0; 4],
            _ => {
                let [r, g, b] = indexed.colours[usize::from(i)];
                [r, g, b, 255]
            }
        };
        indexed.indices.iter().map(colour).collect()
    }

    #[test]
    fn few_colours_are_kept_exactly() {
        let opaque: Vec<[u8; 4]> = (0..256u32).map(|i| [i as u8, (i * 7) as u8, 3, 255]).collect();
        assert_eq!(back(&exact(&opaque).unwrap()), opaque);
        let mut clear = opaque.clone();
        clear.push([0; 4]);
        assert!(exact(&clear).is_none(), "256 colours and the hole are 257");
        clear.remove(9);
        assert_eq!(back(&exact(&clear).unwrap()), clear);
    }

    #[test]
    fn chosen_colours_are_near() {
        let mut random = Random::new("palette");
        let mut pixels: Vec<[u8; 4]> = (0..20_000)
            .map(|_| [random.next() as u8, random.next() as u8, random.next() as u8, 255])
            .collect();
        pixels[7] = [0; 4];
        let indexed = chosen(&pixels, &Context::default()).unwrap();
        assert_eq!((indexed.colours.len(), indexed.transparent), (255, Some(255)));
        let back = back(&indexed);
        assert_eq!(back[7], [0; 4]);
        // 252 colours in an even grid, each in the middle of its box.
        let even = |[r, g, b, a]: [u8; 4]| {
            let middle = |v: u8, steps: u32| ((u32::from(v) * steps / 256 * 2 + 1) * 128 / steps) as u8;
            [middle(r, 6), middle(g, 7), middle(b, 6), a]
        };
        let picture = |pixels: &[[u8; 4]]| {
            let size = Size::from_usize(pixels.len(), 1).unwrap();
            Picture::new(
                size,
                Layout::Rgb,
                pixels.iter().flat_map(|p| [p[0], p[1], p[2]]).collect::<Vec<_>>(),
            )
            .unwrap()
        };
        pixels.remove(7);
        let (mut chosen, even) = (back, pixels.iter().map(|&p| even(p)).collect::<Vec<_>>());
        chosen.remove(7);
        let error = |other: &[[u8; 4]]| {
            crate::measure::oklab_mse(&picture(&pixels), &picture(other), &Context::default()).unwrap()
        };
        assert!(error(&chosen) < 0.8 * error(&even), "{} {}, {random}", error(&chosen), error(&even));
    }

    #[test]
    fn nothing_but_holes_is_fine() {
        let indexed = chosen(&[[0; 4]; 5], &Context::default()).unwrap();
        assert_eq!(back(&indexed), [[0; 4]; 5]);
        assert_eq!(back(&exact(&[[0; 4]; 5]).unwrap()), [[0; 4]; 5]);
    }
}
