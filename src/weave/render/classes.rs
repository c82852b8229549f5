//! Where in its float each crossing of a pass is.

use super::face::Face;
use super::shade::REACH;

/// The kind of each crossing of a pass: how many crossings of its float are before and after it.
#[derive(Default)]
pub(super) struct Classes {
    class: Vec<u8>,
    before: Vec<u8>,
    after: Vec<u8>,
    alive: Vec<u8>,
}

impl Classes {
    pub(super) fn of(&self) -> &[u8] {
        &self.class
    }

    pub(super) fn fill(&mut self, face: &Face, row: usize) {
        let tops = face.tops_of(row);
        self.wefts(tops);
        self.warps(face, row);
        self.class.clear();
        let pairs = self.before.iter().zip(&self.after);
        self.class.extend(pairs.map(|(&before, &after)| before * (REACH as u8 + 1) + after));
    }

    /// Weft floats end where another pick is on top or the warp is up; under a thin binder the weft goes on.
    fn wefts(&mut self, tops: &[u8]) {
        let count = tops.len();
        self.before.clear();
        self.before.resize(count, 0);
        self.after.clear();
        self.after.resize(count, 0);
        let joined = |a: usize, b: usize| tops[a] == tops[b];
        let mut run = 0;
        for step in 0..count + REACH {
            let column = (step + count * REACH - REACH) % count;
            let last = (column + count - 1) % count;
            run = if joined(last, column) { (run + 1).min(REACH as u8) } else { 0 };
            self.before[column] = run;
        }
        run = 0;
        for step in (0..count + REACH).rev() {
            let column = step % count;
            let next = (column + 1) % count;
            run = if joined(column, next) { (run + 1).min(REACH as u8) } else { 0 };
            self.after[column] = run;
        }
    }

    /// Warp floats run down the picture: count the passes above and below that show the warp too.
    fn warps(&mut self, face: &Face, row: usize) {
        let (rows, tops) = (face.rows(), face.tops_of(row));
        for (counts, down) in [(&mut self.before, false), (&mut self.after, true)] {
            self.alive.clear();
            self.alive.extend(tops.iter().map(|&top| u8::from(top == 0)));
            for (count, &alive) in counts.iter_mut().zip(&self.alive) {
                *count *= 1 - alive;
            }
            for step in 1..=REACH {
                let other = if down { row + step } else { row + rows * REACH - step } % rows;
                let beside = face.tops_of(other);
                for ((count, alive), &top) in counts.iter_mut().zip(&mut self.alive).zip(beside) {
                    *alive &= u8::from(top == 0);
                    *count += *alive;
                }
            }
        }
    }
}

/// How many more crossings the float of a crossing has, as far as it is told apart.
pub(super) fn float(class: u8) -> u8 {
    class / (REACH as u8 + 1) + class % (REACH as u8 + 1)
}
