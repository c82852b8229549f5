//! Layers of strokes, coarse to fine.
//!
//! The first layer covers everything. Each further one is laid where what has been painted so far differs from what
//! its finer brush sees, sooner where it matters. To know, each layer is painted small, with the very raster that will
//! paint it large. Whether a place is worth a stroke is no yes or no: a stroke hardly wanted is a small one, so a
//! picture and its preview agree.

use super::Brushwork;
use super::bristles::Streaks;
use super::field::{Field, apart};
use super::layer::{Layer, add_layer};
use super::mixing::shown;
use super::raster::Raster;
use super::reference::{broad_flow, reference, ways};
use super::walk::Land;
use crate::context::Context;
use crate::error::Result;
use crate::line::{blurred, rows};
use crate::paint::Guide;
use crate::parallel::map_bands;
use crate::pixel::{Plane, Size};

/// The longer side of what is painted to see how far one is.
const SMALL: u32 = 512;
/// Rows to a band of it.
const ROWS: usize = 32;
/// Half the width in units from which a brush has a flow of its own.
const BROAD: f32 = 4.5;

/// One stroke.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(super) first: u32,
    pub(super) count: u32,
    /// Colour and what differs from hair to hair, in Oklab.
    pub(super) colours: [[f32; 3]; 2],
    /// The colour it was meant to have.
    pub(super) meant: [f32; 3],
    /// Half the width of its brush, and its length, in units.
    pub(super) half: f32,
    pub(super) length: f32,
    /// How thick paint lies, and how dry it runs out.
    pub(super) thick: f32,
    pub(super) dry: f32,
    pub(super) bits: u32,
    /// What is lower is painted first.
    pub(super) order: f32,
}

/// Everything that is to be painted.
pub(crate) struct Plan {
    pub(super) marks: Vec<Mark>,
    pub(super) points: Vec<[f32; 3]>,
    /// Marks from the top down.
    pub(super) order: Vec<u32>,
    /// What lies under all strokes, in Oklab.
    ground: [Plane; 3],
    streaks: Streaks,
}

impl Plan {
    /// The middle line of a mark, and half its width there.
    pub(super) fn points(&self, mark: &Mark) -> &[[f32; 3]] {
        &self.points[mark.first as usize..][..mark.count as usize]
    }

    /// Ready to paint a picture of this size in sRGB.
    pub(crate) fn raster<'a>(
        &'a self,
        work: &'a Brushwork,
        size: Size,
        rows: [usize; 2],
        context: &Context,
    ) -> Raster<'a> {
        let (mut low, mut high): (Vec<_>, Vec<_>) =
            self.marks.iter().map(|m| (ends(m, -0.5), ends(m, 0.5))).unzip();
        shown(&mut low, context.level);
        shown(&mut high, context.level);
        let colours = low.iter().zip(&high).map(|(low, high)| {
            [std::array::from_fn(|c| 0.5 * (low[c] + high[c])), std::array::from_fn(|c| high[c] - low[c])]
        });
        Raster::new(self, &self.order, colours.collect(), (work, &self.streaks), size, rows)
    }

    /// What lies under all strokes, in sRGB.
    pub(crate) fn ground(&self, work: &Brushwork, context: &Context) -> [Plane; 3] {
        let mut planes = self.ground.clone();
        let [l, a, b] = &self.ground;
        let all = l.samples().iter().zip(a.samples()).zip(b.samples());
        // Rubbed in thinly, a little darker than what will lie on it.
        let mut colours: Vec<_> = all.map(|((l, a), b)| work.mixing.graded([0.9 * l, *a, *b])).collect();
        shown(&mut colours, context.level);
        for (c, plane) in planes.iter_mut().enumerate() {
            plane.samples_mut().iter_mut().zip(&colours).for_each(|(out, colour)| *out = colour[c]);
        }
        planes
    }
}

