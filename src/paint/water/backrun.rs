//! Back-runs: where water ran back into a drying wash it carried the pigment to a dark, feathery front and left the
//! middle pale (Curtis et al. 1997 get them from capillary flow).

use crate::context::Context;
use crate::error::Result;
use crate::kernel::noise::{mix, signed};
use crate::line::{between, rows};
use crate::pixel::Plane;
use crate::texture::Noise;

/// How far apart they may be, in units.
const CELL: f32 = 150.0;
/// How large they are, in units.
const RADIUS: [f32; 2] = [22.0, 95.0];
/// Beyond this, in units, a front is not felt.
const FAR: f32 = 40.0;

struct Bloom {
    at: [f32; 2],
    radius: f32,
}

/// How far inside the front of a bloom each sample lies, in units: below 0 outside, at most [`FAR`] away.
pub(super) fn fronts(
    amount: &Plane,
    wet: &Plane,
    unit: f32,
    share: f32,
    seed: u64,
    context: &Context,
) -> Result<Option<Plane>> {
    let blooms = blooms(amount, wet, unit, share, seed);
    if blooms.is_empty() {
        return Ok(None);
    }
    let size = amount.size();
    let noises = [(30.0, 13.0, 0x70), (11.0, 5.5, 0x71), (4.6, 2.6, 0x72), (1.9, 1.0, 0x73)]
        .map(|(cell, far, salt)| (Noise::new(size, [cell; 2], seed ^ salt), far));
    let plane = rows(size, context, |y, row| {
        let mut fringe = vec![0.0; row.len()];
        let mut scratch = vec![0.0; row.len()];
        for (noise, far) in &noises {
            noise.add(context.level, y as i64, *far, &mut fringe, &mut scratch);
        }
        row.fill(-FAR);
        let v = (y as f32 + 0.5) / unit;
        for bloom in &blooms {
            let dy = v - bloom.at[1];
            let reach = bloom.radius + FAR;
            if dy.abs() > reach {
                continue;
            }
            let from = ((bloom.at[0] - reach) * unit).max(0.0) as usize;
            let to = (((bloom.at[0] + reach) * unit).max(0.0) as usize).min(row.len());
            for x in from.min(to)..to {
                let dx = (x as f32 + 0.5) / unit - bloom.at[0];
                let inside = bloom.radius - (dx * dx + 1.3 * dy * dy).sqrt() + fringe[x];
                row[x] = row[x].max(inside);
            }
        }
        row.iter_mut().for_each(|v| *v = v.clamp(-FAR, FAR));
    })?;
    Ok(Some(plane))
}

fn blooms(amount: &Plane, wet: &Plane, unit: f32, share: f32, seed: u64) -> Vec<Bloom> {
    if share <= 0.0 {
        return Vec::new();
    }
    let (w, h) = (amount.size().width() as f32 / unit, amount.size().height() as f32 / unit);
    let key = mix(seed as u32 ^ mix((seed >> 32) as u32) ^ 0xb10);
    let mut all = Vec::new();
    for j in 0..(h / CELL).ceil() as u32 {
        for i in 0..(w / CELL).ceil() as u32 {
            let chance = |k: u32| 0.5 + 0.5 * signed(mix(mix(mix(key ^ i).wrapping_add(j)) ^ (k * 0x9e37)));
            let at = [(i as f32 + chance(1)) * CELL, (j as f32 + chance(2)) * CELL];
            let place = [at[0] * unit - 0.5, at[1] * unit - 0.5];
            let (pigment, wet) = (between(amount, place[0], place[1]), between(wet, place[0], place[1]));
            // Only a wash of some strength shows one, and only where it was wet.
            let fit = ((pigment - 0.06) / 0.1).clamp(0.0, 1.0) * ((1.6 - pigment) / 0.5).clamp(0.0, 1.0);
            if chance(3) < share * fit * wet {
                let large = chance(4);
                all.push(Bloom { at, radius: RADIUS[0] + (RADIUS[1] - RADIUS[0]) * large.powi(3) });
            }
        }
    }
    all
}
