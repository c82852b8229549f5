//! Who is near whom among centres. They move little from round to round, so that is asked only now and then; where they
//! are, each round.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::cluster::{Neighbour, distance};
use crate::parallel::map_bands;

/// Neighbours that are kept of a centre.
const NEAR: usize = 32;
/// Up to so many centres are all tried for each point; and if there are not so many points for each centre.
const FEW: usize = 24;
const PAYS: usize = 4;
/// Centres in a band.
const BAND: usize = 64;
/// Rounds for which the neighbours stay the same.
const ROUNDS: usize = 4;
/// For each centre the nearest others, from near to far when they were looked for.
#[derive(Default)]
pub(super) struct Neighbours {
    /// `count` for each centre.
    numbers: Vec<u16>,
    pub(super) count: usize,
    /// Rounds for which they still hold.
    pub(super) age: usize,
}

impl Neighbours {
    /// Look for the neighbours again if it is time.
    pub(super) fn look<const D: usize>(
        &mut self,
        centres: &[[f32; D]],
        points: usize,
        context: &Context,
    ) -> Result<()> {
        if centres.len() <= FEW || points < PAYS * centres.len() {
            return Ok(());
        }
        if self.age == 0 || self.numbers.is_empty() {
            self.age = ROUNDS;
            self.count = NEAR.min(centres.len() - 1);
            let bands = map_bands(context, centres.len(), BAND, |band| {
                let mut keys = Vec::with_capacity(centres.len());
                Ok(band.flat_map(|own| nearest(centres, own, &mut keys)).collect::<Vec<_>>())
            })?;
            self.numbers = bands.concat();
        }
        self.age -= 1;
        Ok(())
    }

    /// Look for those of one centre.
    pub(super) fn renew<const D: usize>(&mut self, centres: &[[f32; D]], own: usize) {
        if self.count > 0 {
            let found = nearest(centres, own, &mut Vec::with_capacity(centres.len()));
            self.numbers[own * self.count..][..self.count].copy_from_slice(&found);
        }
    }

    /// Nearest first; nobody if there are few centres.
    pub(super) fn of(&self, centre: usize) -> &[u16] {
        &self.numbers[centre * self.count..][..self.count]
    }

    /// The neighbours where they are now; none if there are so few centres that all may be tried.
    pub(super) fn around<const D: usize>(&self, centres: &[[f32; D]]) -> Vec<Neighbour<D>> {
        let mut all = Vec::with_capacity(self.numbers.len());
        for own in 0..self.numbers.len().checked_div(self.count).unwrap_or(0) {
            for &number in self.of(own) {
                let at = centres[usize::from(number)];
                all.push(Neighbour { from: distance(&centres[own], &at).sqrt(), at, index: number.into() });
            }
            let mut least = f32::INFINITY;
            for neighbour in all[own * self.count..].iter_mut().rev() {
                least = least.min(neighbour.from);
                neighbour.from = least;
            }
        }
        all
    }
}

/// The nearest others of one centre. Distances are not below zero, so their bits are in their order; the lowest, which
/// matter least, make room for the number of the centre.
fn nearest<const D: usize>(centres: &[[f32; D]], own: usize, keys: &mut Vec<u32>) -> Vec<u16> {
    let mask = centres.len().next_power_of_two() as u32 - 1;
    let place = &centres[own];
    keys.clear();
    keys.extend(
        centres
            .iter()
            .enumerate()
            .map(|(index, other)| distance(place, other).to_bits() & !mask | index as u32),
    );
    keys.swap_remove(own);
    if keys.len() > NEAR {
        keys.select_nth_unstable(NEAR - 1);
        keys.truncate(NEAR);
    }
    keys.sort_unstable();
    keys.iter().map(|&key| (key & mask) as u16).collect()
}
