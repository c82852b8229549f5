//! Animated PNG, frame by frame.
//!
//! PNG specification, third edition, sections 4.10 and 11.3.6. The first frame is the still picture that readers
//! without animation show. Each later one covers only the rectangle in which it differs from the one before.

use std::ops::Range;
use std::time::Duration;

use super::raster::Raster;
use super::stream::{self, Part};
use super::{best, chunk, write};
use crate::codec::{Compression, EncodeOptions, Frame, Metadata};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Picture, Samples, Size, with_samples};

/// Takes frames one at a time.
pub(in crate::codec) struct Animation {
    size: Size,
    loops: u32,
    compression: Compression,
    metadata: Metadata,
    out: Vec<u8>,
    /// Where acTL stands, whose number of frames is known at the end.
    control: usize,
    frames: u32,
    /// fcTL and fdAT chunks are numbered in one row.
    sequence: u32,
    previous: Option<Picture>,
}

impl Animation {
    /// An animation of `size` that plays `loops` times, zero for ever.
    pub(in crate::codec) fn new(
        size: Size,
        loops: u32,
        options: &EncodeOptions,
        metadata: &Metadata,
    ) -> Self {
        Self {
            size,
            loops,
            compression: options.compression,
            metadata: metadata.clone(),
            out: Vec::new(),
            control: 0,
            frames: 0,
            sequence: 0,
            previous: None,
        }
    }

    /// Append a frame: a whole canvas. The first one decides which channels and how many bits all have.
    pub(in crate::codec) fn push(&mut self, frame: &Frame, context: &Context) -> Result<()> {
        context.limits.admit_frame(self.frames + 1)?;
        self.check_size(&frame.picture)?;
        let picture = write::at_rest(&frame.picture, context)?.into_owned();
        let (picture, area) = match &self.previous {
            None => {
                self.begin(&picture, context);
                let all = Area::whole(self.size);
                (picture, all)
            }
            Some(previous) => {
                let picture = alike(picture, previous, context)?;
                let area = Area::of_difference(previous, &picture);
                (picture, area)
            }
        };
        let cut = area.cut(&picture);
        let parts = self.parts(&Raster::new(&cut, cut.layout()), context)?;
        self.control_frame(&area, frame.delay);
        self.pixels(&parts);
        self.frames += 1;
        self.previous = Some(picture);
        Ok(())
    }

    /// The bytes of the whole.
    pub(in crate::codec) fn finish(mut self) -> Result<Vec<u8>> {
        if self.frames == 0 {
            return Err(Error::unsupported(
                "an animation without a frame cannot be written",
                "append at least one",
            ));
        }
        let mut control = Vec::new();
        chunk::chunk(&mut control, *b"acTL", &self.control());
        self.out[self.control..self.control + control.len()].copy_from_slice(&control);
        chunk::end(&mut self.out);
        Ok(self.out)
    }

    fn check_size(&self, picture: &Picture) -> Result<()> {
        if picture.size() == self.size {
            return Ok(());
        }
        Err(Error::unsupported(
            format!("a frame of {} does not fit an animation of {}", picture.size(), self.size),
            "bring all frames to one size first",
        ))
    }

    fn begin(&mut self, picture: &Picture, context: &Context) {
        let raster = Raster::new(picture, picture.layout());
        chunk::start(&mut self.out, self.size, raster.form);
        chunk::describe(&mut self.out, &self.metadata, context.level);
        self.control = self.out.len();
        let control = self.control();
        chunk::chunk(&mut self.out, *b"acTL", &control);
    }

    fn control(&self) -> [u8; 8] {
        let mut control = [0; 8];
        control[..4].copy_from_slice(&self.frames.to_be_bytes());
        control[4..].copy_from_slice(&self.loops.to_be_bytes());
        control
    }

    fn parts(&self, raster: &Raster<'_>, context: &Context) -> Result<Vec<Part>> {
        match self.compression {
            Compression::Fast => stream::parts(raster, write::swift(raster), context),
            Compression::Best => best::parts(raster, context),
        }
    }

    fn next(&mut self) -> [u8; 4] {
        self.sequence += 1;
        (self.sequence - 1).to_be_bytes()
    }

