//! Resize: another size, in linear light, alpha weighing the colours.
//!
//! The picture is made a band of target rows at a time: the source rows that band needs are brought to linear
//! light, convolved, and brought back. So no second full picture in another depth ever exists, the work can be
//! stopped between bands, and bands run on all cores. Each band is computed with a margin as wide as the
//! filter reaches and the margin thrown away; what remains is what one call for the whole picture would give.

use std::ops::Range;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions};

use super::{Action, Kind, Operator, Param, StepContext, Values, Whole};
use crate::error::{Error, Result};
use crate::kernel::interleave::Store;
use crate::kernel::{Level, resample, transfer};
use crate::parallel::for_each_band;
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, Samples, Size};

/// How proportions are treated when both sides are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Keep them; the picture lies within the sides given.
    #[default]
    Fit,
    /// Keep them; the picture covers the sides given and is cropped about its middle.
    Fill,
    /// Give them up; the picture has exactly the sides given.
    Stretch,
}

/// How pixels between pixels are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Crisp; the best for photographs.
    #[default]
    Lanczos3,
    /// Softer, and without the light seams Lanczos can draw along hard edges.
    Mitchell,
    /// Between the two.
    CatmullRom,
    /// Straight lines between pixels.
    Bilinear,
    /// The average of the pixels covered.
    Box,
    /// The pixel that is there; for pixel art.
    Nearest,
}

/// A size asked for, in terms that suit any picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resize {
    /// Pixels across, if it matters.
    pub width: Option<u32>,
    /// Pixels down, if it matters.
    pub height: Option<u32>,
    /// Pixels along the longer side, if it matters.
    pub longer: Option<u32>,
    /// A factor on both sides, if it matters.
    pub scale: Option<f64>,
    /// What to do about proportions.
    pub fit: Fit,
    /// How to find pixels between pixels.
    pub filter: Filter,
    /// Never make a picture larger than it is.
    pub shrink_only: bool,
}

/// The part of the source that is kept, and the size it gets.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Plan {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    target: Size,
}

impl Resize {
    fn plan(&self, source: Size) -> Result<Plan> {
        let (w, h) = (source.width() as f64, source.height() as f64);
        let wanted = (self.width.map(f64::from), self.height.map(f64::from));
        let (tw, th) = match (self.longer, self.scale, wanted) {
            (Some(longer), ..) => scaled(w, h, f64::from(longer) / w.max(h)),
            (_, Some(scale), _) => scaled(w, h, scale),
            (.., (None, None)) => (w, h),
            (.., (Some(tw), None)) => scaled(w, h, tw / w),
            (.., (None, Some(th))) => scaled(w, h, th / h),
            (.., (Some(tw), Some(th))) if self.fit == Fit::Fit => scaled(w, h, (tw / w).min(th / h)),
            (.., (Some(tw), Some(th))) => (tw, th),
        };
        let (tw, th) = if self.shrink_only && (tw > w || th > h) { (w, h) } else { (tw, th) };
        let size = |side: f64| side.round().clamp(1.0, f64::from(u32::MAX)) as u32;
        let target = Size::new(size(tw), size(th))
            .map_err(|error| Error::unsupported(error.to_string(), "ask for a smaller one"))?;
        let whole = Plan { left: 0.0, top: 0.0, width: w, height: h, target };
        if self.fit != Fit::Fill {
            return Ok(whole);
        }
        let ratio = (w / tw).min(h / th);
        let (cw, ch) = (tw * ratio, th * ratio);
        Ok(Plan { left: (w - cw) / 2.0, top: (h - ch) / 2.0, width: cw, height: ch, target })
    }
}

fn scaled(w: f64, h: f64, factor: f64) -> (f64, f64) {
    (w * factor, h * factor)
}

