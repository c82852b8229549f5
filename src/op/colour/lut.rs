//! A look from a file: a `.cube` table or a Hald picture.

use crate::codec::{DecodeOptions, Profile, decode};
use crate::color::Lut;
use crate::context::Context;
use crate::error::StyleError;
use crate::kernel::Level;
use crate::limits::Limits;
use crate::op::{Action, Asset, Kind, Operator, Param, Pointwise, Row, Values};
use crate::pixel::Encoding;

/// Pixels of the largest Hald picture: a larger one is refused by its header.
const MOST_PIXELS: u64 = 1728 * 1728;

/// Colours through a table.
pub(crate) struct LutFile;

impl Operator for LutFile {
    fn name(&self) -> &'static str {
        "lut"
    }

    fn about(&self) -> &'static str {
        "Applies a look from a .cube file or a Hald picture (PNG)."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "file",
                kind: Kind::File(&["cube", "png"]),
                default: "\"\"",
                about: "The table, beside the style file; without one nothing is changed.",
            },
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "1",
                about: "How much of the look is applied.",
            },
            Param {
                name: "encoding",
                kind: Kind::Choice(&["srgb", "linear"]),
                default: "srgb",
                about: "What the numbers of the table mean: looks for photographs are made for srgb.",
            },
        ]
    }

    fn check(&self, values: &Values) -> Result<(), String> {
        values.file("file").map_or(Ok(()), |file| read(file).map(drop).map_err(|error| error.to_string()))
    }

    fn bind(&self, values: &Values) -> Action {
        let encoding = match values.choice("encoding") {
            "linear" => Encoding::Linear,
            _ => Encoding::Srgb,
        };
        // A table that cannot be read was refused when the values were checked.
        let lut = values.file("file").and_then(|file| read(file).ok());
        Action::Pointwise(Box::new(Look { lut, amount: values.number("amount"), encoding }))
    }
}

fn read(file: &Asset) -> Result<Lut, StyleError> {
    let is_png = file.name.to_ascii_lowercase().ends_with(".png");
    if !is_png {
        return Lut::from_cube(&file.name, &file.bytes);
    }
    let limits = Limits { max_pixels: MOST_PIXELS, ..Limits::default() };
    let context = Context { limits, ..Context::default() };
    // The numbers are addresses and answers, not colours to be converted: a profile has no say.
    let options = DecodeOptions { profile: Profile::Carry, ..DecodeOptions::default() };
    let picture = decode(&file.bytes, &options, &context)
        .map_err(|error| StyleError { origin: file.name.clone(), line: None, what: error.to_string() })?
        .picture;
    Lut::from_hald(&file.name, &picture)
}

struct Look {
    lut: Option<Lut>,
    amount: f32,
    encoding: Encoding,
}

impl Pointwise for Look {
    fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn keeps_grey(&self) -> bool {
        self.lut.as_ref().is_none_or(Lut::keeps_grey)
    }

    fn row(&self, level: Level, row: Row<'_>) {
        if let Some(lut) = &self.lut {
            lut.apply(level, row.colour, self.amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::codec::{EncodeOptions, Format, Metadata, encode};
    use crate::op::Value;
    use crate::pixel::Size;

    fn values(name: &str, bytes: Vec<u8>) -> Values {
        let mut values = Values::defaults(LutFile.params());
        values.set("file", Value::File(Some(Asset { name: name.into(), bytes: Arc::new(bytes) })));
        values
    }

    fn error(name: &str, bytes: &[u8]) -> String {
        LutFile.check(&values(name, bytes.to_vec())).unwrap_err()
    }

    fn one(action: &Action, colour: [f32; 3]) -> [f32; 3] {
        let Action::Pointwise(look) = action else { panic!("not pointwise") };
        let [mut r, mut g, mut b] = colour.map(|v| [v]);
        let size = Size::new(1, 1).unwrap();
        look.row(Level::PLAIN, Row { colour: [&mut r, &mut g, &mut b], y: 0, size, seed: 0 });
        [r[0], g[0], b[0]]
    }

    #[test]
    fn both_kinds_of_file_give_the_same_look() {
        let lut = Lut::sampled(9, |[r, g, b]| [1.0 - r, b, g * 0.5]);
        let hald = lut.to_hald().unwrap();
        let png =
            encode(&hald, Format::Png, &EncodeOptions::default(), &Metadata::default(), &Context::default());
        let files = [values("a.cube", lut.to_cube().into_bytes()), values("a.PNG", png.unwrap())];
        for values in &files {
            assert_eq!(LutFile.check(values), Ok(()));
            let got = one(&LutFile.bind(values), [0.3, 0.6, 0.9]);
            let apart = got.iter().zip([0.7, 0.9, 0.3]).all(|(got, want)| (got - want).abs() < 2e-5);
            assert!(apart, "{got:?}");
        }
    }

    #[test]
    fn broken_files_are_refused_before_anything_runs() {
        assert_eq!(
            error("a.cube", b"LUT_3D_SIZE 2\n0 0\n"),
            "a.cube:2: \"0 0\" is not 3 numbers from -65504 to 65504"
        );
        assert!(error("a.png", b"LUT_3D_SIZE 2\n").starts_with("a.png: not a picture in a known format"));
    }

    #[test]
    fn without_a_file_nothing_changes() {
        let action = LutFile.bind(&Values::defaults(LutFile.params()));
        assert_eq!(one(&action, [0.1, 0.2, 3.0]), [0.1, 0.2, 3.0]);
    }
}
