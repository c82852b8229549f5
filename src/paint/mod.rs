//! Paint as a medium: what brush, water and ink do that a camera does not.
//!
//! ```text
//! guide       the picture as a painter sees it with half-closed eyes: colours, flow, what matters, on a small grid
//! importance  where detail is worth its time: what draws the eye, what is finely structured, faces first
//! brush       strokes of brush and knife: planned coarse to fine, mixed, rasterised, lit
//! water       watercolour
//! ink         ink and water: tones, brush marks, fronts on absorbent paper
//! gongbi      the careful manner: even lines, mineral washes that grade, silk
//! seal        a carved seal and where it is pressed
//! crisp       from the guide's grid to the full picture, edges staying edges
//! kuwahara    patches along the forms
//! shock       along the forms smooth, across them sharp
//! ```
//!
//! Everything is planned on the guide, whose size is bounded, and carried out at the size of the picture: the plan of a
//! preview is the plan of the full picture, and its cost does not grow. Lengths are in units of 1/1024 of the longer side.

pub(crate) mod brush;
mod crisp;
pub(crate) mod gongbi;
mod guide;
mod importance;
pub(crate) mod ink;
mod kuwahara;
pub(crate) mod seal;
mod shock;
pub(crate) mod water;

pub(crate) use crisp::Crisp;
pub use guide::Guide;
pub(crate) use kuwahara::grid_for;
pub use kuwahara::{Kuwahara, kuwahara};
pub use shock::{Shock, shock};
