//! Sine and cosine that give the same bits on every machine, where few are needed.

/// Sine and cosine by their series, good for a full turn either way.
pub(crate) fn sin_cos(angle: f32) -> (f32, f32) {
    let angle = f64::from(angle) % std::f64::consts::TAU;
    let (mut sin, mut cos, mut term) = (0.0, 1.0, 1.0);
    for n in 1..34 {
        term *= angle / f64::from(n);
        match n % 4 {
            1 => sin += term,
            2 => cos -= term,
            3 => sin -= term,
            _ => cos += term,
        }
    }
    (sin as f32, cos as f32)
}
