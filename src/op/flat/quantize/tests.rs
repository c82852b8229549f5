use super::*;
use crate::context::Context;
use crate::op::Kind;
use crate::pixel::{Depth, Encoding, Layout};
use crate::test_support::Random;

fn run(picture: Picture, set: &[(&'static str, Value)]) -> Picture {
    let mut values = Values::defaults(PARAMS);
    set.iter().for_each(|(name, value)| values.set(name, value.clone()));
    assert_eq!(Few.check(&values), Ok(()));
    let context = Context::default();
    let step = StepContext { work: &context, seed: 0, rest: picture.depth() };
    match Few.bind(&values) {
        Action::Whole(whole) => whole.run(picture, &step).unwrap(),
        _ => unreachable!("quantize is whole"),
    }
}

fn noise(layout: Layout) -> Picture {
    let mut random = Random::new("quantize operator");
    let size = Size::new(40, 30).unwrap();
    let samples: Vec<u8> = (0..size.pixels() * layout.channels()).map(|_| random.next() as u8).collect();
    Picture::new(size, layout, samples).unwrap()
}

fn colours(picture: &Picture) -> usize {
    let channels = picture.layout().channels();
    let samples = picture.as_u8().unwrap().samples();
    samples.chunks_exact(channels).collect::<std::collections::BTreeSet<_>>().len()
}

#[test]
fn every_dither_keeps_to_the_palette() {
    let dither = PARAMS.iter().find(|param| param.name == "dither").unwrap();
    let Kind::Choice(words) = dither.kind else { unreachable!("dither is a choice") };
    for word in words {
        for layout in [Layout::Rgb, Layout::Rgba, Layout::Grey] {
            let set = [("colors", Value::Integer(7)), ("dither", Value::Choice(word))];
            assert!(colours(&run(noise(layout), &set)) <= 7, "{word} of {layout:?}");
        }
    }
}

#[test]
fn few_colours_are_left_alone_whatever_the_dither() {
    let few = run(noise(Layout::Rgb), &[("colors", Value::Integer(9))]);
    for word in ["none", "floyd-steinberg", "blue-noise", "pattern"] {
        let again = run(few.clone(), &[("colors", Value::Integer(9)), ("dither", Value::Choice(word))]);
        assert_eq!(again, few, "{word}");
    }
}

/// A red lantern of four pixels in a street of twelve hundred grey ones.
fn street() -> Picture {
    let size = Size::new(40, 30).unwrap();
    let lantern = |i: usize| (10..12).contains(&(i % 40)) && (5..7).contains(&(i / 40));
    let pixel = |i: usize| if lantern(i) { [220, 30, 20] } else { [100 + (i * 7 % 61) as u8; 3] };
    Picture::new(size, Layout::Rgb, (0..size.pixels()).flat_map(pixel).collect::<Vec<u8>>()).unwrap()
}

/// How far the lantern is from its red, summed over channels.
fn faded(set: &[(&'static str, Value)]) -> u32 {
    let painted = run(street(), set);
    let lantern = &painted.as_u8().unwrap().samples()[3 * (6 * 40 + 11)..][..3];
    lantern.iter().zip([220u8, 30, 20]).map(|(&a, b)| u32::from(a.abs_diff(b))).sum()
}

#[test]
fn a_small_red_lantern_keeps_its_red_where_it_is_given_a_say() {
    let few = || ("colors", Value::Integer(4));
    assert!(faded(&[few()]) > 100, "four greys have less error than three and a red");
    assert!(faded(&[few(), ("accents", Value::Number(0.7))]) < 20);
    let mut mask = vec![0u8; 40 * 30];
    (5..7).for_each(|y| mask[y * 40 + 10..y * 40 + 12].fill(255));
    let mask = Picture::new(Size::new(40, 30).unwrap(), Layout::Grey, mask).unwrap();
    let (options, metadata) = (codec::EncodeOptions::default(), codec::Metadata::default());
    let bytes = codec::encode(&mask, codec::Format::Png, &options, &metadata, &Context::default()).unwrap();
    let asset = Asset { name: "lantern.png".into(), bytes: bytes.into() };
    assert!(faded(&[few(), ("weights", Value::File(Some(asset)))]) < 20);
}

#[test]
fn given_colours_alone_are_used() {
    let keep = Value::Colors(vec![Rgb([0.0; 3]), Rgb([1.0; 3])]);
    let picture = run(noise(Layout::Rgb), &[("colors", Value::Integer(0)), ("keep", keep)]);
    assert!(picture.as_u8().unwrap().samples().iter().all(|&v| v == 0 || v == 255));
}

#[test]
fn what_cannot_be_is_said_before_work_begins() {
    let check = |set: &[(&'static str, Value)]| {
        let mut values = Values::defaults(PARAMS);
        set.iter().for_each(|(name, value)| values.set(name, value.clone()));
        Few.check(&values).unwrap_err()
    };
    let two = || Value::Colors(vec![Rgb([0.0; 3]), Rgb([1.0; 3])]);
    assert!(check(&[("colors", Value::Integer(0))]).contains("give none"));
    assert!(check(&[("colors", Value::Integer(1)), ("keep", two())]).contains("less than the 2 colours"));
    assert!(check(&[("method", Value::Choice("wu")), ("keep", two())]).contains("use kmeans"));
}

#[test]
fn frames_settle_on_one_palette_holes_included() {
    let mut values = Values::defaults(PARAMS);
    values.set("colors", Value::Integer(5));
    assert!(Few.looks_ahead(&values));
    let context = Context::default();
    let frames = [noise(Layout::Rgba), noise(Layout::Rgba)];
    let step = StepContext { work: &context, seed: 0, rest: Depth::U8 };
    let settled = Few.settle(&values, &frames, &step).unwrap();
    assert!(!Few.looks_ahead(&settled), "what is settled is settled");
    assert_eq!(Few.check(&settled), Ok(()));
    let palette = Bound::new(&settled).given.unwrap();
    let wanted = Quantizer::new(5).palette(&frames.each_ref(), &context).unwrap();
    assert!(palette.colours().eq(wanted.colours()) && !palette.is_opaque());
    values.set("frames", Value::Choice("each"));
    assert!(!Few.looks_ahead(&values));
}

#[test]
fn sixteen_bits_stay_sixteen() {
    let deep = noise(Layout::Rgb).into_depth(Depth::U16, &Context::default()).unwrap();
    let picture = run(deep, &[]);
    assert_eq!((picture.depth(), picture.encoding()), (Depth::U16, Encoding::Srgb));
}
