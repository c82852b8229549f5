//! WebP to pixels.
//!
//! `image-webp` decodes the bitstreams; the container is read here, and frames are composed here (RFC 9649,
//! section 2.7.1.1 and on): the decoder's own composition clears a disposed frame only on request and then
//! takes the canvas for RGB when the next frame has no alpha.
//!
//! As browsers do, we take the background for transparent whatever colour the file suggests.

mod container;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use crate::codec::Format;
use crate::codec::header::Header;
use crate::codec::raw::{Frame, Raw, RawFrames, RawPixels};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Picture, Size};
use container::{Container, Image, Placed};

pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let container = Container::parse(bytes)?;
    Ok(Header {
        format: Format::WebP,
        size: container.canvas,
        layout: layout(&container),
        depth: Depth::U8,
        animated: container.frames.len() > 1,
    })
}

/// The picture, or the first frame.
pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    context.check()?;
    let container = Container::parse(bytes)?;
    let (layout, canvas) = (layout(&container), container.canvas);
    let first = container.frames.first().ok_or_else(|| malformed("it holds no picture"))?;
    let samples = if container.composed {
        let mut stage = Stage::new(canvas);
        stage.show(first)?;
        stage.canvas
    } else {
        unpack(&first.image)?
    };
    Ok(Raw {
        pixels: RawPixels::Picture(Picture::new(canvas, layout, samples).map_err(malformed)?),
        icc: container.icc.map(<[u8]>::to_vec),
        exif: exif(&container),
        orientation: None,
    })
}

pub(in crate::codec) fn frames<'a>(bytes: &'a [u8], context: &Context) -> Result<RawFrames<'a>> {
    let container = Container::parse(bytes)?;
    let exif = exif(&container);
    let Container { canvas, frames, loops, icc, .. } = container;
    let mut stage = Stage::new(canvas);
    let context = context.clone();
    let shown = frames.into_iter().map(move |frame| {
        context.check()?;
        stage.show(&frame)?;
        let picture = Picture::new(canvas, Layout::Rgba, stage.canvas.clone()).map_err(malformed)?;
        Ok(Frame { picture, delay: frame.delay })
    });
    Ok(RawFrames { loops, icc: icc.map(<[u8]>::to_vec), exif, frames: Box::new(shown) })
}

/// A composed canvas always has alpha, since its frames need not cover it.
fn layout(container: &Container<'_>) -> Layout {
    let alpha = container.composed || container.frames.iter().any(|frame| frame.image.alpha);
    if alpha { Layout::Rgba } else { Layout::Rgb }
}

/// Some writers put the mark of a JPEG segment in front.
fn exif(container: &Container<'_>) -> Option<Vec<u8>> {
    container.exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif).to_vec())
}

/// One compressed picture, RGB or RGBA as it is stored.
fn unpack(image: &Image<'_>) -> Result<Vec<u8>> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(image.as_file())).map_err(broken)?;
    let channels = if image.alpha { 4 } else { 3 };
    let mut samples = vec![0; image.size.pixels() * channels];
    decoder.read_image(&mut samples).map_err(broken)?;
    Ok(samples)
}

/// The canvas an animation plays on.
struct Stage {
    size: Size,
    /// RGBA, straight.
    canvas: Vec<u8>,
    /// Where the last frame was, if it goes before the next one comes: left, top, size.
    leaving: Option<(usize, usize, Size)>,
}

impl Stage {
    fn new(size: Size) -> Self {
        Self { size, canvas: vec![0; size.pixels() * 4], leaving: None }
    }

    fn show(&mut self, frame: &Placed<'_>) -> Result<()> {
        let samples = unpack(&frame.image)?;
        if let Some((left, top, size)) = self.leaving.take() {
            self.rows(left, top, size).for_each(|row| row.fill(0));
        }
        let size = frame.image.size;
        let channels = if frame.image.alpha { 4 } else { 3 };
        let sources = samples.chunks_exact(size.width() * channels);
        for (row, source) in self.rows(frame.left, frame.top, size).zip(sources) {
            for (under, over) in row.chunks_exact_mut(4).zip(source.chunks_exact(channels)) {
                match *over {
                    [r, g, b] => under.copy_from_slice(&[r, g, b, 255]),
                    [r, g, b, a] if frame.blend => blend(under, [r, g, b, a]),
                    _ => under.copy_from_slice(over),
                }
            }
        }
        self.leaving = frame.clear.then_some((frame.left, frame.top, size));
        Ok(())
    }

    /// The rows of a part of the canvas.
    fn rows(&mut self, left: usize, top: usize, size: Size) -> impl Iterator<Item = &mut [u8]> {
        let rows = self.canvas.chunks_exact_mut(self.size.width() * 4).skip(top).take(size.height());
        rows.map(move |row| &mut row[left * 4..][..size.width() * 4])
    }
}

/// Straight alpha over straight alpha, rounded to the nearest.
fn blend(under: &mut [u8], over: [u8; 4]) {
    let front = u32::from(over[3]) * 255;
    let back = u32::from(under[3]) * (255 - u32::from(over[3]));
    let total = front + back;
    if total == 0 {
        return under.fill(0);
    }
    for (under, over) in under.iter_mut().zip(&over[..3]) {
        *under = ((u32::from(*over) * front + u32::from(*under) * back + total / 2) / total) as u8;
    }
    under[3] = ((total + 127) / 255) as u8;
}

/// The decoder's errors, in our words where its own say little.
fn broken(error: image_webp::DecodingError) -> Error {
    match error {
        image_webp::DecodingError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            malformed("its compressed data ends too early")
        }
        other => malformed(other),
    }
}

fn malformed(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::WebP, what)
}
