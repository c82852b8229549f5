//! A style is data: a name, a line about it, and a literal list of steps with their values.
//!
//! ```text
//! file.rs     one TOML file, read with its lines, unknown keys refused
//! source.rs   where a style comes from: shipped, a file and what lies beside it, a text
//! resolve.rs  `extends` and the values set by the user, flattened to one explicit list
//! strength.rs between a weak touch and the whole style
//! write.rs    the list as a file again: complete, or with comments to start from
//! recipe.rs   the list with seed and size, as a result carries it
//! builtin.rs  the styles shipped inside the binary
//! cloud.rs    the same look in the words of a cloud editor
//! estimate.rs what the list will take, before it is run
//! pipeline.rs the list, run; mixing.rs lays a step's result over what was there before
//! lut.rs      the list, laid down in a table of colours for other programs
//! ```

mod builtin;
mod cloud;
mod estimate;
mod file;
mod lut;
mod mixing;
pub(crate) mod pipeline;
mod recipe;
mod resolve;
mod rows;
mod source;
mod strength;
mod write;

use std::fmt;

use crate::mask::Masker;
use crate::op::{Operator, Param, Value, Values};

pub use crate::error::StyleError;
pub use builtin::names as builtin_names;
pub use cloud::CLOUD;
pub use estimate::Estimate;
pub use recipe::Recipe;

/// What can be said of any step, whatever it does.
pub const COMMON: &[Param] = mixing::COMMON;
pub use lut::lut;

/// A style with everything spelled out: what `styles show` prints and what runs.
#[derive(Clone)]
pub struct Style {
    /// The word it is called by, on the command line and in file names.
    pub name: String,
    /// Its name for people who read English.
    pub title: String,
    /// Its name for people who read Chinese.
    pub title_zh: String,
    /// What it looks like, in one line.
    pub about: String,
    /// The same in Chinese.
    pub about_zh: String,
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// What a cloud editor is told, if the style says so: a value for each of [`CLOUD`].
    pub cloud: Option<Values>,
}

/// One step of a style: an operator and a value for each of its parameters.
#[derive(Clone)]
pub struct Step {
    /// What `--set` calls it: the name the style gives it, or the operator's, with `_2` and so on behind it when it comes again.
    pub name: String,
    /// What is done.
    pub op: &'static dyn Operator,
    /// With which values.
    pub values: Values,
    /// What can be said of any step: a value for each of [`COMMON`].
    pub common: Values,
    /// What some of the values are at strength 0.
    pub weak: Vec<(&'static str, Value)>,
    /// Where it is seen, if not everywhere.
    pub mask: Option<StepMask>,
}

/// A mask on a step.
#[derive(Clone)]
pub struct StepMask {
    /// Its kind.
    pub by: &'static dyn Masker,
    /// A value for each parameter of its kind.
    pub values: Values,
    /// A value for each of [`crate::mask::COMMON`].
    pub common: Values,
}

impl Step {
    /// A step that does `op` with its defaults.
    fn new(name: String, op: &'static dyn Operator) -> Self {
        let (values, common) = (Values::defaults(op.params()), Values::defaults(COMMON));
        Self { name, op, values, common, weak: Vec::new(), mask: None }
    }

    /// Is it left out?
    pub(crate) fn is_skipped(&self) -> bool {
        self.common.flag("skip")
    }
}

impl fmt::Debug for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_toml())
    }
}
