//! The careful manner, 工笔: an even line, and mineral washes that grade within their line, on silk.
//!
//! ```text
//! shapes   what is ground and stays silk, and how high a place lies in its form
//! pigment  the colours there are: each goes towards the mixture nearest to it, or to blue and green
//! shade    how a wash grades from its line inwards (渲染)
//! crisp    colours of the guide at full size, with edges as sharp as the picture can show
//! silk     the ground: threads, slubs and age, averaged over each pixel
//! ```

mod crisp;
mod pigment;
mod shade;
mod shapes;
mod silk;

pub(crate) use crisp::{Crisp, edges};
pub(crate) use pigment::{Minerals, Pigments};
pub(crate) use shade::{Shade, shade};
pub(crate) use shapes::{cover, heights};
pub(crate) use silk::Silk;
