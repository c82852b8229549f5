//! Which regions touch, and along how many pixel sides.

use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, map_bands};
use crate::pixel::Size;

/// Two regions that touch, the smaller number first, and the number of pixel sides they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Border {
    pub(super) between: [u32; 2],
    pub(super) length: u32,
}

/// All borders of a map of regions, in order.
pub(super) fn borders(of: &[u32], size: Size, ctx: &Context) -> Result<Vec<Border>> {
    let width = size.width();
    let bands = map_bands(ctx, size.height(), BAND_ROWS, |rows| {
        let mut sides: Vec<u64> = Vec::new();
        for y in rows {
            let row = &of[y * width..][..width];
            sides.extend(row.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| key(pair[0], pair[1])));
            if let Some(below) = of.get((y + 1) * width..(y + 2) * width) {
                let pairs = row.iter().zip(below).filter(|(a, b)| a != b);
                sides.extend(pairs.map(|(a, b)| key(*a, *b)));
            }
        }
        sides.sort_unstable();
        Ok(counted(sides.into_iter().map(|side| (side, 1))))
    })?;
    let mut all: Vec<(u64, u32)> = bands.into_iter().flatten().collect();
    all.sort_unstable();
    let border = |(key, length): (u64, u32)| Border { between: [(key >> 32) as u32, key as u32], length };
    Ok(counted(all.into_iter()).into_iter().map(border).collect())
}

fn key(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// Neighbouring entries of one key, added up.
fn counted(sides: impl Iterator<Item = (u64, u32)>) -> Vec<(u64, u32)> {
    let mut out: Vec<(u64, u32)> = Vec::new();
    for (key, count) in sides {
        match out.last_mut() {
            Some((last, sum)) if *last == key => *sum += count,
            _ => out.push((key, count)),
        }
    }
    out
}
