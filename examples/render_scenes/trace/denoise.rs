//! Takes the worst of the noise away before a film puts its own grain on: a blur in ever wider steps that respects
//! what the guides tell apart, and where a pixel is certain of its light, leaves it alone
//! (Dammertz and others, "Edge-Avoiding À-Trous Wavelet Transform for fast Global Illumination Filtering", 2010;
//! Schied and others, "Spatiotemporal Variance-Guided Filtering", 2017).

use super::bsdf::brightness;
use super::render::Pixel;
use crate::maths::{V3, exp, v3};

const STEPS: [i32; 4] = [1, 2, 4, 8];
/// Differences of this many standard deviations are still thought to be noise.
const TRUST: f32 = 1.6;

/// The pixels' light, smoothed; `width` pixels to a row.
pub(crate) fn denoise(pixels: &[Pixel], width: usize) -> Vec<V3> {
    let sheet = Sheet { pixels, width: width as i32, height: (pixels.len() / width.max(1)) as i32 };
    // The pattern of a surface is known exactly: only the light that falls on it needs smoothing.
    let mut light: Vec<V3> = pixels.iter().map(|p| divide(p.light, paint_of(p))).collect();

    let mut doubt: Vec<f32> =
        pixels.iter().map(|p| p.doubt / (brightness(paint_of(p)) * brightness(paint_of(p)))).collect();
    light = sheet.despeckle(&light, &doubt);
    for step in STEPS {
        (light, doubt) = sheet.smooth(&light, &doubt, step);
    }
    light.iter().zip(pixels).map(|(l, p)| l.tint(paint_of(p))).collect()
}

fn paint_of(pixel: &Pixel) -> V3 {
    pixel.guide.colour.map(|c| c.max(0.02))
}

fn divide(a: V3, b: V3) -> V3 {
    v3(a.x / b.x, a.y / b.y, a.z / b.z)
}

struct Sheet<'a> {
    pixels: &'a [Pixel],
    width: i32,
    height: i32,
}

impl Sheet<'_> {
    fn index(&self, x: i32, y: i32) -> Option<usize> {
        let inside = (0..self.width).contains(&x) && (0..self.height).contains(&y);
        inside.then(|| (y * self.width + x) as usize)
    }

    /// No pixel that is unsure of its light may be brighter than all but one of its neighbours.
    fn despeckle(&self, light: &[V3], doubt: &[f32]) -> Vec<V3> {
        let mut tamed = light.to_vec();
        for (n, value) in tamed.iter_mut().enumerate() {
            let (x, y) = (n as i32 % self.width, n as i32 / self.width);
            let around = (0..9).filter(|k| *k != 4).filter_map(|k| self.index(x + k % 3 - 1, y + k / 3 - 1));
            let (mut first, mut second) = (0.0_f32, 0.0_f32);
            for m in around {
                let b = brightness(light[m]);
                (first, second) = if b > first { (b, first) } else { (first, second.max(b)) };
            }
            let (mine, most) = (brightness(*value), second.max(1e-4) * 1.1);
            if mine > most && doubt[n] > 0.06 * mine * mine {
                *value = *value * (most / mine);
            }
        }
        tamed
    }

    fn smooth(&self, light: &[V3], doubt: &[f32], step: i32) -> (Vec<V3>, Vec<f32>) {
        let calm: Vec<f32> = (0..light.len()).map(|n| self.mean_doubt(doubt, n)).collect();
        let mut result = (Vec::with_capacity(light.len()), Vec::with_capacity(light.len()));
        for n in 0..light.len() {
            let (x, y) = (n as i32 % self.width, n as i32 / self.width);
            let (mut sum, mut spread, mut total) = (V3::default(), 0.0, 0.0);
            for k in 0..25 {
                let (dx, dy) = (k % 5 - 2, k / 5 - 2);
                let Some(m) = self.index(x + dx * step, y + dy * step) else { continue };
                let nearness = [0.375, 0.25, 0.0625];
                let near = nearness[dx.unsigned_abs() as usize] * nearness[dy.unsigned_abs() as usize];
                let gap = (brightness(light[n]) - brightness(light[m])).abs();
                let unlike = gap / (TRUST * calm[n].sqrt() + 1e-5);
                let weight = near * self.kinship(n, m, step) * exp(-unlike);
                sum += light[m] * weight;
                spread += doubt[m] * weight * weight;
                total += weight;
            }
            result.0.push(sum * (1.0 / total));
            result.1.push(spread / (total * total));
        }
        result
    }

    /// The doubt itself is noisy: the mean of the nearest.
    fn mean_doubt(&self, doubt: &[f32], n: usize) -> f32 {
        let (x, y) = (n as i32 % self.width, n as i32 / self.width);
        let around = (0..9).filter_map(|k| self.index(x + k % 3 - 1, y + k / 3 - 1));
        let (sum, count) = around.fold((0.0, 0.0), |(s, c), m| (s + doubt[m], c + 1.0));
        sum / count
    }

    /// How likely two pixels show the same surface.
    fn kinship(&self, n: usize, m: usize, step: i32) -> f32 {
        let (a, b) = (&self.pixels[n].guide, &self.pixels[m].guide);
        let turned = (a.normal - b.normal).dot(a.normal - b.normal);
        let recoloured = (a.colour - b.colour).dot(a.colour - b.colour);
        let apart = (a.distance - b.distance).abs() / (0.01 * a.distance * step as f32);
        exp(-(14.0 * turned + 30.0 * recoloured + apart))
    }
}
