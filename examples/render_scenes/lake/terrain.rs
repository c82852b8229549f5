//! Towers of limestone around a lake: a field of heights, worn by water, and rays that walk over it.

use super::worn::wear;
use crate::lens::Ray;
use crate::maths::{V2, V3, pow, ramp, v2, v3};
use crate::noise::{Dice, chance, fbm, ridges, value};

/// Cells a side, metres a cell, and where the field begins.
const CELLS: usize = 1200;
const CELL: f32 = 2.7;
const ORIGIN: V2 = v2(-1620.0, 90.0);
/// Cells a side of a tile, whose highest point is known.
const TILE: usize = 16;

pub(super) struct Terrain {
    height: Vec<f32>,
    /// Which tower a cell belongs to.
    owner: Vec<u16>,
    /// Below this height the sun is hidden.
    shade: Vec<f32>,
    tiles: Vec<f32>,
    top: f32,
}

struct Tower {
    centre: V2,
    radius: f32,
    high: f32,
    stretch: f32,
    turn: f32,
    seed: u32,
}

impl Terrain {
    pub(super) fn new(seed: u32, sun: V3) -> Self {
        let towers = towers(seed);
        let (mut height, mut owner) = (Vec::new(), Vec::new());
        for n in 0..CELLS * CELLS {
            let p = ORIGIN + v2((n % CELLS) as f32, (n / CELLS) as f32) * CELL;
            let (h, tower) = raw(p, &towers, seed);
            height.push(h);
            owner.push(tower);
        }
        wear(&mut height, CELLS, CELL);
        let shade = shade(&height, sun);
        let tiles = tiles(&height);
        let top = tiles.iter().copied().fold(0.0, f32::max);
        Self { height, owner, shade, tiles, top }
    }

    /// The bare rock's height, between cells.
    pub(super) fn height(&self, p: V2) -> f32 {
        between(&self.height, p, -4.0)
    }

    /// How much of the sun reaches a point: hidden below the shadow's edge, which widens with the sun's disc.
    pub(super) fn sunlit(&self, p: V3) -> f32 {
        let edge = between(&self.shade, v2(p.x, p.z), -50.0);
        ramp(-6.0, 9.0, p.y - edge)
    }

    pub(super) fn owner(&self, p: V3) -> u16 {
        cell(v2(p.x, p.z)).map_or(0, |n| self.owner[n])
    }

    /// Rock and the crowns of the trees on it.
    fn grown(&self, p: V2) -> f32 {
        let h = self.height(p);
        if h < -1.0 { h } else { h + crowns(p) * ramp(-1.0, 4.0, h) }
    }

    pub(super) fn normal(&self, p: V3, reach: f32) -> V3 {
        let at = |dx: f32, dz: f32| self.grown(v2(p.x + dx, p.z + dz));
        let (x, z) = (at(reach, 0.0) - at(-reach, 0.0), at(0.0, reach) - at(0.0, -reach));
        v3(-x, 2.0 * reach, -z).unit()
    }

    /// How far a ray goes until it meets the ground, if it does before `far`.
    pub(super) fn meet(&self, ray: Ray, far: f32) -> Option<f32> {
        let mut t = ((ORIGIN.y - ray.from.z) / ray.to.z.max(1e-4)).max(0.0);
        let mut last = t;
        for _ in 0..3000 {
            let p = ray.at(t);
            if t > far || (p.y > self.top + 8.0 && ray.to.y >= 0.0) || p.y < -5.0 {
                return None;
            }
            let flat = v2(p.x, p.z);
            let clear = p.y - self.tile(flat) - 7.0;
            if clear > 0.0 {
                last = t;
                t += leave_tile(ray, p).min(clear / (-ray.to.y).max(1e-6)) + 0.05;
                continue;
            }
            let above = p.y - self.height(flat);
            let above = if above < 8.0 { p.y - self.grown(flat) } else { above - 7.0 };
            if above < 0.0 {
                return Some(self.refine(ray, last, t));
            }
            last = t;
            t += (above * 0.28).max(0.0007 * t);
        }
        None
    }

