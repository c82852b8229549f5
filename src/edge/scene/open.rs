//! From a picture of any layout, depth and encoding to what detectors work on.

use std::borrow::Cow;

use super::{Colour, Look, Looks, Scene};
use crate::context::Context;
use crate::edge::contour::{self, Surroundings};
use crate::error::{Error, Result};
use crate::filter;
use crate::kernel::{Level, grey as kernel};
use crate::parallel::{for_each_band, for_each_band_pair};
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, Plane, Planes, Size};

/// Samples handled at a time, whatever the width.
const RUN: usize = 1 << 16;

pub(super) fn scene<'a>(picture: &'a Picture, look: Look, context: &Context) -> Result<Scene<'a>> {
    if picture.alpha() == Alpha::Premultiplied {
        return Err(Error::unsupported(
            "a premultiplied picture cannot be searched for edges",
            "give it straight alpha first",
        ));
    }
    if look.reach > 0.0 {
        return borne_out(picture, look, context);
    }
    let size = picture.size();
    let three = !picture.layout().is_grey() && look.colour != Colour::Grey;
    context.limits.admit(size, if three { 3 } else { 1 } * if look.sigma > 0.0 { 4 } else { 1 })?;
    let (looks, alpha) = match picture.as_u8() {
        Some(view) if picture.encoding() == Encoding::Srgb && picture.is_opaque() => {
            (Looks::Bytes(bytes(view.samples(), picture.layout(), three, context)?), None)
        }
        _ => fractions(picture, three, context)?,
    };
    let looks = if look.sigma > 0.0 { blurred(looks, size, look.sigma, context)? } else { looks };
    Ok(Scene { size, look, looks, far: None, alpha })
}

/// In Oklab, with the surroundings that must bear edges out.
fn borne_out<'a>(picture: &Picture, look: Look, context: &Context) -> Result<Scene<'a>> {
    context.limits.admit(picture.size(), 24)?;
    let mut planes = Planes::open(picture, Encoding::Oklab, context)?;
    filter::fill_transparent(&mut planes);
    let alpha = planes.alpha.as_ref().filter(|_| !picture.is_opaque());
    let alpha = alpha.map(|plane| narrowed(plane, context)).transpose()?;
    let mut colour = planes.colour;
    contour::weigh_colours(&mut colour, context)?;
    if look.sigma > 0.0 {
        filter::gaussian(&mut colour, look.sigma, context)?;
    }
    let far = Some(Surroundings::new(&colour, look.reach, context)?);
    Ok(Scene { size: picture.size(), look, looks: Looks::Fine(colour), far, alpha })
}

/// From some interleaved pixels to one byte for each.
type Work<'w> = dyn Fn(Level, &[u8], &mut [u8]) + Sync + 'w;

/// The channels of an opaque picture of bytes, or its grey.
fn bytes<'a>(
    samples: &'a [u8],
    layout: Layout,
    three: bool,
    context: &Context,
) -> Result<Vec<Cow<'a, [u8]>>> {
    let channels = layout.channels();
    let each = |work: &Work<'_>| -> Result<Cow<'a, [u8]>> {
        let mut out = vec![0; samples.len() / channels];
        for_each_band_pair(context, (samples, RUN * channels), (&mut out, RUN), |_, pixels, out| {
            work(context.level, pixels, out);
            Ok(())
        })?;
        Ok(Cow::Owned(out))
    };
    Ok(match layout {
        Layout::Grey => vec![Cow::Borrowed(samples)],
        Layout::GreyAlpha => vec![each(&|level, pixels, out| kernel::channel(level, pixels, 2, 0, out))?],
        _ if three => (0..3)
            .map(|channel| each(&|level, pixels, out| kernel::channel(level, pixels, channels, channel, out)))
            .collect::<Result<_>>()?,
        Layout::Rgb => vec![each(&kernel::of_three)?],
        Layout::Rgba => vec![each(&kernel::of_four)?],
    })
}

