//! `zhijin measure`: what pictures are like, in numbers.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use serde_json::{Map, Value};
use zhijin::codec::{self, DecodeOptions};
use zhijin::measure::{TRAITS, Traits, traits};
use zhijin::{Context, Limits, Picture};

use super::inputs::{self, Input};
use super::{Exit, Failure, memory, out, stop, values};

/// Say what pictures are like, in numbers.
///
/// Tones, colours, edges, patches, grain: the traits by which styles are told apart, measured on the picture
/// reduced to 640 pixels. With --against the picture it was made from, also how far it went and what of it was kept.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  zhijin measure photo.oil_painting.png
  zhijin measure photo.oil_painting.png --against photo.jpg
  zhijin measure art/ --json > traits.jsonl")]
pub(crate) struct MeasureArgs {
    /// Pictures, folders or patterns; - for standard input.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,

    /// The picture they were made from.
    #[arg(long, value_name = "SOURCE", value_hint = ValueHint::FilePath)]
    against: Option<PathBuf>,

    /// One JSON object a line, one for each picture.
    #[arg(long)]
    json: bool,

    /// Pixels one picture may have, such as 512M.
    #[arg(long, value_name = "N", default_value = "512M", value_parser = values::count)]
    max_pixels: u64,

    /// Memory for one picture, such as 4G; default: half of what there is.
    #[arg(long, value_name = "BYTES", value_parser = values::bytes)]
    max_memory: Option<u64>,
}

/// Do what was asked.
pub(super) fn run(asked: &MeasureArgs) -> Result<Exit, Failure> {
    let max_bytes = asked.max_memory.unwrap_or_else(memory::default_budget);
    let limits = Limits { max_pixels: asked.max_pixels, max_bytes, ..Limits::default() };
    let context = Context { limits, cancel: stop::on_interrupt(), ..Context::default() };
    let source = match &asked.against {
        None => None,
        Some(path) => match source(path, &context) {
            Ok(picture) => Some(picture),
            Err(what) => {
                out::note(&format!("zhijin: --against {}", out::plain(&what)));
                return Ok(Exit::NotMade);
            }
        },
    };
    let found = inputs::find(&asked.inputs, None, max_bytes);
    for problem in &found.problems {
        out::note(&format!("zhijin: {}: {}", problem.name, problem.what));
    }
    let mut sound = found.problems.is_empty();
    for (index, input) in found.inputs.iter().enumerate() {
        let made = picture(input, &context).and_then(|picture| {
            traits(&picture, source.as_ref(), &context).map_err(|error| error.to_string())
        });
        match made {
            Ok(traits) if asked.json => out::line(&json(&input.name(), &traits))?,
            Ok(traits) => {
                let gap = if index > 0 { "\n" } else { "" };
                out::line(&format!("{gap}{}\n{}", out::plain(&input.name()), table(&traits)))?;
            }
            Err(what) => {
                sound = false;
                if asked.json {
                    let object =
                        serde_json::json!({ "input": input.name(), "status": "failed", "error": what });
                    out::line(&object.to_string())?;
                }
                out::note(&format!("zhijin: {}: {}", out::plain(&input.name()), out::plain(&what)));
            }
        }
    }
    Ok(if sound { Exit::Made } else { Exit::NotMade })
}

fn picture(input: &Input, context: &Context) -> Result<Picture, String> {
    let bytes = input.read(context.limits.max_bytes)?;
    let decoded = codec::decode(&bytes, &DecodeOptions::default(), context);
    decoded.map(|decoded| decoded.picture).map_err(|error| error.to_string())
}

fn source(path: &PathBuf, context: &Context) -> Result<Picture, String> {
    let found = inputs::find(std::slice::from_ref(path), None, context.limits.max_bytes);
    match (&found.inputs[..], &found.problems[..]) {
        ([input], []) => picture(input, context).map_err(|what| format!("{}: {what}", input.name())),
        (_, [problem, ..]) => Err(format!("{}: {}", problem.name, problem.what)),
        (inputs, _) => Err(format!("{}: {} pictures; name one", out::shown(path), inputs.len())),
    }
}

/// Five digits are more than pictures differ by for no reason.
fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

fn json(name: &str, traits: &Traits) -> String {
    let values: Map<String, Value> =
        traits.iter().map(|(name, value)| (name.into(), rounded(value).into())).collect();
    serde_json::json!({ "input": name, "status": "measured", "traits": values }).to_string()
}

/// A line for each: the name, the value, what it is.
fn table(traits: &Traits) -> String {
    let about = |name: &str| TRAITS.iter().find(|(known, _)| *known == name).map_or("", |(_, about)| about);
    let line = |(name, value): (&'static str, f64)| format!("  {name:<13}{value:>9.4}  {}", about(name));
    traits.iter().map(line).collect::<Vec<_>>().join("\n")
}
