//! Drawings as pixels, plainly: every pixel's middle is asked whether it is inside.

use super::svg::{Drawing, Place, Shape};

/// The colours of a drawing on paper of this colour.
pub(super) fn rendered(drawing: &Drawing, paper: [u8; 3]) -> image::RgbImage {
    let (width, height) = drawing.size;
    let mut picture = image::RgbImage::from_pixel(width as u32, height as u32, image::Rgb(paper));
    for shape in &drawing.shapes {
        let mut paint = |mask: Vec<bool>, colour: [u8; 3]| {
            let pixels = picture.pixels_mut().zip(mask).filter(|(_, inside)| *inside);
            pixels.for_each(|(pixel, _)| pixel.0 = colour);
        };
        if let Some(colour) = shape.fill {
            paint(filled(shape, drawing.size), colour);
        }
        if let Some(colour) = shape.stroke {
            paint(stroked(shape, drawing.size), colour);
        }
    }
    picture
}

/// Pixels inside of the parts, by the even-odd rule.
pub(super) fn filled(shape: &Shape, (width, height): (usize, usize)) -> Vec<bool> {
    let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); height];
    for (places, _) in &shape.parts {
        let next = places.iter().cycle().skip(1);
        for (a, b) in places.iter().zip(next).take(places.len()) {
            let (low, high) = if a.1 <= b.1 { (a, b) } else { (b, a) };
            let first = (low.1 - 0.5).ceil().max(0.0) as usize;
            for y in (first..height).take_while(|y| *y as f64 + 0.5 < high.1) {
                let part = (y as f64 + 0.5 - low.1) / (high.1 - low.1);
                crossings[y].push(low.0 + part * (high.0 - low.0));
            }
        }
    }
    let mut mask = vec![false; width * height];
    for (row, crossings) in mask.chunks_exact_mut(width).zip(&crossings) {
        for (x, inside) in row.iter_mut().enumerate() {
            *inside = crossings.iter().filter(|at| **at < x as f64 + 0.5).count() % 2 == 1;
        }
    }
    mask
}

/// Pixels within half the width of the line.
fn stroked(shape: &Shape, (width, height): (usize, usize)) -> Vec<bool> {
    let mut mask = vec![false; width * height];
    let half = shape.width / 2.0;
    for [a, b] in segments(shape) {
        let range = |from: f64, to: f64, most: usize| {
            let low = (from.min(to) - half - 1.0).max(0.0) as usize;
            low..((from.max(to) + half + 1.0).max(0.0) as usize).min(most)
        };
        for y in range(a.1, b.1, height) {
            for x in range(a.0, b.0, width) {
                mask[y * width + x] |= distance((x as f64 + 0.5, y as f64 + 0.5), a, b) <= half;
            }
        }
    }
    mask
}

/// The straight pieces of a shape's lines.
pub(super) fn segments(shape: &Shape) -> Vec<[Place; 2]> {
    let pieces = |(places, closed): &(Vec<Place>, bool)| {
        let mut all = places.clone();
        all.extend(places.first().filter(|_| *closed || places.len() == 1));
        all.windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>()
    };
    shape.parts.iter().flat_map(pieces).collect()
}

/// From a place to the nearest between two others.
pub(super) fn distance(at: Place, a: Place, b: Place) -> f64 {
    let (way, here) = ((b.0 - a.0, b.1 - a.1), (at.0 - a.0, at.1 - a.1));
    let square = way.0 * way.0 + way.1 * way.1;
    let part = if square > 0.0 { ((here.0 * way.0 + here.1 * way.1) / square).clamp(0.0, 1.0) } else { 0.0 };
    (here.0 - part * way.0).hypot(here.1 - part * way.1)
}
