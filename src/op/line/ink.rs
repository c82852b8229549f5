//! Ink on paper, where a plane says how much.

use crate::color::Rgb;
use crate::context::Context;
use crate::error::Result;
use crate::kernel::interleave::Store;
use crate::op::Values;
use crate::parallel::{BAND_ROWS, for_each_band};
use crate::pixel::{Depth, Layout, Picture, Plane, Samples};

/// The two colours of a drawing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    ink: [f32; 3],
    paper: [f32; 3],
}

impl Ink {
    /// What the parameters `ink` and `paper` say.
    pub(super) fn of(values: &Values) -> Self {
        let colour = |name: &str| values.colors(name).first().map_or([0.0; 3], |Rgb(colour)| *colour);
        Self { ink: colour("ink"), paper: colour("paper") }
    }

    /// A picture of `cover`: 0 is paper, 1 is ink. It is grey if both are and `grey` allows it.
    pub(super) fn draw(
        &self,
        cover: &Plane,
        alpha: Option<&Plane>,
        grey: bool,
        depth: Depth,
        context: &Context,
    ) -> Result<Picture> {
        let plain = |[r, g, b]: [f32; 3]| r == g && g == b;
        let layout = Layout::of(grey && plain(self.ink) && plain(self.paper), alpha.is_some());
        let size = cover.size();
        context.limits.admit(size, layout.channels() * depth.bytes())?;
        let mut samples = Samples::zeros(depth, size.pixels() * layout.channels());
        match &mut samples {
            Samples::U8(s) => self.lay(cover, alpha, layout, s, context)?,
            Samples::U16(s) => self.lay(cover, alpha, layout, s, context)?,
            Samples::F32(s) => self.lay(cover, alpha, layout, s, context)?,
        }
        Ok(Picture::new(size, layout, samples).expect("made for this size and layout"))
    }

    fn lay<T: Store>(
        &self,
        cover: &Plane,
        alpha: Option<&Plane>,
        layout: Layout,
        samples: &mut [T],
        context: &Context,
    ) -> Result<()> {
        let (width, channels, level) = (cover.size().width(), layout.channels(), context.level);
        for_each_band(context, samples, width * channels * BAND_ROWS, |index, band| {
            let mut values = vec![0.0; width];
            for (y, row) in band.chunks_exact_mut(width * channels).enumerate() {
                let y = index * BAND_ROWS + y;
                for channel in 0..layout.colours() {
                    let (ink, paper) = (self.ink[channel], self.paper[channel]);
                    for (value, cover) in values.iter_mut().zip(cover.row(y)) {
                        *value = paper + (ink - paper) * cover;
                    }
                    T::put(level, &values, channels, channel, row);
                }
                if let Some(alpha) = alpha {
                    T::put(level, alpha.row(y), channels, channels - 1, row);
                }
            }
            Ok(())
        })
    }
}
