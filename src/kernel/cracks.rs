//! Cells of cracked paint: how far each pixel is from the border of its cell, and which cell it is.

use super::level::kernel;
use super::noise::mix;

/// Keeps neighbouring cells apart before their bits are mixed.
const STRIDES: [u32; 2] = [0x9e37_79b1, 0x85eb_ca6b];

/// The bits of a hash as a number in 0..1.
#[inline(always)]
fn unit(bits: u32) -> f32 {
    (bits >> 8) as i32 as f32 * (1.0 / 16_777_216.0)
}

/// Half of the whole numbers that fit the way of rounding used here, which places are moved by to be above 0.
const MOVED: f32 = 4096.0;

/// Places looked at side by side.
pub(crate) const BLOCK: usize = 64;

kernel! {
    /// For places in units of a cell (Worley, "A cellular texture basis function", 1996): in `gap` how much farther the
    /// second nearest of the cells' points is than the nearest, in `cell` a number of the nearest cell.
    pub(crate) fn cells(across: &[f32; BLOCK], down: &[f32; BLOCK], key: u32, gap: &mut [f32; BLOCK], cell: &mut [u32; BLOCK]) {
        let mut nearest = [1e9f32; BLOCK];
        let mut second = [1e9f32; BLOCK];
        for place in 0..9u32 {
            let (i, j) = (place % 3, place / 3);
            for k in 0..BLOCK {
                let (x, y) = (across[k] + MOVED, down[k] + MOVED);
                let column = (whole(x)).wrapping_add(i).wrapping_sub(1);
                let line = (whole(y)).wrapping_add(j).wrapping_sub(1);
                let bits = mix(column.wrapping_mul(STRIDES[0]) ^ mix(line.wrapping_mul(STRIDES[1]) ^ key));
                let dx = column as i32 as f32 + 0.1 + 0.8 * unit(bits) - x;
                let dy = line as i32 as f32 + 0.1 + 0.8 * unit(bits.wrapping_mul(STRIDES[1])) - y;
                let away = dx * dx + dy * dy;
                let closer = away < nearest[k];
                let other = if closer { nearest[k] } else { away };
                second[k] = if other < second[k] { other } else { second[k] };
                cell[k] = if closer { bits } else { cell[k] };
                nearest[k] = if closer { away } else { nearest[k] };
            }
        }
        for k in 0..BLOCK {
            gap[k] = second[k].sqrt() - nearest[k].sqrt();
        }
    }
}

/// The whole part of a number between 0 and 2²², without the checks of a cast.
#[inline(always)]
fn whole(x: f32) -> u32 {
    /// 1.5 · 2^23: adding it leaves the nearest whole number in the low bits.
    const ROUNDER: f32 = 12_582_912.0;
    ((x - 0.5) + ROUNDER).to_bits().wrapping_sub(ROUNDER.to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Level;
    use crate::test_support::Random;

    #[test]
    fn the_gap_is_that_of_the_two_nearest_points() {
        let mut random = Random::new("kernel::cracks");
        let [across, down] = [0; 2].map(|_| [0; BLOCK].map(|_| random.unit() * 30.0 - 15.0));
        for level in Level::available() {
            let (mut gap, mut cell) = ([0f32; BLOCK], [0u32; BLOCK]);
            cells(level, &across, &down, 7, &mut gap, &mut cell);
            for k in 0..BLOCK {
                let (x, y) = (f64::from(across[k] + MOVED), f64::from(down[k] + MOVED));
                let mut all = Vec::new();
                for column in x as u32 - 2..x as u32 + 3 {
                    for line in y as u32 - 2..y as u32 + 3 {
                        let bits =
                            mix(column.wrapping_mul(STRIDES[0]) ^ mix(line.wrapping_mul(STRIDES[1]) ^ 7));
                        let px = f64::from(column) + 0.1 + 0.8 * f64::from(unit(bits));
                        let py = f64::from(line) + 0.1 + 0.8 * f64::from(unit(bits.wrapping_mul(STRIDES[1])));
                        all.push(((px - x).hypot(py - y), bits));
                    }
                }
                all.sort_by(|a, b| a.0.total_cmp(&b.0));
                // Points are kept from the borders of their cells, so the two nearest are among nine but for a few.
                let apart = (f64::from(gap[k]) - (all[1].0 - all[0].0)).abs();
                assert!(apart < 0.35, "{x} {y}: {apart}, {random}");
                assert!(cell[k] == all[0].1 || all[1].0 - all[0].0 < 1e-3, "{random}");
            }
        }
    }
}
