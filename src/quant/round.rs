//! Centres become colours of 8 bits a channel.

use super::Space;
use super::colours::enter;
use crate::context::Context;
use crate::kernel::cluster::distance;

/// The colours of points: of the neighbours in 8 bits the one whose own point is nearest, since rounding each channel by
/// itself can miss it, and in the dark a step is wide.
pub(super) fn rounded<const D: usize>(points: &[[f32; D]], space: Space, context: &Context) -> Vec<[u8; 4]> {
    let floors = colours(points, space, context);
    let corners: Vec<[f32; D]> = floors
        .iter()
        .flat_map(|floor| (0..1 << D).map(|corner| corner_of(floor, corner).map(|v| f32::from(v) / 255.0)))
        .collect();
    let places = enter(&corners, space, context);
    let nearest = |point: &[f32; D], places: &[[f32; D]]| {
        (0..1 << D)
            .min_by(|&a, &b| distance(point, &places[a]).total_cmp(&distance(point, &places[b])))
            .unwrap_or(0)
    };
    points
        .iter()
        .zip(&floors)
        .zip(places.chunks_exact(1 << D))
        .map(|((point, floor), places)| visible(corner_of(floor, nearest(point, places))))
        .collect()
}

fn corner_of<const D: usize>(floor: &[f32; D], corner: usize) -> [u8; D] {
    std::array::from_fn(|c| (floor[c] + (corner >> c & 1) as f32).clamp(0.0, 255.0) as u8)
}

/// What cannot be seen has no colour.
fn visible<const D: usize>(colour: [u8; D]) -> [u8; 4] {
    let alpha = if D == 4 { colour[3] } else { u8::MAX };
    if alpha == 0 { [0; 4] } else { [colour[0], colour[1], colour[2], alpha] }
}

/// The colours of points, 0 to 255, rounded down.
fn colours<const D: usize>(points: &[[f32; D]], space: Space, context: &Context) -> Vec<[f32; D]> {
    let alpha = |point: &[f32; D]| if D == 4 { point[3].clamp(0.0, 1.0) } else { 1.0 };
    let mut rows: [Vec<f32>; 3] =
        std::array::from_fn(|c| points.iter().map(|point| point[c] / alpha(point).max(1e-4)).collect());
    let [x, y, z] = rows.each_mut();
    space.leave(context.level, [x, y, z]);
    let colour = |(i, point): (usize, &[f32; D])| {
        std::array::from_fn(|c| (if c < 3 { rows[c][i] } else { alpha(point) } * 255.0).floor())
    };
    points.iter().enumerate().map(colour).collect()
}
