//! The near view: each sample of a crossing shows the highest of the threads that meet there.

use super::arc::{Point, ways};
use super::cells::Cells;
use super::dress::{Dyes, Wardrobe};
use super::face::Face;
use super::fibre::{dressed, two_faced};
use super::light::Light;
use super::math::mix;
use super::shade::{Lit, Shade};
use super::strand::{MEET, Spot, Strand};
use super::temper::Temper;
use crate::weave::cloth::Cloth;

/// A yarn as weft or as warp.
pub(super) struct Look {
    pub(super) lit: Lit,
    /// Half the width in pitches.
    pub(super) half: f32,
    pub(super) metal: bool,
}

/// The yarns of a cloth as they are drawn near.
pub(super) struct Near {
    grain: (usize, usize),
    /// Of wefts and of warps.
    ways: [Vec<Point>; 2],
    looks: Vec<[Look; 2]>,
    dyes: Vec<[Dyes; 2]>,
}

/// What is seen at a sample.
struct Seen<'a> {
    strand: &'a Strand,
    shade: Shade,
    /// The part of the sample it fills.
    share: f32,
    /// Where the sample is along the thread.
    along: f32,
}

/// Room that drawing needs.
#[derive(Default)]
pub(super) struct Room {
    strands: Vec<Strand>,
}

/// A thread that covers a sample.
#[derive(Clone, Copy)]
struct Hit {
    height: f32,
    strand: usize,
    side: f32,
    cover: f32,
}

const NOTHING: Hit = Hit { height: f32::MIN, strand: usize::MAX, side: 0.0, cover: 0.0 };

/// Half the width of the thinnest and of the thickest threads, in pitches. What is seen of each has to stay near its
/// share of the crossings, or the cloth would not have the colour of the design.
const THIN: f32 = 0.48;
const THICK: f32 = 0.57;
/// How much higher the middle of a thread is than its sides.
const BULGE: f32 = 0.3;
/// Threads nearer in height than this mingle.
const MINGLE: f32 = 0.08;
/// How far the shadow of a thread reaches beside it.
const SHADOW: f32 = 0.16;

impl Near {
    /// The yarns of a cloth under a light.
    pub(super) fn new(
        cloth: &Cloth,
        face: &Face,
        light: &Light,
        grain: (usize, usize),
        (temper, wardrobe): (&Temper, &Wardrobe),
    ) -> Self {
        let shades = Self::undyed(cloth, &Light::default(), SURVEY).survey(cloth, face, temper);
        let dyes = cloth.yarns.iter().zip(&shades).map(|(yarn, seen)| {
            [false, true].map(|warp| wardrobe.dyes(yarn, warp, &shared(&seen[usize::from(warp)])))
        });
        Self { dyes: dyes.collect(), ..Self::undyed(cloth, light, grain) }
    }

    fn undyed(cloth: &Cloth, light: &Light, grain: (usize, usize)) -> Self {
        let looks = cloth.yarns.iter().map(|yarn| {
            [false, true].map(|warp| {
                let optics = dressed(cloth, yarn, warp);
                let half = (0.5 * optics.width).clamp(THIN, THICK);
                let lit = Lit::new(light, warp, optics);
                Look { half, metal: two_faced(yarn.fibre), lit }
            })
        });
        let (across, down) = grain;
        let dyes = vec![<[Dyes; 2]>::default(); cloth.yarns.len()];
        Self { grain, ways: [ways(across), ways(down)], looks: looks.collect(), dyes }
    }

    pub(super) fn look(&self, yarn: u8, warp: bool) -> &Look {
        &self.looks[usize::from(yarn)][usize::from(warp)]
    }

    /// Samples of a crossing along a thread and across it, and the points of one kind of crossing.
    pub(super) fn points(&self, warp: bool, way: usize) -> ((usize, usize), &[Point]) {
        let (across, down) = self.grain;
        let (long, wide) = if warp { (down, across) } else { (across, down) };
        ((long, wide), &self.ways[usize::from(warp)][way * long..][..long])
    }

    /// The shades seen of each yarn, in crossings from all over the cloth.
    fn survey(&self, cloth: &Cloth, face: &Face, temper: &Temper) -> Vec<[Vec<Shade>; 2]> {
        const LINES: usize = 40;
        let mut shades: Vec<[Vec<Shade>; 2]> = cloth.yarns.iter().map(|_| Default::default()).collect();
        let (mut rows, mut room) = (Default::default(), Room::default());
        let (lines, across) = (LINES.min(face.rows()), LINES.min(face.columns()));
        for line in 0..lines {
            let row = (line * face.rows() / lines + line % 3).min(face.rows() - 1);
            Cells::three(&mut rows, cloth, face, row);
            for i in 0..across {
                let column = (i * face.columns() / across + line * 7) % face.columns();
                let (place, row) = (1000 + column as u32, 1000 + row as u32);
                let spot = Spot { temper, rows: &rows, place, row, column, fold: [1.0; 2] };
                self.each(&spot, &mut room, |_, seen| {
                    if seen.share > 0.4 {
                        shades[usize::from(seen.strand.yarn)][usize::from(seen.strand.warp)].push(seen.shade);
                    }
                });
            }
        }
        shades
    }

