//! Rows of the full picture.

use super::plan::{Plan, Watercolour};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::relief::shade;
use crate::kernel::transfer::{linear_to_srgb, srgb_to_linear};
use crate::kernel::water::{Field, bloom, draw, gather, gather_rims, glaze, settle, spare, stain};
use crate::line::{Smoothness, rows};
use crate::pixel::{Plane, Size};
use crate::texture::{Ground, Material, Noise};

/// The finest wobble: its cell and how far it goes, in units.
const FINE: (f32, f32) = (2.4, 0.42);
/// Pigment that clots: the size of its cells in units, and how much.
const CLOT: (f32, f32) = (0.9, 0.07);
/// The longer side of the grid that the paper is made on, at most: its hills are several pixels wide beyond that.
const PAPER: u32 = 2048;
/// How much a back-run changes a wash.
const BLOOM: f32 = 0.55;
/// What a slope of the paper adds to the light.
const SLOPE: f32 = 0.13;

/// A plan about to be carried out at one size.
pub(crate) struct Render<'a> {
    plan: &'a Plan,
    wish: &'a Watercolour,
    size: Size,
    level: Level,
    height: Plane,
    light: Plane,
    fine: [Noise; 2],
    clots: Noise,
    /// The paper in linear light.
    paper: [f32; 3],
    /// The densities of ink.
    ink: [f32; 3],
}

/// Rows that are used again.
pub(crate) struct Rows {
    sample: [Vec<f32>; 4],
    noise: [Vec<f32>; 2],
    clot: Vec<f32>,
    scratch: Vec<f32>,
}

fn linear(level: Level, mut colour: [f32; 3]) -> [f32; 3] {
    srgb_to_linear(level, &mut colour);
    colour
}

impl<'a> Render<'a> {
    pub(crate) fn new(
        plan: &'a Plan,
        wish: &'a Watercolour,
        size: Size,
        seed: u64,
        context: &Context,
    ) -> Result<Self> {
        let level = context.level;
        let noise = |cell: f32, salt: u64| Noise::new(size, [cell; 2], seed ^ salt);
        let ground = Ground { material: Material::Paper, scale: wish.grain, seed };
        let small = size.with_longer(PAPER.min(size.longer() as u32)).unwrap_or(size);
        let height = ground.height(small, context)?;
        let light = light(&height, wish, context)?;
        Ok(Self {
            plan,
            wish,
            size,
            level,
            height,
            light,
            fine: [noise(FINE.0, 0x81), noise(FINE.0, 0x82)],
            clots: noise(CLOT.0, 0x91),
            paper: linear(level, wish.paper),
            ink: linear(level, wish.ink).map(|v| -v.max(0.01).ln()),
        })
    }

    /// What [`row`](Self::row) wants enlarged.
    pub(crate) fn planes(&self) -> Vec<(&Plane, Smoothness)> {
        let plan = self.plan;
        let [across, down] = &plan.away;
        let [one, two] = &plan.shifts;
        let all =
            [across, down, &plan.soft, one, two, &plan.surroundings, &self.height, &self.light].into_iter();
        let all = all.chain(&plan.reserve).chain(&plan.fronts).chain(&plan.lines);
        all.map(|plane| (plane, Smoothness::Smooth)).collect()
    }

    pub(crate) fn begin(&self) -> Rows {
        let row = || vec![0.0; self.size.width()];
        Rows { sample: [row(), row(), row(), row()], noise: [row(), row()], clot: row(), scratch: row() }
    }

    /// One row; `rows` are those of the planes asked for.
    pub(crate) fn row(&self, made: &mut Rows, y: usize, rows: &mut [Vec<f32>], out: &mut [Vec<f32>]) {
        let (level, plan, wish) = (self.level, self.plan, self.wish);
        let [across, down, soft, one, two, around, here, light, rest @ ..] = rows else { return };
        self.look(made, y, [across, down]);
        let Rows { sample: [r, g, b, tone], noise, clot, scratch } = made;
        glaze(level, tone, soft, [one, two], here, &plan.stages, scratch);
        gather_rims(level, tone, around, wish.rims);
        let mut rest = rest.iter();
        let mut next = |there: bool| if there { rest.next() } else { None };
        if let Some(inside) = next(plan.reserve.is_some()) {
            spare(level, tone, inside, [&noise[0], here], soft, wish.rims);
        }
        if let Some(inside) = next(plan.fronts.is_some()) {
            bloom(level, tone, inside, &noise[0], BLOOM);
        }
        self.clots.row(level, y as i64, clot);
        clot.iter_mut().for_each(|v| *v *= CLOT.1 * wish.granulation);
        settle(level, [r, g, b], tone, [here, clot, one], wish.granulation);
        if let Some(lines) = next(plan.lines.is_some()) {
            draw(level, [r, g, b], lines, here, self.ink, wish.lines);
        }
        for ((out, density), paper) in out.iter_mut().zip([&*r, g, b]).zip(self.paper) {
            stain(level, density, light, paper, out);
            linear_to_srgb(level, out);
        }
    }

    /// What each pixel of a row sees on the grid.
    fn look(&self, made: &mut Rows, y: usize, mut away: [&mut [f32]; 2]) {
        let (plan, level) = (self.plan, self.level);
        let far = FINE.1 * self.wish.wobble * plan.unit;
        for ((away, fine), noise) in away.iter_mut().zip(&self.fine).zip(&mut made.noise) {
            fine.row(level, y as i64, noise);
            away.iter_mut().zip(noise).for_each(|(away, noise)| *away += far * *noise);
        }
        let (small, size) = (plan.size, self.size);
        let field = Field { records: &plan.records, width: small.width(), height: small.height() };
        let ratio =
            [small.width() as f32 / size.width() as f32, small.height() as f32 / size.height() as f32];
        let out = made.sample.each_mut().map(Vec::as_mut_slice);
        gather(level, &field, away.each_ref().map(|away| &**away), ratio, y as f32, out);
    }
}

/// The light that falls on the paper, from the upper left.
fn light(height: &Plane, wish: &Watercolour, context: &Context) -> Result<Plane> {
    let size = height.size();
    let hill = wish.grain * size.longer() as f32 / 1024.0;
    let slope = -0.5 * SLOPE * wish.relief * hill * std::f32::consts::FRAC_1_SQRT_2;
    let by = [slope, slope, 0.02 * wish.relief, 0.0];
    rows(size, context, |y, row| {
        let heights = [y.saturating_sub(1), y, (y + 1).min(size.height() - 1)].map(|y| height.row(y));
        let tones = vec![0.0; row.len()];
        shade(context.level, row, heights, &tones, by);
    })
}
