//! What is ordered: a tradition, and all that a weaver may ask for beside it.

use super::grid::Sett;
use super::repeat::Repeat;
use super::tradition::Tradition;
use crate::error::{Error, Result};

/// How wide the cloth is: one copy of the design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// As many ends along the longer side as the tradition takes for a picture.
    Usual,
    /// Centimetres across.
    Cm(f32),
    /// Main ends across.
    Ends(usize),
}

/// An order for a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// How it is woven.
    pub tradition: Tradition,
    /// The most yarns in the cloth, those of the warp and of binding ends counted: 2 to 24.
    pub yarns: usize,
    /// Colours of the yarns, if they are given; else the tradition or the picture chooses.
    pub given: Vec<[u8; 3]>,
    /// Ends that a weft may pass over or under: 3 to 63.
    pub max_float: usize,
    /// Main ends in a centimetre: 1 to 400.
    pub ends_per_cm: f32,
    /// Passes (visible rows) in a centimetre: 1 to 400.
    pub passes_per_cm: f32,
    /// How wide one copy is.
    pub size: Size,
    /// How copies meet.
    pub repeat: Repeat,
    /// Lines round the figure (勾边)?
    pub contour: bool,
    /// Steps of a halo (晕色) where the tradition has one, 1 to 3; 0: the picture's own shading alone.
    pub halo: u8,
}

/// The most ends of a copy.
const MOST_ENDS: f32 = 65_536.0;

impl Order {
    /// The usual order of a tradition.
    pub fn of(tradition: Tradition) -> Self {
        let Sett { ends_per_cm, passes_per_cm } = tradition.sett();
        Self {
            tradition,
            yarns: tradition.yarns(),
            given: Vec::new(),
            max_float: 16,
            ends_per_cm,
            passes_per_cm,
            size: Size::Usual,
            repeat: Repeat::Single,
            contour: true,
            halo: 3,
        }
    }

    /// Main ends across a copy of a picture of so many pixels.
    pub(super) fn ends(&self, [width, height]: [usize; 2]) -> f32 {
        match self.size {
            Size::Usual => self.tradition.ends() as f32 * width as f32 / width.max(height) as f32,
            Size::Cm(width) => width * self.ends_per_cm,
            Size::Ends(ends) => ends as f32,
        }
    }

    /// Can it be woven at all?
    pub(super) fn check(&self) -> Result<()> {
        let wrong = |what: String, remedy: &str| Err(Error::unsupported(what, remedy));
        if !(2..=24).contains(&self.yarns) {
            return wrong(format!("{} yarns", self.yarns), "ask for 2 to 24, those of the warp counted");
        }
        if !(3..=63).contains(&self.max_float) {
            return wrong(format!("floats of at most {} ends", self.max_float), "ask for 3 to 63");
        }
        if self.halo > 3 {
            return wrong(format!("a halo of {} steps", self.halo), "ask for 0 to 3");
        }
        let setts = [(self.ends_per_cm, "ends"), (self.passes_per_cm, "passes")];
        if let Some((sett, what)) = setts.into_iter().find(|(sett, _)| !(1.0..=400.0).contains(sett)) {
            return wrong(format!("{sett} {what} in a centimetre"), "ask for 1 to 400");
        }
        match self.size {
            Size::Cm(width) if !(width > 0.0 && width * self.ends_per_cm <= MOST_ENDS) => {
                let most = MOST_ENDS / self.ends_per_cm;
                wrong(
                    format!("a width of {width} cm"),
                    &format!("ask for more than 0 and at most {most:.0} cm"),
                )
            }
            Size::Ends(ends) if ends == 0 || ends as f32 > MOST_ENDS => {
                wrong(format!("{ends} ends"), "ask for 1 to 65536")
            }
            _ => Ok(()),
        }
    }
}
