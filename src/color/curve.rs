//! Tone curves of ICC profiles: from a stored value to light.
//!
//! ICC.1:2022 §10.6 (`curveType`: nothing, a gamma, or a table) and §10.18 (`parametricCurveType`, five
//! forms of one formula). Evaluated in `f64`; pixels meet them through tables only.

use moxcms::ToneReprCurve;

/// A tone curve, in the two shapes that all ICC curves reduce to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Curve {
    /// `c·x + f` below `d`, `(a·x + b)^g + e` from there on.
    Formula { g: f64, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64 },
    /// At least two values at even steps over 0..=1, 65535 being full light, straight lines between them.
    Table(Vec<u16>),
}

impl Curve {
    /// The curve of a profile, if it is one the standard knows.
    pub(super) fn from_icc(curve: &ToneReprCurve) -> Option<Self> {
        match curve {
            ToneReprCurve::Lut(table) => Some(match table[..] {
                [] => Self::gamma(1.0),
                // One entry is a gamma in u8Fixed8.
                [gamma] => Self::gamma(f64::from(gamma) / 256.0),
                _ => Self::Table(table.clone()),
            }),
            ToneReprCurve::Parametric(parameters) => {
                let p: Vec<f64> = parameters.iter().map(|&v| f64::from(v)).collect();
                let formula = |g, a, b, c, d, e, f| Some(Self::Formula { g, a, b, c, d, e, f });
                match p[..] {
                    [g] => formula(g, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                    [g, a, b] => formula(g, a, b, 0.0, -b / a, 0.0, 0.0),
                    [g, a, b, c] => formula(g, a, b, 0.0, -b / a, c, c),
                    [g, a, b, c, d] => formula(g, a, b, c, d, 0.0, 0.0),
                    [g, a, b, c, d, e, f] => formula(g, a, b, c, d, e, f),
                    _ => None,
                }
            }
        }
    }

    fn gamma(g: f64) -> Self {
        Self::Formula { g, a: 1.0, b: 0.0, c: 0.0, d: 0.0, e: 0.0, f: 0.0 }
    }

    /// Light for a stored value. Outside 0..=1 a formula goes on (mirrored below zero) and a table stays
    /// at its ends; where a hostile formula has no answer, there is no light.
    pub(super) fn eval(&self, x: f64) -> f64 {
        let light = match self {
            Self::Formula { g, a, b, c, d, e, f } => {
                let x = x.abs();
                if x < *d { c * x + f } else { (a * x + b).max(0.0).powf(*g) + e }
            }
            Self::Table(table) => between(table, x.abs()),
        };
        if light.is_finite() { light.copysign(x * light) } else { 0.0 }
    }

    /// Light for each of `levels` stored values at even steps over 0..=1, kept within 0..=1.
    pub(super) fn tabulate(&self, levels: usize) -> Vec<f32> {
        let step = 1.0 / (levels - 1) as f64;
        (0..levels).map(|i| self.eval(i as f64 * step).clamp(0.0, 1.0) as f32).collect()
    }

    /// Does it give the same 8-bit values as the curve of sRGB? Profiles write that curve as a formula
    /// rounded to 16 bits or as a table of up to 4096 entries, so only what it does can be compared.
    pub(super) fn is_srgb(&self) -> bool {
        (0..=255).all(|level| {
            let stored = f64::from(level) / 255.0;
            (encode_srgb(self.eval(stored)) - stored).abs() < 0.5 / 255.0
        })
    }
}

fn between(table: &[u16], x: f64) -> f64 {
    let last = table.len() - 1;
    let place = x.min(1.0) * last as f64;
    let low = (place as usize).min(last - 1);
    let (from, to) = (f64::from(table[low]), f64::from(table[low + 1]));
    (from + (to - from) * (place - low as f64)) / 65535.0
}

/// The curve of sRGB (IEC 61966-2-1), from light to a stored value; mirrored below zero.
pub(super) fn encode_srgb(light: f64) -> f64 {
    let x = light.abs();
    let stored = if x <= 0.003_130_8 { x * 12.92 } else { 1.055 * x.powf(1.0 / 2.4) - 0.055 };
    stored.copysign(light)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_curve_is_read() {
        let eval = |curve, x| Curve::from_icc(&curve).unwrap().eval(x);
        assert_eq!(eval(ToneReprCurve::Lut(vec![]), 0.25), 0.25);
        assert_eq!(eval(ToneReprCurve::Lut(vec![512]), 0.5), 0.25);
        assert_eq!(eval(ToneReprCurve::Lut(vec![0, 0, 65535]), 0.75), 0.5);
        assert_eq!(eval(ToneReprCurve::Parametric(vec![2.0]), 0.5), 0.25);
        assert_eq!(eval(ToneReprCurve::Parametric(vec![2.0, 1.0, -0.5]), 0.25), 0.0);
        assert_eq!(eval(ToneReprCurve::Parametric(vec![2.0, 1.0, -0.5, 0.125]), 0.25), 0.125);
        assert_eq!(eval(ToneReprCurve::Parametric(vec![2.0, 1.0, 0.0, 0.5, 0.5]), 0.25), 0.125);
        let seven = vec![2.0, 1.0, 0.0, 0.5, 0.5, 0.25, 0.125];
        assert_eq!(eval(ToneReprCurve::Parametric(seven.clone()), 0.25), 0.25);
        assert_eq!(eval(ToneReprCurve::Parametric(seven), 0.5), 0.5);
        assert_eq!(Curve::from_icc(&ToneReprCurve::Parametric(vec![1.0, 2.0])), None);
    }

    #[test]
    fn a_curve_goes_on_outside_the_range_and_never_to_nowhere() {
        assert_eq!(Curve::gamma(2.0).eval(-0.5), -0.25);
        assert_eq!(Curve::gamma(2.0).eval(2.0), 4.0);
        assert_eq!(Curve::Table(vec![0, 65535]).eval(7.0), 1.0);
        assert_eq!(Curve::gamma(-1.0).eval(0.0), 0.0);
        assert_eq!(Curve::gamma(2.0).eval(f64::NAN), 0.0);
    }

    #[test]
    fn srgb_is_known_by_what_it_does() {
        let formula = ToneReprCurve::Parametric(vec![2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045]);
        let curve = Curve::from_icc(&formula).unwrap();
        assert!(curve.is_srgb());
        let table = curve.tabulate(1024).iter().map(|v| (v * 65535.0).round() as u16).collect();
        assert!(Curve::Table(table).is_srgb());
        assert!(!Curve::gamma(2.2).is_srgb(), "close, and not the same in the shadows");
    }
}
