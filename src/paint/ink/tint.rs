//! A little colour over ink, 淡彩: ochre, indigo and rouge so thin that ink and paper carry it.

use crate::color::convert::convert_rows;
use crate::context::Context;
use crate::error::Result;
use crate::line::blurred;
use crate::paint::Guide;
use crate::parallel::for_each_bands;
use crate::pixel::{Encoding, Plane};

/// The lightness of a colour wash, and how much fresher than the picture it is.
const LIGHT: f32 = 0.84;
const FRESH: f32 = 1.2;
/// Colour fainter than this is left out.
const FAINT: f32 = 0.025;
/// Over how many units a wash of colour is even.
const EVEN: f32 = 4.0;

/// What to multiply red, green and blue by, at each place of the guide.
pub(crate) fn tint(guide: &Guide, context: &Context) -> Result<[Plane; 3]> {
    let even = |plane: &Plane| blurred(plane, EVEN * guide.unit(), context);
    let (a, b) = (even(&guide.study.a)?, even(&guide.study.b)?);
    let size = guide.size();
    let mut planes = [Plane::filled(size, LIGHT), a, b];
    let mut samples = planes.each_mut().map(|plane| plane.samples_mut());
    let band = size.width() * 32;
    for_each_bands(context, &mut samples, band, |index, bands| {
        let worth = &guide.importance.samples()[index * band..];
        if let [light, a, b] = bands {
            for ((a, b), worth) in a.iter_mut().zip(b.iter_mut()).zip(worth) {
                let chroma = (*a * *a + *b * *b).sqrt();
                let kept = ((chroma - FAINT) / (chroma + 0.02)).max(0.0) * (0.25 + 0.75 * worth);
                (*a, *b) = (FRESH * kept * *a, FRESH * kept * *b);
            }
            convert_rows(context.level, Encoding::Oklab, Encoding::Srgb, [light, a, b]);
            for ((r, g), b) in light.iter_mut().zip(a.iter_mut()).zip(b.iter_mut()) {
                let most = r.max(*g).max(*b).max(1e-3);
                (*r, *g, *b) = ((*r / most).max(0.0), (*g / most).max(0.0), (*b / most).max(0.0));
            }
        }
        Ok(())
    })?;
    Ok(planes)
}
