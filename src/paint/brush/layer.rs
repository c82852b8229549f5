//! The strokes of one layer: where they begin, how much each is wanted, and the form its tool gives it.

use super::plan::{Mark, Plan};
use super::walk::{Course, Land};
use super::{Brushwork, Tool};
use crate::context::Context;
use crate::error::Result;
use crate::kernel::noise::{mix, signed};
use crate::line::between;
use crate::paint::Guide;
use crate::parallel::map_bands;
use crate::pixel::Plane;

/// Lattice rows to a piece of work.
const LATTICE: usize = 4;

/// What a layer is made from.
pub(super) struct Layer<'a> {
    pub(super) guide: &'a Guide,
    pub(super) work: &'a Brushwork,
    pub(super) land: Land<'a>,
    pub(super) need: Option<Plane>,
    pub(super) layer: usize,
    pub(super) half: f32,
}

/// Add a layer's strokes to the plan.
pub(super) fn add_layer(plan: &mut Plan, layer: &Layer<'_>, context: &Context) -> Result<()> {
    let cell = layer.cell();
    let [across, down] = layer.land.extent.map(|side| (side / cell).ceil().max(1.0) as usize + 1);
    let made = map_bands(context, down, LATTICE, |lattice| {
        let (mut marks, mut points, mut line) = (Vec::new(), Vec::new(), Vec::new());
        for j in lattice {
            for i in 0..across {
                if let Some(mark) = layer.mark([i as u32, j as u32], &mut line) {
                    let first = points.len() as u32;
                    points.extend_from_slice(&line);
                    marks.push(Mark { first, count: line.len() as u32, ..mark });
                }
            }
        }
        Ok((marks, points))
    })?;
    let start = plan.marks.len();
    for (marks, points) in made {
        let base = plan.points.len() as u32;
        plan.marks.extend(marks.into_iter().map(|mark| Mark { first: mark.first + base, ..mark }));
        plan.points.extend(points);
    }
    let mut order: Vec<u32> = (start as u32..plan.marks.len() as u32).collect();
    order.sort_by(|a, b| plan.marks[*a as usize].order.total_cmp(&plan.marks[*b as usize].order));
    plan.order.extend(order);
    Ok(())
}

