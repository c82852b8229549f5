//! Ink on paper: drawings that have width, as outlines to be filled or as lines through their middles.

mod depth;
mod outline;
mod paper;
mod skeleton;

pub use paper::on_paper;

use crate::edge::Grey;

/// What of a drawing is ink: what is darker than a level.
///
/// ```
/// use zhijin::edge::Grey;
/// use zhijin::trace::{Follow, Ink};
///
/// // A bar of five by thirty pixels.
/// let values: Vec<u8> = (0..40 * 20).map(|i| if i % 40 / 5 % 8 > 0 && i / 40 / 5 == 1 { 0 } else { 255 }).collect();
/// let ink = Ink::new(Grey::new(&values, 40, 20)?, 128);
/// assert_eq!(ink.outlines(0.0).len(), 1);
/// let follow = Follow { spur: 4.0, shortest: 6.0, gap: 0.0 };
/// let traced = ink.lines(follow, &zhijin::Context::default())?;
/// assert_eq!(traced.lines.len(), 1);
/// assert!((traced.lines[0].mean_width() - 5.0).abs() < 1.0);
/// # Ok::<(), zhijin::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ink<'a> {
    grey: Grey<'a>,
    level: u8,
}

impl<'a> Ink<'a> {
    /// What is below `level` is ink.
    pub fn new(grey: Grey<'a>, level: u8) -> Self {
        Self { grey, level }
    }

    /// How bright a pixel is; beyond the picture there is paper.
    fn at(self, [x, y]: [usize; 2]) -> u8 {
        let inside = x < self.grey.width() && y < self.grey.height();
        if inside { self.grey.row(y)[x] } else { u8::MAX }
    }

    fn is_at(self, pixel: [usize; 2]) -> bool {
        self.at(pixel) < self.level
    }
}
