//! Drawings as SVG files.

use std::fmt::Write;

use super::number::write_number;
use super::path_data::PathData;
use crate::pixel::Size;
use crate::trace::path::Path;

/// Red, green and blue.
pub type Colour = [u8; 3];

/// What is below all layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A colour that browsers show behind the drawing, but nothing that is drawn: a plotter would trace its frame.
    Shown(Colour),
    /// A rectangle the size of the sheet.
    Painted(Colour),
}

/// A drawing: layers on a sheet the size of the picture, in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Of the picture.
    pub size: Size,
    /// What it is called.
    pub title: String,
    /// What is below all layers.
    pub ground: Option<Ground>,
    /// How many places coordinates have after the point.
    pub decimals: u32,
    /// From below to above.
    pub layers: Vec<Layer>,
}

/// Shapes that belong together: to one pen, or to one direction of hatching.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What programs for drawing list it as.
    pub name: String,
    /// How its shapes are painted.
    pub paint: Paint,
    /// In the order in which they are drawn.
    pub shapes: Vec<Shape>,
}

/// How shapes are painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// Along the paths, with round ends.
    Stroke {
        /// Of the ink.
        colour: Colour,
        /// In pixels, where a shape has none of its own.
        width: f64,
    },
    /// Inside of the paths; what is inside of two is outside (the even-odd rule).
    Fill {
        /// Where a shape has none of its own.
        colour: Colour,
        /// Width of a line in the same colour around each shape, which hides the seams that show where renderers
        /// blend two shapes along a shared border; 0 for none.
        seam: f64,
    },
    /// Inside of the paths, also where that is inside of two (the nonzero rule): outlines of strokes.
    Brush {
        /// Where a shape has none of its own.
        colour: Colour,
    },
}

impl Paint {
    /// How wide lines are that say nothing themselves.
    fn width(self) -> Option<f64> {
        match self {
            Self::Stroke { width, .. } => Some(width),
            Self::Fill { .. } | Self::Brush { .. } => None,
        }
    }
}

/// Paths that are one thing: a line, or an outline with its holes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// One after the other.
    pub paths: Vec<Path>,
    /// Instead of the layer's.
    pub colour: Option<Colour>,
    /// Instead of the layer's.
    pub width: Option<f64>,
}

impl From<Path> for Shape {
    fn from(path: Path) -> Self {
        Self { paths: vec![path], ..Self::default() }
    }
}

/// The file.
pub fn write_svg(sheet: &Sheet) -> String {
    let mut out = String::new();
    let (width, height) = (sheet.size.width(), sheet.size.height());
    let named = sheet.layers.iter().any(|layer| !layer.name.is_empty());
    let program = if named { " xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\"" } else { "" };
    add(
        &mut out,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\"{program} width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\""
        ),
    );
    if let Some(Ground::Shown(colour)) = sheet.ground {
        add(&mut out, format_args!(" style=\"background:{}\"", hex(colour)));
    }
    out.push_str(">\n");
    if !sheet.title.is_empty() {
        add(&mut out, format_args!("<title>{}</title>\n", escaped(&sheet.title)));
    }
    if let Some(Ground::Painted(colour)) = sheet.ground {
        add(&mut out, format_args!("<path fill=\"{}\" d=\"M0 0h{width}v{height}H0z\"/>\n", hex(colour)));
    }
    for layer in &sheet.layers {
        write_layer(&mut out, layer, sheet.decimals);
    }
    out.push_str("</svg>\n");
    out
}

