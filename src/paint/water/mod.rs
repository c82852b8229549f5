//! Watercolour: transparent washes on white paper.
//!
//! ```text
//! flatten    the picture as a few flat shapes, finer where it matters
//! key        their colours as pigment on paper: light, warm, shadows blue and violet; densities of three pigments
//! wetness    where the paper was wet and edges run, where it was dry and they stand
//! crisp      where each pixel of the full picture looks on the small grid, so that edges stand and wander
//! washes     glazes from light to dark, each the shape of what is darker than its threshold
//! reserve    what is left unpainted on purpose
//! backrun    blooms: water that ran back into a drying wash
//! plan       all of these, for one picture;  render: rows of the full picture
//! ```
//!
//! The pipeline is that of Bousseau, Kaplan, Thollot & Sillion, "Interactive watercolor rendering with temporal
//! coherence and abstraction" (2006): a picture abstracted to shapes, and pigment whose density is changed by edges,
//! flow and paper. The order of glazes, the wet and dry edges and the blooms are those of Curtis, Anderson, Seims,
//! Fleischer & Salesin, "Computer-generated watercolor" (1997), found without simulating water. Density multiplies
//! the logarithm of light in each channel, so more of a pigment is darker and more colourful, never grey.

mod backrun;
mod chance;
mod crisp;
mod flatten;
mod key;
mod plan;
mod render;
mod reserve;
mod washes;
mod wetness;

pub(crate) use plan::Plan;
pub(crate) use plan::Watercolour;
pub(crate) use render::Render;
