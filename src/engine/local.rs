//! The work done here: size, then steps; frame by frame where there are frames.

use std::time::Instant;

use super::job::{Job, Output, Stage};
use super::outcome::{Rendered, Report, Shape};
use super::{Engine, ahead};
use crate::codec::{self, AnimationEncoder, Format, Frame};
use crate::context::Context;
use crate::error::Result;
use crate::op::{StepContext, Whole};
use crate::pixel::Picture;
use crate::style::Style;
use crate::style::pipeline::{self, StepTime};

/// One picture through the size asked for and the steps of the style.
pub(super) fn picture(
    job: &Job,
    style: &Style,
    mut picture: Picture,
    context: &Context,
) -> Result<(Picture, Vec<StepTime>)> {
    let depth = picture.depth();
    let step = StepContext { work: context, seed: job.seed, rest: depth };
    let mut times = Vec::new();
    if let Some(size) = &job.size {
        let start = Instant::now();
        picture = crate::error::guarded("size", || size.run(picture, &step))?;
        times.push(StepTime { steps: vec!["size".into()], time: start.elapsed() });
    }
    let tell = |names: &[String], index, count| job.tell(Stage::Step { names, index, count });
    let (picture, mut steps) = pipeline::run(&style.steps, picture, &step, &tell)?;
    times.append(&mut steps);
    Ok((picture.into_depth(depth, context)?, times))
}

/// An animation, if the input is one: each frame is decoded, worked on and encoded before the next, so the
/// memory it takes does not grow with its length.
pub(super) fn animation(
    engine: &Engine,
    job: &Job,
    output: &Output,
    context: &Context,
) -> Result<Option<Rendered>> {
    let start = Instant::now();
    let Some(bytes) = job.bytes() else { return Ok(None) };
    let header = codec::header(bytes, context)?;
    if !header.animated {
        return Ok(None);
    }
    let Some(mut frames) = codec::frames(bytes, &job.decode, context)? else { return Ok(None) };
    let style = job.resolve()?;
    let work = job.admit(&style, context)?.work;
    frames.metadata.recipe = job.recipe(&style);
    let style = ahead::settled(job, style, bytes, context)?;
    let format =
        output.format.unwrap_or(if header.format.can_animate() { header.format } else { Format::Png });
    let mut report = Report::new(engine, job, &style);
    let mut encoder = None;
    let mut index = 0;
    loop {
        let reading = Instant::now();
        let Some(frame) = frames.next() else { break };
        let Frame { picture: source, delay } = frame?;
        report.times.decode += reading.elapsed();
        job.tell(Stage::Frame { index });
        index += 1;
        context.limits.admit_work(&style.name, work.saturating_mul(index))?;
        report.input = Shape::of(&source, Some(header.format));
        let (made, steps) = picture(job, &style, source, context)?;
        report.add_steps(steps);
        report.output = Shape::of(&made, Some(format));
        let writing = Instant::now();
        let encoder = match &mut encoder {
            Some(encoder) => encoder,
            none => none.insert(AnimationEncoder::new(
                format,
                made.size(),
                frames.loops,
                &output.options,
                &frames.metadata,
            )?),
        };
        encoder.push(&Frame { picture: made, delay }, context)?;
        report.times.encode += writing.elapsed();
    }
    let Some(encoder) = encoder else { return Ok(None) };
    let bytes = encoder.finish()?;
    report.frames = index;
    report.output.bytes = Some(bytes.len());
    report.times.total = start.elapsed();
    Ok(Some(Rendered { bytes, format, report }))
}
