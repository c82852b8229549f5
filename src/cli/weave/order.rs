//! What can be said about the cloth: tradition, size, sett, yarns, floats, repeat.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use zhijin::palette::Palette;
use zhijin::weave::design::{Order, Repeat, Size, Tradition};

/// The cloth.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Cloth")]
pub(crate) struct OrderArgs {
    /// How it is woven.
    ///
    /// brocade: as suits any picture. yun (云锦): motifs on bobbins of their own, gold contour, halos. song (宋锦):
    /// fine, restrained, in a geometric frame. shu (蜀锦): on stripes of the warp. zhuang (壮锦): bold floss on cotton.
    #[arg(long, value_name = "NAME", default_value = "brocade",
        value_parser = PossibleValuesParser::new(["brocade", "yun", "song", "shu", "zhuang"]))]
    tradition: String,

    /// Width of one repeat, such as 60cm, 600mm or 24in; default: as many ends as suit a picture.
    #[arg(long, value_name = "LENGTH", value_parser = centimetres, conflicts_with = "ends")]
    width: Option<f32>,

    /// Main ends of one repeat, instead of --width.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    ends: Option<u32>,

    /// Main ends in a centimetre, 4 to 200; default: those of the tradition.
    #[arg(long, value_name = "N", value_parser = density)]
    epcm: Option<f32>,

    /// Passes (visible rows) in a centimetre, 4 to 200; default: those of the tradition.
    #[arg(long, value_name = "N", value_parser = density)]
    ppcm: Option<f32>,

    /// The longest float of a weft, in ends, on either face; for --check as well.
    #[arg(long, value_name = "ENDS", value_parser = clap::value_parser!(u16).range(3..=63))]
    pub(super) max_float: Option<u16>,

    /// The longest float of an end, in picks; default: as --max-float in passes. For --check: as --max-float.
    #[arg(long, value_name = "PICKS", value_parser = clap::value_parser!(u16).range(3..=4096))]
    pub(super) max_warp_float: Option<u16>,

    /// The most yarns, those of the warp counted.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=24))]
    yarns: Option<u8>,

    /// The colours of the yarns: names, hex values or a palette file; default: chosen for the picture.
    #[arg(long, value_name = "COLOURS")]
    palette: Option<String>,

    /// How copies meet: not at all, side by side, each column half a copy lower, or turned over.
    #[arg(long, value_name = "HOW", default_value = "none",
        value_parser = PossibleValuesParser::new(["none", "straight", "half-drop", "mirror"])
            .map(|word| match &word[..] {
                "straight" => Repeat::Straight,
                "half-drop" => Repeat::HalfDrop,
                "mirror" => Repeat::Mirror,
                _ => Repeat::Single,
            }))]
    repeat: Repeat,

    /// No contour lines (勾边) about the figures.
    #[arg(long)]
    no_contour: bool,

    /// Steps of a halo (晕色), 0 to 3.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=3))]
    halo: Option<u8>,

    /// The cloth is woven once and not again and again: floats do not go on across its borders. For --check as well.
    #[arg(long)]
    pub(super) once: bool,
}

impl OrderArgs {
    /// The order.
    pub(super) fn order(&self) -> zhijin::Result<Order> {
        let tradition: Tradition = self.tradition.parse()?;
        let usual = Order::of(tradition);
        Ok(Order {
            yarns: self.yarns.map_or(usual.yarns, usize::from),
            given: self.given()?,
            max_float: self.max_float.map_or(usual.max_float, usize::from),
            ends_per_cm: self.epcm.unwrap_or(usual.ends_per_cm),
            passes_per_cm: self.ppcm.unwrap_or(usual.passes_per_cm),
            size: match (self.width, self.ends) {
                (Some(width), _) => Size::Cm(width),
                (_, Some(ends)) => Size::Ends(ends as usize),
                _ => Size::Usual,
            },
            repeat: self.repeat,
            contour: usual.contour && !self.no_contour,
            halo: self.halo.unwrap_or(usual.halo),
            ..usual
        })
    }

    fn given(&self) -> zhijin::Result<Vec<[u8; 3]>> {
        let Some(text) = &self.palette else { return Ok(Vec::new()) };
        let palette: Palette = text.parse().map_err(zhijin::Error::Style)?;
        Ok(palette.colours().map(|[r, g, b, _]| [r, g, b]).collect())
    }

    /// What goes into the name of the files.
    pub(super) fn tradition(&self) -> &str {
        &self.tradition
    }
}

fn centimetres(text: &str) -> Result<f32, String> {
    let wrong = || "write a width such as 60cm, 600mm or 24in, from 0.5 to 1000 cm".to_owned();
    let units = [("cm", 1.0), ("mm", 0.1), ("in", 2.54), ("m", 100.0)];
    let (number, unit) = units
        .into_iter()
        .find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))
        .ok_or_else(wrong)?;
    let width = number.trim().parse::<f32>().map_err(|_| wrong())? * unit;
    if (0.5..=1000.0).contains(&width) { Ok(width) } else { Err(wrong()) }
}

fn density(text: &str) -> Result<f32, String> {
    let number = text.parse::<f32>().ok().filter(|n| (4.0..=200.0).contains(n));
    number.ok_or_else(|| "write a number of threads from 4 to 200".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_have_units() {
        assert_eq!(["60cm", "600mm", "0.6m"].map(|text| centimetres(text).unwrap().round()), [60.0; 3]);
        assert_eq!(centimetres("10in"), Ok(25.4));
        for text in ["60", "cm", "0cm", "nan cm", "9999m", "-3cm"] {
            assert!(centimetres(text).unwrap_err().contains("0.5 to 1000"), "{text}");
        }
        assert_eq!(density("60"), Ok(60.0));
        assert!(density("3").is_err() && density("inf").is_err());
    }
}
