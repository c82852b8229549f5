//! From a style file to one explicit list of steps: what is extended is laid underneath, what the user
//! sets goes on top.

use super::file::{At, MAX_STEPS, MaskEntry, Settings, StepEntry, StyleFile};
use super::source::{Anywhere, Source};
use super::{CLOUD, COMMON, Step, StepMask, Style, StyleError};
use crate::mask::{self, Masker};
use crate::op::param::{Palette, Surroundings, quoted};
use crate::op::{self, Operator, Param, Values, nearest};

impl Style {
    /// Set a parameter of a step, as `--set exposure.ev=1` does.
    ///
    /// After the step's name comes a parameter of its operator, one of [`COMMON`], or `mask.` and a parameter of its mask.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), StyleError> {
        let wrong = |what: String| StyleError { origin: format!("--set {key}={value}"), line: None, what };
        let (name, param) = key
            .split_once('.')
            .ok_or_else(|| wrong("name a step and a parameter, as in exposure.ev=1".into()))?;
        let unknown = self.unknown_step(name);
        let step = self.steps.iter_mut().find(|step| step.name == name).ok_or_else(|| wrong(unknown))?;
        let (declared, values) = step.place(param).map_err(wrong)?;
        let value = declared
            .kind
            .read_text(value, &Anywhere(Palette::new()))
            .map_err(|error| wrong(format!("{key} = {error}")))?;
        values.set(declared.name, value);
        step.check().map_err(wrong)?;
        self.mixes().map_err(|(_, what)| wrong(what))
    }

    fn unknown_step(&self, name: &str) -> String {
        let steps = || self.steps.iter().map(|step| step.name.as_str());
        let hint = match nearest(name, steps()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if self.steps.is_empty() => "it has no steps".into(),
            None => format!("it has {}", quoted(steps())),
        };
        format!("the style \"{}\" has no step \"{name}\"; {hint}", self.name)
    }

    /// Can each step be mixed as it says? If not, which cannot, and why.
    fn mixes(&self) -> Result<(), (usize, String)> {
        for (index, step) in self.steps.iter().enumerate() {
            if step.op.keeps_size() || step.mixing().is_none() {
                continue;
            }
            let name = step.op.name();
            let what = format!(
                "{name} changes the size, so it cannot be masked or blended; take its mask, blend and opacity away"
            );
            return Err((index, what));
        }
        Ok(())
    }
}

impl Step {
    /// What is wrong with its values together.
    fn check(&self) -> Result<(), String> {
        self.op.check(&self.values)?;
        self.mask.as_ref().map_or(Ok(()), |mask| mask.by.check(&mask.values))
    }

    /// The declaration and the values that a name after the step's refers to.
    fn place(&mut self, name: &str) -> Result<(&'static Param, &mut Values), String> {
        if let Some(name) = name.strip_prefix("mask.") {
            let mask = self.mask.as_mut().ok_or_else(|| format!("the step \"{}\" has no mask", self.name))?;
            return Ok(match mask::COMMON.iter().find(|param| param.name == name) {
                Some(param) => (param, &mut mask.common),
                None => (in_mask(mask.by, name)?, &mut mask.values),
            });
        }
        Ok(match COMMON.iter().find(|param| param.name == name) {
            Some(param) => (param, &mut self.common),
            None => (declared(self.op, name)?, &mut self.values),
        })
    }
}

