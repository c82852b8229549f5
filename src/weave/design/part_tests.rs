//! Parts of a design against what their words say.

use super::cells::Cells;
use super::choose::{self, Tuning};
use super::cluster::Main;
use super::contour::{self, Contour};
use super::halo::{self, Halo};
use super::lab::{apart, of_bytes, to_bytes};
use super::repeat::{Repeat, lay, seamless, surround};
use super::{distance, ornament, palette, regions};
use crate::context::Context;
use crate::test_support::Random;

const SIZES: [[usize; 2]; 5] = [[1, 1], [1, 9], [9, 1], [13, 7], [40, 31]];

fn noise(random: &mut Random, width: usize, height: usize, labels: usize) -> Cells<u8> {
    let mut map = Cells::filled(width, height, 0u8);
    map.values_mut().iter_mut().for_each(|label| *label = random.below(labels) as u8);
    map
}

fn blobs(random: &mut Random, width: usize, height: usize, labels: usize) -> Cells<u8> {
    let map = noise(random, width, height, labels);
    regions::vote(&map, &map.map(|_| 1.0), 2.0, 1.5, &Context::default()).unwrap()
}

#[test]
fn distance_is_that_of_the_nearest_other_cell() {
    let mut random = Random::new("distance");
    for [width, height] in SIZES {
        let map = blobs(&mut random, width, height, 3);
        let found = distance::to_border(&map, 1.5, 6.0);
        for at in 0..width * height {
            let others = (0..width * height).filter(|other| map.values()[*other] != map.values()[at]);
            let squares = others.map(|other| {
                let dx = (at % width).abs_diff(other % width) as f32;
                let dy = (at / width).abs_diff(other / width) as f32 * 1.5;
                dx * dx + dy * dy
            });
            let best = squares.fold(36f32, f32::min).sqrt();
            let own = found.values()[at];
            assert!((own - best).abs() < 1e-4, "{random} {width}x{height} at {at}: {own}, {best}");
        }
    }
}

#[test]
fn votes_are_those_of_a_count_over_the_window() {
    let mut random = Random::new("votes");
    for [width, height] in SIZES {
        let map = noise(&mut random, width, height, 3);
        let weight = map.map(|_| 0.5 + random.unit());
        let found = regions::vote(&map, &weight, 1.0, 1.5, &Context::default()).unwrap();
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            let mut votes = [0f32; 3];
            for (dx, dy) in (-2..=2isize).flat_map(|dy| (-2..=2isize).map(move |dx| (dx, dy))) {
                let (u, v) = (x as isize + dx, y as isize + dy);
                let square = (dx * dx) as f32 + (dy * dy) as f32 * 2.25;
                votes[usize::from(map.clamped(u, v))] += (-square / 2.0).exp() * weight.clamped(u, v);
            }
            let most = votes.iter().fold(0f32, |a, b| a.max(*b));
            assert!(votes[usize::from(found.at(x, y))] >= most - 1e-4, "{random} {x},{y} {votes:?}");
        }
    }
}

#[test]
fn no_island_is_left_and_what_matters_may_be_smaller() {
    let mut random = Random::new("islands");
    let (context, colours) = (Context::default(), [[0.0; 3], [0.5, 0.1, 0.0], [1.0, 0.0, 0.1]]);
    for [width, height] in SIZES {
        for (importance, least) in [(0.0, 8), (1.0, 2)] {
            let mut map = noise(&mut random, width, height, 3);
            let matters = map.map(|_| importance);
            regions::merge_islands(&mut map, &colours, &matters, 8, &context).unwrap();
            let left = regions::parts(&map, &context).unwrap().area;
            assert!(left.len() == 1 || left.iter().all(|area| *area >= least), "{random} {width}x{height}");
        }
    }
}

#[test]
fn notches_are_filled() {
    let mut map = Cells::from_fn(7, 6, |x, y| u8::from(y < 3 || (x, y) == (3, 3)));
    map.set(2, 2, 0);
    regions::fill_notches(&mut map, 2);
    assert!((0..7).all(|x| map.at(x, 3) == 0), "{map:?}");
}

