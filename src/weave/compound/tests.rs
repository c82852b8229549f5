//! What every compound structure promises: the face shows the design, wefts that are not seen are held behind.

use crate::test_support::Random;
use crate::weave::cloth::End;
use crate::weave::compound::brocading::spans;
use crate::weave::compound::{Backed, Bound, floss, lampas, samite, simple, warp_faced, weft_backed};
use crate::weave::compound::{Brocading, brocade};
use crate::weave::compound::{Face, Woven};
use crate::weave::floats::survey_lift;
use crate::weave::structure::Weave;

fn weave(name: &str) -> Weave {
    name.parse().unwrap()
}

/// Patches of figures, as designs have them.
fn design(random: &mut Random, columns: usize, passes: usize, lowest: u8, figures: u8) -> Vec<u8> {
    let mut cells = vec![lowest; columns * passes];
    for _ in 0..8 {
        let (x, y) = (random.below(columns), random.below(passes));
        let (w, h) = (6 + random.below(columns / 2), 4 + random.below(passes / 2));
        let figure = lowest + random.below(usize::from(figures) + 1 - usize::from(lowest)) as u8;
        for r in y..(y + h).min(passes) {
            cells[r * columns + x..r * columns + (x + w).min(columns)].fill(figure);
        }
    }
    cells
}

/// The share of main-end crossings of a pass where exactly the wefts that should are over the end.
fn faithful(woven: &Woven, face: &Face<'_>, system_of: impl Fn(u8) -> u8) -> f64 {
    let (mut right, mut all) = (0, 0);
    for r in 0..face.passes() {
        let picks = woven.passes[r] as usize..woven.passes[r + 1] as usize;
        for e in (0..woven.lift.ends()).filter(|&e| woven.kinds[e] == End::Main) {
            let figure = system_of(face.pass(r)[woven.column[e] as usize]);
            let over: Vec<u8> =
                picks.clone().filter(|&p| !woven.lift.is_up(p, e)).map(|p| woven.system[p]).collect();
            let good = if figure == 0 { over.iter().all(|&s| s == 0) } else { over.contains(&figure) };
            (right, all) = (right + u32::from(good), all + 1);
        }
    }
    f64::from(right) / f64::from(all)
}

#[test]
fn damask_has_the_two_faces_of_its_satin() {
    let mut random = Random::new("damask");
    let cells = design(&mut random, 130, 40, 0, 1);
    let face = Face::new(130, 1, &cells).unwrap();
    let weaves = [weave("satin 8/3 warp"), weave("satin 8/3")];
    let woven = simple(&face, &weaves).unwrap();
    for (i, &f) in cells.iter().enumerate() {
        assert_eq!(woven.lift.is_up(i / 130, i % 130), weaves[usize::from(f)].is_up(i / 130, i % 130));
    }
    assert!(simple(&face, &weaves[..1]).is_err());
    assert_eq!(woven.passes.len(), 41);
    assert_eq!(woven.lift.row(0)[2] >> 2, 0, "bits beyond the last end are 0");
}

#[test]
fn weft_backed_cloth_shows_the_design_and_holds_its_idle_wefts() {
    let mut random = Random::new("backed");
    let cells = design(&mut random, 240, 96, 0, 3);
    let face = Face::new(240, 3, &cells).unwrap();
    for idle in [true, false] {
        let woven =
            weft_backed(&face, &Backed { ground: weave("satin 8/3 warp"), tie: weave("satin 12/5"), idle });
        assert!(faithful(&woven, &face, |f| f) > 0.83, "{}", faithful(&woven, &face, |f| f));
        let picks: usize =
            (0..96).map(|r| if idle { 4 } else { (face.seen(r) | 1).count_ones() as usize }).sum();
        assert_eq!(woven.lift.picks(), picks);
        let floats = survey_lift(&woven.lift, &[], |_| false, true);
        assert!(floats.longest_weft() <= 24 && floats.loose_picks.is_empty(), "{}", floats.longest_weft());
    }
}

#[test]
fn a_sinker_lies_between_the_ties_of_what_covers_it() {
    // All of it figure 1; the ground weft and figure 2 are idle.
    let cells = vec![1; 48 * 12];
    let face = Face::new(48, 2, &cells).unwrap();
    let woven =
        weft_backed(&face, &Backed { ground: weave("satin 8/3 warp"), tie: weave("satin 12/5"), idle: true });
    for r in 0..12 {
        let ties: Vec<usize> = (0..48).filter(|&e| woven.lift.is_up(3 * r + 1, e)).collect();
        for idle in [0, 2] {
            for e in (0..48).filter(|&e| !woven.lift.is_up(3 * r + idle, e)) {
                let near = ties.iter().map(|&t| (t + 48 - e) % 48).map(|d| d.min(48 - d)).min().unwrap();
                assert!(near >= 4, "sinker at {e}, ties {ties:?}");
            }
        }
    }
}

