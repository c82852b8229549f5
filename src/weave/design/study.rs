//! A study of the picture that every tradition begins with: its cells, calmed, and where it matters.

use super::cells::Cells;
use super::cluster::{self, Main};
use super::grid::{Grid, Sett};
use super::importance;
use super::lab::Lab;
use super::order::Order;
use super::regions;
use super::repeat::{self, Repeat};
use super::tradition::Tradition;
use crate::context::Context;
use crate::error::Result;
use crate::filter::{DomainTransform, Pass};
use crate::pixel::Picture;

/// Cells round a copy that are studied with it, so that its borders meet.
const ROUND: usize = 24;

/// A picture on a grid.
pub(super) struct Study<'a> {
    /// Texture smoothed away, edges kept.
    pub(super) calm: Cells<Lab>,
    /// Detail, 0 to 1.
    pub(super) detail: Cells<f32>,
    /// How much each cell stands out, 0 to 1.
    pub(super) salience: Cells<f32>,
    /// How much a cell's colour is like that of skin, 0 to 1.
    pub(super) skin: Cells<f32>,
    /// Where the picture shows nothing.
    pub(super) clear: Cells<bool>,
    pub(super) sett: Sett,
    pub(super) repeat: Repeat,
    pub(super) ctx: &'a Context,
}

impl<'a> Study<'a> {
    /// A study of one copy; of a copy that repeats, with what lies round it.
    pub(super) fn new(picture: &Picture, grid: &Grid, order: &Order, ctx: &'a Context) -> Result<Self> {
        let (colour, alpha) = grid.cells(picture, ctx)?;
        let alpha = repeat::seamless(&alpha.map(|alpha| [*alpha, 0.0, 0.0]), order.repeat, grid.fade);
        let cells = round(repeat::seamless(&colour, order.repeat, grid.fade), order.repeat);
        let clear = round(alpha.map(|[alpha, ..]| *alpha < 0.5), order.repeat);
        let reach = if order.tradition == Tradition::Zhuang { 2.0 } else { 5.0 };
        let calm = calm(&cells, reach, ctx)?;
        let detail = importance::detail(&cells, reach * 1.5 + 2.0, ctx)?;
        let salience = importance::salience(&calm, grid.sett.tall(), ctx)?;
        let skin = calm.each(ctx, |_, _, lab| importance::skin(lab))?;
        Ok(Self { calm, detail, salience, skin, clear, sett: grid.sett, repeat: order.repeat, ctx })
    }

    pub(super) fn tall(&self) -> f32 {
        self.sett.tall()
    }

    /// What was found for the study laid out as the whole repeat of the cloth.
    pub(super) fn laid<T: Copy>(&self, found: Cells<T>) -> Cells<T> {
        if self.repeat == Repeat::Single {
            return found;
        }
        let (width, height) = (found.width() - 2 * ROUND, found.height() - 2 * ROUND);
        let copy = Cells::from_fn(width, height, |x, y| found.at(x + ROUND, y + ROUND));
        repeat::lay(&copy, self.repeat)
    }

    /// The main colours of the cells where `within`; what has detail, stands out or is skin counts more.
    pub(super) fn mains(&self, within: impl Fn(usize) -> bool, count: usize) -> Vec<Main> {
        let mut weight = self.detail.map(|detail| 0.25 + detail);
        for (at, value) in weight.values_mut().iter_mut().enumerate() {
            let out = self.salience.values()[at];
            let skin = self.skin.values()[at];
            *value = if within(at) { *value + 1.2 * out * out + 2.5 * skin * out } else { 0.0 };
        }
        cluster::main_colours(&self.calm, &weight, count)
    }

    /// The nearest of some colours at each cell.
    pub(super) fn nearest(&self, mains: &[Main]) -> Result<Cells<u8>> {
        self.calm.each(self.ctx, |_, _, lab| cluster::nearest(lab, mains) as u8)
    }

    /// A map made clean: voted, islands merged, notches filled.
    pub(super) fn clean(
        &self,
        map: &Cells<u8>,
        colours: &[Lab],
        sigma: f32,
        least: u32,
    ) -> Result<Cells<u8>> {
        let weight = self.detail.map(|detail| 0.5 + detail);
        let mut map = regions::vote(map, &weight, sigma, self.tall(), self.ctx)?;
        regions::merge_islands(&mut map, colours, &self.detail, least, self.ctx)?;
        regions::fill_notches(&mut map, 2);
        Ok(map)
    }
}

fn round<T: Copy>(copy: Cells<T>, repeat: Repeat) -> Cells<T> {
    if repeat == Repeat::Single { copy } else { repeat::surround(&copy, repeat, ROUND) }
}

/// Small texture smoothed away, edges kept, before colours become yarns.
fn calm(cells: &Cells<Lab>, reach: f32, ctx: &Context) -> Result<Cells<Lab>> {
    let filter = DomainTransform { space: reach, range: 0.16, rounds: 2, pass: Pass::Recursive };
    let planes = [0, 1, 2].map(|channel| cells.plane(|lab| lab[channel])).into();
    let planes: Vec<Cells<f32>> = filter.run(planes, ctx)?.into_iter().map(Cells::of).collect();
    planes[0].each(ctx, |x, y, l| [l, planes[1].at(x, y), planes[2].at(x, y)])
}
