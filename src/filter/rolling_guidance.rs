//! Rolling guidance: small things are removed whatever their contrast, large ones keep their edges.
//!
//! Qi Zhang, Xiaoyong Shen, Li Xu, Jiaya Jia, "Rolling Guidance Filter", 2014. A blur removes what is smaller than
//! `size`; then the picture is smoothed again and again under the guidance of the last result, and the edges of what
//! was left come back a little sharper each time, while what is gone stays gone.

use super::bilateral::Bilateral;
use super::lines;
use crate::context::Context;
use crate::error::Result;
use crate::pixel::Plane;

/// How rolling guidance smooths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RollingGuidance {
    /// Structures smaller than this go, in pixels: the standard deviation of the blur.
    pub size: f32,
    /// The difference, summed over channels, that counts as an edge.
    pub range: f32,
    /// Rounds of recovery; edges are back after four.
    pub rounds: usize,
}

impl RollingGuidance {
    /// Smooth these planes, one or three of one size.
    ///
    /// # Panics
    /// If there are not one or three planes of one size.
    pub fn run(&self, planes: &[&Plane], ctx: &Context) -> Result<Vec<Plane>> {
        let radius = (2.0 * self.size).ceil().max(1.0) as usize;
        let filter = Bilateral { radius, space: self.size, range: self.range };
        let mut guide: Vec<_> = planes.iter().map(|plane| (*plane).clone()).collect();
        lines::blur(&mut guide, self.size, ctx)?;
        for _ in 0..self.rounds {
            let last: Vec<_> = guide.iter().collect();
            guide = filter.joint(&last, planes, ctx)?;
        }
        Ok(guide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::Size;

    #[test]
    fn dots_go_and_the_edge_stays() {
        let size = Size::new(80, 60).unwrap();
        let dot = |x: usize, y: usize| if x.is_multiple_of(6) && y.is_multiple_of(6) { 0.25 } else { 0.0 };
        let plane = Plane::from_fn(size, |x, y| dot(x, y) + if x < 40 { 0.2 } else { 0.7 });
        let filter = RollingGuidance { size: 3.0, range: 0.1, rounds: 4 };
        let out = filter.run(&[&plane], &Context::default()).unwrap().remove(0);
        let row = out.row(30);
        let flat = row[8..32].iter().fold((1.0f32, 0.0f32), |(low, high), v| (low.min(*v), high.max(*v)));
        assert!(flat.1 - flat.0 < 0.03, "what is left of the dots: {flat:?}");
        assert!(row[42] - row[37] > 0.4, "the edge: {:?}", &row[35..45]);
    }

    #[test]
    fn odd_sizes_and_no_rounds_are_fine() {
        for (w, h) in [(1, 1), (1, 20), (33, 1)] {
            let plane = Plane::from_fn(Size::new(w, h).unwrap(), |x, y| ((x + y) % 3) as f32);
            for rounds in [0, 2] {
                let filter = RollingGuidance { size: 2.5, range: 0.1, rounds };
                let out = filter.run(&[&plane], &Context::default()).unwrap();
                assert!(out[0].samples().iter().all(|v| (0.0..=2.0).contains(v)));
            }
        }
    }
}
