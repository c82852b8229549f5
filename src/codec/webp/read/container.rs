//! The RIFF container: which chunks there are, and what they promise.
//!
//! After RFC 9649 ("WebP Image Format"), section 2. Sizes and alpha are taken from the bitstreams, not from
//! the flags of the extended header, since writers are careless with those.

use std::borrow::Cow;
use std::time::Duration;

use super::malformed;
use crate::error::{Error, Result};
use crate::pixel::Size;

/// What a file holds.
pub(super) struct Container<'a> {
    pub(super) canvas: Size,
    /// Frames are composed on the canvas; otherwise there is one picture that fills it.
    pub(super) composed: bool,
    pub(super) frames: Vec<Placed<'a>>,
    /// How often the animation plays; zero means for ever.
    pub(super) loops: u32,
    pub(super) icc: Option<&'a [u8]>,
    pub(super) exif: Option<&'a [u8]>,
}

/// A picture and its place on the canvas.
pub(super) struct Placed<'a> {
    pub(super) image: Image<'a>,
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) delay: Duration,
    /// Blend with the canvas, or replace what is there.
    pub(super) blend: bool,
    /// Make the place transparent before the next frame.
    pub(super) clear: bool,
}

impl<'a> Container<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self> {
        let (riff, rest) =
            bytes.split_at_checked(12).ok_or_else(|| malformed("it has no complete header"))?;
        if !riff.starts_with(b"RIFF") || !riff.ends_with(b"WEBP") {
            return Err(malformed("it is no RIFF container of WEBP"));
        }
        // What stands behind the container is not ours.
        let claimed = u32_at(riff, 4).saturating_sub(4) as usize;
        let body = &rest[..claimed.min(rest.len())];
        // The byte that pads the last chunk is often missing.
        if claimed > rest.len() + 1 {
            return Err(malformed(format!("it ends after {} of {} bytes", bytes.len(), claimed + 12)));
        }
        match body.get(..4) {
            Some(b"VP8X") => Self::extended(body),
            Some(b"VP8 " | b"VP8L") => {
                let mut image = Image::from_chunks(Chunks(body))?;
                image.file = Some(bytes);
                Ok(Self::still(image))
            }
            _ => Err(malformed("its first chunk is neither VP8, VP8L nor VP8X")),
        }
    }

    fn still(image: Image<'a>) -> Self {
        let canvas = image.size;
        let frame = Placed { image, left: 0, top: 0, delay: Duration::ZERO, blend: false, clear: false };
        Self { canvas, composed: false, frames: vec![frame], loops: 1, icc: None, exif: None }
    }

    fn extended(body: &'a [u8]) -> Result<Self> {
        let mut chunks = Chunks(body);
        let head = chunks.next().transpose()?.map(|(_, head)| head).filter(|head| head.len() >= 10);
        let head = head.ok_or_else(|| malformed("its extended header is too short"))?;
        let canvas = Size::new(u24_at(head, 4) + 1, u24_at(head, 7) + 1).map_err(malformed)?;
        let mut found = if head[0] & 2 != 0 {
            Self { canvas, composed: true, frames: Vec::new(), loops: 1, icc: None, exif: None }
        } else {
            Self::still(Image::from_chunks(Chunks(chunks.0))?)
        };
        if found.canvas != canvas {
            return Err(malformed(format!("its header says {canvas}, its picture {}", found.canvas)));
        }
        for chunk in chunks {
            match chunk? {
                (b"ICCP", data) => found.icc = Some(data),
                (b"EXIF", data) => found.exif = Some(data),
                (b"ANIM", data) if data.len() >= 6 => found.loops = u32_at(data, 2) >> 16,
                (b"ANMF", data) if found.composed => found.frames.push(Placed::parse(data, canvas)?),
                _ => {}
            }
        }
        if found.frames.is_empty() {
            return Err(malformed("it is an animation without frames"));
        }
        Ok(found)
    }
}

