//! The sheet a drawing or painting is put on: rows of the full picture from planes of a smaller grid.

use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::Result;
use crate::filter::opacity;
use crate::kernel::Level;
use crate::kernel::interleave::Store;
use crate::line::{Enlarger, Raster, Smoothness};
use crate::op::StepContext;
use crate::parallel::for_each_band;
use crate::pixel::{Depth, Encoding, Layout, Picture, Plane, Samples, Size};

/// What is to be filled: the size, layout and depth of the result, and the alpha it keeps.
pub(crate) struct Sheet {
    size: Size,
    layout: Layout,
    depth: Depth,
    alpha: Option<Plane>,
}

/// Rows to a band, those of a raster so that both may be made together.
pub(crate) const BAND: usize = Raster::ROWS;

impl Sheet {
    /// As large and as opaque as the picture; grey if all `colours` are and the picture is.
    pub(crate) fn of(picture: &Picture, colours: &[[f32; 3]], step: &StepContext<'_>) -> Result<Self> {
        let grey = picture.layout().is_grey() && colours.iter().all(|[r, g, b]| r == g && g == b);
        let alpha = opacity(picture, step.work)?;
        let layout = Layout::of(grey, alpha.is_some());
        Ok(Self { size: picture.size(), layout, depth: step.rest, alpha })
    }

    /// Width and height.
    pub(crate) fn size(&self) -> Size {
        self.size
    }

    /// Fill it: `work` gets the number of a row, that row of each plane enlarged, and the rows of red, green and blue (or
    /// the one of grey) to be made, in sRGB.
    pub(crate) fn fill(
        &self,
        planes: &[(&Plane, Smoothness)],
        context: &Context,
        work: impl Fn(usize, &mut [Vec<f32>], &mut [Vec<f32>]) + Sync + Send,
    ) -> Result<Picture> {
        self.fill_bands(planes, context, |_, _| (), |(), y, rows, out| work(y, rows, out))
    }

    /// The same with something made ahead for each band of rows: `begin` gets the number of the band and how many rows it has.
    pub(crate) fn fill_bands<B>(
        &self,
        planes: &[(&Plane, Smoothness)],
        context: &Context,
        begin: impl Fn(usize, usize) -> B + Sync + Send,
        work: impl Fn(&mut B, usize, &mut [Vec<f32>], &mut [Vec<f32>]) + Sync + Send,
    ) -> Result<Picture> {
        context.limits.admit(self.size, self.layout.channels() * self.depth.bytes())?;
        let mut samples = Samples::zeros(self.depth, self.size.pixels() * self.layout.channels());
        let enlargers: Vec<_> =
            planes.iter().map(|(plane, smoothness)| Enlarger::new(plane, self.size, *smoothness)).collect();
        match &mut samples {
            Samples::U8(s) => self.bands(s, &enlargers, context, begin, work)?,
            Samples::U16(s) => self.bands(s, &enlargers, context, begin, work)?,
            Samples::F32(s) => self.bands(s, &enlargers, context, begin, work)?,
        }
        Ok(Picture::new(self.size, self.layout, samples).expect("made for this size and layout"))
    }

    fn bands<T: Store, B>(
        &self,
        samples: &mut [T],
        enlargers: &[Enlarger<'_>],
        context: &Context,
        begin: impl Fn(usize, usize) -> B + Sync + Send,
        work: impl Fn(&mut B, usize, &mut [Vec<f32>], &mut [Vec<f32>]) + Sync + Send,
    ) -> Result<()> {
        let (width, channels, level) = (self.size.width(), self.layout.channels(), context.level);
        for_each_band(context, samples, width * channels * BAND, |index, band| {
            let mut made = begin(index, band.len() / (width * channels));
            let mut rows = vec![vec![0.0; width]; enlargers.len()];
            let mut out = vec![vec![0.0; width]; self.layout.colours()];
            let mut between = Vec::new();
            for (y, pixels) in band.chunks_exact_mut(width * channels).enumerate() {
                let y = index * BAND + y;
                for (enlarger, row) in enlargers.iter().zip(&mut rows) {
                    enlarger.row(level, y, &mut between, row);
                }
                work(&mut made, y, &mut rows, &mut out);
                for (channel, row) in out.iter().enumerate() {
                    T::put(level, row, channels, channel, pixels);
                }
                if let Some(alpha) = &self.alpha {
                    T::put(level, alpha.row(y), channels, channels - 1, pixels);
                }
            }
            Ok(())
        })
    }

    /// Fill it with what `work` makes of a row in Oklab; it gets the level, the number of the row and scratch.
    pub(crate) fn fill_oklab(
        &self,
        context: &Context,
        work: impl Fn(Level, usize, &mut Vec<f32>, [&mut [f32]; 3]) + Sync + Send,
    ) -> Result<Picture> {
        let width = self.size.width();
        let begin = |_, _| (Vec::new(), [0; 3].map(|_| vec![0f32; width]));
        self.fill_bands(&[], context, begin, |(between, made), y, _, out| {
            let [l, a, b] = made;
            work(context.level, y, between, [&mut *l, &mut *a, &mut *b]);
            convert_rows(context.level, Encoding::Oklab, Encoding::Srgb, [&mut *l, &mut *a, &mut *b]);
            for (made, out) in made.iter().zip(out) {
                out.copy_from_slice(made);
            }
        })
    }

    /// How opaque the pixels of a row are, if not all are alike.
    pub(crate) fn alpha(&self, y: usize) -> Option<&[f32]> {
        self.alpha.as_ref().map(|alpha| alpha.row(y))
    }
}
