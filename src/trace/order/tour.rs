//! In which order, and from which end, a pen draws paths so that it travels little between them.
//!
//! Always the nearest end first, then exchanges that shorten the way: parts of the order turned around (2-opt,
//! Georges Croes, "A Method for Solving Traveling-Salesman Problems", 1958) or moved (Ilhan Or, 1976), tried between
//! near neighbours only (Jon Louis Bentley, "Fast Algorithms for Geometric Traveling Salesman Problems", 1992).
//! Work is counted in steps, not in time, so the answer is always the same.

use super::shorten::shorten;
use crate::trace::nearest::Nearest;
use crate::trace::path::Path;
use crate::trace::point::Point;

/// One path of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// The number of the path.
    pub path: u32,
    /// Is it drawn from its end?
    pub backwards: bool,
}

/// An order, and how far the pen travels without drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Paths in the order in which they are drawn.
    pub strokes: Vec<Stroke>,
    /// Travel in the order in which the paths were given, in pixels.
    pub before: f64,
    /// Travel in this order.
    pub after: f64,
}

/// The ends of a path: where the pen comes down and where it is lifted.
pub(super) type Ends = [Point; 2];

/// A short order that begins at `home`.
pub fn order(paths: &[Path], home: Point) -> Order {
    let ends: Vec<Ends> = paths.iter().map(|path| [path.start, path.end()]).collect();
    let given: Vec<Stroke> = (0..paths.len()).map(|i| Stroke { path: i as u32, backwards: false }).collect();
    let mut strokes = greedy(&ends, home);
    shorten(&ends, home, &mut strokes);
    Order { before: travel(&ends, home, &given), after: travel(&ends, home, &strokes), strokes }
}

/// The paths themselves, in this order and direction.
pub fn in_order(paths: &[Path], strokes: &[Stroke]) -> Vec<Path> {
    let turn = |stroke: &Stroke| {
        let path = &paths[stroke.path as usize];
        if stroke.backwards { path.reversed() } else { path.clone() }
    };
    strokes.iter().map(turn).collect()
}

/// How far the pen travels without drawing.
pub(super) fn travel(ends: &[Ends], home: Point, strokes: &[Stroke]) -> f64 {
    let mut pen = home;
    let mut sum = 0.0;
    for stroke in strokes {
        let [from, to] = turned(ends, *stroke);
        sum += pen.distance(from);
        pen = to;
    }
    sum
}

pub(super) fn turned(ends: &[Ends], stroke: Stroke) -> Ends {
    let [from, to] = ends[stroke.path as usize];
    if stroke.backwards { [to, from] } else { [from, to] }
}

/// Always the path with the nearest end next.
fn greedy(ends: &[Ends], home: Point) -> Vec<Stroke> {
    let mut tree = Nearest::new(ends.as_flattened().to_vec());
    let mut pen = home;
    let mut strokes = Vec::with_capacity(ends.len());
    while let Some((_, end)) = tree.find(pen, 1, f64::MAX, |_| true).first() {
        let path = *end as usize / 2;
        let stroke = Stroke { path: path as u32, backwards: end % 2 == 1 };
        tree.remove(2 * path);
        tree.remove(2 * path + 1);
        pen = turned(ends, stroke)[1];
        strokes.push(stroke);
    }
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    fn scattered(random: &mut Random, count: usize) -> Vec<Path> {
        let mut place = |near: Point, far: f32| {
            near + Point::new(f64::from(random.unit() * far), f64::from(random.unit() * far))
        };
        let path = |_| {
            let from = place(Point::default(), 1000.0);
            Path::polyline(&[from, place(from, 30.0)], false)
        };
        (0..count).map(path).collect()
    }

    /// The shortest of all orders.
    fn shortest(ends: &[Ends], pen: Point, left: &mut Vec<usize>) -> f64 {
        let mut best = if left.is_empty() { 0.0 } else { f64::MAX };
        for i in 0..left.len() {
            let path = left.swap_remove(i);
            for [from, to] in [ends[path], [ends[path][1], ends[path][0]]] {
                best = best.min(pen.distance(from) + shortest(ends, to, left));
            }
            left.push(path);
            let last = left.len() - 1;
            left.swap(i, last);
        }
        best
    }

    #[test]
    fn every_path_is_drawn_once_and_travel_is_what_it_says() {
        let mut random = Random::new("every_path_is_drawn_once_and_travel_is_what_it_says");
        for count in [0, 1, 2, 50, 700] {
            let paths = scattered(&mut random, count);
            let order = order(&paths, Point::default());
            let mut seen: Vec<_> = order.strokes.iter().map(|stroke| stroke.path).collect();
            seen.sort_unstable();
            assert!(seen.into_iter().eq(0..count as u32), "{random}");
            let drawn = in_order(&paths, &order.strokes);
            let mut pen = Point::default();
            let walked: f64 =
                drawn.iter().map(|p| std::mem::replace(&mut pen, p.end()).distance(p.start)).sum();
            assert!((walked - order.after).abs() < 1e-6, "{random}");
            assert!(count < 50 || order.after < order.before / 5.0, "{order:?} {random}");
        }
    }

    #[test]
    fn few_paths_are_nearly_in_the_best_order() {
        let mut random = Random::new("few_paths_are_nearly_in_the_best_order");
        let (mut ours, mut best) = (0.0, 0.0);
        for _ in 0..20 {
            let paths = scattered(&mut random, 6);
            let ends: Vec<Ends> = paths.iter().map(|path| [path.start, path.end()]).collect();
            ours += order(&paths, Point::default()).after;
            best += shortest(&ends, Point::default(), &mut (0..6).collect());
        }
        assert!(ours < 1.03 * best, "{ours} {best} {random}");
    }
}
