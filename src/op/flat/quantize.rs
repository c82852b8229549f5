//! Quantise: the picture in a few colours, its own or given ones, plain or dithered.

mod params;
#[cfg(test)]
mod tests;

use crate::codec;
use crate::color::Rgb;
use crate::context::Context;
use crate::error::Result;
use crate::filter;

use crate::op::{Action, Asset, Cost, Operator, Param, StepContext, Value, Values, Whole, drawn, stretch};
use crate::palette::{FileFormat, Order, Palette, Swatch, file};
use crate::pixel::{Picture, Plane, Size};
use crate::quant::dither::{Diffusion, Dither, Filter, Ordered, Positional, Thresholds};
use crate::quant::{Indexed, Method, Quantizer, Space};
use params::PARAMS;

/// Brings the picture to a few colours.
pub(crate) struct Few;

/// How much more what draws the eye counts, at most.
const SALIENT: f32 = 12.0;
/// How much more what is white in a picture of weights counts than what is black.
const DRAWN: f32 = 24.0;
/// The power that weights of frequent colours are raised to where accents count most.
const LEAST_POWER: f32 = 0.4;

impl Operator for Few {
    fn name(&self) -> &'static str {
        "quantize"
    }

    fn about(&self) -> &'static str {
        "Brings the picture to a few colours, its own or given ones, plain or dithered."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn check(&self, values: &Values) -> std::result::Result<(), String> {
        let kept = kept(values)?;
        let wanted = values.integer("colors") as usize;
        let method = values.choice("method");
        if wanted == 0 && kept.is_empty() {
            return Err("quantize.colors = 0 means only given colours, but keep and palette give none".into());
        }
        if wanted > 0 && kept.len() > wanted {
            return Err(format!(
                "quantize.colors = {wanted} is less than the {} colours given; allow as many, or 0 for only those",
                kept.len()
            ));
        }
        if kept.len() < wanted && !kept.is_empty() && method != "kmeans" {
            return Err(format!("quantize.method = \"{method}\" cannot keep given colours; use kmeans"));
        }
        let Some(asset) = values.file("weights") else { return Ok(()) };
        let header = codec::header(&asset.bytes, &Context::default());
        header.map(drop).map_err(|error| format!("quantize.weights = \"{}\": {error}", asset.name))
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound::new(values)))
    }

    fn looks_ahead(&self, values: &Values) -> bool {
        values.choice("frames") == "together" && Bound::new(values).given.is_none()
    }

    fn settle(&self, values: &Values, frames: &[Picture], step: &StepContext<'_>) -> Result<Values> {
        let palette = Bound::new(values).sought(frames, step)?;
        let mut settled = values.clone();
        settled.set("colors", Value::Integer(0));
        settled.set("keep", Value::Colors(Vec::new()));
        let bytes = file::write(&palette, FileFormat::Hex)?.into();
        settled.set("palette", Value::File(Some(Asset { name: "frames.hex".into(), bytes })));
        Ok(settled)
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let colors = values.integer("colors").max(1) as f64;
        let mixed = match values.choice("dither") {
            "none" => 0.0,
            "pattern" => 400.0 + 16.0 * colors.min(256.0),
            _ => 400.0,
        };
        Cost::per_pixel(size, 60.0 + mixed + colors.sqrt(), 24.0)
    }
}

/// The value of that name; the first if there is none, which the kinds of parameters rule out.
fn named<T: Copy>(all: &[(&str, T)], name: &str) -> T {
    all.iter().find(|(known, _)| *known == name).unwrap_or(&all[0]).1
}

/// The colours that are given, each once.
fn kept(values: &Values) -> std::result::Result<Palette, String> {
    let mut swatches: Vec<Swatch> =
        values.colors("keep").iter().map(|colour: &Rgb| Swatch::opaque(colour.to_u8())).collect();
    if let Some(Asset { name, bytes }) = values.file("palette") {
        swatches.extend(file::read(name, bytes).map_err(|error| error.to_string())?);
    }
    let mut seen = std::collections::BTreeSet::new();
    swatches.retain(|swatch| seen.insert(swatch.colour));
    Ok(Palette::new(swatches))
}

