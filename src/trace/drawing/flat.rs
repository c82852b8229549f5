//! Drawings of flat regions.

use std::collections::BTreeSet;

use crate::color::Rgb;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::parallel::{BAND_ROWS, for_each_band_pair, map_bands};
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, Size};
use crate::region::{Labels, merge_islands};
use crate::trace::line::tolerance_for;
use crate::trace::region::regions;
use crate::trace::write::{Colour, Ground, Layer, Paint, Shape, Sheet, decimals_for, rounding};

/// How flat regions are drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlatDrawing {
    /// The farthest that any place of a curve may be from the border it stands for, in pixels; as it suits the size of the
    /// picture if nothing is said ([`tolerance_for`]).
    pub tolerance: Option<f64>,
    /// Regions of fewer pixels than this go to the neighbour they touch most; as it suits the size of the picture if
    /// nothing is said ([`FlatDrawing::speckle_for`]).
    pub speckle: Option<u32>,
    /// What the drawing is called.
    pub title: String,
}

/// The most colours a picture may have to be flat.
const MOST: usize = u16::MAX as usize;
/// What counts as seen.
const SEEN: u8 = 128;

impl FlatDrawing {
    /// The smallest region that is drawn in a picture of this size, if nothing is said: a 40 000th of it, and 8 pixels.
    pub fn speckle_for(size: Size) -> u32 {
        (size.pixels() / 40_000).max(8) as u32
    }

    /// The sheet of a picture in few colours: one layer called "Regions", a shape for each colour. What is less than half
    /// opaque is left bare. In a picture without such parts the most frequent colour is the ground, and lies below all
    /// others.
    ///
    /// Neighbours have the same curve between them. Each shape has a thin line around it in its own colour, since
    /// most programs blend two shapes along a shared border with what is below.
    pub fn sheet(&self, picture: &Picture, context: &Context) -> Result<Sheet> {
        let size = picture.size();
        let tolerance = self.tolerance.unwrap_or(tolerance_for(size)).max(0.0);
        let decimals = decimals_for(tolerance);
        let flat = Flat::new(picture, self.speckle.unwrap_or(Self::speckle_for(size)), context)?;
        let regions = regions(&flat.labels, tolerance - rounding(decimals), context)?;
        let ground = flat.ground();
        let shapes = regions.into_iter().filter_map(|region| {
            let colour = *flat.colours.get(usize::from(region.label))?;
            (Some(region.label) != ground).then_some(Shape {
                paths: region.rings,
                colour: Some(colour),
                width: None,
            })
        });
        let layer = Layer {
            name: "Regions".into(),
            paint: Paint::Fill { colour: [0; 3], seam: tolerance_for(size) },
            shapes: shapes.collect(),
        };
        let ground = ground.map(|label| Ground::Painted(flat.colours[usize::from(label)]));
        Ok(Sheet { size, title: self.title.clone(), ground, decimals, layers: vec![layer] })
    }
}

/// A picture as numbers of colours.
struct Flat {
    /// In order. What is bare has the number after the last.
    colours: Vec<Colour>,
    labels: Labels,
}

impl Flat {
    fn new(picture: &Picture, least: u32, context: &Context) -> Result<Self> {
        if picture.alpha() == Alpha::Premultiplied || picture.encoding() != Encoding::Srgb {
            return Err(Error::unsupported(
                "regions are found in sRGB pictures with straight alpha",
                "bring the picture to these first",
            ));
        }
        context.limits.admit(picture.size(), 8)?;
        let rgba = picture.clone().into_depth(Depth::U8, context)?.into_layout(Layout::Rgba, context)?;
        let view = rgba.as_u8().expect("brought to eight bits").samples();
        let colours = colours(view, picture.size(), context)?;
        let labels = labels(view, &colours, picture.size(), context)?;
        let mut flat = Self { colours, labels };
        // Bare parts are unlike all colours.
        let mut oklab: Vec<_> = flat.colours.iter().map(|colour| in_oklab(*colour)).collect();
        oklab.push([-9.0; 3]);
        merge_islands(&mut flat.labels, &oklab, least, context)?;
        Ok(flat)
    }

    /// The most frequent colour, if nothing is bare; of two, the first.
    fn ground(&self) -> Option<u16> {
        let mut counts = vec![0usize; self.colours.len() + 1];
        self.labels.labels().iter().for_each(|label| counts[usize::from(*label)] += 1);
        if counts.pop() != Some(0) {
            return None;
        }
        let most = counts.iter().copied().max()?;
        counts.iter().position(|count| *count == most).map(|label| label as u16)
    }
}

fn in_oklab(colour: Colour) -> [f32; 3] {
    Rgb(colour.map(|value| f32::from(value) / 255.0)).to(Encoding::Oklab)
}

/// The colour of a pixel, if it is seen.
fn seen(pixel: &[u8]) -> Option<Colour> {
    match *pixel {
        [r, g, b, a] if a >= SEEN => Some([r, g, b]),
        _ => None,
    }
}

