//! The face against the words of the model.

use super::*;
use crate::weave::render::Top;
use crate::weave::render::classes::Classes;
use crate::weave::render::shade::REACH;

/// Does a pick lie over an end?
fn lies_over(cloth: &Cloth, pick: usize, end: usize) -> bool {
    let exists = match cloth.spans.get(pick) {
        Some(Some(spans)) => spans.iter().any(|&(from, to)| (from..to).contains(&(end as u32))),
        _ => true,
    };
    exists && !cloth.lift.is_up(pick, end)
}

/// The columns a pick floats over, with this one, the cloth being repeated.
fn float_by_hand(cloth: &Cloth, face: &Face, pick: usize, column: usize) -> usize {
    let count = face.columns();
    let over = |column: usize| lies_over(cloth, pick, face.end(column % count));
    let after = (1..count).take_while(|step| over(column + step)).count();
    let before = (1..count).take_while(|step| over(column + count - step)).count();
    (1 + after + before).min(count)
}

fn top_by_hand(cloth: &Cloth, face: &Face, pass: usize, column: usize) -> Top {
    let (mut top, mut longest) = (Top::Warp, 0);
    for pick in cloth.passes[pass]..cloth.passes[pass + 1] {
        if lies_over(cloth, pick as usize, face.end(column)) {
            let float = float_by_hand(cloth, face, pick as usize, column);
            if float >= longest {
                (top, longest) = (Top::Weft((pick - cloth.passes[pass]) as u8), float);
            }
        }
    }
    top
}

#[test]
fn the_face_is_what_the_words_say() {
    let mut random = Random::new("the_face_is_what_the_words_say");
    for _ in 0..80 {
        let cloth = random_cloth(&mut random);
        let face = face(&cloth);
        for (row, column) in (0..face.rows()).flat_map(|r| (0..face.columns()).map(move |c| (r, c))) {
            let expected = top_by_hand(&cloth, &face, row, column);
            assert_eq!(face.top(row, column), expected, "{random}: pass {row}, column {column}");
        }
    }
}

#[test]
fn an_idle_weft_does_not_show_where_it_is_tied() {
    // Two wefts a pass: the first floats everywhere; the second is down at every sixth end to be held at the back.
    let mut cloth = cloth(12, 4, [RED, GOLD], |pick, end| pick % 2 == 1 && end % 6 != 0);
    cloth.passes = vec![0, 2, 4];
    let face = face(&cloth);
    assert!((0..12).all(|column| face.top(1, column) == Top::Weft(0)));
}

#[test]
fn a_binder_ties_the_weft_below_it() {
    let mut cloth = cloth(5, 1, [RED, GOLD], |_, end| end == 2);
    cloth.warp[2] = (0, End::Binder);
    let face = face(&cloth);
    assert_eq!(face.columns(), 4);
    assert_eq!([0, 1, 2, 3].map(|column| face.tie(0, column)), [None, Some(0), None, None]);
}

#[test]
fn places_in_floats_are_counted_as_by_hand() {
    let mut random = Random::new("places_in_floats");
    for _ in 0..60 {
        let cloth = random_cloth(&mut random);
        let face = face(&cloth);
        let mut classes = Classes::default();
        for row in 0..face.rows() {
            classes.fill(&face, row);
            let by_hand: Vec<u8> = (0..face.columns()).map(|c| class_by_hand(&face, row, c)).collect();
            assert_eq!(classes.of(), by_hand, "{random}: pass {row}");
        }
    }
}

fn class_by_hand(face: &Face, row: usize, column: usize) -> u8 {
    let here = face.top(row, column);
    let (rows, columns) = (face.rows() as isize, face.columns() as isize);
    let same = |step: isize| {
        let (down, right) = if here == Top::Warp { (step, 0) } else { (0, step) };
        let there = ((row as isize + down).rem_euclid(rows), (column as isize + right).rem_euclid(columns));
        face.top(there.0 as usize, there.1 as usize) == here
    };
    let count = |way: isize| (1..=REACH as isize).take_while(|step| same(step * way)).count() as u8;
    count(-1) * (REACH as u8 + 1) + count(1)
}
