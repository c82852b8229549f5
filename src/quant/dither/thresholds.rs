//! Matrices of thresholds, repeated over the picture.

use super::blue_noise;

/// Which pixel shows the lighter of two colours first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thresholds {
    /// The recursive matrix of Bayer (1973) with `2^power` places along a side, power 1 to 6: the look of old
    /// screens.
    Bayer {
        /// 1 to 6; others are brought into this range.
        power: u32,
    },
    /// Evenly scattered, without a pattern the eye could follow: void and cluster, 64 × 64.
    BlueNoise,
}

impl Thresholds {
    /// The first `width` thresholds of row `y`, all between 0 and 1.
    pub(super) fn row(self, y: usize, width: usize) -> Vec<f32> {
        match self {
            Self::Bayer { power } => {
                let power = power.clamp(1, 6);
                let places = (1u32 << (2 * power)) as f32;
                let side = 1 << power;
                let period: Vec<_> =
                    (0..side).map(|x| (bayer(x as u32, y as u32, power) as f32 + 0.5) / places).collect();
                (0..width).map(|x| period[x % side]).collect()
            }
            Self::BlueNoise => {
                let side = blue_noise::SIDE;
                let ranks = &blue_noise::ranks()[y % side * side..][..side];
                (0..width).map(|x| (f32::from(ranks[x % side]) + 0.5) / (side * side) as f32).collect()
            }
        }
    }
}

/// The rank of a place: the bits of `x ^ y` and `y`, interleaved from the last to the first.
fn bayer(x: u32, y: u32, power: u32) -> u32 {
    (0..power).fold(0, |rank, bit| {
        let (x, y) = (x >> bit & 1, y >> bit & 1);
        rank << 2 | (x ^ y) << 1 | y
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bayer_as_published() {
        let rows: Vec<Vec<u32>> = (0..4).map(|y| (0..4).map(|x| bayer(x, y, 2)).collect()).collect();
        assert_eq!(rows, [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]);
    }

    #[test]
    fn thresholds_average_to_a_half() {
        for thresholds in [Thresholds::Bayer { power: 3 }, Thresholds::BlueNoise] {
            let sum: f32 = (0..64).map(|y| thresholds.row(y, 64).iter().sum::<f32>()).sum();
            assert!((sum / 4096.0 - 0.5).abs() < 1e-4, "{thresholds:?}: {sum}");
        }
    }
}
