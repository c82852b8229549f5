//! Everything in front of the camera.

use super::bvh::Bvh;
use super::light::Light;
use super::mesh::Mesh;
use super::surface::{Hit, Surface};
use crate::maths::V3;

type Shader = Box<dyn Fn(&Hit) -> Surface + Sync>;
type Sky = Box<dyn Fn(V3) -> V3 + Sync>;

pub(crate) struct Scene {
    pub(crate) mesh: Mesh,
    /// Object and shader of each triangle.
    pub(crate) parts: Vec<(u16, u16)>,
    pub(crate) shaders: Vec<Shader>,
    pub(crate) lights: Vec<Light>,
    /// The light that comes from a direction in which there is nothing.
    pub(crate) sky: Sky,
    pub(crate) bvh: Bvh,
    objects: u16,
}

impl Scene {
    pub(crate) fn new(lights: Vec<Light>, sky: impl Fn(V3) -> V3 + Sync + 'static) -> Self {
        let bvh = Bvh::build(&[]);
        let sky = Box::new(sky);
        Self { mesh: Mesh::default(), parts: Vec::new(), shaders: Vec::new(), lights, sky, bvh, objects: 0 }
    }

    /// A new material; the number is for `add`.
    pub(crate) fn shader(&mut self, shader: impl Fn(&Hit) -> Surface + Sync + 'static) -> u16 {
        self.shaders.push(Box::new(shader));
        (self.shaders.len() - 1) as u16
    }

    /// A new object, made of that material.
    pub(crate) fn add(&mut self, mesh: &Mesh, shader: u16) {
        self.objects += 1;
        self.add_to_last(mesh, shader);
    }

    /// More of the object added last, perhaps of another material.
    pub(crate) fn add_to_last(&mut self, mesh: &Mesh, shader: u16) {
        self.parts.resize(self.parts.len() + mesh.triangles.len(), (self.objects, shader));
        self.mesh.append(mesh);
    }

    /// To be called when everything is in its place.
    pub(crate) fn ready(mut self) -> Self {
        let places = &self.mesh.places;
        let corners: Vec<[V3; 3]> =
            self.mesh.triangles.iter().map(|t| t.map(|corner| places[corner as usize])).collect();
        self.bvh = Bvh::build(&corners);
        self
    }
}
