//! Files there and back, tables against exact arithmetic, and files made to harm.

use super::*;
use crate::pixel::{Depth, Layout, Picture, Size};
use crate::test_support::Random;

fn random_cube(random: &mut Random, size: usize) -> Lut {
    Lut::sampled(size, |_| [random.unit(), random.unit(), random.unit()])
}

fn near(a: [f32; 3], b: [f64; 3], by: f64) -> bool {
    a.iter().zip(b).all(|(a, b)| (f64::from(*a) - b).abs() <= by)
}

/// A point of the cube by its place.
fn point(lut: &Lut, [x, y, z]: [usize; 3]) -> [f64; 3] {
    let size = lut.size();
    let point = lut.points[x + size * (y + size * z)];
    [0, 1, 2].map(|c: usize| f64::from(point[c]))
}

/// Tetrahedral reading by its definition: from the first corner of the cell, one edge after the other, the longest
/// part of the way first.
fn tetrahedral(lut: &Lut, colour: [f32; 3]) -> [f64; 3] {
    let (cell, part) = cell(lut, colour);
    let mut order = [0, 1, 2];
    order.sort_by(|a: &usize, b: &usize| part[*b].total_cmp(&part[*a]));
    let mut corner = cell;
    let mut sum = point(lut, corner);
    for axis in order {
        let before = point(lut, corner);
        corner[axis] += 1;
        let after = point(lut, corner);
        sum = [0, 1, 2].map(|c: usize| sum[c] + part[axis] * (after[c] - before[c]));
    }
    sum
}

/// The mean of all eight corners, each by the volume opposite to it.
fn trilinear(lut: &Lut, colour: [f32; 3]) -> [f64; 3] {
    let (cell, part) = cell(lut, colour);
    let mut sum = [0.0; 3];
    for corner in 0..8 {
        let bit = |axis: usize| corner >> axis & 1;
        let weight: f64 = (0..3).map(|i| if bit(i) == 1 { part[i] } else { 1.0 - part[i] }).product();
        let at = point(lut, std::array::from_fn(|i| cell[i] + bit(i)));
        sum = [0, 1, 2].map(|c: usize| sum[c] + weight * at[c]);
    }
    sum
}

fn cell(lut: &Lut, colour: [f32; 3]) -> ([usize; 3], [f64; 3]) {
    let edge = lut.size() - 1;
    let at = colour.map(|v| f64::from(v).clamp(0.0, 1.0) * edge as f64);
    let cell = at.map(|at| (at as usize).min(edge - 1));
    (cell, std::array::from_fn(|i| at[i] - cell[i] as f64))
}

#[test]
fn a_cube_is_read_by_the_definition() {
    let mut random = Random::new("tetrahedral");
    for size in [2, 3, 5, 17, 33] {
        let lut = random_cube(&mut random, size);
        for _ in 0..3000 {
            // On a grid, so that equal parts, faces and corners are met too.
            let colour = [(); 3].map(|()| (random.below(41) as f32 - 4.0) / 32.0);
            let (got, want) = (lut.at(colour), tetrahedral(&lut, colour));
            assert!(near(got, want, 2e-5), "{colour:?}: {got:?} against {want:?}, size {size}, {random}");
        }
    }
}

#[test]
fn points_of_the_cube_are_exact_and_the_identity_changes_nothing() {
    let mut random = Random::new("lattice");
    let lut = random_cube(&mut random, 9);
    for i in 0..729usize {
        let place = [i % 9, i / 9 % 9, i / 81];
        let got = lut.at(place.map(|v| v as f32 / 8.0));
        assert_eq!(got.map(f64::from), point(&lut, place), "{place:?}, {random}");
    }
    let identity = Lut::sampled(33, |colour| colour);
    for _ in 0..1000 {
        let colour = [random.unit(), random.unit(), random.unit()];
        assert!(near(identity.at(colour), colour.map(f64::from), 3e-6), "{colour:?}");
    }
}

#[test]
fn greys_stay_neutral_where_its_greys_are() {
    let mut random = Random::new("neutral");
    let lut = Lut::sampled(5, |[r, g, b]| {
        if r == g && g == b { [r * r; 3] } else { [random.unit(), random.unit(), random.unit()] }
    });
    assert!(lut.keeps_grey());
    for i in 0..=1000u16 {
        let [r, g, b] = lut.at([f32::from(i) / 1000.0; 3]);
        assert!(r == g && g == b, "{r} {g} {b}");
    }
    assert!(!Lut::sampled(5, |[r, g, b]| [r, g, b * 0.9]).keeps_grey());
}

