//! ICC profiles to sRGB: profiles are read by moxcms; curves and matrices are applied in `shaper.rs`,
//! lookup tables by moxcms.
//!
//! Intent: a profile of curves and a matrix knows one only, the media-relative colorimetric one. Where
//! tables offer a choice, perceptual is taken, as in viewers and browsers; moxcms then scales the black
//! point of the inks onto black, so that the shadows of print do not turn grey.
//!
//! A profile that cannot be read, or that speaks of other channels than the picture has, is ignored, as
//! viewers do: the picture is then taken to be sRGB already.

use std::sync::Arc;

use moxcms::{
    ColorProfile, DataColorSpace, Layout as IccLayout, LutType, LutWarehouse, ProfileClass, ProfileVersion,
    RenderingIntent, TransformExecutor, TransformOptions,
};

use super::curve::Curve;
use super::shaper::{Shaper, convert_grey};
use crate::context::Context;
use crate::error::{Error, Result, guarded};
use crate::parallel::{BAND_ROWS, for_each_band, for_each_band_pair};
use crate::pixel::{Layout, Picture, SamplesMut, Size};

/// The picture in sRGB, converted in place from the profile `icc`; untouched, and at no cost, if the
/// profile is one of sRGB or none that we can use.
pub(crate) fn to_srgb(mut picture: Picture, icc: &[u8], context: &Context) -> Result<Picture> {
    let Some(profile) = parse(icc) else { return Ok(picture) };
    match (profile.color_space, picture.layout().is_grey()) {
        (DataColorSpace::Gray, true) => {
            let curve = profile.gray_trc.as_ref().and_then(Curve::from_icc);
            if let Some(curve) = curve.filter(|curve| !curve.is_srgb()) {
                convert_grey(&curve, &mut picture, context)?;
            }
        }
        (DataColorSpace::Rgb, false) => match table_intent(&profile) {
            Some(intent) => convert_by_tables(&profile, intent, &mut picture, context)?,
            None => {
                if let Some(shaper) = Shaper::new(&profile).filter(|shaper| !shaper.is_srgb()) {
                    shaper.convert(&mut picture, context)?;
                }
            }
        },
        _ => {}
    }
    Ok(picture)
}

/// Four inks (255 = full ink, four samples a pixel) to an sRGB picture, by the profile if there is a usable
/// one, else by the plain rule: each ink takes its share of the light, and so does black.
pub(crate) fn cmyk_to_srgb(
    size: Size,
    inks: &[u8],
    icc: Option<&[u8]>,
    context: &Context,
) -> Result<Picture> {
    let profile = icc.and_then(parse).filter(|profile| profile.color_space == DataColorSpace::Cmyk);
    let transform =
        profile.and_then(|p| transform(&p, table_intent(&p)?, ColorProfile::create_transform_8bit));
    let mut samples = vec![0u8; size.pixels() * 3];
    let (ink_band, band) = (BAND_ROWS * size.width() * 4, BAND_ROWS * size.width() * 3);
    for_each_band_pair(context, (inks, ink_band), (&mut samples, band), |_, inks, rgb| match &transform {
        Some(transform) => apply(&**transform, inks, rgb),
        None => {
            for (ink, rgb) in inks.chunks_exact(4).zip(rgb.chunks_exact_mut(3)) {
                let [c, m, y, k] = [ink[0], ink[1], ink[2], ink[3]].map(|ink| 255 - u32::from(ink));
                for (value, left) in rgb.iter_mut().zip([c, m, y]) {
                    *value = ((left * k + 127) / 255) as u8;
                }
            }
            Ok(())
        }
    })?;
    Picture::new(size, Layout::Rgb, samples)
        .map_err(|e| Error::unsupported(e.to_string(), "this is a picture of four inks with samples missing"))
}

/// A profile for pictures that name their primaries by a code point of ITU-T H.273 instead of carrying a
/// profile. `None` for those of sRGB, and for primaries no camera or screen has.
#[cfg(feature = "avif")]
pub(crate) fn of_primaries(code: u16) -> Option<Vec<u8>> {
    let mut profile = match code {
        9 => ColorProfile::new_bt2020(),
        12 => ColorProfile::new_display_p3(),
        _ => return None,
    };
    // Transfer curves for ordinary screens are all taken to be that of sRGB.
    let curve = ColorProfile::new_srgb().red_trc;
    (profile.red_trc, profile.green_trc, profile.blue_trc) = (curve.clone(), curve.clone(), curve);
    profile.cicp = None;
    profile.encode().ok()
}

/// The profile, if it can be read and is of a class that describes the colours of a picture.
fn parse(icc: &[u8]) -> Option<ColorProfile> {
    let read = |icc: &[u8]| ColorProfile::new_from_slice(icc).ok();
    let parsed = guarded("the colour profile", || {
        Ok(read(icc).and_then(|profile| match misread_as(&profile) {
            Some(version) => read(&[&icc[..8], &version, &icc[12..]].concat()),
            None => Some(profile),
        }))
    });
    let describes =
        |class| !matches!(class, ProfileClass::DeviceLink | ProfileClass::Abstract | ProfileClass::Named);
    parsed.ok().flatten().filter(|profile| describes(profile.profile_class))
}

