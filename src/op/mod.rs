//! Operators: picture in, picture out, one word of the craft each, one file each.
//!
//! An operator declares its parameters ([`Param`]); style files, `--set`, `styles show` and the docs derive
//! from that. Bound to values it becomes an [`Action`]:
//!
//! ```text
//! pointwise  a pixel depends on that pixel and its place alone; neighbouring steps are fused into one pass over memory
//! measured   pointwise once the picture has been measured: an automatic white balance
//! whole      it needs neighbours, or another size
//! ```
//!
//! The operators stand in rooms by what they are for; the arithmetic of filters is in [`crate::filter`].

mod colour;
mod cost;
mod detail;
mod drawn;
mod flat;
mod geometry;
mod light;
mod line;
mod paint;
pub(crate) mod param;
mod reduced;
mod sheet;
mod smooth;
mod stretch;
mod suggest;
mod texture;
mod weave;

use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::pixel::{Depth, Encoding, Picture, Size};

pub use cost::Cost;
pub(crate) use drawn::drawn;
pub use geometry::{Filter, Fit, Resize};
pub use line::{edge_finder, hatching};
pub use param::{Asset, Kind, Length, Palette, Param, Surroundings, Value, Values};
pub(crate) use stretch::stretch;
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
    /// What it will take on a picture of this size, as an estimate made before any work.
    fn cost(&self, values: &Values, size: Size) -> Cost {
        let _any = values;
        Cost::pointwise(size)
    }
    /// What is wrong with these values together, or with a file among them, and how it is mended. Each alone is in range.
    fn check(&self, values: &Values) -> Result<(), String> {
        let _sound = values;
        Ok(())
    }
    /// Would it like to see the frames of an animation before the first is made? Then it is asked to [settle](Self::settle).
    fn looks_ahead(&self, values: &Values) -> bool {
        let _any = values;
        false
    }
    /// Values for all frames of an animation alike, found from frames as this step will meet them. Without this what is
    /// found in each frame by itself would flicker.
    fn settle(&self, values: &Values, frames: &[Picture], step: &StepContext<'_>) -> Result<Values> {
        let (_none, _needed) = (frames, step);
        Ok(values.clone())
    }
    /// Has the result the size of the picture? Where not, a step cannot be masked or blended.
    fn keeps_size(&self) -> bool {
        true
    }
}

/// An operator bound to its values.
pub enum Action {
    /// Each pixel on its own.
    Pointwise(Box<dyn Pointwise>),
    /// Each pixel on its own, once the whole picture has been measured.
    Measured(Box<dyn Measured>),
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

/// The colour channels of one row, straight, in the encoding the operator asked for; and where it lies.
pub struct Row<'a> {
    /// Red, green, blue; or L, a, b. All of one length.
    pub colour: [&'a mut [f32]; 3],
    /// Which row of the picture it is.
    pub y: usize,
    /// The size of the picture. A row is as long as it is wide.
    pub size: Size,
    /// Where all chance comes from.
    pub seed: u64,
}

/// Work that looks at the whole picture once and then treats each pixel alone.
pub trait Measured: Send + Sync {
    /// Look, and be ready to work.
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>>;
}

/// Work on the picture as a whole.
pub trait Whole: Send + Sync {
    /// A new picture from the old one, at rest in [`StepContext::rest`] where the work goes through floating point.
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture>;
}

/// What a step knows besides the picture.
#[derive(Clone, Copy, Debug)]
pub struct StepContext<'a> {
    /// How the work may be stopped, how much it may take, on which CPU level it runs.
    pub work: &'a Context,
    /// Where all chance comes from.
    pub seed: u64,
    /// The depth a result should rest in: 16 bits between the steps of an 8-bit picture, its own after the last.
    pub rest: Depth,
}

/// Every operator, in the order people are shown them.
pub fn all() -> impl Iterator<Item = &'static dyn Operator> {
    let rooms = [
        geometry::ALL,
        colour::ALL,
        smooth::ALL,
        detail::ALL,
        flat::ALL,
        line::ALL,
        paint::ALL,
        light::ALL,
        texture::ALL,
        weave::ALL,
    ];
    rooms.into_iter().flatten().copied()
}

/// The operator of that name.
pub fn find(name: &str) -> Option<&'static dyn Operator> {
    all().find(|op| op.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_defaults_are_in_range() {
        for (i, op) in all().enumerate() {
            assert!(
                all().take(i).all(|other| other.name() != op.name()),
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
