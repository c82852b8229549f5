//! Centres that eyes can hardly tell apart become one.

use super::cloud::Cloud;
use super::cluster::{Dimensions, Rounds};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::cluster::{UNKNOWN, distance};

/// Merge the closest two centres, as long as they are closer than `apart`. Of two the one with less weight goes into the
/// other; the `fixed` first ones stay as they are.
pub(super) fn merged<const D: usize>(
    mut centres: Vec<[f32; D]>,
    fixed: usize,
    apart: f32,
    cloud: &Cloud<D>,
    context: &Context,
) -> Result<Vec<[f32; D]>>
where
    [f32; D]: Dimensions<D>,
{
    if apart <= 0.0 || centres.len() < 2 {
        return Ok(centres);
    }
    let labels = vec![UNKNOWN; cloud.len()];
    let (_, mut weights) =
        Rounds::new(cloud.lent(), centres.clone(), labels, centres.len(), context).nearest()?;
    while let Some((a, b)) = closest(&centres, fixed, apart) {
        // The later one goes; a fixed one is never later than a free one.
        if a >= fixed {
            let sum = (weights[a] + weights[b]).max(f64::MIN_POSITIVE);
            let mix = |c: usize| {
                (f64::from(centres[a][c]) * weights[a] + f64::from(centres[b][c]) * weights[b]) / sum
            };
            centres[a] = std::array::from_fn(|c| mix(c) as f32);
        }
        weights[a] += weights[b];
        weights.remove(b);
        centres.remove(b);
    }
    Ok(centres)
}

/// The closest two centres, not both fixed, if they are closer than `apart`; the lower number first.
fn closest<const D: usize>(centres: &[[f32; D]], fixed: usize, apart: f32) -> Option<(usize, usize)> {
    let pairs = (fixed.max(1)..centres.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    let all =
        pairs.map(|(a, b)| (distance(&centres[a], &centres[b]), a, b)).filter(|pair| pair.0 < apart * apart);
    all.min_by(|x, y| x.0.total_cmp(&y.0)).map(|(_, a, b)| (a, b))
}
