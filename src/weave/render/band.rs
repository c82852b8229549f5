//! The picture, band of rows by band of rows.

use std::collections::VecDeque;

use super::check;
use super::covers::Covers;
use super::crossing::{Loom, Pass, uneven};
use super::dress::Wardrobe;
use super::encode::Encoder;
use super::face::Face;
use super::light::Light;
use super::near::Near;
use super::relief::Relief;
use super::resample::{Axis, Tap, across, add};
use super::slow::Folds;
use super::temper::Temper;
use super::tiles::Tiles;
use super::view::View;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Layout, Picture};
use crate::weave::cloth::Cloth;

/// Crossings the cloth goes on beyond the window, so that filters may look to the left of it and above.
const START: f32 = 8.0;

/// Pixels a crossing, the shorter way, up to which crossings are drawn from tables; from there on the ends of floats can
/// be seen, and each sample costs ten times as much.
const FAR: f32 = 5.2;

/// A cloth ready to be drawn in one view.
pub struct Renderer<'a> {
    cloth: &'a Cloth,
    face: Face,
    tiles: Tiles,
    near: Option<Near>,
    temper: Temper,
    relief: Relief,
    covers: Covers,
    uneven: Vec<f32>,
    columns: Axis,
    passes: Axis,
    view: View,
    encoder: Encoder,
}

impl<'a> Renderer<'a> {
    /// Make tables for a view of a cloth, or say what is wrong with either.
    pub fn new(cloth: &'a Cloth, view: &View, context: &Context) -> Result<Self> {
        check::cloth(cloth)?;
        check::view(view)?;
        let face = Face::new(cloth, context)?;
        let window = view.window;
        let columns = Axis::new(view.size.width(), start(window.left, face.columns()), window.across);
        let passes = Axis::new(view.size.height(), start(window.top, face.rows()), window.down);
        let grain = (columns.grain, passes.grain);
        let temper = Temper::new(view, &view.light);
        let wardrobe = Wardrobe::new(&Temper::new(view, &Light::default()));
        let scale = (view.size.width() as f32 / window.across).min(view.size.height() as f32 / window.down);
        let near = (scale > FAR).then(|| Near::new(cloth, &face, &view.light, grain, (&temper, &wardrobe)));
        let tiles = match near {
            Some(_) => Tiles::none(grain),
            None => Tiles::new(cloth, &face, &view.light, grain, &wardrobe),
        };
        let (relief, covers) = (Relief::new(&view.light, grain), Covers::new(cloth, grain));
        let (uneven, encoder, view) = (uneven(cloth), Encoder::new(), view.clone());
        Ok(Self { cloth, face, tiles, near, temper, relief, covers, uneven, columns, passes, view, encoder })
    }

    /// What is seen of the cloth.
    pub fn face(&self) -> &Face {
        &self.face
    }

    /// Draw rows `first..` of the picture into `bytes`: sRGB, as many whole rows as fit.
    pub fn band(&self, first: usize, bytes: &mut [u8]) {
        let loom = Loom {
            cloth: self.cloth,
            face: &self.face,
            tiles: &self.tiles,
            near: self.near.as_ref(),
            temper: &self.temper,
            relief: &self.relief,
            covers: &self.covers,
            uneven: &self.uneven,
            folds: Folds::new(&self.view),
        };
        let mut rows = Rows::new(self, loom);
        match &self.passes.taps {
            None => self.exact(first, bytes, &mut rows),
            Some(taps) => self.filtered(&taps[first.min(taps.len())..], bytes, &mut rows),
        }
    }

    fn exact(&self, first: usize, bytes: &mut [u8], rows: &mut Rows<'_>) {
        for (i, bytes) in bytes.chunks_exact_mut(self.view.size.width() * 3).enumerate() {
            rows.draw(first + i);
            self.finish(&rows.samples, &mut rows.pixels, bytes);
        }
    }

    /// Each row of samples is drawn once a band, and added to the open rows of pixels it is part of.
    fn filtered(&self, taps: &[Tap], bytes: &mut [u8], rows: &mut Rows<'_>) {
        let wide = self.view.size.width() * 3;
        let taps = &taps[..(bytes.len() / wide).min(taps.len())];
        let (Some(begin), Some(end)) = (taps.first(), taps.last()) else { return };
        let mut open: VecDeque<Vec<f32>> = VecDeque::new();
        let mut spare: Vec<Vec<f32>> = Vec::new();
        let mut done = 0;
        for sample in begin.start..end.start + end.weights.len() {
            rows.draw(sample);
            while taps.get(done + open.len()).is_some_and(|tap| tap.start <= sample) {
                let mut row = spare.pop().unwrap_or_default();
                row.clear();
                row.resize(rows.samples.len(), 0.0);
                open.push_back(row);
            }
            for (row, tap) in open.iter_mut().zip(&taps[done..]) {
                if let Some(&weight) = tap.weights.get(sample - tap.start) {
                    add(row, weight, &rows.samples);
                }
            }
            while taps.get(done).is_some_and(|tap| tap.start + tap.weights.len() == sample + 1) {
                let Some(row) = open.pop_front() else { break };
                self.finish(&row, &mut rows.pixels, &mut bytes[done * wide..][..wide]);
                spare.push(row);
                done += 1;
            }
        }
    }

    fn finish(&self, samples: &[f32], pixels: &mut [f32], bytes: &mut [u8]) {
        match &self.columns.taps {
            None => self.encoder.row(samples, bytes),
            Some(taps) => {
                across(taps, samples, pixels);
                self.encoder.row(pixels, bytes);
            }
        }
    }
}

/// Where to begin, a few repeats from the origin, in a cloth of so many threads.
fn start(from: f32, count: usize) -> f32 {
    let count = count as f32;
    from.rem_euclid(count) + (START / count).ceil() * count
}

/// Rows of samples, drawn one after the other.
struct Rows<'a> {
    loom: Loom<'a>,
    columns: &'a Axis,
    passes: &'a Axis,
    pass: Pass,
    ready: Option<usize>,
    samples: Vec<f32>,
    pixels: Vec<f32>,
}

impl<'a> Rows<'a> {
    fn new(renderer: &'a Renderer<'_>, loom: Loom<'a>) -> Self {
        let (columns, passes) = (&renderer.columns, &renderer.passes);
        let samples = vec![0.0; columns.count * columns.grain * 3];
        let pixels = vec![0.0; renderer.view.size.width() * 3];
        Self { loom, columns, passes, pass: Pass::default(), ready: None, samples, pixels }
    }

    fn draw(&mut self, row: usize) {
        let (pass, sub) = (row / self.passes.grain, row % self.passes.grain);
        if self.ready != Some(pass) {
            let number = self.passes.first + pass as u32;
            self.pass.fill(&self.loom, number, self.columns.first, self.columns.count);
            self.ready = Some(pass);
        }
        self.pass.draw(&self.loom, sub, &mut self.samples);
    }
}

/// The picture of a cloth. The number of threads does not change a byte.
pub fn render(cloth: &Cloth, view: &View, context: &Context) -> Result<Picture> {
    context.limits.admit(view.size, 3)?;
    let renderer = Renderer::new(cloth, view, context)?;
    let mut rgb = vec![0; view.size.pixels() * 3];
    for_each_band(context, &mut rgb, BAND_ROWS * view.size.width() * 3, |band, bytes| {
        renderer.band(band * BAND_ROWS, bytes);
        Ok(())
    })?;
    Picture::new(view.size, Layout::Rgb, rgb)
        .map_err(|error| Error::Fault { place: "render".into(), message: error.to_string() })
}
