//! The colours of labels, taken from a picture.

use super::Labels;
use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, map_bands};
use crate::pixel::Plane;

/// The mean colour of the pixels of each label, in the space of the planes (Oklab, where means look like means). A label
/// that no pixel has gets `None`. To paint regions rather than labels, give their numbers as labels.
///
/// # Panics
/// If the planes have another size than the map.
pub fn mean_colours(labels: &Labels, colour: [&Plane; 3], ctx: &Context) -> Result<Vec<Option<[f32; 3]>>> {
    let (size, count) = (labels.size, labels.count());
    assert!(colour.iter().all(|plane| plane.size() == size), "the planes are not of the size of the map");
    let bands = map_bands(ctx, size.height(), BAND_ROWS, |rows| {
        let mut sums = vec![[0f64; 4]; count];
        for y in rows {
            let [l, a, b] = colour.map(|plane| plane.row(y));
            for (((label, l), a), b) in labels.row(y).iter().zip(l).zip(a).zip(b) {
                let sum = &mut sums[usize::from(*label)];
                let values = [f64::from(*l), f64::from(*a), f64::from(*b), 1.0];
                sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
            }
        }
        Ok(sums)
    })?;
    let mut sums = vec![[0f64; 4]; count];
    for band in bands {
        for (sum, part) in sums.as_flattened_mut().iter_mut().zip(band.as_flattened()) {
            *sum += part;
        }
    }
    let mean = |sum: [f64; 4]| (sum[3] > 0.0).then(|| [0, 1, 2].map(|c| (sum[c] / sum[3]) as f32));
    Ok(sums.into_iter().map(mean).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;
    use crate::region::test_maps::{SIZES, blotches};
    use crate::test_support::Random;

    #[test]
    fn they_are_the_means_for_any_number_of_threads() {
        let mut random = Random::new("means");
        for size in SIZES {
            let map = blotches(&mut random, size, 4, 2);
            let planes = [(); 3].map(|()| Plane::from_fn(map.size(), |_, _| random.unit()));
            let [l, a, b] = &planes;
            let run = || mean_colours(&map, [l, a, b], &Context::default()).unwrap();
            let found = Pool::new(1).unwrap().run(run);
            assert!((2..6).all(|threads| Pool::new(threads).unwrap().run(run) == found), "{random}");
            for (label, colour) in found.iter().enumerate() {
                let of = |i: &usize| usize::from(map.labels()[*i]) == label;
                let own: Vec<usize> = (0..map.labels().len()).filter(of).collect();
                assert_eq!(colour.is_some(), !own.is_empty(), "{random}");
                for (c, value) in colour.iter().flatten().enumerate() {
                    let sum: f64 = own.iter().map(|i| f64::from(planes[c].samples()[*i])).sum();
                    assert!((sum / own.len() as f64 - f64::from(*value)).abs() < 1e-6, "{random}");
                }
            }
        }
    }
}
