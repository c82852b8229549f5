//! What the eye goes to first, found without a model.
//!
//! Three old and honest measures, each blind where the others see. The barrier distance says what is cut off
//! from the frame by edges (Zhang, Sclaroff, Lin, Shen, Price and Měch, "Minimum barrier salient object detection
//! at 80 fps", 2015). The distance from the mean colour says what is coloured unlike the rest (Achanta, Hemami,
//! Estrada and Süsstrunk, "Frequency-tuned salient region detection", 2009). The spectral residual says what is
//! unexpected in the spectrum (Hou and Zhang, "Saliency detection: a spectral residual approach", 2007). Their
//! mean is weighed by a mild preference for the middle, where photographers put what they mean.
//!
//! It is measured on a reduced picture, so a preview and the full picture agree.

mod barrier;
mod spectral;

use super::reduce::{Reduced, reduce};
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Encoding, Picture, Plane};

/// The longer side of the map, unless the picture is smaller.
pub const MAP_SIDE: u32 = 256;

/// How strongly the picture draws the eye, from 0 to 1, on a map whose longer side is at most [`MAP_SIDE`] and
/// whose proportions are those of the picture.
pub fn saliency(picture: &Picture, context: &Context) -> Result<Plane> {
    let small = reduce(picture, MAP_SIDE, Encoding::Oklab, context)?;
    let longer = small.size().longer() as f32;
    let colour = small.colour.each_ref().map(|plane| soften(plane, longer * 0.004));
    context.check()?;
    let mut parts = [barrier::distance(&colour), from_mean(&colour, &small), spectral::residual(&colour[0])];
    parts.iter_mut().for_each(stretch);
    context.check()?;
    let [barrier, mean, residual] = &parts;
    let size = small.size();
    let map = Plane::from_fn(size, |x, y| {
        let i = y * size.width() + x;
        let sum = 0.5 * barrier.samples()[i] + 0.25 * mean.samples()[i] + 0.25 * residual.samples()[i];
        sum * middle(x, y, size.width(), size.height()) * small.alpha.samples()[i]
    });
    let mut map = soften(&map, longer * 0.012);
    stretch(&mut map);
    map.samples_mut().iter_mut().for_each(|v| *v = *v * *v * (3.0 - 2.0 * *v));
    Ok(map)
}

/// How far each colour is from the mean colour of what can be seen.
fn from_mean(colour: &[Plane; 3], small: &Reduced) -> Plane {
    let alpha = small.alpha.samples();
    let weight: f64 = alpha.iter().map(|a| f64::from(*a)).sum();
    let mean = colour.each_ref().map(|plane| {
        let sum: f64 = plane.samples().iter().zip(alpha).map(|(v, a)| f64::from(v * a)).sum();
        (sum / weight.max(1e-6)) as f32
    });
    let mut i = 0;
    Plane::from_fn(small.size(), |_, _| {
        let square: f32 = (0..3).map(|c| (colour[c].samples()[i] - mean[c]).powi(2)).sum();
        i += 1;
        square.sqrt()
    })
}

/// 1 in the middle, 0.45 in the corners.
fn middle(x: usize, y: usize, w: usize, h: usize) -> f32 {
    let from = |at: usize, side: usize| (at as f32 + 0.5) / side as f32 * 2.0 - 1.0;
    let square = from(x, w).powi(2) + from(y, h).powi(2);
    0.45 + 0.55 * (1.0 - square / 2.0)
}

/// So that all but the strongest hundredth lies in 0..=1 and the weakest twentieth is 0; a map without
/// differences becomes 0 everywhere.
fn stretch(map: &mut Plane) {
    let mut sorted = map.samples().to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let at = |share: f32| sorted[((sorted.len() - 1) as f32 * share) as usize];
    let (low, high) = (at(0.05), at(0.99).max(at(0.05)));
    let span = if high - low > 1e-4 { 1.0 / (high - low) } else { 0.0 };
    map.samples_mut().iter_mut().for_each(|v| *v = ((*v - low) * span).clamp(0.0, 1.0));
}

/// A Gaussian on a small map; what the border lacks is repeated.
fn soften(plane: &Plane, sigma: f32) -> Plane {
    if sigma < 0.2 {
        return plane.clone();
    }
    let reach = (sigma * 3.0).ceil() as isize;
    let taps: Vec<f32> = (-reach..=reach).map(|i| (-0.5 * (i as f32 / sigma).powi(2)).exp()).collect();
    let sum: f32 = taps.iter().sum();
    let (w, h) = (plane.size().width() as isize, plane.size().height() as isize);
    let pass = |plane: &Plane, dx: isize, dy: isize| {
        Plane::from_fn(plane.size(), |x, y| {
            let sample = |k: isize| {
                let (x, y) = ((x as isize + k * dx).clamp(0, w - 1), (y as isize + k * dy).clamp(0, h - 1));
                plane.samples()[(y * w + x) as usize]
            };
            taps.iter().zip(-reach..).map(|(tap, k)| tap * sample(k)).sum::<f32>() / sum
        })
    };
    pass(&pass(plane, 1, 0), 0, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::{Layout, Size};

    /// A red disc on grey ground at (cx, cy).
    fn disc(w: usize, h: usize, cx: f32, cy: f32, layout: Layout) -> Picture {
        let mut samples = Vec::new();
        for i in 0..w * h {
            let (x, y) = ((i % w) as f32 - cx, (i / w) as f32 - cy);
            let inside = (x * x + y * y).sqrt() < w.min(h) as f32 * 0.15;
            let pixel: [u8; 4] = if inside { [200, 40, 30, 255] } else { [120, 125, 120, 255] };
            samples.extend_from_slice(&pixel[..layout.channels()]);
        }
        Picture::new(Size::from_usize(w, h).unwrap(), layout, samples).unwrap()
    }

    #[test]
    fn a_red_disc_stands_out() {
        let map = saliency(&disc(600, 400, 420.0, 150.0, Layout::Rgb), &Context::default()).unwrap();
        assert_eq!(map.size().as_u32(), (256, 171));
        let at = |x: usize, y: usize| map.row(y * 171 / 400)[x * 256 / 600];
        assert!(at(420, 150) > 0.8, "the disc: {}", at(420, 150));
        assert!(at(60, 350) < 0.15 && at(150, 80) < 0.2, "the ground: {} {}", at(60, 350), at(150, 80));
    }

    #[test]
    fn a_preview_comes_to_the_same_map() {
        let full = saliency(&disc(1024, 768, 700.0, 300.0, Layout::Rgb), &Context::default()).unwrap();
        let small = saliency(&disc(512, 384, 350.0, 150.0, Layout::Rgb), &Context::default()).unwrap();
        let apart: f32 = full.samples().iter().zip(small.samples()).map(|(a, b)| (a - b).abs()).sum();
        assert!(apart / (full.samples().len() as f32) < 0.01, "{apart}");
    }

    #[test]
    fn any_picture_has_a_map_without_a_wrong_number() {
        for (w, h) in [(1, 1), (1, 40), (700, 1), (5, 5)] {
            for layout in [Layout::Grey, Layout::Rgba] {
                let map = saliency(&disc(w, h, 0.0, 0.0, layout), &Context::default()).unwrap();
                assert!(map.samples().iter().all(|v| (0.0..=1.0).contains(v)), "{w}×{h} {layout:?}");
            }
        }
    }
}