impl<'a> Placed<'a> {
    fn parse(data: &'a [u8], canvas: Size) -> Result<Self> {
        let (head, chunks) = data.split_at_checked(16).ok_or_else(|| malformed("a frame is too short"))?;
        let (left, top) = (u24_at(head, 0) as usize * 2, u24_at(head, 3) as usize * 2);
        let image = Image::from_chunks(Chunks(chunks))?;
        let size = Size::new(u24_at(head, 6) + 1, u24_at(head, 9) + 1).map_err(malformed)?;
        if size != image.size {
            return Err(malformed(format!("a frame says it is {size}, its picture is {}", image.size)));
        }
        if left + size.width() > canvas.width() || top + size.height() > canvas.height() {
            return Err(malformed(format!(
                "a frame of {size} at {left},{top} leaves the canvas of {canvas}"
            )));
        }
        let delay = Duration::from_millis(u24_at(head, 12).into());
        Ok(Self { image, left, top, delay, blend: head[15] & 2 == 0, clear: head[15] & 1 != 0 })
    }
}

/// One compressed picture.
pub(super) struct Image<'a> {
    pub(super) size: Size,
    pub(super) alpha: bool,
    /// `VP8 ` or `VP8L`.
    kind: &'a [u8; 4],
    data: &'a [u8],
    /// The alpha plane of a lossy picture.
    plane: Option<&'a [u8]>,
    /// The whole file, where it holds this picture and nothing else.
    file: Option<&'a [u8]>,
}

impl<'a> Image<'a> {
    fn from_chunks(chunks: Chunks<'a>) -> Result<Self> {
        let mut plane = None;
        for chunk in chunks {
            match chunk? {
                (b"ALPH", data) => plane = Some(data),
                (kind @ b"VP8 ", data) => {
                    let size = lossy_size(data)?;
                    return Ok(Self { size, alpha: plane.is_some(), kind, data, plane, file: None });
                }
                (kind @ b"VP8L", data) => {
                    let (size, alpha) = lossless_size(data)?;
                    return Ok(Self { size, alpha, kind, data, plane: None, file: None });
                }
                _ => {}
            }
        }
        Err(malformed("a picture is missing (there is no VP8 or VP8L chunk)"))
    }

    /// A file of its own with this picture alone; a copy of the compressed bytes unless it is one already.
    pub(super) fn as_file(&self) -> Cow<'a, [u8]> {
        if let Some(file) = self.file {
            return file.into();
        }
        let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
        if let Some(plane) = self.plane {
            let (width, height) = self.size.as_u32();
            let mut head = [0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            head[4..7].copy_from_slice(&(width - 1).to_le_bytes()[..3]);
            head[7..].copy_from_slice(&(height - 1).to_le_bytes()[..3]);
            push_chunk(&mut file, b"VP8X", &head);
            push_chunk(&mut file, b"ALPH", plane);
        }
        push_chunk(&mut file, self.kind, self.data);
        let length = file.len() as u32 - 8;
        file[4..8].copy_from_slice(&length.to_le_bytes());
        file.into()
    }
}

fn push_chunk(file: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    file.extend(name);
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file.resize(file.len().next_multiple_of(2), 0);
}

/// RFC 6386, section 9.1.
fn lossy_size(data: &[u8]) -> Result<Size> {
    if data.len() < 10 || data[0] & 1 != 0 || data[3..6] != [0x9d, 0x01, 0x2a] {
        return Err(malformed("a lossy picture has no key frame at its start"));
    }
    let sides = u32_at(data, 6);
    Size::new(sides & 0x3fff, sides >> 16 & 0x3fff).map_err(malformed)
}

/// RFC 9649, section 3.4: the size, and whether alpha is used.
fn lossless_size(data: &[u8]) -> Result<(Size, bool)> {
    if data.len() < 5 || data[0] != 0x2f {
        return Err(malformed("a lossless picture does not begin as one"));
    }
    let bits = u32_at(data, 1);
    if bits >> 29 != 0 {
        return Err(Error::unsupported(
            format!("lossless WebP of version {}", bits >> 29),
            "zhijin reads version 0, the only one there is as of RFC 9649",
        ));
    }
    let size = Size::new((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1).map_err(malformed)?;
    Ok((size, bits >> 28 & 1 != 0))
}

/// Chunks one after the other. One that goes past the end is an error, since then the file was cut short.
struct Chunks<'a>(&'a [u8]);

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<(&'a [u8; 4], &'a [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = self.0.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let Some((data, rest)) = rest.split_at_checked(length) else {
            self.0 = &[];
            let name = name.escape_ascii();
            let left = rest.len();
            return Some(Err(malformed(format!(
                "it ends within its {name} chunk ({left} of {length} bytes)"
            ))));
        };
        self.0 = rest.get(length % 2..).unwrap_or_default();
        Some(Ok((name, data)))
    }
}

/// Callers have seen to it that the bytes are there.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn u24_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], 0])
}
