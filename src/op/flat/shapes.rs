//! From a picture to shapes and their colours.
//!
//! All is decided on a small copy, so a preview and the full picture come to the same shapes, and a large photograph
//! takes hardly longer than a small one.

use super::few::{few, nearest, voices};
use crate::error::Result;
use crate::filter::{RollingGuidance, fill_unseen, reduce, saliency};
use crate::op::{Length, StepContext, Values};
use crate::pixel::{Alpha, Encoding, Layout, Picture, Plane, Size};
use crate::region::{Labels, Region, Segment, Segments, merge_islands, merge_slivers, smooth};

/// How much more than lightness hue and chroma count: light and shade on one thing are one thing sooner.
const CHROMA: f32 = 2.8;
/// How much dearer what draws the eye most is, with all the care there is.
const DEAREST: f32 = 10.0;
/// What cannot be seen matters as much as this.
const UNSEEN: f32 = 0.02;

/// What shapes shall be like.
pub(super) struct Look {
    colors: usize,
    detail: u32,
    fine: Length,
    simplify: f32,
    shapes: usize,
    care: f32,
    smooth: Length,
    sliver: Length,
    island: f32,
    accents: f32,
}

/// Shapes, and the colours of their labels.
pub(super) struct Design {
    pub(super) labels: Labels,
    /// In Oklab.
    pub(super) colours: Vec<[f32; 3]>,
    /// How much borders are smoothed, in pixels of the map.
    pub(super) smooth: f32,
}

impl Look {
    pub(super) fn new(values: &Values) -> Self {
        Self {
            colors: values.integer("colors").unsigned_abs() as usize,
            detail: values.integer("detail").unsigned_abs() as u32,
            fine: values.length("fine"),
            simplify: values.number("simplify"),
            shapes: values.integer("shapes").unsigned_abs() as usize,
            care: values.number("care"),
            smooth: values.length("smooth"),
            sliver: values.length("sliver"),
            island: values.number("island"),
            accents: values.number("accents"),
        }
    }

    /// Find the shapes of a picture and choose their colours.
    pub(super) fn design(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Design> {
        let small = reduce(picture, self.detail, Encoding::Oklab, step.work)?;
        let scale = small.size().longer() as f32 / picture.size().longer() as f32;
        let pixels = |length: Length| length.pixels(picture.size()) * scale;
        let mut colour = small.colour;
        fill_unseen(&mut colour, &small.alpha);
        let matters = self.matters(&colour, &small.alpha, step)?;
        let colour = self.calmed(colour, pixels(self.fine), step)?;
        let shapes = self.segment(matters.size()).run(&colour, &matters, step.work)?;
        let (labels, colours) = self.coloured(&shapes, matters.size());
        let mut design = Design { labels, colours, smooth: pixels(self.smooth) };
        self.tidy(&mut design, pixels(self.sliver), step)?;
        for [_, a, b] in &mut design.colours {
            (*a, *b) = (*a / CHROMA, *b / CHROMA);
        }
        Ok(design)
    }

    fn segment(&self, size: Size) -> Segment {
        let unit = Length::Relative(1.0).pixels(size);
        Segment {
            grain: 0.05,
            loss: 0.35 * self.simplify * self.simplify * unit,
            slow: 0.1,
            faith: 10.0,
            most: self.shapes,
        }
    }

    /// How dear each pixel is.
    fn matters(&self, colour: &[Plane; 3], alpha: &Plane, step: &StepContext<'_>) -> Result<Plane> {
        let size = alpha.size();
        let eye = saliency(&interleaved(colour, alpha), step.work)?;
        let (w, h) = (eye.size().width(), eye.size().height());
        Ok(Plane::from_fn(size, |x, y| {
            let drawn = eye.row(y * h / size.height())[x * w / size.width()];
            (1.0 + DEAREST * self.care * drawn) * alpha.row(y)[x].max(UNSEEN)
        }))
    }

    /// Without what is too fine to be a shape; and with chroma stretched, as everything after wants it.
    fn calmed(&self, mut colour: [Plane; 3], size: f32, step: &StepContext<'_>) -> Result<[Plane; 3]> {
        for plane in &mut colour[1..] {
            plane.samples_mut().iter_mut().for_each(|v| *v *= CHROMA);
        }
        if size <= 0.0 {
            return Ok(colour);
        }
        let filter = RollingGuidance { size: size.max(0.5), range: 0.1, rounds: 3 };
        let planes = filter.run(&colour.iter().collect::<Vec<_>>(), step.work)?;
        Ok(planes.try_into().unwrap_or(colour))
    }

    /// A label for each shape, and the colours of the labels.
    fn coloured(&self, shapes: &Segments, size: Size) -> (Labels, Vec<[f32; 3]>) {
        let colours = few(&voices(&shapes.regions, 1.0 - self.accents), self.colors);
        let label = |region: &Region| nearest(&colours, region.colour) as u16;
        let of: Vec<u16> = shapes.regions.iter().map(label).collect();
        let labels = shapes.of.iter().map(|shape| of[*shape as usize]).collect();
        (Labels::new(size, labels).expect("one shape for each pixel"), colours)
    }

    fn tidy(&self, design: &mut Design, sliver: f32, step: &StepContext<'_>) -> Result<()> {
        let Design { labels, colours, smooth: sigma } = design;
        merge_slivers(labels, colours, sliver.round() as usize, step.work)?;
        *labels = smooth(labels, *sigma, step.work)?;
        let least = f64::from(self.island) / 100.0 * labels.size().area() as f64;
        merge_islands(labels, colours, least as u32, step.work)
    }
}

fn interleaved(colour: &[Plane; 3], alpha: &Plane) -> Picture {
    let [l, a, b] = colour.each_ref().map(Plane::samples);
    let pixels = l.iter().zip(a).zip(b).zip(alpha.samples());
    let samples: Vec<f32> = pixels.flat_map(|(((l, a), b), alpha)| [*l, *a, *b, *alpha]).collect();
    Picture::with_meaning(alpha.size(), Layout::Rgba, Encoding::Oklab, Alpha::Straight, samples)
        .expect("four samples for each pixel")
}
