//! Drawings of lines.

use crate::context::Context;
use crate::error::Result;
use crate::parallel::map_bands;
use crate::pixel::Size;
use crate::trace::fit::{Widths, outline};
use crate::trace::line::{Line, Traced, tolerance_for};
use crate::trace::order::{Stroke, in_order, order};
use crate::trace::path::Path;
use crate::trace::point::Point;
use crate::trace::write::{Colour, Ground, Layer, Paint, Shape, Sheet, decimals_for, rounding};

/// How wide lines are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Weight {
    /// The stronger a line, the wider: from half of what suits the size of the picture to twice as much.
    #[default]
    Strength,
    /// All the same, in pixels.
    Even(f64),
    /// As wide as each was found to be, narrower towards its ends over so many pixels. These are outlines that are filled.
    Brush {
        /// Over how many pixels an open line narrows at each end.
        taper: f64,
    },
}

/// How lines are drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct LineDrawing {
    /// The farthest that any place of a curve may be from the line it stands for, and any place of the line from the
    /// curve, in pixels; as it suits the size of the picture if nothing is said ([`tolerance_for`]).
    pub tolerance: Option<f64>,
    /// How wide lines are.
    pub weight: Weight,
    /// Are they drawn in an order, and from the ends, between which a pen travels little? Else in the order in which rows
    /// from above meet them.
    pub short: bool,
    /// Their colour.
    pub ink: Colour,
    /// What is below them.
    pub ground: Option<Ground>,
    /// What the drawing is called.
    pub title: String,
}

impl Default for LineDrawing {
    /// Black lines on white paper.
    fn default() -> Self {
        Self {
            tolerance: None,
            weight: Weight::default(),
            short: true,
            ink: [0; 3],
            ground: Some(Ground::Shown([255; 3])),
            title: String::new(),
        }
    }
}

/// How far lines may be narrower and wider than what suits the picture.
const RANGE: (f64, f64) = (0.5, 2.0);
/// Over how much of its length the width of a brush stroke is evened out, in pixels for each pixel of tolerance.
const EVEN: f64 = 24.0;
/// Brush strokes made at a time.
const BAND: usize = 64;

impl LineDrawing {
    /// The sheet, with one layer called "Lines".
    pub fn sheet(&self, traced: &Traced, size: Size, context: &Context) -> Result<Sheet> {
        self.layers(&[("Lines".into(), traced)], size, context)
    }

    /// The sheet of several drawings, each in a layer of its own: for pens that are changed in between.
    pub fn layers(&self, all: &[(String, &Traced)], size: Size, context: &Context) -> Result<Sheet> {
        let tolerance = self.tolerance.unwrap_or(tolerance_for(size)).max(0.0);
        let decimals = decimals_for(tolerance);
        let measures = (tolerance - rounding(decimals), suiting(size));
        let layers = all.iter().map(|(name, traced)| {
            let drawn = self.drawn(traced, measures.0, context)?;
            let (paint, shapes) = self.inked(drawn, measures, context)?;
            Ok(Layer { name: name.clone(), paint, shapes })
        });
        let layers = layers.collect::<Result<_>>()?;
        Ok(Sheet { size, title: self.title.clone(), ground: self.ground, decimals, layers })
    }

    /// The curves of all lines, in the order in which they are drawn.
    fn drawn<'a>(&self, traced: &'a Traced, within: f64, context: &Context) -> Result<Vec<Drawn<'a>>> {
        let paths = traced.curves(within, context)?;
        context.check()?;
        let strokes =
            if self.short { order(&paths, Point::default()).strokes } else { as_found(paths.len()) };
        let drawn = strokes.iter().zip(in_order(&paths, &strokes));
        Ok(drawn
            .map(|(stroke, path)| Drawn { line: &traced.lines[stroke.path as usize], path, stroke: *stroke })
            .collect())
    }

    /// In ink, as wide as they are to be.
    fn inked(
        &self,
        drawn: Vec<Drawn<'_>>,
        (within, suiting): (f64, f64),
        context: &Context,
    ) -> Result<(Paint, Vec<Shape>)> {
        let colour = self.ink;
        Ok(match self.weight {
            Weight::Even(width) => {
                (Paint::Stroke { colour, width }, drawn.into_iter().map(|d| Shape::from(d.path)).collect())
            }
            Weight::Strength => {
                let widths = by_strength(&drawn, suiting);
                let shape =
                    |(drawn, width): (Drawn<'_>, f64)| Shape { width: Some(width), ..drawn.path.into() };
                let shapes = drawn.into_iter().zip(widths).map(shape).collect();
                (Paint::Stroke { colour, width: suiting }, shapes)
            }
            Weight::Brush { taper } => (Paint::Brush { colour }, brushed(&drawn, taper, within, context)?),
        })
    }
}

/// A line as it is drawn.
struct Drawn<'a> {
    line: &'a Line,
    path: Path,
    stroke: Stroke,
}

fn as_found(count: usize) -> Vec<Stroke> {
    (0..count).map(|i| Stroke { path: i as u32, backwards: false }).collect()
}

