//! Pictures and animations to WebP, always lossless.
//!
//! Lossy WebP is a video frame (VP8), and there is no writer of it in Rust under a permissive licence; so
//! quality has no meaning here, and what is written comes back exactly.

use std::time::Duration;

use image_webp::{ColorType, WebPEncoder};

use super::container;
use crate::codec::changes::Rect;
use crate::codec::fit::writer_fault;
use crate::codec::options::EncodeOptions;
use crate::codec::pacing::Pacing;
use crate::codec::{Format, Frame, Metadata};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Layout, Picture, Size};

/// A still WebP file.
pub(in crate::codec) fn encode(
    picture: &Picture,
    _: &EncodeOptions,
    metadata: &Metadata,
    _: &Context,
) -> Result<Vec<u8>> {
    let view = picture.as_u8().expect("fitted to eight bits");
    let (width, height) = view.size().as_u32();
    let colours = match view.layout() {
        Layout::Grey => ColorType::L8,
        Layout::GreyAlpha => ColorType::La8,
        Layout::Rgb => ColorType::Rgb8,
        Layout::Rgba => ColorType::Rgba8,
    };
    let mut out = Vec::new();
    let mut encoder = WebPEncoder::new(&mut out);
    encoder.set_icc_profile(metadata.icc.clone().unwrap_or_default());
    encoder.set_exif_metadata(metadata.exif.clone().unwrap_or_default());
    encoder.encode(view.samples(), width, height, colours).map_err(|e| writer_fault(Format::WebP, e))?;
    Ok(out)
}

/// An animated WebP file. Each frame but the first is the part that changed, and replaces it.
pub(in crate::codec) struct Animation {
    size: Size,
    loops: u32,
    metadata: Metadata,
    pacing: Pacing,
    shown: Vec<[u8; 4]>,
    alpha: bool,
    frames: Vec<u8>,
}

impl Animation {
    pub(in crate::codec) fn new(
        size: Size,
        loops: u32,
        _: &EncodeOptions,
        metadata: &Metadata,
    ) -> Result<Self> {
        Ok(Self {
            size,
            loops,
            metadata: metadata.clone(),
            // Milliseconds in 24 bits.
            pacing: Pacing::new(Duration::from_millis(1), (1 << 24) - 1),
            shown: Vec::new(),
            alpha: false,
            frames: Vec::new(),
        })
    }

    pub(in crate::codec) fn push(&mut self, frame: &Frame, _: &Context) -> Result<()> {
        let canvas = rgba(&frame.picture);
        let rect = match self.shown.is_empty() {
            true => Rect::whole(self.size),
            false => Rect::of_changes(self.size, &self.shown, &canvas).at_even_corner(),
        };
        let image = lossless(&canvas, self.size.width(), rect)?;
        self.alpha |= canvas.iter().any(|pixel| pixel[3] < 255);
        container::frame(&mut self.frames, rect, self.pacing.next(frame.delay), &image);
        self.shown = canvas;
        Ok(())
    }

    pub(in crate::codec) fn finish(self) -> Result<Vec<u8>> {
        container::file(self.size, self.loops, self.alpha, &self.metadata, &self.frames)
    }
}

/// Part of a canvas as a `VP8L` chunk.
fn lossless(canvas: &[[u8; 4]], width: usize, rect: Rect) -> Result<Vec<u8>> {
    let samples: Vec<u8> = rect.rows(canvas, width).flatten().flatten().copied().collect();
    let (width, height) = (rect.width as u32, rect.height as u32);
    let mut file = Vec::new();
    WebPEncoder::new(&mut file)
        .encode(&samples, width, height, ColorType::Rgba8)
        .map_err(|e| writer_fault(Format::WebP, e))?;
    // Behind "RIFF", the length and "WEBP".
    Ok(file.split_off(12))
}

