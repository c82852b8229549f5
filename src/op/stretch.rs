//! Weights of one size brought to another.

use super::{Filter, Fit, Resize, StepContext, Whole};
use crate::error::Result;
use crate::pixel::{Alpha, Depth, Encoding, Layout, Picture, Plane, Samples, Size};

/// The plane at another size, whatever its proportions were.
pub(crate) fn stretch(plane: Plane, size: Size, step: &StepContext<'_>) -> Result<Plane> {
    if plane.size() == size {
        return Ok(plane);
    }
    // Light is what resizing averages, so weights pass through it as they are.
    let grey = Picture::with_meaning(
        plane.size(),
        Layout::Grey,
        Encoding::Linear,
        Alpha::Opaque,
        Samples::F32(plane.into_samples()),
    )
    .expect("a plane has one sample a pixel");
    let (width, height) = size.as_u32();
    let resize = Resize {
        width: Some(width),
        height: Some(height),
        fit: Fit::Stretch,
        filter: Filter::Bilinear,
        ..Resize::default()
    };
    let step = StepContext { rest: Depth::F32, ..*step };
    let samples = match resize.run(grey, &step)?.into_samples() {
        Samples::F32(samples) => samples,
        _ => unreachable!("resizing keeps floating point"),
    };
    Ok(Plane::new(size, samples).expect("one sample a pixel of this size"))
}