impl Source<'_> {
    /// The style that the file says, laid over what it extends.
    pub(super) fn flatten(
        &self,
        file: StyleFile,
        base: Option<Style>,
        around: &dyn Surroundings,
    ) -> Result<Style, StyleError> {
        let mut steps = base.as_ref().map(|base| base.steps.clone()).unwrap_or_default();
        let mut touched = vec![false; steps.len()];
        let mut lines = vec![0; steps.len()];
        for entry in &file.steps {
            let index = self.lay(entry, around, &mut steps, &mut touched)?;
            lines.resize(steps.len(), 0);
            lines[index] = entry.line;
        }
        let cloud = self.cloud(&file, base.as_ref(), around)?;
        let style = self.style(file, base, steps, cloud);
        style.mixes().map_err(|(index, what)| self.error(lines[index], what))?;
        Ok(style)
    }

    fn style(&self, file: StyleFile, base: Option<Style>, steps: Vec<Step>, cloud: Option<Values>) -> Style {
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
            cloud,
        }
    }

    fn cloud(
        &self,
        file: &StyleFile,
        base: Option<&Style>,
        around: &dyn Surroundings,
    ) -> Result<Option<Values>, StyleError> {
        let inherited = base.and_then(|base| base.cloud.clone());
        let Some(settings) = &file.cloud else { return Ok(inherited) };
        let mut values = inherited.unwrap_or_else(|| Values::defaults(CLOUD));
        self.fill("cloud", settings, CLOUD, &mut values, around)?;
        Ok(Some(values))
    }

    /// Lay one entry over the steps inherited, and say which it was: the one of that name, or the first untouched
    /// one of that operator, or a new one at the end.
    fn lay(
        &self,
        entry: &StepEntry,
        around: &dyn Surroundings,
        steps: &mut Vec<Step>,
        touched: &mut [bool],
    ) -> Result<usize, StyleError> {
        let op = entry.op.as_ref().map(|name| self.operator(name)).transpose()?;
        let named =
            entry.name.as_ref().and_then(|name| steps.iter().position(|step| step.name == name.value));
        let same_op = |index: &usize| op.is_some_and(|op| steps[*index].op.name() == op.name());
        let inherited = match &entry.name {
            Some(name) => self.known_by_name(name, named, op, steps)?,
            None => (0..touched.len()).find(|index| !touched[*index] && same_op(index)),
        };
        let index = match (inherited, op) {
            (Some(index), _) => {
                if let Some(touched) = touched.get_mut(index) {
                    *touched = true;
                }
                index
            }
            (None, Some(op)) => self.add(entry, op, steps)?,
            (None, None) => {
                return Err(self.error(entry.line, "a step must say what it does; add op = \"…\"".into()));
            }
        };
        self.fill_step(&mut steps[index], entry, around)?;
        Ok(index)
    }

    /// The step of that name, if there is one, and whether it may be meant.
    fn known_by_name(
        &self,
        name: &At<String>,
        found: Option<usize>,
        op: Option<&'static dyn Operator>,
        steps: &[Step],
    ) -> Result<Option<usize>, StyleError> {
        match (found, op) {
            (Some(index), Some(op)) if steps[index].op.name() != op.name() => Err(self.error(
                name.line,
                format!(
                    "the step \"{}\" is {}, not {}; leave op out, or give the new step another name",
                    name.value,
                    steps[index].op.name(),
                    op.name()
                ),
            )),
            (None, None) => {
                let known = || steps.iter().map(|step| step.name.as_str());
                let hint = nearest(&name.value, known()).map(|near| format!("did you mean \"{near}\"?"));
                let hint = hint.unwrap_or_else(|| "add op = \"…\" to make a new one".into());
                Err(self.error(name.line, format!("no step named \"{}\" is inherited; {hint}", name.value)))
            }
            (found, _) => Ok(found),
        }
    }

    fn operator(&self, name: &At<String>) -> Result<&'static dyn Operator, StyleError> {
        op::find(&name.value).ok_or_else(|| self.error(name.line, unknown_op(&name.value)))
    }

    fn add(
        &self,
        entry: &StepEntry,
        op: &'static dyn Operator,
        steps: &mut Vec<Step>,
    ) -> Result<usize, StyleError> {
        if steps.len() == MAX_STEPS {
            let what = format!("with the style it extends there are more than {MAX_STEPS} steps");
            return Err(self.error(entry.line, what));
        }
        let name = entry.name.as_ref().map_or_else(|| free_name(op, steps), |name| name.value.clone());
        steps.push(Step::new(name, op));
        Ok(steps.len() - 1)
    }

    fn fill_step(
        &self,
        step: &mut Step,
        entry: &StepEntry,
        around: &dyn Surroundings,
    ) -> Result<(), StyleError> {
        for (key, at) in &entry.settings {
            let param = declared(step.op, key).map_err(|what| self.error(at.line, what))?;
            self.read(step.op.name(), param, at, &mut step.values, around)?;
        }
        for (key, at) in &entry.weak {
            let param = declared(step.op, key).map_err(|what| self.error(at.line, what))?;
            let wrong = |what: String| self.error(at.line, format!("weak.{key} = {what}"));
            let value = param.kind.read(&at.value, around).map_err(wrong)?;
            step.weak.retain(|(name, _)| *name != param.name);
            step.weak.push((param.name, value));
        }
        step.weak.sort_by_key(|(name, _)| *name);
        self.fill("step", &entry.common, COMMON, &mut step.common, around)?;
        if let Some(mask) = &entry.mask {
            self.mask(step, mask, around)?;
        }
        step.check().map_err(|what| self.error(entry.line, what))
    }

    /// A mask of another kind takes the place of the one inherited; one of the same kind changes it.
    fn mask(&self, step: &mut Step, entry: &MaskEntry, around: &dyn Surroundings) -> Result<(), StyleError> {
        let by = match &entry.by {
            Some(name) => {
                mask::find(&name.value).ok_or_else(|| self.error(name.line, unknown_mask(&name.value)))?
            }
            None => step.mask.as_ref().map(|mask| mask.by).ok_or_else(|| {
                let known = quoted(mask::ALL.iter().map(|mask| mask.name()));
                self.error(entry.line, format!("a mask must say what it goes by; add by = one of {known}"))
            })?,
        };
        let inherited = step.mask.take().filter(|mask| mask.by.name() == by.name());
        let mut mask = inherited.unwrap_or_else(|| StepMask {
            by,
            values: Values::defaults(by.params()),
            common: Values::defaults(mask::COMMON),
        });
        for (key, at) in &entry.settings {
            match mask::COMMON.iter().find(|param| param.name == key) {
                Some(param) => self.read("mask", param, at, &mut mask.common, around)?,
                None => {
                    let param = in_mask(by, key).map_err(|what| self.error(at.line, what))?;
                    self.read("mask", param, at, &mut mask.values, around)?;
                }
            }
        }
        step.mask = Some(mask);
        Ok(())
    }

    fn fill(
        &self,
        place: &str,
        settings: &Settings,
        params: &'static [Param],
        values: &mut Values,
        around: &dyn Surroundings,
    ) -> Result<(), StyleError> {
        for (key, at) in settings {
            let param = known(place, params, &[], key).map_err(|what| self.error(at.line, what))?;
            self.read(place, param, at, values, around)?;
        }
        Ok(())
    }

    fn read(
        &self,
        place: &str,
        param: &'static Param,
        at: &At<toml::Value>,
        values: &mut Values,
        around: &dyn Surroundings,
    ) -> Result<(), StyleError> {
        let wrong = |what: String| self.error(at.line, format!("{place}.{} = {what}", param.name));
        values.set(param.name, param.kind.read(&at.value, around).map_err(wrong)?);
        Ok(())
    }
}

