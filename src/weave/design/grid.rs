//! From picture to cells: how many ends and passes the loom has for it, and the mean colour under each.
//!
//! A cell is as wide as an end and as tall as a pass, so it is seldom square; Chinese point paper (意匠纸) is ruled
//! in the same proportion.

use super::cells::Cells;
use super::lab::Lab;
use super::order::Order;
use super::repeat::Repeat;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::filter::{fill_unseen, reduce_window};
use crate::pixel::{Encoding, Picture, Size};

/// How dense the cloth is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sett {
    /// Main ends in a centimetre.
    pub ends_per_cm: f32,
    /// Passes in a centimetre.
    pub passes_per_cm: f32,
}

impl Sett {
    /// The height of a cell in widths of an end.
    pub fn tall(self) -> f32 {
        self.ends_per_cm / self.passes_per_cm
    }
}

/// Cells, and the part of the picture that they show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    pub(super) ends: usize,
    pub(super) passes: usize,
    /// Left, top, width and height in pixels of the picture.
    pub(super) window: [f64; 4],
    pub(super) sett: Sett,
    /// Ends and passes at the left and at the top that fade into what is beyond.
    pub(super) fade: [usize; 2],
}

/// One cell in so many of a copy fades into its neighbour.
const FADE: f64 = 9.0;

impl Grid {
    /// The cells of an order for a picture: one copy and, where it fades into itself, the margins of that. Where the
    /// counts must be multiples, the picture is trimmed at its sides and never stretched.
    pub(super) fn of_order(order: &Order, picture: [usize; 2]) -> Self {
        let unit = order.tradition.unit();
        let sett = Sett {
            ends_per_cm: order.ends_per_cm / unit[0] as f32,
            passes_per_cm: order.passes_per_cm / unit[1] as f32,
        };
        let modules = if order.repeat == Repeat::Single { [1, 1] } else { order.tradition.modules() };
        let ends = whole(f64::from(order.ends(picture)) / unit[0] as f64, modules[0]);
        let [width, height] = picture.map(|side| side.max(1) as f64);
        let passes = whole(ends as f64 * height / width / f64::from(sett.tall()), modules[1]);
        let fade =
            |count: usize| if order.repeat.fades() { (count as f64 / FADE).round() as usize } else { 0 };
        let fade = [fade(ends), fade(passes)];
        let (ends, passes) = (ends + fade[0], passes + fade[1]);
        Self { ends, passes, window: [0.0, 0.0, width, height], sett, fade }.trimmed()
    }

    /// The same grid without `margin` cells at each side; it shows the middle of the picture, as much as fills it.
    pub(super) fn within(&self, margin: usize) -> Self {
        let less = |count: usize| count.saturating_sub(2 * margin).max(1);
        Self { ends: less(self.ends), passes: less(self.passes), ..*self }.trimmed()
    }

    /// Its size as pictures have it.
    pub(super) fn size(&self) -> Result<Size> {
        let wrong =
            |error: crate::pixel::SizeError| Error::unsupported(error.to_string(), "ask for fewer ends");
        Size::from_usize(self.ends, self.passes).map_err(wrong)
    }

    /// The middle of the window, in the proportions of the cells.
    fn trimmed(self) -> Self {
        let aspect = self.ends as f64 / (self.passes as f64 * f64::from(self.sett.tall()));
        let [left, top, width, height] = self.window;
        let shown = [width.min(height * aspect), height.min(width / aspect)];
        let window = [left + (width - shown[0]) / 2.0, top + (height - shown[1]) / 2.0, shown[0], shown[1]];
        Self { window, ..self }
    }

    /// The mean colour of the picture under each cell, in linear light, and how opaque it is there. Where nothing is
    /// opaque the colours around are spread.
    pub(super) fn cells(&self, picture: &Picture, ctx: &Context) -> Result<(Cells<Lab>, Cells<f32>)> {
        let window = self.window.map(|side| side as f32);
        let mut reduced = reduce_window(picture, window, self.size()?, Encoding::Oklab, ctx)?;
        fill_unseen(&mut reduced.colour, &reduced.alpha);
        let [l, a, b] = reduced.colour.map(Cells::of);
        let colour = l.each(ctx, |x, y, l| [l, a.at(x, y), b.at(x, y)])?;
        Ok((colour, Cells::of(reduced.alpha)))
    }
}

/// The nearest multiple, at least one.
fn whole(count: f64, module: usize) -> usize {
    ((count / module as f64).round() as usize).max(1) * module
}
