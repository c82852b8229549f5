//! Clouds in the ground: their bodies woven in damask, the lines of large ones in gold.

use super::cells::Cells;
use super::distance;
use super::ornament::{self, Zone};

/// A ground on which clouds are placed.
struct Sky<'a> {
    face: &'a mut Cells<u8>,
    damask: Cells<bool>,
    /// How far each cell is from a figure, in ends.
    room: Cells<f32>,
    tall: f32,
}

/// Clouds where the ground has room for them; tells where they are woven in damask.
pub(super) fn clouds(face: &mut Cells<u8>, gilt: Option<u8>, tall: f32) -> Cells<bool> {
    let (width, height) = (face.width() as f32, face.height() as f32 * tall);
    let size = width.max(height) / 15.0;
    let room = distance::to_border(&face.map(|face| u8::from(*face == 0)), tall, size * 1.2);
    let mut sky = Sky { damask: face.map(|_| false), face, room, tall };
    let (step_x, step_y) = (size * 2.5, size * 1.15);
    for (scale, golden) in [(1.0, true), (0.62, false)] {
        for row in 0..(height / step_y) as usize + 1 {
            let shift = if row % 2 == 0 { 0.25 } else { 0.75 };
            for column in 0..(width / step_x) as usize + 1 {
                let centre = [(column as f32 + shift) * step_x, (row as f32 + 0.5) * step_y];
                if sky.has_room(centre, size * scale) {
                    sky.place(centre, size * scale, gilt.filter(|_| golden));
                }
            }
        }
    }
    sky.damask
}

impl Sky<'_> {
    /// Is there room for a cloud of this half width?
    fn has_room(&self, centre: [f32; 2], half: f32) -> bool {
        let is_free = |(u, v): &(f32, f32)| {
            let (x, y) = (centre[0] + u * half, (centre[1] + v * half) / self.tall);
            let inside =
                x >= 0.0 && y >= 0.0 && x < self.face.width() as f32 && y < self.face.height() as f32;
            let (x, y) = (x as usize, y as usize);
            inside && self.room.at(x, y) > 0.3 * half && self.face.at(x, y) == 0 && !self.damask.at(x, y)
        };
        [(0.0, 0.0), (-0.7, 0.0), (0.7, 0.0), (0.0, -0.4), (0.0, 0.35)].iter().all(is_free)
    }

    fn place(&mut self, centre: [f32; 2], half: f32, gilt: Option<u8>) {
        let span = |centre: f32, half: f32, most: usize| {
            (centre - half).max(0.0) as usize..((centre + half) as usize + 1).min(most)
        };
        for y in span(centre[1] / self.tall, half / self.tall, self.face.height()) {
            for x in span(centre[0], half, self.face.width()) {
                let (u, v) = ((x as f32 - centre[0]) / half, (y as f32 * self.tall - centre[1]) / half);
                match (ornament::cloud(u, v), gilt) {
                    (Some(Zone::Line), Some(gilt)) => self.face.set(x, y, gilt),
                    (Some(_), _) => self.damask.set(x, y, true),
                    (None, _) => {}
                }
            }
        }
    }
}
