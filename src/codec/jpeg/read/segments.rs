//! The segments of a JPEG file up to its first scan: everything about the picture but its pixels.

use crate::codec::Format;
use crate::error::{Error, Result};
use crate::pixel::Size;

const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const DRI: u8 = 0xdd;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

/// What the components of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    Grey,
    Ycc,
    /// `named` if the components are called so, else because Adobe's segment says it.
    Rgb {
        named: bool,
    },
    Cmyk {
        inverted: bool,
    },
    Ycck,
}

/// What the segments before the pixels say.
pub(super) struct Outline<'a> {
    pub(super) size: Size,
    pub(super) model: Model,
    pub(super) adobe: Option<Adobe>,
    /// The EXIF block, without `Exif\0\0`.
    pub(super) exif: Option<&'a [u8]>,
    /// Pieces of the profile as they come: number, count, data.
    icc: Vec<(u8, u8, &'a [u8])>,
    /// Where the first scan begins.
    scan: usize,
}

impl<'a> Outline<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self> {
        let (mut frame, mut jfif, mut adobe, mut exif, mut icc) = (None, false, None, None, Vec::new());
        let mut restarts = false;
        let mut segments = Segments { bytes, at: 2 };
        let (scan, in_first_scan) = loop {
            let Segment { marker, data, start } = segments.next()?;
            match (marker, data) {
                (SOS, _) => break (start + data.len(), data.first().copied().unwrap_or_default()),
                (0xc0..=0xcf, _) if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                    // The decoder refuses a second one; the first is what the limits were held against.
                    frame = Some(frame.map_or_else(|| Frame::read(marker, data), Ok)?);
                }
                (DRI, &[high, low, ..]) => restarts = (high, low) != (0, 0),
                (APP0, [b'J', b'F', b'I', b'F', 0, ..]) => jfif = true,
                (APP1, [b'E', b'x', b'i', b'f', 0, _, block @ ..]) if exif.is_none() => exif = Some(block),
                (APP2, _) if data.starts_with(b"ICC_PROFILE\0") && data.len() > 14 => {
                    icc.push((data[12], data[13], &data[14..]));
                }
                (APP14, [b'A', b'd', b'o', b'b', b'e', _, _, _, _, _, _, transform, ..]) => {
                    adobe = Some(Adobe { at: start, transform: *transform });
                }
                _ => {}
            }
        };
        let frame = frame.ok_or_else(|| wrong("its pixels begin before its frame header (SOF)"))?;
        frame.check_scans(in_first_scan, restarts)?;
        let model = frame.model(jfif, adobe);
        Ok(Self { size: frame.size, model, adobe, exif, icc, scan })
    }

    /// The profile, put together from its pieces; `None` unless each of them is there once.
    pub(super) fn profile(&self) -> Option<Vec<u8>> {
        let mut pieces = self.icc.clone();
        pieces.sort_by_key(|&(number, ..)| number);
        let count = u8::try_from(pieces.len()).ok()?;
        let complete =
            pieces.iter().zip(1..).all(|(&(number, of, _), expected)| number == expected && of == count);
        (complete && count > 0).then(|| pieces.iter().flat_map(|(.., data)| *data).copied().collect())
    }

    /// Is there an end marker after the first scan? Compressed data cannot hold one, since FF is always
    /// followed by 00 there. Looked for from the end, where it nearly always is.
    pub(super) fn reaches_its_end(&self, bytes: &[u8]) -> bool {
        let pixels = bytes.get(self.scan..).unwrap_or_default();
        pixels.windows(2).rev().any(|pair| pair == [0xff, EOI])
    }
}

/// The segment in which Adobe programs say what the components mean (Technical Note 5116, section 18).
#[derive(Clone, Copy)]
pub(super) struct Adobe {
    /// Where its name begins.
    pub(super) at: usize,
    pub(super) transform: u8,
}

impl Adobe {
    /// From the name to the transform.
    pub(super) const TRANSFORM: usize = 11;
}

/// What the frame header says (T.81, section B.2.2).
#[derive(Clone, Copy)]
struct Frame {
    size: Size,
    components: u8,
    /// The names of the first three.
    names: [u8; 3],
    /// The largest sampling factors, across and down.
    sampling: (u8, u8),
    progressive: bool,
}

