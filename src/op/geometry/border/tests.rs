use super::*;
use crate::context::Context;
use crate::op;
use crate::op::param::Palette;
use crate::pixel::Depth;
use crate::test_support::Random;

fn values(settings: &[(&'static str, &str)]) -> Values {
    let params = Border.params();
    let mut values = Values::defaults(params);
    for (name, text) in settings {
        let param = params.iter().find(|param| param.name == *name).unwrap();
        values.set(param.name, param.kind.read_text(text, &Palette::new()).unwrap());
    }
    values
}

fn run(picture: Picture, settings: &[(&'static str, &str)]) -> Picture {
    let work = Context::default();
    let step = StepContext { work: &work, seed: 0, rest: picture.depth() };
    Bound::new(&values(settings)).run(picture, &step).unwrap()
}

fn noise(random: &mut Random, w: u32, h: u32, layout: Layout) -> Picture {
    let size = Size::new(w, h).unwrap();
    let samples: Vec<_> =
        (0..size.pixels() * layout.channels()).map(|_| 1 + random.below(255) as u8).collect();
    Picture::new(size, layout, samples).unwrap()
}

#[test]
fn the_picture_lies_in_the_middle_untouched() {
    let mut random = Random::new("border");
    for (w, h) in [(1, 1), (40, 7), (7, 40)] {
        for layout in [Layout::Grey, Layout::Rgb, Layout::Rgba] {
            let picture = noise(&mut random, w, h, layout);
            let framed = run(picture.clone(), &[("width", "5px"), ("color", "#808080")]);
            assert_eq!(framed.size().as_u32(), (w + 10, h + 10));
            assert_eq!(framed.layout(), layout, "a grey border leaves a grey picture grey");
            let (n, row) = (layout.channels(), framed.row_len());
            let all = framed.as_u8().unwrap().samples().to_vec();
            for (y, line) in picture.as_u8().unwrap().samples().chunks_exact(picture.row_len()).enumerate() {
                assert_eq!(&all[(y + 5) * row + 5 * n..][..line.len()], line, "{w}×{h} {layout:?} {random}");
            }
            assert_eq!(all[0], 128);
            assert!(!layout.has_alpha() || all[n - 1] == 255, "the border is opaque");
        }
    }
}

#[test]
fn bars_fill_up_to_the_ratio_and_the_cost_knows() {
    let picture = Picture::blank(Size::new(300, 300).unwrap(), Layout::Rgb, Depth::U8);
    let settings = [("width", "0"), ("ratio", "16:9"), ("color", "#000")];
    let framed = run(picture.clone(), &settings);
    assert_eq!(framed.size().as_u32(), (533, 300));
    assert_eq!(Border.cost(&values(&settings), picture.size()).size, framed.size());
    let tall = run(picture, &[("width", "10px"), ("ratio", "2:3")]);
    assert_eq!(tall.size().as_u32(), (320, 480));
}

#[test]
fn round_corners_show_the_border_and_transparency_leaks_nothing() {
    let size = Size::new(64, 64).unwrap();
    let clear = Picture::new(size, Layout::Rgba, [0u8, 255, 0, 0].repeat(64 * 64)).unwrap();
    let framed = run(clear, &[("width", "8px"), ("radius", "20px"), ("bevel", "3px"), ("line", "1px")]);
    let pixels: Vec<_> = framed.as_u8().unwrap().samples().chunks_exact(4).map(<[u8]>::to_vec).collect();
    let width = framed.size().width();
    assert_eq!(pixels[width * 9 + 9][3], 255, "the corner of the picture is border now");
    assert_eq!(pixels[width * 40 + 40], [0, 0, 0, 0]);
    for pixel in pixels.iter().filter(|pixel| pixel[3] > 8) {
        assert!(i32::from(pixel[1]) < i32::from(pixel[0]) + 24, "no green in the frame: {pixel:?}");
    }
}

#[test]
fn nothing_asked_for_changes_nothing() {
    let picture = noise(&mut Random::new("no border"), 9, 9, Layout::Rgb);
    assert_eq!(run(picture.clone(), &[("width", "0")]), picture);
    assert!(!op::find("border").unwrap().keeps_size());
}
