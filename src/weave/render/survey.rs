//! What is seen of each yarn: the kinds of crossing in which it is on top, and how often.

use super::cells::Cells;
use super::face::Face;
use super::shade::CLASSES;
use crate::weave::cloth::Cloth;

/// The share of each kind of crossing among those a yarn shows.
pub(super) type Shares = [f32; CLASSES];

/// About so many crossings are enough to know what is seen of a yarn.
const SURVEYED: usize = 200_000;

/// What is seen of each yarn as weft and as warp; `None`: nothing.
pub(super) fn survey(cloth: &Cloth, face: &Face) -> Vec<[Option<Shares>; 2]> {
    let mut counts = vec![[None; 2]; cloth.yarns.len()];
    let ends = cloth.warp.iter().map(|&(yarn, _)| (yarn, 1));
    // Whatever the survey misses is taken for plain weave.
    for (yarn, side) in ends.chain(cloth.weft.iter().map(|&yarn| (yarn, 0))) {
        counts[usize::from(yarn)][side].get_or_insert([0u32; CLASSES]);
    }
    let mut cells = Cells::default();
    let step = (face.rows() * face.columns() / SURVEYED).max(1) | 1;
    for row in (0..face.rows()).step_by(step) {
        cells.fill(cloth, face, row);
        for (&(yarn, warp), &class) in cells.looks.iter().zip(&cells.classes) {
            let shares = counts[usize::from(yarn)][usize::from(warp)].get_or_insert([0u32; CLASSES]);
            shares[usize::from(class)] += 1;
        }
    }
    counts.iter().map(|sides| sides.map(|side| side.map(|counts| shares(&counts)))).collect()
}

fn shares(counts: &[u32; CLASSES]) -> Shares {
    let all = counts.iter().map(|&count| count as f32).sum::<f32>();
    let mut shares = counts.map(|count| count as f32 / all.max(1.0));
    if all == 0.0 {
        shares[0] = 1.0;
    }
    shares
}
