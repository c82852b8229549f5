//! Sizes, windows, threads, and what is refused.

use std::sync::Arc;

use super::*;
use crate::parallel::Pool;
use crate::weave::render::Window;

#[test]
fn any_number_of_threads_draws_the_same_bytes() {
    let mut random = Random::new("threads");
    for (width, height) in [(150, 131), (64, 200), (13, 65), (1, 1), (300, 1), (1, 300), (190, 260)] {
        let cloth = random_cloth(&mut random);
        let view = View::repeats(&cloth, size(width, height), 1.3, 2.0);
        let with = |threads: usize| {
            let pool = Some(Arc::new(Pool::new(threads).unwrap()));
            render(&cloth, &view, &Context { pool, ..Context::default() }).unwrap()
        };
        let one = with(1);
        assert!(one == with(2) && one == with(5), "{random}: {width}×{height}");
    }
}

#[test]
fn a_cloth_of_one_crossing_can_be_drawn_at_any_size() {
    for (width, height) in [(1, 1), (1, 9), (9, 1), (40, 3), (200, 200)] {
        let cloth = cloth(1, 1, [RED, GOLD], |_, _| false);
        let bytes = draw(&cloth, &View::whole(&cloth, size(width, height)));
        assert_eq!(bytes.len(), width * height * 3);
    }
}

/// Part of a larger picture.
fn cut(bytes: &[u8], width: usize, (x, y): (usize, usize), (w, h): (usize, usize)) -> Vec<u8> {
    (y..y + h).flat_map(|y| bytes[(y * width + x) * 3..][..w * 3].iter().copied()).collect()
}

#[test]
fn a_window_is_cut_from_the_whole_without_a_border() {
    let mut random = Random::new("windows");
    for scale in [2, 9] {
        let cloth = cloth(24, 18, [RED, GOLD], |pick, end| (end + 5 * pick) % 8 != 0 || pick % 7 == 3);
        let still = |view: View| View { folds: 0.0, irregularity: 0.0, ..view };
        let whole = draw(&cloth, &still(View::repeats(&cloth, size(48 * scale, 36 * scale), 2.0, 2.0)));
        for _ in 0..6 {
            let (left, top) = (random.below(24), random.below(18));
            let window = Window { left: left as f32, top: top as f32, across: 12.0, down: 7.0 };
            let part = draw(&cloth, &still(View::of(size(12 * scale, 7 * scale), window)));
            let from = (left * scale, top * scale);
            assert!(part == cut(&whole, 48 * scale, from, (12 * scale, 7 * scale)), "{random}: {window:?}");
        }
    }
}

#[test]
fn a_window_may_begin_before_the_cloth_and_go_on_beyond_it() {
    let cloth = satin(true, [RED, GOLD]);
    for left in [-64.0, -7.25, 60.5, 4_000.0] {
        let window = Window { left, top: -left, across: 30.3, down: 20.7 };
        let bytes = draw(&cloth, &View::of(size(50, 40), window));
        assert!(bytes.chunks_exact(3).all(|pixel| pixel != [0, 0, 0]), "{left}");
    }
    // So many threads that times the scale they are just the pixels, but no whole number.
    let window = Window { left: 1.0, top: 2.0, across: 100.0 / 14.0, down: 100.0 / 14.0 };
    let bytes = draw(&cloth, &View::of(size(100, 100), window));
    assert!(bytes.chunks_exact(3).all(|pixel| pixel != [0, 0, 0]));
}

#[test]
fn seeds_make_other_pieces_of_the_same_cloth() {
    let cloth = satin(true, [RED, GOLD]);
    let with = |seed: u32| {
        let view = View::whole(&cloth, size(128, 128));
        draw(&cloth, &View { seed, ..view })
    };
    assert_eq!(with(1), with(1));
    assert_ne!(with(1), with(2));
}

#[test]
fn what_is_no_cloth_or_no_view_is_refused_in_words() {
    let cloth = satin(true, [RED, GOLD]);
    let context = Context::default();
    let view = View::whole(&cloth, size(20, 20));
    let said = |cloth: &Cloth, view: &View| render(cloth, view, &context).unwrap_err().to_string();
    let mut low = view.clone();
    low.light.elevation = 3.0;
    assert_eq!(said(&cloth, &low), "the elevation of the light is 3; choose a number from 10 to 90");
    let mut lost = view.clone();
    lost.window.across = f32::NAN;
    assert!(said(&cloth, &lost).contains("threads across the window is NaN"));
    let mut short = cloth.clone();
    short.weft.pop();
    assert!(said(&short, &view).contains("64 ends and 64 picks, but yarns are named for 64 and 63"));
    let mut unknown = cloth.clone();
    unknown.weft[3] = 9;
    assert_eq!(said(&unknown, &view), "a thread is of yarn 9, but there are 2");
    let mut backwards = cloth.clone();
    backwards.passes[5] = 60;
    assert!(said(&backwards, &view).contains("pass 5 is of picks 60 to 6"));
    let mut outside = cloth.clone();
    outside.spans = vec![Some(vec![(3, 65)])];
    assert!(said(&outside, &view).contains("from end 3 to 65"));
    let empty = Cloth { lift: Lift::new(0, 0), ..cloth.clone() };
    assert!(said(&empty, &view).contains("at least one end"));
}
