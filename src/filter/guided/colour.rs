//! The guided filter with a guide in colour: edges between colours of one lightness count as well.

use super::super::window::{Area, Patch, Term, Windows};
use super::LEAST_EPS;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::guided as kernel;
use crate::parallel::for_each_bands;
use crate::pixel::Plane;

/// Planes of a colour guide.
const GUIDE: usize = 3;
/// Means of the guide's planes and of their products.
const MOMENTS: usize = 9;
/// What each input adds: its mean, and those of its products with the guide. Also the parts of a fit.
const PARTS: usize = 4;

/// Like [`guided`](super::guided), with a guide in colour.
///
/// # Panics
/// If the planes differ in size.
pub fn guided_colour(
    guide: [&Plane; GUIDE],
    input: &Plane,
    radius: usize,
    eps: f32,
    ctx: &Context,
) -> Result<Plane> {
    let mut out = guided_colours(guide, &[input], radius, eps, ctx)?;
    Ok(out.remove(0))
}

/// Several inputs under one guide, in less time than one after the other.
///
/// # Panics
/// If the planes differ in size.
pub fn guided_colours(
    guide: [&Plane; GUIDE],
    inputs: &[&Plane],
    radius: usize,
    eps: f32,
    ctx: &Context,
) -> Result<Vec<Plane>> {
    let size = guide[0].size();
    let alike = guide.iter().chain(inputs).all(|plane| plane.size() == size);
    assert!(alike, "guide and inputs are of one size");
    ctx.limits.admit(size, 4 * inputs.len())?;
    let windows = Windows { size, radius: radius.min(size.longer()) };
    let job = Colour { guide, inputs, eps: eps.max(LEAST_EPS), windows };
    let mut out = vec![Plane::filled(size, 0.0); inputs.len()];
    let mut planes: Vec<_> = out.iter_mut().map(Plane::samples_mut).collect();
    let (width, rows) = (size.width(), windows.band_rows());
    for_each_bands(ctx, &mut planes, width * rows, |index, bands| {
        let top = index * rows;
        for tile in windows.tiles(top..top + bands[0].len() / width) {
            job.tile(&tile, ctx, bands);
        }
        Ok(())
    })?;
    Ok(out)
}

struct Colour<'a> {
    guide: [&'a Plane; GUIDE],
    inputs: &'a [&'a Plane],
    eps: f32,
    windows: Windows,
}

impl Colour<'_> {
    fn tile(&self, tile: &Area, ctx: &Context, bands: &mut [&mut [f32]]) {
        let (level, windows) = (ctx.level, &self.windows);
        let area = tile.grown(windows.radius, windows.size);
        let fits = self.fits(&area, ctx);
        let patches: Vec<_> = fits.iter().map(|fit| Patch::of(fit, &area)).collect();
        let terms: Vec<_> = (0..patches.len()).map(Term::One).collect();
        let width = windows.size.width();
        windows.means(level, &patches, &terms, tile, |y, means| {
            let guide = self.guide.map(|plane| &plane.row(y)[tile.x.clone()]);
            for (fit, band) in means.chunks_exact(PARTS).zip(bands.iter_mut()) {
                let row = &mut band[(y - tile.y.start) * width..][tile.x.clone()];
                kernel::on_plane(level, std::array::from_fn(|part| &fit[part][..]), guide, row);
            }
        });
    }

    /// The parts of the fit of each input, one after the other.
    fn fits(&self, area: &Area, ctx: &Context) -> Vec<Vec<f32>> {
        let level = ctx.level;
        let patches: Vec<_> = self.guide.iter().chain(self.inputs).map(|plane| Patch::whole(plane)).collect();
        let mut fits = vec![vec![0.0; area.len()]; self.inputs.len() * PARTS];
        let mut inverse: [Vec<f32>; 6] = std::array::from_fn(|_| vec![0.0; area.x.len()]);
        self.windows.means(level, &patches, &self.terms(), area, |y, means| {
            let (moments, inputs) = means.split_at(MOMENTS);
            let moments: [&[f32]; MOMENTS] = std::array::from_fn(|i| &moments[i][..]);
            kernel::inverse(level, moments, self.eps, inverse.each_mut().map(|row| &mut row[..]));
            let inverse = inverse.each_ref().map(|row| &row[..]);
            let guide = [moments[0], moments[1], moments[2]];
            for (input, fit) in inputs.chunks_exact(PARTS).zip(fits.chunks_exact_mut(PARTS)) {
                let [a0, a1, a2, b] = fit else { continue };
                let fit = [a0, a1, a2, b].map(|part| &mut part[area.row(y)]);
                kernel::plane(level, guide, inverse, std::array::from_fn(|part| &input[part][..]), fit);
            }
        });
        fits
    }

    fn terms(&self) -> Vec<Term> {
        let (one, product) = (Term::One, Term::Product);
        let guide = [one(0), one(1), one(2), product(0, 0), product(0, 1), product(0, 2), product(1, 1)];
        let inputs = (GUIDE..GUIDE + self.inputs.len())
            .flat_map(|p| [one(p), product(p, 0), product(p, 1), product(p, 2)]);
        guide.into_iter().chain([product(1, 2), product(2, 2)]).chain(inputs).collect()
    }
}
