//! A style as a file again: complete, or with comments for someone who wants to start from it.

use std::fmt::Write as _;

use super::{CLOUD, COMMON, Step, Style};
use crate::mask;
use crate::op::{Param, Value, Values};

impl Style {
    /// The style as a file that stands on its own: nothing extended, every value of every step written out.
    pub fn to_toml(&self) -> String {
        let mut out = self.head();
        for step in &self.steps {
            out += &step_as(step, &|values, _| all(values));
        }
        if let Some(cloud) = &self.cloud {
            out += "\n[cloud]\n";
            out += &all(cloud);
        }
        out
    }

    /// A file to start a style from: this one, with what each value may be beside it.
    pub fn to_template(&self) -> String {
        let mut out = String::from(INTRODUCTION);
        out += &self.head();
        for step in &self.steps {
            writeln!(out, "\n# {}: {}", step.op.name(), step.op.about()).expect("text grows");
            out += step_as(step, &|values, params| explained(values, params)).trim_start_matches('\n');
        }
        out += EPILOGUE;
        let cloud = self.cloud.clone().unwrap_or_else(|| Values::defaults(CLOUD));
        out += "\n[cloud]\n";
        out += &explained(&cloud, CLOUD);
        out
    }

    fn head(&self) -> String {
        let text = |value: &str| toml::Value::String(value.into()).to_string();
        format!(
            "name = {}\nname_zh = {}\nabout = {}\nabout_zh = {}\n",
            text(&self.title),
            text(&self.title_zh),
            text(&self.about),
            text(&self.about_zh)
        )
    }
}

const INTRODUCTION: &str = "\
# A style of your own. Change what you like; `zhijin styles check` says whether it is valid,
# `zhijin apply THIS.toml photo.jpg` uses it. Lines that begin with # are comments.
# Lengths are in units of 1/1024 of the picture's longer side, or \"2%\" of it, or \"3px\".

";

const EPILOGUE: &str = "
# Any step may also say:
#   name    = \"glow\"       what --set and styles that extend this one call it
#   skip    = true         leave it out
#   opacity = 0.5          how much of it is seen
#   blend   = \"screen\"     how it is laid over what was there
#   weak    = { … }        what some values are at --strength 0
#   mask    = { by = \"tone\", to = 0.4, feather = 8 }   where it is seen

# What a cloud editor is told, so that the style has the same look there.";

type Lines<'a> = &'a dyn Fn(&Values, &'static [Param]) -> String;

fn step_as(step: &Step, lines: Lines<'_>) -> String {
    let mut out = format!("\n[[step]]\nop = \"{}\"\n", step.op.name());
    if !is_own_name(step) {
        out += &format!("name = \"{}\"\n", step.name);
    }
    out += &lines(&step.values, step.op.params());
    out += &spoken(&step.common, COMMON);
    if !step.weak.is_empty() {
        out += "[step.weak]\n";
        out.extend(step.weak.iter().map(|(name, value)| format!("{name} = {value}\n")));
    }
    if let Some(mask) = &step.mask {
        out += &format!("[step.mask]\nby = \"{}\"\n", mask.by.name());
        out += &lines(&mask.values, mask.by.params());
        out += &spoken(&mask.common, mask::COMMON);
    }
    out
}

/// Would the step be called so without being told?
fn is_own_name(step: &Step) -> bool {
    let rest = step.name.strip_prefix(step.op.name());
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('_').is_some_and(|n| n.parse::<u32>().is_ok())
    })
}

fn all(values: &Values) -> String {
    values.iter().map(|(name, value)| format!("{name} = {value}\n")).collect()
}

/// Only what differs from the default.
fn spoken(values: &Values, params: &[Param]) -> String {
    let differs = |name: &str, value: &Value| {
        params.iter().all(|param| param.name != name || param.default_value() != *value)
    };
    values
        .iter()
        .filter(|(name, value)| differs(name, value))
        .map(|(name, value)| format!("{name} = {value}\n"))
        .collect()
}

fn explained(values: &Values, params: &[Param]) -> String {
    let line = |(name, value)| {
        let param = params.iter().find(|param| param.name == name);
        let comment = param.map(|param| format!("# {} May be {}.\n", param.about, param.kind));
        format!("{}{name} = {value}\n", comment.unwrap_or_default())
    };
    values.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_the_style_it_was_made_from() {
        for name in crate::style::builtin_names() {
            let style = Style::find(name).unwrap();
            let again = Style::from_toml("mine", &style.to_template()).unwrap();
            let steps =
                |style: &Style| style.to_toml().split("[cloud]").next().map(|steps| steps.trim().to_string());
            assert_eq!(steps(&again), steps(&style), "{name}");
        }
    }

    #[test]
    fn names_masks_and_mixing_are_written_when_they_are_said() {
        let text = "[[step]]\nop = \"exposure\"\nname = \"lift\"\nev = 1.0\nopacity = 0.5\n[step.mask]\nby = \"skin\"\ninvert = true\n";
        let style = Style::from_toml("mine", text).unwrap();
        assert!(style.to_toml().ends_with(text), "{style:?}");
        assert_eq!(Style::from_toml("mine", &style.to_toml()).unwrap().to_toml(), style.to_toml());
    }
}
