//! The relief of a frame. From the picture outwards: a row of pearls, a cove, a broad swelling moulding with
//! acanthus leaves and berries between them, a fillet, a ribbed round, the outer edge; a shell over each corner.

use std::f32::consts::{PI, TAU};

use crate::pixel::Size;

/// A frame around a picture, lengths in pixels.
pub(super) struct Moulding {
    inner: Size,
    width: f32,
    ornament: f32,
    /// Leaves to each side: across, down.
    leaves: [f32; 2],
    /// The same for pearls and ribs.
    pearls: [f32; 2],
}

/// A place on the frame, lengths in units of its width.
struct Place {
    /// From the picture outwards, 0 to 1.
    out: f32,
    /// Along the side from its middle, as a part of the side's length between the middles of the corners.
    along: f32,
    /// From the mitre.
    mitre: f32,
    /// From the inner corner: along both sides.
    corner: [f32; 2],
    /// Which side: 0 above and below, 1 left and right.
    side: usize,
}

/// From 0 at `a` to 1 at `b`, smoothly.
fn ramp(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A half sphere of radius 1.
fn dome(square: f32) -> f32 {
    (1.0 - square).max(0.0).sqrt()
}

/// From -1/2 to 1/2 within each of the whole numbers' neighbourhoods.
fn within(x: f32) -> f32 {
    x - x.round()
}

impl Moulding {
    pub(super) fn new(inner: Size, width: f32, ornament: f32) -> Self {
        let sides = [inner.width(), inner.height()].map(|side| side as f32 + width);
        // Odd counts put a motif in the middle of each side.
        let count = |side: f32, motif: f32| 2.0 * (side / (motif * width) * 0.5).floor() + 1.0;
        Self {
            inner,
            width,
            ornament,
            leaves: sides.map(|side| count(side, 0.6)),
            pearls: sides.map(|side| count(side, 0.11)),
        }
    }

    /// The picture within.
    pub(super) fn inner(&self) -> Size {
        self.inner
    }

    fn place(&self, x: f32, y: f32) -> Place {
        let half = [self.inner.width() as f32 * 0.5, self.inner.height() as f32 * 0.5];
        let from = [x - half[0], y - half[1]];
        let past = [from[0].abs() - half[0], from[1].abs() - half[1]].map(|past| past / self.width);
        let side = usize::from(past[0] > past[1]);
        let (out, own) = (past[0].max(past[1]), from[side]);
        let length = 2.0 * half[side] + self.width;
        Place { out: out.clamp(0.0, 1.0), along: own / length, mitre: out - past[side], corner: past, side }
    }

    /// The height of a point.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        self.height(&self.place(x, y))
    }

    /// Which way the surface faces, from the heights of a pixel, its right neighbour and that below.
    pub(super) fn normal(&self, own: f32, right: f32, below: f32) -> [f32; 3] {
        let (dx, dy) = ((right - own) * self.width, (below - own) * self.width);
        let length = (dx * dx + dy * dy + 1.0).sqrt();
        [-dx / length, -dy / length, 1.0 / length]
    }

    /// In units of the frame's width.
    fn height(&self, place: &Place) -> f32 {
        let t = place.out;
        let plain = profile(t);
        if self.ornament == 0.0 {
            return plain;
        }
        let corner = 1.0 - ramp(0.62, 0.8, place.mitre);
        let carved = self.pearl(place) + self.rib(place);
        let leaf = if corner < 1.0 { (1.0 - corner) * self.leaf(place) } else { 0.0 };
        let shell = if corner > 0.0 { corner * shell(place.corner) } else { 0.0 };
        plain + self.ornament * (carved + leaf + shell)
    }

    /// A row of pearls at the picture's edge.
    fn pearl(&self, place: &Place) -> f32 {
        let across = (place.out - 0.055) / 0.045;
        if across.abs() >= 1.0 {
            return 0.0;
        }
        let along = 2.2 * within(place.along * self.pearls[place.side]);
        0.045 * dome(across * across + along * along)
    }

    /// Ribs that run slantwise over the outer round.
    fn rib(&self, place: &Place) -> f32 {
        let over = ramp(0.73, 0.77, place.out) * (1.0 - ramp(0.87, 0.91, place.out));
        let turn =
            place.along.signum() * place.along.abs() * self.pearls[place.side] + 1.6 * (place.out - 0.8);
        0.016 * over * (TAU * turn).cos()
    }

    /// Acanthus leaves that grow outwards, berries between their feet.
    fn leaf(&self, place: &Place) -> f32 {
        let q = (place.out - 0.2) / 0.45;
        if !(0.0..=1.0).contains(&q) {
            return 0.0;
        }
        let a = within(place.along * self.leaves[place.side]);
        let away = a.abs();
        let lobes = 0.8 + 0.2 * (TAU * (4.0 * q - 1.7 * away)).cos();
        let reach = 0.47 * (PI * q.powf(0.75)).sin().max(0.0).powf(0.7) * lobes;
        let inside = ramp(0.0, 0.05, reach - away);
        let round = dome((away / reach.max(0.02)).powi(2));
        let rib = (-(away / 0.03).powi(2)).exp();
        let veins = 0.5 + 0.5 * (TAU * (5.5 * q - 3.4 * away)).cos();
        let leaf = inside * (0.035 + 0.055 * round - 0.02 * veins * (away * 8.0).min(1.0) + 0.02 * rib);
        let berry = |at: f32, big: f32| {
            let square = ((0.5 - away) / (0.13 * big)).powi(2) + ((q - at) / (0.17 * big)).powi(2);
            0.06 * big * dome(square)
        };
        leaf.max(berry(0.3, 1.0)).max(berry(0.58, 0.7)).max(berry(0.78, 0.5))
    }

    /// How much of the light of the room falls on the picture near the frame, which stands over it.
    pub(super) fn shade(&self, x: f32, y: f32) -> f32 {
        let reach = 0.14 * self.width;
        let side = |at: f32, deep: f32| 1.0 - deep * (1.0 - at / reach).clamp(0.0, 1.0).powi(2);
        let (right, below) = (self.inner.width() as f32 - x, self.inner.height() as f32 - y);
        side(x, 0.4) * side(y, 0.55) * side(right, 0.12) * side(below, 0.08)
    }
}

