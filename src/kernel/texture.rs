//! What a difference costs when texture is to go: much where it stands alone, little where its neighbourhood agrees.

use super::level::kernel;

kernel! {
    /// Differences along both axes, of the blurred picture (`wide`) and of the picture (`own`), become weights in place of
    /// `wide`. Each axis hears a part of the other (`share` of its square), or slanted edges would turn into stairs.
    pub(crate) fn weigh(wide: [&mut [f32]; 2], own: [&[f32]; 2], share: f32, least_wide: f32, least_own: f32) {
        let [across, down] = wide;
        let owns = own[0].iter().zip(own[1]);
        for ((across, down), (x, y)) in across.iter_mut().zip(down).zip(owns) {
            let (a, d) = (*across * *across, *down * *down);
            let edge = (x * x + y * y).sqrt().max(least_own);
            *across = 1.0 / ((a + share * d).sqrt().max(least_wide) * edge);
            *down = 1.0 / ((d + share * a).sqrt().max(least_wide) * edge);
        }
    }
}
