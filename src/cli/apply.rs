//! `zhijin apply`: what was typed becomes a plan, the plan becomes files.

use std::io::{self, IsTerminal};
use std::path::Path;

use zhijin::{Engine, Limits, Style};

use super::args::{Apply, RunArgs};
use super::batch::{self, Event};
use super::inputs::{self, Found};
use super::memory::{self, Budget};
use super::naming::{Naming, Target};
use super::plan::{self, Item};
use super::preview::Screen;
use super::report::{Names, Reporter};
use super::workshop::{Product, Workshop};
use super::{Exit, Failure, out, sheet, stop, write};

/// Do what was asked.
pub(super) fn run(apply: &Apply) -> Result<Exit, Failure> {
    make(apply, plan::styles(apply)?, Product::Picture)
}

/// Make what was asked for, in these styles.
pub(super) fn make<'a>(apply: &'a Apply, styles: Vec<Style>, product: Product<'a>) -> Result<Exit, Failure> {
    let limits = limits(&apply.run);
    let naming = |many| {
        let (output, format) = (apply.output.output.as_deref(), apply.output.format.wanted);
        match &product {
            Product::Document(document) => Naming::of_documents(output, document.extension, many),
            Product::Picture | Product::Fewest(_) => Naming::new(output, format, many),
        }
        .map_err(Failure::Usage)
    };
    let mut rule = naming(false)?;
    let mut found = inputs::find(&apply.inputs, rule.folder(), limits.max_bytes);
    if found.many || found.inputs.len() * styles.len() > 1 {
        rule = naming(true)?;
    }
    let items = match (&apply.output.sheet, &apply.output.output) {
        (Some(_), None) => Vec::new(),
        _ => plan::items(&mut found, &styles, &rule, limits)?,
    };
    mind_stdout(apply, &items, !matches!(product, Product::Document(_)))?;
    if apply.run.dry_run {
        return foretell(apply, &found, &styles, &items);
    }
    let threads = usize::from(apply.run.threads);
    let workshop = Workshop {
        apply,
        engine: Engine::builder().threads(threads).limits(limits).build()?,
        styles,
        found,
        cancel: stop::on_interrupt(),
        limits,
        budget: Budget::new(limits.max_bytes),
        screen: Screen::wanted(&apply.show),
        product,
    };
    make_all(&workshop, &items)
}

/// What a run may take.
pub(super) fn limits(run: &RunArgs) -> Limits {
    Limits {
        max_pixels: run.max_pixels,
        max_bytes: run.max_memory.unwrap_or_else(memory::default_budget),
        max_frames: run.max_frames,
        max_work: run.max_work,
    }
}

/// Standard output can carry one thing, and a terminal shows no bytes.
fn mind_stdout(apply: &Apply, items: &[Item], pictures: bool) -> Result<(), Failure> {
    if apply.output.sheet.as_deref() == Some(Path::new("-")) {
        return Err(Failure::Usage(
            "--sheet -: a sheet goes to a file; name one, as in --sheet styles.png".into(),
        ));
    }
    if !items.iter().any(|item| item.target == Target::Stdout) {
        return Ok(());
    }
    let wrong = if apply.show.json {
        "the picture and --json would both go to standard output; write the picture to a file with -o"
    } else if apply.show.preview {
        "the picture and --preview would both go to standard output; write the picture to a file with -o"
    } else if pictures && io::stdout().is_terminal() && apply.output.output.is_none() && !apply.run.dry_run {
        "standard output is a terminal, which cannot show the bytes of a picture; name a file with -o, or use -o - if you mean it"
    } else {
        return Ok(());
    };
    Err(Failure::Usage(wrong.into()))
}

/// Every item, side by side, told in order; then the sheet.
fn make_all(workshop: &Workshop<'_>, items: &[Item]) -> Result<Exit, Failure> {
    let names = items.iter().map(|item| workshop.found.inputs[item.input].name()).collect::<Vec<_>>();
    let outputs = items.iter().map(|item| item.target.name()).collect::<Vec<_>>();
    let mut reporter = Reporter::new(&workshop.apply.show, names.clone());
    for problem in &workshop.found.problems {
        reporter.problem(&problem.name, &problem.what);
    }
    batch::run(
        items.len(),
        workshop.workers(),
        |index| (index, workshop.end(&items[index])),
        |event| match event {
            Event::Started(index) => reporter.progress.started(index),
            Event::Finished((index, end)) => reporter.progress.finished(*index, end.pixels()),
            Event::Next(index, (_, end)) => {
                let style = &workshop.styles[items[index].style].name;
                reporter.result(Names { input: &names[index], style, output: &outputs[index] }, &end);
            }
        },
    );
    if let Some(path) = &workshop.apply.output.sheet {
        sheet::make(workshop, path, &mut reporter);
    }
    reporter.finish()
}

/// `--dry-run`: the plan, in words or in JSON.
fn foretell(apply: &Apply, found: &Found, styles: &[Style], items: &[Item]) -> Result<Exit, Failure> {
    for problem in &found.problems {
        out::note(&format!("zhijin: {}: {}", problem.name, problem.what));
    }
    for item in items {
        let (input, output) = (found.inputs[item.input].name(), item.target.name());
        let exists = matches!(&item.target, Target::File(path) if write::is_taken(path));
        let style = &styles[item.style].name;
        if apply.show.json {
            let object = serde_json::json!({ "input": input, "style": style, "output": output, "status": "planned", "exists": exists });
            out::line(&object.to_string())?;
        } else {
            out::line(&format!("{input} -> {output}{}", if exists { " (exists)" } else { "" }))?;
        }
    }
    if let Some(sheet) = &apply.output.sheet {
        out::line(&format!("sheet -> {}", out::shown(sheet)))?;
    }
    Ok(if found.problems.is_empty() { Exit::Made } else { Exit::NotMade })
}
