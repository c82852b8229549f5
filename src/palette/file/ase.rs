//! Adobe Swatch Exchange: blocks of swatches and groups, in which Adobe's programs exchange colours.
//!
//! There is no specification in public; this follows what Olivier Berten ("SwatchBooker") and Carl Camera ("ASE File
//! Specification") found out. Groups are read as if they were not there. The colours of a block are RGB, CMYK, LAB
//! or Gray; those of inks are estimates.

use super::super::{Palette, Swatch};
use super::adobe;
use super::bytes::{Reader, units};

const MAGIC: &[u8] = b"ASEF";
const GROUP: u16 = 0xc001;
const END_OF_GROUP: u16 = 0xc002;
const COLOUR: u16 = 1;

pub(super) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

pub(super) fn read(bytes: &[u8]) -> Result<Palette, String> {
    let mut reader = Reader::new(bytes);
    let magic = reader.take(4, "\"ASEF\"")?;
    if magic != MAGIC {
        return Err(reader.before(4, &format!("{magic:02x?}"), "\"ASEF\""));
    }
    let version = reader.u16("a version")?;
    if version != 1 {
        return Err(reader.before(2, &format!("version {version}"), "version 1"));
    }
    reader.u16("a lesser version")?;
    let blocks = reader.u32("the number of blocks")?;
    let mut swatches = Vec::new();
    for _ in 0..blocks {
        let kind = reader.u16("a block")?;
        // Kuler ends its files with a block that is nothing.
        if kind == 0 {
            break;
        }
        let length = reader.u32("the length of a block")?;
        let start = bytes.len() - reader.left().len();
        let inner = reader.take(length as usize, &format!("a block of {length} bytes"))?;
        match kind {
            COLOUR => swatches.push(colour(bytes, start, start + inner.len())?),
            GROUP | END_OF_GROUP => {}
            other => {
                return Err(format!(
                    "at byte {}: found a block of kind {other:#06x}, expected a colour or a group",
                    start - 6
                ));
            }
        }
        if swatches.len() > Palette::MOST {
            return Err(reader.wrong("another colour", "at most 65536 colours"));
        }
    }
    Ok(Palette::new(swatches))
}

/// A colour in the bytes from `start` to `end`.
fn colour(bytes: &[u8], start: usize, end: usize) -> Result<Swatch, String> {
    let mut reader = Reader::new(&bytes[..end]);
    reader.take(start, "a block")?;
    let length = reader.u16("the length of a name")?;
    let name = reader.text(usize::from(length), "a name")?;
    let model = reader.take(4, "a colour model")?;
    let rgb = match model {
        b"RGB " => adobe::rgb(values(&mut reader, [[0.0, 1.0]; 3])?),
        b"CMYK" => adobe::cmyk(values(&mut reader, [[0.0, 1.0]; 4])?),
        b"Gray" | b"GRAY" => adobe::grey(values(&mut reader, [[0.0, 1.0]])?[0]),
        b"LAB " | b"Lab " => {
            let [l, a, b] = values(&mut reader, [[0.0, 1.0], [-128.0, 128.0], [-128.0, 128.0]])?;
            adobe::lab([l * 100.0, a, b])
        }
        other => {
            let found = format!("the colour model \"{}\"", other.escape_ascii());
            return Err(reader.before(4, &found, "RGB, CMYK, LAB or Gray"));
        }
    };
    Ok(Swatch::opaque(rgb).called(&name))
}

/// Numbers within their ranges; writers that round may be past them by a little.
fn values<const N: usize>(reader: &mut Reader<'_>, ranges: [[f32; 2]; N]) -> Result<[f32; N], String> {
    let mut values = [0.0; N];
    for (value, [low, high]) in values.iter_mut().zip(ranges) {
        let found = reader.f32("a number")?;
        if !(low - 0.01..=high + 0.01).contains(&found) {
            return Err(reader.before(4, &found.to_string(), &format!("a number from {low} to {high}")));
        }
        *value = found.clamp(low, high);
    }
    Ok(values)
}

pub(super) fn write(palette: &Palette) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend([0, 1, 0, 0]);
    bytes.extend((palette.len() as u32).to_be_bytes());
    for swatch in palette {
        let block = block(swatch);
        bytes.extend(COLOUR.to_be_bytes());
        bytes.extend((block.len() as u32).to_be_bytes());
        bytes.extend(block);
    }
    bytes
}

fn block(swatch: &Swatch) -> Vec<u8> {
    let name = units(&adobe::name(swatch));
    let mut block = (name.len() as u16).to_be_bytes().to_vec();
    block.extend(name.into_iter().flat_map(u16::to_be_bytes));
    block.extend(b"RGB ");
    block.extend(swatch.rgb().into_iter().flat_map(|v| (f32::from(v) / 255.0).to_be_bytes()));
    // Neither a spot colour nor one that changes everywhere at once.
    block.extend([0, 2]);
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(blocks: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = [MAGIC, &[0, 1, 0, 0], &(blocks.len() as u32).to_be_bytes()].concat();
        for (kind, block) in blocks {
            bytes.extend(kind.to_be_bytes());
            bytes.extend((block.len() as u32).to_be_bytes());
            bytes.extend(block);
        }
        bytes
    }

    fn block(name: &str, model: &[u8; 4], values: &[f32]) -> Vec<u8> {
        let name = units(name);
        let mut block = (name.len() as u16).to_be_bytes().to_vec();
        block.extend(name.into_iter().flat_map(u16::to_be_bytes));
        block.extend(model);
        block.extend(values.iter().flat_map(|v| v.to_be_bytes()));
        block.extend([0, 0]);
        block
    }

    #[test]
    fn every_colour_model_is_read_and_groups_are_passed() {
        let palette = read(&file(&[
            (GROUP, vec![0, 2, 0, 65, 0, 0]),
            (COLOUR, block("金", b"RGB ", &[1.0, 0.5, 0.0])),
            (COLOUR, block("", b"CMYK", &[0.0, 1.0, 1.0, 0.0])),
            (END_OF_GROUP, vec![]),
            (COLOUR, block("g", b"Gray", &[0.5])),
            (COLOUR, block("w", b"LAB ", &[1.0, 0.0, 0.0])),
        ]));
        let wanted = [
            Swatch::opaque([255, 128, 0]).named("金"),
            Swatch::opaque([255, 0, 0]),
            Swatch::opaque([128; 3]).named("g"),
            Swatch::opaque([255; 3]).named("w"),
        ];
        assert_eq!(palette.unwrap().swatches(), wanted);
    }

    #[test]
    fn rubbish_is_shown_with_its_byte() {
        let short = file(&[(COLOUR, block("", b"RGB ", &[0.5, 0.5]))]);
        for (bytes, wanted) in [
            (b"ASEF\0\x02\0\0".to_vec(), "at byte 4: found version 2, expected version 1"),
            (
                file(&[])[..10].to_vec(),
                "at byte 8: found the end of the file after 2 bytes, expected the number of blocks",
            ),
            (file(&[(7, vec![])]), "at byte 12: found a block of kind 0x0007, expected a colour or a group"),
            (
                file(&[(COLOUR, block("", b"HSB ", &[]))]),
                "at byte 22: found the colour model \"HSB \", expected RGB",
            ),
            (
                file(&[(COLOUR, block("", b"Gray", &[7.0]))]),
                "at byte 26: found 7, expected a number from 0 to 1",
            ),
            (short, "at byte 34: found the end of the file after 2 bytes, expected a number"),
        ] {
            let text = read(&bytes).unwrap_err();
            assert!(text.starts_with(wanted), "{text}");
        }
    }
}
