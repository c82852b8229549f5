//! What a result in few colours must come to: a size, a quality, or less than there was. The colours are made fewer
//! until it does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use zhijin::codec::{self, Compression, DecodeOptions, Format};
use zhijin::pixel::{Picture, Samples};
use zhijin::{Context, Engine, Job, Output, Rendered, Style, measure};

use super::workshop::text;

/// Rather than fewer colours than this with dithering, more without.
const TOO_FEW: u32 = 8;

/// What is aimed at.
pub(super) struct Aim<'a> {
    /// The style for so many colours, dithered as asked for or not.
    pub(super) style: Box<dyn Fn(u32, bool) -> Result<Style, String> + Sync + 'a>,
    /// How many colours there may be.
    pub(super) range: (u32, u32),
    /// Is dithering asked for?
    pub(super) dithered: bool,
    /// The most bytes.
    pub(super) size: Option<u64>,
    /// Below this quality nothing is written.
    pub(super) least_quality: u8,
    /// No more colours than this quality takes.
    pub(super) enough_quality: u8,
    /// Only if the file is smaller than the original.
    pub(super) only_smaller: bool,
    /// Measure, whether or not anything depends on it.
    pub(super) measured: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub(super) struct Few {
    colours: usize,
    dithered: bool,
    /// Before dithering, in Oklab.
    error: f64,
    quality: f64,
}

impl fmt::Display for Few {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = if self.colours == 1 { "" } else { "s" };
        write!(f, "{} colour{ending}, quality {:.0}", self.colours, self.quality.floor())
    }
}

/// A result that meets the aim.
pub(super) struct Found {
    pub(super) rendered: Rendered,
    pub(super) few: Option<Few>,
}

/// The search for one picture.
pub(super) struct Search<'a> {
    pub(super) aim: &'a Aim<'a>,
    pub(super) engine: &'a Engine,
    pub(super) job: &'a Job,
    pub(super) output: Output,
    pub(super) animated: bool,
}

impl Search<'_> {
    pub(super) fn found(&self) -> Result<Found, String> {
        let aim = self.aim;
        let judges = aim.least_quality > 0 || aim.enough_quality < 100;
        if !judges && !aim.measured {
            let (rendered, _) = self.fitting(aim.range)?;
            return Ok(Found { rendered, few: None });
        }
        let mut gauge = Gauge::new(self)?;
        let (rendered, (count, dithered)) = self.fitting(self.range(&mut gauge)?)?;
        let error = gauge.error(count)?;
        let colours = self.counted(&rendered)?;
        let few = Few { colours, dithered, error, quality: rounded(measure::quality(error)) };
        Ok(Found { rendered, few: Some(few) })
    }

    /// The numbers of colours whose quality is as asked for.
    fn range(&self, gauge: &mut Gauge<'_>) -> Result<(u32, u32), String> {
        let aim = self.aim;
        let (least, mut most) = aim.range;
        if aim.enough_quality < 100 {
            most = fewest(least, most, |count| gauge.reaches(count, aim.enough_quality))?.unwrap_or(most);
        }
        if aim.least_quality == 0 {
            return Ok((least, most));
        }
        let found = fewest(least, most, |count| gauge.reaches(count, aim.least_quality))?;
        let Some(least) = found else {
            let quality = rounded(measure::quality(gauge.error(most)?));
            return Err(format!(
                "the quality of {} is {quality:.1}, less than the {} asked for; allow more colours with -k, or a lower quality",
                if most == 0 { "the given colours".into() } else { format!("{most} colours") },
                aim.least_quality
            ));
        };
        Ok((least, most))
    }

    /// The most colours whose file is small enough, and what they are.
    fn fitting(&self, (least, most): (u32, u32)) -> Result<(Rendered, (u32, bool)), String> {
        let first = self.rendered(most, self.aim.dithered)?;
        let Some(limit) = self.aim.size else { return Ok((first, (most, self.aim.dithered))) };
        let mut tries = Tries { limit, smallest: first.bytes.len(), fit: None };
        if !tries.hear(most, self.aim.dithered, first) {
            tries.seek(self, (least, most.saturating_sub(1)), self.aim.dithered)?;
            let few = tries.fit.as_ref().is_none_or(|(_, (count, _))| *count < TOO_FEW.min(most));
            if self.aim.dithered && few {
                tries.seek(self, (least, most), false)?;
            }
        }
        tries.fit.ok_or_else(|| {
            let least = if least < most { format!("even in {least} colours ") } else { String::new() };
            format!(
                "{least}it takes {} bytes, more than the {limit} of --target-size; make the picture smaller with --size, or lower --min-quality if it is set",
                tries.smallest
            )
        })
    }

    fn rendered(&self, count: u32, dithered: bool) -> Result<Rendered, String> {
        self.engine.render(&self.job_of(count, dithered)?, &self.output).map_err(text)
    }

    fn job_of(&self, count: u32, dithered: bool) -> Result<Job, String> {
        Ok(self.job.clone().with_style((self.aim.style)(count, dithered)?))
    }

    fn context(&self) -> Context {
        self.engine.context(self.job)
    }

    /// The colours that a file has, each once.
    fn counted(&self, rendered: &Rendered) -> Result<usize, String> {
        let mut colours = BTreeSet::new();
        let context = self.context();
        if let Some(frames) =
            codec::frames(&rendered.bytes, &DecodeOptions::default(), &context).map_err(text)?
        {
            for frame in frames {
                count(&frame.map_err(text)?.picture, &mut colours);
            }
        } else {
            let decoded =
                codec::decode(&rendered.bytes, &DecodeOptions::default(), &context).map_err(text)?;
            count(&decoded.picture, &mut colours);
        }
        Ok(colours.len())
    }
}

