use super::*;
use crate::pixel::Layout;
use crate::test_support::Random;

fn picture(width: u32, height: u32, mut colour: impl FnMut(usize, usize) -> [u8; 3]) -> Picture {
    let size = Size::new(width, height).unwrap();
    let samples: Vec<u8> =
        (0..size.pixels()).flat_map(|i| colour(i % size.width(), i / size.width())).collect();
    Picture::new(size, Layout::Rgb, samples).unwrap()
}

fn of(picture: &Picture) -> Traits {
    traits(picture, None, &Context::default()).unwrap()
}

fn get(traits: &Traits, name: &str) -> f64 {
    traits.get(name).unwrap_or_else(|| panic!("{name} is not measured"))
}

#[test]
fn each_is_explained_and_none_is_missing() {
    let grey = picture(40, 30, |x, y| [(x * 5 + y) as u8; 3]);
    let all = traits(&grey, Some(&grey), &Context::default()).unwrap();
    let names: Vec<_> = all.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), ABOUT.len());
    for (name, _) in ABOUT {
        assert!(names.contains(name), "{name}");
    }
    assert_eq!(get(&all, "difference"), 0.0);
    assert!((get(&all, "edges_kept") - 1.0).abs() < 1e-9);
}

#[test]
fn paper_is_paper_and_red_is_red() {
    let sheet = of(&picture(90, 60, |x, _| if x < 30 { [200, 30, 40] } else { [247, 242, 231] }));
    assert!((get(&sheet, "paper") - 2.0 / 3.0).abs() < 0.02);
    assert!(get(&sheet, "hue_red") > 0.6);
    assert!(get(&sheet, "colours") < 2.2);
    assert!(get(&sheet, "shapes") < 9.0 + 0.5);
}

#[test]
fn what_repeats_is_found() {
    let mut random = Random::new("measure::traits");
    let screen = of(&picture(200, 150, |x, y| if x % 6 < 3 && y % 6 < 3 { [40; 3] } else { [230; 3] }));
    let noise = of(&picture(200, 150, |_, _| [(random.unit() * 255.0) as u8; 3]));
    assert!(get(&screen, "repeat") > 0.8, "{}", get(&screen, "repeat"));
    assert!(get(&noise, "repeat") < 0.2, "{}, {random}", get(&noise, "repeat"));
    assert!(get(&noise, "coherence") < get(&screen, "coherence") + 0.5);
}

#[test]
fn lines_and_glints_are_told_apart() {
    let page = of(&picture(120, 120, |x, _| if x % 20 < 2 { [20; 3] } else { [240; 3] }));
    let night = of(&picture(120, 120, |x, _| if x % 20 < 2 { [240; 3] } else { [20; 3] }));
    assert!(get(&page, "lines") > 0.05 && get(&page, "glints") < 0.01);
    assert!(get(&night, "glints") > 0.05 && get(&night, "lines") < 0.01);
}

#[test]
fn any_picture_can_be_measured() {
    for (width, height) in [(1, 1), (1, 300), (16, 16), (3000, 2)] {
        let odd = picture(width, height, |x, y| [(x * 7) as u8, (y * 3) as u8, 9]);
        let other = picture(7, 9, |_, _| [1, 2, 3]);
        let all = traits(&odd, Some(&other), &Context::default()).unwrap();
        assert!(all.iter().all(|(_, value)| value.is_finite()), "{width}×{height}: {all:?}");
    }
}
