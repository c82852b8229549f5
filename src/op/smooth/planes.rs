//! What smoothing operators with regard for edges have in common: the picture opened into Oklab, where one
//! difference looks like another, or into its encoded values, as other programs compare colours; filtered, and closed.

use crate::error::{Error, Result};
use crate::filter::fill_transparent;
use crate::op::{Kind, Param, StepContext, Values};
use crate::pixel::{Alpha, Encoding, Picture, Plane, Planes};

/// Where colours are compared and mixed; [`space`] reads it.
pub(super) const SPACE: Param = Param {
    name: "space",
    kind: Kind::Choice(&["oklab", "encoded"]),
    default: "oklab",
    about: "Compare and mix colours as they look, or by their encoded values: quicker, and as other programs do.",
};

/// What [`SPACE`] says.
pub(super) fn space(values: &Values) -> Encoding {
    if values.choice(SPACE.name) == "encoded" { Encoding::Srgb } else { Encoding::Oklab }
}

/// A new picture from filtered planes: L, a, b (or red, green, blue), or one alone. Transparent pixels have the colours
/// around them meanwhile.
pub(super) fn in_space(
    space: Encoding,
    picture: Picture,
    step: &StepContext<'_>,
    filter: impl FnOnce(Vec<Plane>) -> Result<Vec<Plane>>,
) -> Result<Picture> {
    if picture.alpha() == Alpha::Premultiplied {
        return Err(Error::unsupported(
            "a premultiplied picture cannot be smoothed along its edges",
            "give it straight alpha first",
        ));
    }
    let mut planes = Planes::open(&picture, space, step.work)?;
    drop(picture);
    fill_transparent(&mut planes);
    planes.colour = filter(std::mem::take(&mut planes.colour))?;
    planes.close(step.rest, step.work)
}

/// [`in_space`] where only Oklab makes sense.
pub(super) fn in_oklab(
    picture: Picture,
    step: &StepContext<'_>,
    filter: impl FnOnce(Vec<Plane>) -> Result<Vec<Plane>>,
) -> Result<Picture> {
    in_space(Encoding::Oklab, picture, step, filter)
}
