//! The list of steps, run.
//!
//! Neighbouring pointwise steps share one pass over memory: a band of rows is opened into `f32`, carried from
//! encoding to encoding as the steps ask, and put back once. So a style of five tone steps costs little more
//! than one, and nothing is rounded to 8 bits in between. Where a whole step stands between, 8-bit pictures
//! rest in 16 bits until the end.

use std::time::{Duration, Instant};

use super::Step;
use super::mixing::Mixing;
use super::rows::Rows;
use crate::error::{Error, Result, guarded};
use crate::kernel::interleave::Store;
use crate::op::{Action, Measured, Pointwise, Row, StepContext, Whole};
use crate::parallel::{BAND_ROWS, for_each_band, for_each_band_pair};
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, Samples, SamplesMut, Size};

/// What one pass did and how long it took.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct StepTime {
    /// The steps of the pass, in order.
    pub steps: Vec<String>,
    /// How long it took, in seconds.
    #[serde(serialize_with = "as_seconds")]
    pub time: Duration,
}

/// Durations in reports are seconds.
pub(crate) fn as_seconds<S: serde::Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64((time.as_secs_f64() * 1e6).round() / 1e6)
}

/// A stretch of the list that is done at once, and how its result is laid over what was there.
struct Stretch {
    names: Vec<String>,
    pass: Pass,
    mixing: Option<Mixing>,
}

enum Pass {
    /// Steps fused, the first of which may have to measure the picture before it is ready.
    Points(Option<Box<dyn Measured>>, Vec<Box<dyn Pointwise>>),
    Whole(Box<dyn Whole>),
}

/// Run the steps. `tell` hears of each pass before it starts: its names, its number, how many there are.
pub(crate) fn run(
    steps: &[Step],
    mut picture: Picture,
    step: &StepContext<'_>,
    tell: &dyn Fn(&[String], usize, usize),
) -> Result<(Picture, Vec<StepTime>)> {
    let stretches = stretches(steps);
    let (count, depth) = (stretches.len(), picture.depth());
    let mut times = Vec::with_capacity(count);
    for (i, stretch) in stretches.into_iter().enumerate() {
        step.work.check()?;
        tell(&stretch.names, i, count);
        let start = Instant::now();
        let rest = if i + 1 < count { depth.max(Depth::U16) } else { depth };
        let step = StepContext { rest, ..*step };
        let names = stretch.names.clone();
        picture = guarded(&names.join(" + "), || stretch.run(picture, &step))?;
        times.push(StepTime { steps: names, time: start.elapsed() });
    }
    Ok((picture.into_depth(depth, step.work)?, times))
}

/// Neighbours that treat each pixel alone are done together, unless one is mixed with what was before it.
fn stretches(steps: &[Step]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for step in steps.iter().filter(|step| !step.is_skipped()) {
        let (name, mixing) = (step.name.clone(), step.mixing());
        let open = stretches.last_mut().filter(|last| last.mixing.is_none() && mixing.is_none());
        let pass = match (step.op.bind(&step.values), open) {
            (Action::Pointwise(point), Some(Stretch { names, pass: Pass::Points(_, points), .. })) => {
                names.push(name);
                points.push(point);
                continue;
            }
            (Action::Pointwise(point), _) => Pass::Points(None, vec![point]),
            (Action::Measured(measured), _) => Pass::Points(Some(measured), Vec::new()),
            (Action::Whole(whole), _) => Pass::Whole(whole),
        };
        stretches.push(Stretch { names: vec![name], pass, mixing });
    }
    stretches
}

impl Stretch {
    fn run(self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let Some(mixing) = self.mixing else { return self.pass.run(picture, step) };
        let weights = mixing.weights(&picture, step)?;
        let after = self.pass.run(picture.clone(), step)?;
        mixing.mix(&picture, after, weights.as_ref(), step)
    }
}

impl Pass {
    fn run(self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        match self {
            Self::Whole(whole) => whole.run(picture, step),
            Self::Points(measured, mut points) => {
                if let Some(measured) = measured {
                    points.insert(0, measured.measure(&picture, step)?);
                }
                points_pass(&points, picture, step)
            }
        }
    }
}

