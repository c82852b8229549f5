//! What is wanted of a palette, and the way to it.

use std::fmt;

use super::cloud::Cloud;
use super::cluster::{self, Dimensions, MOST, kmeans};
use super::colours::{Colours, Source};
use super::dither::Dither;
use super::median_cut::median_cut;
use super::merge::merged;
use super::neuquant::neuquant;
use super::octree::octree;
use super::wu::wu;
use super::{Space, exact, painted};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::palette::{Order, Palette, Swatch};
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
    colours: usize,
    method: Method,
    space: Space,
    kept: Palette,
    power: f32,
    apart: f32,
    order: Order,
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
        if opaque { self.found::<3>(&sources, context) } else { self.found::<4>(&sources, context) }
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
        painted::suited(picture, palette, &kept, self.space, dither, context)
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

    fn found<const D: usize>(&self, sources: &[Source<'_>], context: &Context) -> Result<Palette>
    where
        [f32; D]: Dimensions<D>,
    {
        let mut colours = Colours::<D>::gather(sources, self.colours, self.space, context)?;
        if colours.len() == 0 {
            return Err(Error::unsupported("all weights are zero", "let some part of the picture count"));
        }
        let weights = colours.weights.clone();
        if self.power < 1.0 {
            colours.temper(self.power);
        }
        let few = colours.len() <= self.colours && self.kept.is_empty() && self.apart <= 0.0;
        let palette = if few {
            let mut all: Vec<[u8; 4]> = (0..colours.len()).map(|i| exact::rgba(colours.colour(i))).collect();
            all.dedup();
            all
        } else {
            self.sought(&colours, context)?
        };
        colours.weights = weights;
        self.described(palette, &colours, context)
    }

    /// A palette of fewer colours than there are.
    fn sought<const D: usize>(&self, colours: &Colours<D>, context: &Context) -> Result<Vec<[u8; 4]>>
    where
        [f32; D]: Dimensions<D>,
    {
        let kept: Vec<[u8; 4]> = self.kept.colours().collect();
        let fixed = exact::points::<D>(&kept, self.space, context);
        let centres = match self.method {
            Method::KMeans => kmeans(colours, self.colours, &fixed, context)?,
            Method::Wu => wu(&Cloud::of(colours), self.colours),
            Method::MedianCut => median_cut(&Cloud::of(colours), self.colours),
            Method::Octree => octree(colours, self.colours),
            Method::NeuQuant => neuquant(&Cloud::of(colours), self.colours),
        };
        let near = Cloud::grouped(colours, cluster::groups(self.colours));
        let centres = merged(centres, fixed.len(), self.apart, &near, context)?;
        let count = if self.apart > 0.0 { centres.len() } else { self.colours };
        exact::whole(&centres, count, &kept, colours, self.space, context)
    }

    /// With names of kept colours, and shares, in order.
    fn described<const D: usize>(
        &self,
        palette: Vec<[u8; 4]>,
        colours: &Colours<D>,
        context: &Context,
    ) -> Result<Palette>
    where
        [f32; D]: Dimensions<D>,
    {
        let shares = if palette.len() <= MOST {
            let points = exact::points::<D>(&palette, self.space, context);
            Some(exact::Shares::of(colours, &points, context)?)
        } else {
            None
        };
        let total: f64 = colours.weights.iter().map(|&weight| f64::from(weight)).sum();
        let mut swatches: Vec<Swatch> = palette.iter().map(|&colour| Swatch::new(colour)).collect();
        for (swatch, kept) in swatches.iter_mut().zip(self.kept.iter()) {
            swatch.name.clone_from(&kept.name);
        }
        if let Some(shares) = shares {
            for (swatch, weight) in swatches.iter_mut().zip(shares.weights) {
                swatch.share = Some(weight / total);
            }
        }
        Ok(Palette::new(swatches).ordered(self.order))
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
