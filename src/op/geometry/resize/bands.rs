//! The picture is made a band of target rows at a time: the source rows that band needs are brought to linear
//! light, convolved, and brought back. So no second full picture in another depth ever exists, the work can be
//! stopped between bands, and bands run on all cores. Each band is computed with a margin as wide as the
//! filter reaches and the margin thrown away; what remains is what one call for the whole picture would give.

use std::ops::Range;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions};

use super::{Filter, Plan};
use crate::error::{Error, Result};
use crate::kernel::interleave::Store;
use crate::kernel::{Level, resample, transfer};
use crate::op::StepContext;
use crate::parallel::for_each_band;
use crate::pixel::{Alpha, Encoding, Layout, Picture, Samples};

/// A picture on its way to another size.
pub(super) struct Banded<'a> {
    pub(super) plan: Plan,
    pub(super) filter: Filter,
    pub(super) picture: &'a Picture,
}

/// Target rows in a band; the margins cost a tenth of it at most when shrinking.
const ROWS: usize = 96;

impl Banded<'_> {
    pub(super) fn run<T: Working>(&self, step: &StepContext<'_>) -> Result<Vec<T>> {
        let row = self.plan.target.width() * self.picture.layout().channels();
        let mut target = vec![T::default(); row * self.plan.target.height()];
        for_each_band(step.work, &mut target, row * ROWS, |index, band| {
            let rows = index * ROWS..index * ROWS + band.len() / row;
            self.band(step.work.level, rows, band)
        })?;
        Ok(target)
    }

    /// One band: margins added, source rows gathered, convolved, margins dropped.
    fn band<T: Working>(&self, level: Level, rows: Range<usize>, band: &mut [T]) -> Result<()> {
        let channels = self.picture.layout().channels();
        let width = self.picture.size().width();
        let scale = self.plan.height / self.plan.target.height() as f64;
        let margin = self.filter.margin(scale);
        let padded = rows.start.saturating_sub(margin)..(rows.end + margin).min(self.plan.target.height());
        let top = self.plan.top + padded.start as f64 * scale;
        let bottom = self.plan.top + padded.end as f64 * scale;
        let source_rows = top.floor() as usize..(bottom.ceil() as usize).min(self.picture.size().height());
        let mut source = vec![T::default(); source_rows.len() * width * channels];
        self.gather(level, source_rows.start, &mut source);
        let options = ResizeOptions::new()
            .crop(
                self.plan.left,
                top - source_rows.start as f64,
                self.plan.width,
                (bottom - top).min(source_rows.end as f64 - top),
            )
            .resize_alg(self.filter.algorithm())
            .use_alpha(false);
        let kind = T::pixel_type(self.picture.layout());
        let from = (width as u32, source_rows.len() as u32);
        let to = (self.plan.target.width() as u32, padded.len() as u32);
        let resized = resize(level, kind, (from, &source), to, &options)?;
        let row = band.len() / rows.len();
        let kept = &resized[(rows.start - padded.start) * row..][..band.len()];
        band.copy_from_slice(kept);
        let opaque = !self.picture.layout().has_alpha();
        if self.picture.alpha() == Alpha::Straight {
            weigh(band, channels, |colour, alpha| if alpha > 0.0 { colour / alpha } else { 0.0 });
        }
        from_light(level, band, channels, opaque, self.picture.encoding());
        Ok(())
    }

    /// Source rows from `first` on, in linear light, until `target` is full.
    fn gather<T: Working>(&self, level: Level, first: usize, target: &mut [T]) {
        let range = first * self.picture.row_len()..first * self.picture.row_len() + target.len();
        match self.picture.samples() {
            Samples::U8(s) => convert(&s[range], target),
            Samples::U16(s) => convert(&s[range], target),
            Samples::F32(s) => convert(&s[range], target),
        }
        let layout = self.picture.layout();
        to_light(level, target, layout.channels(), !layout.has_alpha(), self.picture.encoding());
        if self.picture.alpha() == Alpha::Straight {
            weigh(target, layout.channels(), |colour, alpha| colour * alpha);
        }
    }
}

