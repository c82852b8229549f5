//! Detail: what makes neighbours less alike, locally, without halos.

mod clahe;
mod dehaze;
mod local_contrast;
mod unsharp;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] =
    &[&local_contrast::LocalContrast, &clahe::Equalise, &dehaze::Clearing, &unsharp::UnsharpMask];
