//! What is wanted of a palette, and the way to it.

use std::fmt;

use super::colours::{Colours, Source};
use super::dither::Dither;
use super::histogram::{Counted, Histogram};
use super::known::Known;
use super::{Indexed, Space, dithered};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::palette::{Order, Palette};
use crate::parallel::on_pool;
use crate::pixel::{Alpha, Depth, Encoding, Picture, Plane};

/// How the colours of a palette are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// The least error; as quick as the rest.
    #[default]
    KMeans,
    /// Wu's greedy cuts (1991).
    Wu,
    /// Heckbert's median cut (1982).
    MedianCut,
    /// The octree of Gervautz and Purgathofer (1988).
    Octree,
    /// A self-organising map in the manner of Dekker (1994).
    NeuQuant,
}

impl Method {
    /// The methods by name.
    pub const NAMED: &[(&'static str, Self)] = &[
        ("kmeans", Self::KMeans),
        ("wu", Self::Wu),
        ("median-cut", Self::MedianCut),
        ("octree", Self::Octree),
        ("neuquant", Self::NeuQuant),
    ];
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = Self::NAMED.iter().find(|(_, method)| method == self);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

/// Finds the colours that stand best for all colours of a picture, or of many.
///
/// ```
/// use zhijin::quant::Quantizer;
/// use zhijin::{Context, Picture};
///
/// let photo = Picture::try_from(image::RgbImage::from_fn(64, 64, |x, y| image::Rgb([4 * x as u8, 4 * y as u8, 90])))?;
/// let palette = Quantizer::new(12).palette(&[&photo], &Context::default())?;
/// assert_eq!(palette.len(), 12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Quantizer {
    pub(super) colours: usize,
    pub(super) method: Method,
    pub(super) space: Space,
    pub(super) kept: Palette,
    pub(super) power: f32,
    pub(super) apart: f32,
    pub(super) order: Order,
}

impl Quantizer {
    /// The fewest and the most colours there can be.
    pub const RANGE: std::ops::RangeInclusive<usize> = 1..=Palette::MOST;

    /// So many colours, by k-means in Oklab, from dark to light.
    pub fn new(colours: usize) -> Self {
        Self {
            colours,
            method: Method::default(),
            space: Space::default(),
            kept: Palette::default(),
            power: 1.0,
            apart: 0.0,
            order: Order::Lightness,
        }
    }

    /// By another method.
    #[must_use]
    pub fn method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    /// With colours compared elsewhere.
    #[must_use]
    pub fn space(self, space: Space) -> Self {
        Self { space, ..self }
    }

    /// These colours are among them, exactly; only the others are sought. k-means alone can do that.
    #[must_use]
    pub fn keeping(self, kept: Palette) -> Self {
        Self { kept, ..self }
    }

    /// Rare colours count for more below 1 (0.6 lets a small red lantern in a grey street survive); default 1, where every
    /// pixel counts the same.
    #[must_use]
    pub fn tempered(self, power: f32) -> Self {
        Self { power, ..self }
    }

    /// No two colours that were sought are closer than this, in the unit of the space (in Oklab, 0.02 can just be told
    /// apart); there may then be fewer.
    #[must_use]
    pub fn apart(self, apart: f32) -> Self {
        Self { apart, ..self }
    }

    /// In another order.
    #[must_use]
    pub fn ordered(self, order: Order) -> Self {
        Self { order, ..self }
    }

    /// One palette for these pictures, with the share of each colour.
    ///
    /// If they have no more colours than are wanted, it is exactly those. Otherwise there are as many as are wanted,
    /// unless colours must be apart.
    pub fn palette(&self, pictures: &[&Picture], context: &Context) -> Result<Palette> {
        let weighted: Vec<_> = pictures.iter().map(|picture| (*picture, None)).collect();
        self.palette_weighted(&weighted, context)
    }

    /// The same where pixels count as much as a plane of weights says (a mask, or saliency).
    pub fn palette_weighted(
        &self,
        pictures: &[(&Picture, Option<&Plane>)],
        context: &Context,
    ) -> Result<Palette> {
        self.palette_of(&self.histogram(pictures, context)?, context)
    }

