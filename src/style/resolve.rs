//! From a name or a file to one explicit list of steps: what is extended is laid underneath, what the user
//! sets goes on top.

use std::path::{Path, PathBuf};

use super::builtin::BUILTIN;
use super::file::{self, At, MAX_BYTES, MAX_STEPS, StepEntry, StyleFile};
use super::{Step, Style, StyleError};
use crate::op::param::{Palette, quoted};
use crate::op::{self, Operator, Values, nearest};

/// The most styles that may extend one another in a row.
const MAX_DEPTH: usize = 8;

impl Style {
    /// The style a user means: a path to a `.toml` file, or the name of a style that is shipped.
    pub fn find(reference: &str) -> Result<Self, StyleError> {
        let path = Path::new(reference);
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")) || path.components().count() > 1 {
            return Self::from_file(path);
        }
        let text = BUILTIN.iter().find(|(name, _)| *name == reference).map(|(_, text)| *text);
        let text = text.ok_or_else(|| unknown_style(reference))?;
        Source { name: reference, origin: format!("styles/{reference}.toml"), folder: None }.resolve(text, 0)
    }

    /// The style in a file. What it extends is a shipped style, or a file looked for beside it.
    pub fn from_file(path: &Path) -> Result<Self, StyleError> {
        from_file(path, 0)
    }

    /// The style in a text. It may extend shipped styles only.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, StyleError> {
        Source { name, origin: name.to_string(), folder: None }.resolve(text, 0)
    }

    /// Set a parameter of a step, as `--set exposure.ev=1` does.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), StyleError> {
        let wrong = |what: String| StyleError { origin: format!("--set {key}={value}"), line: None, what };
        let steps = self.steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>();
        let known = || {
            if steps.is_empty() {
                "it has no steps".into()
            } else {
                format!("it has {}", quoted(steps.iter().map(String::as_str)))
            }
        };
        let (name, param) = key
            .split_once('.')
            .ok_or_else(|| wrong("name a step and a parameter, as in exposure.ev=1".into()))?;
        let step = self.steps.iter_mut().find(|step| step.name == name).ok_or_else(|| {
            let hint = nearest(name, steps.iter().map(String::as_str))
                .map(|near| format!("; did you mean \"{near}\"?"));
            wrong(format!(
                "the style \"{}\" has no step \"{name}\"{}",
                self.name,
                hint.unwrap_or_else(|| format!("; {}", known()))
            ))
        })?;
        let declared = declared(step.op, param).map_err(wrong)?;
        let value = declared
            .kind
            .read_text(value, &Palette::new())
            .map_err(|error| wrong(format!("{key} = {error}")))?;
        step.values.set(declared.name, value);
        Ok(())
    }
}

fn unknown_style(reference: &str) -> StyleError {
    let names = || BUILTIN.iter().map(|(name, _)| *name);
    let hint = match nearest(reference, names()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there are {}; or give the path of a .toml file", quoted(names())),
    };
    StyleError {
        origin: reference.into(),
        line: None,
        what: format!("there is no style of this name; {hint}"),
    }
}

fn from_file(path: &Path, depth: usize) -> Result<Style, StyleError> {
    let origin = path.display().to_string();
    let wrong = |what: String| StyleError { origin: origin.clone(), line: None, what };
    // Asked before reading: a style that is a terabyte, or a device without an end, is not read at all.
    let length = std::fs::metadata(path).map_err(|error| wrong(unreadable(&error)))?.len();
    if length > MAX_BYTES as u64 {
        return Err(wrong(format!("{length} bytes are too many for a style; at most {MAX_BYTES} are read")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| wrong(unreadable(&error)))?;
    let name = path.file_stem().map_or_else(|| origin.clone(), |stem| stem.to_string_lossy().into_owned());
    let folder = path.parent().map(Path::to_path_buf);
    Source { name: &name, origin: origin.clone(), folder }.resolve(&text, depth)
}

fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; check the path".into(),
        std::io::ErrorKind::InvalidData => "it is not text in UTF-8; a style is a TOML file".into(),
        _ => format!("it cannot be read ({error}); check its permissions"),
    }
}

/// Where a style comes from: what it is called, what errors call it, where it looks for files beside it.
struct Source<'a> {
    name: &'a str,
    origin: String,
    folder: Option<PathBuf>,
}