    fn control_frame(&mut self, area: &Area, delay: Duration) {
        let (numerator, denominator) = fraction(delay);
        let side = |side: usize| (side as u32).to_be_bytes();
        let mut data = self.next().to_vec();
        for value in [area.columns.len(), area.rows.len(), area.columns.start, area.rows.start] {
            data.extend(side(value));
        }
        data.extend(numerator.to_be_bytes());
        data.extend(denominator.to_be_bytes());
        // Leave the canvas as it is afterwards; replace what is in the rectangle, alpha included.
        data.extend([0, 0]);
        chunk::chunk(&mut self.out, *b"fcTL", &data);
    }

    fn pixels(&mut self, parts: &[Part]) {
        for part in parts {
            if self.frames == 0 {
                chunk::part(&mut self.out, *b"IDAT", &[], part);
            } else {
                let number = self.next();
                chunk::part(&mut self.out, *b"fdAT", &number, part);
            }
        }
    }
}

/// Seconds as a fraction of two 16-bit numbers: thousandths while they fit, then hundredths, then seconds.
fn fraction(delay: Duration) -> (u16, u16) {
    [1000u16, 100, 1]
        .into_iter()
        .find_map(|unit| {
            let ticks = (delay.as_nanos() * u128::from(unit) + 500_000_000) / 1_000_000_000;
            Some((u16::try_from(ticks).ok()?, unit))
        })
        .unwrap_or((u16::MAX, 1))
}

/// The frame with the channels and the depth of the one before.
fn alike(picture: Picture, previous: &Picture, context: &Context) -> Result<Picture> {
    let (layout, depth) = (previous.layout(), previous.depth());
    if picture.layout() == layout {
        return picture.into_depth(depth, context);
    }
    if !layout.has_alpha() && !picture.is_opaque() {
        return Err(Error::unsupported(
            format!("a frame with transparency cannot follow a first frame in {layout:?}"),
            "give the first frame an alpha channel",
        ));
    }
    if layout.is_grey() && !picture.layout().is_grey() {
        return Err(Error::unsupported(
            format!("a frame in colour cannot follow a first frame in {layout:?}"),
            "bring the first frame to RGB",
        ));
    }
    picture.into_layout(layout, context)?.into_depth(depth, context)
}

/// A rectangle of the canvas.
struct Area {
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Area {
    fn whole(size: Size) -> Self {
        Self { rows: 0..size.height(), columns: 0..size.width() }
    }

    /// The smallest that holds all pixels that changed; one pixel if none did, since a frame cannot be empty.
    fn of_difference(before: &Picture, after: &Picture) -> Self {
        match (before.samples(), after.samples()) {
            (Samples::U8(a), Samples::U8(b)) => changed(a, b, after),
            (Samples::U16(a), Samples::U16(b)) => changed(a, b, after),
            _ => Self::whole(after.size()),
        }
    }

    fn cut(&self, picture: &Picture) -> Picture {
        let (row_len, channels) = (picture.row_len(), picture.layout().channels());
        let size = Size::from_usize(self.columns.len(), self.rows.len()).expect("an area is never empty");
        let samples: Samples = with_samples!(picture.samples(), s => {
            let rows = s.chunks_exact(row_len).take(self.rows.end).skip(self.rows.start);
            let cut = rows.flat_map(|row| &row[self.columns.start * channels..self.columns.end * channels]);
            cut.copied().collect::<Vec<_>>().into()
        });
        Picture::new(size, picture.layout(), samples).expect("as many samples as the area has")
    }
}

fn changed<T: PartialEq>(before: &[T], after: &[T], picture: &Picture) -> Area {
    let (row_len, channels) = (picture.row_len(), picture.layout().channels());
    let pairs = || before.chunks_exact(row_len).zip(after.chunks_exact(row_len)).enumerate();
    let differing: Vec<_> = pairs().filter(|(_, (a, b))| a != b).collect();
    let (Some((top, _)), Some((bottom, _))) = (differing.first(), differing.last()) else {
        return Area { rows: 0..1, columns: 0..1 };
    };
    let mut columns = row_len..0;
    for (_, (a, b)) in &differing {
        let differs = || a.iter().zip(*b).map(|(a, b)| a != b);
        let first = differs().position(|d| d).unwrap_or(row_len);
        let last = differs().rposition(|d| d).unwrap_or(0);
        columns = columns.start.min(first)..columns.end.max(last + 1);
    }
    Area { rows: *top..bottom + 1, columns: columns.start / channels..columns.end.div_ceil(channels) }
}
