use super::*;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::test_support::Random;

fn noise(w: u32, h: u32, random: &mut Random) -> Plane {
    Plane::from_fn(Size::new(w, h).unwrap(), |x, _| 0.5 * random.unit() + 0.004 * (x % 100) as f32)
}

/// By the book: for each pixel the four curves, each made anew, in `f64`.
fn direct(plane: &Plane, how: Clahe) -> Plane {
    let (w, h) = (plane.size().width(), plane.size().height());
    let (across, down) = tiles(plane.size(), how.tiles);
    let height = |tx: usize, ty: usize, value: f64| {
        let mut counts = vec![0f64; BINS];
        for y in ty * h / down..(ty + 1) * h / down {
            for x in tx * w / across..(tx + 1) * w / across {
                counts[((plane.row(y)[x] * BINS as f32) as usize).min(BINS - 1)] += 1.0;
            }
        }
        let total: f64 = counts.iter().sum();
        let most = f64::from(how.limit) * total / BINS as f64;
        let excess: f64 = counts.iter().map(|count| (count - most).max(0.0)).sum();
        let bin = ((value * BINS as f64) as usize).min(BINS - 1);
        let count = |bin: usize| counts[bin].min(most) + excess / BINS as f64;
        let below: f64 = (0..bin).map(count).sum();
        (below + (value * BINS as f64 - bin as f64) * count(bin)) / total
    };
    let mixed = |at: usize, pixels: usize, tiles: usize| {
        let at = ((at as f64 + 0.5) * tiles as f64 / pixels as f64 - 0.5).clamp(0.0, (tiles - 1) as f64);
        let before = at.floor() as usize;
        [(before, 1.0 - at.fract()), ((before + 1).min(tiles - 1), at.fract())]
    };
    Plane::from_fn(plane.size(), |x, y| {
        let value = f64::from(plane.row(y)[x]).clamp(0.0, 1.0);
        let mut sum = 0.0;
        for (ty, v) in mixed(y, h, down) {
            for (tx, u) in mixed(x, w, across) {
                sum += u * v * height(tx, ty, value);
            }
        }
        sum as f32
    })
}

#[test]
fn it_is_what_the_paper_says() {
    let mut random = Random::new("clahe");
    for (w, h) in [(1, 1), (1, 17), (16, 1), (31, 9), (33, 47)] {
        let plane = noise(w, h, &mut random);
        for how in
            [Clahe { tiles: 4, limit: 2.0 }, Clahe { tiles: 1, limit: 8.0 }, Clahe { tiles: 9, limit: 1.0 }]
        {
            let (ours, theirs) = (clahe(&plane, how, &Context::default()).unwrap(), direct(&plane, how));
            let worst =
                ours.samples().iter().zip(theirs.samples()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst < 1e-4, "{w}×{h}, {how:?}: {worst}, {random}");
        }
    }
}

#[test]
fn a_limit_of_one_changes_nothing_and_curves_rise() {
    let plane = noise(60, 40, &mut Random::new("limit of one"));
    let same = clahe(&plane, Clahe { tiles: 5, limit: 1.0 }, &Context::default()).unwrap();
    let steep = Maps::new(&plane, Clahe { tiles: 5, limit: 40.0 }, &Context::default()).unwrap();
    assert!(steep.curves.iter().all(|curve| curve.is_sorted() && curve[0] == 0.0 && curve[BINS] > 0.999));
    // Where no bin may count more than the mean, all that is cut off is spread and what lacks stays lacking.
    assert!(same.samples().iter().zip(plane.samples()).all(|(a, b)| (a - b).abs() < 0.2));
}

#[test]
fn bytes_do_not_depend_on_threads_or_level() {
    let mut random = Random::new("clahe threads");
    for (w, h) in [(257, 130), (7, 200)] {
        let plane = noise(w, h, &mut random);
        let run = |level, threads| {
            let context = Context { level, ..Context::default() };
            Pool::new(threads)
                .unwrap()
                .run(|| clahe(&plane, Clahe { tiles: 8, limit: 3.0 }, &context).unwrap())
        };
        let plain = run(Level::PLAIN, 1);
        for level in Level::available() {
            for threads in [1, 2, 5] {
                assert_eq!(run(level, threads), plain, "{w}×{h} at {level} with {threads}, {random}");
            }
        }
    }
}

#[test]
fn what_is_not_a_number_does_no_harm() {
    let size = Size::new(9, 9).unwrap();
    let plane = Plane::from_fn(size, |x, y| if x == y { f32::NAN } else { f32::INFINITY });
    let result = clahe(&plane, Clahe { tiles: 2, limit: 3.0 }, &Context::default()).unwrap();
    assert!(result.samples().iter().all(|v| (0.0..=1.0).contains(v)));
}
