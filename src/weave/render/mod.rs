//! From weave to picture: a cloth drawn thread by thread.
//!
//! There is one way of drawing for every size. The cloth is drawn on a fine grid in step with its threads, a
//! whole number of samples to a crossing; the grid is then filtered to the size asked for, in linear light. What a
//! thread looks like follows from one model of fibres and light. Where a crossing has few samples they come from
//! tables, averaged over the sample: with one sample a thread they hold the mean colour of a crossing, so the far view
//! is the mean of the near view by construction. Where it has many, each sample looks for the highest of the threads
//! that meet there.
//!
//! A thread is a bundle of fibres on an arc after Irawan and Marschner, "Specular reflection from woven cloth" (2012);
//! its sheen is that of Kajiya and Kay, "Rendering fur with three dimensional textures" (1989).

mod arc;
mod band;
mod cells;
mod check;
mod classes;
mod covers;
mod crossing;
mod dress;
mod dye;
mod encode;
mod face;
mod fibre;
mod light;
mod math;
mod near;
mod noise;
mod relief;
mod resample;
mod shade;
mod slow;
mod strand;
mod streaks;
mod survey;
mod temper;
mod tiles;
mod view;

#[cfg(test)]
mod tests;

pub use band::{Renderer, render};
pub use face::{Face, Top};
pub use light::Light;
pub use view::{View, Window};
