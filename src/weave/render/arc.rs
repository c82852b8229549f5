//! The way of a thread through the cloth: how high it lies, how wide it is and how steep, at each place of a float and
//! of the stretches beneath. Heights are in pitches of the threads; 0 is where warp and weft change sides.

use super::shade::{CLASSES, REACH, to_ends};

/// A place along a thread.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Point {
    pub(super) height: f32,
    /// Part of the full width.
    pub(super) swell: f32,
    /// Sine and cosine of the slope.
    pub(super) slope: (f32, f32),
}

/// Kinds of crossing of a float, and four beneath: does the thread come up before it, after it?
const WAYS: usize = CLASSES + 4;

/// The kind of a crossing beneath.
pub(super) fn beneath(up_before: bool, up_after: bool) -> usize {
    CLASSES + usize::from(up_before) + 2 * usize::from(up_after)
}

/// How quickly a thread dives, in pitches.
const DIVE: f32 = 0.45;
/// How deep it lies beneath.
const DEPTH: f32 = 0.42;
/// How much of its slope is left to the light: a bundle of fibres bends in a curve, not at an edge.
const BENT: f32 = 0.6;

/// Points of all kinds of crossing, `count` of each.
pub(super) fn ways(count: usize) -> Vec<Point> {
    let place = |i: usize| (i as f32 + 0.5) / count as f32;
    (0..WAYS).flat_map(|way| (0..count).map(move |i| point(way, place(i)))).collect()
}

fn point(way: usize, along: f32) -> Point {
    const STEP: f32 = 0.02;
    let climb = BENT * (height(way, along + STEP) - height(way, along - STEP)) / (2.0 * STEP);
    let run = 1.0 / (1.0 + climb * climb).sqrt();
    Point { height: height(way, along), swell: swell(way, along), slope: (-climb * run, run) }
}

/// From 0 where a thread changes sides towards 1, and the other way beyond.
fn fall(distance: f32) -> f32 {
    let d = distance / DIVE;
    let square = d * d / (1.0 + 0.3 * d * d);
    let v = 1.2 * square / (1.0 + 1.2 * square);
    if distance < 0.0 { -v } else { v }
}

fn height(way: usize, along: f32) -> f32 {
    if way < CLASSES {
        let (before, after) = to_ends(way, along);
        return crown(way) * fall(before) * fall(after);
    }
    let (before, after) = ((way - CLASSES) % 2 == 1, (way - CLASSES) / 2 == 1);
    let side = |up: bool, distance: f32| if up { fall(distance) } else { 1.0 };
    -DEPTH * side(before, along) * side(after, 1.0 - along)
}

/// The height of a float: short ones are held down.
fn crown(class: usize) -> f32 {
    let others = (class / (REACH + 1) + class % (REACH + 1)) as f32;
    0.56 - 0.16 / (1.0 + others * others * 0.25)
}

/// Floats swell in the middle; a lone tie is squeezed by its neighbours.
fn swell(way: usize, along: f32) -> f32 {
    if way >= CLASSES {
        return 0.8;
    }
    let (before, after) = to_ends(way, along);
    let end = |distance: f32| 1.0 / (1.0 + (distance.max(0.0) / 0.3) * (distance.max(0.0) / 0.3));
    let full = if way == 0 { 0.92 } else { 1.06 };
    full - 0.17 * (end(before) + end(after))
}
