//! Cards as a PNG of one bit a hook, written row by row.

use std::io::{self, Write};

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, StreamWriter, Unit};

use crate::weave::card::Cards;
use crate::weave::card::image::{First, Rows, Sett, send};

/// The rows of a PNG that is being written.
struct Stream<'a, W: Write>(StreamWriter<'a, W>);

impl<W: Write> Rows for Stream<'_, W> {
    fn row(&mut self, bits: &[u8]) -> io::Result<()> {
        self.0.write_all(bits)
    }
}

/// A PNG with a palette of white and black; it prints in the size of the cloth.
pub fn write_png(out: &mut impl Write, cards: &mut Cards<'_>, first: First, sett: Sett) -> io::Result<()> {
    let per_metre = |per_cm: f32| (per_cm * 100.0).round() as u32;
    let mut encoder = Encoder::new(out, cards.hooks() as u32, cards.picks() as u32);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::One);
    encoder.set_palette(&[255, 255, 255, 0, 0, 0][..]);
    let (xppu, yppu) = (per_metre(sett.across), per_metre(sett.along));
    encoder.set_pixel_dims(Some(PixelDimensions { xppu, yppu, unit: Unit::Meter }));
    encoder.set_compression(Compression::Fast);
    // Cards repeat with the weave, not with the byte before or above: filters only cost time.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    {
        let mut stream = Stream(writer.stream_writer()?);
        send(cards, first, &mut stream)?;
        stream.0.finish()?;
    }
    Ok(writer.finish()?)
}
