//! Line as drawing: which way lines run, where the pencil goes and how hard it presses, hatching, the paper's tooth.
//!
//! ```text
//! study       the picture reduced to the grid that drawings are made on: lightness and two axes of colour
//! flow        which way lines run: tangents of the smoothed structure tensor, and how far they are to be trusted
//! dog, along  what is darker than around it; averages along the flow
//! contour     flow-based lines with weights; short pieces fade (pieces)
//! xdog        the extended difference of Gaussians
//! tone        the darkness a drawing aims at; direction, streamlines, stroke: hatching that follows forms
//! pen         contour and strokes of a whole drawing, for rasters and for plotters
//! raster      strokes to samples;  enlarge: from the grid to the full picture;  tooth: how paper takes pigment
//! ```
//!
//! Everything but what is cut sharp at the end happens on a grid of fixed size, so the cost of a drawing hardly grows
//! with the picture and a preview shows what the full picture will be. Lengths are in units of 1/1024 of the longer side.

mod along;
mod contour;
mod decolour;
mod direction;
mod dog;
mod enlarge;
mod flow;
mod grid;
mod hatching;
mod pen;
mod pencils;
mod pieces;
mod raster;
mod streamlines;
mod stroke;
mod study;
#[cfg(test)]
mod tests;
mod tone;
mod tooth;
mod xdog;

pub use along::along;
pub use contour::{Contour, contour};
pub use decolour::decolour;
pub(crate) use direction::{Directions, Lie, directions};
pub use dog::response;
pub(crate) use enlarge::{Enlarger, Smoothness};
pub use flow::{Flow, flow};
pub(crate) use flow::{flow_of, painters_flow};
pub(crate) use grid::{between, blurred, each_row, rows};
pub use hatching::{Hatching, hatching};
pub(crate) use pen::{LAYOUT_GRID, too_fine};
pub use pen::{PenDrawing, PenTone};
pub(crate) use pencils::{Pencil, best, choose, density};
pub(crate) use raster::{Pen, Raster, raster, raster_inks, span};
pub(crate) use streamlines::{Spacing, streamlines};
pub use stroke::Stroke;
pub(crate) use stroke::{Hand, stroke};
pub use study::Study;
pub(crate) use tone::{Curve, Key, Shares, darkness};
pub(crate) use tooth::{streaks, tooth};
pub use xdog::Xdog;
pub(crate) use xdog::{flowing, plain};
