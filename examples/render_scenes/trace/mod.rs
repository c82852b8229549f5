//! The core of the renderer: triangles, light, and the paths between them.

mod bsdf;
mod bvh;
mod camera;
mod denoise;
mod light;
mod mesh;
mod nets;
mod path;
mod render;
mod sampler;
mod scene;
mod skin;
mod surface;

pub(crate) use camera::Camera;
pub(crate) use light::Light;
pub(crate) use mesh::{Mesh, upright};
pub(crate) use nets::solid;
pub(crate) use render::{Frame, render};
pub(crate) use scene::Scene;
pub(crate) use surface::{Hit, Surface, bumped};
