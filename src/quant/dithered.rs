//! A picture painted with a palette by dithering, and a palette suited to that.

use super::Indexed;
use super::Space;
use super::dither::{Dither, Points, Suit};
use crate::context::Context;
use crate::error::Result;
use crate::filter::fill_transparent;
use crate::palette::{Palette, Swatch};
use crate::pixel::{Encoding, Picture, Plane, Planes};

impl Space {
    /// Where colours are dithered: here, but in Oklab for Lab.
    fn encoding(self) -> Encoding {
        match self {
            Self::Oklab | Self::Lab => Encoding::Oklab,
            Self::Srgb => Encoding::Srgb,
            Self::Linear => Encoding::Linear,
        }
    }
}

impl Indexed {
    /// A picture painted with a palette, its colours mixed by a dither.
    ///
    /// What is not opaque is not dithered: each of its pixels gets the nearest entry, alpha and all, and no error
    /// crosses into the rest.
    pub fn dithered(
        picture: &Picture,
        palette: &Palette,
        space: Space,
        dither: Dither,
        context: &Context,
    ) -> Result<Self> {
        let opaque: Vec<u16> =
            palette.colours().enumerate().filter(|(_, c)| c[3] == u8::MAX).map(|(i, _)| i as u16).collect();
        if dither == Dither::None || opaque.is_empty() || palette.len() > Palette::MOST {
            return Self::nearest(picture, palette, space, context);
        }
        let ground = Ground::open(picture, space, context)?;
        let entries = entries(&opaque, palette, space.encoding());
        let found = dither.map(&ground.points(), &entries, context)?;
        let mut numbers = found;
        if opaque.len() < palette.len() {
            numbers.iter_mut().for_each(|number| *number = opaque[usize::from(*number)]);
        }
        if let Some(skip) = &ground.skip {
            let clear = Self::nearest(picture, palette, space, context)?;
            for ((number, clear), skip) in numbers.iter_mut().zip(clear.numbers).zip(skip) {
                if *skip {
                    *number = clear;
                }
            }
        }
        Ok(Self { size: picture.size(), palette: palette.clone(), numbers })
    }
}

/// The palette moved so that the picture, dithered with it and seen from afar, is nearest to the original. Its first
/// `kept` colours and what is not opaque stay; so do names. Shares are those from before.
pub(super) fn suited(
    picture: &Picture,
    palette: &Palette,
    kept: &[[u8; 4]],
    space: Space,
    dither: Dither,
    context: &Context,
) -> Result<Palette> {
    let opaque: Vec<u16> =
        palette.colours().enumerate().filter(|(_, c)| c[3] == u8::MAX).map(|(i, _)| i as u16).collect();
    if dither == Dither::None || opaque.is_empty() {
        return Ok(palette.clone());
    }
    let ground = Ground::open(picture, space, context)?;
    let before = entries(&opaque, palette, space.encoding());
    let swatches = palette.swatches();
    let fixed: Vec<bool> = opaque.iter().map(|&i| kept.contains(&swatches[usize::from(i)].colour)).collect();
    let after = Suit::default().palette(&ground.points(), &before, &fixed, dither, context)?;
    let mut suited = palette.clone();
    let mut colours: Vec<[u8; 4]> = palette.colours().collect();
    let from = match space.encoding() {
        Encoding::Oklab => Space::Oklab,
        Encoding::Srgb => Space::Srgb,
        Encoding::Linear => Space::Linear,
    };
    for ((&index, before), after) in opaque.iter().zip(before).zip(after) {
        let [r, g, b] = from.colour(after).map(|v| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
        // Two entries that meet would be one colour less.
        if before != after && !colours.contains(&[r, g, b, u8::MAX]) {
            colours[usize::from(index)] = [r, g, b, u8::MAX];
        }
    }
    for (swatch, colour) in suited.swatches_mut().iter_mut().zip(colours) {
        *swatch = Swatch { colour, ..swatch.clone() };
    }
    Ok(suited)
}

/// The points of some entries.
fn entries(which: &[u16], palette: &Palette, encoding: Encoding) -> Vec<[f32; 3]> {
    let colour = |&i: &u16| {
        let [r, g, b, _] = palette.swatches()[usize::from(i)].colour;
        crate::color::Rgb([r, g, b].map(|v| f32::from(v) / 255.0)).to(encoding)
    };
    which.iter().map(colour).collect()
}

/// The planes that are dithered.
struct Ground {
    planes: Vec<Plane>,
    skip: Option<Vec<bool>>,
    encoding: Encoding,
}

impl Ground {
    fn open(picture: &Picture, space: Space, context: &Context) -> Result<Self> {
        let encoding = space.encoding();
        let mut planes = Planes::open(picture, encoding, context)?;
        fill_transparent(&mut planes);
        let skip =
            planes.alpha.as_ref().map(|alpha| alpha.samples().iter().map(|&a| a < 1.0 - 1e-6).collect());
        let mut colour = planes.colour;
        if colour.len() == 1 {
            // Grey has no a and b; its channels are all the same elsewhere.
            let other = match encoding {
                Encoding::Oklab => Plane::filled(colour[0].size(), 0.0),
                Encoding::Srgb | Encoding::Linear => colour[0].clone(),
            };
            colour.extend([other.clone(), other]);
        }
        Ok(Self { planes: colour, skip, encoding })
    }

    fn points(&self) -> Points<'_> {
        Points {
            planes: [&self.planes[0], &self.planes[1], &self.planes[2]],
            encoding: self.encoding,
            skip: self.skip.as_deref(),
        }
    }
}