#[test]
fn on_smooth_tables_it_agrees_with_trilinear_reading() {
    let mut random = Random::new("trilinear");
    let smooth = Lut::sampled(33, |[r, g, b]| {
        [(r * 0.8 + 0.2 * g * b).sqrt(), (g * 3.0).sin().abs() * 0.5 + r * b * 0.5, b * b * (1.0 - 0.5 * r)]
    });
    let mut worst = 0f64;
    for _ in 0..20_000 {
        let colour = [(); 3].map(|()| 0.1 + 0.85 * random.unit());
        let (got, want) = (smooth.at(colour), trilinear(&smooth, colour));
        worst = (0..3).fold(worst, |worst, c| worst.max((f64::from(got[c]) - want[c]).abs()));
    }
    assert!(worst < 1.0 / 1023.0, "{worst} is a step of ten bits or more, {random}");
}

#[test]
fn what_lies_outside_the_domain_is_brought_to_its_edge() {
    let text = "LUT_3D_SIZE 2\nDOMAIN_MIN -1 -1 -1\nDOMAIN_MAX 3 3 3\n".to_string()
        + "-1 -1 -1\n3 -1 -1\n-1 3 -1\n3 3 -1\n-1 -1 3\n3 -1 3\n-1 3 3\n3 3 3\n";
    let lut = Lut::from_cube("wide", text.as_bytes()).unwrap();
    for colour in [[0.5, 0.25, 2.0], [-0.5, 2.9, 0.0]] {
        assert!(near(lut.at(colour), colour.map(f64::from), 1e-6));
    }
    assert_eq!(lut.at([-9.0, 9.0, 1e9]), [-1.0, 3.0, 3.0]);
}

#[test]
fn amount_mixes_and_nothing_gives_no_number() {
    let lut = Lut::sampled(2, |[r, g, b]| [1.0 - r, 1.0 - g, 1.0 - b]);
    let (mut r, mut g, mut b) = ([0.2, 0.3], [0.4, 0.5], [1.0, 0.0]);
    lut.apply(Level::PLAIN, [&mut r, &mut g, &mut b], 0.0);
    assert_eq!([r, g, b], [[0.2, 0.3], [0.4, 0.5], [1.0, 0.0]]);
    lut.apply(Level::PLAIN, [&mut r, &mut g, &mut b], 0.5);
    assert!([r, g, b].iter().flatten().all(|v| (v - 0.5).abs() < 1e-6), "{r:?} {g:?} {b:?}");
}

#[test]
fn cube_files_come_back() {
    let mut random = Random::new("cube files");
    let mut lut = random_cube(&mut random, 4);
    lut.title = "Teal \"and\" orange".into();
    let back = Lut::from_cube("x.cube", lut.to_cube().as_bytes()).unwrap();
    assert_eq!((back.title.as_str(), back.shape, back.domain), ("Teal  and  orange", lut.shape, lut.domain));
    for (a, b) in lut.points.as_flattened().iter().zip(back.points.as_flattened()) {
        assert!((a - b).abs() <= 6e-7, "{a} {b}, {random}");
    }
    assert_eq!(Lut::from_cube("x.cube", back.to_cube().as_bytes()).unwrap(), back, "the second time exactly");
}

#[test]
fn what_is_found_in_the_wild_is_read() {
    let text = "\u{feff}# made by hand\r\n\r\nTITLE \"A look\"\r\nLUT_1D_SIZE 3\r\nDOMAIN_MIN 0 0 0\r\n\
                DOMAIN_MAX 2 2.0 2e0\r\n#\r\n0 0 0\r\n  .5\t0.25 -0.5 \r\n1.0 1 1\r\n\r\n";
    let lut = Lut::from_cube("x.cube", text.as_bytes()).unwrap();
    assert_eq!((lut.title.as_str(), lut.is_cube(), lut.size()), ("A look", false, 3));
    assert_eq!(lut.at([1.0, 1.0, 1.0]), [0.5, 0.25, -0.5]);
    assert_eq!(lut.at([1.5, 0.5, 9.0]), [0.75, 0.125, 1.0]);
    let latin1 = b"TITLE \"caf\xe9\"\nLUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0.0 0.5\n0 0 0\n1 1 1\n";
    assert_eq!(Lut::from_cube("x.cube", latin1).unwrap().at([0.25; 3]), [0.5; 3]);
}

