//! Characters as shop signs bend them from tubes: a glyph is a few lines of points, a point two digits, across and down.

use crate::maths::{V2, v2};
use crate::shapes::along;

const GLYPHS: &[(char, &str)] = &[
    ('茶', "02 92,30 34,60 64,53 16,53 96,27 87,55 59,57 29,57 89"),
    ('酒', "11 22,04 15,09 26,30 90,33 93 99 39 33,53 55 46,73 75 95,37 97"),
    ('面', "00 90,50 43,13 93 99 19 13,43 49,63 69,45 65,47 67"),
    ('吉', "11 91,50 54,24 84,26 86 89 29 26"),
    ('火', "50 55 09,55 99,12 24,92 74"),
    ('米', "04 94,50 59,11 33,91 63,54 08,54 98"),
    ('金', "50 04,50 94,34 64,16 86,54 59,09 99,27 38,77 68"),
    ('花', "02 92,30 33,60 63,34 06,25 29,94 56,63 69 99 97"),
    ('店', "50 51,11 91,11 09,53 56,54 84,36 86 89 39 36"),
    ('龙', "02 92,40 36 09,52 59 99 97,70 81,84 57"),
    ('山', "50 59,13 19 99 93"),
    ('水', "50 59 48,12 42 18,92 64,54 98"),
    ('月', "20 26 09,20 80 89 78,23 83,26 86"),
    ('王', "11 91,15 85,09 99,51 59"),
    ('天', "21 81,04 94,51 54 09,54 99"),
    ('大', "13 93,50 54 09,54 99"),
    ('中', "12 92 96 16 12,50 59"),
    ('云', "21 81,04 94,44 18 88,66 99"),
    ('回', "00 90 99 09 00,33 63 66 36 33"),
    ('林', "03 43,20 29,23 06,24 46,53 93,70 79,73 56,73 97"),
];

/// Distance to the nearest tube of a character that fills the unit square; `p` counts from its upper left.
pub(super) fn distance(letter: char, p: V2) -> f32 {
    let glyph = GLYPHS.iter().find(|g| g.0 == letter).map_or("", |g| g.1);
    let q = p * 9.0;
    let point = |word: &[u8]| v2(f32::from(word[0] - b'0'), f32::from(word[1] - b'0'));
    let pieces = glyph.split(',').flat_map(|line| {
        let words = line.as_bytes();
        (0..words.len() / 3).map(move |n| (point(&words[3 * n..]), point(&words[3 * n + 3..])))
    });
    pieces.map(|(a, b)| along(q, a, b).1).fold(9.0, f32::min) / 9.0
}
