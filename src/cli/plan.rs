//! Which picture, in which style, to where: everything that can be known to be wrong before any work is.

use std::collections::HashMap;
use std::path::Path;

use zhijin::codec::Format;
use zhijin::{Limits, Style};

use super::args::Apply;
use super::inputs::{Found, Input};
use super::naming::{Naming, Subject, Target};
use super::{Failure, out};

/// One result to be made.
#[derive(Debug)]
pub(super) struct Item {
    /// Its picture, as an index.
    pub(super) input: usize,
    /// Its style, as an index.
    pub(super) style: usize,
    pub(super) target: Target,
    pub(super) format: Format,
}

/// The styles of the command line, with everything that `--set` says.
pub(super) fn styles(apply: &Apply) -> Result<Vec<Style>, Failure> {
    let mut styles = named(&apply.style)?;
    for style in &mut styles {
        style.weaken(apply.picture.strength)?;
    }
    for (key, value) in &apply.picture.settings {
        set(&mut styles, key, value)?;
    }
    Ok(styles)
}

fn named(list: &str) -> Result<Vec<Style>, Failure> {
    let path = Path::new(list);
    if path.is_file() && !list.to_lowercase().ends_with(".toml") {
        let text =
            format!("{list}: the style comes first, then the pictures, as in zhijin apply plain {list}");
        return Err(Failure::Usage(text));
    }
    // A file whose name has a comma is still one file.
    let names = if path.is_file() { vec![list] } else { list.split(',').map(str::trim).collect() };
    if names.iter().any(|name| name.is_empty()) {
        let text = format!(
            "\"{list}\": a style has no name; write one or more with commas between, as in plain,cyanotype"
        );
        return Err(Failure::Usage(text));
    }
    Ok(names.into_iter().map(Style::find).collect::<Result<_, _>>()?)
}

/// Set a parameter in the styles that have its step. If none has it, the first says what it has.
pub(super) fn set(styles: &mut [Style], key: &str, value: &str) -> Result<(), Failure> {
    let step = key.split('.').next().unwrap_or(key);
    let has_it = |style: &Style| style.steps.iter().any(|known| known.name == step);
    if !styles.iter().any(has_it) {
        styles[0].set(key, value)?;
    }
    for style in styles.iter_mut().filter(|style| has_it(style)) {
        style.set(key, value)?;
    }
    Ok(())
}

/// Every picture in every style, with its name. Pictures that this same run would write are not taken from
/// the folders walked: a second `zhijin apply brocade .` means the photographs again, not the brocade of brocade.
pub(super) fn items(
    found: &mut Found,
    styles: &[Style],
    naming: &Naming,
    limits: Limits,
) -> Result<Vec<Item>, Failure> {
    let mut written = HashMap::new();
    for item in named_items(&found.inputs, styles, naming, limits) {
        if let Target::File(path) = item.target {
            written.insert(path, item.input);
        }
    }
    let mut index = 0..;
    found.inputs.retain(|input| {
        let own = index.next();
        let writer = input.path().filter(|_| input.walked).and_then(|path| written.get(path)).copied();
        writer.is_none() || writer == own
    });
    let items = named_items(&found.inputs, styles, naming, limits);
    distinct(&items, &found.inputs, styles)?;
    no_input_is_lost(&items, &found.inputs, styles)?;
    Ok(items)
}

fn named_items(inputs: &[Input], styles: &[Style], naming: &Naming, limits: Limits) -> Vec<Item> {
    let count = inputs.len() * styles.len();
    let pairs = (0..inputs.len()).flat_map(|input| (0..styles.len()).map(move |style| (input, style)));
    let item = |(index, (input, style)): (usize, (usize, usize))| {
        let number = (index + 1, count);
        let subject = Subject { input: &inputs[input], style: &styles[style].name, number, limits };
        let (target, format) = naming.target(&subject);
        Item { input, style, target, format }
    };
    pairs.enumerate().map(item).collect()
}

/// Two results must not have one name.
fn distinct(items: &[Item], inputs: &[Input], styles: &[Style]) -> Result<(), Failure> {
    let mut taken: HashMap<&Target, &Item> = HashMap::new();
    let called = |item: &Item| format!("{} in {}", inputs[item.input].name(), styles[item.style].name);
    for item in items {
        let Some(other) = taken.insert(&item.target, item) else { continue };
        let place = match &item.target {
            Target::Stdout => "standard output".into(),
            Target::File(path) => out::shown(path),
        };
        return Err(Failure::Usage(format!(
            "{} and {} would both be written to {place}; give -o a folder (out/) or a pattern with {{stem}}, {{style}} or {{n}}",
            called(other),
            called(item)
        )));
    }
    Ok(())
}