impl Whole for Resize {
    fn run(&self, picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let plan = self.plan(picture.size())?;
        if plan.target == picture.size() && plan.width == picture.size().width() as f64 {
            return Ok(picture);
        }
        let wide = picture.depth() != Depth::U8;
        step.work.limits.admit(plan.target, picture.layout().channels() * if wide { 4 } else { 2 })?;
        let job = Banded { plan, filter: self.filter, picture: &picture };
        let samples = if wide { job.run::<f32>(step)?.into() } else { job.run::<u16>(step)?.into() };
        finish(picture, plan.target, samples, step)
    }
}

/// The new picture, in the meaning of the old one.
fn finish(old: Picture, size: Size, samples: Samples, step: &StepContext<'_>) -> Result<Picture> {
    let (layout, encoding, alpha, depth) = (old.layout(), old.encoding(), old.alpha(), old.depth());
    drop(old);
    let new =
        Picture::with_meaning(size, layout, encoding, alpha, samples).expect("made for this size and layout");
    if depth == Depth::U8 { Ok(new) } else { new.into_depth(depth, step.work) }
}

struct Banded<'a> {
    plan: Plan,
    filter: Filter,
    picture: &'a Picture,
}

/// Target rows in a band; the margins cost a tenth of it at most when shrinking.
const ROWS: usize = 96;

