//! Brush strokes: curved, coarse to fine, with bristles and body.
//!
//! ```text
//! field, reference   the picture as a brush of one size sees it, and which way that brush goes
//! walk               where a stroke goes and how wide it may be
//! mixing             which colour is on the brush, and what differs from hair to hair
//! plan, layer        layers of strokes, each where the last is not good enough yet
//! bristles           the streaks a tool leaves
//! raster             strokes to samples, what lies on top first
//! cloth              the canvas where paint is thin
//! ```
//!
//! After Hertzmann ("Painterly rendering with curved brush strokes of multiple sizes", 1998; "Fast paint texture", 2002),
//! with the relaxed orientations of Hays & Essa ("Image and video based painterly animation", 2004) and finer work
//! where it matters as in Zeng, Zhao, Xiong & Zhu ("From image parsing to painterly rendering", 2009).

mod bristles;
mod cloth;
mod field;
mod layer;
mod mixing;
mod plan;
mod raster;
mod reference;
mod walk;

pub(crate) use cloth::Cloth;
pub(crate) use mixing::Mixing;
pub(crate) use plan::plan;
pub(crate) use raster::Band;

/// What paint is laid with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tool {
    /// A round brush: strokes begin and end in a point.
    #[default]
    Round,
    /// A flat one: blunt ends, one width.
    Flat,
    /// A palette knife: straight slabs with crisp edges.
    Knife,
}

/// How a picture is painted. Lengths in units of 1/1024 of the longer side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brushwork {
    pub(crate) tool: Tool,
    /// Half the width of the broadest brush and of the finest.
    pub(crate) halves: [f32; 2],
    pub(crate) layers: usize,
    /// How eagerly finer strokes follow the picture, and how many lie where there is no need.
    pub(crate) detail: f32,
    pub(crate) fill: f32,
    /// Length of a stroke, in widths.
    pub(crate) length: f32,
    pub(crate) curve: f32,
    /// How far strokes stray from the flow, in radians.
    pub(crate) stray: f32,
    /// How much bristles show, how dry strokes run out, how soft their edges are.
    pub(crate) bristles: f32,
    pub(crate) dry: f32,
    pub(crate) blend: f32,
    pub(crate) opacity: f32,
    /// How thick ridges are against the paint.
    pub(crate) ridge: f32,
    /// How much thicker lights lie than darks.
    pub(crate) body: f32,
    pub(crate) mixing: Mixing,
    pub(crate) seed: u32,
}

impl Brushwork {
    /// Half the width of the brush of a layer.
    fn half(&self, layer: usize) -> f32 {
        let [coarse, fine] = self.halves;
        if self.layers < 2 {
            return coarse;
        }
        let t = layer as f32 / (self.layers - 1) as f32;
        coarse * (fine.min(coarse) / coarse).powf(t)
    }
}
