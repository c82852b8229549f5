//! Scaled down, a cloth is as even as it was woven.

use super::*;
use crate::weave::render::Window;

#[test]
fn a_uniform_satin_scaled_down_is_uniform() {
    let cloth = satin(true, [RED, GOLD]);
    for scale in [0.3, 0.37, 0.45, 0.5, 0.61, 0.7, 0.83, 0.9, 1.1, 1.27, 1.6, 1.93] {
        let window = Window { left: 0.0, top: 0.0, across: 160.0 / scale, down: 160.0 / scale };
        let view = View::of(size(160, 160), window);
        let bytes = draw(&cloth, &View { irregularity: 0.0, folds: 0.0, ..view });
        let waves = slow_waves(&bytes, 160);
        println!("{scale}: {waves:.3}");
        assert!(waves < 0.12, "{scale} px a thread: slow waves of {waves}");
    }
}

/// Moiré is slow: the deviation, in bytes of green, of means over soft windows of 32 × 32 pixels. The windows are
/// soft so that the weave itself, where it may be seen, does not count.
fn slow_waves(rgb: &[u8], width: usize) -> f32 {
    const WINDOW: usize = 32;
    let bell = |i: usize| {
        (std::f32::consts::PI * (i as f32 + 0.5) / WINDOW as f32).sin().powi(2) * 2.0 / WINDOW as f32
    };
    let bell: Vec<f32> = (0..WINDOW).map(bell).collect();
    let mean_at = |x: usize, y: usize| -> f32 {
        let value =
            |i: usize, j: usize| f32::from(rgb[((y + j) * width + x + i) * 3 + 1]) * bell[i] * bell[j];
        (0..WINDOW * WINDOW).map(|k| value(k % WINDOW, k / WINDOW)).sum()
    };
    let starts: Vec<usize> = (0..=width - WINDOW).step_by(WINDOW / 4).collect();
    let means: Vec<f32> = starts
        .iter()
        .flat_map(|&y| starts.iter().map(move |&x| (x, y)))
        .map(|(x, y)| mean_at(x, y))
        .collect();
    let mean = means.iter().sum::<f32>() / means.len() as f32;
    (means.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / means.len() as f32).sqrt()
}
