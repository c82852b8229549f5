//! Edges: where the picture is steep, as lines or as shades.

#[cfg(test)]
mod tests;

use super::hues;
use super::ink::{Cover, Ink};
use crate::context::Context;
use crate::edge::{
    Aperture, Colour, Finder, Look, Norm, Operator as Gradient, Response, Rule, SIGMAS, Scene, Thresholds,
    smooth_lines,
};
use crate::error::Result;
use crate::filter;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::pixel::{Picture, Size};

/// Finds edges and draws them.
pub(crate) struct Edges;

/// How edges are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Canny,
    Contour,
    Sobel,
    Scharr,
    Prewitt,
    Orientation,
    Log,
    Dog,
}

const METHODS: &[(&str, Method)] = &[
    ("canny", Method::Canny),
    ("contour", Method::Contour),
    ("sobel", Method::Sobel),
    ("scharr", Method::Scharr),
    ("prewitt", Method::Prewitt),
    ("orientation", Method::Orientation),
    ("log", Method::Log),
    ("dog", Method::Dog),
];

const NORMS: &[(&str, Norm)] = &[("sum", Norm::Sum), ("euclidean", Norm::Euclidean)];

const COLOURS: &[(&str, Colour)] =
    &[("grey", Colour::Grey), ("di-zenzo", Colour::DiZenzo), ("strongest", Colour::Strongest)];

/// How much wider the second Gaussian of a difference is: then it is most like a Laplacian (Marr and Hildreth).
const RATIO: f64 = 1.6;

/// How many mean swings a zero crossing must span over a stretch of sigma, where nothing else is said: from pixel to
/// pixel a response of twice the scale swings half as far.
const SWINGS: f32 = 2.5;

const PARAMS: &[Param] = &[
    Param {
        name: "method",
        kind: Kind::Choice(&["canny", "contour", "sobel", "scharr", "prewitt", "orientation", "log", "dog"]),
        default: "canny",
        about: "Thin lines (canny; contour: outlines rather than texture), shades of steepness (sobel, scharr, prewitt), hues of direction (orientation) or zero crossings (log, dog).",
    },
    Param {
        name: "aperture",
        kind: Kind::Integer { min: 3, max: 7 },
        default: "3",
        about: "The side of Sobel's window, for canny and sobel: 3, 5 or 7.",
    },
    Param {
        name: "norm",
        kind: Kind::Choice(&["sum", "euclidean"]),
        default: "sum",
        about: "How steepness is told from two derivatives: the sum of their sizes, or the length of both.",
    },
    Param {
        name: "low",
        kind: Kind::Number { min: 0.0, max: 400_000.0 },
        default: "0",
        about: "Steepness that continues a line of canny; 0: 0.4 of high.",
    },
    Param {
        name: "high",
        kind: Kind::Number { min: 0.0, max: 400_000.0 },
        default: "0",
        about: "Steepness that begins a line of canny, or the swing of a zero crossing; 0: found from the picture.",
    },
    Param {
        name: "rule",
        kind: Kind::Choice(&["share", "otsu", "contrast", "median"]),
        default: "share",
        about: "How thresholds of canny are found: one sloping pixel in ten, two clear classes, or from the median grey.",
    },
    Param {
        name: "sigma",
        kind: Kind::Length { min: 0.0, max: 64.0 },
        default: "1.2",
        about: "The standard deviation of a Gaussian beforehand; 0: none, but log and dog need 0.3 pixels.",
    },
    Param {
        name: "colour",
        kind: Kind::Choice(&["grey", "di-zenzo", "strongest"]),
        default: "grey",
        about: "Edges of the grey picture, of all channels together, or of the strongest; log and dog look at grey.",
    },
    Param {
        name: "reach",
        kind: Kind::Length { min: 1.0, max: 128.0 },
        default: "11",
        about: "How far off the surroundings must bear an edge out, for contour.",
    },
    Param {
        name: "outline",
        kind: Kind::Flag,
        default: "false",
        about: "Draw where a picture with transparent parts ends, too.",
    },
    Param {
        name: "gain",
        kind: Kind::Number { min: 0.1, max: 100.0 },
        default: "4",
        about: "Shades times this; at 1 only a step from black to white gives full ink.",
    },
    Param {
        name: "smooth",
        kind: Kind::Flag,
        default: "false",
        about: "Draw the lines of canny without steps, between the pixels.",
    },
    Param {
        name: "ink",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#000000",
        about: "The colour of edges.",
    },
    Param {
        name: "paper",
        kind: Kind::Colors { min: 1, max: 1 },
        default: "#ffffff",
        about: "The colour where there are none.",
    },
];

impl Operator for Edges {
    fn name(&self) -> &'static str {
        "edges"
    }

    fn about(&self) -> &'static str {
        "Draws edges: thin lines, shades of steepness, or zero crossings."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn check(&self, values: &Values) -> std::result::Result<(), String> {
        let side = values.integer("aperture");
        if aperture(values).is_none() {
            return Err(format!("edges.aperture = {side} is not allowed; it must be 3, 5 or 7"));
        }
        if values.choice("method") == "contour" && values.choice("rule") == "median" {
            return Err("edges.rule = \"median\" is not for contour; use \"share\" or \"otsu\"".into());
        }
        Ok(())
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            method: named(METHODS, values.choice("method")),
            finder: finder(values),
            sigma: values.length("sigma"),
            reach: values.length("reach"),
            gain: values.number("gain"),
            smooth: values.flag("smooth"),
            ink: Ink::of(values),
        }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let (work, bytes) = match values.choice("method") {
            "log" | "dog" => (150.0, 36.0),
            "contour" => (250.0, 48.0),
            _ => (60.0, 36.0),
        };
        Cost::per_pixel(size, work, bytes)
    }
}

