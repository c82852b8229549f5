//! What a thing is made of, at one place.

use crate::maths::{V3, v3};

/// A place that a ray has met.
pub(crate) struct Hit {
    pub(crate) place: V3,
    pub(crate) uv: [f32; 2],
    /// Smooth normal on the side of the viewer.
    pub(crate) normal: V3,
    /// The true normal of the triangle, on the same side.
    pub(crate) flat: V3,
    /// Towards the viewer.
    pub(crate) view: V3,
    pub(crate) object: u16,
}

#[derive(Clone, Copy)]
pub(crate) struct Surface {
    /// Share of the light that is scattered back evenly.
    pub(crate) colour: V3,
    /// Share that is scattered through to the other side: leaves, petals, thin cloth.
    pub(crate) through: V3,
    /// Mirror reflection seen straight on: 0.04 for glaze and skin, the colour of the metal for metals.
    pub(crate) shine: V3,
    /// 0 is a mirror, 1 is chalk.
    pub(crate) rough: f32,
    /// Fibres that stand up and catch light along the outline: velvet, peach.
    pub(crate) sheen: V3,
    /// How far light of each colour wanders below the surface before it comes out; 0 if it does not enter.
    pub(crate) depth: V3,
    pub(crate) glow: V3,
    pub(crate) normal: V3,
}

impl Surface {
    pub(crate) fn matt(hit: &Hit, colour: V3) -> Self {
        let none = V3::default();
        let normal = hit.normal;
        Self { colour, through: none, shine: none, rough: 1.0, sheen: none, depth: none, glow: none, normal }
    }

    /// Under a clear coat or a wet skin.
    pub(crate) fn glossy(hit: &Hit, colour: V3, shine: f32, rough: f32) -> Self {
        Self { shine: v3(shine, shine, shine), rough, ..Self::matt(hit, colour) }
    }

    pub(crate) fn metal(hit: &Hit, colour: V3, rough: f32) -> Self {
        Self { shine: colour, rough, ..Self::matt(hit, V3::default()) }
    }

    pub(crate) fn scatters_below(&self) -> bool {
        self.depth.x > 0.0
    }
}

/// The normal of a surface with fine heights on it: it leans down the slope of `height`
/// (Mikkelsen, "Bump Mapping Unparametrized Surfaces on the GPU", 2010). `step` is how fine the heights are.
pub(crate) fn bumped(hit: &Hit, step: f32, height: impl Fn(V3) -> f32) -> V3 {
    let p = hit.place;
    let here = height(p);
    let slope = |d: V3| (height(p + d * step) - here) / step;
    let gradient = v3(slope(v3(1.0, 0.0, 0.0)), slope(v3(0.0, 1.0, 0.0)), slope(v3(0.0, 0.0, 1.0)));
    let along = gradient - hit.normal * gradient.dot(hit.normal);
    let leaning = (hit.normal - along).unit();
    if leaning.dot(hit.view) > 0.02 { leaning } else { hit.normal }
}
