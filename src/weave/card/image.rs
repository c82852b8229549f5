//! Cards as 1-bit images, written row by row: BMP, TIFF, or through any row writer (PNG). Black lifts.

use std::io::{self, Write};

use crate::weave::card::Cards;

/// Where the first pick is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// In the top row.
    Top,
    /// In the bottom row, as cloth grows.
    Bottom,
}

/// What takes rows of an image, from the top: a bit a pixel, the first in the highest bit, 1 black.
pub trait Rows {
    /// The next row.
    fn row(&mut self, bits: &[u8]) -> io::Result<()>;
}

/// How a TIFF is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    None,
    /// PackBits, which every reader knows.
    PackBits,
}

/// Crossings a centimetre, across and along; images say so, and print in the size of the cloth.
#[derive(Clone, Copy, Debug)]
pub struct Sett {
    /// Hooks.
    pub across: f32,
    /// Picks.
    pub along: f32,
}

fn pick_of_row(y: usize, picks: usize, first: First) -> usize {
    match first {
        First::Top => y,
        First::Bottom => picks - 1 - y,
    }
}

/// Sends the rows from the top.
pub fn send(cards: &mut Cards<'_>, first: First, rows: &mut impl Rows) -> io::Result<()> {
    let mut bits = vec![0; cards.row_bytes()];
    for y in 0..cards.picks() {
        cards.card(pick_of_row(y, cards.picks(), first), &mut bits);
        rows.row(&bits)?;
    }
    Ok(())
}

fn too_large(what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        format!("the cards are too large for a {what}; split the cloth"),
    )
}

/// A BMP; its rows are stored from the bottom.
pub fn write_bmp(out: &mut impl Write, cards: &mut Cards<'_>, first: First, sett: Sett) -> io::Result<()> {
    let stride = cards.row_bytes().next_multiple_of(4);
    let pixels = stride as u64 * cards.picks() as u64;
    let Ok(total) = u32::try_from(pixels + 62) else { return Err(too_large("BMP")) };
    let per_metre = |per_cm: f32| (per_cm * 100.0).round() as u32;
    out.write_all(b"BM")?;
    let header = [total, 0, 62, 40, cards.hooks() as u32, cards.picks() as u32, 1 | 1 << 16, 0, total - 62];
    let rest = [per_metre(sett.across), per_metre(sett.along), 2, 2, 0x00ff_ffff, 0];
    for number in header.iter().chain(&rest) {
        out.write_all(&number.to_le_bytes())?;
    }
    let mut row = vec![0; stride];
    let used = cards.row_bytes();
    for y in (0..cards.picks()).rev() {
        cards.card(pick_of_row(y, cards.picks(), first), &mut row[..used]);
        out.write_all(&row)?;
    }
    Ok(())
}

/// Bytes of a TIFF strip, about.
const STRIP: usize = 64 << 10;

/// A TIFF of strips, little-endian, 1 is black. The directory comes first, so that nothing needs to seek: packed strips
/// are measured in one round and written in another.
pub fn write_tiff(
    out: &mut impl Write,
    cards: &mut Cards<'_>,
    first: First,
    sett: Sett,
    packing: Packing,
) -> io::Result<()> {
    let picks = cards.picks();
    let rows_in_strip = (STRIP / cards.row_bytes()).clamp(1, picks.max(1));
    let mut sizes = vec![0u64; picks.div_ceil(rows_in_strip)];
    let mut bits = vec![0; cards.row_bytes()];
    let mut packed = Vec::new();
    for y in 0..picks {
        if packing == Packing::PackBits {
            cards.card(pick_of_row(y, picks, first), &mut bits);
            pack(&bits, &mut packed);
        }
        sizes[y / rows_in_strip] += if packing == Packing::None { bits.len() } else { packed.len() } as u64;
    }
    out.write_all(&tiff_head(cards, sett, packing, rows_in_strip, &sizes)?)?;
    for y in 0..picks {
        cards.card(pick_of_row(y, picks, first), &mut bits);
        match packing {
            Packing::None => out.write_all(&bits)?,
            Packing::PackBits => {
                pack(&bits, &mut packed);
                out.write_all(&packed)?;
            }
        }
    }
    Ok(())
}

