//! Paint as a medium: what brush, water and ink do that a camera does not.
//!
//! ```text
//! guide       the picture as a painter sees it with half-closed eyes: colours, flow, what matters, on a small grid
//! importance  where detail is worth its time: what draws the eye, what is finely structured, faces first
//! gongbi      the careful manner: even lines, mineral washes that grade, silk
//! ink         ink and water: tones, brush marks, fronts on absorbent paper
//! seal        a carved seal and where it is pressed
//! ```
//!
//! Everything is planned on the guide, whose size is bounded, and carried out at the size of the picture: the plan of a
//! preview is the plan of the full picture, and its cost does not grow. Lengths are in units of 1/1024 of the longer side.

pub(crate) mod gongbi;
mod guide;
mod importance;
pub(crate) mod ink;
pub(crate) mod seal;

pub use guide::Guide;
