//! Halo (晕色): within each region its hue in steps, light next to the contour and dark at the heart, in bands of a
//! constant number of threads; where the picture has shading of its own, that has its say.

use super::cells::Cells;
use super::distance;

/// How a halo is laid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Halo {
    /// Ends in a band.
    pub(super) band: f32,
    /// How much the distance counts beside the picture's own shading, 0 to 1.
    pub(super) distance: f32,
}

/// The step of each cell, 0 the lightest, below `steps`. `families` are regions of one hue; `dark` is how dark the
/// picture is there within its family, 0 to 1; where the picture has `detail` the distance counts less.
pub(super) fn steps(
    families: &Cells<u8>,
    dark: &Cells<f32>,
    detail: &Cells<f32>,
    halo: Halo,
    steps: u8,
    tall: f32,
) -> Cells<u8> {
    let limit = halo.band * f32::from(steps);
    let distance = distance::to_border(families, tall, limit);
    let last = f32::from(steps - 1);
    let mut out = families.clone();
    for (at, step) in out.values_mut().iter_mut().enumerate() {
        let deep = ((distance.values()[at] - 0.5) / halo.band).floor().clamp(0.0, last) / last.max(1.0);
        let own = dark.values()[at];
        let mixed = own + halo.distance * (1.0 - detail.values()[at]) * (deep - own);
        *step = (mixed * f32::from(steps)).clamp(0.0, last) as u8;
    }
    out
}
