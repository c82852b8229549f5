//! Running along every row or every column of planes, thirty-two lines at a time.
//!
//! What runs along a line waits for each sample before it can go on to the next, so a line alone is slow. Here
//! thirty-two of them are laid side by side in a tile that stays in the cache; rows are turned for that, columns are
//! side by side already. The core that works on a tile need not know which it got.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::lines::{self as kernel, LINES};
use crate::parallel::{for_each_band, for_each_bands};
use crate::pixel::Plane;

/// Which way lines go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Along {
    Rows,
    Columns,
}

/// Work on tiles of lines. Made anew for each tile; `weights` comes first, then each plane in turn.
pub(super) trait Core {
    /// A tile of what stands between samples, to be made into what the core needs.
    fn begin(&mut self, level: Level, weights: &mut [f32]);
    /// A tile of one plane, to be filtered in place.
    fn run(&mut self, level: Level, weights: &[f32], tile: &mut [f32]);
}

/// Run a core along all lines of the planes. `weights` holds, for each sample, what stands between it and the one
/// before it on its line.
pub(super) fn run<C: Core>(
    along: Along,
    weights: &Plane,
    planes: &mut [Plane],
    ctx: &Context,
    core: impl Fn() -> C + Sync + Send,
) -> Result<()> {
    match along {
        Along::Rows => rows(weights, planes, ctx, core),
        Along::Columns => columns(weights, planes, ctx, core),
    }
}

fn rows<C: Core>(
    weights: &Plane,
    planes: &mut [Plane],
    ctx: &Context,
    core: impl Fn() -> C + Sync + Send,
) -> Result<()> {
    let (width, level) = (weights.size().width(), ctx.level);
    let mut samples: Vec<_> = planes.iter_mut().map(Plane::samples_mut).collect();
    for_each_bands(ctx, &mut samples, width * LINES, |index, bands| {
        let mut core = core();
        let mut between = vec![0.0; width * LINES];
        let rows = &weights.samples()[index * width * LINES..][..bands[0].len()];
        kernel::turn(level, rows, width, &mut between);
        core.begin(level, &mut between);
        let mut tile = vec![0.0; width * LINES];
        for band in bands {
            kernel::turn(level, band, width, &mut tile);
            core.run(level, &between, &mut tile);
            kernel::turn_back(level, &tile, width, band);
        }
        Ok(())
    })
}

fn columns<C: Core>(
    weights: &Plane,
    planes: &mut [Plane],
    ctx: &Context,
    core: impl Fn() -> C + Sync + Send,
) -> Result<()> {
    let (size, level) = (weights.size(), ctx.level);
    let mut strips: Vec<_> = planes.iter_mut().map(|plane| strips(plane).into_iter()).collect();
    let mut jobs: Vec<Vec<_>> = (0..size.width().div_ceil(LINES))
        .map(|_| strips.iter_mut().filter_map(Iterator::next).collect())
        .collect();
    for_each_band(ctx, &mut jobs, 1, |index, job| {
        let mut core = core();
        let mut between = vec![0.0; size.height() * LINES];
        let columns = index * LINES..((index + 1) * LINES).min(size.width());
        for (y, samples) in between.chunks_exact_mut(LINES).enumerate() {
            samples[..columns.len()].copy_from_slice(&weights.row(y)[columns.clone()]);
        }
        core.begin(level, &mut between);
        let mut tile = vec![0.0; size.height() * LINES];
        for strip in &mut job[0] {
            for (samples, piece) in tile.chunks_exact_mut(LINES).zip(&*strip) {
                copy(samples, piece);
            }
            core.run(level, &between, &mut tile);
            for (samples, piece) in tile.chunks_exact(LINES).zip(strip) {
                copy(piece, samples);
            }
        }
        Ok(())
    })
}

/// Copy as many samples as both have; nearly always a whole set of lines, which needs no call.
fn copy(to: &mut [f32], from: &[f32]) {
    match (to.first_chunk_mut::<LINES>(), from.first_chunk::<LINES>()) {
        (Some(to), Some(from)) => *to = *from,
        _ => to.iter_mut().zip(from).for_each(|(to, from)| *to = *from),
    }
}

/// A plane cut into columns as wide as a tile: for each, its piece of every row.
fn strips(plane: &mut Plane) -> Vec<Vec<&mut [f32]>> {
    let size = plane.size();
    let mut strips: Vec<Vec<_>> =
        (0..size.width().div_ceil(LINES)).map(|_| Vec::with_capacity(size.height())).collect();
    for row in plane.samples_mut().chunks_exact_mut(size.width()) {
        for (strip, piece) in strips.iter_mut().zip(row.chunks_mut(LINES)) {
            strip.push(piece);
        }
    }
    strips
}

/// How far each sample is from the one before it on its line, summed over the planes; 0 for the first.
pub(super) fn distances(along: Along, planes: &[&Plane], ctx: &Context) -> Result<Plane> {
    let size = planes[0].size();
    let (width, level) = (size.width(), ctx.level);
    let mut out = Plane::filled(size, 0.0);
    for_each_band(ctx, out.samples_mut(), width * LINES, |index, band| {
        for (y, row) in band.chunks_exact_mut(width).enumerate() {
            let y = index * LINES + y;
            for plane in planes {
                let own = plane.row(y);
                match along {
                    Along::Rows => kernel::add_distance(level, &mut row[1..], &own[1..], own),
                    Along::Columns if y > 0 => kernel::add_distance(level, row, own, plane.row(y - 1)),
                    Along::Columns => {}
                }
            }
        }
        Ok(())
    })?;
    Ok(out)
}

/// Change all samples of a plane, a stretch at a time.
pub(super) fn each(plane: &mut Plane, ctx: &Context, work: impl Fn(&mut [f32]) + Sync + Send) -> Result<()> {
    let stretch = plane.size().width() * LINES;
    for_each_band(ctx, plane.samples_mut(), stretch, |_, samples| {
        work(samples);
        Ok(())
    })
}

/// Blur by passing samples along rows and columns, fading: two rounds, nearly a Gaussian of this standard deviation.
pub(super) fn blur(planes: &mut [Plane], sigma: f32, ctx: &Context) -> Result<()> {
    let Some(first) = planes.first().filter(|_| sigma > 0.0) else { return Ok(()) };
    // A fade of parameter a has a variance of 2 a / (1 - a)²; half of what is wanted falls to each round.
    let half = 2.0 / (sigma * sigma / 2.0);
    let kept = 1.0 + half / 2.0 - (half + half * half / 4.0).sqrt();
    let weights = Plane::filled(first.size(), kept);
    for along in [Along::Rows, Along::Columns, Along::Rows, Along::Columns] {
        run(along, &weights, planes, ctx, || Blur)?;
    }
    Ok(())
}

struct Blur;

impl Core for Blur {
    fn begin(&mut self, _level: Level, _weights: &mut [f32]) {}

    fn run(&mut self, level: Level, weights: &[f32], tile: &mut [f32]) {
        kernel::recurse(level, weights, tile);
    }
}
