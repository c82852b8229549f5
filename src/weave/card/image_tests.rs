use super::*;
use crate::test_support::Random;
use crate::weave::card::{Extra, Harness, write_png};
use crate::weave::cloth::Cloth;
use crate::weave::samples::cloth;
use crate::weave::samples::random_lift;

fn number(bytes: &[u8], at: usize, size: usize) -> usize {
    (0..size).map(|i| usize::from(bytes[at + i]) << (8 * i)).sum()
}

/// The rows of a BMP from the top, as a viewer sees them: black is true.
fn read_bmp(bytes: &[u8]) -> Vec<Vec<bool>> {
    assert_eq!((&bytes[..2], number(bytes, 2, 4)), (&b"BM"[..], bytes.len()));
    let (data, width, height) = (number(bytes, 10, 4), number(bytes, 18, 4), number(bytes, 22, 4));
    assert_eq!((number(bytes, 26, 2), number(bytes, 28, 2), number(bytes, 30, 4)), (1, 1, 0));
    let stride = width.div_ceil(32) * 4;
    let black = |bit: usize| bytes[54 + 4 * bit..][..3] == [0, 0, 0];
    let row = |y: usize| {
        let row = &bytes[data + (height - 1 - y) * stride..];
        (0..width).map(|x| black(usize::from(row[x / 8] >> (7 - x % 8) & 1))).collect()
    };
    (0..height).map(row).collect()
}

fn read_tiff(bytes: &[u8]) -> Vec<Vec<bool>> {
    assert_eq!(&bytes[..4], b"II*\0");
    let directory = number(bytes, 4, 4);
    let tag = |id: usize| {
        let at = (0..number(bytes, directory, 2))
            .map(|i| directory + 2 + 12 * i)
            .find(|&at| number(bytes, at, 2) == id);
        let at = at.unwrap_or_else(|| panic!("tag {id}"));
        let (size, count) = (if number(bytes, at + 2, 2) == 3 { 2 } else { 4 }, number(bytes, at + 4, 4));
        let from = if size * count <= 4 { at + 8 } else { number(bytes, at + 8, 4) };
        (0..count).map(|i| number(bytes, from + size * i, size)).collect::<Vec<_>>()
    };
    let (width, height, rows) = (tag(256)[0], tag(257)[0], tag(278)[0]);
    assert_eq!((tag(258)[0], tag(262)[0], tag(277)[0]), (1, 0, 1));
    let bytes_in_row = width.div_ceil(8);
    let mut all = Vec::new();
    for (i, (&at, &size)) in tag(273).iter().zip(&tag(279)).enumerate() {
        let strip = &bytes[at..at + size];
        let strip = if tag(259)[0] == 1 { strip.to_vec() } else { unpack(strip) };
        assert_eq!(strip.len(), bytes_in_row * rows.min(height - i * rows));
        all.extend(strip);
    }
    let bit = |y: usize, x: usize| all[y * bytes_in_row + x / 8] >> (7 - x % 8) & 1 == 1;
    (0..height).map(|y| (0..width).map(|x| bit(y, x)).collect()).collect()
}

fn read_png(bytes: &[u8]) -> Vec<Vec<bool>> {
    let grey = image::load_from_memory(bytes).unwrap().to_luma8();
    grey.rows().map(|row| row.map(|pixel| pixel.0[0] == 0).collect()).collect()
}

fn unpack(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some((&n, rest)) = bytes.split_first() {
        let n = n as i8;
        if n >= 0 {
            let (these, next) = rest.split_at(n as usize + 1);
            out.extend(these);
            bytes = next;
        } else {
            assert!(n != -128);
            out.extend(std::iter::repeat_n(rest[0], (1 - i32::from(n)) as usize));
            bytes = &rest[1..];
        }
    }
    out
}

const SETT: Sett = Sett { across: 60.0, along: 40.5 };

struct Kept(Vec<Vec<u8>>);

impl Rows for Kept {
    fn row(&mut self, bits: &[u8]) -> io::Result<()> {
        self.0.push(bits.to_vec());
        Ok(())
    }
}

fn check(cloth: &Cloth, harness: &Harness, first: First) {
    let mut cards = Cards::new(cloth, harness.clone()).unwrap();
    let (hooks, picks) = (cards.hooks(), cards.picks());
    let mut card = vec![0; cards.row_bytes()];
    let mut want = vec![];
    for p in 0..picks {
        cards.card(p, &mut card);
        want.push((0..hooks).map(|x| card[x / 8] >> (7 - x % 8) & 1 == 1).collect::<Vec<bool>>());
    }
    if first == First::Bottom {
        want.reverse();
    }
    let mut bmp = Vec::new();
    write_bmp(&mut bmp, &mut cards, first, SETT).unwrap();
    assert_eq!(read_bmp(&bmp), want);
    for packing in [Packing::None, Packing::PackBits] {
        let mut tiff = Vec::new();
        write_tiff(&mut tiff, &mut cards, first, SETT, packing).unwrap();
        assert!(read_tiff(&tiff) == want, "{packing:?} {hooks}×{picks}");
    }
    let mut png = Vec::new();
    write_png(&mut png, &mut cards, first, SETT).unwrap();
    assert!(read_png(&png) == want, "png {hooks}×{picks}");
    let mut rows = Kept(vec![]);
    send(&mut cards, first, &mut rows).unwrap();
    assert_eq!(rows.0.len(), picks);
    assert!(
        rows.0.iter().zip(&want).all(|(r, w)| (0..hooks).all(|x| (r[x / 8] >> (7 - x % 8) & 1 == 1) == w[x]))
    );
}

#[test]
fn images_read_back_as_the_cards() {
    let mut random = Random::new("images");
    for round in 0..60 {
        let (ends, picks) = ([1, 8, 31, 33, 64, 200][round % 6], 1 + random.below(40));
        let cloth = cloth(random_lift(&mut random, ends, picks), 1, vec![]);
        let first = if round % 2 == 0 { First::Top } else { First::Bottom };
        check(&cloth, &Harness::plain(ends), first);
        let extras = vec![Extra::Regulator(0), Extra::Selvedge { first: 1, count: 8, picks: 2 }];
        check(
            &cloth,
            &Harness { hooks: 2 * ends + 16, repeats: 2, turned: true, extras, ..Harness::plain(ends) },
            first,
        );
    }
    // Many strips.
    let large = cloth(random_lift(&mut random, 2000, 700), 1, vec![]);
    check(&large, &Harness::plain(2000), First::Top);
}

#[test]
fn packed_rows_unpack() {
    let mut random = Random::new("pack");
    for _ in 0..2000 {
        let length = 1 + random.below(400);
        let stay = 1 + random.below(6);
        let mut byte = 0;
        let row: Vec<u8> = (0..length)
            .map(|_| {
                byte = if random.below(stay) == 0 { random.next() as u8 } else { byte };
                byte
            })
            .collect();
        let mut packed = Vec::new();
        pack(&row, &mut packed);
        assert_eq!(unpack(&packed), row, "{random}");
        assert!(packed.len() <= length + length.div_ceil(128) + 1);
    }
}