/// The version a profile must claim for moxcms to scale its Lab tables aright, if it claims another.
/// ICC.1:2022 §10.10 and §10.11: 16-bit tables keep the Lab encoding of version 2 in every version, and
/// 8-bit tables have but one encoding. moxcms goes by the version alone, and white would be off by 0.4 %.
fn misread_as(profile: &ColorProfile) -> Option<[u8; 4]> {
    let tables =
        [&profile.lut_a_to_b_perceptual, &profile.lut_a_to_b_colorimetric, &profile.lut_a_to_b_saturation];
    let Some(LutWarehouse::Lut(table)) = tables.into_iter().flatten().next() else { return None };
    let (two, four) = ([2, 0x40, 0, 0], [4, 0x20, 0, 0]);
    let new = profile.version() >= ProfileVersion::V4_0;
    match table.lut_type {
        LutType::Lut16 if new => Some(two),
        LutType::Lut8 if !new => Some(four),
        _ => None,
    }
}

/// The intent whose table the profile has: perceptual before the others. `None` without tables.
fn table_intent(profile: &ColorProfile) -> Option<RenderingIntent> {
    if profile.lut_a_to_b_perceptual.is_some() {
        Some(RenderingIntent::Perceptual)
    } else if profile.lut_a_to_b_colorimetric.is_some() {
        Some(RenderingIntent::RelativeColorimetric)
    } else {
        profile.lut_a_to_b_saturation.is_some().then_some(RenderingIntent::Saturation)
    }
}

type Transform<T> = Arc<dyn TransformExecutor<T> + Send + Sync>;
type Create<T> = fn(
    &ColorProfile,
    IccLayout,
    &ColorProfile,
    IccLayout,
    TransformOptions,
) -> Result<Transform<T>, moxcms::CmsError>;

/// A transform from the tables of a profile to RGB without alpha, tried on every corner of the colour
/// space first: a hostile table that makes it panic is no better than none.
fn transform<T: Copy + Default + From<u8>>(
    profile: &ColorProfile,
    intent: RenderingIntent,
    create: Create<T>,
) -> Option<Transform<T>> {
    let inks = profile.color_space == DataColorSpace::Cmyk;
    let (layout, channels) = if inks { (IccLayout::Rgba, 4) } else { (IccLayout::Rgb, 3) };
    let options =
        TransformOptions { rendering_intent: intent, prefer_fixed_point: false, ..Default::default() };
    let tried = guarded("the colour profile", || {
        let Ok(transform) = create(profile, layout, &ColorProfile::new_srgb(), IccLayout::Rgb, options)
        else {
            return Ok(None);
        };
        let full = if size_of::<T>() == 4 { 1 } else { 255 };
        let corners: Vec<T> = (0..16 * channels)
            .map(|i| T::from(if ((i / channels) >> (i % channels)) & 1 == 1 { full } else { 0 }))
            .collect();
        let sound = transform.transform(&corners, &mut [T::default(); 48]).is_ok();
        Ok(sound.then_some(transform))
    });
    tried.ok().flatten()
}

/// Convert an RGB picture, with or without alpha, in place, by the tables of its profile.
fn convert_by_tables(
    profile: &ColorProfile,
    intent: RenderingIntent,
    picture: &mut Picture,
    context: &Context,
) -> Result<()> {
    let (width, channels) = (picture.size().width(), picture.layout().channels());
    match picture.samples_mut() {
        SamplesMut::U8(s) => {
            let transform = transform(profile, intent, ColorProfile::create_transform_8bit);
            transform.map_or(Ok(()), |t| convert_rows(&*t, s, width, channels, |v| v, context))
        }
        SamplesMut::U16(s) => {
            let transform = transform(profile, intent, ColorProfile::create_transform_16bit);
            transform.map_or(Ok(()), |t| convert_rows(&*t, s, width, channels, |v| v, context))
        }
        SamplesMut::F32(s) => {
            let transform = transform(profile, intent, ColorProfile::create_transform_f32);
            // A table has no place for what lies outside it; `max` turns what is not a number into zero.
            #[expect(
                clippy::manual_clamp,
                reason = "what is not a number becomes black; clamp would keep it"
            )]
            let inside = |v: f32| v.max(0.0).min(1.0);
            transform.map_or(Ok(()), |t| convert_rows(&*t, s, width, channels, inside, context))
        }
    }
}

/// Row by row through scratch of one row: moxcms wants a source and a target, and alpha is not its business.
fn convert_rows<T: Copy + Default + Send + Sync>(
    transform: &(dyn TransformExecutor<T> + Send + Sync),
    samples: &mut [T],
    width: usize,
    channels: usize,
    inside: impl Fn(T) -> T + Sync + Send,
    context: &Context,
) -> Result<()> {
    for_each_band(context, samples, BAND_ROWS * width * channels, |_, band| {
        let (mut before, mut after) = (vec![T::default(); width * 3], vec![T::default(); width * 3]);
        for pixels in band.chunks_exact_mut(width * channels) {
            for (rgb, pixel) in before.chunks_exact_mut(3).zip(pixels.chunks_exact(channels)) {
                rgb.copy_from_slice(&[inside(pixel[0]), inside(pixel[1]), inside(pixel[2])]);
            }
            apply(transform, &before, &mut after)?;
            for (rgb, pixel) in after.chunks_exact(3).zip(pixels.chunks_exact_mut(channels)) {
                pixel[..3].copy_from_slice(rgb);
            }
        }
        Ok(())
    })
}

fn apply<T: Copy + Default>(
    transform: &(dyn TransformExecutor<T> + Send + Sync),
    source: &[T],
    target: &mut [T],
) -> Result<()> {
    guarded("the colour profile", || {
        transform.transform(source, target).map_err(|e| {
            Error::unsupported(
                format!("the colour profile cannot be applied ({e})"),
                "carry it instead of converting",
            )
        })
    })
}

#[cfg(test)]
mod tests;
