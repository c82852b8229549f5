//! A picture cut into shapes.
//!
//! First into many small ones that hold together (Felzenszwalb and Huttenlocher, "Efficient graph-based image
//! segmentation", 2004). Then neighbours merge, always the pair that loses least, in the sense of Mumford and Shah's
//! piecewise constant model as Koepfler, Lopez and Morel merge regions ("A multiscale algorithm for image segmentation
//! by variational method", 1994): the error that merging adds, per length of border it takes away. Two things are
//! ours: borders across which the picture hardly changes count less, so a sky that darkens slowly stays one shape
//! instead of falling into bands; and what draws the eye is dearer.

use super::apart;
use super::compete::compete;
use super::components::root;
use super::merging::Merging;
use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Plane, Size};

/// How finely differences of neighbouring pixels are told apart when sorted.
const STEPS: usize = 1024;
/// The largest difference told from larger ones.
const FARTHEST: f32 = 0.25;

/// How a picture is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// How readily a pixel joins a shape at the start: the difference that one pixel alone may overcome.
    pub grain: f32,
    /// Neighbours merge as long as that adds less error than this, per pixel of border.
    pub loss: f32,
    /// How much of its price a border keeps across which the picture changes only slowly; 0 to 1.
    pub slow: f32,
    /// How much its own colour counts against a short border when a pixel chooses its shape in the end.
    pub faith: f32,
    /// There are never more shapes than this.
    pub most: usize,
}

/// A shape: how large it is, and its mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Region {
    /// Pixels.
    pub area: f32,
    /// The mean colour.
    pub colour: [f32; 3],
    /// The mean of how much it matters.
    pub weight: f32,
}

/// A picture in shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Segments {
    /// The shape of each pixel.
    pub of: Vec<u32>,
    /// The shapes, numbered by their first pixel.
    pub regions: Vec<Region>,
}

impl Segment {
    /// Cut the picture of these three planes into shapes. `matters` says how dear each pixel is; 1 is usual.
    pub fn run(&self, colour: &[Plane; 3], matters: &Plane, ctx: &Context) -> Result<Segments> {
        let size = matters.size();
        ctx.limits.admit(size, 40)?;
        let pixels: Vec<[f32; 3]> =
            (0..size.pixels()).map(|i| std::array::from_fn(|c| colour[c].samples()[i])).collect();
        let mut parents = self.grains(&pixels, size);
        ctx.check()?;
        let start = gathered(&mut parents, &pixels, matters);
        let mut merging = Merging::new(&start, &pixels, size, self.slow);
        ctx.check()?;
        merging.run(self.loss, self.most);
        ctx.check()?;
        let mut trees: Vec<u32> = start.of.iter().map(|of| root(&mut merging.parents, *of)).collect();
        // Roots as pixels: the first pixel of each tree stands for it.
        let mut first = vec![u32::MAX; start.regions.len()];
        for (i, tree) in trees.iter_mut().enumerate() {
            let first = &mut first[*tree as usize];
            *first = (*first).min(i as u32);
            *tree = *first;
        }
        let mut out = gathered(&mut trees, &pixels, matters);
        compete(&mut out, &pixels, size, self.faith, ctx)?;
        out.regions = measured(&out.of, out.regions.len(), &pixels, matters);
        Ok(out)
    }

    /// A forest of pixels: small shapes that hold together.
    fn grains(&self, pixels: &[[f32; 3]], size: Size) -> Vec<u32> {
        let width = size.width();
        let edge = |i: usize, to: usize| {
            let step = (apart(pixels[i], pixels[to]).sqrt() / FARTHEST * STEPS as f32) as usize;
            (step.min(STEPS - 1), i as u32, to as u32)
        };
        let edges = (0..pixels.len()).flat_map(|i| {
            let right = (i % width + 1 < width).then(|| edge(i, i + 1));
            let below = (i + width < pixels.len()).then(|| edge(i, i + width));
            right.into_iter().chain(below)
        });
        let mut parents: Vec<u32> = (0..pixels.len() as u32).collect();
        let mut bound = vec![self.grain; pixels.len()];
        let mut areas = vec![1u32; pixels.len()];
        for (step, a, b) in sorted(edges) {
            let (a, b) = (root(&mut parents, a), root(&mut parents, b));
            let difference = step as f32 * (FARTHEST / STEPS as f32);
            if a != b && difference <= bound[a as usize].min(bound[b as usize]) {
                let (to, from) = (a.min(b), a.max(b));
                parents[from as usize] = to;
                areas[to as usize] += areas[from as usize];
                bound[to as usize] = difference + self.grain / areas[to as usize] as f32;
            }
        }
        parents
    }
}

/// Edges by their step, and in reading order within one.
fn sorted(edges: impl Iterator<Item = (usize, u32, u32)> + Clone) -> Vec<(u16, u32, u32)> {
    let mut starts = vec![0usize; STEPS + 1];
    edges.clone().for_each(|(step, _, _)| starts[step + 1] += 1);
    for step in 0..STEPS {
        starts[step + 1] += starts[step];
    }
    let mut out = vec![(0u16, 0, 0); starts[STEPS]];
    for (step, a, b) in edges {
        out[starts[step]] = (step as u16, a, b);
        starts[step] += 1;
    }
    out
}

