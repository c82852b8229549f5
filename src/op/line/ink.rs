//! Ink on paper: all or nothing, or as much as a plane says.

use crate::color::Rgb;
use crate::context::Context;
use crate::edge::EdgeMap;
use crate::error::Result;
use crate::kernel::interleave::Store;
use crate::op::Values;
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Depth, Layout, Picture, Plane, Samples, Size};

/// How much ink there is on each pixel.
#[derive(Clone, Debug)]
pub(super) enum Cover {
    /// All or nothing.
    Lines(EdgeMap),
    /// These values times `gain`; 1 and more is full ink.
    Shades { plane: Plane, gain: f32 },
}

impl Cover {
    /// Make what is covered as opaque as it is covered, at least.
    pub(super) fn raise(&self, alpha: &mut Plane) {
        match self {
            Self::Lines(edges) => {
                for y in 0..edges.height() {
                    let row = alpha.row_mut(y);
                    edges.columns(y).for_each(|x| row[x] = 1.0);
                }
            }
            Self::Shades { plane, gain } => {
                for (alpha, cover) in alpha.samples_mut().iter_mut().zip(plane.samples()) {
                    *alpha = alpha.max((gain * cover).min(1.0));
                }
            }
        }
    }
}

/// The two colours of a drawing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub(super) ink: [f32; 3],
    pub(super) paper: [f32; 3],
}

impl Ink {
    /// What the parameters `ink` and `paper` say.
    pub(super) fn of(values: &Values) -> Self {
        let colour = |name: &str| values.colors(name).first().map_or([0.0; 3], |Rgb(colour)| *colour);
        Self { ink: colour("ink"), paper: colour("paper") }
    }

    /// A picture of what is covered. It is grey if both colours are and `grey` allows it.
    pub(super) fn draw(
        &self,
        cover: &Cover,
        alpha: Option<&Plane>,
        (size, grey, depth): (Size, bool, Depth),
        context: &Context,
    ) -> Result<Picture> {
        let plain = |[r, g, b]: [f32; 3]| r == g && g == b;
        let layout = Layout::of(grey && plain(self.ink) && plain(self.paper), alpha.is_some());
        context.limits.admit(size, layout.channels() * depth.bytes())?;
        let mut samples = Samples::zeros(depth, size.pixels() * layout.channels());
        let width = size.width();
        match &mut samples {
            Samples::U8(s) => self.lay(cover, alpha, (width, layout), s, context)?,
            Samples::U16(s) => self.lay(cover, alpha, (width, layout), s, context)?,
            Samples::F32(s) => self.lay(cover, alpha, (width, layout), s, context)?,
        }
        Ok(Picture::new(size, layout, samples).expect("made for this size and layout"))
    }

    fn lay<T: Store>(
        &self,
        cover: &Cover,
        alpha: Option<&Plane>,
        (width, layout): (usize, Layout),
        samples: &mut [T],
        context: &Context,
    ) -> Result<()> {
        let channels = layout.channels();
        let pixel = |colour: [f32; 3]| -> Vec<T> {
            colour[..layout.colours()].iter().map(|v| T::store(*v)).collect()
        };
        let (ink, paper) = (pixel(self.ink), pixel(self.paper));
        let mut blank = vec![T::store(1.0); width * channels];
        blank.chunks_exact_mut(channels).for_each(|row| row[..paper.len()].copy_from_slice(&paper));
        for_each_band(context, samples, width * channels * BAND_ROWS, |index, band| {
            let mut values = vec![0.0; width];
            for (y, row) in band.chunks_exact_mut(width * channels).enumerate() {
                let y = index * BAND_ROWS + y;
                match cover {
                    Cover::Lines(edges) => {
                        row.copy_from_slice(&blank);
                        edges.columns(y).for_each(|x| row[x * channels..][..ink.len()].copy_from_slice(&ink));
                    }
                    Cover::Shades { plane, gain } => {
                        for channel in 0..layout.colours() {
                            let (paper, ink) = (self.paper[channel], self.ink[channel]);
                            // Grey colours are mixed once for all channels.
                            if channel == 0
                                || (paper, ink) != (self.paper[channel - 1], self.ink[channel - 1])
                            {
                                for (value, cover) in values.iter_mut().zip(plane.row(y)) {
                                    *value = paper + (ink - paper) * (gain * cover).min(1.0);
                                }
                            }
                            T::put(context.level, &values, channels, channel, row);
                        }
                    }
                }
                if let Some(alpha) = alpha {
                    T::put(context.level, alpha.row(y), channels, channels - 1, row);
                }
            }
            Ok(())
        })
    }
}