/// A result must not replace a picture that another result is made from: which is read first is chance.
fn no_input_is_lost(items: &[Item], inputs: &[Input], styles: &[Style]) -> Result<(), Failure> {
    let read: HashMap<&Path, usize> =
        inputs.iter().enumerate().filter_map(|(index, input)| Some((input.path()?, index))).collect();
    for item in items {
        let Target::File(path) = &item.target else { continue };
        if read.get(path.as_path()).is_some_and(|owner| *owner != item.input || styles.len() > 1) {
            return Err(Failure::Usage(format!(
                "{} in {} would be written over {}, which is to be read too; give -o another folder",
                inputs[item.input].name(),
                styles[item.style].name,
                out::shown(path)
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::inputs;

    fn planned(files: &[&str], list: &str, output: Option<&str>) -> Result<Vec<String>, String> {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            std::fs::write(root.path().join(file), b"qoif").unwrap();
        }
        let output = output.map(|output| root.path().join(output));
        let mut found = inputs::find(&[root.path().into()], None, 1 << 20);
        let naming = Naming::new(output.as_deref(), None, true).unwrap();
        let short = |text: String| text.replace(&format!("{}/", root.path().display()), "");
        let styles = named(list).unwrap();
        items(&mut found, &styles, &naming, Limits::default())
            .map(|items| items.iter().map(|item| short(item.target.name())).collect())
            .map_err(|error| short(error.to_string()))
    }

    #[test]
    fn every_picture_in_every_style() {
        let names = planned(&["a.qoi", "b.qoi"], "plain,cyanotype", None).unwrap();
        assert_eq!(names, ["a.plain.qoi", "a.cyanotype.qoi", "b.plain.qoi", "b.cyanotype.qoi"]);
    }

    #[test]
    fn a_second_run_means_the_first_pictures_again() {
        let names = planned(&["a.qoi", "a.plain.qoi", "a.plain.plain.qoi"], "plain", None).unwrap();
        assert_eq!(names, ["a.plain.qoi"]);
    }

    #[test]
    fn pictures_may_be_replaced_by_their_own_results() {
        let names = planned(&["a.qoi", "b.qoi"], "plain", Some("{stem}.{ext}")).unwrap();
        assert_eq!(names, ["a.qoi", "b.qoi"]);
    }

    #[test]
    fn two_results_with_one_name_are_refused() {
        let error = planned(&["a.qoi", "b.qoi"], "plain", Some("x.qoi")).unwrap_err();
        assert_eq!(
            error,
            "a.qoi in plain and b.qoi in plain would both be written to x.qoi; give -o a folder (out/) or a pattern with {stem}, {style} or {n}"
        );
        assert!(planned(&["a.qoi"], "plain,plain", None).is_err());
    }

    #[test]
    fn a_picture_that_is_still_to_be_read_is_not_replaced() {
        let root = tempfile::tempdir().unwrap();
        let files = ["plain.qoi", "cyanotype.qoi"].map(|name| root.path().join(name));
        for file in &files {
            std::fs::write(file, b"qoif").unwrap();
        }
        let mut found = inputs::find(&files[..1], None, 1 << 20);
        let naming = Naming::new(Some(&root.path().join("{style}.qoi")), None, true).unwrap();
        let styles = named("plain,cyanotype").unwrap();
        let error = items(&mut found, &styles, &naming, Limits::default()).unwrap_err().to_string();
        assert!(error.ends_with("which is to be read too; give -o another folder"), "{error}");
    }

    #[test]
    fn a_setting_holds_where_its_step_is() {
        let mut styles = named("plain,cyanotype").unwrap();
        set(&mut styles, "exposure.ev", "2").unwrap();
        assert_eq!(styles[1].steps[0].values.number("ev"), 2.0);
        let error = set(&mut styles, "weave.sett", "2").unwrap_err().to_string();
        assert_eq!(error, "--set weave.sett=2: the style \"plain\" has no step \"weave\"; it has no steps");
    }

    #[test]
    fn lists_of_styles() {
        assert_eq!(named("plain, cyanotype").unwrap().len(), 2);
        let error = named("plain,").unwrap_err().to_string();
        assert_eq!(
            error,
            "\"plain,\": a style has no name; write one or more with commas between, as in plain,cyanotype"
        );
    }
}