/// One pass of pointwise steps, in place where layout and depth stay.
fn points_pass(
    points: &[Box<dyn Pointwise>],
    mut picture: Picture,
    step: &StepContext<'_>,
) -> Result<Picture> {
    let depth = step.rest;
    if picture.alpha() == Alpha::Premultiplied {
        return Err(Error::unsupported(
            "a premultiplied picture cannot be toned",
            "give it straight alpha first",
        ));
    }
    let layout = picture.layout();
    let grey = layout.is_grey() && points.iter().all(|point| point.keeps_grey());
    let target = Layout::of(grey, layout.has_alpha());
    let pass = Points { points, step, encoding: picture.encoding(), size: picture.size() };
    if target == layout && depth == picture.depth() {
        match picture.samples_mut() {
            SamplesMut::U8(s) => pass.in_place(s, layout)?,
            SamplesMut::U16(s) => pass.in_place(s, layout)?,
            SamplesMut::F32(s) => pass.in_place(s, layout)?,
        }
        return Ok(picture);
    }
    step.work.limits.admit(picture.size(), target.channels() * depth.bytes())?;
    let mut samples = Samples::zeros(depth, picture.size().pixels() * target.channels());
    match &mut samples {
        Samples::U8(to) => pass.between(&picture, to, target)?,
        Samples::U16(to) => pass.between(&picture, to, target)?,
        Samples::F32(to) => pass.between(&picture, to, target)?,
    }
    Ok(Picture::with_meaning(picture.size(), target, picture.encoding(), picture.alpha(), samples)
        .expect("made for this size and layout"))
}

struct Points<'a> {
    points: &'a [Box<dyn Pointwise>],
    step: &'a StepContext<'a>,
    /// What the picture's numbers mean, before and after.
    encoding: Encoding,
    size: Size,
}

impl Points<'_> {
    /// The colours of a row through all steps, from the encoding of the picture and back to it.
    fn work(&self, rows: &mut Rows, y: usize) {
        let level = self.step.work.level;
        let mut encoding = self.encoding;
        for point in self.points {
            rows.convert(level, encoding, point.encoding());
            encoding = point.encoding();
            point.row(level, Row { colour: rows.each(), y, size: self.size, seed: self.step.seed });
        }
        rows.convert(level, encoding, self.encoding);
    }

    fn in_place<T: Store>(&self, samples: &mut [T], layout: Layout) -> Result<()> {
        let (row_len, level) = (self.size.width() * layout.channels(), self.step.work.level);
        for_each_band(self.step.work, samples, row_len * BAND_ROWS, |index, band| {
            let mut rows = Rows::new(self.size.width());
            for (y, row) in band.chunks_exact_mut(row_len).enumerate() {
                rows.open(level, row, layout);
                self.work(&mut rows, index * BAND_ROWS + y);
                rows.close(level, row, layout);
            }
            Ok(())
        })
    }

    fn between<T: Store>(&self, picture: &Picture, target: &mut [T], layout: Layout) -> Result<()> {
        match picture.samples() {
            Samples::U8(s) => self.copy(s, picture.layout(), target, layout),
            Samples::U16(s) => self.copy(s, picture.layout(), target, layout),
            Samples::F32(s) => self.copy(s, picture.layout(), target, layout),
        }
    }

    fn copy<S: Store, T: Store>(
        &self,
        source: &[S],
        from: Layout,
        target: &mut [T],
        to: Layout,
    ) -> Result<()> {
        let (width, level) = (self.size.width(), self.step.work.level);
        let (from_len, to_len) = (width * from.channels(), width * to.channels());
        for_each_band_pair(
            self.step.work,
            (source, from_len * BAND_ROWS),
            (target, to_len * BAND_ROWS),
            |index, source, target| {
                let mut rows = Rows::new(width);
                let pairs = source.chunks_exact(from_len).zip(target.chunks_exact_mut(to_len));
                for (y, (source, target)) in pairs.enumerate() {
                    rows.open(level, source, from);
                    self.work(&mut rows, index * BAND_ROWS + y);
                    rows.close(level, target, to);
                    if from.has_alpha() {
                        let pixels =
                            source.chunks_exact(from.channels()).zip(target.chunks_exact_mut(to.channels()));
                        pixels.for_each(|(s, t)| {
                            t[to.channels() - 1] = T::store(s[from.channels() - 1].load());
                        });
                    }
                }
                Ok(())
            },
        )
    }
}
