//! `.cube` files: Adobe, "Cube LUT Specification", version 1.0, 2013.
//!
//! Lines of text: words in capitals with what they set, then a colour a line, red fastest. Of what is found beside
//! the specification the input ranges of Resolve are understood. A word that is not known is an error, because
//! what it asks for would not be done.

use std::fmt::Write as _;

use super::{Lut, MOST_CUBE, MOST_LINE, MOST_VALUE, Point, Shape, UNIT, padded};
use crate::error::StyleError;

impl Lut {
    /// A `.cube` file; `name` is what errors call it.
    pub fn from_cube(name: &str, bytes: &[u8]) -> Result<Self, StyleError> {
        let text = String::from_utf8_lossy(bytes);
        let mut reader = Reader::default();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            reader.line(line.trim()).map_err(|what| StyleError {
                origin: name.into(),
                line: Some(number + 1),
                what,
            })?;
        }
        reader.finish().map_err(|what| StyleError { origin: name.into(), line: None, what })
    }

    /// The text of a `.cube` file, to six decimals.
    pub fn to_cube(&self) -> String {
        let title = self.title.replace(|c: char| c == '"' || c.is_control(), " ");
        let word = if self.is_cube() { "LUT_3D_SIZE" } else { "LUT_1D_SIZE" };
        let mut out = String::with_capacity(self.points.len() * 27 + 200);
        if !title.trim().is_empty() {
            let _ = writeln!(out, "TITLE \"{}\"", title.trim());
        }
        let _ = writeln!(out, "{word} {}", self.size());
        for (word, [r, g, b]) in ["DOMAIN_MIN", "DOMAIN_MAX"].into_iter().zip(self.domain) {
            let _ = writeln!(out, "{word} {r:?} {g:?} {b:?}");
        }
        for point in &self.points {
            // A zero that was rounded to keeps no sign.
            let [r, g, b, _] = point.map(|v| if v.abs() < 5e-7 { 0.0 } else { v });
            let _ = writeln!(out, "{r:.6} {g:.6} {b:.6}");
        }
        out
    }
}

/// What has been read so far.
struct Reader {
    title: String,
    shape: Option<(Shape, usize)>,
    domain: [[f32; 3]; 2],
    points: Vec<Point>,
}

impl Default for Reader {
    fn default() -> Self {
        Self { title: String::new(), shape: None, domain: UNIT, points: Vec::new() }
    }
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "" => Ok(()),
            _ if word.starts_with('#') => Ok(()),
            "TITLE" => {
                self.title = rest.trim_matches('"').chars().filter(|c| !c.is_control()).take(250).collect();
                Ok(())
            }
            "LUT_1D_SIZE" => self.size(Shape::Line, rest, MOST_LINE),
            "LUT_3D_SIZE" => self.size(Shape::Cube(0), rest, MOST_CUBE),
            "DOMAIN_MIN" | "DOMAIN_MAX" => {
                self.domain[usize::from(word == "DOMAIN_MAX")] = values(rest)?;
                Ok(())
            }
            "LUT_1D_INPUT_RANGE" | "LUT_3D_INPUT_RANGE" => {
                let [low, high] = values(rest)?;
                self.domain = [[low; 3], [high; 3]];
                Ok(())
            }
            _ if word.starts_with(|c: char| c.is_ascii_alphabetic()) => Err(unknown(word)),
            _ => self.point(line),
        }
    }

    fn size(&mut self, shape: Shape, text: &str, most: usize) -> Result<(), String> {
        if self.shape.is_some() {
            return Err("a size comes twice; a file holds one table, three curves or one cube".into());
        }
        let size = text.parse().ok().filter(|size| (2..=most).contains(size));
        let size = size.ok_or_else(|| format!("{} points are not allowed; 2 to {most} are", shown(text)))?;
        self.shape = Some(match shape {
            Shape::Line => (Shape::Line, size),
            Shape::Cube(_) => (Shape::Cube(size), size.pow(3)),
        });
        Ok(())
    }

    fn point(&mut self, line: &str) -> Result<(), String> {
        let (_, count) =
            self.shape.ok_or("the size (LUT_3D_SIZE or LUT_1D_SIZE) must come before the colours")?;
        if self.points.len() == count {
            return Err(format!("there are more colours than the {count} of the size"));
        }
        self.points.push(padded(values(line)?));
        Ok(())
    }

    fn finish(self) -> Result<Lut, String> {
        let (shape, count) =
            self.shape.ok_or("it names no size (LUT_3D_SIZE or LUT_1D_SIZE); is it a .cube file?")?;
        if self.points.len() < count {
            return Err(format!("it ends after {} of {count} colours", self.points.len()));
        }
        let [from, to] = self.domain;
        if from.iter().zip(to).any(|(from, to)| *from >= to || (1.0 / (to - from)).is_infinite()) {
            return Err("the domain is empty; DOMAIN_MAX must be greater than DOMAIN_MIN".into());
        }
        Ok(Lut { title: self.title, shape, points: self.points, domain: self.domain })
    }
}

/// Exactly so many numbers.
fn values<const N: usize>(text: &str) -> Result<[f32; N], String> {
    let mut words = text.split_whitespace();
    let mut values = [0.0; N];
    for value in &mut values {
        let word = words.next().unwrap_or_default();
        let sound = |v: &f32| v.abs() <= MOST_VALUE;
        *value = word.parse().ok().filter(sound).ok_or_else(|| wrong(text, N))?;
    }
    if words.next().is_some() { Err(wrong(text, N)) } else { Ok(values) }
}

fn wrong(text: &str, count: usize) -> String {
    format!("\"{}\" is not {count} numbers from -{MOST_VALUE} to {MOST_VALUE}", shown(text))
}

fn unknown(word: &str) -> String {
    format!(
        "\"{}\" is not known; there are TITLE, LUT_1D_SIZE, LUT_3D_SIZE, DOMAIN_MIN and DOMAIN_MAX",
        shown(word)
    )
}

/// The beginning of a text from outside, fit for a message.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(plain).take(40).collect()
}