impl Frame {
    fn read(marker: u8, data: &[u8]) -> Result<Self> {
        let &[bits, h0, h1, w0, w1, components, ref rest @ ..] = data else {
            return Err(wrong("its frame header (SOF) is too short"));
        };
        match marker {
            0xc0..=0xc2 => {}
            0xc3 => return Err(unsupported("a lossless JPEG (process 14)")),
            0xc9..=0xcb | 0xcd..=0xcf => return Err(unsupported("a JPEG with arithmetic coding")),
            _ => return Err(unsupported("a hierarchical JPEG")),
        }
        let (width, height) = (u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1]));
        if height == 0 {
            return Err(wrong(
                "its frame header gives no height (leaving it to a DNL segment after the pixels)",
            ));
        }
        if bits != 8 {
            return Err(unsupported(&format!("a JPEG of {bits} bits a sample")));
        }
        if !matches!(components, 1 | 3 | 4) {
            return Err(unsupported(&format!(
                "a JPEG of {components} components a pixel (1, 3 and 4 are read)"
            )));
        }
        let size = Size::new(width.into(), height.into()).map_err(wrong)?;
        let name = |n: usize| rest.get(n * 3).copied().unwrap_or_default();
        let factors = || rest.iter().skip(1).step_by(3).take(components.into());
        let sampling = (
            factors().map(|f| f >> 4).max().unwrap_or_default(),
            factors().map(|f| f & 15).max().unwrap_or_default(),
        );
        let names = [name(0), name(1), name(2)];
        Ok(Self { size, components, names, sampling, progressive: marker == 0xc2 })
    }

    /// Does the decoder do this right? zune-jpeg 0.5 hands out garbage without a word for sequential files
    /// whose components come in scans of their own, if one is sampled more than once downwards or if there
    /// are restart markers (found by holding many such files against libjpeg-turbo; interleaved and
    /// progressive ones are right). They are rare, and an error is better than garbage.
    fn check_scans(&self, in_first_scan: u8, restarts: bool) -> Result<()> {
        let (across, down) = self.sampling;
        let separate = in_first_scan < self.components && !self.progressive;
        if separate && (restarts || down > 1) {
            return Err(unsupported("a sequential JPEG whose components come one after the other"));
        }
        if across == 3 || down == 3 {
            return Err(unsupported(&format!("a JPEG with {across}×{down} sampling")));
        }
        Ok(())
    }

    /// The rules of libjpeg (`default_decompress_parms`), which all the world follows; only components
    /// named R, G, B are believed even where a JFIF segment contradicts them.
    fn model(&self, jfif: bool, adobe: Option<Adobe>) -> Model {
        match (self.components, adobe.map(|a| a.transform)) {
            (1, _) => Model::Grey,
            (3, _) if self.names == *b"RGB" => Model::Rgb { named: true },
            (3, Some(0)) if !jfif => Model::Rgb { named: false },
            (3, _) => Model::Ycc,
            (_, None) => Model::Cmyk { inverted: false },
            (_, Some(0)) => Model::Cmyk { inverted: true },
            (_, Some(_)) => Model::Ycck,
        }
    }
}

struct Segment<'a> {
    marker: u8,
    data: &'a [u8],
    /// Where the data begins.
    start: usize,
}

struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    /// The next segment that has data. Stray bytes before a marker and fill bytes are passed over.
    fn next(&mut self) -> Result<Segment<'a>> {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let skipped = rest.windows(2).position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xff));
            let skipped = skipped.ok_or_else(cut_short)?;
            let marker = rest[skipped + 1];
            self.at += skipped + 2;
            match marker {
                EOI => return Err(wrong("it ends without any pixels")),
                // TEM, RST and SOI stand alone.
                0x01 | 0xd0..=0xd8 => {}
                _ => return self.data(marker),
            }
        }
    }

    fn data(&mut self, marker: u8) -> Result<Segment<'a>> {
        let rest = &self.bytes[self.at..];
        let (length, _) = rest.split_first_chunk::<2>().ok_or_else(cut_short)?;
        let length = usize::from(u16::from_be_bytes(*length));
        if length < 2 {
            return Err(wrong(format!(
                "segment FF{marker:02X} gives its length as {length}; 2 is the least"
            )));
        }
        let start = self.at + 2;
        let data = rest.get(2..length).ok_or_else(cut_short)?;
        self.at += length;
        Ok(Segment { marker, data, start })
    }
}

fn cut_short() -> Error {
    wrong("the file ends before its pixels begin; it has been cut short")
}

fn wrong(what: impl std::fmt::Display) -> Error {
    Error::malformed(Format::Jpeg, what)
}

fn unsupported(what: &str) -> Error {
    Error::unsupported(
        format!("{what} is not read"),
        "save it as a baseline or progressive JPEG with 8 bits a sample, or as PNG",
    )
}
