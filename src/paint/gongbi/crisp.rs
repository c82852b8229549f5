//! Colours of the guide at full size, with edges as sharp as the picture can show.
//!
//! Enlarged as they are, colours would pass from one side of an edge to the other over several pixels. So each pixel looks
//! a step away from the edge it is near, where the colour is that of its own side (the idea of warp sharpening; Arad &
//! Gotsman, "Enhancement by image-dependent warping", 1999). Which way that is comes from a field of how steep the guide
//! is, made smooth and enlarged as smooth, so the line where it turns about is a clean curve at any size.

use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::gongbi as kernel;
use crate::line::{blurred, rows};
use crate::pixel::{Plane, Size};

/// How far a pixel looks away from an edge, in samples of the guide.
const REACH: f32 = 1.35;

/// How steep colours are at each sample, somewhat smoothed.
pub(crate) fn edges(colours: &[Plane; 3], context: &Context) -> Result<Plane> {
    let size = colours[0].size();
    let steep = rows(size, context, |y, row| {
        for (x, out) in row.iter_mut().enumerate() {
            let (left, right) = (x.saturating_sub(1), (x + 1).min(size.width() - 1));
            let (up, down) = (y.saturating_sub(1), (y + 1).min(size.height() - 1));
            let mut sum = 0.0;
            for plane in colours {
                let across = plane.row(y)[right] - plane.row(y)[left];
                let along = plane.row(down)[x] - plane.row(up)[x];
                sum += across * across + along * along;
            }
            *out = 0.5 * sum.sqrt();
        }
    })?;
    blurred(&steep, 0.9, context)
}

/// Colours and cover of the guide, ready to be looked up.
pub(crate) struct Crisp {
    size: Size,
    samples: Vec<[f32; 4]>,
    /// Which way to look, not of length 1 yet.
    pub(crate) away: [Plane; 2],
}

impl Crisp {
    /// From red, green, blue and cover, and from how steep the guide is.
    pub(crate) fn new(planes: [&Plane; 4], steep: &Plane, context: &Context) -> Result<Self> {
        let size = steep.size();
        let samples = (0..size.pixels()).map(|i| planes.map(|plane| plane.samples()[i])).collect();
        let across = rows(size, context, |y, row| {
            let own = steep.row(y);
            for (x, out) in row.iter_mut().enumerate() {
                *out = own[x.saturating_sub(1)] - own[(x + 1).min(size.width() - 1)];
            }
        })?;
        let down = rows(size, context, |y, row| {
            let (above, below) = (steep.row(y.saturating_sub(1)), steep.row((y + 1).min(size.height() - 1)));
            row.iter_mut()
                .zip(above.iter().zip(below))
                .for_each(|(out, (above, below))| *out = above - below);
        })?;
        Ok(Self { size, samples, away: [across, down] })
    }

    /// Row `y` of a picture of this size: `away` are the rows of the planes of that name, enlarged.
    pub(crate) fn row(&self, level: Level, (y, of): (usize, Size), away: [&[f32]; 2], out: [&mut [f32]; 4]) {
        let ratio =
            [self.size.width() as f32 / of.width() as f32, self.size.height() as f32 / of.height() as f32];
        let from = kernel::Grid {
            width: self.size.width(),
            height: self.size.height(),
            ratio: ratio[0],
            y: (y as f32 + 0.5) * ratio[1] - 0.5,
            // At the size of the guide and below there is nothing to win.
            reach: REACH * (1.5 * (1.0 - ratio[0])).clamp(0.0, 1.0),
        };
        kernel::look(level, &self.samples, from, away, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many pixels of a row lie between dark and light.
    fn between(width: u32) -> usize {
        let context = Context::default();
        let size = Size::new(64, 32).unwrap();
        let soft = Plane::from_fn(size, |x, y| ((x as f32 - 30.0 - 0.2 * y as f32) * 0.5).clamp(0.0, 1.0));
        let steep = edges(&[soft.clone(), soft.clone(), soft.clone()], &context).unwrap();
        let crisp = Crisp::new([&soft; 4], &steep, &context).unwrap();
        let of = Size::new(width, width / 2).unwrap();
        let smooth = crate::line::Smoothness::Smooth;
        let [mut dx, mut dy] = [0; 2].map(|_| vec![0.0; of.width()]);
        let y = of.height() / 2;
        let rows = [(&crisp.away[0], &mut dx), (&crisp.away[1], &mut dy)];
        for (plane, row) in rows {
            crate::line::Enlarger::new(plane, of, smooth).row(Level::detect(), y, &mut Vec::new(), row);
        }
        let mut out = [0; 4].map(|_| vec![0.0; of.width()]);
        crisp.row(Level::detect(), (y, of), [&dx, &dy], out.each_mut().map(|row| &mut row[..]));
        out[0].iter().filter(|v| (0.2..0.8).contains(*v)).count()
    }

    #[test]
    fn an_edge_stays_sharp_however_large_it_is_drawn() {
        let counts = [128, 512, 1024].map(between);
        assert!(counts[0] <= 3 && counts[1] <= 8 && counts[2] <= 14, "{counts:?}");
    }
}
