//! Triangles, and ways to make them.

use std::collections::HashMap;

use crate::maths::{V3, cos, sin, v3};

/// Unit vectors of a thing whose top points along `up`.
pub(crate) fn upright(up: V3) -> [V3; 3] {
    let y = up.unit();
    let x = y.cross(v3(0.13, 0.21, 0.97)).unit();
    [x, y, x.cross(y)]
}

#[derive(Clone, Default)]
pub(crate) struct Mesh {
    pub(crate) places: Vec<V3>,
    pub(crate) normals: Vec<V3>,
    pub(crate) uvs: Vec<[f32; 2]>,
    pub(crate) triangles: Vec<[u32; 3]>,
}

impl Mesh {
    /// A sheet: `columns` × `rows` cells, bent by `shape`, which is given `u` and `v` from 0 to 1.
    pub(crate) fn sheet(columns: usize, rows: usize, shape: impl Fn(f32, f32) -> V3) -> Self {
        let mut mesh = Self::default();
        for row in 0..=rows {
            for column in 0..=columns {
                let (u, v) = (column as f32 / columns as f32, row as f32 / rows as f32);
                mesh.places.push(shape(u, v));
                mesh.uvs.push([u, v]);
            }
        }
        let line = columns + 1;
        for row in 0..rows {
            for column in 0..columns {
                let a = (row * line + column) as u32;
                let b = a + line as u32;
                mesh.triangles.extend([[a, a + 1, b + 1], [a, b + 1, b]]);
            }
        }
        mesh.smoothed()
    }

    /// A profile turned around the vertical axis; `profile` gives radius and height for `0..1`.
    pub(crate) fn lathe(columns: usize, rows: usize, profile: impl Fn(f32) -> (f32, f32)) -> Self {
        Self::sheet(columns, rows, |u, v| {
            let (radius, height) = profile(v);
            let turn = std::f32::consts::TAU * u;
            v3(radius * cos(turn), height, radius * sin(turn))
        })
    }

    /// A ball of radius `radius(direction)`.
    pub(crate) fn ball(columns: usize, rows: usize, radius: impl Fn(V3) -> f32) -> Self {
        Self::sheet(columns, rows, |u, v| {
            let (turn, tilt) = (std::f32::consts::TAU * u, std::f32::consts::PI * v);
            let to = v3(sin(tilt) * cos(turn), cos(tilt), sin(tilt) * sin(turn));
            to * radius(to)
        })
    }

    /// A tube along `path` (for `0..1`), of radius `radius`.
    pub(crate) fn tube(
        sides: usize,
        steps: usize,
        path: impl Fn(f32) -> V3,
        radius: impl Fn(f32) -> f32,
    ) -> Self {
        Self::sheet(sides, steps, |u, v| {
            let to = (path(v + 0.01) - path(v - 0.01)).unit();
            let x = to.cross(v3(0.31, 0.2, 0.93)).unit();
            let turn = std::f32::consts::TAU * u;
            path(v) + (x * cos(turn) + to.cross(x) * sin(turn)) * radius(v)
        })
    }

    pub(crate) fn append(&mut self, other: &Self) {
        let start = self.places.len() as u32;
        self.places.extend_from_slice(&other.places);
        self.normals.extend_from_slice(&other.normals);
        self.uvs.extend_from_slice(&other.uvs);
        self.triangles.extend(other.triangles.iter().map(|t| t.map(|n| n + start)));
    }

    /// Every place moved, and the normals made anew.
    pub(crate) fn bent(mut self, bend: impl Fn(V3) -> V3) -> Self {
        self.places.iter_mut().for_each(|p| *p = bend(*p));
        self.smoothed()
    }

    /// Turned so that the axes point along `axes`, scaled, and moved: normals keep.
    pub(crate) fn placed(&self, at: V3, axes: [V3; 3], scale: f32) -> Self {
        let turn = |p: V3| axes[0] * p.x + axes[1] * p.y + axes[2] * p.z;
        let mut mesh = self.clone();
        mesh.places.iter_mut().for_each(|p| *p = at + turn(*p) * scale);
        mesh.normals.iter_mut().for_each(|n| *n = turn(*n));
        mesh
    }

    pub(crate) fn at(&self, place: V3) -> Self {
        self.placed(place, [v3(1.0, 0.0, 0.0), v3(0.0, 1.0, 0.0), v3(0.0, 0.0, 1.0)], 1.0)
    }

    /// Normals as the mean of the triangles around each place; corners at the same place share theirs.
    fn smoothed(mut self) -> Self {
        let key = |p: V3| [p.x, p.y, p.z].map(|v| (v * 20_000.0 + 0.5).floor() as i32);
        let mut sums: HashMap<[i32; 3], V3> = HashMap::new();
        for triangle in &self.triangles {
            let [a, b, c] = triangle.map(|n| self.places[n as usize]);
            let normal = (b - a).cross(c - a);
            for p in [a, b, c] {
                *sums.entry(key(p)).or_default() += normal;
            }
        }
        self.normals =
            self.places.iter().map(|p| sums.get(&key(*p)).map_or(v3(0.0, 1.0, 0.0), |n| n.unit())).collect();
        self
    }
}