/// All colours that are seen, each once, in order.
fn colours(rgba: &[u8], size: Size, context: &Context) -> Result<Vec<Colour>> {
    let bands = map_bands(context, size.height(), BAND_ROWS, |band| {
        let mut found = BTreeSet::new();
        let mut last = None;
        for pixel in rgba[4 * band.start * size.width()..4 * band.end * size.width()].chunks_exact(4) {
            let colour = seen(pixel);
            if colour != last {
                found.extend(colour);
                last = colour;
            }
        }
        Ok(found)
    })?;
    let all: BTreeSet<Colour> = bands.into_iter().flatten().collect();
    if all.len() > MOST {
        return Err(Error::unsupported(
            format!("a picture of {} colours is not flat; {MOST} are the most", all.len()),
            "bring it to few colours first, as the step quantize does",
        ));
    }
    Ok(all.into_iter().collect())
}

fn labels(rgba: &[u8], colours: &[Colour], size: Size, context: &Context) -> Result<Labels> {
    let mut labels = vec![0; size.pixels()];
    let rows = BAND_ROWS * size.width();
    for_each_band_pair(context, (rgba, 4 * rows), (&mut labels, rows), |_, rgba, labels| {
        let bare = colours.len() as u16;
        let number = |colour: Option<Colour>| {
            colour.and_then(|c| colours.binary_search(&c).ok()).map_or(bare, |i| i as u16)
        };
        let mut last = (None, bare);
        for (pixel, label) in rgba.chunks_exact(4).zip(labels) {
            let colour = seen(pixel);
            if colour != last.0 {
                last = (colour, number(colour));
            }
            *label = last.1;
        }
        Ok(())
    })?;
    Ok(Labels::new(size, labels).expect("one number for each pixel"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::write::write_svg;

    fn picture(width: u32, layout: Layout, samples: Vec<u8>) -> Picture {
        let height = samples.len() / layout.channels() / width as usize;
        Picture::new(Size::new(width, height as u32).unwrap(), layout, samples).unwrap()
    }

    #[test]
    fn the_most_frequent_colour_is_the_ground_unless_something_is_bare() {
        let samples = |bare: bool| -> Vec<u8> {
            let pixel = |i: usize| {
                let (x, y) = (i % 40, i / 40);
                let colour = if x < 12 {
                    [9, 8, 7]
                } else if y < 10 {
                    [250, 0, 0]
                } else {
                    [0, 0, 250]
                };
                let alpha = if bare && x > 30 { 20 } else { 200 };
                [colour[0], colour[1], colour[2], alpha]
            };
            (0..40 * 30).flat_map(pixel).collect()
        };
        let sheet = |bare| {
            let picture = picture(40, Layout::Rgba, samples(bare));
            FlatDrawing::default().sheet(&picture, &Context::default()).unwrap()
        };
        let colours =
            |sheet: &Sheet| -> Vec<_> { sheet.layers[0].shapes.iter().map(|s| s.colour.unwrap()).collect() };
        let opaque = sheet(false);
        assert_eq!(opaque.ground, Some(Ground::Painted([0, 0, 250])));
        assert_eq!(colours(&opaque), [[9, 8, 7], [250, 0, 0]]);
        let bare = sheet(true);
        assert_eq!(bare.ground, None);
        assert_eq!(colours(&bare), [[0, 0, 250], [9, 8, 7], [250, 0, 0]]);
    }

    #[test]
    fn speckles_go_to_what_is_around_them() {
        let spots = |i: usize| if [130, 131, 305].contains(&i) { 0 } else { 200 };
        let picture = picture(20, Layout::Grey, (0..400).map(spots).collect());
        let shapes = |speckle| {
            let drawing = FlatDrawing { speckle: Some(speckle), ..FlatDrawing::default() };
            drawing.sheet(&picture, &Context::default()).unwrap().layers[0].shapes.clone()
        };
        assert_eq!(shapes(0)[0].paths.len(), 2);
        assert_eq!(shapes(2)[0].paths.len(), 1);
        assert!(shapes(3).is_empty());
    }

    #[test]
    fn deep_pictures_are_rounded_and_those_of_too_many_colours_refused() {
        let context = Context::default();
        let narrow =
            picture(30, Layout::Rgb, (0..900 * 3).map(|i| if i % 90 < 45 { 10 } else { 250 }).collect());
        let wide = narrow.clone().into_depth(Depth::U16, &context).unwrap();
        let svg = |picture: &Picture| write_svg(&FlatDrawing::default().sheet(picture, &context).unwrap());
        assert_eq!(svg(&narrow), svg(&wide));
        let many =
            picture(300, Layout::Rgb, (0..90_000 * 3).map(|i| ((i / 3) >> (8 * (i % 3))) as u8).collect());
        let error = FlatDrawing::default().sheet(&many, &context).unwrap_err().to_string();
        assert!(error.starts_with("a picture of 90000 colours is not flat; "), "{error}");
    }
}
