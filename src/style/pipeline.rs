//! The list of steps, run.
//!
//! Neighbouring pointwise steps share one pass over memory: a band of rows is opened into `f32`, carried from
//! encoding to encoding as the steps ask, and put back once. So a style of five tone steps costs little more
//! than one, and nothing is rounded to 8 bits in between. Where a whole step stands between, 8-bit pictures
//! rest in 16 bits until the end.

use std::time::{Duration, Instant};

use super::Step;
use crate::color::convert::convert_rows;
use crate::error::{Error, Result, guarded};
use crate::kernel::interleave::Store;
use crate::op::{Action, Pointwise, Row, StepContext};
use crate::parallel::{BAND_ROWS, for_each_band, for_each_band_pair};
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, Samples, SamplesMut};

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

/// A stretch of the list that is done in one pass.
enum Pass {
    Points(Vec<Box<dyn Pointwise>>),
    Whole(Box<dyn crate::op::Whole>),
}

/// Run the steps. `tell` hears of each pass before it starts: its names, its number, how many there are.
pub(crate) fn run(
    steps: &[Step],
    mut picture: Picture,
    step: &StepContext<'_>,
    tell: &dyn Fn(&[String], usize, usize),
) -> Result<(Picture, Vec<StepTime>)> {
    let passes = passes(steps);
    let (count, depth) = (passes.len(), picture.depth());
    let mut times = Vec::with_capacity(count);
    for (i, (names, pass)) in passes.into_iter().enumerate() {
        step.work.check()?;
        tell(&names, i, count);
        let start = Instant::now();
        let rest = if i + 1 < count { depth.max(Depth::U16) } else { depth };
        picture = guarded(&names.join(" + "), || match pass {
            Pass::Whole(whole) => whole.run(picture, step),
            Pass::Points(points) => points_pass(&points, picture, rest, step),
        })?;
        times.push(StepTime { steps: names, time: start.elapsed() });
    }
    Ok((picture.into_depth(depth, step.work)?, times))
}

fn passes(steps: &[Step]) -> Vec<(Vec<String>, Pass)> {
    let mut passes: Vec<(Vec<String>, Pass)> = Vec::new();
    for step in steps {
        let name = step.name.clone();
        match (step.op.bind(&step.values), passes.last_mut()) {
            (Action::Pointwise(point), Some((names, Pass::Points(points)))) => {
                names.push(name);
                points.push(point);
            }
            (Action::Pointwise(point), _) => passes.push((vec![name], Pass::Points(vec![point]))),
            (Action::Whole(whole), _) => passes.push((vec![name], Pass::Whole(whole))),
        }
    }
    passes
}

/// One pass of pointwise steps, in place where layout and depth stay.
fn points_pass(
    points: &[Box<dyn Pointwise>],
    mut picture: Picture,
    depth: Depth,
    step: &StepContext<'_>,
) -> Result<Picture> {
    if picture.alpha() == Alpha::Premultiplied {
        return Err(Error::unsupported(
            "a premultiplied picture cannot be toned",
            "give it straight alpha first",
        ));
    }
    let layout = picture.layout();
    let grey = layout.is_grey() && points.iter().all(|point| point.keeps_grey());
    let target = Layout::of(grey, layout.has_alpha());
    let pass = Points { points, step, encoding: picture.encoding(), width: picture.size().width() };
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
    width: usize,
}

impl Points<'_> {
    fn in_place<T: Store>(&self, samples: &mut [T], layout: Layout) -> Result<()> {
        let row_len = self.width * layout.channels();
        for_each_band(self.step.work, samples, row_len * BAND_ROWS, |_, band| {
            let mut rows = Rows::new(self.width);
            for row in band.chunks_exact_mut(row_len) {
                rows.open(self, row, layout);
                rows.work(self);
                rows.close(self, row, layout);
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
        let (from_len, to_len) = (self.width * from.channels(), self.width * to.channels());
        for_each_band_pair(
            self.step.work,
            (source, from_len * BAND_ROWS),
            (target, to_len * BAND_ROWS),
            |_, source, target| {
                let mut rows = Rows::new(self.width);
                for (source, target) in source.chunks_exact(from_len).zip(target.chunks_exact_mut(to_len)) {
                    rows.open(self, source, from);
                    rows.work(self);
                    rows.close(self, target, to);
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

/// The three colour rows a band works in, reused from row to row.
struct Rows([Vec<f32>; 3]);

impl Rows {
    fn new(width: usize) -> Self {
        Self(std::array::from_fn(|_| vec![0.0; width]))
    }

    fn each(&mut self) -> [&mut [f32]; 3] {
        let [a, b, c] = &mut self.0;
        [a, b, c]
    }

    fn open<T: Store>(&mut self, pass: &Points<'_>, pixels: &[T], layout: Layout) {
        let level = pass.step.work.level;
        for (channel, row) in self.each().into_iter().enumerate() {
            T::take(level, pixels, layout.channels(), if layout.is_grey() { 0 } else { channel }, row);
        }
    }

    /// Through all steps, from the encoding of the picture and back to it.
    fn work(&mut self, pass: &Points<'_>) {
        let level = pass.step.work.level;
        let mut encoding = pass.encoding;
        for point in pass.points {
            convert_rows(level, encoding, point.encoding(), self.each());
            encoding = point.encoding();
            point.row(level, Row { colour: self.each() });
        }
        convert_rows(level, encoding, pass.encoding, self.each());
    }

    fn close<T: Store>(&mut self, pass: &Points<'_>, pixels: &mut [T], layout: Layout) {
        let level = pass.step.work.level;
        for (channel, row) in self.each().into_iter().enumerate().take(layout.colours()) {
            T::put(level, row, layout.channels(), channel, pixels);
        }
    }
}
