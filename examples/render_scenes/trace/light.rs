//! Lights with an area: a window, a lamp behind cloth, the sun seen as a far disc of paper.

use crate::maths::V3;

/// A rectangle that shines from its front, which is the side that `across × along` points to.
pub(crate) struct Light {
    pub(crate) corner: V3,
    pub(crate) across: V3,
    pub(crate) along: V3,
    pub(crate) colour: V3,
    /// How much of the colour shines at a place of the rectangle: the bars of a window, soft borders.
    pub(crate) pattern: fn(f32, f32) -> f32,
}

/// A way to a light: direction, distance, the light coming from there, and how likely it was chosen (per solid angle).
pub(crate) struct Way {
    pub(crate) to: V3,
    pub(crate) distance: f32,
    pub(crate) light: V3,
    pub(crate) chance: f32,
}

impl Light {
    /// A rectangle of the given size around `centre` that faces `target`, upright.
    pub(crate) fn facing(centre: V3, target: V3, width: f32, height: f32, colour: V3) -> Self {
        let front = (target - centre).unit();
        let across = V3 { x: 0.0, y: 1.0, z: 0.0 }.cross(front).unit();
        let up = front.cross(across);
        let corner = centre - across * (width * 0.5) - up * (height * 0.5);
        Self { corner, across: across * width, along: up * height, colour, pattern: |_, _| 1.0 }
    }

    pub(crate) fn patterned(self, pattern: fn(f32, f32) -> f32) -> Self {
        Self { pattern, ..self }
    }

    fn way(&self, to: V3, distance: f32, (u, v): (f32, f32)) -> Option<Way> {
        let front = self.across.cross(self.along);
        let (area, facing) = (front.length(), -front.unit().dot(to));
        let light = self.colour * (self.pattern)(u, v);
        (facing > 1e-4).then(|| Way { to, distance, light, chance: distance * distance / (facing * area) })
    }

    /// The way from a place to the point that two random numbers choose.
    pub(crate) fn choose(&self, from: V3, (u, v): (f32, f32)) -> Option<Way> {
        let to = self.corner + self.across * u + self.along * v - from;
        let distance = to.length();
        self.way(to * (1.0 / distance), distance, (u, v))
    }

    /// The way along a ray, if it meets the light's front.
    pub(crate) fn meet(&self, from: V3, to: V3) -> Option<Way> {
        let front = self.across.cross(self.along);
        let slope = front.dot(to);
        if slope > -1e-9 {
            return None;
        }
        let distance = front.dot(self.corner - from) / slope;
        let place = from + to * distance - self.corner;
        let u = place.dot(self.across) / self.across.dot(self.across);
        let v = place.dot(self.along) / self.along.dot(self.along);
        let inside = distance > 1e-4 && (0.0..1.0).contains(&u) && (0.0..1.0).contains(&v);
        if inside { self.way(to, distance, (u, v)) } else { None }
    }
}
