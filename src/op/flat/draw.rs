//! An outline painted over a picture, whose alpha stays.

use crate::color::convert::convert_rows;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::interleave::Store;
use crate::op::StepContext;
use crate::parallel::for_each_band;
use crate::pixel::{Encoding, Layout, Picture, SamplesMut};
use crate::region::{Mark, Outline};

/// The picture with its colours replaced by the colours (in Oklab) of the labels. A pixel on a border mixes their light.
pub(super) fn draw(
    picture: Picture,
    outline: &Outline<'_>,
    colours: &[[f32; 3]],
    step: &StepContext<'_>,
) -> Result<Picture> {
    let (layout, width) = (picture.layout(), picture.size().width());
    let encoding = picture.encoding();
    let level = step.work.level;
    let table = |to: Encoding| -> [Vec<f32>; 3] {
        let mut rows = [0, 1, 2].map(|c| colours.iter().map(|colour| colour[c]).collect::<Vec<f32>>());
        let [a, b, c] = &mut rows;
        convert_rows(level, Encoding::Oklab, to, [a, b, c]);
        rows
    };
    let paint =
        Paint { layout, width, encoding, level, flat: table(encoding), light: table(Encoding::Linear) };
    let mut out = picture.into_depth(step.rest, step.work)?;
    match out.samples_mut() {
        SamplesMut::U8(samples) => paint.run(samples, outline, step)?,
        SamplesMut::U16(samples) => paint.run(samples, outline, step)?,
        SamplesMut::F32(samples) => paint.run(samples, outline, step)?,
    }
    Ok(out)
}

struct Paint {
    layout: Layout,
    width: usize,
    encoding: Encoding,
    level: Level,
    /// The channels of each colour as the picture has them.
    flat: [Vec<f32>; 3],
    /// The same in linear light.
    light: [Vec<f32>; 3],
}

impl Paint {
    fn run<T: Store>(&self, samples: &mut [T], outline: &Outline<'_>, step: &StepContext<'_>) -> Result<()> {
        let (rows, row_len) = (outline.band(), self.width * self.layout.channels());
        for_each_band(step.work, samples, rows * row_len, |index, band| {
            let start = index * rows;
            let marks = outline.rows(start..start + band.len() / row_len, step.work)?;
            for (marks, row) in marks.chunks_exact(self.width).zip(band.chunks_exact_mut(row_len)) {
                self.row(marks, row);
            }
            Ok(())
        })
    }

    fn row<T: Store>(&self, marks: &[Mark], row: &mut [T]) {
        let mixed: Vec<usize> =
            marks.iter().enumerate().filter(|(_, m)| m.share > 0).map(|(x, _)| x).collect();
        let mut blends = [0, 1, 2].map(|c| {
            let light = |label: u16| self.light[c][usize::from(label)];
            let blend = |x: &usize| {
                let share = f32::from(marks[*x].share) * (1.0 / 255.0);
                light(marks[*x].first) * (1.0 - share) + light(marks[*x].second) * share
            };
            mixed.iter().map(blend).collect::<Vec<f32>>()
        });
        let [a, b, c] = &mut blends;
        convert_rows(self.level, Encoding::Linear, self.encoding, [a, b, c]);
        let mut values = vec![0.0; marks.len()];
        let channels = self.flat.iter().zip(&blends).take(self.layout.colours());
        for (c, (flat, blends)) in channels.enumerate() {
            values.iter_mut().zip(marks).for_each(|(value, mark)| *value = flat[usize::from(mark.first)]);
            mixed.iter().zip(blends).for_each(|(x, blend)| values[*x] = *blend);
            T::put(self.level, &values, self.layout.channels(), c, row);
        }
    }
}
