//! Numbers as text, as short as they can be.

use std::fmt::Write;

/// How many places after the point a tolerance needs, so that rounding takes at most about a third of it.
pub fn decimals_for(tolerance: f64) -> u32 {
    (0..6).find(|decimals| rounding(*decimals) <= 0.36 * tolerance).unwrap_or(6)
}

/// How far rounding both coordinates moves a place at most.
pub fn rounding(decimals: u32) -> f64 {
    std::f64::consts::FRAC_1_SQRT_2 / 10f64.powi(decimals as i32)
}

/// In units of the last decimal place.
pub(super) fn units(value: f64, decimals: u32) -> i64 {
    (value * 10f64.powi(decimals as i32)).round() as i64
}

/// Without zeros at the end, or before the point if `bare`.
pub(super) fn write_units(out: &mut String, units: i64, decimals: u32, bare: bool) {
    if units < 0 {
        out.push('-');
    }
    let (mut part, mut places) = (units.unsigned_abs(), decimals);
    while places > 0 && part.is_multiple_of(10) {
        part /= 10;
        places -= 1;
    }
    let scale = 10u64.pow(places);
    let (whole, part) = (part / scale, part % scale);
    if whole > 0 || places == 0 || !bare {
        write!(out, "{whole}").unwrap_or_default();
    }
    if places > 0 {
        write!(out, ".{part:0width$}", width = places as usize).unwrap_or_default();
    }
}

/// A number, rounded.
pub(super) fn write_number(out: &mut String, value: f64, decimals: u32) {
    write_units(out, units(value, decimals), decimals, false);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn numbers_read_back_are_the_rounded_ones() {
        let mut random = Random::new("numbers_read_back_are_the_rounded_ones");
        for _ in 0..2000 {
            let decimals = random.below(5) as u32;
            let number = random.below(200_001) as i64 - 100_000;
            let number = if random.below(2) == 0 { number } else { number / 1000 };
            for bare in [false, true] {
                let mut text = String::new();
                write_units(&mut text, number, decimals, bare);
                let read: f64 = text.parse().unwrap();
                assert_eq!(units(read, decimals), number, "{text} {random}");
                assert!(!text.contains('.') || !text.ends_with('0'), "{text}");
            }
        }
    }

    #[test]
    fn coarser_tolerances_need_fewer_decimals() {
        assert_eq!([2.0, 1.0, 0.25, 0.02].map(decimals_for), [0, 1, 1, 2]);
        assert!((0..50).map(|i| 0.02 * 1.2f64.powi(i)).all(|t| rounding(decimals_for(t)) < 0.37 * t));
    }
}
