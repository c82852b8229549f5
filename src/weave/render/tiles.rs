//! Tables of what a crossing looks like: for each yarn and direction, each place in a float and each pose.

use super::dress::{Wardrobe, usual};
use super::dye::Dye;
use super::face::Face;
use super::fibre::{Optics, dressed};
use super::light::Light;
use super::shade::{CLASSES, Lit, MIDDLE, POSES, Shade, Station};
use super::survey::{Shares, survey};
use crate::weave::cloth::Cloth;

/// The tables.
pub(super) struct Tiles {
    /// Samples a crossing, across the picture and down.
    grain: (usize, usize),
    /// RGB samples: crossing after crossing, each `grain.1` rows of `grain.0` samples.
    samples: Vec<f32>,
    /// Where the tables of a yarn begin: weft and warp, dull and bright side.
    starts: Vec<[[u32; 2]; 2]>,
}

/// No such table.
pub(super) const NONE: u32 = u32::MAX;

impl Tiles {
    /// The tables of all yarns of a cloth under a light.
    pub(super) fn new(
        cloth: &Cloth,
        face: &Face,
        light: &Light,
        grain: (usize, usize),
        wardrobe: &Wardrobe,
    ) -> Self {
        let seen = survey(cloth, face);
        let mut tiles = Self { grain, samples: Vec::new(), starts: vec![[[NONE; 2]; 2]; cloth.yarns.len()] };
        for warp in [false, true] {
            let looks: Vec<Optics> = cloth.yarns.iter().map(|yarn| dressed(cloth, yarn, warp)).collect();
            let mut done = vec![false; looks.len()];
            for first in 0..looks.len() {
                if done[first] || seen[first][usize::from(warp)].is_none() {
                    continue;
                }
                let field = tiles.field(&Lit::new(light, warp, looks[first]), warp);
                for yarn in first..looks.len() {
                    let Some(shares) = &seen[yarn][usize::from(warp)] else { continue };
                    if looks[yarn] == looks[first] {
                        tiles.add(cloth, (yarn, warp), (looks[yarn], shares), &field, wardrobe);
                        done[yarn] = true;
                    }
                }
            }
        }
        tiles
    }

    /// No tables at all, where crossings are drawn from the threads themselves.
    pub(super) fn none(grain: (usize, usize)) -> Self {
        Self { grain, samples: Vec::new(), starts: Vec::new() }
    }

    pub(super) fn grain(&self) -> (usize, usize) {
        self.grain
    }

    /// Row `sub` of the table that begins there.
    pub(super) fn row(&self, start: u32, sub: usize) -> &[f32] {
        let wide = self.grain.0 * 3;
        &self.samples[start as usize + sub * wide..][..wide]
    }

    /// Where the table of a crossing begins, and of its bright side.
    pub(super) fn find(&self, yarn: u8, warp: bool, class: u8, pose: usize) -> (u32, u32) {
        let Some(starts) = self.starts.get(usize::from(yarn)) else { return (NONE, NONE) };
        let [dull, bright] = starts[usize::from(warp)];
        let skip = ((usize::from(class) * POSES + pose) * self.grain.0 * self.grain.1 * 3) as u32;
        (dull + skip, if bright == NONE { NONE } else { bright + skip })
    }

    fn add(
        &mut self,
        cloth: &Cloth,
        (yarn, warp): (usize, bool),
        (look, shares): (Optics, &Shares),
        field: &[Shade],
        wardrobe: &Wardrobe,
    ) {
        let dyes = wardrobe.dyes(&cloth.yarns[yarn], warp, &usual(warp, look, shares));
        let mut store = |dye: Dye| {
            let start = self.samples.len() as u32;
            self.samples.extend(field.iter().flat_map(|&shade| dye.colour(shade)));
            start
        };
        self.starts[yarn][usize::from(warp)] = [store(dyes.dull), dyes.bright.map_or(NONE, store)];
    }

    /// The shades of all crossings, each the mean over its sample.
    fn field(&self, lit: &Lit, warp: bool) -> Vec<Shade> {
        let (across, down) = self.grain;
        let (long, wide) = if warp { (down, across) } else { (across, down) };
        let (fine_long, fine_wide) = (6usize.div_ceil(long), 12usize.div_ceil(wide).max(2));
        let mut field = Vec::with_capacity(CLASSES * POSES * across * down);
        for class in 0..CLASSES {
            let place = |i: usize| (i as f32 + 0.5) / (long * fine_long) as f32;
            let stations: Vec<Station> =
                (0..long * fine_long).map(|i| lit.station(class, place(i))).collect();
            for pose in 0..POSES {
                for sample in 0..across * down {
                    let (x, y) = (sample % across, sample / across);
                    let (u, v) = if warp { (y, x) } else { (x, y) };
                    let stations = &stations[u * fine_long..][..fine_long];
                    field.push(mean(lit, stations, pose, (v, wide, fine_wide)));
                }
            }
        }
        even(&mut field, across * down);
        field
    }
}

/// The mean of the shades at some stations, over sample `v` of `wide` across the thread.
fn mean(lit: &Lit, stations: &[Station], pose: usize, (v, wide, fine): (usize, usize, usize)) -> Shade {
    let (mut sum, share) = (Shade::default(), 1.0 / (stations.len() * fine) as f32);
    for station in stations {
        for i in 0..fine {
            let shade = lit.at(station, pose, (v as f32 + (i as f32 + 0.5) / fine as f32) / wide as f32);
            sum.body += shade.body * share;
            sum.sheen += shade.sheen * share;
        }
    }
    sum
}

/// Give all poses of a crossing the same mean: what a thread leaves bare when it lies aside its neighbours cover.
fn even(field: &mut [Shade], samples: usize) {
    let sum = |shades: &[Shade], of: fn(&Shade) -> f32| shades.iter().map(of).sum::<f32>().max(1e-6);
    for class in field.chunks_exact_mut(POSES * samples) {
        let middle = &class[MIDDLE * samples..][..samples];
        let (body, sheen) = (sum(middle, |s| s.body), sum(middle, |s| s.sheen));
        for pose in class.chunks_exact_mut(samples) {
            let (body, sheen) = (body / sum(pose, |s| s.body), sheen / sum(pose, |s| s.sheen));
            pose.iter_mut().for_each(|shade| *shade = shade.times(body, sheen));
        }
    }
}
