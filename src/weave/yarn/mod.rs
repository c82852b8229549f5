//! How much of each yarn a repeat takes: share of the face, metres, grams.
//!
//! A thread that goes over and under others is longer than the cloth. How much longer follows from how often it
//! changes face and how thick both threads are (after F. T. Peirce, "The geometry of cloth structure", 1937, with a
//! straight path from face to face); a measured take-up can be given instead.

mod sheet;

use crate::weave::cloth::{Cloth, End, Fibre, Lift};
use crate::weave::floats::rows::{Existing, Weft, tidy};
pub use sheet::write_weft_sequence;

/// What the loom adds to the length of the threads.
#[derive(Clone, Copy, Debug, Default)]
pub struct TakeUp {
    /// Of the ends, as a share of the length of the cloth; `None`: from the weave.
    pub warp: Option<f32>,
    /// Of the picks, as a share of its width.
    pub weft: Option<f32>,
}

/// One yarn of a repeat.
#[derive(Clone, Debug, PartialEq)]
pub struct Needed {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub colour: [u8; 3],
    /// Its fibre.
    pub fibre: Fibre,
    /// Grams in a kilometre.
    pub tex: f32,
    /// Ends of it.
    pub ends: usize,
    /// Picks of it.
    pub picks: usize,
    /// Its share of the face, 0 to 1.
    pub share: f64,
    /// Metres as warp.
    pub warp_metres: f64,
    /// Metres as weft.
    pub weft_metres: f64,
    /// Grams of both.
    pub grams: f64,
}

/// What a repeat needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Across, in centimetres.
    pub width: f64,
    /// Along, in centimetres.
    pub height: f64,
    /// Grams of all yarns.
    pub grams: f64,
    /// Grams a square metre.
    pub weight: f64,
    /// The yarns, as in the cloth.
    pub yarns: Vec<Needed>,
}

/// Counts a repeat.
pub fn sheet(cloth: &Cloth, take_up: TakeUp) -> Sheet {
    let (ends, picks) = (cloth.lift.ends(), cloth.lift.picks());
    let passes = cloth.passes.len().saturating_sub(1);
    let width = ends as f64 / f64::from(cloth.ends_per_cm);
    let height = passes as f64 / f64::from(cloth.passes_per_cm);
    let count = Count::new(cloth);
    let bend = Bend::new(cloth, width, height);
    let yarns: Vec<Needed> = (0..cloth.yarns.len())
        .map(|y| {
            let yarn = &cloth.yarns[y];
            let along = height * count.ends[y] as f64;
            let across = if ends == 0 { 0.0 } else { width * count.crossed[y] as f64 / ends as f64 };
            let longer = |given: Option<f32>, straight: f64, turns: u64, bent: f64| match given {
                Some(share) => straight * (1.0 + f64::from(share)),
                None => straight + turns as f64 * bent,
            };
            let warp_metres = longer(take_up.warp, along, count.warp_turns[y], bend.warp) / 100.0;
            let weft_metres = longer(take_up.weft, across, count.weft_turns[y], bend.weft) / 100.0;
            Needed {
                name: yarn.name.clone(),
                colour: yarn.colour,
                fibre: yarn.fibre,
                tex: yarn.tex,
                ends: count.ends[y],
                picks: count.picks[y],
                share: count.seen[y] as f64 / count.seen.iter().sum::<u64>().max(1) as f64,
                warp_metres,
                weft_metres,
                grams: (warp_metres + weft_metres) * f64::from(yarn.tex) / 1000.0,
            }
        })
        .collect();
    let grams = yarns.iter().map(|y| y.grams).sum();
    let square_metres = (width * height / 10_000.0).max(f64::MIN_POSITIVE);
    debug_assert_eq!(picks, cloth.weft.len());
    Sheet { width, height, grams, weight: grams / square_metres, yarns }
}

/// By how many centimetres a thread is longer for each change of face.
struct Bend {
    warp: f64,
    weft: f64,
}

impl Bend {
    fn new(cloth: &Cloth, width: f64, height: f64) -> Self {
        let mean = |yarns: &mut dyn Iterator<Item = u8>| {
            let (sum, n) = yarns.fold((0.0, 0u32), |(sum, n), y| {
                (sum + cloth.yarns.get(usize::from(y)).map_or(0.0, |y| f64::from(y.width)), n + 1)
            });
            sum / f64::from(n.max(1)) / 10.0
        };
        let rise = (mean(&mut cloth.warp.iter().map(|w| w.0)) + mean(&mut cloth.weft.iter().copied())) / 2.0;
        let extra = |pitch: f64| (pitch * pitch + rise * rise).sqrt() - pitch;
        let pitch = |size: f64, threads: usize| size / threads.max(1) as f64;
        Self { warp: extra(pitch(height, cloth.lift.picks())), weft: extra(pitch(width, cloth.lift.ends())) }
    }
}

