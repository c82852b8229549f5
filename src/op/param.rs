//! Parameters, declared once: name, kind with its range, default, one line of help. Everything else (style
//! files, `--set`, `styles show`, the docs) derives from the declaration.

use std::collections::BTreeMap;
use std::fmt;

use toml::Value as Toml;

use crate::color::Rgb;

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
    /// A list of colours, with the least and the most there may be.
    Colors {
        /// The least.
        min: usize,
        /// The most.
        max: usize,
    },
}

/// A value that fits its parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// For [`Kind::Number`].
    Number(f64),
    /// For [`Kind::Integer`].
    Integer(i64),
    /// For [`Kind::Flag`].
    Flag(bool),
    /// For [`Kind::Choice`]: one of the declared words.
    Choice(&'static str),
    /// For [`Kind::Colors`].
    Colors(Vec<Rgb>),
}

/// Colours by name, as a style's `[palette]` table has them.
pub type Palette = BTreeMap<String, Rgb>;

impl Kind {
    /// The value that `toml` stands for, or what is wrong with it: the value, and what is allowed.
    pub fn read(&self, toml: &Toml, palette: &Palette) -> Result<Value, String> {
        let wrong = || format!("{toml} is not allowed; it must be {self}");
        match *self {
            Self::Number { min, max } => {
                let number =
                    toml.as_float().or_else(|| toml.as_integer().map(|i| i as f64)).ok_or_else(wrong)?;
                if (min..=max).contains(&number) { Ok(Value::Number(number)) } else { Err(wrong()) }
            }
            Self::Integer { min, max } => match toml.as_integer() {
                Some(number) if (min..=max).contains(&number) => Ok(Value::Integer(number)),
                _ => Err(wrong()),
            },
            Self::Flag => toml.as_bool().map(Value::Flag).ok_or_else(wrong),
            Self::Choice(words) => {
                let word = toml.as_str().ok_or_else(wrong)?;
                let known = words.iter().find(|known| **known == word);
                known.map(|known| Value::Choice(known)).ok_or_else(|| {
                    match super::nearest(word, words.iter().copied()) {
                        Some(near) => format!("{}; did you mean \"{near}\"?", wrong()),
                        None => wrong(),
                    }
                })
            }
            Self::Colors { min, max } => {
                let list = toml.as_array().ok_or_else(wrong)?;
                if !(min..=max).contains(&list.len()) {
                    return Err(format!("{} colours are not allowed; it must be {self}", list.len()));
                }
                list.iter().map(|entry| color(entry, palette)).collect::<Result<_, _>>().map(Value::Colors)
            }
        }
    }

    /// The same from a word on the command line: `0.5`, `true`, `lanczos3`, `["#000", "#fff"]`.
    pub fn read_text(&self, text: &str, palette: &Palette) -> Result<Value, String> {
        let toml = match text.parse::<Toml>() {
            Ok(toml) if !matches!(self, Self::Choice(_)) => toml,
            _ if matches!(self, Self::Colors { .. }) => {
                Toml::Array(text.split(',').map(|color| Toml::String(color.trim().into())).collect())
            }
            _ => Toml::String(text.trim_matches('"').into()),
        };
        self.read(&toml, palette)
    }
}

fn color(toml: &Toml, palette: &Palette) -> Result<Rgb, String> {
    let text = toml.as_str().ok_or_else(|| format!("{toml} is not a colour; write it as \"#rrggbb\""))?;
    if let Some(named) = palette.get(text) {
        return Ok(*named);
    }
    text.parse().map_err(|error| match super::nearest(text, palette.keys().map(String::as_str)) {
        Some(near) => format!("{error}, or did you mean \"{near}\" of the palette?"),
        None if palette.is_empty() => error,
        None => format!(
            "{error}, or name a colour of the palette: {}",
            quoted(palette.keys().map(String::as_str))
        ),
    })
}

/// `"a", "b", "c"`
pub(crate) fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Kind {
    /// Ends the sentence "it must be …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Number { min, max } => write!(f, "a number from {min} to {max}"),
            Self::Integer { min, max } => write!(f, "a whole number from {min} to {max}"),
            Self::Flag => write!(f, "true or false"),
            Self::Choice(words) => write!(f, "one of {}", quoted(words.iter().copied())),
            Self::Colors { min, max } => write!(f, "a list of {min} to {max} colours"),
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

impl fmt::Display for Value {
    /// As a style file writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{}", Toml::Float(*number)),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Choice(word) => write!(f, "\"{word}\""),
            Self::Colors(colors) => {
                let list: Vec<_> = colors.iter().map(|color| format!("\"{color}\"")).collect();
                write!(f, "[{}]", list.join(", "))
            }
        }
    }
}

/// A value for each parameter of one operator, in the order they are declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Values(Vec<(&'static str, Value)>);

impl Values {
    /// Nothing said about anything.
    pub fn defaults(params: &[Param]) -> Self {
        Self(params.iter().map(|param| (param.name, param.default_value())).collect())
    }

    /// Say something about one. The value must come from that parameter's [`Kind`].
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        if let Some((_, old)) = self.0.iter_mut().find(|(known, _)| *known == name) {
            *old = value;
        }
    }

    /// Each name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    fn get(&self, name: &str) -> &Value {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| value)
            .unwrap_or_else(|| panic!("the operator asks for {name} without declaring it"))
    }

    /// A declared number.
    pub fn number(&self, name: &str) -> f32 {
        match self.get(name) {
            Value::Number(number) => *number as f32,
            other => panic!("{name} is declared as {other:?}, not as a number"),
        }
    }

    /// A declared whole number.
    pub fn integer(&self, name: &str) -> i64 {
        match self.get(name) {
            Value::Integer(number) => *number,
            other => panic!("{name} is declared as {other:?}, not as a whole number"),
        }
    }

    /// A declared flag.
    pub fn flag(&self, name: &str) -> bool {
        match self.get(name) {
            Value::Flag(flag) => *flag,
            other => panic!("{name} is declared as {other:?}, not as a flag"),
        }
    }

    /// A declared choice.
    pub fn choice(&self, name: &str) -> &'static str {
        match self.get(name) {
            Value::Choice(word) => word,
            other => panic!("{name} is declared as {other:?}, not as a choice"),
        }
    }

    /// A declared list of colours.
    pub fn colors(&self, name: &str) -> &[Rgb] {
        match self.get(name) {
            Value::Colors(colors) => colors,
            other => panic!("{name} is declared as {other:?}, not as colours"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(kind.read_text("gold", &palette).unwrap().to_string(), "[\"#b08d3c\"]");
        let error = kind.read_text("golf", &palette).unwrap_err();
        assert!(error.ends_with("or did you mean \"gold\" of the palette?"), "{error}");
    }

    #[test]
    fn values_are_written_as_they_are_read() {
        for (kind, text) in [
            (Kind::Number { min: 0.0, max: 5.0 }, "2.0"),
            (Kind::Integer { min: 0, max: 5 }, "2"),
            (Kind::Flag, "true"),
            (Kind::Choice(&["a", "b"]), "\"b\""),
            (Kind::Colors { min: 1, max: 9 }, "[\"#000000\", \"#ffffff\"]"),
        ] {
            assert_eq!(kind.read_text(text, &Palette::new()).unwrap().to_string(), text);
        }
    }
}
