//! What is dithered, and with what.

use crate::color::convert::convert_rows;
use crate::kernel::Level;
use crate::kernel::dither::{Colours, Light};
use crate::kernel::oklab;
use crate::pixel::{Encoding, Plane, Size};
use crate::quant::Nearest;

/// A picture as points of the working space.
#[derive(Clone, Copy, Debug)]
pub struct Points<'a> {
    /// The three coordinates, in planes of one size.
    pub planes: [&'a Plane; 3],
    /// What they mean: Oklab, sRGB from 0 to 1, or linear light.
    pub encoding: Encoding,
    /// Pixels that are not to be seen (true), one for each pixel: no error goes into them or comes out of
    /// them.
    pub skip: Option<&'a [bool]>,
}

impl Points<'_> {
    /// Width and height.
    pub fn size(&self) -> Size {
        self.planes[0].size()
    }

    /// The three rows `y`.
    pub(super) fn rows(&self, y: usize) -> [&[f32]; 3] {
        self.planes.map(|plane| plane.row(y))
    }
}

/// Below this root of light errors weigh as they do here: what is owed to black is not worth a white dot.
const FLOOR: f32 = 0.35;

/// How colours of this encoding mix in the eye.
pub(super) fn light(encoding: Encoding) -> Light {
    let same = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    match encoding {
        Encoding::Oklab => {
            Light { to_root: oklab::FROM_LAB, from_root: oklab::TO_LAB, curve: [0.0, 0.0, 1.0], floor: FLOOR }
        }
        // The curve of sRGB to within a few thousandths.
        Encoding::Srgb => {
            Light { to_root: same, from_root: same, curve: [0.012_5, 0.682_2, 0.305_3], floor: FLOOR }
        }
        Encoding::Linear => Light { to_root: same, from_root: same, curve: [1.0, 0.0, 0.0], floor: FLOOR },
    }
}

/// A palette prepared for dithering.
pub(super) struct Prepared {
    pub(super) nearest: Nearest,
    roots: Vec<[f32; 3]>,
    light: Light,
    /// The mean distance of an entry to the one nearest to it.
    pub(super) gap: f32,
    /// For each entry the squared distance at which a colour is half its own.
    own: Vec<f32>,
    /// Entries from the darkest to the lightest …
    pub(super) by_lightness: Vec<u16>,
    /// … and the place of each entry there.
    pub(super) rank: Vec<u16>,
}

/// An error may grow to so many gaps. The usual advice is less than one, but then colours outside the hull of
/// a small palette come out flat, and pictures were farther from the original to the eye.
const GAPS: f32 = 2.0;

impl Prepared {
    pub(super) fn new(palette: &[[f32; 3]], encoding: Encoding) -> Self {
        let nearest = Nearest::new(palette);
        let light = light(encoding);
        let roots = light.roots(&nearest.entries().points);
        let [mut l, mut a, mut b] = [0, 1, 2].map(|c| palette.iter().map(|p| p[c]).collect::<Vec<_>>());
        convert_rows(Level::PLAIN, encoding, Encoding::Oklab, [&mut l, &mut a, &mut b]);
        let mut by_lightness: Vec<u16> = (0..roots.len()).map(|i| i as u16).collect();
        by_lightness.sort_by(|i, j| l[usize::from(*i)].total_cmp(&l[usize::from(*j)]));
        let mut rank = vec![0; roots.len()];
        for (place, entry) in by_lightness.iter().enumerate() {
            rank[usize::from(*entry)] = place as u16;
        }
        let gaps = gaps(palette);
        let gap = gaps.iter().sum::<f32>() / gaps.len() as f32;
        let own = gaps.iter().map(|gap| (OWN * gap).min(HARDLY).powi(2) + 1e-12).collect();
        Self { nearest, roots, light, gap, own, by_lightness, rank }
    }

    /// For kernels; `clean` is how much is forgiven to colours near an entry.
    pub(super) fn colours(&self, clean: f32) -> Colours<'_> {
        Colours {
            entries: self.nearest.entries(),
            roots: &self.roots,
            light: &self.light,
            limit: GAPS * self.gap,
            own: &self.own,
            clean,
        }
    }
}

/// Of the gap to the next entry: the distance at which a colour is half an entry's own …
const OWN: f32 = 0.12;

/// … but at most this, which is hardly seen.
const HARDLY: f32 = 0.025;

/// Larger palettes are not measured entry by entry.
const LARGE: usize = 1024;

/// The distance of each entry to the one nearest to it that is not the same; of a large palette the mean of
/// some.
fn gaps(palette: &[[f32; 3]]) -> Vec<f32> {
    let square = |p: &[f32; 3], q: &[f32; 3]| (0..3).map(|c| (p[c] - q[c]) * (p[c] - q[c])).sum::<f32>();
    let gap = |p: &[f32; 3]| {
        let squares = palette.iter().map(|q| square(p, q)).filter(|square| *square > 0.0);
        let least = squares.fold(f32::INFINITY, f32::min);
        if least.is_finite() { least.sqrt() } else { 0.0 }
    };
    if palette.len() <= LARGE {
        return palette.iter().map(gap).collect();
    }
    let some: Vec<_> = palette.iter().step_by(palette.len().div_ceil(LARGE / 2)).map(gap).collect();
    vec![some.iter().sum::<f32>() / some.len() as f32; palette.len()]
}
