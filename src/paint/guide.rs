//! The guide of a painting: the picture as it is seen with half-closed eyes.

use super::importance::importance;
use crate::context::Context;
use crate::error::Result;
use crate::line::{Flow, Study, painters_flow};
use crate::pixel::{Picture, Plane, Size};

/// The longer side of the guide, at most. Paint has no detail finer than a unit, and a preview of usual size has the
/// same guide as the full picture.
const LONGER: u32 = 1024;

/// What every painter looks at before the brush is wetted.
#[derive(Clone, Debug)]
pub struct Guide {
    /// Colours, in Oklab; what is transparent has the colours around it.
    pub study: Study,
    /// Which way the brush goes; every place has a way.
    pub flow: Flow,
    /// How much detail is worth at a place, from 0 to 1.
    pub importance: Plane,
}

impl Guide {
    /// Look at a picture.
    pub fn open(picture: &Picture, context: &Context) -> Result<Self> {
        Self::at_most(picture, LONGER, context)
    }

    /// Look at a picture on a grid whose longer side is at most `longer`.
    pub(crate) fn at_most(picture: &Picture, longer: u32, context: &Context) -> Result<Self> {
        let study = Study::at_most(picture, longer, context)?;
        let flow = painters_flow(&[&study.light, &study.a, &study.b], study.unit, context)?;
        let importance = importance(picture, &study, context)?;
        Ok(Self { study, flow, importance })
    }

    /// Width and height of the grid.
    pub fn size(&self) -> Size {
        self.study.size()
    }

    /// Samples to a unit of 1/1024 of the longer side.
    pub fn unit(&self) -> f32 {
        self.study.unit
    }
}