fn convert<S: Store, T: Store>(source: &[S], target: &mut [T]) {
    target.iter_mut().zip(source).for_each(|(to, from)| *to = T::store(from.load()));
}

pub(super) fn resize<T: Working>(
    level: Level,
    kind: PixelType,
    ((width, height), source): ((u32, u32), &[T]),
    to: (u32, u32),
    options: &ResizeOptions,
) -> Result<Vec<T>> {
    let fault = |error: String| Error::Fault { place: "resize".into(), message: error };
    let source =
        ImageRef::new(width, height, bytemuck::cast_slice(source), kind).map_err(|e| fault(e.to_string()))?;
    let mut target = vec![T::default(); to.0 as usize * to.1 as usize * kind.size() / size_of::<T>()];
    let mut image = Image::from_slice_u8(to.0, to.1, bytemuck::cast_slice_mut(&mut target), kind)
        .map_err(|e| fault(e.to_string()))?;
    T::resizer(level).resize(&source, &mut image, Some(options)).map_err(|e| fault(e.to_string()))?;
    Ok(target)
}

/// A sample type the convolution works in.
pub(super) trait Working: Store + Default + bytemuck::Pod {
    fn pixel_type(layout: Layout) -> PixelType;
    fn resizer(level: Level) -> fast_image_resize::Resizer;
}

impl Working for u16 {
    fn pixel_type(layout: Layout) -> PixelType {
        [PixelType::U16, PixelType::U16x2, PixelType::U16x3, PixelType::U16x4][layout.channels() - 1]
    }
    fn resizer(level: Level) -> fast_image_resize::Resizer {
        resample::integer(level)
    }
}

impl Working for f32 {
    fn pixel_type(layout: Layout) -> PixelType {
        [PixelType::F32, PixelType::F32x2, PixelType::F32x3, PixelType::F32x4][layout.channels() - 1]
    }
    fn resizer(_: Level) -> fast_image_resize::Resizer {
        resample::floating()
    }
}

pub(super) fn to_light<T: Store>(
    level: Level,
    samples: &mut [T],
    channels: usize,
    opaque: bool,
    encoding: Encoding,
) {
    if encoding == Encoding::Srgb {
        recode(level, samples, channels, opaque, transfer::srgb_to_linear);
    }
}

pub(super) fn from_light<T: Store>(
    level: Level,
    samples: &mut [T],
    channels: usize,
    opaque: bool,
    encoding: Encoding,
) {
    if encoding == Encoding::Srgb {
        recode(level, samples, channels, opaque, transfer::linear_to_srgb);
    }
}

/// Colours by their alpha, or back. The library can do this too, but there its vector code and its plain code
/// round differently.
fn weigh<T: Store>(samples: &mut [T], channels: usize, by: impl Fn(f32, f32) -> f32) {
    for pixel in samples.chunks_exact_mut(channels) {
        let alpha = pixel[channels - 1].load();
        pixel[..channels - 1].iter_mut().for_each(|colour| *colour = T::store(by(colour.load(), alpha)));
    }
}

/// Put colour samples through a curve, a stretch at a time; alpha stays.
fn recode<T: Store>(
    level: Level,
    samples: &mut [T],
    channels: usize,
    opaque: bool,
    curve: fn(Level, &mut [f32]),
) {
    const STRETCH: usize = 1024;
    let mut row = [0f32; STRETCH];
    let colours = if opaque { channels } else { channels - 1 };
    for pixels in samples.chunks_mut(STRETCH * channels) {
        let row = &mut row[..pixels.len() / channels];
        for channel in 0..colours {
            T::take(level, pixels, channels, channel, row);
            curve(level, row);
            T::put(level, row, channels, channel, pixels);
        }
    }
}
