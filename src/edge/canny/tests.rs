use std::collections::VecDeque;

use super::*;
use crate::edge::gradient::Operator;
use crate::edge::gradient::tests::{SIZES, naive};
use crate::edge::grey::Border;
use crate::edge::test_context::on;
use crate::kernel::Level;
use crate::test_support::Random;

/// Canny from its definition: no bits, no bands, a queue.
struct Naive {
    width: isize,
    height: isize,
    gradients: Vec<[i64; 2]>,
    squares: bool,
}

impl Naive {
    fn edges(canny: &Canny, grey: Grey<'_>) -> Vec<bool> {
        let (width, height) = (grey.width(), grey.height());
        let seven = canny.aperture == Aperture::Seven;
        let gradients = (0..width * height)
            .map(|i| naive(grey, Operator::Sobel(canny.aperture), Border::Replicate, i % width, i / width))
            .map(|pair| pair.map(|v| if seven { (v as f64 / 16.0).round_ties_even() as i64 } else { v }))
            .collect();
        let squares = canny.norm == Norm::Euclidean;
        let picture = Self { width: width as isize, height: height as isize, gradients, squares };
        let scale = if seven { 16.0 } else { 1.0 };
        let [low, high] = [canny.low.min(canny.high), canny.low.max(canny.high)].map(|v| v / scale);
        let [low, high] = [low, high].map(|v| if squares { v * v.max(0.0) } else { v }.floor() as i64);
        picture.follow(low, high)
    }

    fn magnitude(&self, x: isize, y: isize) -> i64 {
        if x < 0 || y < 0 || x >= self.width || y >= self.height {
            return 0;
        }
        let [dx, dy] = self.gradients[(y * self.width + x) as usize];
        if self.squares { dx * dx + dy * dy } else { dx.abs() + dy.abs() }
    }

    fn ridge(&self, x: isize, y: isize) -> bool {
        let [dx, dy] = self.gradients[(y * self.width + x) as usize];
        let value = self.magnitude(x, y);
        let (p, q) = (dx.abs() << 15, dy.abs() << 15);
        let low = dx.abs() * 13_573;
        if q < low {
            value > self.magnitude(x - 1, y) && value >= self.magnitude(x + 1, y)
        } else if q > low + 2 * p {
            value > self.magnitude(x, y - 1) && value >= self.magnitude(x, y + 1)
        } else {
            let s = if (dx < 0) == (dy < 0) { 1 } else { -1 };
            value > self.magnitude(x - s, y - 1) && value > self.magnitude(x + s, y + 1)
        }
    }

    fn follow(&self, low: i64, high: i64) -> Vec<bool> {
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        let index = |x: isize, y: isize| (y * self.width + x) as usize;
        let open: Vec<bool> =
            places.clone().map(|(x, y)| self.magnitude(x, y) > low && self.ridge(x, y)).collect();
        let mut queue: VecDeque<_> =
            places.filter(|(x, y)| open[index(*x, *y)] && self.magnitude(*x, *y) > high).collect();
        let mut edges = vec![false; open.len()];
        while let Some((x, y)) = queue.pop_front() {
            if x < 0 || y < 0 || x >= self.width || y >= self.height {
                continue;
            }
            if open[index(x, y)] && !std::mem::replace(&mut edges[index(x, y)], true) {
                queue.extend((-1..=1).flat_map(|j| (-1..=1).map(move |i| (x + i, y + j))));
            }
        }
        edges
    }
}

fn agrees(canny: &Canny, values: &[u8], (width, height): (usize, usize), note: &str) {
    let grey = Grey::new(values, width, height).unwrap();
    let expected = Naive::edges(canny, grey);
    for level in Level::available() {
        for threads in [1, 2, 5] {
            let found = canny.edges(grey, &on(level, threads)).unwrap();
            for (i, edge) in expected.iter().enumerate() {
                let (x, y) = (i % width, i / width);
                assert_eq!(
                    found.is_edge(x, y),
                    *edge,
                    "{canny:?} {width}×{height} at {x}, {y}; {level} {note}"
                );
            }
        }
    }
}

