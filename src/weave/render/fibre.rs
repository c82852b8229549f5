//! What fibres are like: roundness, twist and shine, as numbers.

use super::view::columns;
use crate::weave::cloth::{Cloth, Fibre, Yarn};

/// The look of a fibre. Widths are in units of the pitch of the threads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Optics {
    /// Width of the thread as it lies in the cloth.
    pub(super) width: f32,
    /// 1: a round cross-section; 0: a flat strip.
    pub(super) round: f32,
    /// How dark the trough between two threads is.
    pub(super) trough: f32,
    /// Strength of the sheen.
    pub(super) sheen: f32,
    /// Width of the sheen along the thread.
    pub(super) spread: f32,
    /// 0: white sheen; 1: sheen of the dyed colour.
    pub(super) tint: f32,
    /// Angle of the fibres to the thread, degrees.
    pub(super) twist: f32,
    /// Strength of the stripes of plies or filaments, and how many of them cross a thread or a crossing.
    pub(super) stripes: f32,
    pub(super) count: f32,
    /// How much a thread differs from its neighbours, relative to silk.
    pub(super) uneven: f32,
}

const SILK: Optics = Optics {
    width: 1.16,
    round: 0.66,
    trough: 0.2,
    sheen: 0.75,
    spread: 0.24,
    tint: 0.55,
    twist: 3.0,
    stripes: 0.24,
    count: 9.0,
    uneven: 1.0,
};

const FLOSS: Optics = Optics {
    width: 1.22,
    round: 0.7,
    trough: 0.3,
    sheen: 0.6,
    spread: 0.34,
    stripes: 0.3,
    count: 11.0,
    uneven: 1.5,
    ..SILK
};

const COTTON: Optics = Optics {
    width: 1.06,
    round: 1.0,
    trough: 0.42,
    sheen: 0.08,
    spread: 0.6,
    tint: 0.8,
    twist: 28.0,
    stripes: 0.16,
    count: 2.0,
    uneven: 2.0,
};

const STRIP: Optics = Optics {
    width: 0.97,
    round: 0.12,
    trough: 0.35,
    sheen: 0.1,
    spread: 0.3,
    tint: 1.0,
    twist: 0.0,
    stripes: 0.12,
    count: 4.0,
    uneven: 1.2,
};

const WRAPPED: Optics = Optics {
    width: 1.02,
    round: 0.9,
    trough: 0.5,
    sheen: 0.35,
    spread: 0.4,
    tint: 0.9,
    twist: 60.0,
    stripes: 0.3,
    count: 2.0,
    uneven: 1.5,
};

const PEACOCK: Optics = Optics {
    sheen: 0.25,
    spread: 0.4,
    tint: 0.9,
    twist: 20.0,
    trough: 0.5,
    stripes: 0.22,
    count: 3.0,
    uneven: 2.0,
    ..SILK
};

/// The look of a fibre.
pub(super) fn optics(fibre: Fibre) -> Optics {
    match fibre {
        Fibre::Silk => SILK,
        Fibre::Floss => FLOSS,
        Fibre::Cotton => COTTON,
        Fibre::Rayon => Optics { sheen: 1.0, spread: 0.18, tint: 0.35, uneven: 0.5, ..SILK },
        Fibre::Strip => STRIP,
        Fibre::Wrapped => WRAPPED,
        Fibre::Peacock => PEACOCK,
    }
}

/// The look of a yarn as weft or as warp of a cloth.
pub(super) fn dressed(cloth: &Cloth, yarn: &Yarn, warp: bool) -> Optics {
    let look = optics(yarn.fibre);
    Optics { width: look.width * fullness(cloth, yarn, warp), ..look }
}

/// Steps in which fullness is told apart, so that yarns of one kind share their tables.
const STEP: f32 = 0.05;

/// How much wider than usual a yarn lies, for its diameter and the room each thread has.
pub(super) fn fullness(cloth: &Cloth, yarn: &Yarn, warp: bool) -> f32 {
    let main = columns(cloth) as f32 / cloth.warp.len() as f32;
    let dense = if warp { cloth.ends_per_cm * main } else { cloth.passes_per_cm };
    let filled = yarn.width * dense / 10.0;
    // Threads spread until their neighbours stop them, so what is missing shows less than in proportion.
    let spread = if filled > 0.0 && filled.is_finite() { filled.sqrt() } else { 1.0 };
    (spread.clamp(0.85, 1.2) / STEP).round() * STEP
}

/// Width of a binding end in pitches of the columns.
pub(super) fn binder(cloth: &Cloth, yarn: &Yarn) -> f32 {
    let main = columns(cloth) as f32 / cloth.warp.len() as f32;
    let filled = yarn.width * cloth.ends_per_cm * main / 10.0;
    if filled > 0.0 && filled.is_finite() { (0.3 * filled).clamp(0.1, 0.3) } else { 0.2 }
}

/// Does the thread change along its length between two looks: dull and glinting metal, green and blue feather?
pub(super) fn two_faced(fibre: Fibre) -> bool {
    matches!(fibre, Fibre::Strip | Fibre::Wrapped | Fibre::Peacock)
}
