//! The drawn contour: where the pencil goes, and how hard it presses.
//!
//! A line is where flow-based differences of Gaussians stand out, from a threshold of contrast and from their own
//! surroundings: grass and gravel inhibit one another, a nose on a quiet cheek stands alone (surround inhibition:
//! Grigorescu, Petkov & Westenberg, "Contour detection based on nonclassical receptive field inhibition", 2003).
//! Weight comes from a coarser scale: what is an edge there too is a form and not a texture. It comes also from the
//! depth of focus: where the fine scale has little of what the coarse scale has, the picture is blurred.

use super::along::along;
use super::dog::response;
use super::flow::{Flow, flow_of};
use super::grid::{blurred, each_row, rows};
use super::pieces::fade_short;
use super::study::Study;
use crate::context::Context;
use crate::error::Result;
use crate::pixel::Plane;

/// What a contour is made of. All lengths in units of 1/1024 of the longer side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contour {
    /// Standard deviation of the line.
    pub width: f32,
    /// How far along the flow a line holds together.
    pub coherence: f32,
    /// Contrast of the faintest edge drawn, in lightness 0..1.
    pub threshold: f32,
    /// How much busy surroundings raise that.
    pub inhibition: f32,
    /// Shorter lines fade out.
    pub shortest: f32,
    /// What weight lines keep that are not edges at the coarser scale.
    pub texture: f32,
    /// What differences of colour count where lightness alone shows no edge.
    pub colour: f32,
    /// How much lines weigh less where the picture is out of focus: 0 not at all, 1 they vanish.
    pub focus: f32,
}

impl Default for Contour {
    fn default() -> Self {
        Self {
            width: 0.95,
            coherence: 4.5,
            threshold: 0.018,
            inhibition: 1.25,
            shortest: 13.0,
            texture: 0.4,
            colour: 0.7,
            focus: 0.5,
        }
    }
}

/// How much wider the scale is that tells forms from textures.
const COARSER: f32 = 2.8;
/// The share of the threshold at which a line goes on.
const ON: f32 = 0.68;
/// Over how many units it is asked how busy a place is, and how sharp.
const AROUND: f32 = 14.0;
/// The share of the fine scale in the coarse one where an edge is as sharp as the grid can show, or quite blurred.
const SHARP: [f32; 2] = [0.28, 0.62];

/// A plane that is above 0 on lines, 1 where the pencil presses fully; below 0 elsewhere. It is smooth across its
/// zero, so it can be enlarged and cut afterwards. `light` is the study's lightness, or what [`decolour`](super::decolour) made of it.
pub fn contour(study: &Study, light: &Plane, options: &Contour, context: &Context) -> Result<Plane> {
    let unit = study.unit;
    let flow = flow_of(&[light, &study.a, &study.b], unit, context)?;
    let mut fine = response(light, options.width * unit, context)?;
    if options.colour > 0.0 {
        add_colour(&mut fine, study, options, context)?;
    }
    let fine = along(&fine, &flow, options.coherence * unit, 0.4 * options.threshold, context)?;
    let coarse = response(light, COARSER * options.width * unit, context)?;
    let coarse = blurred(&coarse, 1.5 * unit, context)?;
    let raised = rows(fine.size(), context, |y, row| {
        row.iter_mut().zip(fine.row(y)).for_each(|(o, v)| *o = v.max(0.0));
    })?;
    let busy = blurred(&raised, AROUND * unit, context)?;
    let sharp = sharpness(&busy, &coarse, unit, options.focus, context)?;
    let seen = Seen { fine: &fine, coarse: &coarse, busy: &busy, sharp: &sharp, flow: &flow, unit };
    let mut lines = seen.weighed(options, context)?;
    let size = lines.size();
    fade_short(&mut lines, 2.0 * options.width * unit, |x, y| {
        let crowd = busy.row(y.min(size.height() - 1))[x.min(size.width() - 1)];
        options.shortest * unit * (1.0 + (crowd / 0.02).min(2.0))
    });
    Ok(lines)
}

