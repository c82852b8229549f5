//! The plan of a watercolour.

use super::backrun::fronts;
use super::crisp::{Hand, displacements, steepness};
use super::flatten::flatten;
use super::key::{Palette, amount, densities};
use super::reserve::{Reserve, Seen};
use super::washes::{Edges, shifts, stages, surroundings};
use super::wetness::{bleed, flow, wetness};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::water::Stage;
use crate::line::{Contour, Study, blurred, contour, rows};
use crate::paint::importance::importance;
use crate::parallel::for_each_band;
use crate::pixel::{Picture, Plane, Size};

/// The longer side of the grid that washes are planned on, at most.
const LONGER: u32 = 768;

/// How much the logarithm of density changes in a wash, for a turbulence of 1, and that of each pigment alone for a
/// drift of 1: hues drift by about 4°.
const FLOW: f32 = 0.3;
const DRIFT: f32 = 0.13;

/// What a watercolour is to be like. Lengths in units of 1/1024 of the longer side; an effect of 0 is off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Watercolour {
    /// How many glazes.
    pub washes: usize,
    /// The size of the smallest shapes.
    pub size: f32,
    /// How much of the picture comes back where it matters.
    pub detail: f32,
    /// How strong the pigment is.
    pub density: f32,
    /// How dark rims are.
    pub rims: f32,
    /// How uneven washes are.
    pub turbulence: f32,
    /// How much pigment settles in the hollows of the paper.
    pub granulation: f32,
    /// How far edges wander.
    pub wobble: f32,
    /// The share of the sheet that was wet.
    pub wetness: f32,
    /// How far colours run there.
    pub bleed: f32,
    /// How many back-runs there are.
    pub backruns: f32,
    /// The share of the sheet that is left bare, at least.
    pub bare: f32,
    /// How much of the edges between washes are left as slivers of paper.
    pub slivers: f32,
    /// The width of an unpainted border.
    pub border: f32,
    /// The share of the sheet, of what matters least, that is not painted at all.
    pub open: f32,
    /// How far hues drift within a wash.
    pub drift: f32,
    /// How much more colourful the picture gets.
    pub lift: f32,
    /// How blue and violet shadows are.
    pub cool: f32,
    /// How hard lines are drawn.
    pub lines: f32,
    /// How strongly the paper's hills show.
    pub relief: f32,
    /// The size of the paper's hills.
    pub grain: f32,
    /// The paper, in sRGB.
    pub paper: [f32; 3],
    /// The lines' colour, in sRGB.
    pub ink: [f32; 3],
}

/// All that is known before the brush is wetted, on a small grid.
pub(crate) struct Plan {
    /// Three densities and the amount of pigment, side by side, a border of one sample around.
    pub(super) records: Vec<[f32; 4]>,
    pub(super) size: Size,
    pub(super) unit: f32,
    /// Where pixels look, in samples.
    pub(super) away: [Plane; 2],
    /// How soft the edges of glazes are, as amounts of pigment.
    pub(super) soft: Plane,
    pub(super) shifts: [Plane; 2],
    pub(super) surroundings: Plane,
    pub(super) reserve: Option<Plane>,
    pub(super) fronts: Option<Plane>,
    pub(super) lines: Option<Plane>,
    pub(super) stages: Vec<Stage>,
}

impl Plan {
    pub(crate) fn new(picture: &Picture, wish: &Watercolour, seed: u64, context: &Context) -> Result<Self> {
        let own = Study::at_most(picture, LONGER, context)?;
        let (size, unit) = (own.size(), own.unit);
        let importance = importance(picture, &own, context)?;
        let keyed = wish.palette().study(&own, context)?;
        let flat = flatten(&keyed, &importance, wish.size, wish.detail, context)?;
        let mut pigment = densities(flat, context)?;
        let wet = wetness(&importance, wish.wetness, seed, context)?;
        bleed(&mut pigment, &wet, unit, wish.bleed, context)?;
        let steep = steepness(&pigment, context)?;
        let amount = amount(&pigment, context)?;
        let seen = Seen { steep: &steep, importance: &importance, amount: &amount, unit };
        let reserve = Reserve { slivers: wish.slivers, border: wish.border, open: wish.open };
        let reserve = reserve.plane(&seen, seed, context)?;
        let fronts = fronts(&amount, &wet, unit, wish.backruns, seed, context)?;
        let stages = stages(wish.washes, wish.wobble.min(1.0));
        let shifts = shifts(&amount, seed, context)?;
        let soft = softness(&steep, &wet, unit, context)?;
        let edges = Edges { soft: &soft, shifts: &shifts, stages: &stages };
        let surroundings = surroundings(&amount, &edges, unit, context)?;
        let hand = Hand { wobble: wish.wobble, bleed: wish.bleed, seed };
        let away = displacements(&steep, &wet, unit, hand, context)?;
        flow(&mut pigment, [FLOW * wish.turbulence, DRIFT * wish.drift], seed, context)?;
        let records = records(&pigment, &amount, context)?;
        let lines = (wish.lines > 0.0).then(|| drawing(picture, context)).transpose()?;
        Ok(Self { records, size, unit, away, soft, shifts, surroundings, reserve, fronts, lines, stages })
    }
}

impl Watercolour {
    fn palette(&self) -> Palette {
        Palette { bare: self.bare, density: self.density, lift: self.lift, cool: self.cool }
    }
}

/// The drawing under the washes: above 0 on lines.
fn drawing(picture: &Picture, context: &Context) -> Result<Plane> {
    let study = Study::open(picture, 1.0, context)?;
    contour(&study, &study.light, &Contour::default(), context)
}

/// How soft edges are: hard where shapes end on dry paper, soft in slow gradients and where it is wet.
fn softness(steep: &Plane, wet: &Plane, unit: f32, context: &Context) -> Result<Plane> {
    let steep = blurred(steep, 3.0 * unit, context)?;
    rows(wet.size(), context, |y, row| {
        for ((v, wet), steep) in row.iter_mut().zip(wet.row(y)).zip(steep.row(y)) {
            let calm = 1.0 / (1.0 + (steep / (0.012 * unit)).powi(2));
            *v = 0.012 + (1.0 - (1.0 - 0.6 * wet) * (1.0 - 0.85 * calm)).powi(2);
        }
    })
}

/// The planes side by side, bordered.
fn records(pigment: &[Plane; 3], amount: &Plane, context: &Context) -> Result<Vec<[f32; 4]>> {
    let (w, h) = (amount.size().width(), amount.size().height());
    let mut records = vec![[0.0; 4]; (w + 2) * (h + 2)];
    for_each_band(context, &mut records, (w + 2) * 32, |index, band| {
        for (y, row) in band.chunks_exact_mut(w + 2).enumerate() {
            let y = (index * 32 + y).saturating_sub(1).min(h - 1);
            let (inner, planes) = (&mut row[1..=w], [&pigment[0], &pigment[1], &pigment[2], amount]);
            for (k, plane) in planes.into_iter().enumerate() {
                inner.iter_mut().zip(plane.row(y)).for_each(|(record, v)| record[k] = *v);
            }
            row[0] = row[1];
            row[w + 1] = row[w];
        }
        Ok(())
    })?;
    Ok(records)
}