/// The mouldings without their carving.
fn profile(t: f32) -> f32 {
    let pearls = 0.025;
    let cove = 0.03 + 0.1 * ramp(0.1, 0.2, t).powi(2);
    let swell = 0.1 * (PI * ((t - 0.2) / 0.46).clamp(0.0, 1.0)).sin();
    let fillet = 0.035 * ramp(0.66, 0.68, t);
    let round = 0.055 * dome(((t - 0.815) / 0.1).powi(2));
    let edge = ramp(0.915, 1.0, t);
    let inner = pearls + (cove - pearls) * ramp(0.095, 0.12, t);
    (inner + swell + fillet + round) * (1.0 - edge * edge) + 0.02
}

/// A shell over the corner: ribs that spread from the inner corner outwards.
fn shell([x, y]: [f32; 2]) -> f32 {
    // From the foot of the shell, which lies a little within the corner's square.
    let (x, y) = (x - 0.12, y - 0.12);
    let r = (x * x + y * y).sqrt();
    // The angle from the diagonal.
    let angle = (y - x).atan2(y + x);
    let scallop = 0.62 * (1.0 + 0.07 * (9.0 * angle).cos()) * (1.0 - 0.32 * (angle / PI).abs().powf(1.2));
    let inside = ramp(0.0, 0.05, scallop - r);
    let ribs = 0.5 + 0.5 * (9.0 * angle).cos();
    let body = dome((r / scallop.max(0.05)).powi(2) * 0.8);
    let boss = 0.07 * dome((r / 0.1).powi(2));
    inside * (0.03 + 0.075 * body * (0.55 + 0.45 * ribs) + 0.02 * (r / 0.62)) + boss
}