impl Banded<'_> {
    fn run<T: Working>(&self, step: &StepContext<'_>) -> Result<Vec<T>> {
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

fn resize<T: Working>(
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
trait Working: Store + Default + bytemuck::Pod {
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

fn to_light<T: Store>(level: Level, samples: &mut [T], channels: usize, opaque: bool, encoding: Encoding) {
    if encoding == Encoding::Srgb {
        recode(level, samples, channels, opaque, transfer::srgb_to_linear);
    }
}

fn from_light<T: Store>(level: Level, samples: &mut [T], channels: usize, opaque: bool, encoding: Encoding) {
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

impl Filter {
    const NAMES: &'static [&'static str] =
        &["lanczos3", "mitchell", "catmull_rom", "bilinear", "box", "nearest"];

    fn named(name: &str) -> Self {
        match name {
            "mitchell" => Self::Mitchell,
            "catmull_rom" => Self::CatmullRom,
            "bilinear" => Self::Bilinear,
            "box" => Self::Box,
            "nearest" => Self::Nearest,
            _ => Self::Lanczos3,
        }
    }

    fn algorithm(self) -> ResizeAlg {
        match self {
            Self::Lanczos3 => ResizeAlg::Convolution(FilterType::Lanczos3),
            Self::Mitchell => ResizeAlg::Convolution(FilterType::Mitchell),
            Self::CatmullRom => ResizeAlg::Convolution(FilterType::CatmullRom),
            Self::Bilinear => ResizeAlg::Convolution(FilterType::Bilinear),
            Self::Box => ResizeAlg::Convolution(FilterType::Box),
            Self::Nearest => ResizeAlg::Nearest,
        }
    }

    /// Target rows that the filter reaches beyond a row, for `scale` source rows to each target row.
    fn margin(self, scale: f64) -> usize {
        let support = match self {
            Self::Lanczos3 => 3.0,
            Self::Mitchell | Self::CatmullRom => 2.0,
            Self::Bilinear | Self::Box => 1.0,
            Self::Nearest => 0.0,
        };
        // When enlarging the filter reaches `support` source rows, which are that many more target rows.
        (support / scale.min(1.0)).ceil() as usize + 1
    }
}

/// The operator of style files.
pub(super) struct Resizing;

impl Operator for Resizing {
    fn name(&self) -> &'static str {
        "resize"
    }

    fn about(&self) -> &'static str {
        "Changes the size, in linear light."
    }

    fn params(&self) -> &'static [Param] {
        const SIDE: Kind = Kind::Integer { min: 0, max: 65_535 };
        &[
            Param {
                name: "longer",
                kind: SIDE,
                default: "0",
                about: "Pixels along the longer side; 0 leaves it open.",
            },
            Param { name: "width", kind: SIDE, default: "0", about: "Pixels across; 0 leaves it open." },
            Param { name: "height", kind: SIDE, default: "0", about: "Pixels down; 0 leaves it open." },
            Param {
                name: "fit",
                kind: Kind::Choice(&["fit", "fill", "stretch"]),
                default: "fit",
                about: "With both sides given: fit within them, fill them by cropping, or stretch.",
            },
            Param {
                name: "filter",
                kind: Kind::Choice(Filter::NAMES),
                default: "lanczos3",
                about: "How pixels between pixels are found.",
            },
            Param {
                name: "shrink_only",
                kind: Kind::Flag,
                default: "false",
                about: "Never make the picture larger.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        let side = |name| u32::try_from(values.integer(name)).ok().filter(|side| *side > 0);
        Action::Whole(Box::new(Resize {
            width: side("width"),
            height: side("height"),
            longer: side("longer"),
            scale: None,
            fit: match values.choice("fit") {
                "fill" => Fit::Fill,
                "stretch" => Fit::Stretch,
                _ => Fit::Fit,
            },
            filter: Filter::named(values.choice("filter")),
            shrink_only: values.flag("shrink_only"),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::parallel::Pool;
    use crate::test_support::Random;

    fn noise(width: u32, height: u32, layout: Layout, depth: Depth) -> Picture {
        let size = Size::new(width, height).unwrap();
        let mut random = Random::new("resize noise");
        let samples: Vec<u16> =
            (0..size.pixels() * layout.channels()).map(|_| random.below(65_536) as u16).collect();
        Picture::new(size, layout, samples).unwrap().into_depth(depth, &Context::default()).unwrap()
    }

    fn run(resize: Resize, picture: &Picture, level: Level) -> Picture {
        let work = Context { level, ..Context::default() };
        resize.run(picture.clone(), &StepContext { work: &work, seed: 0 }).unwrap()
    }

    fn target(resize: Resize, w: u32, h: u32) -> (u32, u32) {
        resize.plan(Size::new(w, h).unwrap()).unwrap().target.as_u32()
    }

    #[test]
    fn sizes_come_out_as_asked() {
        let longer = Resize { longer: Some(100), ..Resize::default() };
        assert_eq!(target(longer, 4000, 3000), (100, 75));
        assert_eq!(target(longer, 1, 9000), (1, 100));
        assert_eq!(target(Resize { shrink_only: true, ..longer }, 50, 20), (50, 20));
        let both = |fit| Resize { width: Some(300), height: Some(300), fit, ..Resize::default() };
        assert_eq!(target(both(Fit::Fit), 4000, 2000), (300, 150));
        assert_eq!(target(both(Fit::Fill), 4000, 2000), (300, 300));
        assert_eq!(target(both(Fit::Stretch), 4000, 2000), (300, 300));
        assert_eq!(target(Resize { scale: Some(0.5), ..Resize::default() }, 9, 5), (5, 3));
    }

    #[test]
    fn filling_crops_about_the_middle() {
        let fill = Resize { width: Some(10), height: Some(10), fit: Fit::Fill, ..Resize::default() };
        let plan = fill.plan(Size::new(40, 20).unwrap()).unwrap();
        assert_eq!((plan.left, plan.top, plan.width, plan.height), (10.0, 0.0, 20.0, 20.0));
    }

    #[test]
    fn bands_leave_no_seam() {
        // One call of the library for the whole, in linear light, is the oracle.
        for (height, rows) in [(700, 233), (250, 611), (97, 97 * 3)] {
            let picture = noise(9, height, Layout::Rgb, Depth::U16);
            let resize =
                Resize { width: Some(13), height: Some(rows), fit: Fit::Stretch, ..Resize::default() };
            let got =
                run(resize, &picture, Level::detect()).into_depth(Depth::F32, &Context::default()).unwrap();
            let mut source: Vec<f32> = picture.as_u16().unwrap().samples().iter().map(|v| v.load()).collect();
            to_light(Level::PLAIN, &mut source, 3, true, Encoding::Srgb);
            let options = ResizeOptions::new().resize_alg(resize.filter.algorithm());
            let mut want =
                super::resize(Level::PLAIN, PixelType::F32x3, ((9, height), &source), (13, rows), &options)
                    .unwrap();
            from_light(Level::PLAIN, &mut want, 3, true, Encoding::Srgb);
            for (i, (got, want)) in got.as_f32().unwrap().samples().iter().zip(&want).enumerate() {
                assert!(
                    (got - want.clamp(0.0, 1.0)).abs() < 3e-5,
                    "sample {i} of {rows} rows: {got} against {want}"
                );
            }
        }
    }

    #[test]
    fn the_same_bytes_on_every_level_and_any_number_of_threads() {
        for depth in [Depth::U8, Depth::U16, Depth::F32] {
            for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
                let picture = noise(37, 301, layout, depth);
                let resize = Resize { longer: Some(240), ..Resize::default() };
                let plain = Pool::new(1).unwrap().run(|| run(resize, &picture, Level::PLAIN));
                for level in Level::available() {
                    for threads in [1, 2, 5] {
                        let other = Pool::new(threads).unwrap().run(|| run(resize, &picture, level));
                        assert!(other == plain, "{layout:?} {depth:?} on {level} with {threads} threads");
                    }
                }
            }
        }
    }

    #[test]
    fn invisible_colour_does_not_bleed() {
        // Left half opaque red; right half transparent black, which must not darken the red.
        let size = Size::new(64, 64).unwrap();
        let samples = (0..64 * 64)
            .flat_map(|i| if i % 64 < 32 { [255, 0, 0, 255] } else { [0; 4] })
            .collect::<Vec<u8>>();
        let picture = Picture::new(size, Layout::Rgba, samples).unwrap();
        let resize = Resize { longer: Some(21), filter: Filter::Mitchell, ..Resize::default() };
        let small =
            run(resize, &picture, Level::detect()).into_depth(Depth::U8, &Context::default()).unwrap();
        for pixel in small.as_u8().unwrap().samples().chunks_exact(4).filter(|pixel| pixel[3] > 8) {
            assert!(pixel[0] >= 250 && pixel[1] <= 5, "a fringe: {pixel:?}");
        }
    }

    #[test]
    fn light_is_averaged_and_not_its_code() {
        // A fine chequerboard of black and white is half the light: 188 in sRGB, not 128.
        let size = Size::new(64, 64).unwrap();
        let samples = (0..64 * 64).map(|i| if (i / 64 + i) % 2 == 0 { 255 } else { 0 }).collect::<Vec<u8>>();
        let picture = Picture::new(size, Layout::Grey, samples).unwrap();
        let resize = Resize { longer: Some(16), filter: Filter::Box, ..Resize::default() };
        let small =
            run(resize, &picture, Level::detect()).into_depth(Depth::U8, &Context::default()).unwrap();
        assert_eq!(small.as_u8().unwrap().samples()[100], 188);
    }

    #[test]
    fn awkward_sizes_survive() {
        for (w, h) in [(1, 1), (1, 500), (500, 1), (3, 97)] {
            for longer in [1, 2, 96, 97, 700] {
                let resize = Resize { longer: Some(longer), ..Resize::default() };
                let picture = run(resize, &noise(w, h, Layout::Rgba, Depth::U8), Level::detect());
                assert_eq!(picture.size().longer(), longer as usize);
            }
        }
    }

    #[test]
    fn a_giant_is_refused() {
        let resize = Resize { scale: Some(1e5), ..Resize::default() };
        let work = Context::default();
        let result =
            resize.run(noise(10, 10, Layout::Grey, Depth::U8), &StepContext { work: &work, seed: 0 });
        assert!(matches!(result, Err(Error::Limit { .. })));
    }
}
