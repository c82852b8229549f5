//! Small print in two scripts: dark on light, light on dark, and in colour, from a size one just reads upwards.

use super::font::distance;
use super::{ink, line, rgb};
use crate::canvas::Png;
use crate::maths::v2;

/// Top, pixels to a unit of the font, width of the pen in pixels, and the words.
const LINES: [(f32, f32, f32, &str); 9] = [
    (8.0, 1.0, 0.9, "The quick brown fox jumps over the lazy dog 0123456789"),
    (21.0, 1.25, 1.0, "The quick brown fox jumps over the lazy dog"),
    (37.0, 1.5, 1.1, "Zebras caught five jumping quokkas."),
    (56.0, 2.0, 1.4, "sphinx of black quartz, judge"),
    (80.0, 3.0, 2.0, "my vow 36 57 20"),
    (112.0, 1.1, 0.9, "山水人大木林日月田中王云天口回文山水人大木林日月"),
    (128.0, 1.4, 1.1, "山水人大木林日月田中王云天口回文山水"),
    (148.0, 2.0, 1.5, "林中日月云天山水人文田王"),
    (174.0, 3.2, 2.4, "山水云月林田中回"),
];

/// Paper and ink of the two pages.
const PAGES: [([u8; 3], [u8; 3]); 2] = [([250, 249, 245], [20, 20, 24]), ([22, 26, 40], [236, 232, 222])];
const WIDTH: usize = 320;
const HEIGHT: usize = 216;

/// The page twice, dark on light above light on dark, with its last line red on either.
pub(crate) fn paint() -> Png {
    rgb(WIDTH, 2 * HEIGHT, |x, y| {
        let (paper, mut pen) = PAGES[y / HEIGHT];
        let (x, y) = (x as f32 + 0.5, (y % HEIGHT) as f32 + 0.5);
        if y > 170.0 {
            pen = [208, 44, 40];
        }
        let near = LINES.iter().filter(|l| (l.0 - 3.0..l.0 + 10.5 * l.1 + 3.0).contains(&y));
        let cover = near.map(|&(top, scale, width, words)| {
            line(distance(words, v2((x - 8.0) / scale, (y - top) / scale)) * scale, width)
        });
        ink(paper, pen, cover.fold(0.0, f32::max))
    })
}
