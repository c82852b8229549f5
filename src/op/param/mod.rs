//! Parameters, declared once: name, kind with its range, default, one line of help. Everything else (style
//! files, `--set`, `styles show`, the docs) derives from the declaration.

mod length;
mod read;
mod value;

use std::fmt;

pub use length::Length;
pub use read::{Palette, Surroundings};
pub use value::{Asset, Value, Values};

/// One thing that can be set on an operator.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// The key in style files and after the dot in `--set step.param=value`.
    pub name: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Its value when nothing is said, written as in a style file.
    pub default: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A number in a closed range.
    Number {
        /// The least.
        min: f64,
        /// The most.
        max: f64,
    },
    /// A whole number in a closed range.
    Integer {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of colours, with the least and the most there may be. Where one is enough it needs no brackets.
    Colors {
        /// The least.
        min: usize,
        /// The most.
        max: usize,
    },
    /// A length that grows with the picture; the range is in units of 1/1024 of the longer side.
    Length {
        /// The least.
        min: f64,
        /// The most.
        max: f64,
    },
    /// Points of a curve, each x and y from 0 to 1, x rising.
    Points {
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
    },
    /// Words in quotes.
    Text {
        /// The most characters.
        max: usize,
    },
    /// A file beside the style file, with one of these extensions; none unless one is named.
    File(&'static [&'static str]),
}

fn files(extensions: &[&str]) -> String {
    format!("the name of a file ({})", extensions.join(", "))
}

impl fmt::Display for Kind {
    /// Ends the sentence "it must be …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Number { min, max } => write!(f, "a number from {min} to {max}"),
            Self::Integer { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Flag => write!(f, "true or false"),
            Self::Choice(words) => write!(f, "one of {}", quoted(words.iter().copied())),
            Self::Colors { min: 1, max: 1 } => write!(f, "a colour"),
            Self::Colors { min, max } => write!(f, "a list of {min} to {max} colours"),
            Self::Length { min, max } => {
                write!(f, "a length from {min} to {max} (1024 is the longer side; or \"2%\", \"3px\")")
            }
            Self::Points { min, max } => {
                write!(f, "a list of {min} to {max} points [x, y] from 0 to 1, x rising")
            }
            Self::Text { max } => write!(f, "a text of at most {max} characters"),
            Self::File(extensions) => f.write_str(&files(extensions)),
        }
    }
}

impl Param {
    /// The value when nothing is said.
    pub fn default_value(&self) -> Value {
        self.kind
            .read_text(self.default, &Palette::new())
            .unwrap_or_else(|error| panic!("the default of {} is declared wrongly: {error}", self.name))
    }
}

/// `"a", "b", "c"`
pub(crate) fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Size;

    fn error(kind: Kind, text: &str) -> String {
        kind.read_text(text, &Palette::new()).unwrap_err()
    }

    #[test]
    fn errors_name_the_value_and_the_range() {
        let number = Kind::Number { min: -10.0, max: 10.0 };
        assert_eq!(error(number, "11"), "11 is not allowed; it must be a number from -10 to 10");
        assert_eq!(error(number, "nan"), "nan is not allowed; it must be a number from -10 to 10");
        assert_eq!(
            error(Kind::Integer { min: 1, max: 9 }, "2.5"),
            "2.5 is not allowed; it must be a whole number from 1 to 9"
        );
        assert_eq!(error(Kind::Flag, "yes"), "\"yes\" is not allowed; it must be true or false");
        assert_eq!(
            error(Kind::Choice(&["fit", "fill"]), "fil"),
            "\"fil\" is not allowed; it must be one of \"fit\", \"fill\"; did you mean \"fit\"?"
        );
        let colors = Kind::Colors { min: 2, max: 3 };
        assert_eq!(error(colors, "#fff"), "1 colours are not allowed; it must be a list of 2 to 3 colours");
        assert_eq!(error(colors, "#fff, gold"), "\"gold\" is not a colour; write it as #rrggbb or #rgb");
    }

    #[test]
    fn the_palette_names_colours() {
        let palette = Palette::from([("gold".into(), "#b08d3c".parse().unwrap())]);
        let kind = Kind::Colors { min: 1, max: 2 };
        assert_eq!(kind.read_text("gold", &palette).unwrap().to_string(), "\"#b08d3c\"");
        let error = kind.read_text("golf", &palette).unwrap_err();
        assert!(error.ends_with("or did you mean \"gold\" of the palette?"), "{error}");
    }

    #[test]
    fn lengths_grow_with_the_picture_unless_they_are_pixels() {
        let kind = Kind::Length { min: 0.0, max: 100.0 };
        let pixels = |text: &str| match kind.read_text(text, &Palette::new()) {
            Ok(Value::Length(length)) => Ok(length.pixels(Size::new(2048, 100).unwrap())),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(error),
        };
        assert_eq!([pixels("3"), pixels("1%"), pixels("5px")], [Ok(6.0), Ok(20.48), Ok(5.0)]);
        let wrong = "a length from 0 to 100 (1024 is the longer side; or \"2%\", \"3px\")";
        assert_eq!(pixels("3cm"), Err(format!("\"3cm\" is not allowed; it must be {wrong}")));
        assert_eq!(pixels("50%"), Err(format!("\"50%\" is not allowed; it must be {wrong}")));
    }

    #[test]
    fn points_rise_and_files_have_a_known_ending() {
        let kind = Kind::Points { min: 2, max: 3 };
        for wrong in ["[[0, 0]]", "[[0, 0], [0, 1]]", "[[0, 0], [1, 2]]", "[[0, 0], [1]]", "3"] {
            assert!(
                error(kind, wrong)
                    .ends_with("it must be a list of 2 to 3 points [x, y] from 0 to 1, x rising")
            );
        }
        let kind = Kind::File(&["png", "cube"]);
        assert_eq!(
            error(kind, "look.exe"),
            "\"look.exe\" is not allowed; it must be the name of a file (png, cube)"
        );
        assert!(error(kind, "look.cube").contains("cannot bring files"));
        assert_eq!(kind.read_text("", &Palette::new()), Ok(Value::File(None)));
    }

    #[test]
    fn values_are_written_as_they_are_read() {
        for (kind, text) in [
            (Kind::Number { min: 0.0, max: 5.0 }, "2.0"),
            (Kind::Integer { min: 0, max: 5 }, "2"),
            (Kind::Flag, "true"),
            (Kind::Choice(&["a", "b"]), "\"b\""),
            (Kind::Colors { min: 1, max: 9 }, "[\"#000000\", \"#ffffff\"]"),
            (Kind::Colors { min: 1, max: 1 }, "\"#000000\""),
            (Kind::Length { min: 0.0, max: 9.0 }, "2.5"),
            (Kind::Length { min: 0.0, max: 9.0 }, "\"2.5px\""),
            (Kind::Points { min: 2, max: 9 }, "[[0.0, 0.1], [1.0, 0.9]]"),
            (Kind::File(&["png"]), "\"\""),
        ] {
            assert_eq!(kind.read_text(text, &Palette::new()).unwrap().to_string(), text);
        }
    }
}
