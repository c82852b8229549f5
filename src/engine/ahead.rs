//! Looking through an animation before its frames are made, for steps that must treat them alike.

use super::job::Job;
use super::local;
use crate::codec::{self, DecodeOptions};
use crate::context::Context;
use crate::error::Result;
use crate::op::StepContext;
use crate::pixel::Picture;
use crate::style::Style;

/// Pixels of frames that are kept to be looked at. Of an animation with more every second frame is, or every fourth, and
/// so on, so that memory does not grow with its length.
const PIXELS: usize = 1 << 25;

/// The style with the values of every step that looks ahead found from the frames that reach it.
pub(super) fn settled(job: &Job, mut style: Style, bytes: &[u8], context: &Context) -> Result<Style> {
    for index in 0..style.steps.len() {
        let step = &style.steps[index];
        if step.is_skipped() || !step.op.looks_ahead(&step.values) {
            continue;
        }
        let before = Style { steps: style.steps[..index].to_vec(), ..style.clone() };
        let frames =
            kept(bytes, &job.decode, context, |frame| Ok(local::picture(job, &before, frame, context)?.0))?;
        if let Some(first) = frames.first() {
            let within = StepContext { work: context, seed: job.seed, rest: first.depth() };
            let step = &style.steps[index];
            let values =
                crate::error::guarded(&step.name, || step.op.settle(&step.values, &frames, &within))?;
            style.steps[index].values = values;
        }
    }
    Ok(style)
}

/// Frames from all over an animation, after `make`.
fn kept(
    bytes: &[u8],
    options: &DecodeOptions,
    context: &Context,
    make: impl Fn(Picture) -> Result<Picture>,
) -> Result<Vec<Picture>> {
    let Some(frames) = codec::frames(bytes, options, context)? else { return Ok(Vec::new()) };
    let (mut kept, mut pitch, mut pixels) = (Vec::new(), 1, 0);
    for (index, frame) in frames.enumerate() {
        let picture = frame?.picture;
        if index % pitch != 0 {
            continue;
        }
        let picture = make(picture)?;
        pixels += picture.size().pixels();
        kept.push(picture);
        while pixels > PIXELS && kept.len() > 2 {
            let mut odd = [false, true].into_iter().cycle();
            kept.retain(|_| !odd.next().unwrap_or(false));
            pixels = kept.iter().map(|picture: &Picture| picture.size().pixels()).sum();
            pitch *= 2;
        }
    }
    Ok(kept)
}
