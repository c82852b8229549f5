//! Lines of a picture, with places between the pixels.

use super::follow::{Follow, follow};
use super::model::Traced;
use crate::context::Context;
use crate::edge::{Canny, EdgeMap, EdgePoint, Scene};
use crate::error::Result;

/// The lines of the edges that Canny finds in a scene.
pub fn follow_scene(scene: &Scene<'_>, canny: &Canny, what: Follow, context: &Context) -> Result<Traced> {
    let edges = scene.canny(canny, context)?;
    let mut points = scene.points(&edges, canny.aperture, context)?;
    if let Some((_, outline)) = scene.outline(context)? {
        points = in_reading_order(&edges, &outline, &points);
    }
    context.check()?;
    Ok(follow(&edges, Some(&points), what))
}

/// Points of the outline come after all others; here each is where its pixel is.
fn in_reading_order(edges: &EdgeMap, outline: &EdgeMap, points: &[EdgePoint]) -> Vec<EdgePoint> {
    let count = edges.among(outline, false).count();
    let (mut inside, mut around) = (points[..count].iter(), points[count..].iter());
    let pixels = (0..edges.height()).flat_map(|y| edges.columns(y).map(move |x| (x, y)));
    pixels
        .filter_map(|(x, y)| if outline.is_edge(x, y) { around.next() } else { inside.next() })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::Look;
    use crate::pixel::{Layout, Picture, Size};
    use crate::test_support::Random;

    #[test]
    fn points_of_a_cut_out_are_where_their_pixels_are() {
        let mut random = Random::new("points_of_a_cut_out_are_where_their_pixels_are");
        let far = |i: usize| ((i % 70) as f32 - 35.0).hypot((i / 70) as f32 - 30.0);
        let pixel = |i: usize| {
            let grey = random.below(20) as u8 + if (i % 70 / 9).is_multiple_of(2) { 40 } else { 190 };
            [grey, if far(i) < 22.0 { 255 } else { 0 }]
        };
        let samples: Vec<u8> = (0..70 * 60).flat_map(pixel).collect();
        let picture = Picture::new(Size::new(70, 60).unwrap(), Layout::GreyAlpha, samples).unwrap();
        let context = Context::default();
        for outline in [false, true] {
            let scene = Scene::open(&picture, Look { outline, ..Look::default() }, &context).unwrap();
            let canny = Canny::new(100.0, 300.0);
            let edges = scene.canny(&canny, &context).unwrap();
            let mut points = scene.points(&edges, canny.aperture, &context).unwrap();
            let limits = scene.outline(&context).unwrap();
            assert_eq!(limits.is_some(), outline);
            if let Some((_, limits)) = limits {
                points = in_reading_order(&edges, &limits, &points);
            }
            let pixels = (0..60).flat_map(|y| edges.columns(y).map(move |x| (x as f32, y as f32)));
            assert_eq!(points.len(), edges.count());
            assert!(points.len() > 100, "{}", points.len());
            for (point, (x, y)) in points.iter().zip(pixels) {
                assert!((point.x - x).abs() <= 1.0 && (point.y - y).abs() <= 1.0, "{random}");
            }
        }
    }
}
