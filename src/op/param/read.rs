//! From what is written, in a style file or on the command line, to a value that fits.

use std::collections::BTreeMap;

use toml::Value as Toml;

use super::{Asset, Kind, Length, Value, files, quoted};
use crate::color::Rgb;
use crate::op::nearest;

/// What a value may refer to: the palette of the style, and the files beside it.
pub trait Surroundings {
    /// The colours by name.
    fn palette(&self) -> &Palette;
    /// The file of that name, or why there is none.
    fn file(&self, name: &str) -> Result<Asset, String>;
}

/// A palette, and no files.
impl Surroundings for Palette {
    fn palette(&self) -> &Palette {
        self
    }

    fn file(&self, _name: &str) -> Result<Asset, String> {
        Err("a style without a folder of its own cannot bring files; save it to disk beside them".into())
    }
}

/// Colours by name, as a style's `[palette]` table has them.
pub type Palette = BTreeMap<String, Rgb>;

impl Kind {
    /// The value that `toml` stands for, or what is wrong with it: the value, and what is allowed.
    pub fn read(&self, toml: &Toml, around: &dyn Surroundings) -> Result<Value, String> {
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
            Self::Text { max } => match toml.as_str() {
                Some(text) if text.chars().count() <= max => Ok(Value::Text(text.into())),
                Some(text) => {
                    Err(format!("{} characters are too many; it must be {self}", text.chars().count()))
                }
                None => Err(wrong()),
            },
            Self::Flag => toml.as_bool().map(Value::Flag).ok_or_else(wrong),
            Self::Choice(words) => {
                let word = toml.as_str().ok_or_else(wrong)?;
                let known = words.iter().find(|known| **known == word);
                known.map(|known| Value::Choice(known)).ok_or_else(|| {
                    match nearest(word, words.iter().copied()) {
                        Some(near) => format!("{}; did you mean \"{near}\"?", wrong()),
                        None => wrong(),
                    }
                })
            }
            Self::Colors { min, max } => {
                let one = std::slice::from_ref(toml);
                let list = match toml.as_array() {
                    Some(list) => list.as_slice(),
                    None if min == 1 && toml.is_str() => one,
                    None => return Err(wrong()),
                };
                if !(min..=max).contains(&list.len()) {
                    return Err(format!("{} colours are not allowed; it must be {self}", list.len()));
                }
                let colors = list.iter().map(|entry| color(entry, around.palette()));
                colors.collect::<Result<_, _>>().map(Value::Colors)
            }
            Self::Length { min, max } => match Length::read(toml) {
                Some(length) if (min..=max).contains(&length.amount()) => Ok(Value::Length(length)),
                _ => Err(wrong()),
            },
            Self::Points { min, max } => points(toml, min, max).map(Value::Points).ok_or_else(wrong),
            Self::File(extensions) => {
                let name = toml.as_str().ok_or_else(wrong)?;
                file(name, extensions, around).map(Value::File)
            }
        }
    }

    /// The same from a word on the command line: `0.5`, `true`, `lanczos3`, `["#000", "#fff"]`.
    pub fn read_text(&self, text: &str, around: &dyn Surroundings) -> Result<Value, String> {
        let toml = match text.parse::<Toml>() {
            Ok(toml) if !matches!(self, Self::Choice(_) | Self::Text { .. }) => toml,
            _ if matches!(self, Self::Colors { .. }) => {
                Toml::Array(text.split(',').map(|color| Toml::String(color.trim().into())).collect())
            }
            _ => Toml::String(text.trim_matches('"').into()),
        };
        self.read(&toml, around)
    }
}

fn color(toml: &Toml, palette: &Palette) -> Result<Rgb, String> {
    let text = toml.as_str().ok_or_else(|| format!("{toml} is not a colour; write it as \"#rrggbb\""))?;
    if let Some(named) = palette.get(text) {
        return Ok(*named);
    }
    text.parse().map_err(|error| match nearest(text, palette.keys().map(String::as_str)) {
        Some(near) => format!("{error}, or did you mean \"{near}\" of the palette?"),
        None if palette.is_empty() => error,
        None => format!(
            "{error}, or name a colour of the palette: {}",
            quoted(palette.keys().map(String::as_str))
        ),
    })
}

/// Pairs of numbers from 0 to 1 whose first rises.
fn points(toml: &Toml, min: usize, max: usize) -> Option<Vec<[f32; 2]>> {
    let number = |toml: &Toml| toml.as_float().or_else(|| toml.as_integer().map(|i| i as f64));
    let pair = |toml: &Toml| match toml.as_array()?.as_slice() {
        [x, y] => Some([number(x)? as f32, number(y)? as f32]),
        _ => None,
    };
    let points: Vec<_> = toml.as_array()?.iter().map(pair).collect::<Option<_>>()?;
    let sound = points.iter().flatten().all(|v| (0.0..=1.0).contains(v));
    let rising = points.windows(2).all(|pair| pair[0][0] < pair[1][0]);
    ((min..=max).contains(&points.len()) && sound && rising).then_some(points)
}

/// A file a style names. It must lie in the style's own folder: a stranger's style reads nothing else.
fn file(name: &str, extensions: &[&str], around: &dyn Surroundings) -> Result<Option<Asset>, String> {
    if name.is_empty() {
        return Ok(None);
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    if !extension.is_some_and(|extension| extensions.contains(&extension.as_str())) {
        return Err(format!("\"{name}\" is not allowed; it must be {}", files(extensions)));
    }
    around.file(name).map(Some).map_err(|why| format!("\"{name}\": {why}"))
}
