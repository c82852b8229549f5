//! A drawing with a pen: where its contour runs, and the strokes its tone is made of.

use super::contour::{Contour, contour};
use super::decolour::decolour;
use super::hatching::{Hatching, hatching};
use super::stroke::Stroke;
use super::study::Study;
use super::tone::{Key, darkness};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Picture, Plane, Size};

/// The darkness a pen aims at.
const KEY: Key =
    Key { white: 0.1, middle: 0.29, most: 0.9, smooth: 2.6, simplify: 0.035, detail: 0.65, contrast: 0.3 };

/// The longer side of what strokes are laid out on: small, so that a preview and the full picture get the same ones.
pub(crate) const LAYOUT_GRID: u32 = 640;

/// Strokes nearer to each other than this, in pixels, are not seen one by one.
const FINEST: f32 = 0.7;

/// A picture as a pen draws it.
#[derive(Clone, Debug)]
pub struct PenDrawing {
    /// How strong the contour is, on the grid that drawings are made on.
    pub contour: Plane,
    /// What the tone is made of.
    pub tone: PenTone,
}

/// What the tone of a pen drawing is made of.
#[derive(Clone, Debug)]
pub enum PenTone {
    /// Layers of strokes, lightest first.
    Strokes(Vec<Vec<Stroke>>),
    /// Darkness as it is, where strokes would be too fine to be seen.
    Even(Plane),
}

impl PenDrawing {
    /// Draw a picture. `tone` is how dark middle tones become, 1 being usual.
    ///
    /// ```
    /// use zhijin::line::{Hatching, PenDrawing, PenTone};
    /// use zhijin::pixel::{Layout, Picture, Size};
    ///
    /// let samples: Vec<u8> = (0..200 * 100).map(|i| if i % 200 < 100 { 60 } else { 240 }).collect();
    /// let picture = Picture::new(Size::new(200, 100)?, Layout::Grey, samples)?;
    /// let options = Hatching { spacing: 20.0, ..Hatching::default() };
    /// let drawing = PenDrawing::new(&picture, 1.0, &options, &zhijin::Context::default())?;
    /// let PenTone::Strokes(layers) = drawing.tone else { panic!("coarse enough to be seen") };
    /// assert_eq!(layers.len(), 4);
    /// // Places are in units of 1/1024 of the longer side, so the dark half ends at 512.
    /// let strokes = layers[0].iter().filter(|stroke| stroke.points[0][0] < 500.0).count();
    /// assert!(2 * strokes > layers[0].len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(picture: &Picture, tone: f32, options: &Hatching, context: &Context) -> Result<Self> {
        let mut study = Study::open(picture, 1.0, context)?;
        let mut layout = study.smaller(LAYOUT_GRID, context)?;
        study.light = decolour(&study, context)?;
        let faint = Contour { threshold: 0.05, ..Contour::default() };
        let contour = contour(&study, &study.light, &faint, context)?;
        let key = Key { middle: (KEY.middle * tone).clamp(0.02, 0.9), ..KEY };
        let fine = darkness(&study.light, study.unit, key, context)?;
        if too_fine(options.spacing, picture.size()) {
            return Ok(Self { contour, tone: PenTone::Even(fine) });
        }
        layout.light = decolour(&layout, context)?;
        let dark = darkness(&layout.light, layout.unit, key, context)?;
        let strokes = hatching(&layout.light, &dark, &fine, layout.unit, options, context)?;
        Ok(Self { contour, tone: PenTone::Strokes(strokes) })
    }
}

/// Are strokes this many units apart too fine to be seen in a picture of this size?
pub(crate) fn too_fine(spacing: f32, size: Size) -> bool {
    spacing * size.longer() as f32 / 1024.0 < FINEST
}