/// The shapes of a forest whose roots are the first pixels of its trees.
fn gathered(parents: &mut [u32], pixels: &[[f32; 3]], matters: &Plane) -> Segments {
    let (mut of, mut count) = (vec![0; parents.len()], 0);
    for i in 0..parents.len() {
        let first = root(parents, i as u32) as usize;
        of[i] = if first == i { count } else { of[first] };
        count += u32::from(first == i);
    }
    let regions = measured(&of, count as usize, pixels, matters);
    Segments { of, regions }
}

/// What the shapes are like. One that has no pixel has no area and no weight.
fn measured(of: &[u32], count: usize, pixels: &[[f32; 3]], matters: &Plane) -> Vec<Region> {
    let mut sums = vec![[0f64; 5]; count];
    for ((of, colour), matters) in of.iter().zip(pixels).zip(matters.samples()) {
        let [l, a, b] = colour.map(f64::from);
        let sum = &mut sums[*of as usize];
        sum.iter_mut().zip([1.0, l, a, b, f64::from(*matters)]).for_each(|(sum, value)| *sum += value);
    }
    let mean = |sum: [f64; 5]| {
        let area = sum[0].max(1.0);
        Region {
            area: sum[0] as f32,
            colour: [1, 2, 3].map(|c| (sum[c] / area) as f32),
            weight: (sum[4] / area) as f32,
        }
    };
    sums.into_iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::test_support::Random;

    const USUAL: Segment = Segment { grain: 0.05, loss: 0.03, slow: 0.1, faith: 10.0, most: 1000 };

    fn cut(segment: Segment, w: u32, h: u32, mut lightness: impl FnMut(usize, usize) -> f32) -> Segments {
        let size = Size::new(w, h).unwrap();
        let grey = Plane::filled(size, 0.0);
        let colour = [Plane::from_fn(size, &mut lightness), grey.clone(), grey];
        segment.run(&colour, &Plane::filled(size, 1.0), &Context::default()).unwrap()
    }

    #[test]
    fn noise_is_one_shape_and_an_edge_makes_two() {
        let mut random = Random::new("segment");
        let noisy = cut(USUAL, 80, 60, |x, _| 0.02 * random.unit() + if x < 33 { 0.3 } else { 0.6 });
        let first = noisy.of[0];
        let sound = |i: usize| (noisy.of[i] == first) == (i % 80 < 33);
        assert!(noisy.regions.iter().filter(|region| region.area > 0.0).count() == 2, "{random}");
        assert!((0..noisy.of.len()).all(sound), "{random}");
    }

    #[test]
    fn a_slow_gradient_stays_whole_where_an_edge_as_high_does_not() {
        let slow = cut(USUAL, 300, 60, |x, _| 0.4 + 0.2 * x as f32 / 300.0);
        let sharp = cut(USUAL, 300, 60, |x, _| if x < 150 { 0.4 } else { 0.6 });
        assert_eq!((slow.regions.len(), sharp.regions.len()), (1, 2));
    }

    #[test]
    fn there_are_never_more_shapes_than_asked_for() {
        let mut random = Random::new("most shapes");
        for most in [1, 7, 100] {
            let found = cut(Segment { most, ..USUAL }, 70, 50, |_, _| random.unit());
            assert!(found.regions.len() <= most, "{} of {most}, {random}", found.regions.len());
            let areas: f32 = found.regions.iter().map(|region| region.area).sum();
            assert!((areas - 3500.0).abs() < 0.5, "{areas}");
        }
    }

    #[test]
    fn what_matters_keeps_its_parts() {
        let size = Size::new(100, 50).unwrap();
        let spots = |x: usize, y: usize| if (x % 50 / 6 + y / 6) % 4 == 1 { 0.52 } else { 0.4 };
        let grey = Plane::filled(size, 0.0);
        let colour = [Plane::from_fn(size, spots), grey.clone(), grey];
        let matters = Plane::from_fn(size, |x, _| if x < 50 { 8.0 } else { 1.0 });
        let found = USUAL.run(&colour, &matters, &Context::default()).unwrap();
        let count = |from: usize| {
            let mut shapes: Vec<u32> =
                (0..5000).filter(|i| i % 100 / 50 == from).map(|i| found.of[i]).collect();
            shapes.sort_unstable();
            shapes.dedup();
            shapes.len()
        };
        assert!(count(0) > 2 * count(1), "{} and {}", count(0), count(1));
    }

    #[test]
    fn any_size_and_number_of_threads_gives_the_same_shapes() {
        let mut random = Random::new("segment threads");
        for (w, h) in [(1, 1), (1, 40), (40, 1), (90, 150)] {
            let size = Size::new(w, h).unwrap();
            let coarse: Vec<f32> = (0..400).map(|_| random.unit()).collect();
            let plane =
                Plane::from_fn(size, |x, y| coarse[(x / 8 + y / 8 * 20) % 400] + 0.02 * random.unit());
            let colour = [plane.clone(), plane.clone(), plane];
            let run = |threads| {
                let matters = Plane::filled(size, 1.0);
                let cut = || USUAL.run(&colour, &matters, &Context::default()).unwrap();
                Pool::new(threads).unwrap().run(cut)
            };
            let one = run(1);
            assert!(one.of.iter().all(|of| (*of as usize) < one.regions.len()));
            assert!(run(2) == one && run(5) == one, "{w}×{h}, {random}");
        }
    }
}
