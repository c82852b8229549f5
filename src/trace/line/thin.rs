//! Lines made one pixel wide, so that each pixel has its neighbours on the line and no others.
//!
//! A pixel may go if what is set around it stays in one piece without it and no hole opens: its connectivity
//! number is 1 (Shigeki Yokoi, Jun-ichiro Toriwaki and Teruo Fukumura, "An Analysis of Topological Properties of
//! Digitized Binary Pictures Using Local Features", 1975). Ends of lines stay.

use crate::trace::bits::Bits;

/// May a pixel with these neighbours go?
pub(in crate::trace) const REMOVABLE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_removable(byte as u8);
        byte += 1;
    }
    table
};

const fn is_removable(around: u8) -> bool {
    let none = !around;
    let (mut pieces, mut k) = (0, 0);
    while k < 8 {
        let here = none >> k & 1;
        let next = none.rotate_right(k + 1) & none.rotate_right(k + 2) & 1;
        pieces += here - here * next;
        k += 2;
    }
    // Two neighbours side by side are how a stair begins: there the pixel is its end.
    let is_end = around.count_ones() < 2 || (around.count_ones() == 2 && around & around.rotate_left(1) != 0);
    pieces == 1 && !is_end
}

/// Passes after which a line is thin, unless it was no line.
const PASSES: usize = 16;

/// Remove what a line can do without. Meant for maps that are nearly thin, as Canny's are: what remains of a
/// broad line is not in its middle.
pub(super) fn thin(bits: &mut Bits) {
    for _ in 0..PASSES {
        let mut removed = 0;
        for y in 0..bits.height {
            let row: Vec<usize> = bits.columns(y).collect();
            for x in row {
                if REMOVABLE[bits.around(x, y) as usize] {
                    bits.clear(x, y);
                    removed += 1;
                }
            }
        }
        if removed == 0 {
            break;
        }
    }
}

/// The neighbours that a pixel is linked with: those at its sides, and those at its corners where no side leads
/// to them as well.
pub(super) fn links(around: u8) -> u8 {
    let sides = around & 0b0101_0101;
    let reached = sides.rotate_left(1) | sides.rotate_right(1);
    sides | around & 0b1010_1010 & !reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;
    use crate::trace::bits::tests::{drawn, noise};

    /// Pieces by corners of what is set, and by sides of what is not, with a margin.
    fn pieces(bits: &Bits) -> [usize; 2] {
        let (width, height) = (bits.width + 2, bits.height + 2);
        let set = |i: usize| {
            let (x, y) = (i % width, i / width);
            (1..width - 1).contains(&x) && (1..height - 1).contains(&y) && bits.get(x - 1, y - 1)
        };
        [true, false].map(|ink| {
            let mut seen = vec![false; width * height];
            let mut count = 0;
            for start in 0..width * height {
                if seen[start] || set(start) != ink {
                    continue;
                }
                count += 1;
                let mut stack = vec![start];
                while let Some(i) = stack.pop() {
                    if std::mem::replace(&mut seen[i], true) {
                        continue;
                    }
                    let near = crate::trace::bits::AROUND.iter().filter(|(x, y)| ink || x * y == 0);
                    for (x, y) in near {
                        let (x, y) =
                            ((i % width).wrapping_add_signed(*x), (i / width).wrapping_add_signed(*y));
                        if x < width && y < height && set(y * width + x) == ink {
                            stack.push(y * width + x);
                        }
                    }
                }
            }
            count
        })
    }

    #[test]
    fn thinning_keeps_pieces_and_holes() {
        let mut random = Random::new("thinning_keeps_pieces_and_holes");
        for density in [0.1, 0.3, 0.5, 0.7, 0.95] {
            let mut bits = noise(&mut random, 67, 41, density);
            let before = pieces(&bits);
            thin(&mut bits);
            assert_eq!(pieces(&bits), before, "{random}");
        }
    }

    #[test]
    fn stairs_become_diagonals_and_keep_their_ends() {
        let mut bits = drawn(&["##...", ".##..", "..##.", "...##"]);
        thin(&mut bits);
        let left: Vec<_> = (0..4).flat_map(|y| bits.columns(y).map(move |x| (x, y))).collect();
        assert_eq!(left, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3)]);
    }

    #[test]
    fn links_go_both_ways() {
        let mut random = Random::new("links_go_both_ways");
        let bits = noise(&mut random, 50, 50, 0.5);
        for (x, y) in (0..2500).map(|i| (i % 50, i / 50)).filter(|(x, y)| bits.get(*x, *y)) {
            let out = links(bits.around(x, y));
            for (k, (dx, dy)) in crate::trace::bits::AROUND.iter().enumerate() {
                let (Some(x), Some(y)) = (x.checked_add_signed(*dx), y.checked_add_signed(*dy)) else {
                    continue;
                };
                if x < 50 && y < 50 && bits.get(x, y) {
                    assert_eq!(out >> k & 1, links(bits.around(x, y)) >> ((k + 4) % 8) & 1, "{random}");
                }
            }
        }
    }
}
