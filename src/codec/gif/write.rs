//! Pictures and animations to GIF.
//!
//! A frame has at most 256 colours: its own if they are that few, else [chosen](super::palette) ones. Frames share
//! one [table](super::table) where their colours fit into it. A pixel is there or not: alpha is cut at one half.

use std::time::Duration;

use gif::{DisposalMethod, Encoder, Repeat};

use super::palette::{Indexed, chosen, exact};
use super::table::Table;
use crate::codec::changes::Rect;
use crate::codec::fit::writer_fault;
use crate::codec::options::EncodeOptions;
use crate::codec::pacing::Pacing;
use crate::codec::{Format, Frame, Metadata};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Layout, Picture, Size};

/// A still GIF file.
pub(in crate::codec) fn encode(
    picture: &Picture,
    options: &EncodeOptions,
    metadata: &Metadata,
    context: &Context,
) -> Result<Vec<u8>> {
    let mut animation = Animation::new(picture.size(), 1, options, metadata)?;
    animation.pending = Some((canvas(picture), 0));
    animation.context = context.clone();
    context.check()?;
    animation.finish()
}

/// An animated GIF file. Each frame is the part that changed, with holes where nothing did.
///
/// GIF cannot draw a hole into what is shown; it can only clear the part a frame covered once its time is
/// over. So a frame waits for the next: if that one has holes where this one has pixels, this one is made
/// to cover the canvas and to be cleared.
pub(in crate::codec) struct Animation {
    size: Size,
    sides: (u16, u16),
    repeat: Repeat,
    table: Table,
    /// Frames that are done, compressed.
    frames: Vec<gif::Frame<'static>>,
    pacing: Pacing,
    /// The canvas before the waiting frame is drawn.
    shown: Vec<[u8; 4]>,
    pending: Option<(Vec<[u8; 4]>, u16)>,
    /// What the waiting frame will be made under.
    context: Context,
}

impl Animation {
    pub(in crate::codec) fn new(size: Size, loops: u32, _: &EncodeOptions, _: &Metadata) -> Result<Self> {
        let side = |side: usize| u16::try_from(side).map_err(fault);
        // The file counts repetitions, not plays; played once, it says nothing.
        let repeat = match loops {
            0 => Repeat::Infinite,
            plays => Repeat::Finite(u16::try_from(plays - 1).unwrap_or(u16::MAX)),
        };
        Ok(Self {
            size,
            sides: (side(size.width())?, side(size.height())?),
            repeat,
            table: Table::default(),
            frames: Vec::new(),
            pacing: Pacing::new(Duration::from_millis(10), u16::MAX.into()),
            shown: vec![[0; 4]; size.pixels()],
            pending: None,
            context: Context::default(),
        })
    }

    pub(in crate::codec) fn push(&mut self, frame: &Frame, context: &Context) -> Result<()> {
        let next = canvas(&frame.picture);
        let delay = self.pacing.next(frame.delay) as u16;
        if let Some((waiting, time)) = self.pending.take() {
            let holes = waiting.iter().zip(&next).any(|(now, then)| now[3] > then[3]);
            self.write(waiting, time, holes)?;
        }
        self.pending = Some((next, delay));
        self.context = context.clone();
        Ok(())
    }

    pub(in crate::codec) fn finish(mut self) -> Result<Vec<u8>> {
        if let Some((waiting, time)) = self.pending.take() {
            self.write(waiting, time, false)?;
        }
        let (width, height) = self.sides;
        let mut encoder = Encoder::new(Vec::new(), width, height, &self.table.bytes()).map_err(fault)?;
        encoder.set_repeat(self.repeat).map_err(fault)?;
        for frame in &self.frames {
            encoder.write_lzw_pre_encoded_frame(frame).map_err(fault)?;
        }
        encoder.into_inner().map_err(fault)
    }

    fn write(&mut self, canvas: Vec<[u8; 4]>, delay: u16, clear: bool) -> Result<()> {
        // The first frame covers the canvas: what lies outside a first frame is transparent to browsers and black to
        // other viewers.
        let rect = match clear || self.frames.is_empty() {
            true => Rect::whole(self.size),
            false => Rect::of_changes(self.size, &self.shown, &canvas),
        };
        let part = gif::Frame {
            delay,
            dispose: if clear { DisposalMethod::Background } else { DisposalMethod::Keep },
            top: rect.top as u16,
            left: rect.left as u16,
            width: rect.width as u16,
            height: rect.height as u16,
            ..gif::Frame::default()
        };
        let indexed = self.indexed(rect, &canvas)?;
        let frame = self.smaller(&part, indexed);
        self.frames.push(frame);
        self.shown = if clear { vec![[0; 4]; self.size.pixels()] } else { canvas };
        Ok(())
    }