/// What these values of the operator `edges` ask of Canny in a picture of this size.
pub fn edge_finder(values: &Values, size: Size) -> Finder {
    let finder = finder(values);
    let method = named(METHODS, values.choice("method"));
    let lengths = [values.length("sigma"), values.length("reach")].map(|length| length.pixels(size));
    Finder { look: look(finder.look, method, lengths), ..finder }
}

/// How a method looks at a picture in which sigma and reach are so many pixels.
fn look(look: Look, method: Method, [sigma, reach]: [f32; 2]) -> Look {
    let sigma = if matches!(method, Method::Log | Method::Dog) { 0.0 } else { sigma };
    let reach = if method == Method::Contour { reach } else { 0.0 };
    Look { sigma, reach, ..look }
}

/// All but the lengths, which depend on the size.
fn finder(values: &Values) -> Finder {
    let look = Look {
        colour: named(COLOURS, values.choice("colour")),
        outline: values.flag("outline"),
        ..Look::default()
    };
    let [low, high] = ["low", "high"].map(|name| f64::from(values.number(name)));
    Finder {
        look,
        aperture: aperture(values).unwrap_or_default(),
        norm: named(NORMS, values.choice("norm")),
        thresholds: Thresholds { low, high },
        rule: named(Rule::NAMED, values.choice("rule")),
    }
}

fn aperture(values: &Values) -> Option<Aperture> {
    usize::try_from(values.integer("aperture")).ok().and_then(|side| Aperture::of_side(side).ok())
}

/// The value of that name; the first if there is none, which the kinds of parameters rule out.
fn named<T: Copy>(all: &[(&str, T)], name: &str) -> T {
    all.iter().find(|(known, _)| *known == name).unwrap_or(&all[0]).1
}

struct Bound {
    method: Method,
    finder: Finder,
    sigma: Length,
    reach: Length,
    gain: f32,
    smooth: bool,
    ink: Ink,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        if self.method == Method::Orientation {
            let scene = Scene::open(&picture, self.look(picture.size()), context)?;
            return hues::drawn(&picture, &scene, self.gain, step);
        }
        let cover = self.cover(&picture, context)?;
        let mut alpha = filter::opacity(&picture, context)?;
        if let (true, Some(alpha)) = (self.finder.look.outline, &mut alpha) {
            // A line on the far side of the outline would not be seen.
            cover.raise(alpha);
        }
        let form = (picture.size(), picture.layout().is_grey(), step.rest);
        self.ink.draw(&cover, alpha.as_ref(), form, context)
    }
}

impl Bound {
    fn look(&self, size: Size) -> Look {
        look(self.finder.look, self.method, [self.sigma, self.reach].map(|length| length.pixels(size)))
    }

    fn cover(&self, picture: &Picture, context: &Context) -> Result<Cover> {
        let sigma = self.sigma.pixels(picture.size());
        let scene = Scene::open(picture, self.look(picture.size()), context)?;
        let scale = f64::from(sigma).clamp(*SIGMAS.start(), SIGMAS.end() / RATIO);
        match self.method {
            // Drawn in hues of its own, not in ink.
            Method::Orientation => self.shades(&scene, Gradient::Scharr, context),
            Method::Canny | Method::Contour => self.lines(&scene, context),
            Method::Sobel => self.shades(&scene, Gradient::Sobel(self.finder.aperture), context),
            Method::Scharr => self.shades(&scene, Gradient::Scharr, context),
            Method::Prewitt => self.shades(&scene, Gradient::Prewitt, context),
            Method::Log => {
                self.crossings(&scene, &scene.laplacian_of_gaussian(scale, context)?, scale, context)
            }
            Method::Dog => {
                let response = scene.difference_of_gaussians(scale, RATIO, context)?;
                self.crossings(&scene, &response, scale * RATIO.sqrt(), context)
            }
        }
    }

    fn lines(&self, scene: &Scene<'_>, context: &Context) -> Result<Cover> {
        let canny = self.finder.canny(scene, context)?;
        let edges = scene.canny(&canny, context)?;
        if !self.smooth {
            return Ok(Cover::Lines(edges));
        }
        let plane = smooth_lines(scene.size(), &scene.points(&edges, canny.aperture, context)?);
        Ok(Cover::Shades { plane, gain: 1.0 })
    }

    fn shades(&self, scene: &Scene<'_>, operator: Gradient, context: &Context) -> Result<Cover> {
        let plane = scene.steepness(operator, self.finder.norm, context)?;
        Ok(Cover::Shades { plane, gain: self.gain })
    }

    fn crossings(
        &self,
        scene: &Scene<'_>,
        response: &Response,
        scale: f64,
        context: &Context,
    ) -> Result<Cover> {
        let least = match self.finder.thresholds.high {
            high if high > 0.0 => high as f32,
            _ => SWINGS / scale.max(1.0) as f32 * response.mean_swing(context)?,
        };
        Ok(Cover::Lines(scene.within(response.zero_crossings(least, context)?, context)?))
    }
}
