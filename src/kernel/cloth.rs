//! Woven threads seen from above, a row of points at a time: which thread lies on top and how high.

use super::level::kernel;
use super::noise::{mix, signed};

/// A plain weave: threads that run down (the warp) and across (the weft), over and under by turns. Lengths are in
/// threads, heights in the thickness of a thread.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weave {
    /// Width of a warp and of a weft thread, against the distance to the next.
    pub(crate) width: [f32; 2],
    /// How far warp and weft rise where they lie on top.
    pub(crate) rise: [f32; 2],
    /// How round the threads are; 0 is a flat ribbon.
    pub(crate) round: [f32; 2],
    /// How far the warp as a whole lies above the weft.
    pub(crate) lead: f32,
    /// How far threads stray from their line.
    pub(crate) stray: f32,
    /// How much the width of a thread varies, from thread to thread and along it.
    pub(crate) uneven: f32,
    /// How much lighter or darker a thread may be than the next.
    pub(crate) shade: f32,
    /// Where the ground lies that is seen between threads.
    pub(crate) floor: f32,
}

/// Threads over which the width of a thread changes.
const STRETCH: f32 = 1.0 / 9.0;

/// Two smooth chance values along a thread.
#[inline(always)]
fn along(thread: i32, at: f32, key: u32) -> (f32, f32) {
    let at = at * STRETCH;
    let place = at as i32;
    let t = at - place as f32;
    let line = (thread as u32).wrapping_mul(0x9e37_79b1) ^ key;
    let bits = |place: i32| mix(line ^ (place as u32).wrapping_mul(0x85eb_ca77));
    let (a, b) = (bits(place), bits(place + 1));
    let t = t * t * (3.0 - 2.0 * t);
    let between = |a: f32, b: f32| a + (b - a) * t;
    (between(signed(a), signed(b)), between(signed(a << 16), signed(b << 16)))
}

kernel! {
    /// Add what is seen at points across and down, counted in threads from above zero: the height, the lightness
    /// against the mean, and 1 where the warp is on top.
    pub(crate) fn add_weave(weave: &Weave, key: u32, at: [&[f32]; 2], seen: [&mut [f32]; 3]) {
        let w = *weave;
        let ([u, v], [height, tone, warp]) = (at, seen);
        let points = u.iter().zip(v).zip(height).zip(tone).zip(warp);
        for ((((u, v), height), tone), warp) in points {
            let (i, j) = (*u as i32, *v as i32);
            let (x, y) = (*u - i as f32 - 0.5, *v - j as f32 - 0.5);
            let side = 1.0 - 2.0 * ((i + j) & 1) as f32;
            let ((end, bent), (pick, led)) = (along(i, *v, key), along(j, *u, !key));
            let a = (x + w.stray * bent) * 2.0 / (w.width[0] * (1.0 + w.uneven * end));
            let b = (y + w.stray * led) * 2.0 / (w.width[1] * (1.0 + w.uneven * pick));
            let end_height = w.lead + side * w.rise[0] * (1.0 - 4.0 * y * y) + w.round[0] * (0.5 - a * a);
            let pick_height = -w.lead - side * w.rise[1] * (1.0 - 4.0 * x * x) + w.round[1] * (0.5 - b * b);
            let end_height = if a * a < 1.0 { end_height } else { w.floor };
            let pick_height = if b * b < 1.0 { pick_height } else { w.floor };
            let on_top = if end_height >= pick_height { 1.0 } else { 0.0 };
            let top = if end_height >= pick_height { end_height } else { pick_height };
            *height += if top > w.floor { top } else { w.floor };
            *tone += w.shade * (on_top * end + (1.0 - on_top) * pick);
            *warp += on_top;
        }
    }
}
