//! File header, bitmap header, masks and palette.

use std::ops::Range;

use super::{malformed, masks};
use crate::error::{Error, Result};
use crate::pixel::{Layout, Size};

/// How pixels are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// 1, 2, 4 or 8 bits that choose a colour of the palette.
    Indexed,
    /// Blue, green, red; 24 bits, or 32 with a byte that means nothing.
    Plain,
    /// 16 or 32 bits in which these masks find red, green, blue and alpha.
    Masked([u32; 4]),
    /// Run-length coded.
    Runs(Runs),
}

/// What a run repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runs {
    /// Two palette indices in turn, four bits each.
    Four,
    /// A palette index.
    Eight,
    /// Blue, green, red (OS/2).
    TwentyFour,
}

pub(super) struct Head {
    pub(super) size: Size,
    pub(super) top_down: bool,
    pub(super) bits: u16,
    pub(super) packing: Packing,
    /// 256 colours for whatever index turns up, black where the file has none; empty without indices.
    pub(super) palette: Vec<[u8; 3]>,
    /// Where the pixels begin.
    pub(super) data: usize,
    /// Where an ICC profile is.
    pub(super) profile: Option<Range<usize>>,
}

const FILE_HEADER: usize = 14;
const OS2_V1: usize = 12;
const INFO: usize = 40;
const V2: usize = 52;
const V3: usize = 56;
const V5: usize = 124;

/// Little-endian numbers at given places; past the end they are zero, as if the header were longer.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn u16(&self, at: usize) -> u16 {
        self.0.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
    }

    fn u32(&self, at: usize) -> u32 {
        u32::from(self.u16(at)) | u32::from(self.u16(at + 2)) << 16
    }
}

impl Head {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        if !bytes.starts_with(b"BM") || bytes.len() < FILE_HEADER + 4 {
            return Err(malformed("it has no complete header"));
        }
        let length = Fields(bytes).u32(FILE_HEADER) as usize;
        if !matches!(length, OS2_V1 | 16..=64 | 108 | V5) {
            return Err(malformed(format!("its header claims {length} bytes, which no kind of BMP has")));
        }
        let fields = bytes.get(FILE_HEADER..FILE_HEADER + length);
        let fields = Fields(fields.ok_or_else(|| malformed("it ends within its header"))?);
        let (width, height, bits) = match length {
            OS2_V1 => (i32::from(fields.u16(4)), i32::from(fields.u16(6)), fields.u16(10)),
            _ => (fields.u32(4) as i32, fields.u32(8) as i32, fields.u16(14)),
        };
        let compression = if length == OS2_V1 { 0 } else { fields.u32(16) };
        let side =
            |name, value: i32| u32::try_from(value).map_err(|_| malformed(format!("its {name} is {value}")));
        let size = Size::new(side("width", width)?, height.unsigned_abs()).map_err(malformed)?;
        let mut head = Self {
            size,
            top_down: height < 0,
            bits,
            packing: Packing::Plain,
            palette: Vec::new(),
            data: Fields(bytes).u32(10) as usize,
            profile: profile(&fields, length),
        };
        let after_masks = head.read_packing(bytes, length, compression)?;
        if matches!(head.packing, Packing::Indexed | Packing::Runs(Runs::Four | Runs::Eight)) {
            head.read_palette(bytes, after_masks, length, fields.u32(32));
        }
        Ok(head)
    }

    pub(super) fn layout(&self) -> Layout {
        match self.packing {
            Packing::Masked([.., alpha]) if alpha != 0 => Layout::Rgba,
            _ => Layout::Rgb,
        }
    }

    /// What the compression and the bits mean together; where the header, with its masks, ends.
    fn read_packing(&mut self, bytes: &[u8], length: usize, compression: u32) -> Result<usize> {
        let os2 = matches!(length, 16..=64) && !matches!(length, INFO | V2 | V3);
        let mut end = FILE_HEADER + length;
        self.packing = match (compression, self.bits) {
            (0, 1 | 2 | 4 | 8) => Packing::Indexed,
            (0, 16) => Packing::Masked([0x7c00, 0x03e0, 0x001f, 0]),
            (0, 24 | 32) => Packing::Plain,
            (1, 8) => Packing::Runs(Runs::Eight),
            (2, 4) => Packing::Runs(Runs::Four),
            (4, 24) if os2 => Packing::Runs(Runs::TwentyFour),
            (3 | 6, 16 | 32) if !os2 => {
                // Behind the 40 bytes of the first Windows header stand the masks; later headers hold them.
                let places = if compression == 6 || length >= V3 { 4 } else { 3 };
                end = end.max(FILE_HEADER + INFO + 4 * places);
                Packing::Masked(self.read_masks(bytes, places)?)
            }
            (3..=5 | 11..=13, _) => {
                return Err(Error::unsupported(
                    format!("a BMP file with compression {compression}"),
                    "save it uncompressed, or as PNG",
                ));
            }
            _ => {
                let bits = self.bits;
                return Err(malformed(format!(
                    "{bits} bits a pixel do not go with compression {compression}"
                )));
            }
        };
        Ok(end)
    }

    fn read_masks(&self, bytes: &[u8], places: usize) -> Result<[u32; 4]> {
        let mut found = [0; 4];
        for (place, mask) in found[..places].iter_mut().enumerate() {
            *mask = Fields(bytes).u32(FILE_HEADER + INFO + 4 * place);
            if !masks::is_sound(*mask, self.bits) {
                return Err(malformed(format!("{mask:#x} is no bit mask of a {}-bit pixel", self.bits)));
            }
        }
        if found[..3] == [0; 3] {
            return Err(malformed("its bit masks are empty"));
        }
        Ok(found)
    }

    /// The count may be missing, too large or reach into the pixels; what is there is taken.
    fn read_palette(&mut self, bytes: &[u8], start: usize, length: usize, claimed: u32) {
        let entry = if length == OS2_V1 { 3 } else { 4 };
        let most = 1usize << self.bits;
        let count = if claimed == 0 || length == OS2_V1 { most } else { most.min(claimed as usize) };
        let end = if self.data > start { self.data.min(bytes.len()) } else { bytes.len() };
        let stored = bytes.get(start..end).unwrap_or_default().chunks_exact(entry).take(count);
        self.palette = stored.map(|bgr| [bgr[2], bgr[1], bgr[0]]).collect();
        self.palette.resize(256, [0; 3]);
    }
}

/// A profile inside the file; one in another file is not followed.
fn profile(fields: &Fields<'_>, length: usize) -> Option<Range<usize>> {
    const EMBEDDED: u32 = u32::from_be_bytes(*b"MBED");
    if length != V5 || fields.u32(56) != EMBEDDED {
        return None;
    }
    let start = FILE_HEADER.checked_add(fields.u32(112) as usize)?;
    Some(start..start.checked_add(fields.u32(116) as usize)?)
}