/// Any other picture, its transparent parts filled with the colours around them; and how opaque it is, if anywhere it
/// is not. What came in bytes leaves in bytes.
fn fractions(picture: &Picture, three: bool, context: &Context) -> Result<(Looks<'static>, Option<Vec<u8>>)> {
    let mut planes = Planes::open(picture, Encoding::Srgb, context)?;
    filter::fill_transparent(&mut planes);
    let alpha = planes.alpha.as_ref().filter(|_| !picture.is_opaque());
    let alpha = alpha.map(|plane| narrowed(plane, context)).transpose()?;
    let mut looks = Looks::Fine(planes.colour);
    if picture.depth() == Depth::U8 && picture.encoding() == Encoding::Srgb {
        let Looks::Fine(planes) = &looks else { return Ok((looks, alpha)) };
        looks = rounded(planes, context)?;
    }
    if !three {
        looks = match looks {
            Looks::Bytes(_) => {
                Looks::Bytes(vec![Cow::Owned(grey_bytes(&looks, picture.size(), context)?.into_owned())])
            }
            Looks::Fine(_) => Looks::Fine(vec![grey_plane(&looks, picture.size(), context)?.into_owned()]),
        };
    }
    Ok((looks, alpha))
}

/// Through a Gaussian, in fractions.
fn blurred(looks: Looks<'_>, size: Size, sigma: f32, context: &Context) -> Result<Looks<'static>> {
    let mut planes = match looks {
        Looks::Fine(planes) => planes,
        Looks::Bytes(channels) => {
            channels.iter().map(|bytes| widened(bytes, size, context)).collect::<Result<_>>()?
        }
    };
    filter::gaussian(&mut planes, sigma, context)?;
    Ok(Looks::Fine(planes))
}

/// The same channels in bytes.
pub(super) fn rounded(planes: &[Plane], context: &Context) -> Result<Looks<'static>> {
    let bytes = planes.iter().map(|plane| Ok(Cow::Owned(narrowed(plane, context)?)));
    Ok(Looks::Bytes(bytes.collect::<Result<_>>()?))
}

/// One channel of bytes.
pub(super) fn grey_bytes<'b>(looks: &'b Looks<'_>, size: Size, context: &Context) -> Result<Cow<'b, [u8]>> {
    match looks {
        Looks::Fine(_) => Ok(Cow::Owned(narrowed(grey_plane(looks, size, context)?.as_ref(), context)?)),
        Looks::Bytes(channels) => match &channels[..] {
            [red, green, blue] => {
                let mut out = vec![0; red.len()];
                for_each_band(context, &mut out, RUN, |index, out| {
                    let [red, green, blue] = [red, green, blue].map(|v| &v[index * RUN..][..out.len()]);
                    kernel::of_rows(context.level, red, green, blue, out);
                    Ok(())
                })?;
                Ok(Cow::Owned(out))
            }
            channels => Ok(Cow::Borrowed(&channels[0][..])),
        },
    }
}

/// One channel in fractions.
pub(super) fn grey_plane<'b>(looks: &'b Looks<'_>, size: Size, context: &Context) -> Result<Cow<'b, Plane>> {
    let Looks::Fine(planes) = looks else {
        return Ok(Cow::Owned(widened(&grey_bytes(looks, size, context)?, size, context)?));
    };
    let [red, green, blue] = &planes[..] else { return Ok(Cow::Borrowed(&planes[0])) };
    let mut grey = red.clone();
    for_each_band(context, grey.samples_mut(), RUN, |index, grey| {
        let [green, blue] = [green, blue].map(|plane| &plane.samples()[index * RUN..][..grey.len()]);
        kernel::of_fine(context.level, grey, green, blue);
        Ok(())
    })?;
    Ok(Cow::Owned(grey))
}

fn widened(bytes: &[u8], size: Size, context: &Context) -> Result<Plane> {
    let mut plane = Plane::filled(size, 0.0);
    for_each_band_pair(context, (bytes, RUN), (plane.samples_mut(), RUN), |_, bytes, out| {
        kernel::widen(context.level, bytes, out);
        Ok(())
    })?;
    Ok(plane)
}

fn narrowed(plane: &Plane, context: &Context) -> Result<Vec<u8>> {
    let mut bytes = vec![0; plane.samples().len()];
    for_each_band_pair(context, (plane.samples(), RUN), (&mut bytes, RUN), |_, values, out| {
        kernel::narrow(context.level, values, out);
        Ok(())
    })?;
    Ok(bytes)
}