impl Layer<'_> {
    /// The lattice that strokes begin on, in units.
    fn cell(&self) -> f32 {
        let share = match (self.layer, self.work.tool) {
            (0, _) => 1.5,
            (_, Tool::Knife) => 1.5,
            _ => 1.25,
        };
        share * self.half
    }

    /// How much a stroke is wanted at a place, 0 to 1.
    fn wanted(&self, [x, y]: [f32; 2], bits: u32) -> f32 {
        let Some(need) = &self.need else { return 1.0 };
        let work = self.work;
        let chance = |salt: u32| 0.5 + 0.5 * signed(mix(bits ^ salt));
        if chance(31) < work.fill * 0.25f32.powi(self.layer as i32 - 1) {
            return 1.0;
        }
        let scale = need.size().longer() as f32 / 1024.0;
        let away = between(need, x * scale - 0.5, y * scale - 0.5);
        let matters = self.matters([x, y]);
        // The finer the brush, the more it keeps to what matters.
        let late = self.layer as f32 / (work.layers - 1).max(1) as f32;
        let gain = 0.5 + work.detail * (1.0 + late * (2.4 * matters - 1.2)).max(0.1);
        let value = away * gain / 0.055 + 0.25 * (chance(32) - 0.5);
        ((value - 0.75) / 0.5).clamp(0.0, 1.0)
    }

    /// How much detail is worth at a place.
    fn matters(&self, [x, y]: [f32; 2]) -> f32 {
        let unit = self.guide.unit();
        between(&self.guide.importance, x * unit - 0.5, y * unit - 0.5)
    }

    fn mark(&self, [i, j]: [u32; 2], line: &mut Vec<[f32; 3]>) -> Option<Mark> {
        let work = self.work;
        let bits = mix(i ^ mix(j ^ mix(work.seed ^ (self.layer as u32 * 0x51 + 7))));
        let chance = |salt: u32| signed(mix(bits ^ salt));
        let cell = self.cell();
        let seed = [(i as f32 + 0.5 * chance(1)) * cell, (j as f32 + 0.5 * chance(2)) * cell];
        let seed = [0, 1].map(|k| seed[k].clamp(0.0, self.land.extent[k]));
        let wanted = self.wanted(seed, bits);
        if wanted <= 0.0 {
            return None;
        }
        let colour = self.land.reference.at(seed);
        let half = self.half * (0.55 + 0.45 * wanted) * (1.0 + 0.25 * chance(3));
        let reach = work.length * half * (1.0 + 0.4 * chance(4));
        let share = 0.5 + 0.35 * chance(5);
        let (sin, cos) = (work.stray * chance(6)).sin_cos();
        let course = Course {
            half,
            reach: [reach * share, reach * (1.0 - share)],
            curve: work.curve,
            stray: [cos, sin],
            tolerance: if self.layer == 0 { 0.09 } else { 0.06 },
            least: if self.layer == 0 { 0.6 } else { 0.35 },
        };
        self.land.stroke(seed, colour, &course, line);
        if chance(7) > 0.0 {
            line.reverse();
        }
        let length = shape(work.tool, half, bits, line);
        let colours = work.mixing.stroke(colour, 1.0 - 0.55 * self.matters(seed), bits);
        let light = colours[0][0].clamp(0.0, 1.0);
        let thick = (1.0 - work.body) * 0.6 + work.body * (0.25 + 0.75 * light * light);
        Some(Mark {
            first: 0,
            count: 0,
            colours,
            meant: colour,
            half,
            length,
            thick: thick * (1.0 + 0.25 * chance(8)) * half.sqrt() * 0.45,
            dry: work.dry * (0.5 + 0.5 * chance(9)),
            bits,
            order: chance(10) + 0.5 * light,
        })
    }
}

/// Corners of a slab's long sides.
const SIDES: u32 = 5;

/// What a knife leaves: straight, as wide as the line is on average, with sides that are not quite even.
fn slab(half: f32, bits: u32, line: &mut Vec<[f32; 3]>) {
    let (first, last) = (line[0], line[line.len() - 1]);
    let wide = line.iter().map(|p| p[2]).sum::<f32>() / line.len() as f32;
    let (dx, dy) = (last[0] - first[0], last[1] - first[1]);
    let scale = 1.0 / (dx * dx + dy * dy).sqrt().max(1e-6);
    line.clear();
    line.extend((0..SIDES).map(|k| {
        let t = k as f32 / (SIDES - 1) as f32;
        let chance = |salt: u32| signed(mix(bits ^ salt ^ (k * 0x101)));
        let off = 0.06 * half * chance(41) * scale;
        let wide = wide * (1.0 + 0.11 * chance(42));
        [first[0] + t * dx - off * dy, first[1] + t * dy + off * dx, wide]
    }));
}

/// Give the line the form its tool leaves; its length.
fn shape(tool: Tool, half: f32, bits: u32, line: &mut Vec<[f32; 3]>) -> f32 {
    if tool == Tool::Knife {
        slab(half, bits, line);
    }
    let steps = |line: &[[f32; 3]]| -> Vec<f32> {
        line.windows(2).map(|p| ((p[1][0] - p[0][0]).powi(2) + (p[1][1] - p[0][1]).powi(2)).sqrt()).collect()
    };
    let length: f32 = steps(line).iter().sum();
    if tool == Tool::Round {
        let mut gone = 0.0;
        let gaps = steps(line);
        for (k, point) in line.iter_mut().enumerate() {
            // Set down firmly, lifted slowly.
            let begin = 0.7 + 0.3 * (gone / (1.0 * half)).min(1.0);
            let end = 0.45 + 0.55 * ((length - gone) / (2.5 * half)).clamp(0.0, 1.0);
            point[2] *= begin.min(end);
            gone += gaps.get(k).copied().unwrap_or(0.0);
        }
    }
    length
}
