//! What a file says about its picture besides the pixels.

use image::metadata::Orientation;

use super::options::DecodeOptions;

/// Carried from the input to the output when asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The ICC profile the pixels are in, if it was carried and not converted away.
    pub icc: Option<Vec<u8>>,
    /// The EXIF block (TIFF structure, without any `Exif\0\0` in front), with its orientation set upright.
    pub exif: Option<Vec<u8>>,
    /// How the picture was made ([`crate::style::Recipe`] as text), which a PNG carries.
    pub recipe: Option<String>,
}

impl Metadata {
    /// What is handed on: the profile if the pixels are still in it, EXIF if it was asked for. The pixels
    /// have been turned by then, so EXIF must not ask for that again.
    pub(super) fn kept(icc: Option<Vec<u8>>, exif: Option<Vec<u8>>, options: &DecodeOptions) -> Self {
        let mut exif = exif.filter(|_| options.keep_exif);
        if let Some(block) = &mut exif {
            let _stated = Orientation::remove_from_exif_chunk(block);
        }
        Self { icc, exif, recipe: None }
    }
}
