//! From the grid of the guide to the rows of the full picture, edges staying edges.
//!
//! A smooth enlargement (a quadratic B-spline of the planes, a little blurred, for what is cut out of samples has
//! steps) crosses an edge gently; it is steepened between the least and the greatest value that lie around. All three
//! are smooth curves, so the edge is one too, and a fraction of a sample wide however large the picture.
//!
//! Tried before: joint bilateral upsampling (Kopf, Cohen, Lischinski & Uyttendaele, 2007). With the photograph as
//! its guide the grain and hairs came back at every edge; with the enlargement as its guide edges were strings of beads.

use crate::context::Context;
use crate::error::Result;
use crate::filter::gaussian;
use crate::kernel::Level;
use crate::kernel::crisp::crisp_row;
use crate::line::{Enlarger, Smoothness, rows};
use crate::pixel::{Plane, Size};

/// What lies around each sample of a plane: its blurred value, the least and the greatest.
struct Surroundings {
    soft: Plane,
    low: Plane,
    high: Plane,
}

/// Three planes of colour, ready to be enlarged.
pub(crate) struct Crisp {
    planes: [Plane; 3],
    around: [Surroundings; 3],
}

/// The same for one size of picture.
pub(crate) struct Enlarged<'a> {
    crisp: &'a Crisp,
    size: Size,
    enlargers: [[Enlarger<'a>; 3]; 3],
}

/// Of each sample and its eight neighbours the one that `choose` prefers.
fn chosen(plane: &Plane, choose: fn(f32, f32) -> f32, context: &Context) -> Result<Plane> {
    let (width, height) = (plane.size().width(), plane.size().height());
    let across = rows(plane.size(), context, |y, row| {
        let own = plane.row(y);
        for (x, out) in row.iter_mut().enumerate() {
            *out = choose(own[x], choose(own[x.saturating_sub(1)], own[(x + 1).min(width - 1)]));
        }
    })?;
    rows(plane.size(), context, |y, row| {
        let near = [y.saturating_sub(1), y, (y + 1).min(height - 1)].map(|y| across.row(y));
        for (x, out) in row.iter_mut().enumerate() {
            *out = choose(near[0][x], choose(near[1][x], near[2][x]));
        }
    })
}

impl Crisp {
    /// Look around in planes of Oklab.
    pub(crate) fn new(planes: [Plane; 3], context: &Context) -> Result<Self> {
        let mut soft = planes.clone();
        gaussian(&mut soft, 0.9, context)?;
        let mut around = Vec::with_capacity(3);
        for (plane, soft) in planes.iter().zip(soft) {
            let (low, high) = (chosen(plane, f32::min, context)?, chosen(plane, f32::max, context)?);
            around.push(Surroundings { soft, low, high });
        }
        let Ok(around) = around.try_into() else { unreachable!("three planes") };
        Ok(Self { planes, around })
    }

    /// For a picture of this size.
    pub(crate) fn at(&self, size: Size) -> Enlarged<'_> {
        let enlargers = self.around.each_ref().map(|around| {
            [&around.soft, &around.low, &around.high]
                .map(|plane| Enlarger::new(plane, size, Smoothness::Smooth))
        });
        Enlarged { crisp: self, size, enlargers }
    }
}

impl Enlarged<'_> {
    /// Row `y` of the larger planes. `between` is scratch.
    pub(crate) fn row(&self, level: Level, y: usize, between: &mut Vec<f32>, out: [&mut [f32]; 3]) {
        if self.crisp.planes[0].size() == self.size {
            for (plane, out) in self.crisp.planes.iter().zip(out) {
                out.copy_from_slice(plane.row(y));
            }
            return;
        }
        let [mut low, mut high] = [0; 2].map(|_| vec![0f32; self.size.width()]);
        for (enlargers, out) in self.enlargers.iter().zip(out) {
            let [soft, least, most] = enlargers;
            soft.row(level, y, between, out);
            least.row(level, y, between, &mut low);
            most.row(level, y, between, &mut high);
            crisp_row(level, &low, &high, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Crisp;
    use crate::Context;
    use crate::kernel::Level;
    use crate::pixel::{Plane, Size};

    #[test]
    fn an_edge_is_sharper_than_a_sample_is_wide() {
        let planes = [0.8f32, 0.1, -0.1].map(|high| {
            Plane::from_fn(Size::new(12, 3).unwrap(), |x, _| if x < 6 { 0.2 * high } else { high })
        });
        let size = Size::new(120, 30).unwrap();
        let crisp = Crisp::new(planes, &Context::default()).unwrap();
        let crisp = crisp.at(size);
        let mut rows = [0; 3].map(|_| vec![0f32; 120]);
        let [a, b, c] = &mut rows;
        crisp.row(Level::PLAIN, 14, &mut Vec::new(), [a, b, c]);
        let between = rows[0].iter().filter(|v| (0.2..0.76).contains(*v)).count();
        assert!((3..=12).contains(&between), "{between} pixels of ten lie between: {:?}", &rows[0][50..70]);
        assert!((rows[0][10] - 0.16).abs() < 1e-4 && (rows[0][110] - 0.8).abs() < 1e-4);
    }

    #[test]
    fn any_size_can_be_made_of_any() {
        for (from, to) in [((1, 1), (9, 5)), ((3, 1), (100, 1)), ((2, 7), (2, 7)), ((8, 8), (3, 5))] {
            let plane = Plane::from_fn(Size::new(from.0, from.1).unwrap(), |x, y| (x + 2 * y) as f32);
            let planes = [plane.clone(), plane.clone(), plane];
            let crisp = Crisp::new(planes, &Context::default()).unwrap();
            let crisp = crisp.at(Size::new(to.0, to.1).unwrap());
            let mut rows = [0; 3].map(|_| vec![0f32; to.0 as usize]);
            for y in 0..to.1 as usize {
                let [a, b, c] = &mut rows;
                crisp.row(Level::PLAIN, y, &mut Vec::new(), [a, b, c]);
                assert!(rows.iter().flatten().all(|v| v.is_finite()));
            }
        }
    }
}
