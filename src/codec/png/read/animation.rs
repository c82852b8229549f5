//! APNG: frames laid over each other on the canvas (PNG Third Edition, section 13.6).
//!
//! Composed here and not by the `image` crate, which gives up on 16-bit animations and keeps a second
//! canvas; we keep one, and a copy of what lies below a frame only while that frame is to be undone.

use std::time::Duration;

use ::png::{BlendOp, DisposeOp, FrameControl, Transformations};

use super::chunks::Outline;
use super::rows::{self, Sample};
use super::{Reader, blocks, broken, open, pixel_type, size_of};
use crate::codec::Format;
use crate::codec::raw::{Frame, RawFrames};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Picture, Samples, Size};

pub(super) fn frames<'a>(bytes: &'a [u8], context: &Context) -> Result<RawFrames<'a>> {
    let promised = Outline::read(bytes)?.frames();
    // Frames past the limit are refused by whoever counts them.
    let counted = promised.min(context.limits.max_frames.saturating_add(1));
    let mut reader = open(bytes, Transformations::EXPAND | Transformations::ALPHA, counted)?;
    let (_, depth) = pixel_type(&reader)?;
    let info = reader.info();
    let loops = info.animation_control.map_or(0, |control| control.num_plays);
    let (icc, exif) = blocks(info);
    if info.frame_control.is_none() {
        // The first picture is for those who cannot show animations, and no frame of this one.
        reader.next_frame_info().map_err(|e| broken(&e))?;
    }
    let frames: Box<dyn Iterator<Item = _> + Send + 'a> = match depth {
        Depth::U8 => Box::new(Film::<u8>::new(reader, promised, context)?),
        _ => Box::new(Film::<u16>::new(reader, promised, context)?),
    };
    Ok(RawFrames { loops, icc, exif, frames })
}

struct Film<'a, S> {
    reader: Reader<'a>,
    left: u32,
    first: bool,
    size: Size,
    layout: Layout,
    canvas: Vec<S>,
    /// What the frame shown last wants done to its region before the next one is drawn.
    undo: Undo<S>,
    context: Context,
}

enum Undo<S> {
    Nothing,
    Clear(Region),
    Restore(Region, Vec<S>),
}

impl<'a, S: Sample> Film<'a, S>
where
    Vec<S>: Into<Samples>,
{
    fn new(reader: Reader<'a>, left: u32, context: &Context) -> Result<Self> {
        let size = size_of(reader.info().width, reader.info().height)?;
        let (layout, depth) = pixel_type(&reader)?;
        context.limits.admit(size, layout.channels() * depth.bytes())?;
        let canvas = vec![S::default(); size.pixels() * layout.channels()];
        let context = context.clone();
        Ok(Self { reader, left, first: true, size, layout, canvas, undo: Undo::Nothing, context })
    }

    fn show(&mut self) -> Result<Frame> {
        let first = std::mem::replace(&mut self.first, false);
        if !first {
            self.reader.next_frame_info().map_err(|e| broken(&e))?;
        }
        let missing = || Error::malformed(Format::Png, "a frame of the animation has no fcTL chunk");
        let control = *self.reader.info().frame_control.as_ref().ok_or_else(missing)?;
        let region = Region::of(&control, self.size)?;
        let drawn = rows::read::<S>(&mut self.reader, region.size, self.layout, &self.context)?;
        self.undo_last();
        self.undo = match control.dispose_op {
            DisposeOp::None => Undo::Nothing,
            DisposeOp::Previous if !first => Undo::Restore(region, self.copy(region)),
            // Before the first frame there was nothing, so going back to it is clearing.
            DisposeOp::Previous | DisposeOp::Background => Undo::Clear(region),
        };
        self.draw(region, &drawn, control.blend_op);
        let picture = Picture::new(self.size, self.layout, self.canvas.clone())
            .map_err(|e| Error::malformed(Format::Png, e))?;
        Ok(Frame { picture, delay: delay(&control) })
    }

    fn undo_last(&mut self) {
        match std::mem::replace(&mut self.undo, Undo::Nothing) {
            Undo::Nothing => {}
            Undo::Clear(region) => self.rows_of(region).for_each(|row| row.fill(S::default())),
            Undo::Restore(region, saved) => self.draw(region, &saved, BlendOp::Source),
        }
    }

    fn copy(&mut self, region: Region) -> Vec<S> {
        self.rows_of(region).flat_map(|row| row.iter().copied()).collect()
    }

    fn draw(&mut self, region: Region, drawn: &[S], blend: BlendOp) {
        let channels = self.layout.channels();
        let rows = drawn.chunks_exact(region.size.width() * channels);
        for (below, above) in self.rows_of(region).zip(rows) {
            match blend {
                BlendOp::Source => below.copy_from_slice(above),
                BlendOp::Over => over(below, above, channels),
            }
        }
    }

    /// The part of each row of the canvas that lies in `region`.
    fn rows_of(&mut self, region: Region) -> impl Iterator<Item = &mut [S]> {
        let channels = self.layout.channels();
        let (start, len) = (region.x * channels, region.size.width() * channels);
        let rows = self.canvas.chunks_exact_mut(self.size.width() * channels);
        rows.skip(region.y).take(region.size.height()).map(move |row| &mut row[start..start + len])
    }
}

impl<S: Sample> Iterator for Film<'_, S>
where
    Vec<S>: Into<Samples>,
{
    type Item = Result<Frame>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let frame = self.show();
        if frame.is_err() {
            self.left = 0;
        }
        Some(frame)
    }
}

/// A rectangle of the canvas.
#[derive(Clone, Copy)]
struct Region {
    x: usize,
    y: usize,
    size: Size,
}

impl Region {
    fn of(control: &FrameControl, canvas: Size) -> Result<Self> {
        let size = size_of(control.width, control.height)?;
        let (x, y) = (control.x_offset as usize, control.y_offset as usize);
        if x + size.width() > canvas.width() || y + size.height() > canvas.height() {
            let what = format!(
                "a frame of {size} pixels at {x},{y} does not lie within the {canvas} of the picture"
            );
            return Err(Error::malformed(Format::Png, what));
        }
        Ok(Self { x, y, size })
    }
}

/// Straight pixels laid over straight pixels: the OVER of Porter and Duff (1984), in integers.
fn over<S: Sample>(below: &mut [S], above: &[S], channels: usize) {
    for (below, above) in below.chunks_exact_mut(channels).zip(above.chunks_exact(channels)) {
        let (alpha, under): (u64, u64) = (above[channels - 1].into(), below[channels - 1].into());
        if alpha == S::FULL || under == 0 {
            below.copy_from_slice(above);
        } else if alpha > 0 {
            // Both weights are in units of 1/FULL².
            let (front, back) = (alpha * S::FULL, (S::FULL - alpha) * under);
            let sum = front + back;
            for (b, &a) in below.iter_mut().zip(above).take(channels - 1) {
                *b = S::from_u64((a.into() * front + (*b).into() * back + sum / 2) / sum);
            }
            below[channels - 1] = S::from_u64((sum + S::FULL / 2) / S::FULL);
        }
    }
}

/// Zero in the denominator stands for hundredths of a second.
fn delay(control: &FrameControl) -> Duration {
    let denominator = if control.delay_den == 0 { 100 } else { control.delay_den };
    Duration::from_secs(control.delay_num.into()) / u32::from(denominator)
}