fn free_name(op: &dyn Operator, steps: &[Step]) -> String {
    let taken = |name: &str| steps.iter().any(|step| step.name == name);
    let numbered = (1..).map(|n| match n {
        1 => op.name().to_string(),
        n => format!("{}_{n}", op.name()),
    });
    numbered.into_iter().find(|name| !taken(name)).unwrap_or_default()
}

fn unknown_op(name: &str) -> String {
    let known = || op::all().map(|op| op.name());
    match nearest(name, known()) {
        Some(near) => format!("there is no operator \"{name}\"; did you mean \"{near}\"?"),
        None => format!("there is no operator \"{name}\"; there are {}", quoted(known())),
    }
}

fn unknown_mask(name: &str) -> String {
    let known = || mask::ALL.iter().map(|mask| mask.name());
    match nearest(name, known()) {
        Some(near) => format!("there is no mask by \"{name}\"; did you mean \"{near}\"?"),
        None => format!("there is no mask by \"{name}\"; there are {}", quoted(known())),
    }
}

fn declared(op: &dyn Operator, name: &str) -> Result<&'static Param, String> {
    known(op.name(), op.params(), COMMON, name)
}

fn in_mask(mask: &dyn Masker, name: &str) -> Result<&'static Param, String> {
    known(&format!("the mask by {}", mask.name()), mask.params(), mask::COMMON, name)
}

/// The parameter of that name; `besides` are others that would be understood there.
fn known(
    place: &str,
    params: &'static [Param],
    besides: &'static [Param],
    name: &str,
) -> Result<&'static Param, String> {
    params.iter().find(|param| param.name == name).ok_or_else(|| {
        let all = || params.iter().chain(besides).map(|param| param.name);
        match nearest(name, all()) {
            Some(near) => format!("{place} has no parameter \"{name}\"; did you mean \"{near}\"?"),
            None => format!("{place} has no parameter \"{name}\"; it has {}", quoted(all())),
        }
    })
}

#[cfg(test)]
mod tests;
