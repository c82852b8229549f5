//! One style file, read with the line of everything in it, unknown keys refused.
//!
//! A style file may come from a stranger. It holds no code, and its size and the number of its steps are
//! bounded before anything is done with it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{COMMON, StyleError};
use crate::color::Rgb;
use crate::op::{nearest, param::quoted};

/// The most bytes a style file may have.
pub(super) const MAX_BYTES: usize = 256 << 10;
/// The most steps a style may have.
pub(super) const MAX_STEPS: usize = 64;

const KEYS: [&str; 8] = ["name", "name_zh", "about", "about_zh", "extends", "palette", "step", "cloud"];

/// A value and the line it stands on.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) line: usize,
    pub(super) value: T,
}

/// What a style file says, before anything it extends is added.
#[derive(Debug, Default)]
pub(super) struct StyleFile {
    pub(super) name: Option<String>,
    pub(super) name_zh: Option<String>,
    pub(super) about: Option<String>,
    pub(super) about_zh: Option<String>,
    pub(super) extends: Option<At<String>>,
    pub(super) palette: Vec<(String, Rgb)>,
    pub(super) steps: Vec<StepEntry>,
    pub(super) cloud: Option<Settings>,
}

/// Keys and values that a declaration will judge.
pub(super) type Settings = Vec<(String, At<toml::Value>)>;

/// One `[[step]]`. It has an operator, a name, or both.
#[derive(Debug)]
pub(super) struct StepEntry {
    pub(super) line: usize,
    pub(super) op: Option<At<String>>,
    pub(super) name: Option<At<String>>,
    pub(super) settings: Settings,
    pub(super) common: Settings,
    pub(super) weak: Settings,
    pub(super) mask: Option<MaskEntry>,
}

/// The mask of a step.
#[derive(Debug)]
pub(super) struct MaskEntry {
    pub(super) line: usize,
    pub(super) by: Option<At<String>>,
    pub(super) settings: Settings,
}

/// Read a style file; `origin` is what errors call it.
pub(super) fn read(origin: &str, text: &str) -> Result<StyleFile, StyleError> {
    let reader = Reader { origin, text };
    if text.len() > MAX_BYTES {
        return Err(reader.error(
            None,
            format!("{} bytes are too many for a style; at most {MAX_BYTES} are read", text.len()),
        ));
    }
    let table = DeTable::parse(text).map_err(|error| {
        reader.error(error.span().map(|span| reader.line(span.start)), error.message().to_string())
    })?;
    reader.file(table.get_ref())
}

struct Reader<'a> {
    origin: &'a str,
    text: &'a str,
}

type Entry<'t, 'i> = &'t Spanned<DeValue<'i>>;

