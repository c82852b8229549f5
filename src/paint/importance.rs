//! Where detail is worth its time.
//!
//! Three voices: what draws the eye ([`saliency`]), what is finely structured, and what is finely structured and has
//! the colours of skin, which is how far one can see a face without a model. Each alone is wrong somewhere (gravel is
//! fine and dull, a bright sky salient and empty), so none is heard alone in full.

use crate::context::Context;
use crate::error::Result;
use crate::filter::saliency;
use crate::line::{Enlarger, Smoothness, Study, blurred, rows};
use crate::pixel::{Picture, Plane};

/// How far around a place structure counts, in units.
const AROUND: f32 = 9.0;
/// The structure at which a place is half as finely worked as any.
const HALF: f32 = 0.018;

/// From 0, where a broad stroke will do, to 1.
pub(super) fn importance(picture: &Picture, study: &Study, context: &Context) -> Result<Plane> {
    let map = saliency(picture, context)?;
    let enlarger = Enlarger::new(&map, study.size(), Smoothness::Smooth);
    let fine = structure(study, context)?;
    let skin = rows(study.size(), context, |y, row| {
        let (a, b, light) = (study.a.row(y), study.b.row(y), study.light.row(y));
        row.iter_mut().enumerate().for_each(|(x, out)| *out = skin(light[x], a[x], b[x]));
    })?;
    let skin = blurred(&skin, AROUND * study.unit, context)?;
    rows(study.size(), context, |y, row| {
        enlarger.row(context.level, y, &mut Vec::new(), row);
        let (fine, skin) = (fine.row(y), skin.row(y));
        for (x, out) in row.iter_mut().enumerate() {
            let face = (2.0 * skin[x]).min(1.0) * fine[x];
            *out = 1.0 - (1.0 - 0.45 * *out) * (1.0 - 0.45 * fine[x]) * (1.0 - 0.75 * face);
        }
    })
}

/// How finely structured the surroundings of a place are, 0 to 1.
fn structure(study: &Study, context: &Context) -> Result<Plane> {
    let soft = blurred(&study.light, 2.5 * study.unit, context)?;
    let away = rows(study.size(), context, |y, row| {
        let pairs = study.light.row(y).iter().zip(soft.row(y));
        row.iter_mut().zip(pairs).for_each(|(out, (own, soft))| *out = (own - soft).abs());
    })?;
    let mut around = blurred(&away, AROUND * study.unit, context)?;
    for value in around.samples_mut() {
        *value /= *value + HALF;
    }
    Ok(around)
}

/// How much a colour is one that skin has: the wedge of hue about 55°, mild chroma.
fn skin(light: f32, a: f32, b: f32) -> f32 {
    let (along, across) = (0.574 * a + 0.819 * b, (0.574 * b - 0.819 * a).abs());
    let fits = |x: f32, most: f32, soft: f32| ((most + soft - x) / soft).clamp(0.0, 1.0);
    let hue = fits(across - 0.4 * along, 0.0, 0.02);
    let chroma = fits(along, 0.16, 0.03) * ((along - 0.02) / 0.02).clamp(0.0, 1.0);
    hue * chroma * ((light - 0.25) / 0.1).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::importance;
    use crate::Context;
    use crate::line::Study;
    use crate::pixel::{Depth, Layout, Picture, Size};

    #[test]
    fn a_worked_corner_matters_more_than_an_empty_one() {
        let size = Size::new(200, 160).unwrap();
        let mut samples = vec![150u8; 200 * 160 * 3];
        for y in 20..60 {
            for x in 20..70 {
                let dark = (x / 4 + y / 4) % 2 == 0;
                samples[(y * 200 + x) * 3..][..3].copy_from_slice(if dark {
                    &[90, 60, 50]
                } else {
                    &[220, 180, 150]
                });
            }
        }
        let picture = Picture::new(size, Layout::Rgb, samples).unwrap();
        assert_eq!(picture.depth(), Depth::U8);
        let context = Context::default();
        let study = Study::at_most(&picture, 1024, &context).unwrap();
        let map = importance(&picture, &study, &context).unwrap();
        assert!(map.row(40)[45] > 0.6, "{}", map.row(40)[45]);
        assert!(map.row(130)[160] < 0.3, "{}", map.row(130)[160]);
        assert!(map.samples().iter().all(|v| (0.0..=1.0).contains(v)));
    }
}