/// The header, the directory, and the lists it points to.
fn tiff_head(
    cards: &Cards<'_>,
    sett: Sett,
    packing: Packing,
    rows_in_strip: usize,
    sizes: &[u64],
) -> io::Result<Vec<u8>> {
    const TAGS: usize = 13;
    const SHORT: u16 = 3;
    const LONG: u16 = 4;
    const RATIONAL: u16 = 5;
    let lists = 8 + 2 + 12 * TAGS + 4;
    let strips = sizes.len();
    let data = lists + 16 + 8 * strips;
    let end = data as u64 + sizes.iter().sum::<u64>();
    if u32::try_from(end).is_err() {
        return Err(too_large("TIFF"));
    }
    let (offsets_at, sizes_at) = (lists + 16, lists + 16 + 4 * strips);
    let begin = |at: &mut u64, size: &u64| {
        *at += size;
        Some((*at - size) as u32)
    };
    let offsets: Vec<u32> = sizes.iter().scan(data as u64, begin).collect();
    let sizes: Vec<u32> = sizes.iter().map(|&s| s as u32).collect();
    // One strip is told in the directory itself.
    let list = |at: usize, list: &[u32]| if strips == 1 { list[0] } else { at as u32 };
    let compression = if packing == Packing::None { 1 } else { 32773 };
    let tags: [(u16, u16, u32, u32); TAGS] = [
        (256, LONG, 1, cards.hooks() as u32),
        (257, LONG, 1, cards.picks() as u32),
        (258, SHORT, 1, 1),
        (259, SHORT, 1, compression),
        (262, SHORT, 1, 0),
        (273, LONG, strips as u32, list(offsets_at, &offsets)),
        (274, SHORT, 1, 1),
        (277, SHORT, 1, 1),
        (278, LONG, 1, rows_in_strip as u32),
        (279, LONG, strips as u32, list(sizes_at, &sizes)),
        (282, RATIONAL, 1, lists as u32),
        (283, RATIONAL, 1, lists as u32 + 8),
        (296, SHORT, 1, 3),
    ];
    let mut head = b"II*\0\x08\0\0\0".to_vec();
    head.extend((TAGS as u16).to_le_bytes());
    for (tag, kind, count, value) in tags {
        head.extend(tag.to_le_bytes());
        head.extend(kind.to_le_bytes());
        [count, value].iter().for_each(|n| head.extend(n.to_le_bytes()));
    }
    head.extend([0; 4]);
    for per_cm in [sett.across, sett.along] {
        head.extend(((per_cm * 1000.0).round() as u32).to_le_bytes());
        head.extend(1000u32.to_le_bytes());
    }
    offsets.iter().chain(&sizes).for_each(|n| head.extend(n.to_le_bytes()));
    Ok(head)
}

/// PackBits of one row.
fn pack(row: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut at = 0;
    while at < row.len() {
        let run = row[at..].iter().take(128).take_while(|&&b| b == row[at]).count();
        if run > 1 {
            out.extend([(257 - run) as u8, row[at]]);
            at += run;
            continue;
        }
        // Bytes as they are, until three alike pay for leaving.
        let rest = &row[at..row.len().min(at + 128)];
        let length = (1..rest.len())
            .find(|&i| rest[i..].len() > 2 && rest[i] == rest[i + 1] && rest[i] == rest[i + 2]);
        let length = length.unwrap_or(rest.len());
        out.push((length - 1) as u8);
        out.extend(&rest[..length]);
        at += length;
    }
}

#[cfg(test)]
#[path = "image_tests.rs"]
mod tests;
