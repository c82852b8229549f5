//! How many edge pixels of one map have a partner of their own in another.
//!
//! The Berkeley protocol (Martin, Fowlkes and Malik, "Learning to Detect Natural Image Boundaries Using Local
//! Brightness, Color, and Texture Cues", 2004) pairs found pixels with true ones, each at most once and none farther
//! than a tolerance, at the least cost, where a pixel left alone costs a hundred tolerances. Leaving one fewer alone
//! outweighs any distance a path of partners can save in practice, and only the number of pairs is counted, so pairs
//! are made as many as possible here: greedily from near to far, then along augmenting paths (Hopcroft and Karp 1973).

use std::collections::VecDeque;

/// Nobody.
const NONE: u32 = u32::MAX;

/// The places of edge pixels in a picture `width` wide.
pub(crate) struct Places {
    width: usize,
    height: usize,
    pub(crate) at: Vec<(i32, i32)>,
    /// The number of the edge pixel at each place.
    index: Vec<u32>,
}

impl Places {
    /// Those where `is_edge(x, y)`.
    pub(crate) fn new(width: usize, height: usize, is_edge: impl Fn(usize, usize) -> bool) -> Self {
        let (mut at, mut index) = (Vec::new(), vec![NONE; width * height]);
        for y in 0..height {
            for x in (0..width).filter(|x| is_edge(*x, y)) {
                index[y * width + x] = at.len() as u32;
                at.push((x as i32, y as i32));
            }
        }
        Self { width, height, at, index }
    }

    fn near(&self, (x, y): (i32, i32), (dx, dy): (i32, i32)) -> Option<u32> {
        let (x, y) = (x + dx, y + dy);
        let inside = (0..self.width as i32).contains(&x) && (0..self.height as i32).contains(&y);
        let found = if inside { self.index[y as usize * self.width + x as usize] } else { NONE };
        (found != NONE).then_some(found)
    }
}

/// The most pairs that can be made within `tolerance` pixels.
pub(crate) fn pairs(found: &Places, truth: &Places, tolerance: f64) -> usize {
    // Whichever has fewer pixels looks for partners: it leaves fewer alone to look for ways.
    let (found, truth) = if found.at.len() <= truth.at.len() { (found, truth) } else { (truth, found) };
    let offsets = offsets(tolerance);
    let mut pairing = Pairing {
        found,
        truth,
        offsets: &offsets,
        partner: vec![NONE; found.at.len()],
        taken: vec![NONE; truth.at.len()],
        depth: Vec::new(),
    };
    pairing.greedily();
    while pairing.layer() {
        for start in 0..found.at.len() as u32 {
            if pairing.partner[start as usize] == NONE {
                pairing.augment(start);
            }
        }
    }
    pairing.partner.iter().filter(|partner| **partner != NONE).count()
}

/// Steps to all places within a distance, nearest first.
fn offsets(tolerance: f64) -> Vec<(i32, i32)> {
    let reach = tolerance.floor() as i32;
    let square = |(x, y): (i32, i32)| x * x + y * y;
    let mut all: Vec<_> = (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y))).collect();
    all.retain(|offset| f64::from(square(*offset)) <= tolerance * tolerance);
    all.sort_by_key(|offset| (square(*offset), *offset));
    all
}

struct Pairing<'a> {
    found: &'a Places,
    truth: &'a Places,
    offsets: &'a [(i32, i32)],
    /// The true pixel of each found one, and the other way round.
    partner: Vec<u32>,
    taken: Vec<u32>,
    /// How many pairs lie between a found pixel and one that is alone.
    depth: Vec<u32>,
}

impl Pairing<'_> {
    fn greedily(&mut self) {
        for offset in self.offsets {
            for (i, place) in
                self.found.at.iter().enumerate().filter(|(i, _)| self.partner[*i] == NONE).collect::<Vec<_>>()
            {
                if let Some(j) = self.truth.near(*place, *offset)
                    && self.taken[j as usize] == NONE
                {
                    self.partner[i] = j;
                    self.taken[j as usize] = i as u32;
                }
            }
        }
    }

    /// Number the found pixels by their distance from those that are alone; is there a way to a true pixel that is?
    fn layer(&mut self) -> bool {
        self.depth = self.partner.iter().map(|partner| if *partner == NONE { 0 } else { NONE }).collect();
        let mut queue: VecDeque<u32> =
            (0..self.depth.len() as u32).filter(|i| self.depth[*i as usize] == 0).collect();
        let mut reached = NONE;
        while let Some(i) = queue.pop_front() {
            let depth = self.depth[i as usize];
            if depth >= reached {
                break;
            }
            for offset in self.offsets {
                let Some(j) = self.truth.near(self.found.at[i as usize], *offset) else { continue };
                match self.taken[j as usize] {
                    NONE => reached = depth + 1,
                    next if self.depth[next as usize] == NONE => {
                        self.depth[next as usize] = depth + 1;
                        queue.push_back(next);
                    }
                    _ => {}
                }
            }
        }
        reached != NONE
    }

    /// Find a way from `start` to a true pixel that is alone, layer by layer, and change partners along it.
    fn augment(&mut self, start: u32) -> bool {
        // The way so far: found pixels, and the next offset to try from each.
        let mut way = vec![(start, 0)];
        while let Some((i, next)) = way.last_mut() {
            let i = *i;
            let Some(offset) = self.offsets.get(*next) else {
                self.depth[i as usize] = NONE;
                way.pop();
                continue;
            };
            *next += 1;
            let Some(j) = self.truth.near(self.found.at[i as usize], *offset) else { continue };
            match self.taken[j as usize] {
                NONE => {
                    self.exchange(&way);
                    return true;
                }
                other if self.depth[other as usize] == self.depth[i as usize] + 1 => way.push((other, 0)),
                _ => {}
            }
        }
        false
    }

    /// Each found pixel on the way takes the true pixel it was looking at.
    fn exchange(&mut self, way: &[(u32, usize)]) {
        for (i, next) in way {
            let place = self.found.at[*i as usize];
            if let Some(j) = self.truth.near(place, self.offsets[next - 1]) {
                self.partner[*i as usize] = j;
                self.taken[j as usize] = *i;
            }
            self.depth[*i as usize] = NONE;
        }
    }
}
