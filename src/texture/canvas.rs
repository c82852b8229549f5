//! Linen canvas: round threads as thick as the gaps allow, swelling and thinning, in plain weave.

use super::cloth::Cloth;
use super::ground::Look;
use super::hills::Hills;
use crate::kernel::cloth::Weave;
use crate::pixel::Size;

pub(super) fn canvas(size: Size, scale: f32, seed: u64) -> Cloth {
    let weave = Weave {
        width: [0.9, 0.94],
        rise: [0.42, 0.42],
        round: [0.62, 0.62],
        lead: 0.0,
        stray: 0.09,
        uneven: 0.2,
        shade: 0.035,
        floor: -0.75,
    };
    let mut cloth = Cloth::new(size, [scale, scale * 1.04], weave, seed);
    cloth.stains = Hills::new(size, seed ^ 0x71, &[([scale * 30.0, scale * 22.0], 0.01)]);
    cloth.look = Look { slope: 0.12, hollow: 0.09 };
    cloth.norm = [0.35, 0.34];
    cloth
}