impl Source<'_> {
    fn error(&self, line: usize, what: String) -> StyleError {
        StyleError { origin: self.origin.clone(), line: Some(line), what }
    }

    fn resolve(&self, text: &str, depth: usize) -> Result<Style, StyleError> {
        let file = file::read(&self.origin, text)?;
        let base = file.extends.as_ref().map(|extends| self.base(extends, depth)).transpose()?;
        let mut steps = base.as_ref().map(|base| base.steps.clone()).unwrap_or_default();
        let palette: Palette = file.palette.iter().cloned().collect();
        let mut touched = vec![false; steps.len()];
        for entry in &file.steps {
            self.lay(entry, &palette, &mut steps, &mut touched)?;
        }
        Ok(self.style(file, base, steps))
    }

    fn style(&self, file: StyleFile, base: Option<Style>, steps: Vec<Step>) -> Style {
        let text = |own: Option<String>, inherited: fn(&Style) -> &String| {
            own.or_else(|| base.as_ref().map(|base| inherited(base).clone()))
        };
        let title = file.name.unwrap_or_else(|| self.name.to_string());
        let about = text(file.about, |base| &base.about).unwrap_or_default();
        Style {
            name: self.name.to_string(),
            title_zh: file.name_zh.unwrap_or_else(|| title.clone()),
            about_zh: text(file.about_zh, |base| &base.about_zh).unwrap_or_else(|| about.clone()),
            title,
            about,
            steps,
        }
    }

    fn base(&self, extends: &At<String>, depth: usize) -> Result<Style, StyleError> {
        if depth >= MAX_DEPTH {
            return Err(self.error(
                extends.line,
                format!("more than {MAX_DEPTH} styles extend one another; do they go in a circle?"),
            ));
        }
        let beside = Path::new(&extends.value);
        match &self.folder {
            Some(folder) if beside.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")) => {
                from_file(&folder.join(beside), depth + 1)
            }
            _ => match BUILTIN.iter().find(|(name, _)| *name == extends.value) {
                Some((name, text)) => Source { name, origin: format!("styles/{name}.toml"), folder: None }
                    .resolve(text, depth + 1),
                None => Err(self.error(extends.line, format!("extends: {}", unknown_style(&extends.value)))),
            },
        }
    }

    /// Lay one entry over the steps inherited: the first untouched step of that operator takes its values,
    /// or it is a new step at the end.
    fn lay(
        &self,
        entry: &StepEntry,
        palette: &Palette,
        steps: &mut Vec<Step>,
        touched: &mut [bool],
    ) -> Result<(), StyleError> {
        let op = op::find(&entry.op.value)
            .ok_or_else(|| self.error(entry.op.line, unknown_op(&entry.op.value)))?;
        let inherited = (0..touched.len()).find(|i| !touched[*i] && steps[*i].op.name() == op.name());
        let index = match inherited {
            Some(index) => {
                touched[index] = true;
                index
            }
            None if steps.len() == MAX_STEPS => {
                return Err(self.error(
                    entry.op.line,
                    format!("with the style it extends there are more than {MAX_STEPS} steps"),
                ));
            }
            None => {
                steps.push(Step { name: free_name(op, steps), op, values: Values::defaults(op.params()) });
                steps.len() - 1
            }
        };
        for (key, at) in &entry.settings {
            let declared = declared(op, key).map_err(|what| self.error(at.line, what))?;
            let value = declared
                .kind
                .read(&at.value, palette)
                .map_err(|what| self.error(at.line, format!("{}.{key} = {what}", op.name())))?;
            steps[index].values.set(declared.name, value);
        }
        Ok(())
    }
}

fn free_name(op: &dyn Operator, steps: &[Step]) -> String {
    match steps.iter().filter(|step| step.op.name() == op.name()).count() {
        0 => op.name().to_string(),
        before => format!("{}_{}", op.name(), before + 1),
    }
}

fn unknown_op(name: &str) -> String {
    let known = || op::ALL.iter().map(|op| op.name());
    match nearest(name, known()) {
        Some(near) => format!("there is no operator \"{name}\"; did you mean \"{near}\"?"),
        None => format!("there is no operator \"{name}\"; there are {}", quoted(known())),
    }
}

