//! What makes one thread differ from the next: tension, thickness, dye, and how a metal strip lies. Everything
//! changes slowly along a thread; nothing changes from pixel to pixel.

use super::light::Light;
use super::math::{asin, bell};
use super::noise::{along, hash, over, signed};
use super::shade::{BUILDS, SHIFTS};
use super::view::View;

/// The temper of all threads of a cloth.
pub(super) struct Temper {
    seed: u32,
    amount: f32,
    glitter: f32,
    /// The tilt along the thread at which metal glints, for warp and weft, in radians.
    glint: [f32; 2],
}

/// A thread: its number, and whether it runs down the picture.
#[derive(Clone, Copy)]
pub(super) struct Thread {
    pub(super) number: u32,
    pub(super) warp: bool,
}

impl Thread {
    /// The weft of a pick of a pass.
    pub(super) fn weft(pass: u32, pick: u8) -> Self {
        Self { number: pass << 3 | u32::from(pick) & 7, warp: false }
    }

    pub(super) fn warp(column: u32) -> Self {
        Self { number: column, warp: true }
    }

    pub(super) fn key(self) -> u32 {
        self.number << 1 | u32::from(self.warp)
    }

    /// Where it lies among its like, in columns or passes.
    fn order(self) -> u32 {
        if self.warp { self.number } else { self.number >> 3 }
    }
}

/// Columns and passes over which the lie of the cloth changes.
pub(super) const LIE: (u32, u32) = (45, 26);

impl Temper {
    pub(super) fn new(view: &View, light: &Light) -> Self {
        let [across, down, _] = light.half();
        let glint = [asin(across), asin(down)];
        Self { seed: view.seed, amount: view.irregularity, glitter: view.glitter, glint }
    }

    fn salted(&self, salt: u32) -> u32 {
        self.seed.wrapping_mul(31).wrapping_add(salt)
    }

    /// How a thread lies at a crossing: shifted to a side, thin or thick.
    pub(super) fn pose(&self, thread: Thread, place: u32) -> usize {
        let shift = along(self.salted(1), thread.key(), place, 9) * 2.6 * self.amount.min(1.5);
        let build = along(self.salted(2), thread.key(), place, 23) * 2.2 * self.amount.min(1.5);
        let bin = |v: f32, bins: usize| (v + bins as f32 * 0.5).clamp(0.0, bins as f32 - 0.5) as usize;
        bin(shift, SHIFTS) * BUILDS + bin(build, BUILDS)
    }

    /// How far a thread lies from its place, in pitches.
    pub(super) fn shift(&self, thread: Thread, place: u32) -> f32 {
        along(self.salted(1), thread.key(), place, 9) * 0.075 * self.amount.min(1.5)
    }

    /// How thick a thread is, 1 in the mean.
    pub(super) fn build(&self, thread: Thread, place: u32) -> f32 {
        1.0 + along(self.salted(2), thread.key(), place, 23) * 0.07 * self.amount.min(1.5)
    }

    /// Brightness of a thread at a crossing.
    pub(super) fn gain(&self, thread: Thread, place: u32, uneven: f32) -> f32 {
        let order = thread.order();
        let (x, y) = if thread.warp { (order, place) } else { (place, order) };
        let lie = over(self.lie_seed(), x, y, LIE);
        self.gain_of(thread, place, uneven, (self.bath(thread) + self.drift(thread.warp, order), lie))
    }

    /// The same, where what changes slowly is known: the thread itself, and how the cloth lies.
    pub(super) fn gain_of(&self, thread: Thread, place: u32, uneven: f32, (own, lie): (f32, f32)) -> f32 {
        let tension = along(self.salted(5), thread.key(), place, 14);
        // A float that lies loose catches the light.
        let loose = (along(self.salted(12), thread.key(), place, 7) - 0.70).max(0.0);
        let sum = own + 0.014 * tension + 0.03 * lie;
        1.0 + self.amount * (uneven * sum + loose * (0.15 + 2.4 * lie.max(0.0)))
    }

    /// The dye bath of a thread.
    pub(super) fn bath(&self, thread: Thread) -> f32 {
        0.009 * signed(hash(self.salted(3), thread.key(), 0))
    }

    /// What changes over many threads: the dye lot, and how the picks were beaten up.
    pub(super) fn drift(&self, warp: bool, order: u32) -> f32 {
        let along = |salt: u32, step: u32| along(self.salted(salt), u32::from(warp), order, step);
        0.014 * along(4, 160) + 0.005 * along(9, 9)
    }

    /// The seed of how the cloth lies; it goes in steps of [`LIE`].
    pub(super) fn lie_seed(&self) -> u32 {
        self.salted(10)
    }

    /// How far metal turns its bright side at a crossing, 0 to 1: the strip is wrinkled, and glints where a wrinkle
    /// is tilted half way between light and eye.
    pub(super) fn facing(&self, thread: Thread, place: u32) -> f32 {
        let order = thread.order();
        let (x, y) = if thread.warp { (order, place) } else { (place, order) };
        let fine = along(self.salted(6), thread.key(), place, 5);
        let coarse = along(self.salted(7), thread.key(), place, 23);
        let cloth = over(self.salted(8), x, y, if thread.warp { (7, 41) } else { (41, 7) });
        let tilt = 0.16 * fine + 0.17 * coarse + 0.13 * cloth;
        let off = (tilt - self.glint[usize::from(thread.warp)]) / 0.075;
        (bell(off) * self.glitter).min(1.0)
    }

    /// The mean of [`facing`](Self::facing).
    pub(super) fn mean_facing(&self, warp: bool) -> f32 {
        let thread = |i: u32| Thread { number: i.wrapping_mul(7919), warp };
        let at = |i: u32| self.facing(thread(i), i.wrapping_mul(104_729) >> 3);
        (0..4096).map(at).sum::<f32>() / 4096.0
    }
}
