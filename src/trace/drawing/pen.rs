//! Pen drawings as lines: the contour, and each layer of hatching.

use crate::context::Context;
use crate::edge::Grey;
use crate::error::Result;
use crate::line::{PenDrawing, PenTone, Stroke};
use crate::pixel::Size;
use crate::trace::ink::Ink;
use crate::trace::line::{Follow, Line, Traced, Vertex};
use crate::trace::point::Point;

/// From which share of full ink on a contour is a line. It is pressed as the operator `hatch` presses it.
const LEVEL: u8 = 128;
const PRESS: f32 = 2.2;

/// The lines of a drawing in a picture of this size, with names for their layers: "Contour", and "Hatching 1" for the
/// strokes that lie below all others, and so on. A drawing too small for strokes has a contour alone.
pub fn pen_lines(drawing: &PenDrawing, size: Size, context: &Context) -> Result<Vec<(String, Traced)>> {
    let mut all = vec![("Contour".into(), contour(drawing, size, context)?)];
    if let PenTone::Strokes(layers) = &drawing.tone {
        let scale = size.longer() as f64 / 1024.0;
        all.extend(layers.iter().enumerate().map(|(k, strokes)| {
            let lines = strokes.iter().map(|stroke| line(stroke, scale)).collect();
            (format!("Hatching {}", k + 1), Traced { lines, nodes: Vec::new() })
        }));
    }
    Ok(all)
}

/// The contour is traced on the grid it was made on.
fn contour(drawing: &PenDrawing, size: Size, context: &Context) -> Result<Traced> {
    let plane = &drawing.contour;
    let bytes: Vec<u8> =
        plane.samples().iter().map(|v| (255.0 * (1.0 - (PRESS * v).clamp(0.0, 1.0))).round() as u8).collect();
    let grey = Grey::new(&bytes, plane.size().width(), plane.size().height())?;
    let mut traced = Ink::new(grey, LEVEL).lines(Follow::for_size(plane.size()), context)?;
    let across = size.width() as f64 / plane.size().width() as f64;
    let down = size.height() as f64 / plane.size().height() as f64;
    let larger = |at: &mut Point| *at = Point { x: across * at.x, y: down * at.y };
    for vertex in traced.lines.iter_mut().flat_map(|line| &mut line.vertices) {
        larger(&mut vertex.at);
        vertex.width *= across as f32;
    }
    traced.nodes.iter_mut().for_each(larger);
    Ok(traced)
}

/// A stroke of the hand, in pixels.
fn line(stroke: &Stroke, scale: f64) -> Line {
    let vertex = |([x, y], half): (&[f32; 2], &f32)| Vertex {
        at: Point { x: scale * f64::from(*x), y: scale * f64::from(*y) },
        strength: *half,
        orientation: 0.0,
        width: 2.0 * half * scale as f32,
    };
    let vertices = stroke.points.iter().zip(&stroke.halves).map(vertex).collect();
    Line { vertices, closed: false, nodes: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Hatching;
    use crate::pixel::{Layout, Picture};
    use crate::trace::{LineDrawing, Weight, write_svg};

    #[test]
    fn every_layer_of_hatching_is_a_layer_of_the_sheet() {
        let samples = (0..300 * 200).map(|i| (i % 300 * 255 / 299) as u8).collect::<Vec<_>>();
        let picture = Picture::new(Size::new(300, 200).unwrap(), Layout::Grey, samples).unwrap();
        let (context, size) = (Context::default(), picture.size());
        let options = Hatching { spacing: 16.0, ..Hatching::default() };
        let drawing = PenDrawing::new(&picture, 1.0, &options, &context).unwrap();
        let lines = pen_lines(&drawing, size, &context).unwrap();
        let PenTone::Strokes(strokes) = &drawing.tone else { unreachable!("coarse strokes") };
        let counts: Vec<_> = lines[1..].iter().map(|(_, traced)| traced.lines.len()).collect();
        assert_eq!(counts, strokes.iter().map(Vec::len).collect::<Vec<_>>());
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
        let named: Vec<_> = lines.iter().map(|(name, traced)| (name.clone(), traced)).collect();
        for weight in [Weight::Even(1.0), Weight::Brush { taper: 0.0 }] {
            let sheet =
                LineDrawing { weight, ..LineDrawing::default() }.layers(&named, size, &context).unwrap();
            let names: Vec<_> = sheet.layers.iter().map(|layer| &layer.name[..]).collect();
            assert_eq!(names, ["Contour", "Hatching 1", "Hatching 2", "Hatching 3", "Hatching 4"]);
            assert!(write_svg(&sheet).contains("Hatching 4"));
        }
    }
}
