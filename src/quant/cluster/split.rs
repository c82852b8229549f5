//! Greedy splits: the part whose halves gain most is cut in two, across its principal axis through its mean.

use super::super::cloud::Cloud;
use std::collections::BinaryHeap;

/// Steps of the power method; what it misses of the axis costs less than more steps would.
const STEPS: usize = 8;

/// Points that belong together.
#[derive(Debug)]
pub(in super::super) struct Part<const D: usize> {
    pub(in super::super) weight: f64,
    pub(in super::super) mean: [f64; D],
    axis: [f64; D],
}

impl<const D: usize> Part<D> {
    /// The part of a cloud that `members` number.
    pub(in super::super) fn of(cloud: &Cloud<D>, members: &[u32]) -> Self {
        let each =
            || members.iter().map(|&i| (&cloud.points[i as usize], f64::from(cloud.weights[i as usize])));
        let (mut weight, mut mean) = (0.0, [0.0; D]);
        for (point, share) in each() {
            weight += share;
            (0..D).for_each(|c| mean[c] += share * f64::from(point[c]));
        }
        mean = mean.map(|sum| sum / f64::max(weight, f64::MIN_POSITIVE));
        let mut spread = [[0.0; D]; D];
        for (point, share) in each() {
            add_square(&mut spread, std::array::from_fn(|c| f64::from(point[c]) - mean[c]), share);
        }
        Self { weight, mean, axis: principal(&spread) }
    }

    /// On which side of the cut a point lies.
    fn is_beyond(&self, point: &[f32; D]) -> bool {
        (0..D).map(|c| (f64::from(point[c]) - self.mean[c]) * self.axis[c]).sum::<f64>() > 0.0
    }
}

/// Add the outer square of a difference.
pub(super) fn add_square<const D: usize>(spread: &mut [[f64; D]; D], difference: [f64; D], share: f64) {
    for (row, a) in spread.iter_mut().zip(difference) {
        for (sum, b) in row.iter_mut().zip(difference) {
            *sum += share * a * b;
        }
    }
}

/// The direction in which points spread most, by the power method from the widest row.
pub(super) fn principal<const D: usize>(spread: &[[f64; D]; D]) -> [f64; D] {
    let widest = (0..D).max_by(|&a, &b| spread[a][a].total_cmp(&spread[b][b])).unwrap_or(0);
    let mut axis = spread[widest];
    axis[widest] += f64::MIN_POSITIVE;
    for _ in 0..STEPS {
        let next: [f64; D] = std::array::from_fn(|a| (0..D).map(|b| spread[a][b] * axis[b]).sum());
        let length = next.iter().map(|v| v * v).sum::<f64>().sqrt();
        if length <= f64::MIN_POSITIVE {
            break;
        }
        axis = next.map(|v| v / length);
    }
    axis
}

/// A part and the best way to cut it, ordered by what that gains.
struct Cut {
    gain: f64,
    /// Of two that gain the same, the earlier is cut.
    number: usize,
    halves: [Vec<u32>; 2],
}

impl Cut {
    /// `None` if all points are one.
    fn of<const D: usize>(cloud: &Cloud<D>, part: &Part<D>, members: &[u32], number: usize) -> Option<Self> {
        let mut halves = [Vec::with_capacity(members.len()), Vec::new()];
        let (mut weight, mut shift) = (0.0, [0.0; D]);
        for &member in members {
            let point = &cloud.points[member as usize];
            let beyond = part.is_beyond(point);
            halves[usize::from(beyond)].push(member);
            if beyond {
                let share = f64::from(cloud.weights[member as usize]);
                weight += share;
                (0..D).for_each(|c| shift[c] += share * (f64::from(point[c]) - part.mean[c]));
            }
        }
        if halves.iter().any(Vec::is_empty) {
            return None;
        }
        let rest = (part.weight - weight).max(f64::MIN_POSITIVE);
        let gain =
            shift.iter().map(|v| v * v).sum::<f64>() * (1.0 / weight.max(f64::MIN_POSITIVE) + 1.0 / rest);
        Some(Self { gain, number, halves })
    }
}

impl Ord for Cut {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.gain.total_cmp(&other.gain).then(other.number.cmp(&self.number))
    }
}

impl PartialOrd for Cut {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Cut {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Cut {}

/// Up to `count` means of parts, and the number of the part of each point.
pub(in super::super) fn split<const D: usize>(cloud: &Cloud<D>, count: usize) -> (Vec<[f32; D]>, Vec<u16>) {
    let all: Vec<u32> = (0..cloud.len() as u32).collect();
    let mut labels = vec![0u16; cloud.len()];
    let mut parts = vec![Part::of(cloud, &all)];
    let mut cuts: BinaryHeap<Cut> = Cut::of(cloud, &parts[0], &all, 0).into_iter().collect();
    while parts.len() < count
        && let Some(Cut { number, halves, .. }) = cuts.pop()
    {
        let [near, beyond] = halves;
        beyond.iter().for_each(|&member| labels[member as usize] = parts.len() as u16);
        parts[number] = Part::of(cloud, &near);
        cuts.extend(Cut::of(cloud, &parts[number], &near, number));
        parts.push(Part::of(cloud, &beyond));
        let number = parts.len() - 1;
        cuts.extend(Cut::of(cloud, &parts[number], &beyond, number));
    }
    (parts.iter().map(|part| part.mean.map(|v| v as f32)).collect(), labels)
}
