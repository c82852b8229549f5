//! A box of pencils, and which of them a picture needs.
//!
//! Pigments over paper take away light one after the other, so their densities (minus the logarithm of what they
//! send back) add up. A colour is mixed by pursuit: the pencil that best explains what is still missing, then the
//! next (Mallat & Zhang, "Matching pursuits with time-frequency dictionaries", 1993).

use crate::color::Rgb;
use crate::pixel::Encoding;

/// The box, as laid on thickly.
const BOX: [[u8; 3]; 30] = [
    [253, 222, 62],
    [247, 184, 32],
    [240, 131, 38],
    [228, 87, 46],
    [206, 43, 55],
    [160, 32, 58],
    [226, 98, 130],
    [240, 160, 172],
    [178, 80, 150],
    [118, 66, 140],
    [74, 62, 140],
    [38, 62, 138],
    [36, 100, 176],
    [62, 150, 204],
    [136, 194, 222],
    [38, 152, 158],
    [24, 112, 102],
    [30, 118, 66],
    [92, 164, 64],
    [164, 198, 72],
    [112, 120, 50],
    [236, 190, 148],
    [216, 150, 100],
    [186, 112, 62],
    [146, 76, 48],
    [96, 62, 48],
    [150, 142, 136],
    [96, 100, 108],
    [44, 46, 72],
    [40, 36, 36],
];

/// What a thick layer takes away of each of red, green and blue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pencil {
    pub(crate) density: [f32; 3],
    square: f32,
}

/// What a colour in linear light takes away of white.
pub(crate) fn density(rgb: [f32; 3]) -> [f32; 3] {
    rgb.map(|v| -(v.clamp(0.012, 1.0)).ln())
}

impl Pencil {
    fn new(rgb: [u8; 3]) -> Self {
        let density = density(Rgb(rgb.map(|v| f32::from(v) / 255.0)).to(Encoding::Linear));
        Self { density, square: dot(density, density) }
    }

    /// How hard this pencil has to press for what is missing, at most `most`.
    pub(crate) fn pressure(&self, missing: [f32; 3], most: f32) -> f32 {
        (dot(missing, self.density) / self.square).clamp(0.0, most)
    }

    /// The same for a stroke already begun: it lets up where this pencil is not what is missing, or strokes that reach
    /// into another colour would stain it.
    pub(crate) fn pressure_along(&self, missing: [f32; 3], most: f32) -> f32 {
        let along = dot(missing, self.density);
        let cosine = along / (dot(missing, missing) * self.square).sqrt().max(1e-6);
        (along / self.square).clamp(0.0, most) * ((cosine - 0.62) / 0.2).clamp(0.0, 1.0)
    }

    /// What is left over, squared; too much counts more than too little, since it cannot be taken back.
    fn error(&self, missing: [f32; 3], most: f32) -> f32 {
        let p = self.pressure(missing, most);
        (0..3)
            .map(|k| missing[k] - p * self.density[k])
            .map(|e| if e < 0.0 { 2.2 * e * e } else { e * e })
            .sum()
    }
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The pencil that leaves least over.
pub(crate) fn best(pencils: &[Pencil], missing: [f32; 3], most: f32) -> usize {
    let errors = pencils.iter().map(|p| p.error(missing, most));
    errors.enumerate().min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(i, _)| i)
}

/// The `count` pencils most wanted for these densities: each colour asks for three in turn.
pub(crate) fn choose(wanted: impl Iterator<Item = [f32; 3]>, count: usize) -> Vec<Pencil> {
    let all = BOX.map(Pencil::new);
    let mut votes = [0f32; BOX.len()];
    for mut missing in wanted {
        for _ in 0..3 {
            let i = best(&all, missing, 0.8);
            let p = all[i].pressure(missing, 0.8);
            let before = dot(missing, missing);
            (0..3).for_each(|k| missing[k] -= p * all[i].density[k]);
            votes[i] += (before - dot(missing, missing)).max(0.0).sqrt();
        }
    }
    let mut order: Vec<usize> = (0..BOX.len()).collect();
    order.sort_by(|a, b| votes[*b].total_cmp(&votes[*a]).then(a.cmp(b)));
    order.truncate(count);
    order.sort_unstable();
    order.into_iter().map(|i| all[i]).collect()
}
