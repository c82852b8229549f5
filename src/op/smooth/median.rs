//! Median: takes away specks and hairs and leaves edges where they are. It works on the samples as they rest.

use crate::context::Context;
use crate::error::Result;
use crate::filter;
use crate::kernel::interleave::Store;
use crate::op::{Action, Cost, Kind, Length, Operator, Param, StepContext, Values, Whole};
use crate::parallel::{BAND_ROWS, for_each_band_pair};
use crate::pixel::{Depth, Encoding, Picture, Planes, Samples, SamplesMut, Size};

/// The middle value of a square.
pub(crate) struct Median;

impl Operator for Median {
    fn name(&self) -> &'static str {
        "median"
    }

    fn about(&self) -> &'static str {
        "Replaces each sample by the middle one of the square around it; specks go, edges stay."
    }

    fn params(&self) -> &'static [Param] {
        &[Param {
            name: "radius",
            kind: Kind::Length { min: 0.0, max: 16.0 },
            default: "1",
            about: "How far the square reaches to every side; at least one pixel, at most 127.",
        }]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Whole(Box::new(Middle { radius: values.length("radius") }))
    }

    fn cost(&self, values: &Values, size: Size) -> Cost {
        let radius = f64::from(values.length("radius").pixels(size)).clamp(1.0, 127.0);
        Cost::per_pixel(size, 150.0 + 20.0 * radius, 20.0)
    }
}

struct Middle {
    radius: Length,
}

impl Whole for Middle {
    fn run(&self, mut picture: Picture, step: &StepContext<'_>) -> Result<Picture> {
        let radius = self.radius.pixels(picture.size()).round().max(1.0) as usize;
        if picture.layout().has_alpha() && !picture.is_opaque() {
            picture = filled(picture, radius, step.work)?;
        }
        filter::median(picture, radius, step.work)?.into_depth(step.rest, step.work)
    }
}

/// Where nothing can be seen, the mean colour of what can be seen nearby, so that hidden colours win no vote.
fn filled(mut picture: Picture, radius: usize, context: &Context) -> Result<Picture> {
    let mut planes = Planes::open(&picture, Encoding::Linear, context)?;
    planes.weigh(context)?;
    filter::box_blur(&mut planes.colour, radius as f32, context)?;
    filter::box_blur(planes.alpha.as_mut_slice(), radius as f32, context)?;
    planes.unweigh(context)?;
    let depth = match picture.depth() {
        Depth::U8 => Depth::U8,
        Depth::U16 | Depth::F32 => Depth::U16,
    };
    picture = picture.into_depth(depth, context)?;
    let means = planes.close(depth, context)?;
    let (channels, row_len) = (picture.layout().channels(), picture.row_len());
    match (picture.samples_mut(), means.samples()) {
        (SamplesMut::U8(s), Samples::U8(means)) => fill(s, means, channels, row_len, context)?,
        (SamplesMut::U16(s), Samples::U16(means)) => fill(s, means, channels, row_len, context)?,
        _ => unreachable!("both have the same depth, which is not floating point"),
    }
    Ok(picture)
}

fn fill<T: Store>(
    samples: &mut [T],
    means: &[T],
    channels: usize,
    row_len: usize,
    context: &Context,
) -> Result<()> {
    let len = BAND_ROWS * row_len;
    for_each_band_pair(context, (means, len), (samples, len), |_, means, samples| {
        for (pixel, mean) in samples.chunks_exact_mut(channels).zip(means.chunks_exact(channels)) {
            if pixel[channels - 1].load() == 0.0 {
                pixel[..channels - 1].copy_from_slice(&mean[..channels - 1]);
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Layout;

    #[test]
    fn hidden_colours_win_no_vote() {
        let samples: Vec<_> =
            (0..25).flat_map(|i| if i % 5 < 3 { [255u8, 0, 0, 255] } else { [0, 255, 0, 0] }).collect();
        let picture = Picture::new(Size::new(5, 5).unwrap(), Layout::Rgba, samples).unwrap();
        let context = Context::default();
        let step = StepContext { work: &context, seed: 0, rest: Depth::U8 };
        let median = Middle { radius: Length::Pixels(2.0) }.run(picture, &step).unwrap();
        let seen = median.as_u8().unwrap().samples().chunks_exact(4).filter(|pixel| pixel[3] > 0);
        assert!(seen.clone().count() >= 10);
        assert!(seen.clone().all(|pixel| pixel == [255, 0, 0, 255]), "{median:?}");
    }
}