impl Reader<'_> {
    fn error(&self, line: Option<usize>, what: String) -> StyleError {
        StyleError { origin: self.origin.into(), line, what }
    }

    fn line(&self, at: usize) -> usize {
        1 + self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count()
    }

    fn file(&self, table: &DeTable<'_>) -> Result<StyleFile, StyleError> {
        let mut file = StyleFile::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => file.name = Some(self.string("name", value)?.value),
                "name_zh" => file.name_zh = Some(self.string("name_zh", value)?.value),
                "about" => file.about = Some(self.string("about", value)?.value),
                "about_zh" => file.about_zh = Some(self.string("about_zh", value)?.value),
                "extends" => file.extends = Some(self.string("extends", value)?),
                "palette" => file.palette = self.palette(value)?,
                "step" => file.steps = self.steps(value)?,
                "cloud" => file.cloud = Some(self.settings("cloud", "[cloud]", value)?),
                other => return Err(self.unknown_key(other, self.line(key.span().start), "a style", KEYS)),
            }
        }
        Ok(file)
    }

    fn unknown_key<'k>(
        &self,
        key: &str,
        line: usize,
        place: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> StyleError {
        let known: Vec<_> = known.into_iter().collect();
        let hint = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("it knows {}", quoted(known)),
        };
        self.error(Some(line), format!("{place} has no key \"{key}\"; {hint}"))
    }

    fn string(&self, key: &str, value: Entry<'_, '_>) -> Result<At<String>, StyleError> {
        let line = self.line(value.span().start);
        match value.get_ref() {
            DeValue::String(text) => Ok(At { line, value: text.to_string() }),
            other => Err(self.error(
                Some(line),
                format!("{key} is of type {}; it must be a text in quotes", other.type_str()),
            )),
        }
    }

    fn palette(&self, value: Entry<'_, '_>) -> Result<Vec<(String, Rgb)>, StyleError> {
        let DeValue::Table(table) = value.get_ref() else {
            let line = Some(self.line(value.span().start));
            return Err(self.error(line, "palette must be a table of names and colours, [palette]".into()));
        };
        let entry = |(key, value): (&Spanned<_>, Entry<'_, '_>)| {
            let name: &std::borrow::Cow<'_, str> = key.get_ref();
            let text = self.string(name, value)?;
            let color = text
                .value
                .parse()
                .map_err(|error| self.error(Some(text.line), format!("palette.{name}: {error}")))?;
            Ok((name.to_string(), color))
        };
        table.iter().map(entry).collect()
    }

    fn steps(&self, value: Entry<'_, '_>) -> Result<Vec<StepEntry>, StyleError> {
        let line = Some(self.line(value.span().start));
        let DeValue::Array(list) = value.get_ref() else {
            return Err(self.error(line, "step must be a list of tables, each begun by [[step]]".into()));
        };
        if list.len() > MAX_STEPS {
            return Err(self
                .error(line, format!("{} steps are too many; a style has at most {MAX_STEPS}", list.len())));
        }
        list.iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, value: Entry<'_, '_>) -> Result<StepEntry, StyleError> {
        let line = self.line(value.span().start);
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.error(Some(line), "a step must be a table, begun by [[step]]".into()));
        };
        let (settings, common, weak) = (Vec::new(), Vec::new(), Vec::new());
        let mut step = StepEntry { line, op: None, name: None, settings, common, weak, mask: None };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "op" => step.op = Some(self.string("op", value)?),
                "name" => step.name = Some(self.step_name(value)?),
                "weak" => step.weak = self.weak(value)?,
                "mask" => step.mask = Some(self.mask(value)?),
                key if COMMON.iter().any(|param| param.name == key) => {
                    step.common.push((key.to_string(), self.setting(key, value)?));
                }
                key => step.settings.push((key.to_string(), self.setting(key, value)?)),
            }
        }
        if step.op.is_none() && step.name.is_none() {
            return Err(self.error(Some(line), "a step must say what it does; add op = \"…\"".into()));
        }
        Ok(step)
    }

    /// Names are typed after `--set`, so they are plain words.
    fn step_name(&self, value: Entry<'_, '_>) -> Result<At<String>, StyleError> {
        let name = self.string("name", value)?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if !(1..=40).contains(&name.value.len()) || !name.value.chars().all(plain) {
            let what = format!(
                "a step cannot be named \"{}\"; use 1 to 40 of a to z, 0 to 9 and _",
                name.value.chars().take(60).collect::<String>()
            );
            return Err(self.error(Some(name.line), what));
        }
        Ok(name)
    }

    fn mask(&self, value: Entry<'_, '_>) -> Result<MaskEntry, StyleError> {
        let line = self.line(value.span().start);
        let DeValue::Table(table) = value.get_ref() else {
            let what = "mask must be a table, as in mask = { by = \"tone\", to = 0.3 }";
            return Err(self.error(Some(line), what.into()));
        };
        let mut mask = MaskEntry { line, by: None, settings: Vec::new() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "by" => mask.by = Some(self.string("by", value)?),
                key => mask.settings.push((key.to_string(), self.setting(key, value)?)),
            }
        }
        Ok(mask)
    }

    fn weak(&self, value: Entry<'_, '_>) -> Result<Settings, StyleError> {
        if let DeValue::Table(_) = value.get_ref() {
            return self.settings("weak", "[step.weak]", value);
        }
        let line = Some(self.line(value.span().start));
        Err(self.error(line, "weak must be a table, as in weak = { size = 2 }".into()))
    }

    fn settings(&self, key: &str, header: &str, value: Entry<'_, '_>) -> Result<Settings, StyleError> {
        let DeValue::Table(table) = value.get_ref() else {
            let line = Some(self.line(value.span().start));
            return Err(self.error(line, format!("{key} must be a table, begun by {header}")));
        };
        let setting = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, Entry<'_, '_>)| {
            Ok((key.get_ref().to_string(), self.setting(key.get_ref(), value)?))
        };
        table.iter().map(setting).collect()
    }

    /// A value on its own, read again from its place in the text.
    fn setting(&self, key: &str, value: Entry<'_, '_>) -> Result<At<toml::Value>, StyleError> {
        let line = self.line(value.span().start);
        let unfit =
            || self.error(Some(line), format!("{key} is a table, which no parameter is; write {key} = …"));
        let value = self.text.get(value.span()).and_then(|text| text.parse().ok()).ok_or_else(unfit)?;
        Ok(At { line, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        read("my.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_file_is_read_with_its_lines() {
        let text = "about = \"x\"\nextends = \"plain\"\n[palette]\ngold = \"#b08d3c\"\n\n[[step]]\nop = \"exposure\"\nev = 1\n";
        let file = read("my.toml", text).unwrap();
        assert_eq!(file.extends.unwrap().line, 2);
        assert_eq!(file.palette[0].1.to_string(), "#b08d3c");
        let step = &file.steps[0];
        assert_eq!((step.op.as_ref().unwrap().line, step.settings[0].1.line), (7, 8));
        assert_eq!(step.settings[0].1.value, toml::Value::Integer(1));
    }

    #[test]
    fn errors_say_the_file_the_line_and_what_is_known() {
        assert_eq!(
            error("abuot = \"x\""),
            "my.toml:1: a style has no key \"abuot\"; did you mean \"about\"?"
        );
        assert_eq!(
            error("\ntexture = 1"),
            "my.toml:2: a style has no key \"texture\"; it knows \"name\", \"name_zh\", \"about\", \"about_zh\", \"extends\", \"palette\", \"step\", \"cloud\""
        );
        assert_eq!(error("about = 3"), "my.toml:1: about is of type integer; it must be a text in quotes");
        assert_eq!(error("[[step]]\nev = 1"), "my.toml:1: a step must say what it does; add op = \"…\"");
        assert_eq!(
            error("[step]\nop = \"x\""),
            "my.toml:1: step must be a list of tables, each begun by [[step]]"
        );
        assert_eq!(error("step = [1]"), "my.toml:1: a step must be a table, begun by [[step]]");
        assert_eq!(
            error("palette = 1"),
            "my.toml:1: palette must be a table of names and colours, [palette]"
        );
        assert_eq!(
            error("[palette]\ngold = \"shiny\""),
            "my.toml:2: palette.gold: \"shiny\" is not a colour; write it as #rrggbb or #rgb"
        );
        assert!(error("about = \"x").starts_with("my.toml:1: "), "{}", error("about = \"x"));
    }

    #[test]
    fn a_stranger_cannot_be_endless() {
        let steps = "[[step]]\nop = \"exposure\"\n".repeat(65);
        assert!(
            error(&steps).ends_with("65 steps are too many; a style has at most 64"),
            "{}",
            error(&steps)
        );
        let long = "#".repeat(MAX_BYTES + 1);
        assert_eq!(error(&long), "my.toml: 262145 bytes are too many for a style; at most 262144 are read");
        let deep = format!("about = {}", "[".repeat(100_000));
        assert!(read("my.toml", &deep).is_err());
    }
}