    fn refine(&self, ray: Ray, mut low: f32, mut high: f32) -> f32 {
        for _ in 0..8 {
            let middle = (low + high) * 0.5;
            let p = ray.at(middle);
            if p.y < self.grown(v2(p.x, p.z)) { high = middle } else { low = middle }
        }
        high
    }

    fn tile(&self, p: V2) -> f32 {
        let q = (p - ORIGIN) * (1.0 / (CELL * TILE as f32));
        let wide = CELLS / TILE;
        if q.x < 0.0 || q.y < 0.0 || q.x >= wide as f32 || q.y >= wide as f32 {
            return -4.0;
        }
        self.tiles[q.y as usize * wide + q.x as usize]
    }
}

fn leave_tile(ray: Ray, p: V3) -> f32 {
    let side = CELL * TILE as f32;
    let axis = |at: f32, to: f32| {
        let within = at.rem_euclid(side);
        if to > 1e-6 {
            (side - within) / to
        } else if to < -1e-6 {
            within / -to
        } else {
            f32::MAX
        }
    };
    axis(p.x - ORIGIN.x, ray.to.x).min(axis(p.z - ORIGIN.y, ray.to.z))
}

fn cell(p: V2) -> Option<usize> {
    let q = (p - ORIGIN) * (1.0 / CELL);
    let inside = q.x >= 0.0 && q.y >= 0.0 && q.x < (CELLS - 1) as f32 && q.y < (CELLS - 1) as f32;
    inside.then(|| q.y as usize * CELLS + q.x as usize)
}

fn between(field: &[f32], p: V2, outside: f32) -> f32 {
    let Some(n) = cell(p) else { return outside };
    let q = (p - ORIGIN) * (1.0 / CELL);
    let (fx, fy) = (q.x.fract(), q.y.fract());
    let top = field[n] + (field[n + 1] - field[n]) * fx;
    let bottom = field[n + CELLS] + (field[n + CELLS + 1] - field[n + CELLS]) * fx;
    top + (bottom - top) * fy
}

/// The towers that make the composition, then rows and rows of others, denser and taller with distance.
fn towers(seed: u32) -> Vec<Tower> {
    const CHOSEN: [(f32, f32, f32, f32); 9] = [
        (-238.0, 470.0, 92.0, 168.0),
        (-150.0, 560.0, 58.0, 112.0),
        (-345.0, 560.0, 80.0, 205.0),
        (262.0, 640.0, 66.0, 118.0),
        (345.0, 700.0, 84.0, 196.0),
        (-95.0, 860.0, 74.0, 176.0),
        (40.0, 1180.0, 96.0, 206.0),
        (205.0, 1060.0, 70.0, 158.0),
        (-250.0, 1150.0, 90.0, 262.0),
    ];
    let mut dice = Dice(u64::from(seed) * 977 + 5);
    let mut towers: Vec<Tower> = CHOSEN
        .iter()
        .map(|&(x, z, radius, high)| Tower {
            centre: v2(x, z),
            radius,
            high,
            stretch: dice.between(0.8, 1.25),
            turn: dice.between(0.0, 3.0),
            seed: (dice.unit() * 1e6) as u32,
        })
        .collect();
    for row in 0..13 {
        let z = 760.0 + 190.0 * row as f32;
        let count = 5 + row;
        for n in 0..count {
            let x = ((n as f32 + dice.between(0.1, 0.9)) / count as f32 - 0.5) * z * 1.5;
            let middle = (x / z + 0.03).abs();
            let tower = Tower {
                centre: v2(x, z + dice.between(-80.0, 80.0)),
                radius: dice.between(55.0, 105.0),
                high: (0.10 * z + dice.between(40.0, 150.0)) * ramp(-0.12, 0.26, middle),
                stretch: dice.between(0.75, 1.3),
                turn: dice.between(0.0, 3.0),
                seed: (dice.unit() * 1e6) as u32,
            };
            if row > 2 || middle > 0.2 {
                towers.push(tower);
            }
        }
    }
    towers
}

