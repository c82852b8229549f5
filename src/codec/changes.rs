//! What changed from one frame of an animation to the next.

use crate::pixel::Size;

/// A part of the canvas; neither side is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

impl Rect {
    /// The whole canvas.
    pub(super) fn whole(size: Size) -> Self {
        Self { left: 0, top: 0, width: size.width(), height: size.height() }
    }

    /// The smallest part that holds all changes from `before` to `after`; one pixel if there are none,
    /// since no format here has frames without pixels.
    pub(super) fn of_changes(size: Size, before: &[[u8; 4]], after: &[[u8; 4]]) -> Self {
        let width = size.width();
        let rows = || before.chunks_exact(width).zip(after.chunks_exact(width));
        let Some(top) = rows().position(|(a, b)| a != b) else {
            return Self { left: 0, top: 0, width: 1, height: 1 };
        };
        let bottom = rows().rposition(|(a, b)| a != b).map_or(size.height(), |y| y + 1);
        let (mut left, mut right) = (width, 0);
        for (a, b) in rows().take(bottom).skip(top) {
            let differs = |x: &usize| a[*x] != b[*x];
            left = (0..left).find(differs).unwrap_or(left);
            right = (right..width).rfind(differs).map_or(right, |x| x + 1);
        }
        Self { left, top, width: right - left, height: bottom - top }
    }

    /// The same with a corner at even numbers, where WebP wants it.
    pub(super) fn at_even_corner(self) -> Self {
        let (x, y) = (self.left % 2, self.top % 2);
        Self { left: self.left - x, top: self.top - y, width: self.width + x, height: self.height + y }
    }

    /// Its rows in a canvas of `width`.
    pub(super) fn rows<T>(self, canvas: &[T], width: usize) -> impl Iterator<Item = &[T]> {
        let rows = canvas.chunks_exact(width).skip(self.top).take(self.height);
        rows.map(move |row| &row[self.left..][..self.width])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn the_part_holds_all_changes_and_no_more() {
        let mut random = Random::new("changes");
        for _ in 0..200 {
            let size = Size::new(1 + random.below(9) as u32, 1 + random.below(9) as u32).unwrap();
            let before = vec![[0u8; 4]; size.pixels()];
            let mut after = before.clone();
            let changed: Vec<usize> = (0..1 + random.below(3)).map(|_| random.below(size.pixels())).collect();
            changed.iter().for_each(|&i| after[i] = [1; 4]);
            let rect = Rect::of_changes(size, &before, &after);
            let (xs, ys) =
                (changed.iter().map(|i| i % size.width()), changed.iter().map(|i| i / size.width()));
            let bounds = (xs.clone().min(), xs.max(), ys.clone().min(), ys.max());
            let found = (rect.left, rect.left + rect.width - 1, rect.top, rect.top + rect.height - 1);
            assert_eq!(bounds, (Some(found.0), Some(found.1), Some(found.2), Some(found.3)), "{random}");
        }
    }

    #[test]
    fn no_change_is_one_pixel() {
        let canvas = vec![[3; 4]; 12];
        let rect = Rect::of_changes(Size::new(4, 3).unwrap(), &canvas, &canvas);
        assert_eq!((rect.width, rect.height), (1, 1));
        assert_eq!(rect.rows(&canvas, 4).flatten().count(), 1);
    }
}