/// The width that suits a picture of this size: a 1024th of its longer side, and a pixel at least.
fn suiting(size: Size) -> f64 {
    (size.longer() as f64 / 1024.0).max(1.0)
}

/// The width of each line: as the root of its strength, where that of the median line is what suits; to tenths.
fn by_strength(drawn: &[Drawn<'_>], suiting: f64) -> Vec<f64> {
    let strengths: Vec<f64> = drawn.iter().map(|drawn| drawn.line.mean_strength()).collect();
    let mut sorted = strengths.clone();
    sorted.sort_by(f64::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or(1.0);
    let width = |strength: f64| {
        let share = if median > 0.0 { (strength / median).sqrt() } else { 1.0 };
        (10.0 * suiting * share.clamp(RANGE.0, RANGE.1)).round() / 10.0
    };
    strengths.into_iter().map(width).collect()
}

fn brushed(drawn: &[Drawn<'_>], taper: f64, within: f64, context: &Context) -> Result<Vec<Shape>> {
    let within = within.max(0.1);
    let bands = map_bands(context, drawn.len(), BAND, |band| {
        let strokes = drawn[band].iter().map(|drawn| {
            let widths = Widths::of(drawn.line, EVEN * within);
            let widths = if drawn.stroke.backwards { widths.reversed() } else { widths };
            Shape { paths: outline(&drawn.path, &widths, taper, within / 2.0), ..Shape::default() }
        });
        Ok(strokes.collect::<Vec<_>>())
    })?;
    Ok(bands.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;
    use crate::trace::deviation::deviation;
    use crate::trace::line::Vertex;

    /// Walks whose strength grows from line to line.
    fn traced(random: &mut Random, count: usize) -> Traced {
        let mut line = |i: usize| {
            let mut at = Point::new(f64::from(random.unit()) * 200.0, f64::from(random.unit()) * 200.0);
            let mut way = Point::new(f64::from(random.unit()) - 0.5, f64::from(random.unit()) - 0.5).unit();
            let mut vertex = |_| {
                way = (way + way.turned() * (0.4 * f64::from(random.unit()) - 0.2)).unit();
                at = at + way;
                Vertex { at, strength: (1 + i) as f32, orientation: 0.0, width: 4.0 }
            };
            Line { vertices: (0..60).map(&mut vertex).collect(), closed: false, nodes: None }
        };
        Traced { lines: (0..count).map(&mut line).collect(), nodes: Vec::new() }
    }

    fn paths(sheet: &Sheet) -> Vec<Path> {
        sheet.layers.iter().flat_map(|layer| &layer.shapes).flat_map(|shape| shape.paths.clone()).collect()
    }

    #[test]
    fn curves_are_within_the_tolerance_whatever_the_order() {
        let mut random = Random::new("curves_are_within_the_tolerance_whatever_the_order");
        let (size, context) = (Size::new(200, 200).unwrap(), Context::default());
        let traced = traced(&mut random, 40);
        let given = traced.curves(0.0, &context).unwrap();
        for (tolerance, short) in [(0.2, true), (1.0, true), (1.0, false), (4.0, true)] {
            let drawing = LineDrawing { tolerance: Some(tolerance), short, ..LineDrawing::default() };
            let sheet = drawing.sheet(&traced, size, &context).unwrap();
            for off in deviation(&given, &paths(&sheet)) {
                assert!(off.most + rounding(sheet.decimals) <= tolerance + 0.13, "{off:?} {random}");
            }
        }
    }

    #[test]
    fn strong_lines_are_wider_and_brushes_cover_their_lines() {
        let mut random = Random::new("strong_lines_are_wider_and_brushes_cover_their_lines");
        let (size, context) = (Size::new(200, 200).unwrap(), Context::default());
        let traced = traced(&mut random, 9);
        let drawing = LineDrawing { short: false, ..LineDrawing::default() };
        let sheet = drawing.sheet(&traced, size, &context).unwrap();
        let widths: Vec<f64> = sheet.layers[0].shapes.iter().map(|shape| shape.width.unwrap()).collect();
        assert!(widths.is_sorted() && widths[0] == 0.5 && widths[4] == 1.0 && widths[8] == 1.3, "{widths:?}");
        for short in [false, true] {
            let brush =
                LineDrawing { weight: Weight::Brush { taper: 10.0 }, short, ..LineDrawing::default() };
            let sheet = brush.sheet(&traced, size, &context).unwrap();
            assert!(matches!(sheet.layers[0].paint, Paint::Brush { .. }));
            let [there, back] = deviation(&paths(&sheet), &traced.curves(0.0, &context).unwrap());
            assert!(there.most < 3.2 && back.most < 3.2, "{there:?} {back:?} {random}");
        }
    }

    #[test]
    fn nothing_makes_an_empty_layer() {
        let size = Size::new(3, 2).unwrap();
        let sheet = LineDrawing::default().sheet(&Traced::default(), size, &Context::default()).unwrap();
        assert_eq!((sheet.layers.len(), paths(&sheet).len()), (1, 0));
    }
}
