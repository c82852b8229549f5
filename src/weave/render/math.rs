//! Functions of angles and powers that give the same bits on every machine, for tables that are made once.

pub(super) use crate::kernel::angle::sin_cos;

/// Sine and cosine of degrees.
pub(super) fn sin_cos_degrees(degrees: f32) -> (f32, f32) {
    sin_cos(degrees.to_radians())
}

/// The angle of a sine, for those up to 0.8.
pub(super) fn asin(x: f32) -> f32 {
    let x = f64::from(x);
    let (mut sum, mut term) = (x, x);
    for n in 1..24 {
        let n = f64::from(n);
        term *= x * x * (2.0 * n - 1.0) / (2.0 * n);
        sum += term / (2.0 * n + 1.0);
    }
    sum as f32
}

/// e to the `x`, for `x` from -80 to 80.
pub(super) fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-80.0, 80.0));
    let part = x / 256.0;
    let mut sum =
        1.0 + part * (1.0 + part / 2.0 * (1.0 + part / 3.0 * (1.0 + part / 4.0 * (1.0 + part / 5.0))));
    for _ in 0..8 {
        sum *= sum;
    }
    sum as f32
}

/// A bell like `exp(-x²)`, without a power: the reciprocal of the first terms of its series.
pub(super) fn bell(x: f32) -> f32 {
    let s = x * x;
    1.0 / (1.0 + s * (1.0 + s * (0.5 + s * (1.0 / 6.0))))
}

/// From 0 to 1 without a jump in speed.
pub(super) fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

/// Between two numbers.
pub(super) fn mix([from, to]: [f32; 2], t: f32) -> f32 {
    from + (to - from) * t
}
