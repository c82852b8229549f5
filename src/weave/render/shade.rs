//! The shading of one point of a thread that floats: arc, cross-section, twist, sheen, and the dark of the troughs.

use super::fibre::Optics;
use super::light::{Light, Vector, cross, dot};
use super::math::{bell, exp, sin_cos, sin_cos_degrees};

/// Crossings of a float are told apart up to this many from either end of it; beyond is the flat middle.
pub(super) const REACH: usize = 4;
/// How many kinds of crossing there are: so many before it in the float, so many after.
pub(super) const CLASSES: usize = (REACH + 1) * (REACH + 1);
/// Sideways shifts a thread may have, and thicknesses.
pub(super) const SHIFTS: usize = 5;
pub(super) const BUILDS: usize = 3;
pub(super) const POSES: usize = SHIFTS * BUILDS;
/// The shift of a thread that lies in its place, of mean thickness.
pub(super) const MIDDLE: usize = (SHIFTS / 2) * BUILDS + BUILDS / 2;
const SHIFT: f32 = 0.046;
const BUILD: f32 = 0.055;

/// How dark a thread is where it dives.
const END_DARK: f32 = 0.2;
/// Light from the gap beside a thread, as a part of what the thread gives.
const GAP: f32 = 0.25;

/// A thread's way through the cloth under a light.
pub(super) struct Lit {
    light: Vector,
    half: Vector,
    fill: f32,
    /// Does the thread run down the picture?
    warp: bool,
    optics: Optics,
    /// Sine and cosine of the twist.
    twist: (f32, f32),
}

/// A place along a float.
pub(super) struct Station {
    /// Half the width of the thread here.
    half: f32,
    /// The dark towards the ends of the float.
    ends: f32,
    /// Sine and cosine of the slope.
    slope: (f32, f32),
    along: f32,
}

/// Light given back by the dye, and by the surface.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shade {
    pub(super) body: f32,
    pub(super) sheen: f32,
}

impl Shade {
    pub(super) fn times(self, body: f32, sheen: f32) -> Self {
        Self { body: self.body * body, sheen: self.sheen * sheen }
    }
}

/// Distances from a point of a float to its two ends, in crossings.
pub(super) fn to_ends(class: usize, along: f32) -> (f32, f32) {
    let far = |count: usize| if count == REACH { REACH as f32 + 2.0 } else { count as f32 };
    (far(class / (REACH + 1)) + along, far(class % (REACH + 1)) + 1.0 - along)
}

impl Lit {
    pub(super) fn new(light: &Light, warp: bool, optics: Optics) -> Self {
        // Ends lie closer than picks: they press each other flat and leave no furrow.
        let optics = if warp && optics.twist < 10.0 {
            Optics { width: optics.width * 1.1, trough: optics.trough * 0.6, ..optics }
        } else {
            optics
        };
        let twist = sin_cos_degrees(optics.twist);
        Self { light: light.direction(), half: light.half(), fill: light.fill, warp, optics, twist }
    }

    pub(super) fn optics(&self) -> &Optics {
        &self.optics
    }

    /// All that depends on the place along a crossing (0 to 1) alone.
    pub(super) fn station(&self, class: usize, along: f32) -> Station {
        let (before, after) = to_ends(class, along);
        let pinch = 1.0 - 0.14 * (exp(-before / 0.45) + exp(-after / 0.45));
        let ends = (1.0 - END_DARK * exp(-before / 0.3)) * (1.0 - END_DARK * exp(-after / 0.3));
        Station { half: 0.5 * self.optics.width * pinch, ends, slope: sin_cos(slope(before, after)), along }
    }

    /// The shade at a station, `across` (0 to 1) the crossing.
    pub(super) fn at(&self, station: &Station, pose: usize, across: f32) -> Shade {
        let shift = ((pose / BUILDS) as f32 - (SHIFTS / 2) as f32) * SHIFT;
        let build = 1.0 + ((pose % BUILDS) as f32 - (BUILDS / 2) as f32) * BUILD;
        let side = (across - 0.5 - shift) / (station.half * build);
        if side.abs() >= 1.0 {
            return Shade { body: GAP * station.ends, sheen: 0.0 };
        }
        let square = side * side;
        let trough = 1.0 - self.optics.trough * square * square - 0.1 * square;
        let dark = station.ends * trough * self.stripe(station.along, side);
        self.point(side, station.slope).times(dark, dark)
    }

    /// The light of a point of a thread before anything stands in its way: `side` is -1 to 1 across it.
    pub(super) fn point(&self, side: f32, slope: (f32, f32)) -> Shade {
        let (normal, fibre) = self.frame(side, slope);
        let facing = dot(normal, self.light);
        let key = ((facing + 0.35) / 1.35).max(0.0);
        let fill = self.fill * (0.5 + 0.5 * normal[2]);
        let over = dot(normal, self.half).max(0.0);
        let along = bell(dot(fibre, self.half) / self.optics.spread);
        let sheen = self.optics.sheen * along * over * over * over * facing.max(0.0).sqrt();
        Shade { body: key + fill, sheen }
    }

    /// Normal and fibre direction at a point of the thread.
    fn frame(&self, side: f32, (rise, run): (f32, f32)) -> (Vector, Vector) {
        let lean = side * self.optics.round * 0.96;
        let up = (1.0 - lean * lean).sqrt();
        let (sine, cosine) = self.twist;
        // Along the thread, across it, up.
        let normal = [rise * up, lean, run * up];
        let tangent = [run, 0.0, -rise];
        let sideways = cross(normal, tangent);
        let wound = |i: usize| tangent[i] * cosine + sideways[i] * sine;
        let fibre = [wound(0), wound(1), wound(2)];
        (self.turned(normal), self.turned(fibre))
    }

    fn turned(&self, [along, across, up]: Vector) -> Vector {
        if self.warp { [across, along, up] } else { [along, across, up] }
    }

    /// Plies, which lie across the thread; filaments are finer than the samples of tables.
    fn stripe(&self, along: f32, side: f32) -> f32 {
        let o = &self.optics;
        if o.twist < 10.0 {
            return 1.0;
        }
        let phase = (o.count * along + side * 0.45 + 1.0).fract();
        1.0 + o.stripes * sin_cos(phase * std::f32::consts::TAU).0
    }
}

/// The slope of a float, in radians: steep where it dives, and a long gentle arc between.
fn slope(before: f32, after: f32) -> f32 {
    let dive = exp(-after / 0.45) - exp(-before / 0.45);
    let arc = exp(-after / 2.6) - exp(-before / 2.6);
    0.33 * dive + 0.2 * arc
}
