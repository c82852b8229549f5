//! By a picture drawn for the purpose: white is everything, black nothing, grey between; transparent is nothing.

use super::{Masker, Weigh};
use crate::codec::{self, DecodeOptions};
use crate::context::Context;
use crate::error::Result;
use crate::op::stretch;
use crate::op::{Asset, Kind, Param, StepContext, Values};
use crate::pixel::{Encoding, Picture, Plane, Planes};

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
        let Some(asset) = &self.0 else { return Ok(Plane::filled(picture.size(), 1.0)) };
        let mask = codec::decode(&asset.bytes, &DecodeOptions::default(), step.work)?.picture;
        let mut planes = Planes::open(&mask, Encoding::Srgb, step.work)?;
        let alpha = planes.alpha.take();
        let mut weights = planes.colour.swap_remove(0);
        if let [blue, green] = &planes.colour[..] {
            // What was last took the place of the first. The weights are those of luma (Rec. ITU-R BT.709).
            let rest = green.samples().iter().zip(blue.samples());
            for (weight, (green, blue)) in weights.samples_mut().iter_mut().zip(rest) {
                *weight = 0.2126 * *weight + 0.7152 * green + 0.0722 * blue;
            }
        }
        if let Some(alpha) = alpha {
            let pairs = weights.samples_mut().iter_mut().zip(alpha.samples());
            pairs.for_each(|(weight, alpha)| *weight *= alpha);
        }
        stretch(weights, picture.size(), step)
    }
}