#[test]
fn files_made_to_harm_are_refused_in_words() {
    let error = |text: &str| Lut::from_cube("x.cube", text.as_bytes()).unwrap_err().to_string();
    let sizes = "points are not allowed; 2 to 144 are";
    for (text, wanted) in [
        ("", "x.cube: it names no size (LUT_3D_SIZE or LUT_1D_SIZE); is it a .cube file?".to_string()),
        ("LUT_3D_SIZE 1", format!("x.cube:1: 1 {sizes}")),
        ("LUT_3D_SIZE 4000000000", format!("x.cube:1: 4000000000 {sizes}")),
        ("LUT_3D_SIZE -3", format!("x.cube:1: -3 {sizes}")),
        ("LUT_1D_SIZE 65537", "x.cube:1: 65537 points are not allowed; 2 to 65536 are".into()),
        ("LUT_3D_SIZE 144\n0 0 0", "x.cube: it ends after 1 of 2985984 colours".into()),
        ("LUT_1D_SIZE 2\n0 0 0\n0 0 0\n1 1 1", "x.cube:4: there are more colours than the 2 of the size".into()),
        ("0 0 0", "x.cube:1: the size (LUT_3D_SIZE or LUT_1D_SIZE) must come before the colours".into()),
        ("LUT_1D_SIZE 2\n0 nan 0", "x.cube:2: \"0 nan 0\" is not 3 numbers from -65504 to 65504".into()),
        ("LUT_1D_SIZE 2\n0 0 1e30", "x.cube:2: \"0 0 1e30\" is not 3 numbers from -65504 to 65504".into()),
        ("LUT_1D_SIZE 2\n0 0 0 0", "x.cube:2: \"0 0 0 0\" is not 3 numbers from -65504 to 65504".into()),
        (
            "LUT_1D_SIZE 2\nLUT_3D_SIZE 2",
            "x.cube:2: a size comes twice; a file holds one table, three curves or one cube".into(),
        ),
        (
            "DOMAIN_MIN 1 1 1\nLUT_1D_SIZE 2\n0 0 0\n1 1 1",
            "x.cube: the domain is empty; DOMAIN_MAX must be greater than DOMAIN_MIN".into(),
        ),
        (
            "FORMAT \u{1b}[2J",
            "x.cube:1: \"FORMAT\" is not known; there are TITLE, LUT_1D_SIZE, LUT_3D_SIZE, DOMAIN_MIN and DOMAIN_MAX"
                .into(),
        ),
    ] {
        assert_eq!(error(text), wanted, "{text}");
    }
}

#[test]
fn bytes_thrown_at_the_reader_never_break_it() {
    let mut random = Random::new("thrown");
    let words =
        ["LUT_3D_SIZE", "LUT_1D_SIZE", "2", " ", "\n", "0 1 0", "-", "e9", "TITLE \"", "\0", "\u{85}", "#"];
    for _ in 0..3000 {
        let text: String = (0..random.below(30)).map(|_| words[random.below(words.len())]).collect();
        let _ = Lut::from_cube("x", text.as_bytes());
        let bytes: Vec<u8> = (0..random.below(60)).map(|_| random.below(256) as u8).collect();
        let _ = Lut::from_cube("x", &bytes);
    }
}

#[test]
fn hald_pictures_come_back_in_every_depth() {
    let mut random = Random::new("hald");
    let lut = random_cube(&mut random, 9);
    let picture = lut.to_hald().unwrap();
    assert_eq!((picture.size(), picture.depth()), (Size::new(27, 27).unwrap(), Depth::U16));
    for (depth, by) in [(Depth::U8, 0.5 / 255.0), (Depth::U16, 0.5 / 65535.0), (Depth::F32, 0.5 / 65535.0)] {
        let picture = picture.clone().into_depth(depth, &crate::Context::default()).unwrap();
        let back = Lut::from_hald("x.png", &picture).unwrap();
        for (a, b) in lut.points.as_flattened().iter().zip(back.points.as_flattened()) {
            assert!((a - b).abs() <= by * 1.01, "{a} {b} in {depth:?}, {random}");
        }
    }
    assert!(random_cube(&mut random, 8).to_hald().is_none(), "8 is no square number");
}

#[test]
fn pictures_that_are_no_tables_are_refused() {
    for (w, h) in [(1, 1), (27, 8), (26, 26), (28, 28)] {
        let picture = Picture::blank(Size::new(w, h).unwrap(), Layout::Rgba, Depth::U8);
        let error = Lut::from_hald("x.png", &picture).unwrap_err().to_string();
        assert!(error.contains("are not a table of colours; a Hald picture is 8×8, 27×27"), "{error}");
    }
}
