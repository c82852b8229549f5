//! Colours for pixels that have none: where nothing is opaque, the colours around it are spread, so that filters
//! that mix neighbours find nothing strange there.

use crate::pixel::{Plane, Planes};

/// What is less opaque than this shows no colour.
const SEEN: f32 = 0.5 / 255.0;

/// Give transparent pixels the colours around them: means over ever larger squares, each pixel taking the smallest
/// that holds anything opaque (a pyramid pulled up and pushed down again).
pub(crate) fn fill_transparent(planes: &mut Planes) {
    if let Some(alpha) = &planes.alpha {
        fill_unseen(&mut planes.colour, alpha);
    }
}

/// The same for planes that come without a picture.
pub(crate) fn fill_unseen(colour: &mut [Plane], alpha: &Plane) {
    let size = alpha.size();
    if alpha.samples().iter().all(|a| *a >= SEEN) {
        return;
    }
    for plane in colour {
        let mut level = Level {
            width: size.width(),
            weights: alpha.samples().iter().map(|a| if *a < SEEN { 0.0 } else { *a }).collect(),
            values: std::mem::replace(plane, Plane::filled(size, 0.0)).into_samples(),
        };
        level.fill();
        *plane = Plane::new(size, level.values).unwrap_or_else(|| Plane::filled(size, 0.0));
    }
}

struct Level {
    width: usize,
    weights: Vec<f32>,
    values: Vec<f32>,
}

impl Level {
    fn fill(&mut self) {
        if self.values.len() == 1 {
            if self.weights[0] == 0.0 {
                self.values[0] = 0.0;
            }
            return;
        }
        let mut above = self.halved();
        above.fill();
        for (i, (value, weight)) in self.values.iter_mut().zip(&self.weights).enumerate() {
            if *weight == 0.0 {
                *value = above.values[i / self.width / 2 * above.width + i % self.width / 2];
            }
        }
    }

    fn halved(&self) -> Self {
        let height = self.values.len() / self.width;
        let (width, count) = (self.width.div_ceil(2), self.width.div_ceil(2) * height.div_ceil(2));
        let mut out = Self { width, weights: vec![0.0; count], values: vec![0.0; count] };
        for (i, (value, weight)) in self.values.iter().zip(&self.weights).enumerate() {
            let place = i / self.width / 2 * width + i % self.width / 2;
            out.weights[place] += weight;
            out.values[place] += value * weight;
        }
        for (value, weight) in out.values.iter_mut().zip(&out.weights) {
            *value = if *weight > 0.0 { *value / weight } else { 0.0 };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::pixel::{Encoding, Layout, Picture, Size};

    #[test]
    fn what_is_transparent_takes_the_colours_around_it() {
        let samples: Vec<u8> =
            (0..15).flat_map(|x| if x < 3 { [200, 100, 50, 255] } else { [0, 255, 0, 0] }).collect();
        let picture = Picture::new(Size::new(15, 1).unwrap(), Layout::Rgba, samples).unwrap();
        let mut planes = Planes::open(&picture, Encoding::Srgb, &Context::default()).unwrap();
        fill_transparent(&mut planes);
        for (plane, want) in planes.colour.iter().zip([200.0, 100.0, 50.0]) {
            assert!(plane.samples().iter().all(|v| (v * 255.0 - want).abs() < 0.01), "{plane:?}");
        }
    }
}