/// By yarn.
struct Count {
    ends: Vec<usize>,
    picks: Vec<usize>,
    /// Crossings of its picks.
    crossed: Vec<u64>,
    warp_turns: Vec<u64>,
    weft_turns: Vec<u64>,
    /// Cells of the face that show it.
    seen: Vec<u64>,
}

fn ones(words: impl Iterator<Item = u64>) -> u64 {
    words.map(|w| u64::from(w.count_ones())).sum()
}

impl Count {
    fn new(cloth: &Cloth) -> Self {
        let zeros = || vec![0; cloth.yarns.len()];
        let (crossed, warp_turns, weft_turns, seen) = (zeros(), zeros(), zeros(), zeros());
        let none = vec![0; cloth.yarns.len()];
        let mut count = Self { ends: none.clone(), picks: none, crossed, warp_turns, weft_turns, seen };
        cloth.warp.iter().for_each(|w| count.ends[usize::from(w.0)] += 1);
        let existing = Existing::new(&cloth.spans, cloth.lift.ends());
        let masks = masks(cloth);
        let face = face(cloth, &existing);
        for pass in cloth.passes.windows(2) {
            let mut open = face.clone();
            for p in (pass[0] as usize..pass[1] as usize).rev() {
                let weft = existing.weft(p);
                count.pick(cloth, p, weft.as_ref(), existing.whole(), &mut open);
            }
            masks
                .iter()
                .for_each(|(y, mask)| count.seen[*y] += ones(open.iter().zip(mask).map(|(o, m)| o & m)));
        }
        count.warp_turns(&cloth.lift, &masks);
        count
    }

    /// A pick: its weft, and what is seen of it; `open` are the ends nothing covers yet.
    fn pick(&mut self, cloth: &Cloth, p: usize, weft: Option<&Weft>, whole: &[u64], open: &mut [u64]) {
        let (row, y) = (cloth.lift.row(p), usize::from(cloth.weft[p]));
        let exists = weft.map_or(whole, |w| &w.bits);
        self.picks[y] += 1;
        self.crossed[y] += ones(exists.iter().copied());
        let before = |w: usize| if w == 0 { row[0] << 63 } else { row[w - 1] };
        let turned = |w: usize| (row[w] ^ (row[w] << 1 | before(w) >> 63)) & exists[w];
        self.weft_turns[y] += ones((0..row.len()).map(turned));
        for (w, open) in open.iter_mut().enumerate() {
            let shown = !row[w] & exists[w] & *open;
            self.seen[y] += u64::from(shown.count_ones());
            *open &= !shown;
        }
    }

    fn warp_turns(&mut self, lift: &Lift, masks: &[(usize, Vec<u64>)]) {
        for p in 0..lift.picks() {
            // The repeat goes on: the last pick is before the first.
            let (row, before) = (lift.row(p), lift.row(if p == 0 { lift.picks() - 1 } else { p - 1 }));
            for (y, mask) in masks {
                let turned = row.iter().zip(before).zip(mask).map(|((r, b), m)| (r ^ b) & m);
                self.warp_turns[*y] += ones(turned);
            }
        }
    }
}

/// The ends whose crossings make the face: the main ones. Binder ends are thin, and lie between them.
fn face(cloth: &Cloth, existing: &Existing<'_>) -> Vec<u64> {
    let mut face = vec![0; existing.whole().len()];
    for (e, _) in cloth.warp.iter().enumerate().filter(|(_, end)| end.1 == End::Main) {
        face[e / 64] |= 1 << (e % 64);
    }
    if face.iter().all(|word| *word == 0) { existing.whole().to_vec() } else { face }
}

/// The ends of each yarn, a bit an end.
fn masks(cloth: &Cloth) -> Vec<(usize, Vec<u64>)> {
    let mut masks: Vec<(usize, Vec<u64>)> = Vec::new();
    for (e, &(y, _)) in cloth.warp.iter().enumerate() {
        let at = masks.iter().position(|m| m.0 == usize::from(y)).unwrap_or(masks.len());
        if at == masks.len() {
            masks.push((usize::from(y), vec![0; cloth.lift.ends().div_ceil(64)]));
        }
        masks[at].1[e / 64] |= 1 << (e % 64);
    }
    masks
}

