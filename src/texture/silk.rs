//! Silk for painting: filaments laid flat and close, twice as many down as across, the warp on top for the most
//! part. The weft swells here and there and shows as a faint bar; over the width of the cloth lies a sheen.

use super::cloth::Cloth;
use super::ground::Look;
use super::hills::Hills;
use crate::kernel::cloth::Weave;
use crate::pixel::Size;

pub(super) fn silk(size: Size, scale: f32, seed: u64) -> Cloth {
    let weave = Weave {
        width: [0.98, 0.95],
        rise: [0.2, 0.16],
        round: [0.3, 0.22],
        lead: 0.08,
        stray: 0.1,
        uneven: 0.16,
        shade: 0.05,
        floor: -0.3,
    };
    let pitch = [scale * 0.42, scale * 0.7];
    let mut cloth = Cloth::new(size, pitch, weave, seed);
    cloth.wander = 0.5;
    cloth.stains = Hills::new(
        size,
        seed ^ 0x72,
        &[
            ([scale * 70.0, scale * 110.0], 0.022),
            ([scale * 60.0, scale * 0.35], 0.012),
            ([scale * 0.3, scale * 80.0], 0.009),
        ],
    );
    cloth.look = Look { slope: 0.03, hollow: 0.035 };
    cloth.norm = [0.17, 0.135];
    cloth
}
