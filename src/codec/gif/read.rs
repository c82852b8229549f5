//! GIF to pixels.
//!
//! The `gif` crate unpacks the LZW code; placing, interlacing, transparency and disposal (GIF89a, sections
//! 20 and 23) are done here, row by row on the canvas, so that nothing but the canvas and one row is held,
//! however large a frame claims to be.
//!
//! Where the specification leaves a choice we do what browsers do: the background is transparent, and what
//! a frame paints outside the canvas is dropped. Delays are handed on as stored; players show those of
//! 10 ms and less as 100 ms.

mod canvas;
#[cfg(test)]
mod tests;

use std::io::{Chain, Read};
use std::time::Duration;

use gif::{ColorOutput, DisposalMethod, MemoryLimit, Repeat};

use crate::codec::Format;
use crate::codec::header::Header;
use crate::codec::raw::{Frame, Raw, RawFrames};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::{Depth, Layout, Picture, Size};
use canvas::{Canvas, Placed, Undo};

/// Without transparency a still picture is RGB; an animation always is RGBA, since any frame may clear a
/// part of the canvas.
pub(in crate::codec) fn header(bytes: &[u8]) -> Result<Header> {
    let mut decoder = open(bytes, Lzw::Skipped)?;
    let size = size(&decoder)?;
    let first = next_frame(&mut decoder, size)?.ok_or_else(no_image)?;
    // A second frame that cannot be read is the concern of whoever plays the animation.
    let animated = matches!(decoder.next_frame_info(), Ok(Some(_)));
    let layout =
        if first.is_opaque() && first.covers(size) && !animated { Layout::Rgb } else { Layout::Rgba };
    Ok(Header { format: Format::Gif, size, layout, depth: Depth::U8, animated })
}

/// The first frame.
pub(in crate::codec) fn decode(bytes: &[u8], context: &Context) -> Result<Raw> {
    let layout = header(bytes)?.layout;
    let mut decoder = open(bytes, Lzw::Decoded)?;
    let mut canvas = Canvas::new(size(&decoder)?, layout);
    let frame = next_frame(&mut decoder, canvas.size)?.ok_or_else(no_image)?;
    paint(&mut decoder, &frame, &mut canvas, context)?;
    let mut raw = Raw::plain(Picture::new(canvas.size, layout, canvas.samples).map_err(malformed)?);
    raw.icc = decoder.icc_profile().map(<[u8]>::to_vec);
    Ok(raw)
}

pub(in crate::codec) fn frames<'a>(bytes: &'a [u8], context: &Context) -> Result<RawFrames<'a>> {
    let decoder = open(bytes, Lzw::Decoded)?;
    let canvas = Canvas::new(size(&decoder)?, Layout::Rgba);
    // The file says how often to start again; one more is how often it plays.
    let loops = match decoder.repeat() {
        Repeat::Infinite => 0,
        Repeat::Finite(again) => u32::from(again) + 1,
    };
    let icc = decoder.icc_profile().map(<[u8]>::to_vec);
    let player = Player { decoder, canvas, undo: Undo::Nothing, over: false, context: context.clone() };
    Ok(RawFrames { loops, icc, exif: None, frames: Box::new(player) })
}

/// A file may lack its trailer; this one stands in for it.
const TRAILER: &[u8] = b";";

type Decoder<'a> = gif::Decoder<Chain<&'a [u8], &'static [u8]>>;

#[derive(PartialEq)]
enum Lzw {
    Skipped,
    Decoded,
}

fn open(bytes: &[u8], lzw: Lzw) -> Result<Decoder<'_>> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.skip_frame_decoding(lzw == Lzw::Skipped);
    // Extensions nobody knows are to be skipped (section 23.f), not to be refused.
    options.allow_unknown_blocks(true);
    // Rows go into our own buffer; the limit is for what stands beside them, the profile.
    options.set_memory_limit(MemoryLimit::Bytes((16 << 20).try_into().expect("not zero")));
    options.read_info(bytes.chain(TRAILER)).map_err(broken)
}

fn size(decoder: &Decoder<'_>) -> Result<Size> {
    Size::new(decoder.width().into(), decoder.height().into()).map_err(malformed)
}

fn next_frame(decoder: &mut Decoder<'_>, canvas: Size) -> Result<Option<Placed>> {
    let global = decoder.global_palette().map(<[u8]>::to_vec);
    let frame = decoder.next_frame_info().map_err(broken)?;
    Ok(frame.map(|frame| Placed::new(frame, global.as_deref(), canvas)))
}

/// Unpack a frame row by row onto the canvas.
fn paint(decoder: &mut Decoder<'_>, frame: &Placed, canvas: &mut Canvas, context: &Context) -> Result<()> {
    let Ok(size) = Size::from_usize(frame.width, frame.height) else { return Ok(()) };
    context.limits.admit(size, 1)?;
    let mut row = vec![0; frame.width];
    for (done, y) in frame.rows().enumerate() {
        if done % 64 == 0 {
            context.check()?;
        }
        if !decoder.fill_buffer(&mut row).map_err(broken)? {
            return Err(malformed(format!("a frame ends after {done} of {} rows", frame.height)));
        }
        canvas.paint_row(frame, y, &row);
    }
    Ok(())
}

/// Shows one frame after the other.
struct Player<'a> {
    decoder: Decoder<'a>,
    canvas: Canvas,
    /// What the last frame wants done before the next one is painted.
    undo: Undo,
    over: bool,
    context: Context,
}

impl Player<'_> {
    fn play(&mut self) -> Result<Option<Frame>> {
        let Some(frame) = next_frame(&mut self.decoder, self.canvas.size)? else { return Ok(None) };
        std::mem::replace(&mut self.undo, Undo::Nothing).apply(&mut self.canvas);
        self.undo = match frame.disposal {
            DisposalMethod::Any | DisposalMethod::Keep => Undo::Nothing,
            DisposalMethod::Background => Undo::Clear(frame.area.clone()),
            DisposalMethod::Previous => Undo::restore(&self.canvas, frame.area.clone()),
        };
        paint(&mut self.decoder, &frame, &mut self.canvas, &self.context)?;
        let picture = Picture::new(self.canvas.size, Layout::Rgba, self.canvas.samples.clone());
        let delay = Duration::from_millis(10 * u64::from(frame.delay));
        Ok(Some(Frame { picture: picture.map_err(malformed)?, delay }))
    }
}

impl Iterator for Player<'_> {
    type Item = Result<Frame>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let frame = self.play().transpose();
        self.over = !matches!(frame, Some(Ok(_)));
        frame
    }
}

fn no_image() -> Error {
    malformed("it holds no image")
}

/// The decoder's errors, in our words where its own say little.
fn broken(error: gif::DecodingError) -> Error {
    match error {
        gif::DecodingError::UnexpectedEof => malformed("it ends too early"),
        gif::DecodingError::LzwError(error) => malformed(format!("its LZW code is broken ({error})")),
        gif::DecodingError::OutOfMemory | gif::DecodingError::MemoryLimit => {
            malformed("it asks for more memory than any picture of its size needs")
        }
        other => malformed(other),
    }
}

fn malformed(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Gif, what)
}
