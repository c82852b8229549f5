//! Alpha that came multiplied into the colours, taken out again.

use crate::kernel::interleave::Store;

/// Divide the colours of each pixel by its alpha, the last sample. Where nothing is seen there is no colour
/// to be found.
pub(super) fn straighten<T: Store>(samples: &mut [T], channels: usize) {
    for pixel in samples.chunks_exact_mut(channels) {
        let Some((alpha, colours)) = pixel.split_last_mut() else { return };
        let alpha = alpha.load();
        let gain = if alpha > 0.0 { 1.0 / alpha } else { 0.0 };
        colours.iter_mut().for_each(|colour| *colour = T::store(colour.load() * gain));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_grow_by_what_alpha_took() {
        let mut pixels = [64u8, 128, 0, 128, 7, 8, 9, 255];
        straighten(&mut pixels, 4);
        assert_eq!(pixels, [128, 255, 0, 128, 7, 8, 9, 255]);
        let mut unseen = [7u16, 0];
        straighten(&mut unseen, 2);
        assert_eq!(unseen, [0, 0]);
    }
}
