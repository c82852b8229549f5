//! Ink and water on absorbent paper, 水墨.
//!
//! ```text
//! value   what is painted and what stays paper: tones weighed by what matters, mist where little does
//! trace   salient contours as lines that can be drawn: ridges of the contour plane, linked
//! brush   marks of a brush: its hairs, its load, how dry it is, laid on rows of the full picture
//! marks   how a brush is led: lines that begin firmly and lift, strokes in the darks along the forms
//! tint    a little colour
//! paper   what fibres do to wet ink: where its front stops
//! ```

mod brush;
mod marks;
mod paper;
mod tint;
mod trace;
mod value;

pub(crate) use brush::{Brush, Mark};
pub(crate) use marks::{Led, body, lines};
pub(crate) use paper::Fibres;
pub(crate) use tint::tint;
pub(crate) use trace::{snap, trace};
pub(crate) use value::{Tones, steepness, tones};