#[test]
fn a_line_runs_round_a_figure_and_not_round_a_speck() {
    let outline = Contour { ends: 1, strong: 0.2, least: 20 };
    let lines = |from: usize, to: usize| {
        let map = Cells::from_fn(30, 30, |x, y| u8::from((from..to).contains(&x) && (from..to).contains(&y)));
        let cells = map.map(|inside| [0.2 + 0.6 * f32::from(*inside), 0.0, 0.0]);
        let drawn = contour::drawn(&map, &cells, outline, 1.0);
        (map, contour::prune(drawn, outline.least, &Context::default()).unwrap())
    };
    let (map, ring) = lines(8, 22);
    for at in 0..900 {
        let rim = map.values()[at] == 1 && map.around(at).any(|other| map.values()[other] == 0);
        assert_eq!(ring.values()[at], rim, "{at}");
    }
    assert!(lines(8, 11).1.values().iter().all(|line| !line));
}

#[test]
fn a_halo_is_of_bands_of_a_constant_width() {
    let square = Cells::from_fn(40, 40, |x, y| u8::from((4..36).contains(&x) && (4..36).contains(&y)));
    let even = square.map(|_| 0.0);
    let steps = halo::steps(&square, &even, &even, Halo { band: 4.0, distance: 1.0 }, 3, 1.0);
    let row: String = steps.row(20).iter().map(u8::to_string).collect();
    assert_eq!(&row[4..36], "00001111222222222222222211110000");
}

#[test]
fn yarns_keep_the_order_of_light_and_the_hue() {
    let main = |step: usize| Main { colour: [0.2 + 0.1 * step as f32, 0.02, 0.02], weight: 1.0 };
    let mains: Vec<Main> = (0..6).map(main).collect();
    let library: Vec<_> = palette::SONG.iter().map(|dye| of_bytes(dye.colour)).collect();
    let chosen = choose::choose(&mains, &library, Tuning { chroma: 1.0, stretch: 0.5, hue: 2.0 });
    for pair in chosen.windows(2) {
        assert!(library[pair[0]][0] < library[pair[1]][0], "{chosen:?}");
    }
}

#[test]
fn dyes_survive_the_way_to_oklab_and_back() {
    let all = palette::SHU.iter().chain(palette::SONG).chain(palette::ZHUANG).chain(palette::YUN_GROUNDS);
    all.for_each(|dye| assert_eq!(to_bytes(of_bytes(dye.colour)), dye.colour, "{}", dye.name));
}

#[test]
fn a_picture_fades_into_itself() {
    let cells = Cells::from_fn(100, 70, |x, y| [0.2 + 0.006 * x as f32, 0.002 * y as f32, 0.0]);
    for repeat in [Repeat::Straight, Repeat::HalfDrop, Repeat::Mirror] {
        let whole = lay(&seamless(&cells, repeat, [24, 20]), repeat);
        let (width, height) = (whole.width(), whole.height());
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            let own = whole.at(x, y);
            for next in [whole.at((x + 1) % width, y), whole.at(x, (y + 1) % height)] {
                assert!(apart(own, next, 1.0).sqrt() < 0.045, "{repeat:?} {x},{y}");
            }
        }
    }
}

#[test]
fn what_lies_round_a_copy_is_the_repeat() {
    let mut random = Random::new("surround");
    for repeat in [Repeat::Straight, Repeat::HalfDrop, Repeat::Mirror] {
        let copy = noise(&mut random, 12, 10, 200);
        let (round, whole) = (surround(&copy, repeat, 5), lay(&copy, repeat));
        for y in 0..round.height() {
            for x in 0..round.width() {
                let place = |at: usize, length: usize| (at + length * 2 - 5) % length;
                let wanted = whole.at(place(x, whole.width()), place(y, whole.height()));
                assert_eq!(round.at(x, y), wanted, "{random} {repeat:?} {x},{y}");
            }
        }
    }
}

#[test]
fn lattices_close_at_the_borders() {
    let period = ornament::fit(640.0, 83.0);
    for at in 0..640 {
        // Off the borders of zones, where the last bit decides.
        let [x, y] = [at as f32 + 0.37, (at * 7 % 640) as f32 + 0.41];
        assert_eq!(
            ornament::eight_ways([x, y], period, 2.0),
            ornament::eight_ways([x + 640.0, y], period, 2.0)
        );
    }
    let row = |y: usize| (0..20).map(|x| ornament::meander(x, y)).collect::<Vec<_>>();
    assert!((0..7).all(|y| row(y)[..10] == row(y)[10..]));
}