    /// The colours of pictures, counted as far as this quantizer needs them. Palettes of the same number of colours can be
    /// found from it again and again.
    pub fn histogram(&self, pictures: &[(&Picture, Option<&Plane>)], context: &Context) -> Result<Histogram> {
        self.check(pictures)?;
        let readable = pictures
            .iter()
            .map(|(picture, _)| readable(picture, context))
            .collect::<Result<Vec<Option<Picture>>>>()?;
        let sources: Vec<Source<'_>> = pictures
            .iter()
            .zip(&readable)
            .map(|((picture, weights), readable)| Source {
                picture: readable.as_ref().unwrap_or(picture),
                weights: *weights,
            })
            .collect();
        let opaque = sources.iter().all(|source| source.picture.is_opaque()) && self.kept.is_opaque();
        on_pool(context, || Histogram::of(&sources, opaque, self.colours, self.space, context))
    }

    /// The palette of colours that were counted for this quantizer.
    pub fn palette_of(&self, histogram: &Histogram, context: &Context) -> Result<Palette> {
        on_pool(context, || match &histogram.colours {
            Counted::Opaque(colours) => self.found(colours, None, context),
            Counted::Alpha(colours) => self.found(colours, None, context),
        })
    }

    /// A picture in the colours that stand best for its own, and these. Each pixel is the one nearest to it.
    pub fn paint(&self, picture: Picture, context: &Context) -> Result<(Picture, Palette)> {
        let simple = picture.is_opaque() && self.kept.is_opaque() && readable(&picture, context)?.is_none();
        if !simple {
            let palette = self.palette(&[&picture], context)?;
            let painted = Indexed::painted(picture, &palette, self.space, context)?;
            return Ok((painted, palette));
        }
        self.check(&[(&picture, None)])?;
        let known = Known::of(picture.size().pixels());
        let source = Source { picture: &picture, weights: None };
        let palette = on_pool(context, || {
            let colours = Colours::<3>::gather(&[source], self.colours, self.space, context)?;
            self.found(&colours, Some(&known), context)
        })?;
        let painted = Indexed::repainted(picture, &palette, self.space, known, context)?;
        Ok((painted, palette))
    }

    /// A palette found by [`palette`](Self::palette), moved a little so that the picture dithered with it is nearer to the
    /// original when seen from afar: mixtures reach no farther than the colours mixed. Kept colours stay.
    pub fn suited(
        &self,
        picture: &Picture,
        palette: &Palette,
        dither: Dither,
        context: &Context,
    ) -> Result<Palette> {
        let kept: Vec<[u8; 4]> = self.kept.colours().collect();
        dithered::suited(picture, palette, &kept, self.space, dither, context)
    }

    fn check(&self, pictures: &[(&Picture, Option<&Plane>)]) -> Result<()> {
        if !Self::RANGE.contains(&self.colours) {
            let (least, most) = (Self::RANGE.start(), Self::RANGE.end());
            let what = format!("{} colours are wanted", self.colours);
            return Err(Error::unsupported(what, format!("choose from {least} to {most}")));
        }
        if self.kept.len() > self.colours {
            let what =
                format!("{} colours are to be kept, but only {} wanted", self.kept.len(), self.colours);
            return Err(Error::unsupported(what, "ask for more colours, or keep fewer"));
        }
        if !self.kept.is_empty() && self.method != Method::KMeans {
            let what = format!("the method {} cannot keep given colours", self.method);
            return Err(Error::unsupported(what, "use kmeans"));
        }
        if pictures.is_empty() {
            return Err(Error::unsupported("no picture was given", "give at least one"));
        }
        let alike =
            |(picture, plane): &(&Picture, Option<&Plane>)| plane.is_none_or(|p| p.size() == picture.size());
        assert!(pictures.iter().all(alike), "weights are of the size of their picture");
        Ok(())
    }
}

/// The picture as colours are gathered from: sRGB, straight alpha, whole numbers. `None` if it is so already.
fn readable(picture: &Picture, context: &Context) -> Result<Option<Picture>> {
    let ready = picture.encoding() == Encoding::Srgb
        && picture.alpha() != Alpha::Premultiplied
        && picture.depth() != Depth::F32;
    if ready {
        return Ok(None);
    }
    let encoding = Encoding::Srgb;
    crate::pixel::Planes::open(picture, encoding, context)?.close(Depth::U16, context).map(Some)
}
