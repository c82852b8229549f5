//! A smooth enlargement made steep again where it crosses an edge.

use super::level::kernel;

/// The contrast of an edge that is made half as steep as it can be.
const HALF: f32 = 0.045;
/// How many times steeper an edge becomes.
const STEEP: f32 = 3.4;

kernel! {
    /// Values move from the middle between `low` and `high` towards the nearer of both, the more the farther these are apart.
    pub(crate) fn crisp_row(low: &[f32], high: &[f32], values: &mut [f32]) {
        let n = values.len();
        let (low, high) = (&low[..n], &high[..n]);
        for x in 0..n {
            let (lowest, apart) = (low[x], (high[x] - low[x]).max(1e-6));
            let t = (values[x] - lowest) / apart;
            let steep = ((t - 0.5) * STEEP + 0.5).clamp(0.0, 1.0);
            let steep = steep * steep * (3.0 - 2.0 * steep);
            let share = apart * apart / (apart * apart + HALF * HALF);
            values[x] += share * (steep - t) * apart;
        }
    }
}
