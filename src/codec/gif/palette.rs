//! At most 256 colours for a frame: those it has, or a good choice.
//!
//! The choice is a median cut (Heckbert, "Color image quantization for frame buffer display", 1982) with
//! the refinement of Wan, Prusinkiewicz and Wong (1990): the box with the greatest squared error is
//! cut next, at its mean. Boxes are made of cells of 8×8×8 values, so it is one pass over the pixels, a
//! little work on a few thousand cells, and a table look-up for each pixel.

use std::collections::HashMap;

/// A frame in indices.
#[derive(Debug)]
pub(super) struct Indexed {
    pub(super) indices: Vec<u8>,
    pub(super) colours: Vec<[u8; 3]>,
    /// The index that leaves a pixel as it is; behind the colours.
    pub(super) transparent: Option<u8>,
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

/// The pixels by the colours that suit them best.
pub(super) fn chosen(pixels: &[[u8; 4]]) -> Indexed {
    let room = 256 - usize::from(pixels.iter().any(is_clear));
    let mut cells = histogram(pixels);
    let colours = cut(&mut cells, room);
    let mut table = vec![0; CELLS];
    for cell in &cells {
        let mean = cell.mean();
        let error =
            |colour: &[u8; 3]| -> f64 { (0..3).map(|c| (f64::from(colour[c]) - mean[c]).powi(2)).sum() };
        let nearest = (0..colours.len()).min_by(|&a, &b| error(&colours[a]).total_cmp(&error(&colours[b])));
        table[cell.place] = nearest.unwrap_or(0) as u8;
    }
    index(pixels, colours, |colour| table[place(colour)])
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

/// Cells along each axis, as bits.
const BITS: usize = 5;
const CELLS: usize = 1 << (3 * BITS);

fn place([r, g, b]: [u8; 3]) -> usize {
    let [r, g, b] = [r, g, b].map(|v| usize::from(v) >> (8 - BITS));
    (r << BITS | g) << BITS | b
}

/// The pixels whose colours begin with the same bits.
#[derive(Clone, Copy, Default)]
struct Cell {
    place: usize,
    count: u64,
    sum: [u64; 3],
}

impl Cell {
    fn mean(&self) -> [f64; 3] {
        self.sum.map(|sum| sum as f64 / self.count as f64)
    }
}

/// The cells that hold pixels.
fn histogram(pixels: &[[u8; 4]]) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); CELLS];
    for &[r, g, b, a] in pixels {
        if a > 0 {
            let place = place([r, g, b]);
            let cell = &mut cells[place];
            *cell = Cell {
                place,
                count: cell.count + 1,
                sum: [cell.sum[0] + u64::from(r), cell.sum[1] + u64::from(g), cell.sum[2] + u64::from(b)],
            };
        }
    }
    cells.retain(|cell| cell.count > 0);
    cells
}

/// A run of cells, and what it would gain to cut it.
struct Box {
    start: usize,
    end: usize,
    mean: [f64; 3],
    axis: usize,
    error: f64,
}

impl Box {
    fn of(cells: &[Cell], start: usize, end: usize) -> Self {
        let inside = &cells[start..end];
        let count: u64 = inside.iter().map(|cell| cell.count).sum();
        let mean = [0, 1, 2]
            .map(|c: usize| inside.iter().map(|cell| cell.sum[c]).sum::<u64>() as f64 / count.max(1) as f64);
        let errors = [0, 1, 2].map(|c: usize| {
            inside.iter().map(|cell| cell.count as f64 * (cell.mean()[c] - mean[c]).powi(2)).sum::<f64>()
        });
        let axis = (0..3).max_by(|&a, &b| errors[a].total_cmp(&errors[b])).unwrap_or(0);
        Self { start, end, mean, axis, error: errors[axis] }
    }
}

/// Sort the cells into at most `most` boxes; the colours are their means.
fn cut(cells: &mut [Cell], most: usize) -> Vec<[u8; 3]> {
    let mut boxes = vec![Box::of(cells, 0, cells.len())];
    while boxes.len() < most {
        let worst = (0..boxes.len()).max_by(|&a, &b| boxes[a].error.total_cmp(&boxes[b].error)).unwrap_or(0);
        let Box { start, end, mean, axis, error } = boxes[worst];
        if error <= 0.0 {
            break;
        }
        cells[start..end].sort_by(|a, b| a.mean()[axis].total_cmp(&b.mean()[axis]));
        let below = cells[start..end].partition_point(|cell| cell.mean()[axis] <= mean[axis]);
        let middle = (start + below).clamp(start + 1, end - 1);
        boxes[worst] = Box::of(cells, start, middle);
        boxes.push(Box::of(cells, middle, end));
    }
    boxes.iter().map(|b| b.mean.map(|v| (v + 0.5) as u8)).collect()
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
        let indexed = chosen(&pixels);
        assert_eq!((indexed.colours.len(), indexed.transparent), (255, Some(255)));
        let back = back(&indexed);
        assert_eq!(back[7], [0; 4]);
        let error: f64 = back
            .iter()
            .zip(&pixels)
            .map(|(a, b)| (0..3).map(|c| f64::from(a[c].abs_diff(b[c])).powi(2)).sum::<f64>())
            .sum::<f64>()
            / pixels.len() as f64;
        // 255 cubes of equal size would have 3·(256/∛255)²/12 = 407.
        assert!(error < 450.0, "{error}, {random}");
    }

    #[test]
    fn nothing_but_holes_is_fine() {
        let indexed = chosen(&[[0; 4]; 5]);
        assert_eq!(back(&indexed), [[0; 4]; 5]);
        assert_eq!(back(&exact(&[[0; 4]; 5]).unwrap()), [[0; 4]; 5]);
    }
}
