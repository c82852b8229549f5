//! Where colours are compared: a point for each colour, and the way back.

use crate::color::convert::convert_rows;
use crate::kernel::{Level, cielab};
use crate::pixel::Encoding;

/// Where colours are compared. The nearest colour and the mean of colours depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Space {
    /// Even steps look even.
    #[default]
    Oklab,
    /// The numbers in files; what most older programs use.
    Srgb,
    /// Proportional to light: bright colours count for most.
    Linear,
    /// CIE 1976 L*a*b* (white D65), divided by 100.
    Lab,
}

impl Space {
    /// The spaces by name.
    pub const NAMED: &[(&'static str, Self)] =
        &[("oklab", Self::Oklab), ("srgb", Self::Srgb), ("linear", Self::Linear), ("lab", Self::Lab)];

    /// Three rows of sRGB, 0 to 1, become rows of points.
    pub(crate) fn enter(self, level: Level, rows: [&mut [f32]; 3]) {
        match self {
            Self::Oklab => convert_rows(level, Encoding::Srgb, Encoding::Oklab, rows),
            Self::Srgb => {}
            Self::Linear => convert_rows(level, Encoding::Srgb, Encoding::Linear, rows),
            Self::Lab => {
                let [r, g, b] = rows;
                convert_rows(level, Encoding::Srgb, Encoding::Linear, [&mut *r, &mut *g, &mut *b]);
                cielab::from_linear(level, r, g, b);
            }
        }
    }

    /// Rows of points become rows of sRGB, as far outside 0 to 1 as they may lie.
    pub(crate) fn leave(self, level: Level, rows: [&mut [f32]; 3]) {
        match self {
            Self::Oklab => convert_rows(level, Encoding::Oklab, Encoding::Srgb, rows),
            Self::Srgb => {}
            Self::Linear => convert_rows(level, Encoding::Linear, Encoding::Srgb, rows),
            Self::Lab => {
                let [r, g, b] = rows;
                cielab::to_linear(level, &mut *r, &mut *g, &mut *b);
                convert_rows(level, Encoding::Linear, Encoding::Srgb, [r, g, b]);
            }
        }
    }

    /// The point of one colour in sRGB, 0 to 1.
    pub fn point(self, colour: [f32; 3]) -> [f32; 3] {
        let [mut r, mut g, mut b] = colour.map(|v| [v]);
        self.enter(Level::PLAIN, [&mut r, &mut g, &mut b]);
        [r[0], g[0], b[0]]
    }

    /// The colour of one point.
    pub fn colour(self, point: [f32; 3]) -> [f32; 3] {
        let [mut x, mut y, mut z] = point.map(|v| [v]);
        self.leave(Level::PLAIN, [&mut x, &mut y, &mut z]);
        [x[0], y[0], z[0]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn every_space_leads_back() {
        let mut random = Random::new("spaces");
        for &(name, space) in Space::NAMED {
            for _ in 0..200 {
                let colour: [f32; 3] = std::array::from_fn(|_| random.unit());
                let back = space.colour(space.point(colour));
                for (a, b) in colour.iter().zip(back) {
                    assert!((a - b).abs() < 1e-4, "{name}: {colour:?} came back as {back:?}, {random}");
                }
            }
        }
    }

    #[test]
    fn lab_has_the_values_of_the_books() {
        // Bruce Lindbloom's calculator: sRGB (255, 0, 0) in D65.
        let red = Space::Lab.point([1.0, 0.0, 0.0]);
        for (got, wanted) in red.iter().zip([0.5324, 0.8009, 0.6720]) {
            assert!((got - wanted).abs() < 1e-3, "{red:?}");
        }
    }
}
