use super::*;
use crate::Context;
use crate::pixel::Depth;

fn framed(picture: &Picture, width: &str) -> Picture {
    let mut values = Values::defaults(GiltFrame.params());
    let param = GiltFrame.params().iter().find(|param| param.name == "width").unwrap();
    values.set("width", param.kind.read_text(width, &crate::op::param::Palette::new()).unwrap());
    let Action::Whole(whole) = GiltFrame.bind(&values) else { panic!("a frame changes the size") };
    let context = Context::default();
    whole.run(picture.clone(), &StepContext { work: &context, seed: 0, rest: Depth::U8 }).unwrap()
}

fn grey(width: u32, height: u32) -> Picture {
    let size = Size::new(width, height).unwrap();
    Picture::new(size, Layout::Rgb, vec![128u8; size.pixels() * 3]).unwrap()
}

#[test]
fn the_picture_is_whole_in_the_middle() {
    let out = framed(&grey(200, 120), "20px");
    assert_eq!((out.size().width(), out.size().height()), (240, 160));
    let row = out.as_u8().unwrap().row(80).to_vec();
    assert_eq!(&row[120 * 3..][..3], &[128; 3], "the middle is as it was");
    assert!(row[10 * 3] > row[10 * 3 + 2], "the frame is gold");
}

#[test]
fn without_a_width_there_is_none() {
    let picture = grey(30, 20);
    assert_eq!(framed(&picture, "0"), picture);
}

#[test]
fn the_smallest_picture_can_be_framed() {
    assert_eq!(framed(&grey(1, 1), "8px").size().width(), 17);
    assert_eq!(framed(&grey(1, 300), "30").size().height(), 300 + 2 * 9);
}

#[test]
fn both_halves_of_a_side_are_alike() {
    let moulding = Moulding::new(Size::new(301, 201).unwrap(), 40.0, 1.0);
    for k in 0..150 {
        let (left, right) = (moulding.at(150.5 - k as f32, -13.0), moulding.at(150.5 + k as f32, -13.0));
        assert!((left - right).abs() < 1e-3, "{k}: {left} {right}");
    }
}
