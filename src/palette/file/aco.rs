//! Swatches of Photoshop: a list of colours without names (version 1), then the same with names (version 2). ("Adobe
//! Photoshop File Formats Specification", 2019, "Color Swatches".)
//!
//! Colours are RGB, HSB, CMYK, Lab or grey in 16 bits a channel; those of inks are estimates. Colours of the books of
//! ink makers (Pantone, Focoltone, Trumatch, Toyo, HKS) are numbers into the book, which we do not have.

use super::super::{Palette, Swatch};
use super::adobe;
use super::bytes::{Reader, units};

/// Bytes of a colour without its name.
const COLOUR: usize = 10;

/// Version 1 or 2, a count, and enough bytes for so many colours.
pub(super) fn sniff(bytes: &[u8]) -> bool {
    let [0, version @ (1 | 2), high, low, ..] = *bytes else { return false };
    let count = usize::from(u16::from_be_bytes([high, low]));
    let least = 4 + count * (COLOUR + if version == 2 { 4 } else { 0 });
    count > 0 && bytes.len() >= least
}

pub(super) fn read(bytes: &[u8]) -> Result<Palette, String> {
    let mut reader = Reader::new(bytes);
    let first = reader.u16("a version, 1 or 2")?;
    let bare = match first {
        1 => section(&mut reader, false)?,
        2 => section(&mut reader, true)?,
        other => return Err(reader.before(2, &format!("version {other}"), "version 1 or 2")),
    };
    // Some writers fill up with zeros.
    if first == 2 || reader.left().iter().all(|byte| *byte == 0) {
        return Ok(Palette::new(bare));
    }
    match reader.u16("version 2")? {
        2 => section(&mut reader, true).map(Palette::new),
        other => Err(reader.before(2, &format!("{other}"), "the end of the file or version 2")),
    }
}

fn section(reader: &mut Reader<'_>, names: bool) -> Result<Vec<Swatch>, String> {
    let count = reader.u16("the number of colours")?;
    (0..count).map(|_| swatch(reader, names)).collect()
}

fn swatch(reader: &mut Reader<'_>, named: bool) -> Result<Swatch, String> {
    let space = reader.u16("a colour space")?;
    let mut values = [0; 4];
    for value in &mut values {
        *value = reader.u16("a colour")?;
    }
    let Some(rgb) = colour(space, values) else {
        let found = match space {
            3..=6 | 10 => format!("colour space {space}, a book of inks"),
            _ => format!("colour space {space}"),
        };
        return Err(reader.before(COLOUR, &found, "0 (RGB), 1 (HSB), 2 or 9 (CMYK), 7 (Lab) or 8 (grey)"));
    };
    let swatch = Swatch::opaque(rgb);
    if !named {
        return Ok(swatch);
    }
    let length = reader.u32("the length of a name")?;
    Ok(swatch.called(&reader.text(length as usize, "a name")?))
}

/// A colour in sRGB; nothing if its space is unknown.
fn colour(space: u16, values: [u16; 4]) -> Option<[u8; 3]> {
    let full = values.map(|v| f32::from(v) / 65_535.0);
    let ten_thousandths = values.map(|v| (f32::from(v) / 10_000.0).min(1.0));
    Some(match space {
        0 => adobe::rgb([full[0], full[1], full[2]]),
        1 => adobe::hsb([full[0], full[1], full[2]]),
        // Zero is full ink.
        2 => adobe::cmyk(full.map(|v| 1.0 - v)),
        7 => {
            let signed = |v: u16| f32::from(v.cast_signed()) / 100.0;
            adobe::lab([ten_thousandths[0] * 100.0, signed(values[1]), signed(values[2])])
        }
        8 => adobe::grey(ten_thousandths[0]),
        9 => adobe::cmyk(ten_thousandths),
        _ => return None,
    })
}

pub(super) fn write(palette: &Palette) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + palette.len() * 40);
    for version in [1u16, 2] {
        bytes.extend(version.to_be_bytes());
        bytes.extend((palette.len() as u16).to_be_bytes());
        for swatch in palette {
            let [r, g, b] = swatch.rgb().map(|v| u16::from(v) * 257);
            bytes.extend([0, r, g, b, 0].into_iter().flat_map(u16::to_be_bytes));
            if version == 2 {
                let name = units(&adobe::name(swatch));
                bytes.extend((name.len() as u32).to_be_bytes());
                bytes.extend(name.into_iter().flat_map(u16::to_be_bytes));
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    #[test]
    fn every_colour_space_is_read() {
        let file = words(&[
            1, 6, 0, 65_535, 32_896, 0, 0, 1, 0, 65_535, 65_535, 0, 2, 65_535, 0, 0, 65_535, 7, 10_000, 0, 0,
            0, 8, 5000, 0, 0, 0, 9, 0, 10_000, 10_000, 0,
        ]);
        let palette = read(&file).unwrap();
        let wanted = [[255, 128, 0], [255, 0, 0], [255, 0, 0], [255; 3], [128; 3], [255, 0, 0]];
        assert_eq!(palette.swatches(), wanted.map(Swatch::opaque));
        assert!(sniff(&file) && !sniff(&file[..40]) && !sniff(&words(&[1, 0])) && !sniff(&words(&[3, 1])));
    }

    #[test]
    fn names_are_those_of_the_second_version() {
        let mut file = words(&[1, 1, 0, 0, 0, 0, 0, 2, 1, 0, 65_535, 0, 0, 0, 0, 3]);
        file.extend(words(&[0x91d1, 0x9ed1, 0]));
        assert_eq!(read(&file).unwrap().swatches(), [Swatch::opaque([255, 0, 0]).named("金黑")]);
        let alone = read(&file[14..]).unwrap();
        assert_eq!(alone.swatches(), [Swatch::opaque([255, 0, 0]).named("金黑")]);
    }

    #[test]
    fn rubbish_is_shown_with_its_byte() {
        for (bytes, wanted) in [
            (words(&[4, 1]), "at byte 0: found version 4, expected version 1 or 2"),
            (
                words(&[1, 1, 3, 0, 0, 0, 0]),
                "at byte 4: found colour space 3, a book of inks, expected 0 (RGB)",
            ),
            (
                words(&[1, 1, 0, 0, 0]),
                "at byte 10: found the end of the file after 0 bytes, expected a colour",
            ),
            (
                words(&[1, 1, 0, 0, 0, 0, 0, 7]),
                "at byte 14: found 7, expected the end of the file or version 2",
            ),
            (words(&[2, 1, 0, 0, 0, 0, 0, 65_535, 65_535]), "at byte 18: found the end of the file after 0"),
        ] {
            let text = read(&bytes).unwrap_err();
            assert!(text.starts_with(wanted), "{text}");
        }
    }
}