fn rgba(picture: &Picture) -> Vec<[u8; 4]> {
    let view = picture.as_u8().expect("fitted to eight bits");
    let pixels = view.samples().chunks_exact(view.layout().channels());
    match view.layout() {
        Layout::Grey => pixels.map(|p| [p[0], p[0], p[0], 255]).collect(),
        Layout::GreyAlpha => pixels.map(|p| [p[0], p[0], p[0], p[1]]).collect(),
        Layout::Rgb => pixels.map(|p| [p[0], p[1], p[2], 255]).collect(),
        Layout::Rgba => pixels.map(|p| [p[0], p[1], p[2], p[3]]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::codec::test_pictures::{AWKWARD, LAYOUTS, random};
    use crate::pixel::Depth;
    use image_webp::{LoopCount, WebPDecoder};

    #[test]
    fn a_still_comes_back_exactly_with_its_metadata() {
        let metadata = Metadata { icc: Some(vec![5; 129]), exif: Some(vec![9; 33]), ..Metadata::default() };
        for (size, layout) in AWKWARD.iter().flat_map(|s| LAYOUTS.map(|l| (*s, l))) {
            let picture = random("webp", size, layout, Depth::U8);
            let bytes = encode(&picture, &EncodeOptions::default(), &metadata, &Context::default()).unwrap();
            let mut decoder = WebPDecoder::new(Cursor::new(&bytes)).unwrap();
            assert_eq!(decoder.icc_profile().unwrap(), metadata.icc);
            assert_eq!(decoder.exif_metadata().unwrap(), metadata.exif);
            let mut samples = vec![0; decoder.output_buffer_size().unwrap()];
            decoder.read_image(&mut samples).unwrap();
            let channels = if decoder.has_alpha() { 4 } else { 3 };
            assert_eq!(decoder.has_alpha(), layout.has_alpha());
            for (pixel, wanted) in samples.chunks_exact(channels).zip(rgba(&picture)) {
                assert_eq!(pixel, &wanted[..channels]);
            }
        }
    }

    #[test]
    fn an_animation_comes_back_exactly() {
        let size = Size::new(21, 13).unwrap();
        let mut canvas = random("webp animation", (21, 13), Layout::Rgba, Depth::U8).into_samples();
        let mut animation = Animation::new(size, 3, &EncodeOptions::default(), &Metadata::default()).unwrap();
        let mut shown = Vec::new();
        for i in 0..6usize {
            if let (1..=4, crate::pixel::Samples::U8(samples)) = (i, &mut canvas) {
                // One pixel becomes transparent, another appears; the second frame repeats the first.
                samples[4 * (21 * (2 * i) + 3 * i) + 3] = 0;
                samples[4 * (21 * i + 7) + 3] = 255;
            }
            let picture = Picture::new(size, Layout::Rgba, canvas.clone()).unwrap();
            shown.push(rgba(&picture).concat());
            let delay = Duration::from_micros(33_333);
            animation.push(&Frame { picture, delay }, &Context::default()).unwrap();
        }
        let bytes = animation.finish().unwrap();
        let mut decoder = WebPDecoder::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(decoder.num_frames(), 6);
        assert!(matches!(decoder.loop_count(), LoopCount::Times(n) if n.get() == 3));
        let mut total = 0;
        for wanted in shown {
            let mut samples = vec![0; decoder.output_buffer_size().unwrap()];
            total += decoder.read_frame(&mut samples).unwrap();
            assert!(samples == wanted);
        }
        assert_eq!(total, 200);
    }

    #[test]
    fn an_opaque_animation_says_so() {
        let size = Size::new(3, 3).unwrap();
        let picture = random("webp", (3, 3), Layout::Grey, Depth::U8);
        let mut animation = Animation::new(size, 0, &EncodeOptions::default(), &Metadata::default()).unwrap();
        for _ in 0..2 {
            let frame = Frame { picture: picture.clone(), delay: Duration::from_millis(5) };
            animation.push(&frame, &Context::default()).unwrap();
        }
        let bytes = animation.finish().unwrap();
        let decoder = WebPDecoder::new(Cursor::new(&bytes)).unwrap();
        assert!(!decoder.has_alpha() && matches!(decoder.loop_count(), LoopCount::Forever));
    }
}
