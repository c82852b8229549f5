//! `zhijin redo`: the recipe of a result, followed once more.

use std::path::Path;

use zhijin::codec;
use zhijin::style::Recipe;

use super::args::{Apply, PictureArgs, Redo};
use super::workshop::Product;
use super::{Exit, Failure, apply, out, plan};

/// A recipe is read out of a whole file; a result larger than this is not looked at.
const MAX_BYTES: u64 = 2 << 30;

/// Do what was asked.
pub(super) fn run(redo: &Redo) -> Result<Exit, Failure> {
    let recipe = recipe(&redo.recipe)?;
    let mut styles = vec![recipe.style];
    for (key, value) in &redo.settings {
        plan::set(&mut styles, key, value)?;
    }
    let picture = PictureArgs {
        settings: Vec::new(),
        strength: 1.0,
        seed: redo.seed.unwrap_or(recipe.seed),
        size: redo.size.or(recipe.size),
    };
    let apply = Apply {
        style: String::new(),
        inputs: redo.inputs.clone(),
        output: redo.output.clone(),
        jpeg: redo.jpeg,
        picture,
        run: redo.run.clone(),
        show: redo.show.clone(),
    };
    if redo.show.quiet == 0 && !redo.show.json && recipe.version != env!("CARGO_PKG_VERSION") {
        out::note(&format!(
            "zhijin: {} was made by version {}; this is {}, and the result may differ",
            out::shown(&redo.recipe),
            recipe.version,
            env!("CARGO_PKG_VERSION")
        ));
    }
    apply::make(&apply, styles, Product::Picture)
}

fn recipe(path: &Path) -> Result<Recipe, Failure> {
    let wrong = |what: String| Failure::Usage(format!("{}: {what}", out::shown(path)));
    let length =
        std::fs::metadata(path).map_err(|error| wrong(format!("it cannot be read ({error})")))?.len();
    if length > MAX_BYTES {
        return Err(wrong(format!(
            "{length} bytes are too many to look for a recipe in; at most {MAX_BYTES} are read"
        )));
    }
    let bytes = std::fs::read(path).map_err(|error| wrong(format!("it cannot be read ({error})")))?;
    let text = codec::recipe(&bytes).map_err(|error| wrong(error.to_string()))?;
    let text = text.ok_or_else(|| {
        wrong("it carries no recipe; a PNG made by zhijin does, unless it was made with --no-recipe".into())
    })?;
    Recipe::from_text(&text, path.parent()).map_err(|error| wrong(error.to_string()))
}