/// The colour of a mark's darkest or lightest hairs.
fn ends(mark: &Mark, share: f32) -> [f32; 3] {
    let [colour, swing] = mark.colours;
    std::array::from_fn(|c| colour[c] + share * swing[c])
}

/// Plan a painting.
pub(crate) fn plan(guide: &Guide, work: &Brushwork, context: &Context) -> Result<Plan> {
    let size = guide.size().with_longer(guide.size().longer().min(SMALL as usize) as u32);
    let size = size.unwrap_or(guide.size());
    let ground = reference(&guide.study, work.half(0), context)?;
    let mut plan = Plan {
        marks: Vec::new(),
        points: Vec::new(),
        order: Vec::new(),
        streaks: Streaks::of(work.tool, work.seed),
        ground,
    };
    let (mut canvas, mut wider): (Option<Field>, Option<Field>) = (None, None);
    for layer in 0..work.layers {
        let half = work.half(layer);
        let seen = reference(&guide.study, half, context)?;
        let flow = if half > BROAD { Some(broad_flow(&seen, half, context)?) } else { None };
        let ways = ways(flow.as_ref().unwrap_or(&guide.flow), half, wider.as_ref(), context)?;
        let seen = Field::of([&seen[0], &seen[1], &seen[2]]);
        let need = match &canvas {
            Some(canvas) => Some(need(&seen, canvas, half, size, context)?),
            None => None,
        };
        let land =
            Land { reference: &seen, ways: &ways, canvas: canvas.as_ref(), extent: guide.study.extent() };
        let first = plan.marks.len();
        add_layer(&mut plan, &Layer { guide, work, land, need, layer, half }, context)?;
        if layer + 1 < work.layers {
            canvas = Some(painted(&plan, first, work, canvas.as_ref(), size, context)?);
        }
        wider = Some(ways);
    }
    plan.order.reverse();
    Ok(plan)
}

/// How far what is painted is from what a brush sees, around each place.
fn need(seen: &Field, canvas: &Field, half: f32, size: Size, context: &Context) -> Result<Plane> {
    let unit = size.longer() as f32 / 1024.0;
    let away = rows(size, context, |y, row| {
        for (x, out) in row.iter_mut().enumerate() {
            let at = [(x as f32 + 0.5) / unit, (y as f32 + 0.5) / unit];
            *out = apart(seen.at(at), canvas.at(at));
        }
    })?;
    blurred(&away, (0.5 * half * unit).max(0.5), context)
}

/// The last layer painted small over what there was.
fn painted(
    plan: &Plan,
    first: usize,
    work: &Brushwork,
    before: Option<&Field>,
    size: Size,
    context: &Context,
) -> Result<Field> {
    // Chance and taste are no faults to be mended.
    let colours = plan.marks.iter().map(|mark| [mark.meant, [0.0; 3]]).collect();
    let marks: Vec<u32> = plan.order[first..].iter().rev().copied().collect();
    let raster = Raster::new(plan, &marks, colours, (work, &plan.streaks), size, [ROWS, 0]);
    let ground = Field::of([&plan.ground[0], &plan.ground[1], &plan.ground[2]]);
    let before = before.unwrap_or(&ground);
    let (unit, width, stride) = (size.longer() as f32 / 1024.0, size.width(), raster.stride());
    let bands = map_bands(context, size.height(), ROWS, |range| {
        let band = raster.band(context.level, range.start / ROWS, range.len());
        let mut made = Vec::with_capacity(range.len() * width);
        for (row, y) in range.enumerate() {
            for x in 0..width {
                let k = row * stride + x;
                let under = before.at([(x as f32 + 0.5) / unit, (y as f32 + 0.5) / unit]);
                made.push(std::array::from_fn::<f32, 3, _>(|c| band[c][k] + band[4][k] * under[c]));
            }
        }
        Ok(made)
    })?;
    Ok(Field::new(size, bands.concat()))
}
