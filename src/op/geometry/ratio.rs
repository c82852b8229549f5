//! Proportions by name, as frames and screens have them.

use crate::pixel::Size;

/// The names, as style files write them.
pub(super) const NAMES: &[&str] =
    &["none", "2.39:1", "1.85:1", "16:9", "3:2", "4:3", "1:1", "4:5", "3:4", "2:3", "9:16"];

/// Width by height; nothing for "none".
pub(super) fn named(name: &str) -> Option<f64> {
    let (width, height) = name.split_once(':')?;
    Some(width.parse::<f64>().ok()? / height.parse::<f64>().ok()?)
}

/// The largest size of that ratio within `size`.
pub(super) fn within(size: Size, ratio: f64) -> Size {
    let (w, h) = (size.width() as f64, size.height() as f64);
    let (cw, ch) = if w > h * ratio { (h * ratio, h) } else { (w, w / ratio) };
    let side = |cut: f64, whole: f64| cut.round().clamp(1.0, whole) as u32;
    Size::new(side(cw, w), side(ch, h)).unwrap_or(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_but_none_is_a_ratio() {
        let ratios: Vec<_> = NAMES.iter().filter_map(|name| named(name)).collect();
        assert_eq!(ratios.len(), NAMES.len() - 1);
        assert!(ratios.windows(2).all(|pair| pair[0] > pair[1]), "from the widest to the tallest");
    }

    #[test]
    fn what_fits_is_as_large_as_can_be() {
        let fit = |w, h, ratio| within(Size::new(w, h).unwrap(), ratio).as_u32();
        assert_eq!(fit(4000, 3000, 2.0), (4000, 2000));
        assert_eq!(fit(3000, 4000, 2.0 / 3.0), (2667, 4000));
        assert_eq!(fit(1, 1, 2.39), (1, 1));
    }
}