#[test]
fn lampas_keeps_its_ground_everywhere_and_binds_every_weft() {
    let mut random = Random::new("lampas");
    let cells = design(&mut random, 120, 60, 0, 2);
    let face = Face::new(120, 2, &cells).unwrap();
    let bound = Bound { ratio: 4, binder: weave("twill 1/2 z"), idle: true };
    let ground = weave("satin 5/2 warp");
    let woven = lampas(&face, &ground, &bound).unwrap();
    assert_eq!((woven.lift.ends(), woven.lift.picks()), (150, 180));
    let mut binders = 0;
    for e in 0..150 {
        for r in 0..60 {
            if woven.kinds[e] == End::Main {
                let column = woven.column[e] as usize;
                assert_eq!(woven.lift.is_up(3 * r, e), ground.is_up(r, column));
                for j in 1..3 {
                    assert_eq!(woven.lift.is_up(3 * r + j, e), usize::from(cells[r * 120 + column]) != j);
                }
            } else {
                assert!(!woven.lift.is_up(3 * r, e));
                assert_eq!(woven.lift.is_up(3 * r + 1, e), bound.binder.is_up(r, e / 5));
            }
        }
        binders += usize::from(woven.kinds[e] == End::Binder);
    }
    assert_eq!(binders, 30);
    assert!(lampas(&face, &ground, &Bound { ratio: 0, ..bound }).is_err());
}

#[test]
fn samite_covers_every_cell_with_its_weft() {
    let mut random = Random::new("samite");
    let cells = design(&mut random, 90, 30, 1, 4);
    let face = Face::new(90, 4, &cells).unwrap();
    for idle in [true, false] {
        let woven = samite(&face, &Bound { ratio: 2, binder: weave("twill 1/2 z"), idle }).unwrap();
        assert_eq!(faithful(&woven, &face, |f| f), 1.0);
        let floats = survey_lift(&woven.lift, &[], |e| woven.kinds[e] == End::Binder, true);
        assert!(floats.weft_face.longest() <= 9, "{}", floats.weft_face.longest());
    }
    assert!(
        samite(&Face::new(2, 1, &[0, 1]).unwrap(), &Bound { ratio: 2, binder: weave("plain"), idle: true })
            .is_err()
    );
}

#[test]
fn warp_faced_cloth_lifts_the_colour_that_is_seen() {
    let mut random = Random::new("warp-faced");
    let cells = design(&mut random, 50, 20, 0, 2);
    let face = Face::new(50, 2, &cells).unwrap();
    let woven = warp_faced(&face, &Weave::plain());
    assert_eq!((woven.lift.ends(), woven.lift.picks()), (150, 40));
    for r in 0..20 {
        for e in 0..150 {
            assert_eq!(woven.lift.is_up(2 * r, e), usize::from(cells[r * 50 + e / 3]) == e % 3);
            assert_eq!(woven.lift.is_up(2 * r + 1, e), (r + e / 3) % 2 == 0);
        }
    }
}

#[test]
fn a_brocading_weft_exists_only_where_its_motif_is() {
    assert_eq!(spans(&[0, 1, 1, 0, 0, 1, 0, 2, 2, 1], 1, 0, 0), [(1, 3), (5, 6), (9, 10)]);
    assert_eq!(spans(&[0, 1, 1, 0, 0, 1, 0, 2, 2, 1], 1, 1, 0), [(0, 7), (8, 10)]);
    assert_eq!(spans(&[0, 1, 1, 0, 0, 1, 0, 2, 2, 1], 1, 0, 2), [(1, 6), (9, 10)]);
    let mut random = Random::new("brocading");
    let cells = design(&mut random, 200, 50, 0, 4);
    let face = Face::new(200, 4, &cells).unwrap();
    let how = Brocading { ground: weave("satin 8/3 warp"), tie: weave("satin 8/3"), margin: 2, bridge: 6 };
    let woven = brocade(&face, &how);
    assert!(woven.bobbins() >= 1);
    for p in 0..woven.lift.picks() {
        let Some(spans) = &woven.spans[p] else { continue };
        let r = woven.passes.partition_point(|&first| first as usize <= p) - 1;
        for e in 0..200 {
            let mine = face.pass(r)[e] == woven.system[p];
            let inside = spans.iter().any(|&(a, b)| (a as usize..b as usize).contains(&e));
            assert!(inside || !mine);
            assert!(mine || woven.lift.is_up(p, e), "beside its motif a weft turns behind the ends");
        }
    }
}

#[test]
fn floss_floats_alike_on_both_faces() {
    let mut random = Random::new("floss");
    let cells = design(&mut random, 96, 40, 0, 3);
    let face = Face::new(96, 3, &cells).unwrap();
    let woven = floss(&face, &weave("satin 10/3"));
    let floats = survey_lift(&woven.lift, &[], |_| false, true);
    assert!(
        floats.weft_face.longest() <= 14 && floats.weft_back.longest() <= 18,
        "{:?}",
        floats.weft_back.longest()
    );
    assert!(floats.loose_picks.is_empty());
}