/// Height before wear, and the tower that rules there.
fn raw(p: V2, towers: &[Tower], seed: u32) -> (f32, u16) {
    let shore = fbm(p * 0.006, 4, seed ^ 11);
    let floor = -3.2 + 4.5 * shore + 7.0 * ramp(700.0, 1500.0, p.y);
    let warp = v2(fbm(p * 0.012, 4, seed ^ 21), fbm(p * 0.012, 4, seed ^ 22)) * 34.0;
    let crags = ridges(p * 0.017, 5, seed ^ 31);
    let (mut best, mut owner) = (floor, 0);
    for (n, tower) in towers.iter().enumerate() {
        let d = p - tower.centre;
        if d.dot(d) > tower.radius * tower.radius * 5.0 {
            continue;
        }
        let q = (d + warp).turned(tower.turn);
        let r = v2(q.x * tower.stretch, q.y / tower.stretch).length() / tower.radius;
        let dome = pow((1.0 - r * r).max(0.0), 0.62);
        let skirt = 0.2 * ramp(1.75, 0.4, r);
        let lumps = 0.86 + 0.22 * value(p * 0.021, tower.seed) + 0.34 * (crags - 0.55);
        let h = floor + tower.high * (dome * lumps * 0.86 + skirt);
        if h > best {
            (best, owner) = (h, n as u16 + 1);
        }
    }
    (best, owner)
}

/// Round crowns of trees, each in its own cell of a jittered grid, and smaller ones between.
fn crowns(p: V2) -> f32 {
    let layer = |size: f32, high: f32, seed: u32| {
        let q = p * (1.0 / size);
        let (ix, iy) = (q.x.floor() as i32, q.y.floor() as i32);
        let mut best = 0.0_f32;
        for n in 0..9 {
            let (x, y) = (ix + n % 3 - 1, iy + n / 3 - 1);
            let centre = v2(x as f32 + chance(x, y, seed), y as f32 + chance(x, y, seed ^ 1));
            let d = q - centre;
            let grown = 0.45 + 0.55 * chance(x, y, seed ^ 2);
            best = best.max((1.0 - d.dot(d) * 1.9) * grown);
        }
        best * high
    };
    layer(7.5, 7.5, 301).max(layer(3.6, 3.8, 302))
}

/// Sweeps from the sun's side: the shadow's edge sinks as it runs away from what casts it.
fn shade(height: &[f32], sun: V3) -> Vec<f32> {
    let mut shade = vec![-50.0_f32; CELLS * CELLS];
    let (across, down) = (sun.x / sun.z, CELL * sun.y / sun.z);
    for y in (0..CELLS - 1).rev() {
        for x in 0..CELLS {
            let from = (x as f32 + across).clamp(0.0, (CELLS - 2) as f32);
            let n = (y + 1) * CELLS + from as usize;
            let edge = |n: usize| shade[n].max(height[n] + 4.0);
            let behind = edge(n) + (edge(n + 1) - edge(n)) * from.fract();
            shade[y * CELLS + x] = behind - down;
        }
    }
    shade
}

fn tiles(height: &[f32]) -> Vec<f32> {
    let wide = CELLS / TILE;
    let highest = |tile: usize| {
        let (x, y) = (tile % wide * TILE, tile / wide * TILE);
        let cells = (0..=TILE).flat_map(|dy| (0..=TILE).map(move |dx| (x + dx, y + dy)));
        let inside = cells.filter(|&(x, y)| x < CELLS && y < CELLS);
        inside.map(|(x, y)| height[y * CELLS + x]).fold(-4.0, f32::max)
    };
    (0..wide * wide).map(highest).collect()
}
