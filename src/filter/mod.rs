//! Filters on planes: the arithmetic behind the operators, for those who compose their own.
//!
//! Every filter takes `f32` planes and a [`Context`](crate::Context), runs on all cores, and gives the same bytes for
//! any number of threads on every CPU level. What a border lacks is mirrored (… c b a | a b c …) unless a filter says otherwise.

pub mod bilateral;
mod box_blur;
mod clahe;
mod dehaze;
mod denoise;
mod domain_transform;
mod fill;
mod gaussian;
pub(crate) mod glow;
mod guided;
mod lightness;
mod lines;
mod local_laplacian;
mod median;
pub(crate) mod mirror;
pub(crate) mod pyramid;
mod reduce;
mod rolling_guidance;
mod saliency;
mod texture_removal;
mod unsharp;
mod window;

pub use bilateral::Bilateral;
pub use box_blur::{box_blur, box_mean};
pub(crate) use clahe::Maps;
pub use clahe::{Clahe, clahe};
pub(crate) use dehaze::Veil;
pub use dehaze::{Dehaze, dehaze};
pub use denoise::Denoise;
pub use domain_transform::{DomainTransform, Pass};
pub(crate) use fill::{fill_transparent, fill_unseen};
pub use gaussian::{gaussian, gaussian_picture};
pub use guided::{guided, guided_colour, guided_colours};
pub use lightness::lightness;
pub(crate) use lightness::opacity;
pub use local_laplacian::{LocalLaplacian, local_laplacian};
pub use median::median;
pub(crate) use reduce::reduce_window;
pub use reduce::{Reduced, reduce, reduce_planes};
pub use rolling_guidance::RollingGuidance;
pub use saliency::{MAP_SIDE, saliency};
pub use texture_removal::TextureRemoval;
pub use unsharp::{Unsharp, unsharp};
