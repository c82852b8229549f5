//! Values that fit their parameters.

use std::fmt;
use std::sync::Arc;

use toml::Value as Toml;

use super::{Length, Param};
use crate::color::Rgb;

/// A value that fits its parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// For [`Kind::Number`](super::Kind::Number).
    Number(f64),
    /// For [`Kind::Integer`](super::Kind::Integer).
    Integer(i64),
    /// For [`Kind::Flag`](super::Kind::Flag).
    Flag(bool),
    /// For [`Kind::Choice`](super::Kind::Choice): one of the declared words.
    Choice(&'static str),
    /// For [`Kind::Colors`](super::Kind::Colors).
    Colors(Vec<Rgb>),
    /// For [`Kind::Length`](super::Kind::Length).
    Length(Length),
    /// For [`Kind::Points`](super::Kind::Points).
    Points(Vec<[f32; 2]>),
    /// For [`Kind::Text`](super::Kind::Text).
    Text(String),
    /// For [`Kind::File`](super::Kind::File).
    File(Option<Asset>),
}

/// A file that a style brings along, read when the style was.
#[derive(Clone, PartialEq)]
pub struct Asset {
    /// What the style calls it.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<Vec<u8>>,
}

impl fmt::Debug for Asset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.bytes.len())
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
                match &list[..] {
                    [one] => f.write_str(one),
                    _ => write!(f, "[{}]", list.join(", ")),
                }
            }
            Self::Length(Length::Relative(units)) => write!(f, "{}", Toml::Float(*units)),
            Self::Length(Length::Pixels(pixels)) => write!(f, "\"{pixels}px\""),
            Self::Points(points) => {
                let list: Vec<_> =
                    points.iter().map(|[x, y]| format!("[{}, {}]", plain(*x), plain(*y))).collect();
                write!(f, "[{}]", list.join(", "))
            }
            Self::Text(text) => write!(f, "{}", Toml::String(text.clone())),
            Self::File(file) => {
                let name = file.as_ref().map_or("", |file| &file.name);
                write!(f, "{}", Toml::String(name.into()))
            }
        }
    }
}

/// The shortest decimal that reads back as the same `f32`, as TOML writes a number.
fn plain(value: f32) -> String {
    format!("{value:?}")
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

    /// A declared length.
    pub fn length(&self, name: &str) -> Length {
        match self.get(name) {
            Value::Length(length) => *length,
            other => panic!("{name} is declared as {other:?}, not as a length"),
        }
    }

    /// The points of a declared curve.
    pub fn points(&self, name: &str) -> &[[f32; 2]] {
        match self.get(name) {
            Value::Points(points) => points,
            other => panic!("{name} is declared as {other:?}, not as points"),
        }
    }

    /// A declared text.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Value::Text(text) => text,
            other => panic!("{name} is declared as {other:?}, not as a text"),
        }
    }

    /// A declared file, if one is named.
    pub fn file(&self, name: &str) -> Option<&Asset> {
        match self.get(name) {
            Value::File(file) => file.as_ref(),
            other => panic!("{name} is declared as {other:?}, not as a file"),
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
