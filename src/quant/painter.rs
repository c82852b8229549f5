//! The nearest colour of a palette for each pixel of a row.

use std::sync::OnceLock;

use super::Space;
use super::colours::{enter, rgba};
use super::known::Known;
use super::nearest::Nearest;
use crate::context::Context;
use crate::kernel::cluster::{Centres, Found, search4};
use crate::palette::Palette;
use crate::pixel::{Layout, Planes};

/// Finds numbers, row by row.
pub(super) struct Painter<'a> {
    space: Space,
    context: &'a Context,
    entries: Vec<[f32; 3]>,
    /// Made when the first colour is sought.
    nearest: OnceLock<Nearest>,
    /// With alpha, for pixels that are not opaque or palettes that are not.
    points: Option<Vec<[f32; 4]>>,
    /// What was found for opaque colours of 8 bits.
    known: Known,
}

impl<'a> Painter<'a> {
    pub(super) fn new(
        palette: &Palette,
        space: Space,
        opaque: bool,
        known: Known,
        context: &'a Context,
    ) -> Self {
        let colours: Vec<[u8; 4]> = palette.colours().collect();
        let entries = super::exact::points::<3>(&colours, space, context);
        let with_alpha = !(opaque && palette.is_opaque());
        let deep = with_alpha.then(|| super::exact::points::<4>(&colours, space, context));
        Self { space, context, entries, nearest: OnceLock::new(), points: deep, known }
    }

    /// A row of 8-bit samples. A colour is sought only the first time it is met.
    pub(super) fn narrow(
        &self,
        row: &[u8],
        layout: Layout,
        new: &mut Vec<(usize, [u8; 4])>,
        numbers: &mut [u16],
    ) {
        if layout == Layout::Rgb {
            for (&pixel, number) in row.as_chunks::<3>().0.iter().zip(&mut *numbers) {
                *number = self.known.get(pixel);
            }
        } else {
            for (x, number) in numbers.iter_mut().enumerate() {
                let [r, g, b, a] = rgba(row, layout, x, u8::MAX);
                *number = if a == u8::MAX { self.known.get([r, g, b]) } else { 0 };
            }
        }
        // Apart from the search, so that most pixels are done without a question.
        new.clear();
        for (x, number) in numbers.iter_mut().enumerate() {
            if *number == 0 {
                new.push((x, rgba(row, layout, x, u8::MAX)));
            }
            *number = number.wrapping_sub(1);
        }
        if new.is_empty() {
            return;
        }
        let colours: Vec<[f32; 4]> =
            new.iter().map(|(_, pixel)| pixel.map(|v| f32::from(v) / 255.0)).collect();
        for (&(x, [r, g, b, a]), found) in new.iter().zip(self.find(&colours)) {
            numbers[x] = found;
            if a == u8::MAX {
                self.known.put([r, g, b], found);
            }
        }
    }

    /// Rows of planes in sRGB, from pixel `start` on.
    pub(super) fn wide(&self, planes: &Planes, start: usize, width: usize, numbers: &mut [u16]) {
        for (y, numbers) in numbers.chunks_exact_mut(width).enumerate() {
            let at = start + y * width;
            let channel =
                |c: usize, x: usize| planes.colour[c.min(planes.colour.len() - 1)].samples()[at + x];
            let alpha = |x: usize| planes.alpha.as_ref().map_or(1.0, |alpha| alpha.samples()[at + x]);
            let colours: Vec<[f32; 4]> =
                (0..width).map(|x| [channel(0, x), channel(1, x), channel(2, x), alpha(x)]).collect();
            for (number, found) in numbers.iter_mut().zip(self.find(&colours)) {
                *number = found;
            }
        }
    }

    /// The numbers of colours in sRGB with alpha.
    fn find(&self, colours: &[[f32; 4]]) -> Vec<u16> {
        let mut numbers = vec![0; colours.len()];
        if let Some(entries) = &self.points {
            let centres = Centres { points: entries, around: &[], near: 0 };
            let mut found = vec![Found { error: 0.0, second: 0.0 }; colours.len()];
            let points = enter(colours, self.space, self.context);
            search4(self.context.level, &points, centres, &mut numbers, &mut found);
            return numbers;
        }
        let mut rows: [Vec<f32>; 3] =
            std::array::from_fn(|c| colours.iter().map(|colour| colour[c]).collect());
        let [r, g, b] = &mut rows;
        self.space.enter(self.context.level, [r, g, b]);
        let nearest = self.nearest.get_or_init(|| Nearest::rough(&self.entries));
        nearest.find_row(self.context.level, rows.each_ref().map(|row| &row[..]), &mut numbers);
        numbers
    }
}
