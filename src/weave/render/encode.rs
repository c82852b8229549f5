//! Light to bytes and back.

use crate::kernel::{Level, transfer};

/// sRGB bytes as linear light.
pub(super) fn linear(bytes: [u8; 3]) -> [f32; 3] {
    let mut light = bytes.map(|byte| f32::from(byte) / 255.0);
    transfer::srgb_to_linear(Level::PLAIN, &mut light);
    light
}

/// Bytes for linear light in fine steps.
pub(super) struct Encoder(Vec<u8>);

const STEPS: f32 = 16383.0;

impl Encoder {
    pub(super) fn new() -> Self {
        let mut light: Vec<f32> = (0..=STEPS as u32).map(|i| i as f32 / STEPS).collect();
        transfer::linear_to_srgb(Level::PLAIN, &mut light);
        Self(light.into_iter().map(|v| (v * 255.0 + 0.5) as u8).collect())
    }

    pub(super) fn row(&self, light: &[f32], bytes: &mut [u8]) {
        for (byte, &v) in bytes.iter_mut().zip(light) {
            *byte = self.0[(v.clamp(0.0, 1.0) * STEPS + 0.5) as usize];
        }
    }
}
