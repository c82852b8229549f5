//! What a file says about its picture besides the pixels.

/// Carried from the input to the output when asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The ICC profile the pixels are in, if it was carried and not converted away.
    pub icc: Option<Vec<u8>>,
    /// The EXIF block (TIFF structure, without any `Exif\0\0` in front), with its orientation set upright.
    pub exif: Option<Vec<u8>>,
}
