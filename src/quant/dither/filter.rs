//! Where error diffusion sends its errors.

use crate::kernel::dither::Tap;

/// The shares in which a pixel's error goes to its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// Floyd and Steinberg (1976): four neighbours; the finest grain.
    #[default]
    FloydSteinberg,
    /// Jarvis, Judice and Ninke (1976): twelve neighbours; coarser, with few worms.
    JarvisJudiceNinke,
    /// Stucki (1981): the same twelve with other shares; a little sharper.
    Stucki,
    /// Atkinson (about 1984): six neighbours get six eighths; crisp, and it loses the extremes.
    Atkinson,
    /// Sierra (1989): ten neighbours.
    Sierra,
    /// Sierra Lite (1990): three neighbours; as fine as Floyd and Steinberg.
    SierraLite,
}

impl Filter {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::FloydSteinberg,
        Self::JarvisJudiceNinke,
        Self::Stucki,
        Self::Atkinson,
        Self::Sierra,
        Self::SierraLite,
    ];

    /// The name in files and flags.
    pub fn name(self) -> &'static str {
        match self {
            Self::FloydSteinberg => "floyd-steinberg",
            Self::JarvisJudiceNinke => "jarvis",
            Self::Stucki => "stucki",
            Self::Atkinson => "atkinson",
            Self::Sierra => "sierra",
            Self::SierraLite => "sierra-lite",
        }
    }

    /// Shares as published: what one is a part of, then what lies ahead, then the rows below from two behind
    /// to two ahead.
    fn shares(self) -> (f32, [f32; 2], [[f32; 5]; 2]) {
        match self {
            Self::FloydSteinberg => (16.0, [7.0, 0.0], [[0.0, 3.0, 5.0, 1.0, 0.0], [0.0; 5]]),
            Self::JarvisJudiceNinke => {
                (48.0, [7.0, 5.0], [[3.0, 5.0, 7.0, 5.0, 3.0], [1.0, 3.0, 5.0, 3.0, 1.0]])
            }
            Self::Stucki => (42.0, [8.0, 4.0], [[2.0, 4.0, 8.0, 4.0, 2.0], [1.0, 2.0, 4.0, 2.0, 1.0]]),
            Self::Atkinson => (8.0, [1.0, 1.0], [[0.0, 1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0, 0.0]]),
            Self::Sierra => (32.0, [5.0, 3.0], [[2.0, 4.0, 5.0, 4.0, 2.0], [0.0, 2.0, 3.0, 2.0, 0.0]]),
            Self::SierraLite => (4.0, [2.0, 0.0], [[0.0, 1.0, 1.0, 0.0, 0.0], [0.0; 5]]),
        }
    }

    /// The same as steps for the kernel.
    pub(super) fn taps(self) -> Vec<Tap> {
        let (whole, ahead, below) = self.shares();
        let here = (1..).zip(ahead).map(|(ahead, share)| (ahead, 0, share));
        let below =
            (1..).zip(below).flat_map(|(down, row)| (-2..).zip(row).map(move |(x, share)| (x, down, share)));
        let taps = here.chain(below).filter(|(.., share)| *share > 0.0);
        taps.map(|(ahead, down, share)| Tap { ahead, down, share: share / whole }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        for filter in Filter::ALL {
            let sum: f32 = filter.taps().iter().map(|tap| tap.share).sum();
            let whole = if filter == Filter::Atkinson { 0.75 } else { 1.0 };
            assert!((sum - whole).abs() < 1e-6, "{filter:?}: {sum}");
        }
    }
}
