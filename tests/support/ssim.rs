//! Structural similarity (Wang, Bovik, Sheikh and Simoncelli, 2004) of the luma of two pictures: means over windows of
//! 8 by 8 pixels laid every 4, with the usual constants. A plain loop, made to be read.

use zhijin::Context;
use zhijin::pixel::{Depth, Picture};

/// 1 for pictures that are the same; the sizes must agree.
pub(crate) fn ssim(a: &Picture, b: &Picture) -> f64 {
    assert_eq!(a.size(), b.size(), "only pictures of one size can be compared");
    let (a, b) = (luma(a), luma(b));
    let (width, height) = (a.1, a.0.len() / a.1);
    let (mut sum, mut count) = (0.0, 0.0);
    for y in (0..height.saturating_sub(7)).step_by(4) {
        for x in (0..width.saturating_sub(7)).step_by(4) {
            sum += window(&a.0, &b.0, width, x, y);
            count += 1.0;
        }
    }
    sum / count
}

fn window(a: &[f64], b: &[f64], width: usize, x: usize, y: usize) -> f64 {
    let mut sums = [0.0; 5];
    for row in y..y + 8 {
        for i in row * width + x..row * width + x + 8 {
            let terms = [a[i], b[i], a[i] * a[i], b[i] * b[i], a[i] * b[i]];
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
        }
    }
    let [ma, mb, aa, bb, ab] = sums.map(|sum| sum / 64.0);
    let (va, vb, cov) = (aa - ma * ma, bb - mb * mb, ab - ma * mb);
    let (c1, c2) = (0.01f64.powi(2), 0.03f64.powi(2));
    ((2.0 * ma * mb + c1) * (2.0 * cov + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
}

fn luma(picture: &Picture) -> (Vec<f64>, usize) {
    let layout = picture.layout();
    let wide = picture.clone().into_depth(Depth::U16, &Context::default()).unwrap();
    let pixel = |p: &[u16]| match layout.is_grey() {
        true => f64::from(p[0]) / 65_535.0,
        false => (0.2126 * f64::from(p[0]) + 0.7152 * f64::from(p[1]) + 0.0722 * f64::from(p[2])) / 65_535.0,
    };
    let samples = wide.as_u16().unwrap().samples();
    (samples.chunks_exact(layout.channels()).map(pixel).collect(), picture.size().width())
}
