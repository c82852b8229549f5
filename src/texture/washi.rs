//! Washi: mulberry fibres as long as a finger joint, lying every way, in a pulp that clouds where the mould was
//! shaken. Some fibres are bundles that the beating left, and darker.

use std::ops::Range;

use super::fibre::Fibres;
use super::ground::{Look, Maker, Sheet};
use super::hills::Hills;
use crate::kernel::Level;
use crate::pixel::Size;

pub(super) struct Washi {
    size: Size,
    clouds: Hills,
    pulp: Hills,
    fine: Fibres,
    long: Fibres,
    bundles: Fibres,
}

impl Washi {
    pub(super) fn new(size: Size, scale: f32, seed: u64) -> Self {
        let s = scale;
        let fibres = |length, width, count, bend, salt: u32| Fibres {
            length: length * s,
            width: width * s,
            count,
            bend,
            seed: (seed ^ seed >> 32) as u32 ^ salt,
        };
        Self {
            size,
            clouds: Hills::new(
                size,
                seed ^ 0x81,
                &[([s * 11.0, s * 9.0], 0.016), ([s * 5.0, s * 4.6], 0.012), ([s * 2.2, s * 2.0], 0.007)],
            ),
            pulp: Hills::new(
                size,
                seed ^ 0x82,
                &[([s * 1.6, s * 1.5], 0.22), ([s * 0.6, s * 0.55], 0.16), ([s * 0.25, s * 0.22], 0.1)],
            ),
            fine: fibres(7.0, 0.12, 60, 1.8, 0x83),
            long: fibres(16.0, 0.2, 24, 1.6, 0x84),
            bundles: fibres(13.0, 0.34, 1, 1.1, 0x85),
        }
    }
}

impl Maker for Washi {
    fn rows(&self, level: Level, rows: Range<i64>) -> Sheet {
        let width = self.size.width();
        let len = width * (rows.end - rows.start).max(0) as usize;
        let mut sheet = Sheet { height: vec![0.0; len], tone: vec![0.0; len] };
        let (mut light, mut dark) = (vec![0.0; len], vec![0.0; len]);
        self.fine.add(self.size, rows.clone(), &mut light);
        light.iter_mut().for_each(|v| *v *= 0.5);
        self.long.add(self.size, rows.clone(), &mut light);
        self.bundles.add(self.size, rows.clone(), &mut dark);
        let bands = sheet.height.chunks_exact_mut(width).zip(sheet.tone.chunks_exact_mut(width));
        for (y, (height, tone)) in rows.zip(bands) {
            self.pulp.add(level, y, height);
            self.clouds.add(level, y, tone);
        }
        let own = sheet.height.iter_mut().zip(&mut sheet.tone);
        for ((height, tone), (light, dark)) in own.zip(light.iter().zip(&dark)) {
            *height += 0.9 * light + 0.8 * dark;
            *tone += 0.045 * light - 0.07 * dark;
        }
        sheet
    }

    fn look(&self) -> Look {
        Look { slope: 0.06, hollow: 0.0 }
    }
}
