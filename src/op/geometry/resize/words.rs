//! A size as people type it: `1600`, `1600x900`, `1600x900!`, `1600x900^`, `1600x`, `x900`, `50%`.

use std::fmt;
use std::str::FromStr;

use super::{Fit, Resize};

const FORMS: &str = "write 1600 (longer side), 1600x900 (fit within), 1600x900! (stretch), 1600x900^ (crop), \
                     1600x, x900 or 50%; sides from 1, per cents from 1 to 10000";

impl FromStr for Resize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || FORMS.to_string();
        let side = |text: &str| match text {
            "" => Ok(None),
            _ => text.parse().ok().filter(|side| *side > 0).map(Some).ok_or_else(wrong),
        };
        if let Some(percent) = text.strip_suffix('%') {
            let percent = percent.parse::<f64>().ok().filter(|p| (1.0..=10_000.0).contains(p));
            return Ok(Self { scale: Some(percent.ok_or_else(wrong)? / 100.0), ..Self::default() });
        }
        let (fit, sides) = match (text.strip_suffix('!'), text.strip_suffix('^')) {
            (Some(sides), _) => (Fit::Stretch, sides),
            (_, Some(sides)) => (Fit::Fill, sides),
            _ => (Fit::Fit, text),
        };
        match sides.split_once('x') {
            None if fit == Fit::Fit => {
                let longer = side(sides)?.ok_or_else(wrong)?;
                Ok(Self { longer: Some(longer), ..Self::default() })
            }
            None => Err(wrong()),
            Some((width, height)) => {
                let (width, height) = (side(width)?, side(height)?);
                let enough = if fit == Fit::Fit { width.or(height) } else { width.and(height) };
                enough.map(|_| Self { width, height, fit, ..Self::default() }).ok_or_else(wrong)
            }
        }
    }
}

impl fmt::Display for Resize {
    /// The form that is read back as this size; how pixels are found is not part of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |side: Option<u32>| side.map_or_else(String::new, |side| side.to_string());
        match (self.longer, self.scale) {
            (Some(longer), _) => write!(f, "{longer}"),
            (_, Some(scale)) => write!(f, "{}%", scale * 100.0),
            _ => {
                let end = match self.fit {
                    Fit::Fit => "",
                    Fit::Stretch => "!",
                    Fit::Fill => "^",
                };
                write!(f, "{}x{}{end}", side(self.width), side(self.height))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_in_every_form() {
        let read = |text: &str| text.parse::<Resize>().unwrap();
        assert_eq!(read("1600"), Resize { longer: Some(1600), ..Resize::default() });
        assert_eq!(read("50%"), Resize { scale: Some(0.5), ..Resize::default() });
        let both = Resize { width: Some(16), height: Some(9), ..Resize::default() };
        assert_eq!(read("16x9"), both);
        assert_eq!(read("16x9!"), Resize { fit: Fit::Stretch, ..both });
        assert_eq!(read("16x9^"), Resize { fit: Fit::Fill, ..both });
        assert_eq!(read("16x"), Resize { height: None, ..both });
        assert_eq!(read("x9"), Resize { width: None, ..both });
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["1600", "50%", "16x9", "16x9!", "16x9^", "16x", "x9", "33.3%"] {
            assert_eq!(text.parse::<Resize>().unwrap().to_string(), text);
        }
    }
}