fn write_layer(out: &mut String, layer: &Layer, decimals: u32) {
    out.push_str("<g");
    if !layer.name.is_empty() {
        let name = escaped(&layer.name);
        add(out, format_args!(" inkscape:groupmode=\"layer\" inkscape:label=\"{name}\""));
    }
    match layer.paint {
        Paint::Stroke { colour, width } => {
            add(out, format_args!(" fill=\"none\" stroke=\"{}\" stroke-width=\"", hex(colour)));
            write_number(out, width, 2);
            out.push_str("\" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        }
        Paint::Fill { colour, seam } => {
            add(out, format_args!(" fill=\"{}\" fill-rule=\"evenodd\"", hex(colour)));
            if seam > 0.0 {
                add(out, format_args!(" stroke=\"{}\" stroke-width=\"", hex(colour)));
                write_number(out, seam, 2);
                out.push_str("\" stroke-linejoin=\"round\"");
            }
        }
        Paint::Brush { colour } => add(out, format_args!(" fill=\"{}\"", hex(colour))),
    }
    out.push_str(">\n");
    for shape in &layer.shapes {
        write_shape(out, shape, layer.paint, decimals);
    }
    out.push_str("</g>\n");
}

fn write_shape(out: &mut String, shape: &Shape, paint: Paint, decimals: u32) {
    let mut data = PathData::new(decimals);
    shape.paths.iter().for_each(|path| data.add(path));
    if data.text.is_empty() {
        return;
    }
    out.push_str("<path");
    if let Some(colour) = shape.colour.map(hex) {
        match paint {
            Paint::Stroke { .. } => add(out, format_args!(" stroke=\"{colour}\"")),
            Paint::Fill { seam, .. } if seam > 0.0 => {
                add(out, format_args!(" fill=\"{colour}\" stroke=\"{colour}\""));
            }
            Paint::Fill { .. } | Paint::Brush { .. } => add(out, format_args!(" fill=\"{colour}\"")),
        }
    }
    if let Some(width) = shape.width.filter(|width| paint.width() != Some(*width)) {
        out.push_str(" stroke-width=\"");
        write_number(out, width, 2);
        out.push('"');
    }
    add(out, format_args!(" d=\"{}\"/>\n", data.text));
}

/// Writing to a string cannot fail.
fn add(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).unwrap_or_default();
}

fn hex([r, g, b]: Colour) -> String {
    if [r, g, b].iter().all(|value| value % 17 == 0) {
        format!("#{:x}{:x}{:x}", r / 17, g / 17, b / 17)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// As text or in an attribute. Characters that XML has no way to hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::point::Point;

    #[test]
    fn a_drawing_is_written_as_it_should_be() {
        let line = Path::polyline(&[Point::new(1.0, 1.0), Point::new(4.0, 2.5)], false);
        let thick = Shape { width: Some(2.5), colour: Some([1, 2, 3]), ..line.clone().into() };
        let stroke = Paint::Stroke { colour: [0; 3], width: 1.0 };
        let layer = Layer { name: "1 <ink>".into(), paint: stroke, shapes: vec![line.into(), thick] };
        let sheet = Sheet {
            size: Size::new(8, 6).unwrap(),
            title: "a & b\u{1}".into(),
            ground: Some(Ground::Painted([255; 3])),
            decimals: 1,
            layers: vec![layer],
        };
        let expected = "<svg xmlns=\"http://www.w3.org/2000/svg\" \
            xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" width=\"8\" height=\"6\" \
            viewBox=\"0 0 8 6\">\n<title>a &amp; b</title>\n<path fill=\"#fff\" d=\"M0 0h8v6H0z\"/>\n\
            <g inkscape:groupmode=\"layer\" inkscape:label=\"1 &lt;ink&gt;\" fill=\"none\" stroke=\"#000\" \
            stroke-width=\"1\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n<path d=\"m1 1 3 1.5\"/>\n\
            <path stroke=\"#010203\" stroke-width=\"2.5\" d=\"m1 1 3 1.5\"/>\n</g>\n</svg>\n";
        assert_eq!(write_svg(&sheet), expected);
        let shown = Sheet { ground: Some(Ground::Shown([255, 0, 7])), layers: Vec::new(), ..sheet };
        let head = write_svg(&shown);
        assert!(head.contains(" viewBox=\"0 0 8 6\" style=\"background:#ff0007\">\n"), "{head}");
        assert!(!head.contains("<path"), "{head}");
    }
}
