//! A style is data: a name, a line about it, and a literal list of steps with their values.
//!
//! ```text
//! file.rs     one TOML file, read with its lines, unknown keys refused
//! resolve.rs  `extends` and the values set by the user, flattened to one explicit list
//! builtin.rs  the styles shipped inside the binary
//! pipeline.rs the list, run
//! ```

mod builtin;
mod file;
pub(crate) mod pipeline;
mod resolve;

use std::fmt;

use crate::op::{Operator, Values};

pub use crate::error::StyleError;
pub use builtin::names as builtin_names;

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
}

/// One step of a style: an operator and a value for each of its parameters.
#[derive(Clone)]
pub struct Step {
    /// What `--set` calls it: the operator's name, with `_2` and so on behind it when it comes again.
    pub name: String,
    /// What is done.
    pub op: &'static dyn Operator,
    /// With which values.
    pub values: Values,
}

impl fmt::Debug for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_toml())
    }
}

impl Style {
    /// The style as a file that stands on its own: nothing extended, every value written out.
    pub fn to_toml(&self) -> String {
        let text = |value: &str| toml::Value::String(value.into()).to_string();
        let mut out = format!("name = {}\nname_zh = {}\n", text(&self.title), text(&self.title_zh));
        out += &format!("about = {}\nabout_zh = {}\n", text(&self.about), text(&self.about_zh));
        for step in &self.steps {
            out += &format!("\n[[step]]\nop = \"{}\"\n", step.op.name());
            for (name, value) in step.values.iter() {
                out += &format!("{name} = {value}\n");
            }
        }
        out
    }
}