fn declared(op: &dyn Operator, name: &str) -> Result<&'static op::Param, String> {
    let params = op.params();
    params.iter().find(|param| param.name == name).ok_or_else(|| {
        let known = || params.iter().map(|param| param.name);
        match nearest(name, known()) {
            Some(near) => format!("{} has no parameter \"{name}\"; did you mean \"{near}\"?", op.name()),
            None => format!("{} has no parameter \"{name}\"; it has {}", op.name(), quoted(known())),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Style::from_toml("mine", text).unwrap_err().to_string()
    }

    #[test]
    fn what_is_extended_lies_underneath() {
        let style = Style::from_toml(
            "mine",
            "extends = \"cyanotype\"\n[[step]]\nop = \"exposure\"\nev = 2\n[[step]]\nop = \"exposure\"",
        )
        .unwrap();
        let base = Style::find("cyanotype").unwrap();
        assert_eq!(style.steps.len(), base.steps.len() + 1, "the second exposure is a step of its own");
        let exposure = style.steps.iter().find(|step| step.name == "exposure").unwrap();
        assert_eq!(exposure.values.number("ev"), 2.0);
        assert_eq!(style.steps.last().unwrap().name, "exposure_2");
        assert_eq!(style.about, base.about);
    }

    #[test]
    fn the_palette_names_colours_of_steps() {
        let style = Style::from_toml(
            "mine",
            "[palette]\nnight = \"#102030\"\n[[step]]\nop = \"gradient_map\"\ncolors = [\"night\", \"#fff\"]",
        )
        .unwrap();
        assert!(style.to_toml().contains("colors = [\"#102030\", \"#ffffff\"]"), "{style:?}");
    }

    #[test]
    fn errors_name_the_line_the_value_and_the_range() {
        assert_eq!(
            error("[[step]]\nop = \"exposrue\""),
            "mine:2: there is no operator \"exposrue\"; did you mean \"exposure\"?"
        );
        assert_eq!(
            error("[[step]]\nop = \"blur\""),
            "mine:2: there is no operator \"blur\"; there are \"resize\", \"exposure\", \"gradient_map\""
        );
        assert_eq!(
            error("[[step]]\nop = \"exposure\"\nev = 11"),
            "mine:3: exposure.ev = 11 is not allowed; it must be a number from -10 to 10"
        );
        assert_eq!(
            error("[[step]]\nop = \"exposure\"\nstops = 1"),
            "mine:3: exposure has no parameter \"stops\"; it has \"ev\""
        );
        assert_eq!(
            error("extends = \"cyanotyp\""),
            "mine:1: extends: cyanotyp: there is no style of this name; did you mean \"cyanotype\"?"
        );
    }

    #[test]
    fn set_names_what_is_wrong() {
        let mut style = Style::find("cyanotype").unwrap();
        style.set("exposure.ev", "0.5").unwrap();
        let mut error = |key, value| style.set(key, value).unwrap_err().to_string();
        assert_eq!(
            error("exposure", "1"),
            "--set exposure=1: name a step and a parameter, as in exposure.ev=1"
        );
        assert_eq!(
            error("exposure.ev", "99"),
            "--set exposure.ev=99: exposure.ev = 99 is not allowed; it must be a number from -10 to 10"
        );
        assert_eq!(
            error("exposur.ev", "1"),
            "--set exposur.ev=1: the style \"cyanotype\" has no step \"exposur\"; did you mean \"exposure\"?"
        );
        assert_eq!(
            error("weave.sett", "1"),
            "--set weave.sett=1: the style \"cyanotype\" has no step \"weave\"; it has \"exposure\", \"gradient_map\""
        );
        assert_eq!(
            error("exposure.evv", "1"),
            "--set exposure.evv=1: exposure has no parameter \"evv\"; did you mean \"ev\"?"
        );
    }

    #[test]
    fn unknown_styles_get_a_hint() {
        let error = |name| Style::find(name).unwrap_err().to_string();
        assert_eq!(error("plian"), "plian: there is no style of this name; did you mean \"plain\"?");
        assert!(error("rococo").ends_with("; or give the path of a .toml file"));
        assert_eq!(error("nowhere/x.toml"), "nowhere/x.toml: there is no such file; check the path");
    }

    #[test]
    fn a_circle_is_found() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), "extends = \"b.toml\"").unwrap();
        std::fs::write(folder.path().join("b.toml"), "extends = \"a.toml\"").unwrap();
        let error = Style::from_file(&folder.path().join("a.toml")).unwrap_err().to_string();
        assert!(error.ends_with("more than 8 styles extend one another; do they go in a circle?"), "{error}");
    }
}
