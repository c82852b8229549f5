//! Mean squared errors.

use super::same_size;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::map_bands;
use crate::pixel::{Encoding, Picture, Planes};

/// Pixels whose errors are added up in one go.
const PIXELS: usize = 1 << 16;

/// The mean over pixels of the squared distance in Oklab. Alpha has no say.
pub fn oklab_mse(a: &Picture, b: &Picture, context: &Context) -> Result<f64> {
    mse(a, b, Encoding::Oklab, context)
}

/// The same as far as it can be seen: colours count by their alpha, and a difference in alpha counts too. Between opaque
/// pictures it is [`oklab_mse`].
pub fn seen_mse(a: &Picture, b: &Picture, context: &Context) -> Result<f64> {
    same_size(a.size(), b.size())?;
    let (a, b) = (Planes::open(a, Encoding::Oklab, context)?, Planes::open(b, Encoding::Oklab, context)?);
    let pixels = a.size().pixels();
    let alpha = |planes: &Planes, i: usize| planes.alpha.as_ref().map_or(1.0, |a| f64::from(a.samples()[i]));
    let sums = map_bands(context, pixels, PIXELS, |range| {
        let one = |i: usize| {
            let (seen, other) = (alpha(&a, i), alpha(&b, i));
            let colour = |c: usize| square(at(channel(&a, c), i) * seen - at(channel(&b, c), i) * other);
            (0..3).map(colour).sum::<f64>() + square(seen - other)
        };
        Ok(range.map(one).sum::<f64>())
    })?;
    Ok(sums.into_iter().sum::<f64>() / pixels as f64)
}

/// The mean over pixels of the squared differences of 8-bit values (0 to 255), *summed* over the channels, as
/// papers on quantisation give it. Alpha has no say. In a grey picture grey counts three times.
pub fn srgb_mse(a: &Picture, b: &Picture, context: &Context) -> Result<f64> {
    Ok(mse(a, b, Encoding::Srgb, context)? * 255.0 * 255.0)
}

fn mse(a: &Picture, b: &Picture, encoding: Encoding, context: &Context) -> Result<f64> {
    same_size(a.size(), b.size())?;
    let (a, b) = (Planes::open(a, encoding, context)?, Planes::open(b, encoding, context)?);
    let pixels = a.size().pixels();
    let sums = map_bands(context, pixels, PIXELS, |range| {
        let channel = |c: usize| {
            let (p, q) = (channel(&a, c), channel(&b, c));
            range.clone().map(|i| square(at(p, i) - at(q, i))).sum::<f64>()
        };
        Ok((0..3).map(channel).sum::<f64>())
    })?;
    Ok(sums.into_iter().sum::<f64>() / pixels as f64)
}

fn square(x: f64) -> f64 {
    x * x
}

/// A grey picture has one channel three times, or in Oklab two more that are nothing.
fn channel(planes: &Planes, c: usize) -> Option<&[f32]> {
    let grey = if planes.encoding == Encoding::Oklab { None } else { planes.colour.first() };
    planes.colour.get(c).or(grey).map(|plane| plane.samples())
}

fn at(channel: Option<&[f32]>, i: usize) -> f64 {
    channel.map_or(0.0, |channel| f64::from(channel[i]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::{Layout, Size};

    fn picture(layout: Layout, samples: Vec<u8>) -> Picture {
        let size = Size::from_usize(samples.len() / layout.channels(), 1).unwrap();
        Picture::new(size, layout, samples).unwrap()
    }

    #[test]
    fn squares_are_summed_over_channels() {
        let a = picture(Layout::Rgb, vec![10, 20, 30, 0, 0, 0]);
        let b = picture(Layout::Rgb, vec![13, 16, 30, 0, 0, 0]);
        let error = srgb_mse(&a, &b, &Context::default()).unwrap();
        assert!((error - 12.5).abs() < 1e-3, "{error}");
        assert!(oklab_mse(&a, &a, &Context::default()).unwrap() == 0.0);
    }

    #[test]
    fn black_is_one_from_white_and_grey_compares_with_colour() {
        let black = picture(Layout::Grey, vec![0]);
        let white = picture(Layout::Rgb, vec![255; 3]);
        let error = oklab_mse(&black, &white, &Context::default()).unwrap();
        assert!((error - 1.0).abs() < 1e-4, "{error}");
        assert!((srgb_mse(&black, &white, &Context::default()).unwrap() - 3.0 * 65025.0).abs() < 0.1);
    }

    #[test]
    fn what_is_not_seen_does_not_count() {
        let a = picture(Layout::Rgba, vec![200, 10, 30, 0, 9, 9, 9, 255]);
        let b = picture(Layout::Rgba, vec![0, 0, 0, 0, 9, 9, 9, 255]);
        let opaque = picture(Layout::Rgb, vec![200, 10, 30, 9, 9, 9]);
        let other = picture(Layout::Rgb, vec![190, 10, 33, 9, 9, 0]);
        let context = Context::default();
        assert!(seen_mse(&a, &b, &context).unwrap() == 0.0);
        assert!(seen_mse(&a, &opaque, &context).unwrap() > 0.5, "a hole is not a colour");
        let (seen, plain) = (seen_mse(&opaque, &other, &context), oklab_mse(&opaque, &other, &context));
        assert!((seen.unwrap() - plain.unwrap()).abs() < 1e-12);
    }

    #[test]
    fn sizes_must_agree() {
        let (a, b) = (picture(Layout::Grey, vec![0]), picture(Layout::Grey, vec![0, 0]));
        assert!(srgb_mse(&a, &b, &Context::default()).unwrap_err().to_string().contains("one size"));
    }
}
