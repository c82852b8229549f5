//! Craquelure: the net of hair cracks that paint and varnish get with age.
//!
//! Borders of cells about scattered points (Worley, "A cellular texture basis function", 1996), their places bent by
//! noise as canvas gives unevenly; large cells crack first, small ones within them here and there. Cracks break off
//! where a slow noise says so: a net without ends looks like tiles. Flakes lie at a slight slant, each its own.

use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::cracks::{BLOCK, cells};
use crate::op::{Action, Cost, Kind, Length, Measured, Operator, Param, Pointwise, Row, StepContext, Values};
use crate::pixel::{Encoding, Picture, Size};
use crate::texture::Noise;

/// Cracks the paint.
pub(crate) struct Craquelure;

impl Operator for Craquelure {
    fn name(&self) -> &'static str {
        "craquelure"
    }

    fn about(&self) -> &'static str {
        "Draws the net of hair cracks that old paint has."
    }

    fn params(&self) -> &'static [Param] {
        &[
            Param {
                name: "size",
                kind: Kind::Length { min: 4.0, max: 200.0 },
                default: "11",
                about: "The size of a flake.",
            },
            Param {
                name: "width",
                kind: Kind::Length { min: 0.05, max: 4.0 },
                default: "0.22",
                about: "How wide a crack is.",
            },
            Param {
                name: "amount",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.4",
                about: "How dark cracks are.",
            },
            Param {
                name: "spread",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.5",
                about: "How much of the picture is cracked.",
            },
            Param {
                name: "cupping",
                kind: Kind::Number { min: 0.0, max: 1.0 },
                default: "0.3",
                about: "How much flakes lie at a slant and catch the light.",
            },
        ]
    }

    fn bind(&self, values: &Values) -> Action {
        Action::Measured(Box::new(Bound {
            size: values.length("size"),
            width: values.length("width"),
            amount: values.number("amount"),
            spread: values.number("spread"),
            cupping: values.number("cupping"),
        }))
    }

    fn cost(&self, _values: &Values, size: Size) -> Cost {
        Cost::per_pixel(size, 120.0, 0.0)
    }
}

struct Bound {
    size: Length,
    width: Length,
    amount: f32,
    spread: f32,
    cupping: f32,
}

impl Measured for Bound {
    fn measure(&self, picture: &Picture, step: &StepContext<'_>) -> Result<Box<dyn Pointwise>> {
        let size = picture.size();
        let unit = 1024.0 / size.longer() as f32;
        let cell = self.size.pixels(size) * unit;
        let noise = |cells: f32, key: u64| Noise::new(size, [cell * cells; 2], step.seed ^ key);
        Ok(Box::new(Net {
            cell: cell / unit,
            // Thinner than a pixel a crack is paler instead.
            width: self.width.pixels(size).max(1.0),
            dark: self.amount * self.width.pixels(size).min(1.0),
            spread: self.spread,
            cupping: 0.02 * self.cupping,
            bend: [noise(0.4, 0x11), noise(0.4, 0x12)],
            wear: [noise(3.2, 0x13), noise(2.3, 0x14)],
            key: (step.seed ^ (step.seed >> 32)) as u32 ^ 0x5c7a,
        }))
    }
}

struct Net {
    cell: f32,
    width: f32,
    dark: f32,
    spread: f32,
    cupping: f32,
    bend: [Noise; 2],
    wear: [Noise; 2],
    key: u32,
}

/// One net of the two, large and small.
struct Part {
    /// Cells to a large one.
    finer: f32,
    /// How much less of it there is.
    rarer: f32,
    /// How much paler it is.
    share: f32,
}

const PARTS: [Part; 2] =
    [Part { finer: 1.0, rarer: 0.0, share: 1.0 }, Part { finer: 2.3, rarer: 0.35, share: 0.75 }];

impl Net {
    /// How dark each pixel of a row becomes, 0 to 1, and the slant of its flake.
    fn row(&self, level: Level, y: usize, width: usize) -> [Vec<f32>; 2] {
        let mut bend = [0; 2].map(|_| vec![0f32; width]);
        for (noise, bend) in self.bend.iter().zip(&mut bend) {
            noise.row(level, y as i64, bend);
        }
        let (mut worn, mut dark, mut slant) = (vec![0f32; width], vec![0f32; width], vec![0f32; width]);
        for (index, part) in PARTS.iter().enumerate() {
            self.wear[index].row(level, y as i64, &mut worn);
            let from = 1.1 - 2.6 * self.spread + 1.6 * part.rarer;
            worn.iter_mut().for_each(|worn| *worn = ((*worn - from) * (1.0 / 0.9)).clamp(0.0, 1.0));
            for start in (0..width).step_by(BLOCK) {
                let block = start..(start + BLOCK).min(width);
                // Where nothing is cracked there is nothing to look for.
                if worn[block.clone()].iter().all(|worn| *worn == 0.0) {
                    continue;
                }
                let bend = bend.each_ref().map(|bend| &bend[block.clone()]);
                let (gap, cell) = self.block(level, index as u32, [start, y], bend);
                let slant = (index == 0).then(|| &mut slant[block.clone()]);
                self.draw(part, &gap, &cell, &worn[block.clone()], &mut dark[block], slant);
            }
        }
        [dark, slant]
    }

    /// How far the pixels of a block are from the borders of their cells, and which cells these are.
    fn block(
        &self,
        level: Level,
        index: u32,
        [left, y]: [usize; 2],
        bend: [&[f32]; 2],
    ) -> ([f32; BLOCK], [u32; BLOCK]) {
        let scale = PARTS[index as usize].finer / self.cell;
        let (mut across, mut down) = ([0f32; BLOCK], [0f32; BLOCK]);
        for (k, (bend_x, bend_y)) in bend[0].iter().zip(bend[1]).enumerate() {
            across[k] = ((left + k) as f32 + 0.5) * scale + 0.16 * bend_x;
            down[k] = (y as f32 + 0.5) * scale + 0.16 * bend_y;
        }
        let (mut gap, mut cell) = ([0f32; BLOCK], [0u32; BLOCK]);
        cells(level, &across, &down, self.key.wrapping_add(index), &mut gap, &mut cell);
        (gap, cell)
    }

    fn draw(
        &self,
        part: &Part,
        gap: &[f32; BLOCK],
        cell: &[u32; BLOCK],
        worn: &[f32],
        dark: &mut [f32],
        slant: Option<&mut [f32]>,
    ) {
        // The gap grows twice as fast as the distance from the border.
        let scale = 0.5 * self.cell / part.finer;
        for ((dark, worn), gap) in dark.iter_mut().zip(worn).zip(gap) {
            let line = (0.5 * self.width * (0.4 + 0.6 * worn) + 0.5 - gap * scale).clamp(0.0, 1.0);
            *dark = dark.max(line * worn * part.share);
        }
        for ((slant, worn), cell) in slant.into_iter().flatten().zip(worn).zip(cell) {
            *slant = worn * ((cell >> 16) as i32 as f32 * (1.0 / 32_768.0) - 1.0);
        }
    }
}

impl Pointwise for Net {
    fn encoding(&self) -> Encoding {
        Encoding::Oklab
    }

    fn keeps_grey(&self) -> bool {
        true
    }

    fn row(&self, level: Level, row: Row<'_>) {
        let [light, a, b] = row.colour;
        let [dark, slant] = self.row(level, row.y, light.len());
        for x in 0..light.len() {
            let keep = 1.0 - 0.85 * self.dark * dark[x];
            light[x] = light[x] * keep * (1.0 + self.cupping * slant[x]);
            a[x] *= keep;
            b[x] *= keep;
        }
    }
}
