//! The colours of the picture as pigment on paper.
//!
//! A watercolour is in a high key: its lights are paper, its darks are transparent. Grey is not on the palette:
//! shadows without a colour of their own are blue and violet (Luft & Deussen, "Real-time watercolor illustrations of
//! plants", 2006, shift shadows the same way). What is diluted is pale; only yellow is both strong and light.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::oklab::oklab_to_linear;
use crate::line::{Curve, Key, Study, rows};
use crate::parallel::for_each_bands;
use crate::pixel::Plane;

/// The lightness of the darkest wash.
const DARKEST: f32 = 0.2;
/// No pigment lets less light through than this.
const LEAST: f32 = 0.012;
/// Where the middle of the picture comes to lie, at most.
const MIDDLE: f32 = 0.35;
/// Rows a thread does in one go.
const ROWS: usize = 32;

/// How colours are turned into pigment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    /// The share of the picture that is left as paper, at least.
    pub(super) bare: f32,
    /// How much stronger pigment is than what it stands for.
    pub(super) density: f32,
    /// How much more colourful.
    pub(super) lift: f32,
    /// How blue and violet shadows are.
    pub(super) cool: f32,
}

/// Densities of what takes red, green and blue light away.
pub(super) type Densities = [Plane; 3];

impl Palette {
    /// The darkness of each lightness.
    fn curve(&self, light: &Plane) -> Curve {
        let middle = (MIDDLE * self.density).clamp(0.02, 0.9);
        let white = self.white(light);
        Curve::of(
            light,
            Key { white, middle, most: 1.0, smooth: 0.0, simplify: 0.0, detail: 0.0, contrast: 0.0 },
        )
    }

    /// The darkness up to which the sheet stays bare so that the share asked for does; within reason.
    fn white(&self, light: &Plane) -> f32 {
        if self.bare <= 0.0 {
            return 0.0;
        }
        let mut sorted: Vec<f32> = light.samples().iter().step_by(7).copied().collect();
        sorted.sort_by(f32::total_cmp);
        let at = |share: f32| sorted[(share * (sorted.len() - 1) as f32) as usize];
        let (low, high, wanted) = (at(0.01), at(0.985), at(1.0 - self.bare.min(0.9)));
        let span = (high - low).max(0.55);
        ((high.max(low + 0.2) - wanted) / span).clamp(0.03, 0.18 + 0.5 * self.bare)
    }

    /// A colour in the key of watercolour, `dark` of the way to the darkest.
    fn keyed(&self, [light, a, b]: [f32; 3], dark: f32) -> [f32; 3] {
        let chroma = (a * a + b * b).sqrt().max(1e-6);
        let aim = 1.0 - dark * (1.0 - DARKEST);
        let lift = 1.0 + self.lift;
        // What is made lighter would look paler.
        let wanted = chroma * lift * (1.0 + 0.9 * (aim - light).max(0.0));
        let warm = (b / chroma).max(0.0);
        // and what is hardly tinted is not painted at all.
        let tinted = if self.bare > 0.0 { (dark / 0.09).min(1.0) } else { 1.0 };
        let most = lift * (0.004 + tinted * (0.046 + 0.05 * warm) + 0.3 * dark * (1.0 - 0.6 * dark));
        let kept = wanted / (1.0 + (wanted / most).powi(4)).sqrt().sqrt() / chroma;
        // Blue and violet for what has little colour; the more the darker.
        let plain = 1.0 / (1.0 + (chroma / 0.05).powi(2));
        let shade = self.cool * dark;
        let (violet, blue) = (0.018 * shade, 0.062 * shade * (1.0 - 0.3 * dark));
        let (a, b) = (a * kept + (0.35 + 0.65 * plain) * violet, b * kept - (0.25 + 0.75 * plain) * blue);
        // What would be grey between warm and cool leans one way or the other.
        let (least, chroma) = (0.028 * shade, a.hypot(b).max(1e-6));
        let away = (least.hypot(chroma) / chroma).min(3.0);
        [aim, a * away, b * away]
    }

    /// The whole picture in that key.
    pub(super) fn study(&self, own: &Study, context: &Context) -> Result<Study> {
        let curve = self.curve(&own.light);
        let mut out = own.clone();
        let planes = [&mut out.light, &mut out.a, &mut out.b];
        each_rows(planes, context, |_, [light, a, b]| {
            for ((light, a), b) in light.iter_mut().zip(a).zip(b) {
                // White is paper, even in a picture that is all white.
                let dark = curve.dark(*light).min((8.0 * (1.0 - *light)).max(0.0));
                [*light, *a, *b] = self.keyed([*light, *a, *b], dark);
            }
        })?;
        Ok(out)
    }
}

/// Rows of three planes changed together.
fn each_rows(
    planes: [&mut Plane; 3],
    context: &Context,
    work: impl Fn(usize, [&mut [f32]; 3]) + Sync + Send,
) -> Result<()> {
    let width = planes[0].size().width();
    let mut samples = planes.map(Plane::samples_mut);
    for_each_bands(context, &mut samples, width * ROWS, |index, bands| {
        let [a, b, c] = bands else { return Ok(()) };
        let all = a.chunks_exact_mut(width).zip(b.chunks_exact_mut(width)).zip(c.chunks_exact_mut(width));
        for (y, ((a, b), c)) in all.enumerate() {
            work(index * ROWS + y, [a, b, c]);
        }
        Ok(())
    })
}

/// How much of each pigment lies where; white is paper, whatever its colour.
pub(super) fn densities(study: Study, context: &Context) -> Result<Densities> {
    let Study { mut light, mut a, mut b, .. } = study;
    each_rows([&mut light, &mut a, &mut b], context, |_, [r, g, b]| {
        oklab_to_linear(context.level, r, g, b);
        for row in [r, g, b] {
            row.iter_mut().for_each(|v| *v = -v.clamp(LEAST, 1.0).ln());
        }
    })?;
    Ok([light, a, b])
}

/// How much pigment there is in all.
pub(super) fn amount(densities: &Densities, context: &Context) -> Result<Plane> {
    rows(densities[0].size(), context, |y, row| {
        let [r, g, b] = densities.each_ref().map(|plane| plane.row(y));
        row.iter_mut().enumerate().for_each(|(x, v)| *v = (r[x] + g[x] + b[x]) / 3.0);
    })
}
