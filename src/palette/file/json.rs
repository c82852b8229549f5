//! JSON: a list of objects, each with `hex` and perhaps `name` and `share`; or a list of colours as texts; or an object
//! with such a list as `colors`, as Lospec has it.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::json;

use super::super::{Palette, Swatch, hex, names};
use super::text::Wrong;

const LIST: &str = "a list of colours, such as [{\"hex\": \"#b08d3c\", \"name\": \"gold\"}] or [\"#b08d3c\"]";

pub(super) fn sniff(head: &str) -> bool {
    head.trim_start().starts_with(['[', '{'])
}

pub(super) fn read(text: &str) -> Result<Palette, Wrong> {
    let Whole(swatches) = serde_json::from_str(text).map_err(|error| {
        // The place stands in the message too; ours goes in front.
        let text = error.to_string();
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        (Some(error.line()).filter(|line| *line > 0), what.to_string())
    })?;
    Ok(Palette::new(swatches))
}

pub(super) fn write(palette: &Palette) -> String {
    let lines: Vec<_> = palette.iter().map(|swatch| format!("  {}", described(swatch))).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// A swatch with all that is known of it.
fn described(swatch: &Swatch) -> serde_json::Value {
    let chinese = names::chinese(swatch.rgb());
    let mut object = json!({
        "hex": swatch.hex(), "english": names::english(swatch.rgb()), "chinese": chinese.name,
        "pinyin": chinese.pinyin,
    });
    if let Some(name) = &swatch.name {
        object["name"] = json!(name);
    }
    if let Some(share) = swatch.share.filter(|share| share.is_finite()) {
        object["share"] = json!(share);
    }
    object
}

/// The whole file: a list, or an object that holds one.
struct Whole(Vec<Swatch>);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WholeVisitor)
    }
}

struct WholeVisitor;

impl<'de> Visitor<'de> for WholeVisitor {
    type Value = Whole;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(LIST)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Whole, A::Error> {
        let mut swatches = Vec::new();
        while let Some(One(swatch)) = list.next_element()? {
            if swatches.len() == Palette::MOST {
                return Err(de::Error::custom(format!("more than the {} colours allowed", Palette::MOST)));
            }
            swatches.push(swatch);
        }
        Ok(Whole(swatches))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Whole, A::Error> {
        let mut found = None;
        while let Some(key) = object.next_key::<String>()? {
            if matches!(key.as_str(), "colors" | "colours" | "palette" | "swatches") {
                found = Some(object.next_value::<Listed>()?);
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        let Listed(swatches) =
            found.ok_or_else(|| de::Error::custom(format!("no \"colors\" here, expected {LIST}")))?;
        Ok(Whole(swatches))
    }
}

/// A list and nothing else, so that objects do not nest without end.
struct Listed(Vec<Swatch>);

impl<'de> Deserialize<'de> for Listed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(WholeVisitor).map(|Whole(swatches)| Self(swatches))
    }
}

/// One swatch.
struct One(Swatch);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneVisitor)
    }
}

struct OneVisitor;

impl<'de> Visitor<'de> for OneVisitor {
    type Value = One;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a colour such as \"#b08d3c\" or {\"hex\": \"#b08d3c\"}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<One, E> {
        colour(text).map(|colour| One(Swatch::new(colour)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<One, A::Error> {
        let (mut found, mut name, mut share) = (None, None, None);
        while let Some(key) = object.next_key::<String>()? {
            match key.as_str() {
                "hex" | "color" | "colour" => found = Some(colour(&object.next_value::<String>()?)?),
                "name" => name = object.next_value::<Option<String>>()?,
                "share" => share = object.next_value::<Option<f64>>()?,
                _ => drop(object.next_value::<IgnoredAny>()?),
            }
        }
        let found = found.ok_or_else(|| de::Error::missing_field("hex"))?;
        if let Some(share) = share.filter(|share| !(0.0..=1.0).contains(share)) {
            return Err(de::Error::custom(format!("found the share {share}, expected 0 to 1")));
        }
        let swatch = Swatch::new(found).called(name.as_deref().unwrap_or_default());
        Ok(One(Swatch { share, ..swatch }))
    }
}

fn colour<E: de::Error>(text: &str) -> Result<[u8; 4], E> {
    let wrong =
        || de::Error::custom(format!("found \"{}\", expected a colour such as #b08d3c", hex::shown(text)));
    hex::read(text).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_shapes_are_read() {
        let wanted = [Swatch::opaque([255; 3]), Swatch::opaque([0, 0, 255])];
        for file in [
            "[\"#fff\", \"00f\"]",
            "{\"name\": \"x\", \"author\": {\"y\": [1]}, \"colors\": [\"ffffff\", \"0000ff\"]}",
            "[{\"hex\": \"#fff\", \"other\": [[]]}, {\"colour\": \"#0000FF\", \"name\": null}]",
        ] {
            assert_eq!(read(file).unwrap().swatches(), wanted, "{file}");
        }
    }

    #[test]
    fn rubbish_is_shown_with_its_line() {
        for (file, line, wanted) in [
            ("[\n\"#fff\",\n\"gold\"]", 3, "found \"gold\", expected a colour such as #b08d3c"),
            ("[\n{\"name\": \"x\"}]", 2, "missing field `hex`"),
            ("[{\"hex\": \"#fff\", \"share\": 2}]", 1, "found the share 2, expected 0 to 1"),
            ("[7]", 1, "invalid type: integer `7`, expected a colour such as"),
            ("{}", 1, "no \"colors\" here, expected a list of colours"),
            ("[\"#fff\"", 1, "EOF while parsing a list"),
        ] {
            let (found, text) = read(file).unwrap_err();
            assert!(found == Some(line) && text.starts_with(wanted), "{file}: {found:?} {text}");
        }
        assert!(read(&"[".repeat(100_000)).is_err() && read(&"{\"a\":".repeat(100_000)).is_err());
    }

    #[test]
    fn what_is_written_says_all() {
        let palette = Palette::new(vec![Swatch::opaque([0xd6, 0xec, 0xf0]).named("sky").with_share(0.5)]);
        let value: serde_json::Value = serde_json::from_str(&write(&palette)).unwrap();
        let wanted = json!([{"hex": "#d6ecf0", "name": "sky", "share": 0.5, "english": "lavender",
            "chinese": "月白", "pinyin": "yuèbái"}]);
        assert_eq!(value, wanted);
    }
}
