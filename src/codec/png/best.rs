//! The smallest file in reasonable time: forms and filters are tried, and zlib does its best.
//!
//! All bands use one strategy, because each refers to filtered bytes of the band before. Which one is found on a
//! few bands from all over; the two that do best there are then carried out in full.

use super::filter::{Filter, Strategy};
use super::raster::Raster;
use super::reduce::{self, Family};
use super::stream::{self, Coder, Part, Plan};
use super::write;
use crate::codec::Metadata;
use crate::context::Context;
use crate::error::Result;
use crate::parallel;
use crate::pixel::Picture;

/// What is tried, and in which order ties are broken.
const STRATEGIES: [Strategy; 7] = [
    Strategy::Fixed(Filter::None),
    Strategy::Fixed(Filter::Sub),
    Strategy::Fixed(Filter::Up),
    Strategy::Fixed(Filter::Average),
    Strategy::Fixed(Filter::Paeth),
    Strategy::LeastSum,
    Strategy::LeastEntropy,
];

/// Bands on which the strategies are compared.
const SAMPLES: usize = 3;

/// The smallest of what was tried, the fast way included: now and then luck is on its side.
pub(super) fn encode(picture: &Picture, metadata: &Metadata, context: &Context) -> Result<Vec<u8>> {
    let family = Family::of(metadata);
    let narrow = reduce::narrowed(picture, context)?;
    let picture = narrow.as_ref().unwrap_or(picture);
    let reduced = reduce::reduced_further(picture, family, context)?;
    let reduced = reduced.chained().unwrap_or(reduced);
    let smooth = if reduced.is_smooth() { None } else { Some(reduce::unnumbered(picture, context)?) };
    let mut smallest = write::fast(picture, metadata, context)?;
    for raster in [Some(reduced), smooth].into_iter().flatten() {
        let ranking = Ranking::of(&raster, context)?;
        if ranking.expected / 4 * 3 > smallest.len() {
            continue;
        }
        let parts = ranking.parts(&raster, context)?;
        let file = write::assemble(&raster, &parts, metadata, context);
        if file.len() < smallest.len() {
            smallest = file;
        }
    }
    Ok(smallest)
}

/// The smallest stream of a raster.
pub(super) fn parts(raster: &Raster<'_>, context: &Context) -> Result<Vec<Part>> {
    Ranking::of(raster, context)?.parts(raster, context)
}

/// The strategies, best first, by what they make of a few bands.
struct Ranking {
    strategies: Vec<Strategy>,
    /// Were those all bands there are?
    sure: bool,
    /// What the best would make of all, about.
    expected: usize,
}

impl Ranking {
    fn of(raster: &Raster<'_>, context: &Context) -> Result<Self> {
        let bands = stream::bands(raster, Coder::Thorough);
        let samples: Vec<_> = bands.iter().step_by(bands.len().div_ceil(SAMPLES)).cloned().collect();
        let sizes = parallel::map_bands(context, STRATEGIES.len() * samples.len(), 1, |job| {
            let plan = plan(STRATEGIES[job.start / samples.len()]);
            let rows = samples[job.start % samples.len()].clone();
            Ok(stream::band(raster, plan, rows, context.level)?.0.data.len())
        })?;
        let mut ranked: Vec<(usize, Strategy)> =
            sizes.chunks_exact(samples.len()).map(|sizes| sizes.iter().sum()).zip(STRATEGIES).collect();
        // Stable: among equals the order of the list decides.
        ranked.sort_by_key(|(size, _)| *size);
        let rows: usize = samples.iter().map(ExactSizeIterator::len).sum();
        Ok(Self {
            expected: (ranked[0].0 as u64 * raster.size.height() as u64 / rows as u64) as usize,
            strategies: ranked.into_iter().map(|(_, strategy)| strategy).collect(),
            sure: samples.len() == bands.len(),
        })
    }

    fn parts(&self, raster: &Raster<'_>, context: &Context) -> Result<Vec<Part>> {
        let finalists = if self.sure { 1 } else { 2 };
        let mut smallest: Option<Vec<Part>> = None;
        for &strategy in &self.strategies[..finalists] {
            let parts = stream::parts(raster, plan(strategy), context)?;
            if smallest.as_ref().is_none_or(|smallest| size(&parts) < size(smallest)) {
                smallest = Some(parts);
            }
        }
        Ok(smallest.unwrap_or_default())
    }
}

fn plan(strategy: Strategy) -> Plan {
    Plan { strategy, coder: Coder::Thorough }
}

fn size(parts: &[Part]) -> usize {
    parts.iter().map(|part| part.data.len() + 12).sum()
}
