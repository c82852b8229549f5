//! What pictures lie on: noise, and the ground of paper and cloth, as heights and tones at any size.
//!
//! A ground is a field over the picture in reference units (1/1024 of the longer side) with a seed, averaged over
//! the area of a pixel. So a preview shows what the full picture would show reduced; threads finer than a pixel
//! fade to their mean and do not beat against the pixels.

mod canvas;
mod cloth;
mod fibre;
mod ground;
mod hills;
mod noise;
mod paper;
mod reduction;
mod silk;
mod washi;

pub use ground::{Ground, Light, Material};
pub use noise::Noise;
