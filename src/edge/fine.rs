//! Derivatives of values with fractions: a picture that was blurred, or that has more than 8 bits.
//!
//! A Gaussian before Canny belongs in such a plane and not in rounded bytes: on soft slopes, rounding makes
//! terraces, and terraces make edges.

use super::gradient::{GradientRows, Operator};
use super::grey::{Border, PaddedRows};
use crate::kernel::{Level, gradient as kernel};
use crate::pixel::Plane;

/// What a step of one grey level in Sobel's derivatives is here: an eighth of a level is the finest step for
/// which everything fits 16 bits.
pub(super) const STEPS: f64 = 8.0;

/// Derivatives of a plane of values from 0 to 1, row by row. A step from black to white is 8160 with any operator;
/// Sobel's are thus in eighths of grey levels.
pub(super) struct FineGradients<'a> {
    rows: PaddedRows<'a, f32>,
    operator: Operator,
}

impl<'a> FineGradients<'a> {
    /// Of Sobel's operators there is the one of aperture 3.
    pub(super) fn new(plane: &'a Plane, operator: Operator, border: Border) -> Self {
        debug_assert_eq!(operator.margin(), 1, "larger windows work on bytes");
        let size = (plane.size().width(), plane.size().height());
        Self { rows: PaddedRows::new(plane.samples(), size, border, 1), operator }
    }
}

impl GradientRows for FineGradients<'_> {
    fn row(&mut self, level: Level, y: usize, dx: &mut [i16], dy: &mut [i16]) {
        let rows = self.rows.around(y);
        match self.operator {
            Operator::Sobel(_) => kernel::sobel3_fine(level, rows, dx, dy),
            Operator::Scharr => kernel::scharr_fine(level, rows, dx, dy),
            Operator::Prewitt => kernel::prewitt_fine(level, rows, dx, dy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::edge::canny::{Canny, Norm};
    use crate::edge::gradient::{Aperture, GreyGradients};
    use crate::edge::grey::Grey;
    use crate::edge::map::EdgeMap;
    use crate::edge::test_context::on;
    use crate::pixel::Size;
    use crate::test_support::Random;

    const SOBEL: Operator = Operator::Sobel(Aperture::Three);

    fn edges(plane: &Plane, canny: &Canny, context: &Context) -> EdgeMap {
        let size = (plane.size().width(), plane.size().height());
        let rows = || FineGradients::new(plane, SOBEL, Border::Replicate);
        canny.in_steps(STEPS).edges_of(size, rows, context).unwrap()
    }

    #[test]
    fn whole_numbers_have_the_edges_of_the_grey_picture() {
        let mut random = Random::new("whole_numbers_have_the_edges_of_the_grey_picture");
        for (width, height) in [(1, 1), (1, 30), (30, 1), (131, 77)] {
            let bytes: Vec<u8> = (0..width * height).map(|_| random.next() as u8).collect();
            let size = Size::new(width as u32, height as u32).unwrap();
            let plane = Plane::new(size, bytes.iter().map(|v| f32::from(*v) / 255.0).collect()).unwrap();
            for norm in [Norm::Sum, Norm::Euclidean] {
                let detector = Canny { norm, ..Canny::new(200.0, 600.0) };
                let grey = Grey::new(&bytes, width, height).unwrap();
                let expected = detector.edges(grey, &Context::default()).unwrap();
                for level in Level::available() {
                    let found = edges(&plane, &detector, &on(level, 2));
                    assert_eq!(found, expected, "{width}×{height} {norm:?} {random}");
                }
            }
        }
    }

    #[test]
    fn every_operator_is_that_of_bytes_in_its_own_steps() {
        let mut random = Random::new("every_operator_is_that_of_bytes_in_its_own_steps");
        let bytes: Vec<u8> = (0..67 * 3).map(|_| random.next() as u8).collect();
        let plane =
            Plane::new(Size::new(67, 3).unwrap(), bytes.iter().map(|v| f32::from(*v) / 255.0).collect());
        for (operator, full) in [(SOBEL, 1020.0), (Operator::Scharr, 4080.0), (Operator::Prewitt, 765.0)] {
            let mut coarse = GreyGradients::new(Grey::new(&bytes, 67, 3).unwrap(), operator, Border::Reflect);
            let mut fine = FineGradients::new(plane.as_ref().unwrap(), operator, Border::Reflect);
            for (level, y) in Level::available().into_iter().flat_map(|level| (0..3).map(move |y| (level, y)))
            {
                let mut rows = [(); 4].map(|()| vec![0; 67]);
                let [a, b, c, d] = &mut rows;
                coarse.row(level, y, a, b);
                fine.row(level, y, c, d);
                for (coarse, fine) in a.iter().chain(&*b).zip(c.iter().chain(&*d)) {
                    let expected = f64::from(*coarse) * 8160.0 / full;
                    assert!((f64::from(*fine) - expected).abs() <= 0.51, "{fine} for {expected} {random}");
                }
            }
        }
    }

    #[test]
    fn fractions_tell_where_a_faint_slope_is_steepest() {
        let faint = |x: usize, _| (100.0 + (x as f32 / 4.0 - 5.0).tanh()) / 255.0;
        let plane = Plane::from_fn(Size::new(40, 5).unwrap(), faint);
        let found = edges(&plane, &Canny::new(0.5, 1.5), &Context::default());
        assert!((0..5).all(|y| found.columns(y).collect::<Vec<_>>() == [20]));
        let wild = vec![f32::NAN, f32::INFINITY, -1e30, 7.0, 1e9, f32::NEG_INFINITY];
        let plane = Plane::new(Size::new(3, 2).unwrap(), wild).unwrap();
        edges(&plane, &Canny::new(0.5, 1.5), &Context::default());
    }
}
