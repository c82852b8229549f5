use super::*;
use crate::edge::gradient::Aperture;
use crate::kernel::Level;
use crate::test_support::Random;

fn noise(random: &mut Random, len: usize) -> Vec<u8> {
    (0..len).map(|_| random.next() as u8).collect()
}

fn channels<'a>(planes: [&'a [u8]; 3], width: usize) -> Channels<'a> {
    Channels::new(planes.map(|p| Grey::new(p, width, p.len() / width).unwrap())).unwrap()
}

/// Red on the left, green on the right, of one luminance (Rec. 709 on these values: 0.2126 R = 0.7152 G).
fn red_beside_green(width: usize, height: usize) -> [Vec<u8>; 3] {
    let left = |i: usize| i % width < width / 2;
    let red = (0..width * height).map(|i| if left(i) { 200 } else { 0 }).collect();
    let green = (0..width * height).map(|i| if left(i) { 0 } else { 59 }).collect();
    [red, green, vec![0; width * height]]
}

#[test]
fn red_beside_green_of_one_luminance_is_an_edge_in_colour_alone() {
    let (width, height) = (40, 20);
    let planes = red_beside_green(width, height);
    let luminance: Vec<u8> = (0..width * height)
        .map(|i| (0.2126 * f32::from(planes[0][i]) + 0.7152 * f32::from(planes[1][i])).round() as u8)
        .collect();
    let detector = Canny::new(50.0, 100.0);
    let context = Context::default();
    let grey = detector.edges(Grey::new(&luminance, width, height).unwrap(), &context).unwrap();
    assert_eq!(grey.count(), 0, "in grey there is nothing to see");
    let picture = channels(planes.each_ref().map(|p| &p[..]), width);
    let found = canny(picture, Combine::DiZenzo, &detector, &context).unwrap();
    assert_eq!(found.count(), height, "one pixel in each row");
    assert!((0..height).all(|y| found.columns(y).all(|x| x == width / 2 - 1)));
}

#[test]
fn a_grey_picture_in_colour_has_its_grey_edges() {
    let mut random = Random::new("a_grey_picture_in_colour_has_its_grey_edges");
    let (width, height) = (131, 77);
    let values = noise(&mut random, width * height);
    let grey = Grey::new(&values, width, height).unwrap();
    let apertures = [(Aperture::Three, 1.0), (Aperture::Five, 12.0), (Aperture::Seven, 160.0)];
    for (norm, (aperture, scale)) in
        [Norm::Sum, Norm::Euclidean].into_iter().flat_map(|norm| apertures.map(|aperture| (norm, aperture)))
    {
        let detector = Canny { norm, aperture, low: 200.0 * scale, high: 600.0 * scale };
        let expected = detector.edges(grey, &Context::default()).unwrap();
        for combine in [Combine::DiZenzo, Combine::Strongest(norm)] {
            let picture = channels([&values; 3], width);
            let found = canny(picture, combine, &detector, &Context::default()).unwrap();
            assert_eq!(found, expected, "{combine:?} {aperture:?} {norm:?} {random}");
        }
    }
}

#[test]
fn the_main_axis_is_that_of_the_tensor() {
    let mut random = Random::new("the_main_axis_is_that_of_the_tensor");
    let len = 999;
    let mut rows = || -> [Vec<i16>; 3] {
        std::array::from_fn(|_| (0..len).map(|_| random.below(2041) as i16 - 1020).collect())
    };
    let (p, q) = (rows(), rows());
    let (mut first, mut other) = ([vec![0; len], vec![0; len]], [vec![0; len], vec![0; len]]);
    for level in Level::available() {
        let [dx, dy] = &mut other;
        let (p, q) = (p.each_ref().map(|r| &r[..]), q.each_ref().map(|r| &r[..]));
        kernel::main_axis(level, p, q, dx, dy);
        if level == Level::PLAIN {
            first.clone_from(&other);
        }
        assert_eq!(first, other, "{level}");
    }
    for x in 0..len {
        let sum = |a: &[Vec<i16>; 3], b: &[Vec<i16>; 3]| {
            (0..3).map(|c| f64::from(a[c][x]) * f64::from(b[c][x])).sum::<f64>() / 3.0
        };
        let (e, f, g) = (sum(&p, &p), sum(&p, &q), sum(&q, &q));
        let value = 0.5 * (e + g + ((e - g).powi(2) + 4.0 * f * f).sqrt());
        let angle = 0.5 * (2.0 * f).atan2(e - g);
        let (dx, dy) = (f64::from(first[0][x]), f64::from(first[1][x]));
        let (along, down) = (value.sqrt() * angle.cos(), value.sqrt() * angle.sin());
        let off = (dx - along).hypot(dy - down).min((dx + along).hypot(dy + down));
        assert!(off < 1.0, "{dx} {dy} for {along} {down}");
    }
}

#[test]
fn channels_are_of_one_size() {
    let (small, large) = ([0; 6], [0; 12]);
    let [a, b] = [Grey::new(&small, 3, 2).unwrap(), Grey::new(&large, 3, 4).unwrap()];
    assert!(Channels::new([a, a, b]).is_err());
}
