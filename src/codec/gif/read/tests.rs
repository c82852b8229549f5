use super::*;
use crate::codec::read_tests::{SIZES, check_damage, same_as_header, steps};
use crate::pixel::Samples;

/// Black, red, green, blue; index 3 is transparent where a frame says so.
const PALETTE: [u8; 12] = [0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255];

/// A frame written by hand: place, size, indices.
fn frame(left: u16, top: u16, width: u16, indices: &[u8]) -> gif::Frame<'static> {
    let height = indices.len() as u16 / width;
    let mut frame = gif::Frame::from_indexed_pixels(width, height, indices.to_vec(), None);
    (frame.left, frame.top) = (left, top);
    frame
}

fn file(width: u16, height: u16, repeat: Option<Repeat>, frames: &[gif::Frame<'static>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = gif::Encoder::new(&mut bytes, width, height, &PALETTE).unwrap();
    if let Some(repeat) = repeat {
        encoder.set_repeat(repeat).unwrap();
    }
    frames.iter().for_each(|frame| encoder.write_frame(frame).unwrap());
    drop(encoder);
    bytes
}

/// Frames as letters, row after row: `.` transparent, `krgb` the palette.
fn played(bytes: &[u8]) -> Vec<String> {
    let letter = |pixel: &[u8]| match pixel {
        [0, 0, 0, 0] => '.',
        [0, 0, 0, 255] => 'k',
        [255, 0, 0, 255] => 'r',
        [0, 255, 0, 255] => 'g',
        [0, 0, 255, 255] => 'b',
        other => panic!("{other:?}"),
    };
    let frames = frames(bytes, &Context::default()).unwrap().frames;
    frames
        .map(|frame| frame.unwrap().picture.as_u8().unwrap().samples().chunks(4).map(letter).collect())
        .collect()
}

#[test]
fn a_still_picture_comes_back_as_it_was_written() {
    for (w, h) in SIZES {
        let indices: Vec<u8> = steps((w * h) as usize, 1).iter().map(|v| v % 4).collect();
        let colours = |i: &u8| PALETTE[usize::from(*i) * 3..][..3].to_vec();
        let mut still = frame(0, 0, w as u16, &indices);
        let rgb = same_as_header(header, decode, &file(w as u16, h as u16, None, &[still.clone()]));
        assert_eq!(rgb.samples(), &Samples::U8(indices.iter().flat_map(colours).collect()));
        still.transparent = Some(3);
        let rgba = same_as_header(header, decode, &file(w as u16, h as u16, None, &[still]));
        let colours = |i: &u8| if *i == 3 { vec![0; 4] } else { [colours(i), vec![255]].concat() };
        assert_eq!(rgba.samples(), &Samples::U8(indices.iter().flat_map(colours).collect()));
    }
}

#[test]
fn a_frame_smaller_than_its_canvas_leaves_it_transparent() {
    let bytes = file(3, 2, None, &[frame(1, 1, 1, &[1])]);
    assert_eq!(header(&bytes).unwrap().layout, Layout::Rgba);
    assert_eq!(played(&bytes), ["....r."]);
}

#[test]
fn interlaced_rows_find_their_place() {
    // Ten rows are stored in the order 0 8, 4, 2 6, 1 3 5 7 9.
    let mut striped = frame(0, 0, 1, &[0, 1, 2, 3, 0, 1, 2, 3, 1, 2]);
    striped.interlaced = true;
    assert_eq!(played(&file(1, 10, None, &[striped])), ["krbggbkrrg"]);
}

#[test]
fn each_disposal_leaves_its_own_canvas() {
    let with = |disposal| {
        let mut first = frame(0, 0, 4, &[1, 1, 1, 1]);
        first.dispose = DisposalMethod::Keep;
        let mut second = frame(1, 0, 2, &[2, 2]);
        second.dispose = disposal;
        let mut third = frame(0, 0, 2, &[0, 3]);
        third.transparent = Some(3);
        played(&file(4, 1, None, &[first, second, third])).join(" ")
    };
    assert_eq!(with(DisposalMethod::Any), "rrrr rggr kggr");
    assert_eq!(with(DisposalMethod::Keep), "rrrr rggr kggr");
    assert_eq!(with(DisposalMethod::Background), "rrrr rggr k..r");
    assert_eq!(with(DisposalMethod::Previous), "rrrr rggr krrr");
}

#[test]
fn restoring_a_restored_canvas_goes_back_further() {
    let mut frames =
        [frame(0, 0, 2, &[1, 3]), frame(0, 0, 1, &[2]), frame(1, 0, 1, &[2]), frame(0, 0, 1, &[3])];
    for frame in &mut frames {
        (frame.transparent, frame.dispose) = (Some(3), DisposalMethod::Previous);
    }
    assert_eq!(played(&file(2, 1, None, &frames)), ["r.", "g.", ".g", ".."]);
}

#[test]
fn what_lies_outside_the_canvas_is_dropped() {
    let mut wide = frame(1, 0, 3, &[1, 2, 3, 1, 2, 3]);
    wide.dispose = DisposalMethod::Previous;
    let far = frame(9, 9, 1, &[1]);
    assert_eq!(played(&file(2, 1, None, &[wide.clone(), far, wide])), [".r", "..", ".r"]);
}

#[test]
fn timing_and_loops_are_kept() {
    let mut timed = frame(0, 0, 1, &[1]);
    timed.delay = 7;
    let loops = |repeat| {
        let bytes = file(1, 1, repeat, &[timed.clone(), frame(0, 0, 1, &[2])]);
        assert!(header(&bytes).unwrap().animated);
        let raw = frames(&bytes, &Context::default()).unwrap();
        let delays: Vec<u128> = raw.frames.map(|frame| frame.unwrap().delay.as_millis()).collect();
        assert_eq!(delays, [70, 0]);
        raw.loops
    };
    assert_eq!([loops(None), loops(Some(Repeat::Finite(3))), loops(Some(Repeat::Infinite))], [1, 4, 0]);
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let noise: Vec<u8> = steps(40 * 30, 1).iter().map(|v| v % 4).collect();
    let still = file(40, 30, None, &[frame(0, 0, 40, &noise)]);
    // The end code and the trailer are not needed.
    check_damage(header, decode, &still, still.len() - 5);
    let frames_of = |bytes: &[u8]| {
        frames(bytes, &Context::default()).map(|raw| raw.frames.map(|f| f.is_ok()).collect::<Vec<_>>())
    };
    let animated = file(40, 30, None, &[frame(0, 0, 40, &noise), frame(0, 0, 40, &noise)]);
    assert_eq!(frames_of(&animated).unwrap(), [true, true]);
    assert_eq!(
        frames_of(&animated[..animated.len() - 1]).unwrap(),
        [true, true],
        "the trailer may be missing"
    );
    assert_eq!(
        frames_of(&animated[..animated.len() - 9]).unwrap(),
        [true, false],
        "an error ends the animation"
    );
    check_damage(
        header,
        |bytes, context| {
            frames(bytes, context)?.frames.try_for_each(|frame| frame.map(drop))?;
            decode(bytes, context)
        },
        &animated,
        animated.len() / 2,
    );
}

#[test]
fn a_huge_frame_on_a_small_canvas_is_held_to_the_limit() {
    let mut bytes = file(1, 1, None, &[frame(0, 0, 1, &[1])]);
    let at = bytes.windows(2).position(|w| w == [b',', 0]).unwrap() + 5;
    bytes[at..at + 4].fill(0xff);
    assert_eq!(header(&bytes).unwrap().size, Size::new(1, 1).unwrap());
    assert!(matches!(decode(&bytes, &Context::default()), Err(Error::Limit { .. })));
}

#[test]
fn what_is_wrong_is_named() {
    let text = |bytes: &[u8]| decode(bytes, &Context::default()).map(drop).unwrap_err().to_string();
    assert_eq!(
        text(&file(2, 2, None, &[])),
        "broken GIF file: it holds no image; another copy of it may be whole"
    );
    assert_eq!(text(b"GIF89a"), "broken GIF file: it ends too early; another copy of it may be whole");
    assert!(text(&file(0, 2, None, &[frame(0, 0, 1, &[1])])).contains("0×2 is not a picture size"));
}