/// Every aperture and norm, with thresholds that leave some of each class.
fn variants() -> impl Iterator<Item = Canny> {
    let apertures = [(Aperture::Three, 1.0), (Aperture::Five, 12.0), (Aperture::Seven, 160.0)];
    apertures.into_iter().flat_map(|(aperture, scale)| {
        [Norm::Sum, Norm::Euclidean].into_iter().flat_map(move |norm| {
            [(100.0, 200.0), (300.0, 600.5), (700.0, 650.3), (0.0, 0.0), (-5.0, 40.0)]
                .map(|(low, high)| Canny { low: low * scale, high: high * scale, aperture, norm })
        })
    })
}

#[test]
fn noise_of_every_awkward_size_agrees_with_the_definition() {
    let mut random = Random::new("noise_of_every_awkward_size_agrees_with_the_definition");
    for size in SIZES {
        let fine: Vec<u8> = (0..size.0 * size.1).map(|_| random.next() as u8).collect();
        let coarse: Vec<u8> = (0..size.0 * size.1).map(|_| (random.below(3) * 60) as u8).collect();
        for canny in variants() {
            agrees(&canny, &fine, size, &random.to_string());
            agrees(&canny, &coarse, size, &random.to_string());
        }
    }
}

#[test]
fn soft_pictures_agree_with_the_definition() {
    let mut random = Random::new("soft_pictures_agree_with_the_definition");
    let (width, height) = (190, 150);
    let waves: Vec<[f32; 4]> = (0..12).map(|_| [(); 4].map(|()| random.unit())).collect();
    let values: Vec<u8> = (0..width * height)
        .map(|i| {
            let (x, y) = ((i % width) as f32, (i / width) as f32);
            let wave = |w: &[f32; 4]| 20.0 * (x * (w[0] - 0.5) + y * (w[1] - 0.5) + 6.0 * w[2]).sin() * w[3];
            (128.0 + waves.iter().map(wave).sum::<f32>()) as u8
        })
        .collect();
    for canny in variants() {
        agrees(
            &Canny { low: canny.low / 4.0, high: canny.high / 4.0, ..canny },
            &values,
            (width, height),
            "soft",
        );
    }
}

/// One soft wave wound into a spiral from the middle outwards, strong in the middle alone.
fn spiral(side: usize, period: f32) -> Vec<u8> {
    let value = |i: usize| {
        let middle = side as f32 / 2.0 + 0.3;
        let (x, y) = ((i % side) as f32 - middle, (i / side) as f32 - middle);
        let swing = if x.hypot(y) < 12.0 { 110.0 } else { 50.0 };
        128.0 + swing * (std::f32::consts::TAU * x.hypot(y) / period - y.atan2(x)).cos()
    };
    (0..side * side).map(|i| value(i).round() as u8).collect()
}

#[test]
fn a_long_spiral_is_followed_across_all_bands() {
    let side = 300;
    let values = spiral(side, 8.0);
    let canny = Canny::new(60.0, 520.0);
    agrees(&canny, &values, (side, side), "spiral");
    let found = canny.edges(Grey::new(&values, side, side).unwrap(), &Context::default()).unwrap();
    assert!(found.count() > side * side / 5, "{} pixels of the spiral", found.count());
}

#[test]
fn flat_pictures_have_no_edges_and_thresholds_are_numbers() {
    let values = [77; 40 * 30];
    let grey = Grey::new(&values, 40, 30).unwrap();
    assert_eq!(Canny::new(0.0, 0.0).edges(grey, &Context::default()).unwrap().count(), 0);
    assert!(Canny::new(f64::NAN, 0.0).edges(grey, &Context::default()).is_err());
    assert!(Canny::new(0.0, f64::INFINITY).edges(grey, &Context::default()).is_ok());
}