fn count(picture: &Picture, colours: &mut BTreeSet<Vec<u16>>) {
    let channels = picture.layout().channels();
    let mut last = Vec::new();
    let mut take = |pixel: Vec<u16>| {
        if pixel != last {
            colours.insert(pixel.clone());
            last = pixel;
        }
    };
    match picture.samples() {
        Samples::U8(samples) => {
            samples.chunks_exact(channels).for_each(|p| take(p.iter().map(|&v| v.into()).collect()));
        }
        Samples::U16(samples) => samples.chunks_exact(channels).for_each(|p| take(p.to_vec())),
        Samples::F32(_) => {}
    }
}

/// One digit behind the point, rounded down: what is called 70.0 is at least 70.
fn rounded(quality: f64) -> f64 {
    (quality * 10.0).floor() / 10.0
}

/// Files that were tried against a limit.
struct Tries {
    limit: u64,
    smallest: usize,
    fit: Option<(Rendered, (u32, bool))>,
}

impl Tries {
    /// Does it fit? Then it is kept if it has more colours than what was kept before.
    fn hear(&mut self, count: u32, dithered: bool, rendered: Rendered) -> bool {
        self.smallest = self.smallest.min(rendered.bytes.len());
        let fits = rendered.bytes.len() as u64 <= self.limit;
        if fits && self.fit.as_ref().is_none_or(|(_, (kept, _))| *kept < count) {
            self.fit = Some((rendered, (count, dithered)));
        }
        fits
    }

    /// The most colours that fit, by halving.
    fn seek(&mut self, search: &Search<'_>, (least, most): (u32, u32), dithered: bool) -> Result<(), String> {
        fewest(least, most, |count| {
            let rendered = search.rendered(count, dithered)?;
            Ok(!self.hear(count, dithered, rendered))
        })?;
        Ok(())
    }
}

/// The fewest from `least` to `most` that are `enough`; more always are as well.
fn fewest(
    mut least: u32,
    mut most: u32,
    mut enough: impl FnMut(u32) -> Result<bool, String>,
) -> Result<Option<u32>, String> {
    let mut found = None;
    while least <= most {
        let middle = least.midpoint(most);
        if enough(middle)? {
            found = Some(middle);
            let Some(fewer) = middle.checked_sub(1) else { break };
            most = fewer;
        } else {
            least = middle + 1;
        }
    }
    Ok(found)
}

/// How far results are from the original, before dithering.
struct Gauge<'a> {
    search: &'a Search<'a>,
    original: Original,
    errors: BTreeMap<u32, f64>,
}

enum Original {
    Still(Picture),
    /// An animated PNG.
    Film(Vec<u8>),
}

impl<'a> Gauge<'a> {
    fn new(search: &'a Search<'a>) -> Result<Self, String> {
        let plain = search.job.clone().style("plain");
        Ok(Self { search, original: Original::of(search, &plain)?, errors: BTreeMap::new() })
    }

    fn reaches(&mut self, count: u32, quality: u8) -> Result<bool, String> {
        Ok(self.error(count)? <= measure::error_of_quality(quality.into()))
    }

    /// The mean squared distance in Oklab with so many colours.
    fn error(&mut self, count: u32) -> Result<f64, String> {
        if let Some(error) = self.errors.get(&count) {
            return Ok(*error);
        }
        let made = Original::of(self.search, &self.search.job_of(count, false)?)?;
        let context = self.search.context();
        let error = self.original.error(&made, &context).map_err(text)?;
        self.errors.insert(count, error);
        Ok(error)
    }
}

impl Original {
    /// What a job makes, with nothing lost.
    fn of(search: &Search<'_>, job: &Job) -> Result<Self, String> {
        if !search.animated {
            return Ok(Self::Still(search.engine.run(job).map_err(text)?.picture));
        }
        let mut output = Output { format: Some(Format::Png), ..search.output };
        output.options.compression = Compression::Fast;
        Ok(Self::Film(search.engine.render(job, &output).map_err(text)?.bytes))
    }

    fn error(&self, other: &Self, context: &Context) -> zhijin::Result<f64> {
        let (Self::Film(before), Self::Film(after)) = (self, other) else {
            let (Self::Still(before), Self::Still(after)) = (self, other) else { return Ok(f64::INFINITY) };
            return measure::seen_mse(before, after, context);
        };
        let options = DecodeOptions::default();
        let frames = (codec::frames(before, &options, context)?, codec::frames(after, &options, context)?);
        let (Some(before), Some(after)) = frames else {
            let still = |bytes: &[u8]| codec::decode(bytes, &options, context).map(|read| read.picture);
            return measure::seen_mse(&still(before)?, &still(after)?, context);
        };
        let (mut sum, mut count) = (0.0, 0);
        for (before, after) in before.zip(after) {
            sum += measure::seen_mse(&before?.picture, &after?.picture, context)?;
            count += 1;
        }
        Ok(sum / f64::from(count.max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_that_are_enough_are_found_in_few_steps() {
        for wanted in 1..=300u32 {
            let mut steps = 0;
            let found = fewest(1, 256, |count| {
                steps += 1;
                Ok(count >= wanted)
            });
            assert_eq!(found.unwrap(), (wanted <= 256).then_some(wanted));
            assert!(steps <= 9, "{steps}");
        }
        assert_eq!(fewest(3, 2, |_| Ok(true)).unwrap(), None);
        assert!(fewest(1, 9, |_| Err("no".into())).is_err());
    }

    #[test]
    fn what_is_called_seventy_is_seventy() {
        assert_eq!((rounded(69.99), rounded(70.0), rounded(100.0)), (69.9, 70.0, 100.0));
    }
}