    /// Draw a crossing into the black block that begins with its first sample; its rows are `stride` values apart.
    pub(super) fn draw(&self, spot: &Spot<'_>, room: &mut Room, block: &mut [f32], stride: usize) {
        self.each(spot, room, |(x, y), seen| {
            let strand = seen.strand;
            let dyes = &self.dyes[usize::from(strand.yarn)][usize::from(strand.warp)];
            let mut colour = dyes.dull.colour(seen.shade);
            if let Some(bright) = &dyes.bright {
                let (bright, facing) = (bright.colour(seen.shade), mix(strand.facing, seen.along));
                colour = [0, 1, 2].map(|i| mix([colour[i], bright[i]], facing));
            }
            let gain = seen.share * mix(strand.gain, seen.along);
            let out = &mut block[y * stride + x * 3..][..3];
            for (out, colour) in out.iter_mut().zip(colour) {
                *out += colour * gain;
            }
        });
    }

    /// What is seen at each sample of a crossing: one thread, or two where it shows the border between them.
    fn each(&self, spot: &Spot<'_>, room: &mut Room, mut see: impl FnMut((usize, usize), Seen<'_>)) {
        let strands = &mut room.strands;
        spot.strands(self, strands);
        debug_assert!(strands.len() <= MEET);
        let (across, down) = self.grain;
        for (x, y) in (0..down).flat_map(|y| (0..across).map(move |x| (x, y))) {
            let ([front, back], cast) = self.highest(strands, (x, y));
            let apart = ((front.height - back.height) / MINGLE).min(1.0);
            let share = if back.cover == 0.0 { 1.0 } else { front.cover * (0.5 + 0.5 * apart) };
            for (hit, share) in [(front, share), (back, 1.0 - share)] {
                if share > 0.0 {
                    let strand = &strands[hit.strand];
                    let (at, long) = if strand.warp { (y, down) } else { (x, across) };
                    let along = (at as f32 + 0.5) / long as f32;
                    let shade = self.shade(strand, &hit, (at, along), cast);
                    see((x, y), Seen { strand, shade, share, along });
                }
            }
        }
    }

    /// The two highest threads at a sample, and how deep the shadow of those beside it is.
    #[inline]
    fn highest(&self, strands: &[Strand], (x, y): (usize, usize)) -> ([Hit; 2], f32) {
        let (mut front, mut back, mut cast) = (NOTHING, NOTHING, 0.0f32);
        let (across, down) = self.grain;
        for (i, strand) in strands.iter().enumerate() {
            let (along, wide, count) = if strand.warp { (y, x, across) } else { (x, y, down) };
            let (step, count) = (&strand.steps[along], count as f32);
            let away = (wide as f32 + 0.5) / count - step.spine;
            // What lies beneath closes every hole.
            let cover = if i == 1 { 1.0 } else { ((step.half - away.abs()) * count + 0.5).clamp(0.0, 1.0) };
            let height = step.point.height + strand.lift;
            if cover == 0.0 {
                let near = 1.0 - (away.abs() - step.half) / SHADOW;
                cast = cast.max(near.max(0.0) * (height + 0.1).clamp(0.0, 1.0));
                continue;
            }
            let side = (away / step.half).clamp(-0.97, 0.97);
            let hit = Hit { height: height + BULGE * (1.0 - side * side).sqrt(), strand: i, side, cover };
            if hit.height > front.height {
                (front, back) = (hit, front);
            } else if hit.height > back.height {
                back = hit;
            }
        }
        ([front, back], cast)
    }

    fn shade(&self, strand: &Strand, hit: &Hit, (at, along): (usize, f32), cast: f32) -> Shade {
        let (lit, point) = (&self.look(strand.yarn, strand.warp).lit, strand.steps[at].point);
        let open = ((point.height + 0.22) / 0.6).clamp(0.0, 1.0);
        let open = 0.30 + 0.70 * open * (2.0 - open);
        let hidden = 1.0 - 0.5 * cast * (1.0 - (hit.height * 0.8).clamp(0.0, 0.8));
        let square = hit.side * hit.side;
        let dark = open * hidden * (1.0 - 0.6 * lit.optics().trough * square * square);
        let (body, sheen) = strand.streaks.at(along, hit.side);
        lit.point(hit.side, point.slope).times(dark * body, dark * sheen)
    }
}

/// Samples of a crossing when the cloth is surveyed.
const SURVEY: (usize, usize) = (8, 8);

/// Shades with equal shares; a yarn that was not met is taken for one that lies open.
fn shared(shades: &[Shade]) -> Vec<(Shade, f32)> {
    if shades.is_empty() {
        return vec![(Shade { body: 1.0, sheen: 0.2 }, 1.0)];
    }
    let share = 1.0 / shades.len() as f32;
    shades.iter().map(|&shade| (shade, share)).collect()
}
