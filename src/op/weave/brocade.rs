//! Brocade (织锦): the picture is designed for a loom, woven thread by thread, and the cloth is looked at.

use super::params::{PARAMS, TRADITIONS};
use crate::color::Rgb;
use crate::error::Result;
use crate::op::{Action, Cost, Operator, Param, StepContext, Value, Values, Whole};
use crate::pixel::{Encoding, Picture, Planes, Size};
use crate::weave::cloth::{Cloth, Yarn};
use crate::weave::design::{self, Order, Repeat, Tradition};
use crate::weave::render::{Light, View, render};

/// Weaves the picture.
pub(crate) struct Brocade;

impl Operator for Brocade {
    fn name(&self) -> &'static str {
        "brocade"
    }

    fn about(&self) -> &'static str {
        "Weaves the picture as brocade, thread by thread, and shows the cloth."
    }

    fn params(&self) -> &'static [Param] {
        PARAMS
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound(values.clone())))
    }

    fn check(&self, values: &Values) -> Result<(), String> {
        for name in ["ends_per_cm", "passes_per_cm"] {
            let density = values.number(name);
            if density > 0.0 && density < 4.0 {
                return Err(format!(
                    "brocade.{name} = {density}; write 4 to 200, or 0 for that of the tradition"
                ));
            }
        }
        match (values.integer("ends"), values.integer("yarns")) {
            (1..60, _) => {
                Err("brocade.ends: a cloth has at least 60 threads; 0 means as many as usual".into())
            }
            (_, 1) => Err("brocade.yarns = 1: cloth takes at least 2; 0 means as many as usual".into()),
            _ => Ok(()),
        }
    }

    fn looks_ahead(&self, values: &Values) -> bool {
        values.colors("palette").is_empty()
    }

    /// All frames are woven with the yarns of the first.
    fn settle(&self, values: &Values, frames: &[Picture], step: &StepContext<'_>) -> Result<Values> {
        let mut settled = values.clone();
        if let Some(first) = frames.first() {
            let design = design::draw(first, &order(values, first.size()), step.work)?;
            let colour = |yarn: &Yarn| Rgb(yarn.colour.map(|value| f32::from(value) / 255.0));
            settled.set("palette", Value::Colors(design.point_paper().0.iter().map(colour).collect()));
        }
        Ok(settled)
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        // Each cell is designed, woven and tied; each pixel is lit.
        let along = match values.integer("ends") {
            0 => 1100.0,
            ends => ends as f64,
        };
        let cells = along * along * (size.width().min(size.height()) as f64 / size.longer() as f64).max(0.05);
        Cost::per_pixel(
            size,
            120.0 + 900.0 * cells / size.pixels() as f64,
            24.0 + 200.0 * cells / size.pixels() as f64,
        )
    }
}

struct Bound(Values);

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let (values, size) = (&self.0, picture.size());
        let order = order(values, size);
        let design = design::draw(&picture, &order, step.work)?;
        let (cloth, _) = design::weave(&design, order.max_float, None, true)?;
        let woven = render(&cloth, &view(values, &cloth, order.repeat, size, step.seed), step.work)?;
        let mut planes = Planes::open(&woven, Encoding::Srgb, step.work)?;
        if picture.layout().has_alpha() {
            planes.alpha = Planes::open(&picture, Encoding::Srgb, step.work)?.alpha;
        }
        planes.close(step.rest, step.work)
    }
}

/// The cloth that is asked for, for a picture of this size.
fn order(values: &Values, size: Size) -> Order {
    let at = TRADITIONS.iter().position(|name| *name == values.choice("tradition")).unwrap_or(0);
    let usual = Order::of(Tradition::ALL[at]);
    let or = |said: f32, usual: f32| if said > 0.0 { said } else { usual };
    let repeat = repeat(values);
    let copies = if repeat == Repeat::Single { 1 } else { values.integer("copies").max(1) as usize };
    let along = match values.integer("ends") {
        0 => usual.tradition.ends(),
        ends => ends as usize,
    };
    let across = along as f64 * size.width() as f64 / size.longer() as f64 / copies as f64;
    Order {
        yarns: match values.integer("yarns") {
            0 => usual.yarns,
            yarns => yarns as usize,
        },
        given: values.colors("palette").iter().map(|colour| colour.to_u8()).collect(),
        max_float: values.integer("max_float") as usize,
        ends_per_cm: or(values.number("ends_per_cm"), usual.ends_per_cm),
        passes_per_cm: or(values.number("passes_per_cm"), usual.passes_per_cm),
        size: design::Size::Ends((across.round() as usize).max(1)),
        repeat,
        contour: values.flag("contour"),
        halo: values.integer("halo") as u8,
        ..usual
    }
}

fn repeat(values: &Values) -> Repeat {
    match values.choice("repeat") {
        "straight" => Repeat::Straight,
        "half-drop" => Repeat::HalfDrop,
        "mirror" => Repeat::Mirror,
        _ => Repeat::Single,
    }
}

/// The cloth as large as the picture: once, or as many copies of it as go in.
fn view(values: &Values, cloth: &Cloth, repeat: Repeat, size: Size, seed: u64) -> View {
    let copies = values.integer("copies").max(1) as f32;
    // Copies that hang lower or are turned over come in pairs.
    let (across, shape) = match repeat {
        Repeat::Single => (1.0, 1.0),
        Repeat::Straight => (copies, cloth.width_cm() / cloth.height_cm()),
        Repeat::HalfDrop | Repeat::Mirror => (copies / 2.0, cloth.width_cm() / cloth.height_cm()),
    };
    let along = match repeat {
        Repeat::Single => 1.0,
        _ => across * shape * size.height() as f32 / size.width() as f32,
    };
    View {
        light: Light {
            azimuth: values.number("light"),
            elevation: values.number("elevation"),
            ..Light::default()
        },
        seed: (seed ^ seed >> 32) as u32,
        irregularity: values.number("irregularity"),
        glitter: values.number("glitter"),
        folds: values.number("folds"),
        ..View::repeats(cloth, size, across, along)
    }
}
