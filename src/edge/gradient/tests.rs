use super::*;
use crate::edge::test_context::on;
use crate::test_support::Random;

/// The weights along and across, from their definition.
fn weights(operator: Operator) -> (Vec<i64>, Vec<i64>) {
    match operator {
        Operator::Sobel(Aperture::Three) => (vec![-1, 0, 1], vec![1, 2, 1]),
        Operator::Sobel(Aperture::Five) => (vec![-1, -2, 0, 2, 1], vec![1, 4, 6, 4, 1]),
        Operator::Sobel(Aperture::Seven) => (vec![-1, -4, -5, 0, 5, 4, 1], vec![1, 6, 15, 20, 15, 6, 1]),
        Operator::Scharr => (vec![-1, 0, 1], vec![3, 10, 3]),
        Operator::Prewitt => (vec![-1, 0, 1], vec![1, 1, 1]),
    }
}

/// One derivative at one pixel, by the sum that defines it.
pub(in crate::edge) fn naive(
    grey: Grey<'_>,
    operator: Operator,
    border: Border,
    x: usize,
    y: usize,
) -> [i64; 2] {
    let (along, across) = weights(operator);
    let margin = operator.margin() as isize;
    let mut sums = [0; 2];
    for i in -margin..=margin {
        for j in -margin..=margin {
            let row = grey.row(border.place(y as isize + j, grey.height()));
            let value = i64::from(row[border.place(x as isize + i, grey.width())]);
            let (i, j) = ((i + margin) as usize, (j + margin) as usize);
            sums[0] += value * along[i] * across[j];
            sums[1] += value * along[j] * across[i];
        }
    }
    sums
}

pub(in crate::edge) const SIZES: [(usize, usize); 22] = [
    (1, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (1, 9),
    (9, 1),
    (1, 70),
    (70, 1),
    (3, 3),
    (7, 5),
    (8, 8),
    (9, 130),
    (15, 7),
    (16, 16),
    (17, 65),
    (31, 9),
    (32, 64),
    (33, 66),
    (63, 11),
    (64, 129),
    (65, 4),
    (131, 67),
];

#[test]
fn every_operator_is_its_definition() {
    let mut random = Random::new("every_operator_is_its_definition");
    let sobel = [Aperture::Three, Aperture::Five, Aperture::Seven].map(Operator::Sobel);
    for operator in sobel.into_iter().chain([Operator::Scharr, Operator::Prewitt]) {
        for (width, height) in SIZES {
            let values: Vec<u8> = (0..width * height).map(|_| random.next() as u8).collect();
            let grey = Grey::new(&values, width, height).unwrap();
            for level in Level::available() {
                let found = gradients(grey, operator, &on(level, 5)).unwrap();
                for (i, (dx, dy)) in found.dx.iter().zip(&found.dy).enumerate() {
                    let sums = naive(grey, operator, Border::Reflect, i % width, i / width);
                    let held = sums.map(|v| v.clamp(-32_768, 32_767) as i16);
                    assert_eq!([*dx, *dy], held, "{operator:?} {width}×{height} at {i}, {random}");
                }
            }
        }
    }
}

#[test]
fn the_largest_differences_fit() {
    for (turn, aperture) in [Aperture::Five, Aperture::Seven].into_iter().enumerate() {
        let values: Vec<u8> =
            (0..16 * 16).map(|i| if (i % 16 < 8) == (turn == 0) { 0 } else { 255 }).collect();
        let grey = Grey::new(&values, 16, 16).unwrap();
        let found = gradients(grey, Operator::Sobel(aperture), &Context::default()).unwrap();
        let steepest = *found.dx.iter().max_by_key(|v| v.unsigned_abs()).unwrap();
        assert_eq!(steepest, if turn == 0 { 12_240 } else { -32_768 });
        assert!(found.dy.iter().all(|v| *v == 0));
    }
}