/// The most bobbins at work in one pass: stretches of brocading wefts.
pub fn bobbins(cloth: &Cloth) -> usize {
    let stretches = |p: u32| match cloth.spans.get(p as usize) {
        Some(Some(spans)) => tidy(spans, cloth.lift.ends()).len(),
        _ => 0,
    };
    cloth.passes.windows(2).map(|w| (w[0]..w[1]).map(stretches).sum()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;
    use crate::weave::samples::cloth;
    use crate::weave::samples::{random_lift, random_spans};

    fn exists(cloth: &Cloth, p: usize, e: usize) -> bool {
        let inside = |s: &Vec<(u32, u32)>| s.iter().any(|&(a, b)| (a as usize..b as usize).contains(&e));
        cloth.spans.get(p).and_then(|s| s.as_ref()).is_none_or(inside)
    }

    #[test]
    fn counts_agree_with_looking_at_every_crossing() {
        let mut random = Random::new("yarn");
        for round in 0..120 {
            let (ends, picks) = ([1, 9, 64, 65, 130][round % 5], 1 + random.below(20));
            let spans = random_spans(&mut random, ends, picks);
            let mut cloth = cloth(random_lift(&mut random, ends, picks), 1 + random.below(3), spans);
            cloth.warp.iter_mut().for_each(|w| w.0 = random.below(3) as u8);
            let (mut seen, mut crossed, mut weft, mut warp) = ([0; 4], [0; 4], [0; 4], [0; 4]);
            for pass in cloth.passes.windows(2) {
                let main = |e: &usize| cloth.warp[*e].1 == End::Main;
                let none = !(0..ends).any(|e| main(&e));
                for e in (0..ends).filter(|e| none || main(e)) {
                    let over = |&p: &u32| exists(&cloth, p as usize, e) && !cloth.lift.is_up(p as usize, e);
                    let yarn = (pass[0]..pass[1])
                        .rev()
                        .find(over)
                        .map_or(cloth.warp[e].0, |p| cloth.weft[p as usize]);
                    seen[usize::from(yarn)] += 1;
                }
            }
            for p in 0..picks {
                let y = usize::from(cloth.weft[p]);
                for e in 0..ends {
                    crossed[y] += u64::from(exists(&cloth, p, e));
                    let turns = e > 0 && cloth.lift.is_up(p, e) != cloth.lift.is_up(p, e - 1);
                    weft[y] += u64::from(turns && exists(&cloth, p, e));
                    let above = cloth.lift.is_up((p + picks - 1) % picks, e);
                    warp[usize::from(cloth.warp[e].0)] += u64::from(above != cloth.lift.is_up(p, e));
                }
            }
            let count = Count::new(&cloth);
            assert_eq!((count.seen, count.crossed), (seen.to_vec(), crossed.to_vec()), "{random}");
            assert_eq!((count.weft_turns, count.warp_turns), (weft.to_vec(), warp.to_vec()), "{random}");
        }
    }

    #[test]
    fn a_plain_cloth_weighs_what_it_should() {
        let mut plain = cloth(Lift::new(600, 400), 1, vec![]);
        (0..600 * 400).for_each(|i| plain.lift.set(i / 600, i % 600, (i / 600 + i % 600) % 2 == 0));
        let flat = sheet(&plain, TakeUp { warp: Some(0.0), weft: Some(0.0) });
        // 600 ends of 10 cm and 400 picks of 10 cm, 8 tex.
        assert!((flat.width - 10.0).abs() < 1e-6 && (flat.height - 10.0).abs() < 1e-6);
        assert!(
            (flat.yarns[0].warp_metres - 60.0).abs() < 1e-6
                && (flat.yarns[1].weft_metres - 40.0).abs() < 1e-6
        );
        assert!((flat.weight - 80.0).abs() < 1e-3, "{}", flat.weight);
        assert!((flat.yarns.iter().map(|y| y.share).sum::<f64>() - 1.0).abs() < 1e-9);
        let bent = sheet(&plain, TakeUp::default());
        let longer = bent.grams / flat.grams;
        assert!(longer > 1.02 && longer < 1.3, "{longer}");
    }
}
