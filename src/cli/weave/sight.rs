//! How the cloth is shown.

use clap::Args;
use zhijin::pixel::Size;
use zhijin::weave::cloth::{Cloth, End};
use zhijin::weave::render::{Light, View};

/// The picture of the cloth.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Picture of the cloth")]
pub(crate) struct SightArgs {
    /// Pixels for each main end; default: so many that the longer side is near 3000, at least 1.
    #[arg(long, value_name = "PIXELS", value_parser = scale)]
    scale: Option<f32>,

    /// Repeats to show, across and along, such as 2x2.
    #[arg(long, value_name = "AxB", default_value = "1x1", value_parser = tiles)]
    tiles: (u32, u32),

    /// Where the light comes from, in degrees: 0 from the right, 90 from above, 180 from the left.
    #[arg(long, value_name = "DEGREES", default_value_t = 112.0, value_parser = number::<0, 360>)]
    light: f32,

    /// How high it stands, in degrees above the cloth.
    #[arg(long, value_name = "DEGREES", default_value_t = 42.0, value_parser = number::<10, 90>)]
    elevation: f32,

    /// How uneven the threads are: 0 a machine, 1 a good hand loom.
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = number::<0, 4>)]
    irregularity: f32,

    /// How much metal thread glints.
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = number::<0, 2>)]
    glitter: f32,

    /// How strongly the cloth lies in folds; 0: flat under glass.
    #[arg(long, value_name = "N", default_value_t = 0.5, value_parser = number::<0, 2>)]
    folds: f32,

    /// Where all chance comes from; the same seed, the same picture.
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u32,
}

/// The longer side that is aimed at.
const LONGER: f32 = 3000.0;

impl SightArgs {
    /// The view of a cloth.
    pub(super) fn view(&self, cloth: &Cloth) -> zhijin::Result<View> {
        let columns = cloth.warp.iter().filter(|(_, kind)| *kind == End::Main).count().max(1) as f32;
        let passes = cloth.passes.len().saturating_sub(1).max(1) as f32;
        // Shape of a cell: as wide as a main end, as high as a pass.
        let cell = cloth.height_cm() / passes / (cloth.width_cm() / columns);
        let (across, along) = (columns * self.tiles.0 as f32, passes * cell * self.tiles.1 as f32);
        let fit = (LONGER / across.max(along)).clamp(1.0, 24.0);
        let scale = self.scale.unwrap_or(if fit > 2.0 { fit.round() } else { fit });
        let pixels = |threads: f32| (threads * scale).round().max(1.0) as u32;
        let size = Size::new(pixels(across), pixels(along))
            .map_err(|error| super::unsupported(&error.to_string(), "choose a smaller --scale"))?;
        let tiles = (self.tiles.0 as f32, self.tiles.1 as f32);
        let view = View::repeats(cloth, size, tiles.0, tiles.1);
        let light = Light { azimuth: self.light, elevation: self.elevation, ..Light::default() };
        let (irregularity, glitter, folds) = (self.irregularity, self.glitter, self.folds);
        Ok(View { light, irregularity, glitter, folds, seed: self.seed, ..view })
    }
}

fn number<const LOW: i32, const HIGH: i32>(text: &str) -> Result<f32, String> {
    let (low, high) = (LOW as f32, HIGH as f32);
    let number = text.parse::<f32>().ok().filter(|n| (low..=high).contains(n));
    number.ok_or_else(|| format!("write a number from {LOW} to {HIGH}"))
}

fn scale(text: &str) -> Result<f32, String> {
    let number = text.parse::<f32>().ok().filter(|n| (0.05..=64.0).contains(n));
    number.ok_or_else(|| "write a number of pixels from 0.05 to 64".into())
}

fn tiles(text: &str) -> Result<(u32, u32), String> {
    let side = |text: &str| text.parse::<u32>().ok().filter(|n| (1..=64).contains(n));
    let pair = text.split_once(['x', '×']).and_then(|(a, b)| Some((side(a)?, side(b)?)));
    pair.ok_or_else(|| "write repeats across and along, such as 2x3, each from 1 to 64".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_in_range() {
        assert_eq!(tiles("2x3"), Ok((2, 3)));
        assert!(tiles("0x1").is_err() && tiles("2").is_err());
        assert_eq!(number::<0, 3>("1.5"), Ok(1.5));
        assert!(number::<0, 3>("4").is_err() && number::<0, 3>("nan").is_err());
        assert_eq!(scale("0.5"), Ok(0.5));
        assert!(scale("0").is_err());
    }
}
