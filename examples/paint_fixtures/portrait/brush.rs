//! What is painted on the head: complexion, rouge, brows, eyes, strands of hair. Places are in the head's own space.

use super::form::{EYE, EYE_RADIUS, lid_line, lips};
use crate::canvas::hex;
use crate::maths::{V2, V3, atan2, bell, mix, ramp, v2, v3};
use crate::noise::{fbm, fbm3};
use crate::shapes::{bezier, stroke};

/// Peach, with blushing cheeks and nose, lips, brows and lashes.
pub(super) fn skin(q: V3) -> V3 {
    let m = v3(q.x.abs(), q.y, q.z);
    let base = hex(0xf0c2a2).mix(hex(0xe2a98a), 0.3 + 0.3 * fbm3(q * 5.0, 3, 5));
    let front = ramp(0.0, 0.4, q.z);
    let cheek = bell((m - v3(0.43, -0.22, 0.6)).length(), 0.26) * 0.5;
    let tip = bell((m - v3(0.0, -0.22, 0.9)).length(), 0.12) * 0.3;
    let rosy = base.mix(hex(0xe0705c), (cheek + tip) * front);
    let rouge = rosy.mix(hex(0xb8323a), lip_cover(q) * 0.85);
    let at = v2(m.x, m.y);
    let e = m - EYE;
    let lid = e.length() < EYE_RADIUS + 0.05;
    let lash = ramp(0.034, 0.014, (e.y - lid_line(e)).abs()) * f32::from(u8::from(lid && e.x.abs() < 0.205));
    let shadow = bell(e.y - 0.12, 0.07) * bell(e.x - 0.03, 0.2) * 0.4 * front;
    let wing = stroke(at, v2(0.45, 0.062), v2(0.535, 0.105), 0.017, 0.004);
    let flower = brow_mark(v2(q.x, q.y));
    rouge
        .mix(hex(0xb5605a), shadow)
        .mix(hex(0x2a1a18), brow(at) * front * 0.85)
        .mix(hex(0x1c1014), lash.max(ramp(0.006, -0.006, wing) * front))
        .mix(hex(0xc41f2e), flower * front)
}

pub(super) fn lip_cover(q: V3) -> f32 {
    ramp(0.016, 0.004, lips(v3(q.x.abs(), q.y, q.z)))
}

/// An arch that tapers outwards, drawn hair by hair.
fn brow(at: V2) -> f32 {
    let path = |t: f32| bezier(v2(0.13, 0.262), v2(0.32, 0.372), v2(0.53, 0.245), t);
    let d = (0..10).map(|n| {
        let t = n as f32 / 10.0;
        stroke(at, path(t), path(t + 0.1), 0.03 - 0.022 * t, 0.028 - 0.022 * t)
    });
    let hairs = 0.82 + 0.3 * fbm(v2(at.x * 60.0 + at.y * 40.0, at.y * 18.0), 2, 6);
    ramp(0.012, -0.014, d.fold(f32::MAX, f32::min)) * hairs
}

/// The painted flower on the forehead of Tang ladies.
fn brow_mark(at: V2) -> f32 {
    let c = at - v2(0.0, 0.44);
    let petals = [0.0, -0.75, 0.75].map(|lean| {
        let l = c.turned(lean);
        v2(l.x / 0.022, (l.y - 0.04) / 0.045).length()
    });
    ramp(1.1, 0.85, petals.into_iter().fold(v2(c.x, c.y + 0.025).length() / 0.016, f32::min))
}

/// White, a brown iris with spokes, a dark ring and a pupil; it looks at us although the head is turned.
pub(super) fn eye(q: V3) -> V3 {
    let side = if q.x < 0.0 { -1.0 } else { 1.0 };
    let d = (v3(q.x, q.y, q.z) - v3(side * EYE.x, EYE.y, EYE.z)) * (1.0 / EYE_RADIUS);
    let gaze = v3(-0.3, 0.0, 1.0).unit();
    let right = v3(0.0, 1.0, 0.0).cross(gaze).unit();
    let at = v2(d.dot(right), d.dot(gaze.cross(right)));
    let r = if d.dot(gaze) > 0.0 { at.length() } else { 1.0 };
    let spokes = 0.5 + 0.5 * fbm(v2(atan2(at.y, at.x) * 9.0, r * 3.0), 3, 8);
    let iris =
        hex(0x3a1c0e).mix(hex(0x9a5a26), ramp(0.2, 0.5, r) * (0.4 + 0.6 * spokes) * ramp(0.35, -0.5, at.y));
    let ringed = iris.mix(hex(0x140a08), ramp(0.48, 0.6, r).max(ramp(0.28, 0.24, r)));
    let lid_shade = mix(1.0, 0.45, ramp(0.05, 0.45, d.y));
    hex(0xf1e9e2).mix(ringed, ramp(0.62, 0.58, r)) * lid_shade
}

pub(super) fn strands(q: V3) -> V3 {
    let strand = fbm(v2(atan2(q.x, q.z) * 40.0, q.y * 2.0 + q.z), 4, 12);
    let part = 1.0 - 0.6 * bell(q.x, 0.02) * ramp(0.7, 1.0, q.y) * ramp(0.0, 0.2, q.z);
    hex(0x1c1213).mix(hex(0x4a2c20), ramp(-0.3, 0.6, strand) * 0.8) * part
}