/// Edges between colours equally light. Each colour plane has its own dark side; where lightness has an edge already
/// its line stands, or there would be two side by side.
fn add_colour(fine: &mut Plane, study: &Study, options: &Contour, context: &Context) -> Result<()> {
    let sigma = options.width * study.unit;
    let steep = rows(fine.size(), context, |y, row| {
        row.iter_mut().zip(fine.row(y)).for_each(|(o, v)| *o = v.abs());
    })?;
    let steep = blurred(&steep, 2.0 * sigma, context)?;
    for plane in [&study.a, &study.b] {
        let own = response(plane, sigma, context)?;
        each_row(fine, context, |y, row| {
            for ((v, own), steep) in row.iter_mut().zip(own.row(y)).zip(steep.row(y)) {
                *v += (options.colour * (own - 0.01) - 3.0 * steep).max(0.0);
            }
        })?;
    }
    Ok(())
}

/// How far each place is in focus, 0..1: how much of what the coarse scale sees around the fine one sees too.
fn sharpness(busy: &Plane, coarse: &Plane, unit: f32, focus: f32, context: &Context) -> Result<Plane> {
    let size = busy.size();
    if focus <= 0.0 {
        return Ok(Plane::filled(size, 1.0));
    }
    let raised = rows(size, context, |y, row| {
        row.iter_mut().zip(coarse.row(y)).for_each(|(o, v)| *o = v.max(0.0));
    })?;
    let wide = blurred(&raised, AROUND * unit, context)?;
    rows(size, context, |y, row| {
        for ((o, fine), wide) in row.iter_mut().zip(busy.row(y)).zip(wide.row(y)) {
            // Where there is next to nothing nobody can tell, and nothing is taken away.
            let share = (fine + 0.002) / (wide + 0.002);
            let t = ((share - SHARP[0]) / (SHARP[1] - SHARP[0])).clamp(0.0, 1.0);
            *o = t * t * (3.0 - 2.0 * t);
        }
    })
}

/// All that is known of a place before its line is weighed.
struct Seen<'a> {
    fine: &'a Plane,
    coarse: &'a Plane,
    busy: &'a Plane,
    sharp: &'a Plane,
    flow: &'a Flow,
    unit: f32,
}

impl Seen<'_> {
    /// From what stands out to how hard the pencil presses.
    fn weighed(&self, options: &Contour, context: &Context) -> Result<Plane> {
        let (size, half) = (self.fine.size(), self.flow.size());
        rows(size, context, |y, row| {
            let trust = self.flow.anisotropy().row((y / 2).min(half.height() - 1));
            let rows = [self.fine, self.coarse, self.busy, self.sharp].map(|plane| plane.row(y));
            let edge = y.min(size.height() - 1 - y);
            for (x, v) in row.iter_mut().enumerate() {
                let [fine, coarse, busy, sharp] = rows.map(|row| row[x]);
                let trust = trust[(x / 2).min(half.width() - 1)].min(1.0);
                let floor = options.threshold + options.inhibition * busy;
                // A line goes on where it would not begin: faint pieces fade out afterwards.
                let over = (fine * (0.55 + 0.45 * trust) - ON * floor) / (0.9 * floor + 0.03);
                // Lines let up towards the margin of the sheet.
                let edge = edge.min(x).min(size.width() - 1 - x) as f32;
                let inside = ((edge / self.unit - 4.0) / 4.0).clamp(0.0, 1.0);
                let form = (coarse / 0.09).clamp(0.0, 1.0);
                let clear = 1.0 - options.focus * (1.0 - sharp);
                let weight = inside * clear * (options.texture + (1.0 - options.texture) * form);
                let lift = 0.2 * (1.0 - inside) + 0.3 * (1.0 - clear);
                *v = if over > 0.0 { over * weight - lift } else { over };
            }
        })
    }
}
