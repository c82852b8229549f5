//! The guided filter: in every window the input is told from the guide by a straight line (or, for a guide in
//! colour, a plane); the result is the mean of what those lines say.
//!
//! Kaiming He, Jian Sun, Xiaoou Tang, "Guided Image Filtering", 2010 and 2013. Where the guide varies by more than
//! `eps` (a variance) it is followed, elsewhere the input is averaged. Unlike a bilateral filter it never reverses
//! a gradient, and its cost does not depend on the radius. Both passes of means run inside one tile, so the
//! coefficients never leave the cache.

mod colour;
#[cfg(test)]
mod tests;

use super::window::{Area, Patch, Term, Windows};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::guided as kernel;
use crate::parallel::for_each_band;
use crate::pixel::Plane;

pub use colour::{guided_colour, guided_colours};

/// The least `eps`: below it, rounding of the sums would show.
const LEAST_EPS: f32 = 1e-6;

/// Smooth `input` where `guide` is smooth, over windows of `2 radius + 1` pixels squared. Both are of one size.
///
/// A radius beyond the longer side counts as the longer side. `eps` is the variance of the guide that counts as an edge: 0.01 squared to 0.1 squared on values from 0 to 1.
/// If `guide` and `input` are the same plane it costs half.
///
/// # Panics
/// If the planes differ in size.
pub fn guided(guide: &Plane, input: &Plane, radius: usize, eps: f32, ctx: &Context) -> Result<Plane> {
    let size = guide.size();
    assert_eq!(size, input.size(), "guide and input are of one size");
    ctx.limits.admit(size, 4)?;
    let windows = Windows { size, radius: radius.min(size.longer()) };
    let grey = Grey { guide, input, eps: eps.max(LEAST_EPS), windows };
    let mut out = Plane::filled(size, 0.0);
    let (width, rows) = (size.width(), windows.band_rows());
    for_each_band(ctx, out.samples_mut(), width * rows, |index, band| {
        let top = index * rows;
        for tile in windows.tiles(top..top + band.len() / width) {
            grey.tile(&tile, ctx, &mut band[tile.x.start..], width);
        }
        Ok(())
    })?;
    Ok(out)
}

struct Grey<'a> {
    guide: &'a Plane,
    input: &'a Plane,
    eps: f32,
    windows: Windows,
}

impl Grey<'_> {
    /// The result for one tile, into `out`, whose rows are `stride` apart.
    fn tile(&self, tile: &Area, ctx: &Context, out: &mut [f32], stride: usize) {
        let (level, windows) = (ctx.level, &self.windows);
        let area = tile.grown(windows.radius, windows.size);
        let (mut a, mut b) = (vec![0.0; area.len()], vec![0.0; area.len()]);
        self.lines(&area, ctx, &mut a, &mut b);
        let fits = [Patch::of(&a, &area), Patch::of(&b, &area)];
        windows.means(level, &fits, &[Term::One(0), Term::One(1)], tile, |y, means| {
            let row = &mut out[(y - tile.y.start) * stride..][..tile.x.len()];
            kernel::on_line(level, &means[0], &means[1], &self.guide.row(y)[tile.x.clone()], row);
        });
    }

    fn lines(&self, area: &Area, ctx: &Context, a: &mut [f32], b: &mut [f32]) {
        let (level, eps) = (ctx.level, self.eps);
        if std::ptr::eq(self.guide, self.input) {
            let terms = [Term::One(0), Term::Product(0, 0)];
            self.windows.means(level, &[Patch::whole(self.guide)], &terms, area, |y, means| {
                let row = area.row(y);
                kernel::own_line(level, &means[0], &means[1], eps, &mut a[row.clone()], &mut b[row]);
            });
        } else {
            let patches = [Patch::whole(self.guide), Patch::whole(self.input)];
            let terms = [Term::One(0), Term::One(1), Term::Product(0, 0), Term::Product(0, 1)];
            self.windows.means(level, &patches, &terms, area, |y, means| {
                let row = area.row(y);
                let means = [&means[0][..], &means[1], &means[2], &means[3]];
                kernel::line(level, means, eps, &mut a[row.clone()], &mut b[row]);
            });
        }
    }
}
