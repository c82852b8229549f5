//! Lloyd's rounds: every point to its nearest centre, every centre to the mean of its points.

use super::super::cloud::Points;
use super::neighbours::Neighbours;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::cluster::{self as kernel, Centres, Found};
use crate::parallel::for_each_band_pair;

/// Points in a band.
const BAND: usize = 2048;

/// The kernels for so many coordinates.
pub(in super::super) trait Dimensions<const D: usize> {
    fn search(
        level: Level,
        points: &[[f32; D]],
        centres: Centres<'_, D>,
        labels: &mut [u16],
        found: &mut [Found],
    );
}

impl Dimensions<3> for [f32; 3] {
    fn search(
        level: Level,
        points: &[Self],
        centres: Centres<'_, 3>,
        labels: &mut [u16],
        found: &mut [Found],
    ) {
        kernel::search3(level, points, centres, labels, found);
    }
}

impl Dimensions<4> for [f32; 4] {
    fn search(
        level: Level,
        points: &[Self],
        centres: Centres<'_, 4>,
        labels: &mut [u16],
        found: &mut [Found],
    ) {
        kernel::search4(level, points, centres, labels, found);
    }
}

/// What a round learns about the points of a centre.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share<const D: usize> {
    pub(super) weight: f64,
    pub(super) sum: [f64; D],
    pub(super) error: f64,
    /// What the error would grow by without this centre, at least.
    pub(super) worth: f64,
}

/// Centres on their way downhill.
pub(in super::super) struct Rounds<'a, const D: usize> {
    pub(super) cloud: Points<'a, D>,
    pub(in super::super) centres: Vec<[f32; D]>,
    pub(super) labels: Vec<u16>,
    /// So many centres at the beginning stay where they are.
    pub(super) fixed: usize,
    neighbours: Neighbours,
    pub(super) context: &'a Context,
}

impl<'a, const D: usize> Rounds<'a, D>
where
    [f32; D]: Dimensions<D>,
{
    /// `labels` are guesses; the better they are, the quicker the first round.
    pub(in super::super) fn new(
        cloud: Points<'a, D>,
        centres: Vec<[f32; D]>,
        labels: Vec<u16>,
        fixed: usize,
        context: &'a Context,
    ) -> Self {
        Self { cloud, centres, labels, fixed, neighbours: Neighbours::default(), context }
    }

    /// The number of the centre nearest to each point, and what weighs on each centre.
    pub(in super::super) fn nearest(mut self) -> Result<(Vec<u16>, Vec<f64>)> {
        let shares = self.assign()?;
        Ok((self.labels, shares.iter().map(|share| share.weight).collect()))
    }

    pub(in super::super) fn run(&mut self, rounds: usize) -> Result<()> {
        for _ in 0..rounds {
            let shares = self.assign()?;
            self.update(&shares);
        }
        Ok(())
    }

    /// Find the nearest centre of every point.
    pub(super) fn assign(&mut self) -> Result<Vec<Share<D>>> {
        self.neighbours.look(&self.centres, self.cloud.points.len(), self.context)?;
        let around = self.neighbours.around(&self.centres);
        let centres = Centres { points: &self.centres, around: &around, near: self.neighbours.count };
        let (cloud, level) = (self.cloud, self.context.level);
        let mut results: Vec<_> = cloud.points.chunks(BAND).map(|_| Vec::new()).collect();
        let mut bands: Vec<_> = self.labels.chunks_mut(BAND).zip(&mut results).collect();
        let numbers: Vec<usize> = (0..bands.len()).collect();
        for_each_band_pair(self.context, (&numbers, 1), (&mut bands, 1), |_, number, band| {
            let (labels, result) = &mut band[0];
            let range = number[0] * BAND..number[0] * BAND + labels.len();
            let (points, weights) = (&cloud.points[range.clone()], &cloud.weights[range]);
            let mut found = vec![Found { error: 0.0, second: 0.0 }; labels.len()];
            <[f32; D]>::search(level, points, centres, labels, &mut found);
            **result = shares(points, weights, labels, &found, centres.points.len());
            Ok(())
        })?;
        Ok(results.into_iter().reduce(merged).unwrap_or_default())
    }

    /// The centres near a centre, nearest first when that was asked last; nobody if there are few.
    pub(super) fn near(&self, centre: usize) -> &[u16] {
        self.neighbours.of(centre)
    }

    /// The neighbours of these centres are others now.
    pub(super) fn look_around(&mut self, centres: &[usize]) {
        centres.iter().for_each(|&centre| self.neighbours.renew(&self.centres, centre));
    }

    /// Move each centre to the mean of its points; without any it stays.
    pub(super) fn update(&mut self, shares: &[Share<D>]) {
        for (centre, share) in self.centres.iter_mut().zip(shares).skip(self.fixed) {
            if share.weight > 0.0 {
                *centre = share.sum.map(|sum| (sum / share.weight) as f32);
            }
        }
    }
}

pub(super) fn error<const D: usize>(shares: &[Share<D>]) -> f64 {
    shares.iter().map(|share| share.error).sum()
}

fn shares<const D: usize>(
    points: &[[f32; D]],
    weights: &[f32],
    labels: &[u16],
    found: &[Found],
    centres: usize,
) -> Vec<Share<D>> {
    let mut shares = vec![Share { weight: 0.0, sum: [0.0; D], error: 0.0, worth: 0.0 }; centres];
    for (((point, &weight), &label), found) in points.iter().zip(weights).zip(labels).zip(found) {
        let share = &mut shares[usize::from(label)];
        let weight = f64::from(weight);
        share.weight += weight;
        (0..D).for_each(|c| share.sum[c] += weight * f64::from(point[c]));
        share.error += weight * f64::from(found.error);
        share.worth += weight * f64::from((found.second - found.error).min(1.0));
    }
    shares
}

fn merged<const D: usize>(mut all: Vec<Share<D>>, band: Vec<Share<D>>) -> Vec<Share<D>> {
    for (share, more) in all.iter_mut().zip(band) {
        share.weight += more.weight;
        (0..D).for_each(|c| share.sum[c] += more.sum[c]);
        share.error += more.error;
        share.worth += more.worth;
    }
    all
}
