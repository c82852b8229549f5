//! By a picture drawn for the purpose: white is everything, black nothing, grey between; transparent is nothing.

use super::{Masker, Weigh};
use crate::codec;
use crate::context::Context;
use crate::error::Result;
use crate::op::drawn;
use crate::op::{Asset, Kind, Param, StepContext, Values};
use crate::pixel::{Picture, Plane};

/// A picture as a mask.
pub(super) struct File;

impl Masker for File {
    fn name(&self) -> &'static str {
        "file"
    }

    fn about(&self) -> &'static str {
        "A grey picture beside the style file, stretched over the picture: white is everything, black nothing."
    }

    fn params(&self) -> &'static [Param] {
        &[Param {
            name: "file",
            kind: Kind::File(&["png", "jpg", "jpeg", "webp", "tif", "tiff"]),
            default: "",
            about: "The picture; without one the mask is everything.",
        }]
    }

    fn check(&self, values: &Values) -> Result<(), String> {
        let Some(asset) = values.file("file") else { return Ok(()) };
        let header = codec::header(&asset.bytes, &Context::default());
        header.map(drop).map_err(|error| format!("mask.file = \"{}\": {error}", asset.name))
    }

    fn bind(&self, values: &Values) -> Box<dyn Weigh> {
        Box::new(Drawn(values.file("file").cloned()))
    }
}

struct Drawn(Option<Asset>);

impl Weigh for Drawn {
    fn weigh(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Plane> {
        match &self.0 {
            Some(asset) => drawn(asset, picture.size(), step),
            None => Ok(Plane::filled(picture.size(), 1.0)),
        }
    }
}
