//! The surface of a solid that is given by a distance function, as triangles: surface nets
//! (Gibson, "Constrained Elastic Surface Nets", 1998).

use super::mesh::Mesh;
use crate::maths::{V3, v3};

/// The skin of everything for which `distance` is negative, in cells of the given size between two corners.
pub(crate) fn solid(low: V3, high: V3, cell: f32, distance: impl Fn(V3) -> f32) -> Mesh {
    let span = high - low;
    let size = [span.x, span.y, span.z].map(|s| (s / cell) as usize + 2);
    let grid = Grid { low, cell, size };
    let field: Vec<f32> = (0..size[0] * size[1] * size[2]).map(|n| distance(grid.place(n))).collect();
    let mut mesh = Mesh::default();
    let vertex = grid.vertices(&field, &mut mesh.places);
    grid.join(&field, &vertex, &mut mesh.triangles);
    mesh.uvs = vec![[0.0; 2]; mesh.places.len()];
    mesh.normals = mesh.places.iter().map(|p| slope(*p, cell * 0.6, &distance)).collect();
    mesh
}

struct Grid {
    low: V3,
    cell: f32,
    size: [usize; 3],
}

impl Grid {
    fn column(&self, n: usize) -> [usize; 3] {
        let [x, y, _] = self.size;
        [n % x, n / x % y, n / (x * y)]
    }

    fn place(&self, n: usize) -> V3 {
        let [x, y, z] = self.column(n).map(|c| c as f32);
        self.low + v3(x, y, z) * self.cell
    }

    /// From a corner of the grid to the next along each axis.
    fn steps(&self) -> [usize; 3] {
        [1, self.size[0], self.size[0] * self.size[1]]
    }

    /// One vertex in every cell that the surface crosses; its number is kept at the cell's first corner.
    fn vertices(&self, field: &[f32], places: &mut Vec<V3>) -> Vec<u32> {
        let [dx, dy, dz] = self.steps();
        let mut vertex = vec![u32::MAX; field.len()];
        for (n, number) in vertex.iter_mut().enumerate() {
            let column = self.column(n);
            if (0..3).any(|axis| column[axis] + 1 >= self.size[axis]) {
                continue;
            }
            let corners =
                [0, dx, dy, dx + dy, dz, dx + dz, dy + dz, dx + dy + dz].map(|step| field[n + step]);
            if let Some(inside) = crossing(&corners) {
                *number = places.len() as u32;
                places.push(self.place(n) + inside * self.cell);
            }
        }
        vertex
    }

    /// Around every edge of the grid that the surface crosses, the four vertices make two triangles.
    fn join(&self, field: &[f32], vertex: &[u32], triangles: &mut Vec<[u32; 3]>) {
        let steps = self.steps();
        for here in 0..field.len() {
            let column = self.column(here);
            if (0..3).any(|axis| column[axis] == 0 || column[axis] + 1 >= self.size[axis]) {
                continue;
            }
            for axis in 0..3 {
                let (a, b) = (steps[(axis + 1) % 3], steps[(axis + 2) % 3]);
                if (field[here] < 0.0) != (field[here + steps[axis]] < 0.0) {
                    let quad = [here - a - b, here - b, here, here - a].map(|n| vertex[n]);
                    triangles.extend([[quad[0], quad[1], quad[2]], [quad[0], quad[2], quad[3]]]);
                }
            }
        }
    }
}

/// The mean of the places where the surface crosses the edges of a cell, in cells.
fn crossing(corners: &[f32; 8]) -> Option<V3> {
    let (mut sum, mut count) = (V3::default(), 0.0);
    for a in 0..8_usize {
        for axis in 0..3 {
            let b = a | 1 << axis;
            if a != b && (corners[a] < 0.0) != (corners[b] < 0.0) {
                let t = corners[a] / (corners[a] - corners[b]);
                let mut p = [a & 1, a >> 1 & 1, a >> 2].map(|v| v as f32);
                p[axis] = t;
                sum += v3(p[0], p[1], p[2]);
                count += 1.0;
            }
        }
    }
    (count > 0.0).then(|| sum * (1.0 / count))
}

fn slope(p: V3, step: f32, distance: &impl Fn(V3) -> f32) -> V3 {
    let along = |d: V3| distance(p + d * step) - distance(p - d * step);
    v3(along(v3(1.0, 0.0, 0.0)), along(v3(0.0, 1.0, 0.0)), along(v3(0.0, 0.0, 1.0))).unit()
}
