//! What every smoothing operator that regards edges promises: grey stays grey, nothing leaks, any size goes.

use crate::context::Context;
use crate::op::{Action, Operator, StepContext, Values};
use crate::pixel::{Depth, Layout, Picture, Size};
use crate::test_support::Random;

const OURS: [&str; 6] =
    ["bilateral", "guided_filter", "domain_transform", "rolling_guidance", "texture_removal", "denoise"];

fn run(op: &dyn Operator, picture: Picture) -> Picture {
    let work = Context::default();
    let step = StepContext { work: &work, seed: 0, rest: Depth::U8 };
    match op.bind(&Values::defaults(op.params())) {
        Action::Whole(whole) => whole.run(picture, &step).unwrap(),
        _ => panic!("{} looks at neighbours", op.name()),
    }
}

fn ours() -> impl Iterator<Item = &'static dyn Operator> {
    super::ALL.iter().copied().filter(|op| OURS.contains(&op.name()))
}

#[test]
fn any_size_and_layout_goes() {
    let mut random = Random::new("smooth");
    assert_eq!(ours().count(), OURS.len());
    for op in ours() {
        for (w, h) in [(1, 1), (1, 40), (40, 1), (33, 50)] {
            for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
                let size = Size::new(w, h).unwrap();
                let samples: Vec<_> =
                    (0..size.pixels() * layout.channels()).map(|_| random.below(256) as u8).collect();
                let out = run(op, Picture::new(size, layout, samples).unwrap());
                assert_eq!((out.size(), out.layout()), (size, layout), "{}", op.name());
            }
        }
    }
}

#[test]
fn what_cannot_be_seen_does_not_leak() {
    let size = Size::new(64, 64).unwrap();
    let pixel = |i: usize| if i % 64 < 32 { [180, 120, 60, 255] } else { [0, 255, 0, 0] };
    let samples: Vec<u8> = (0..size.pixels()).flat_map(pixel).collect();
    for op in ours() {
        let out = run(op, Picture::new(size, Layout::Rgba, samples.clone()).unwrap());
        let bytes = out.as_u8().unwrap().samples().to_vec();
        for seen in bytes.chunks_exact(4).filter(|pixel| pixel[3] > 0) {
            let off = seen.iter().zip([180u8, 120, 60, 255]).map(|(a, b)| a.abs_diff(b)).max();
            assert!(off <= Some(1), "{}: {seen:?}", op.name());
        }
    }
}
