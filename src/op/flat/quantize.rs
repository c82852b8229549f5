//! Quantise: the picture in a few colours, its own or given ones, plain or dithered.

use crate::color::Rgb;
use crate::error::Result;
use crate::filter;

use crate::op::{Action, Asset, Cost, Kind, Operator, Param, StepContext, Value, Values, Whole, stretch};
use crate::palette::{FileFormat, Order, Palette, Swatch, file};
use crate::pixel::{Picture, Plane, Size};
use crate::quant::dither::{Diffusion, Dither, Filter, Ordered, Positional, Thresholds};
use crate::quant::{Indexed, Method, Quantizer, Space};

/// Brings the picture to a few colours.
pub(crate) struct Few;

/// How much more what draws the eye counts, at most.
const SALIENT: f32 = 12.0;
/// The power that weights of frequent colours are raised to where accents count most.
const LEAST_POWER: f32 = 0.4;

const PARAMS: &[Param] = &[
    Param {
        name: "colors",
        kind: Kind::Integer { min: 0, max: Palette::MOST as i64 },
        default: "16",
        about: "How many colours; 0: those given in keep and palette alone.",
    },
    Param {
        name: "keep",
        kind: Kind::Colors { min: 0, max: 4096 },
        default: "[]",
        about: "Colours that must be among them; the others are found.",
    },
    Param {
        name: "palette",
        kind: Kind::File(&["gpl", "ase", "aco", "hex", "json", "css", "pal"]),
        default: "",
        about: "A palette file whose colours must be among them.",
    },
    Param {
        name: "method",
        kind: Kind::Choice(&["kmeans", "wu", "median-cut", "octree", "neuquant"]),
        default: "kmeans",
        about: "How colours are found; kmeans has the least error.",
    },
    Param {
        name: "space",
        kind: Kind::Choice(&["oklab", "srgb", "linear", "lab"]),
        default: "oklab",
        about: "Where colours are compared; oklab is as eyes do. What is found in lab is dithered in oklab.",
    },
    Param {
        name: "accents",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0",
        about: "How much say rare colours have: a small red lantern in a grey street keeps its red at 0.5.",
    },
    Param {
        name: "salience",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0",
        about: "How much more say what draws the eye has.",
    },
    Param {
        name: "apart",
        kind: Kind::Number { min: 0.0, max: 0.5 },
        default: "0",
        about: "The least distance of two colours (0.02 can just be told apart); there may be fewer then.",
    },
    Param {
        name: "dither",
        kind: Kind::Choice(&[
            "none",
            "floyd-steinberg",
            "jarvis",
            "stucki",
            "atkinson",
            "sierra",
            "sierra-lite",
            "blue-noise",
            "bayer",
            "pattern",
        ]),
        default: "none",
        about: "How colours between are mixed: by diffusion of errors, by a matrix, or (pattern) many at once.",
    },
    Param {
        name: "strength",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "1",
        about: "How much is mixed: 0 is as good as none.",
    },
    Param {
        name: "clean",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "1",
        about: "How clean diffusion leaves flat areas and hard edges.",
    },
    Param {
        name: "matrix",
        kind: Kind::Integer { min: 1, max: 6 },
        default: "3",
        about: "The matrix of bayer and pattern is two to this power along a side.",
    },
    Param {
        name: "frames",
        kind: Kind::Choice(&["together", "each"]),
        default: "together",
        about: "The colours of an animation: found for all frames together, or for each, which flickers.",
    },
];

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
        Ok(())
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
            dither: dither(values),
        }
    }

    /// Each pixel in the nearest colour.
    fn plain(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        match &self.given {
            Some(palette) => Indexed::painted(picture, palette, self.space, step.work),
            None if self.salience <= 0.0 => Ok(self.quantizer.paint(picture, step.work)?.0),
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
        if self.salience <= 0.0 {
            return Ok(None);
        }
        let mut weights: Plane = stretch(filter::saliency(picture, step.work)?, picture.size(), step)?;
        let gain = SALIENT * self.salience;
        weights.samples_mut().iter_mut().for_each(|weight| *weight = 1.0 + gain * weight.max(0.0));
        Ok(Some(weights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::pixel::{Depth, Encoding, Layout};
    use crate::test_support::Random;

    fn run(picture: Picture, set: &[(&'static str, Value)]) -> Picture {
        let mut values = Values::defaults(PARAMS);
        set.iter().for_each(|(name, value)| values.set(name, value.clone()));
        assert_eq!(Few.check(&values), Ok(()));
        let context = Context::default();
        let step = StepContext { work: &context, seed: 0, rest: picture.depth() };
        match Few.bind(&values) {
            Action::Whole(whole) => whole.run(picture, &step).unwrap(),
            _ => unreachable!("quantize is whole"),
        }
    }

    fn noise(layout: Layout) -> Picture {
        let mut random = Random::new("quantize operator");
        let size = Size::new(40, 30).unwrap();
        let samples: Vec<u8> = (0..size.pixels() * layout.channels()).map(|_| random.next() as u8).collect();
        Picture::new(size, layout, samples).unwrap()
    }

    fn colours(picture: &Picture) -> usize {
        let channels = picture.layout().channels();
        let samples = picture.as_u8().unwrap().samples();
        samples.chunks_exact(channels).collect::<std::collections::BTreeSet<_>>().len()
    }

    #[test]
    fn every_dither_keeps_to_the_palette() {
        let Kind::Choice(words) = PARAMS[8].kind else { unreachable!("dither is a choice") };
        for word in words {
            for layout in [Layout::Rgb, Layout::Rgba, Layout::Grey] {
                let set = [("colors", Value::Integer(7)), ("dither", Value::Choice(word))];
                assert!(colours(&run(noise(layout), &set)) <= 7, "{word} of {layout:?}");
            }
        }
    }

    #[test]
    fn few_colours_are_left_alone_whatever_the_dither() {
        let few = run(noise(Layout::Rgb), &[("colors", Value::Integer(9))]);
        for word in ["none", "floyd-steinberg", "blue-noise", "pattern"] {
            let again = run(few.clone(), &[("colors", Value::Integer(9)), ("dither", Value::Choice(word))]);
            assert_eq!(again, few, "{word}");
        }
    }

    #[test]
    fn given_colours_alone_are_used() {
        let keep = Value::Colors(vec![Rgb([0.0; 3]), Rgb([1.0; 3])]);
        let picture = run(noise(Layout::Rgb), &[("colors", Value::Integer(0)), ("keep", keep)]);
        assert!(picture.as_u8().unwrap().samples().iter().all(|&v| v == 0 || v == 255));
    }

    #[test]
    fn what_cannot_be_is_said_before_work_begins() {
        let check = |set: &[(&'static str, Value)]| {
            let mut values = Values::defaults(PARAMS);
            set.iter().for_each(|(name, value)| values.set(name, value.clone()));
            Few.check(&values).unwrap_err()
        };
        let two = || Value::Colors(vec![Rgb([0.0; 3]), Rgb([1.0; 3])]);
        assert!(check(&[("colors", Value::Integer(0))]).contains("give none"));
        assert!(check(&[("colors", Value::Integer(1)), ("keep", two())]).contains("less than the 2 colours"));
        assert!(check(&[("method", Value::Choice("wu")), ("keep", two())]).contains("use kmeans"));
    }

    #[test]
    fn frames_settle_on_one_palette_holes_included() {
        let mut values = Values::defaults(PARAMS);
        values.set("colors", Value::Integer(5));
        assert!(Few.looks_ahead(&values));
        let context = Context::default();
        let frames = [noise(Layout::Rgba), noise(Layout::Rgba)];
        let step = StepContext { work: &context, seed: 0, rest: Depth::U8 };
        let settled = Few.settle(&values, &frames, &step).unwrap();
        assert!(!Few.looks_ahead(&settled), "what is settled is settled");
        assert_eq!(Few.check(&settled), Ok(()));
        let palette = Bound::new(&settled).given.unwrap();
        let wanted = Quantizer::new(5).palette(&frames.each_ref(), &context).unwrap();
        assert!(palette.colours().eq(wanted.colours()) && !palette.is_opaque());
        values.set("frames", Value::Choice("each"));
        assert!(!Few.looks_ahead(&values));
    }

    #[test]
    fn sixteen_bits_stay_sixteen() {
        let deep = noise(Layout::Rgb).into_depth(Depth::U16, &Context::default()).unwrap();
        let picture = run(deep, &[]);
        assert_eq!((picture.depth(), picture.encoding()), (Depth::U16, Encoding::Srgb));
    }
}
