//! Operators: picture in, picture out, one word of the craft each, one file each.
//!
//! An operator declares its parameters ([`Param`]); style files, `--set`, `styles show` and the docs derive
//! from that. Bound to values it becomes an [`Action`]: *pointwise* (a pixel depends on that pixel alone, so
//! neighbouring steps are fused into one pass over memory) or *whole* (it needs neighbours, or another size).

mod exposure;
mod gradient_map;
pub(crate) mod param;
mod resize;
mod suggest;

use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::pixel::{Encoding, Picture};

pub use param::{Kind, Palette, Param, Value, Values};
pub use resize::{Filter, Fit, Resize};
pub(crate) use suggest::nearest;

/// One word of the craft.
pub trait Operator: Sync {
    /// The word, as style files write it.
    fn name(&self) -> &'static str;
    /// What it does, in one line.
    fn about(&self) -> &'static str;
    /// What can be set.
    fn params(&self) -> &'static [Param];
    /// Ready to work with these values, which are known to be in range.
    fn bind(&self, values: &Values) -> Action;
}

/// An operator bound to its values.
pub enum Action {
    /// Each pixel on its own.
    Pointwise(Box<dyn Pointwise>),
    /// The picture as a whole.
    Whole(Box<dyn Whole>),
}

/// Work on each pixel alone, a row at a time.
pub trait Pointwise: Send + Sync {
    /// The encoding it wants its rows in.
    fn encoding(&self) -> Encoding;
    /// Does a grey picture stay grey?
    fn keeps_grey(&self) -> bool;
    /// Change a row in place.
    fn row(&self, level: Level, row: Row<'_>);
}

/// The colour channels of one row, straight, in the encoding the operator asked for.
pub struct Row<'a> {
    /// Red, green, blue; or L, a, b. All of one length.
    pub colour: [&'a mut [f32]; 3],
}

/// Work on the picture as a whole.
pub trait Whole: Send + Sync {
    /// A new picture from the old one. The depth may grow; the pipeline brings it back at the end.
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture>;
}

/// What a step knows besides the picture.
#[derive(Clone, Copy, Debug)]
pub struct StepContext<'a> {
    /// How the work may be stopped, how much it may take, on which CPU level it runs.
    pub work: &'a Context,
    /// Where all chance comes from.
    pub seed: u64,
}

/// Every operator, in the order people are shown them.
pub const ALL: &[&dyn Operator] = &[&resize::Resizing, &exposure::Exposure, &gradient_map::GradientMap];

/// The operator of that name.
pub fn find(name: &str) -> Option<&'static dyn Operator> {
    ALL.iter().copied().find(|op| op.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_defaults_are_in_range() {
        for (i, op) in ALL.iter().enumerate() {
            assert!(
                ALL[..i].iter().all(|other| other.name() != op.name()),
                "two operators are called {}",
                op.name()
            );
            assert!(op.about().ends_with('.'), "{}: the line about it is a sentence", op.name());
            for param in op.params() {
                param.default_value();
                assert!(param.about.ends_with('.'), "{}.{}: a sentence", op.name(), param.name);
            }
            op.bind(&Values::defaults(op.params()));
        }
    }
}