fn dither(values: &Values) -> Dither {
    let strength = values.number("strength");
    let matrix = Thresholds::Bayer { power: values.integer("matrix") as u32 };
    match values.choice("dither") {
        "none" => Dither::None,
        "blue-noise" => Dither::Ordered(Ordered { thresholds: Thresholds::BlueNoise, strength }),
        "bayer" => Dither::Ordered(Ordered { thresholds: matrix, strength }),
        "pattern" => Dither::Positional(Positional { thresholds: matrix, strength, ..Positional::default() }),
        name => {
            let filter = Filter::ALL.into_iter().find(|filter| filter.name() == name).unwrap_or_default();
            Dither::Diffusion(Diffusion { filter, strength, clean: values.number("clean") })
        }
    }
}

struct Bound {
    /// All colours, if none is sought.
    given: Option<Palette>,
    quantizer: Quantizer,
    space: Space,
    salience: f32,
    weights: Option<Asset>,
    dither: Dither,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        if self.dither == Dither::None {
            return self.plain(picture, step)?.into_depth(step.rest, step.work);
        }
        let mut palette = match &self.given {
            Some(palette) => palette.clone(),
            None => self.sought(std::slice::from_ref(&picture), step)?,
        };
        let plain = Indexed::nearest(&picture, &palette, self.space, step.work)?;
        if plain.is_exact(&picture) {
            return plain.picture(step.work)?.into_depth(step.rest, step.work);
        }
        drop(plain);
        if self.given.is_none() {
            palette = self.quantizer.suited(&picture, &palette, self.dither, step.work)?;
        }
        let mixed = Indexed::dithered(&picture, &palette, self.space, self.dither, step.work)?;
        mixed.picture(step.work)?.into_depth(step.rest, step.work)
    }
}

impl Bound {
    fn new(values: &Values) -> Self {
        let kept = kept(values).unwrap_or_default();
        let wanted = values.integer("colors") as usize;
        let number = |name: &str| values.number(name);
        let quantizer = Quantizer::new(if wanted == 0 { kept.len().max(1) } else { wanted })
            .method(named(Method::NAMED, values.choice("method")))
            .space(named(Space::NAMED, values.choice("space")))
            .tempered(1.0 - (1.0 - LEAST_POWER) * number("accents"))
            .apart(number("apart"))
            .keeping(kept.clone())
            .ordered(Order::Lightness);
        Self {
            given: (wanted == 0 || kept.len() == wanted).then_some(kept),
            quantizer,
            space: named(Space::NAMED, values.choice("space")),
            salience: number("salience"),
            weights: values.file("weights").cloned(),
            dither: dither(values),
        }
    }

    /// Each pixel in the nearest colour.
    fn plain(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        match &self.given {
            Some(palette) => Indexed::painted(picture, palette, self.space, step.work),
            None if self.salience <= 0.0 && self.weights.is_none() => {
                Ok(self.quantizer.paint(picture, step.work)?.0)
            }
            None => {
                let palette = self.sought(std::slice::from_ref(&picture), step)?;
                Indexed::painted(picture, &palette, self.space, step.work)
            }
        }
    }

    /// The colours for these pictures together.
    fn sought(&self, pictures: &[Picture], step: &StepContext<'_>) -> Result<Palette> {
        let weights =
            pictures.iter().map(|picture| self.weights(picture, step)).collect::<Result<Vec<_>>>()?;
        let pairs: Vec<_> = pictures.iter().zip(weights.iter().map(Option::as_ref)).collect();
        self.quantizer.palette_weighted(&pairs, step.work)
    }

    /// How much each pixel counts, if not all the same.
    fn weights(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Option<Plane>> {
        let mut all = Vec::new();
        if self.salience > 0.0 {
            let salient = stretch(filter::saliency(picture, step.work)?, picture.size(), step)?;
            all.push((salient, SALIENT * self.salience));
        }
        if let Some(asset) = &self.weights {
            all.push((drawn(asset, picture.size(), step)?, DRAWN));
        }
        let mut weights: Option<Plane> = None;
        for (plane, gain) in all {
            let weights = weights.get_or_insert_with(|| Plane::filled(picture.size(), 1.0));
            for (weight, more) in weights.samples_mut().iter_mut().zip(plane.samples()) {
                *weight *= 1.0 + gain * more.max(0.0);
            }
        }
        Ok(weights)
    }
}