    /// The frame by the table of all, or by its own if it must, or if it is so simple that this is shorter.
    fn smaller(&mut self, part: &gif::Frame<'static>, indexed: Indexed) -> gif::Frame<'static> {
        let shared = self.table.with(&indexed).map(|(table, shared)| (table, coded(part, shared, None)));
        // Codes are shorter with half as many entries.
        if let Some((table, shared)) = shared {
            if 2 * indexed.colours.len() > table.len() {
                self.table = table;
                return shared;
            }
            let bytes = indexed.table();
            let table_len = 3 * (bytes.len() / 3).next_power_of_two().max(2);
            let own = coded(part, indexed, Some(bytes));
            if own.buffer.len() + table_len < shared.buffer.len() {
                return own;
            }
            self.table = table;
            return shared;
        }
        let bytes = indexed.table();
        coded(part, indexed, Some(bytes))
    }

    /// A part of the canvas, with holes where it shows already what it should, unless a hole would cost
    /// the one colour too many.
    fn indexed(&self, rect: Rect, canvas: &[[u8; 4]]) -> Result<Indexed> {
        let width = self.size.width();
        let pairs = rect.rows(canvas, width).flatten().zip(rect.rows(&self.shown, width).flatten());
        let changed: Vec<[u8; 4]> = pairs.map(|(now, was)| if now == was { [0; 4] } else { *now }).collect();
        let whole = || rect.rows(canvas, width).flatten().copied().collect::<Vec<_>>();
        exact(&changed)
            .or_else(|| Some(whole()).filter(|w| w.iter().all(|p| p[3] > 0)).and_then(|w| exact(&w)))
            .map_or_else(|| chosen(&changed, &self.context), Ok)
    }
}

/// The frame with these indices, compressed.
fn coded(part: &gif::Frame<'static>, indexed: Indexed, palette: Option<Vec<u8>>) -> gif::Frame<'static> {
    let Indexed { indices, transparent, .. } = indexed;
    let mut frame = gif::Frame { transparent, palette, buffer: indices.into(), ..part.clone() };
    frame.make_lzw_pre_encoded();
    frame
}

fn fault(error: impl std::fmt::Display) -> crate::error::Error {
    writer_fault(Format::Gif, error)
}

/// The pixels, each opaque or all zero.
fn canvas(picture: &Picture) -> Vec<[u8; 4]> {
    let view = picture.as_u8().expect("fitted to eight bits");
    match view.layout() {
        Layout::Rgba => {
            let cut = |&[r, g, b, a]: &[u8; 4]| if a < 128 { [0; 4] } else { [r, g, b, 255] };
            view.samples().as_chunks::<4>().0.iter().map(cut).collect()
        }
        _ => view.samples().as_chunks::<3>().0.iter().map(|&[r, g, b]| [r, g, b, 255]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::test_pictures::{AWKWARD, random, scene};
    use crate::pixel::Depth;
    use crate::test_support::Random;
    use image::AnimationDecoder;
    use image::codecs::gif::GifDecoder;
    use std::io::Cursor;

    fn frames(bytes: &[u8]) -> Vec<(Vec<u8>, u32)> {
        let decoder = GifDecoder::new(Cursor::new(bytes)).unwrap();
        let frames = decoder.into_frames().collect_frames().unwrap();
        frames.into_iter().map(|f| (f.buffer().as_raw().clone(), f.delay().numer_denom_ms().0)).collect()
    }

    fn still(picture: &Picture) -> Vec<u8> {
        encode(picture, &EncodeOptions::default(), &Metadata::default(), &Context::default()).unwrap()
    }

    #[test]
    fn few_colours_come_back_exactly() {
        for &size in &AWKWARD[..6] {
            let picture = random("gif", size, Layout::Rgba, Depth::U8);
            assert!(frames(&still(&picture))[0].0 == canvas(&picture).concat(), "{picture}");
        }
    }

    #[test]
    fn many_colours_come_back_near() {
        let picture = scene("gif", (320, 200), Layout::Rgb);
        let back = &frames(&still(&picture))[0].0;
        let error: u64 = back
            .iter()
            .zip(canvas(&picture).as_flattened())
            .map(|(a, b)| u64::from(a.abs_diff(*b)).pow(2))
            .sum();
        assert!(error as f64 / (back.len() as f64) < 60.0, "{}", error as f64 / back.len() as f64);
    }

    #[test]
    fn an_animation_with_holes_comes_back_exactly_and_keeps_its_length() {
        let mut random = Random::new("gif animation");
        let size = Size::new(19, 11).unwrap();
        let options = (EncodeOptions::default(), Metadata::default());
        let mut animation = Animation::new(size, 3, &options.0, &options.1).unwrap();
        let mut samples = vec![255u8; size.pixels() * 4];
        let mut shown = Vec::new();
        for i in 0..30 {
            for _ in 0..i % 7 {
                let at = 4 * random.below(size.pixels());
                samples[at] = random.below(9) as u8;
                samples[at + 3] = if random.below(3) == 0 { 20 } else { 200 };
            }
            let picture = Picture::new(size, Layout::Rgba, samples.clone()).unwrap();
            shown.push(canvas(&picture).concat());
            let delay = Duration::from_secs(1) / 30;
            animation.push(&Frame { picture, delay }, &Context::default()).unwrap();
        }
        let bytes = animation.finish().unwrap();
        let back = frames(&bytes);
        assert_eq!(back.iter().map(|f| f.1).sum::<u32>(), 1000);
        assert_eq!(back.len(), shown.len());
        for (i, (frame, wanted)) in back.iter().zip(shown).enumerate() {
            assert!(frame.0 == wanted, "frame {i}, {random}");
        }
        let decoder = gif::Decoder::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(decoder.repeat(), Repeat::Finite(2));
    }
}
