//! Kuwahara: texture melts, edges stay, as if worked with a loaded brush.

use crate::context::Context;
use crate::error::Result;
use crate::op::sheet::Sheet;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::paint::{Crisp, Guide, Kuwahara as Filter, grid_for, kuwahara};
use crate::pixel::{Picture, Plane, Size};

/// Smooths along the forms.
pub(crate) struct Kuwahara;

impl Operator for Kuwahara {
    fn name(&self) -> &'static str {
        "kuwahara"
    }

    fn about(&self) -> &'static str {
        "Melts texture into patches that follow the forms, and keeps edges: gouache, or the ground of an oil painting."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "radius",
                kind: Kind::Length { min: 1.0, max: 60.0 },
                default: "6",
                about: "How far it reaches.",
            },
            Param {
                name: "sharpness",
                kind: Kind::Number { min: 2.0, max: 18.0 },
                default: "8",
                about: "How decidedly a patch takes one side: 4 is soft, 16 hard.",
            },
            Param {
                name: "stretch",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "1",
                about: "How much patches grow long along the forms.",
            },
            Param {
                name: "scales",
                kind: Kind::Integer { min: 1, max: 4 },
                default: "3",
                about: "From how many sizes patches are chosen, each twice as large as the one before.",
            },
            Param {
                name: "detail",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "1",
                about: "How much finer it works where it matters, on faces above all.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Bound {
            radius: values.length("radius"),
            detail: values.number("detail"),
            filter: Filter {
                radius: 0.0,
                sharpness: values.number("sharpness"),
                stretch: values.number("stretch"),
                scales: values.integer("scales") as u32,
            },
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        let share = (1024.0 * 1024.0 / size.area() as f64).min(1.0);
        Cost::per_pixel(size, 120.0 + 700.0 * share, 8.0 + 120.0 * share)
    }
}

struct Bound {
    radius: Length,
    detail: f32,
    filter: Filter,
}

impl Whole for Bound {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let context = step.work;
        let size = picture.size();
        let radius = self.radius.pixels(size);
        let guide = Guide::at_most(&picture, grid_for(size, radius), context)?;
        let sheet = Sheet::of(&picture, &[], step)?;
        drop(picture);
        let planes = self.filtered(&guide, radius, context)?;
        drop(guide);
        let crisp = Crisp::new(planes, context)?;
        let crisp = crisp.at(sheet.size());
        sheet.fill_oklab(context, |level, y, between, out| crisp.row(level, y, between, out))
    }
}

impl Bound {
    fn filtered(&self, guide: &Guide, radius: f32, context: &Context) -> Result<[Plane; 3]> {
        let study = &guide.study;
        let mut broad = guide.importance.clone();
        broad.samples_mut().iter_mut().for_each(|v| *v = 1.0 - self.detail * *v);
        let options = Filter { radius: radius.min(6.0), ..self.filter };
        kuwahara([&study.light, &study.a, &study.b], &guide.flow, &broad, &options, context)
    }
}
