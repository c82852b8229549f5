//! A font of strokes. A glyph is a few lines of points; a point is two digits, across and down.
//!
//! Latin letters stand on row 6 in a box five wide, with row 2 the top of small letters and 8 the foot of descenders.
//! Chinese characters fill a box of ten by ten.

use crate::maths::{V2, v2};
use crate::shapes::along;

const LATIN: &[(char, &str)] = &[
    ('a', "12 32 43 46 16 05 14 44"),
    ('b', "00 06 36 45 43 32 02"),
    ('c', "43 32 12 03 05 16 36 45"),
    ('d', "40 46 16 05 03 12 42"),
    ('e', "04 44 43 32 12 03 05 16 36"),
    ('f', "40 30 21 26,12 42"),
    ('g', "42 12 03 05 16 46,42 47 38 08"),
    ('h', "00 06,03 12 32 43 46"),
    ('i', "22 26,20 20"),
    ('j', "32 37 28 08,30 30"),
    ('k', "00 06,42 04,14 46"),
    ('l', "10 20 26 36"),
    ('m', "02 06,03 12 23 26,23 32 43 46"),
    ('n', "02 06,03 12 32 43 46"),
    ('o', "12 32 43 45 36 16 05 03 12"),
    ('p', "02 08,02 32 43 45 36 06"),
    ('q', "42 48,42 12 03 05 16 46"),
    ('r', "02 06,03 12 32 43"),
    ('s', "42 12 03 14 34 45 36 06"),
    ('t', "20 25 36 46,12 42"),
    ('u', "02 05 16 36 45,42 46"),
    ('v', "02 26 42"),
    ('w', "02 16 23 36 42"),
    ('x', "02 46,42 06"),
    ('y', "02 26,42 26 18 08"),
    ('z', "02 42 06 46"),
    ('T', "00 40,20 26"),
    ('Z', "00 40 06 46"),
    ('0', "10 30 41 45 36 16 05 01 10,41 05"),
    ('1', "11 20 26,16 36"),
    ('2', "01 10 30 41 42 06 46"),
    ('3', "00 40 22 33 44 45 36 16 05"),
    ('4', "36 30 04 44"),
    ('5', "40 00 03 33 44 45 36 06"),
    ('6', "30 10 01 05 16 36 45 44 33 03"),
    ('7', "00 40 16"),
    ('8', "10 30 41 42 33 13 02 01 10,13 04 05 16 36 45 44 33"),
    ('9', "43 13 02 01 10 30 41 45 36 16"),
    (',', "26 17"),
    ('.', "26 26"),
];

const CHINESE: &[(char, &str)] = &[
    ('山', "50 59,13 19 99 93"),
    ('水', "50 59 48,12 42 18,92 64,54 98"),
    ('人', "50 54 09,54 99"),
    ('大', "13 93,50 54 09,54 99"),
    ('木', "13 93,50 59,53 08,53 98"),
    ('林', "03 43,20 29,23 06,24 46,53 93,70 79,73 56,73 97"),
    ('日', "20 29 79 70 20,24 74"),
    ('月', "20 26 09,20 80 89 78,23 83,26 86"),
    ('田', "10 19 99 90 10,15 95,50 59"),
    ('中', "12 92 96 16 12,50 59"),
    ('王', "11 91,15 85,09 99,51 59"),
    ('云', "21 81,04 94,44 18 88,66 99"),
    ('天', "21 81,04 94,51 54 09,54 99"),
    ('口', "12 92 98 18 12"),
    ('回', "00 90 99 09 00,33 63 66 36 33"),
    ('文', "50 52,02 92,82 19,22 99"),
];

/// The strokes of a letter, and how wide it is; a blank for letters unknown.
fn strokes(letter: char) -> (&'static str, f32) {
    let find = |table: &[(char, &'static str)]| table.iter().find(|g| g.0 == letter).map(|g| g.1);
    match (find(LATIN), find(CHINESE)) {
        (Some(glyph), _) => (glyph, 5.6),
        (_, Some(glyph)) => (glyph, 11.6),
        _ => ("", 3.6),
    }
}

/// Distance in units of the font from `p` to the nearest stroke of a line of text that starts at the origin.
pub(super) fn distance(text: &str, p: V2) -> f32 {
    let mut left = 0.0;
    let mut nearest = f32::MAX;
    for letter in text.chars() {
        let (glyph, wide) = strokes(letter);
        if (left - 2.0..left + wide + 2.0).contains(&p.x) {
            nearest = nearest.min(to_glyph(glyph, v2(p.x - left, p.y)));
        }
        left += wide;
    }
    nearest
}

fn to_glyph(glyph: &str, p: V2) -> f32 {
    let point = |word: &[u8]| v2(f32::from(word[0] - b'0'), f32::from(word[1] - b'0'));
    let segments = glyph.split(',').flat_map(|line| {
        let words = line.as_bytes();
        (0..words.len() / 3).map(move |n| (point(&words[3 * n..]), point(&words[3 * n + 3..])))
    });
    segments.map(|(a, b)| along(p, a, b).1).fold(f32::MAX, f32::min)
}
