//! The traditions: each with its sett, its yarns and its way to a design.

use std::fmt;
use std::str::FromStr;

use super::drawing::Design;
use super::grid::{Grid, Sett};
use super::order::Order;
use super::repeat::Repeat;
use super::study::Study;
use super::{brocade, shu, song, yun, zhuang};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::pixel::Picture;

/// How a picture is woven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tradition {
    /// As suits any picture: wefts of its own colours cover the cloth.
    Brocade,
    /// Nanjing (云锦妆花): motifs brocaded on satin, in halos, with a gold contour.
    Yun,
    /// Suzhou (宋锦): a fine lampas in quiet colours, on a geometric framework.
    Song,
    /// Chengdu (蜀锦): figures on stripes of the warp.
    Shu,
    /// Guangxi (壮锦): bold floss on cotton.
    Zhuang,
}

impl Tradition {
    /// Every tradition.
    pub const ALL: [Self; 5] = [Self::Brocade, Self::Yun, Self::Song, Self::Shu, Self::Zhuang];

    /// What it is called in orders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brocade => "brocade",
            Self::Yun => "yun",
            Self::Song => "song",
            Self::Shu => "shu",
            Self::Zhuang => "zhuang",
        }
    }

    /// The usual density.
    pub(super) fn sett(self) -> Sett {
        let (ends_per_cm, passes_per_cm) = match self {
            Self::Brocade => (60.0, 40.0),
            Self::Yun => (56.0, 36.0),
            Self::Song => (72.0, 54.0),
            Self::Shu => (60.0, 44.0),
            Self::Zhuang => (24.0, 16.0),
        };
        Sett { ends_per_cm, passes_per_cm }
    }

    /// Ends along the longer side of a picture that is woven without a loom in mind.
    pub fn ends(self) -> usize {
        match self {
            Self::Brocade => 960,
            Self::Yun | Self::Shu => 900,
            Self::Song => 1080,
            Self::Zhuang => 840,
        }
    }

    /// Yarns, if none are asked for.
    pub(super) fn yarns(self) -> usize {
        match self {
            Self::Brocade => 20,
            Self::Yun => 21,
            Self::Song => 18,
            Self::Shu => 23,
            Self::Zhuang => 14,
        }
    }

    /// Ends and passes of a unit of the pattern.
    pub(super) fn unit(self) -> [usize; 2] {
        if self == Self::Zhuang { zhuang::UNIT } else { [1, 1] }
    }

    /// Units that a repeat has to have a multiple of, for its weaves to close.
    pub(super) fn modules(self) -> [usize; 2] {
        match self {
            Self::Brocade | Self::Yun | Self::Zhuang => [24, 24],
            Self::Song => [18, 6],
            Self::Shu => [60, 30],
        }
    }
}

impl fmt::Display for Tradition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Tradition {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|tradition| tradition.name() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::unsupported(format!("tradition {text:?} is not known"), format!("write one of {names}"))
        })
    }
}

/// A design of a picture, as ordered.
///
/// The same picture and order give the same design on any machine with any number of threads. What of the picture
/// is transparent is ground.
pub fn draw(picture: &Picture, order: &Order, ctx: &Context) -> Result<Design> {
    order.check()?;
    let grid = Grid::of_order(order, [picture.size().width(), picture.size().height()]);
    ctx.limits.admit(grid.size()?, 64)?;
    let is_framed = order.tradition == Tradition::Zhuang && order.repeat == Repeat::Single;
    let margin = if is_framed { zhuang::frame_width([grid.ends, grid.passes]) } else { 0 };
    let study = Study::new(picture, &grid.within(margin), order, ctx)?;
    let mut design = match order.tradition {
        Tradition::Brocade => brocade::design(&study, order),
        Tradition::Yun => yun::design(&study, order),
        Tradition::Song => song::design(&study, order),
        Tradition::Shu => shu::design(&study, order),
        Tradition::Zhuang => zhuang::design(&study, order, margin),
    }?;
    if !order.given.is_empty() {
        design.dye_with(&order.given);
    }
    design.limit(order.yarns);
    Ok(design)
}
