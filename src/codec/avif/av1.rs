//! The bytes of one item to planes, by re_rav1d.
//!
//! One thread and no delay: one call in, one picture out, the same on every machine (the build has no
//! assembly, so there is nothing to choose by CPU either).

use re_rav1d::dav1d::pixel::YUVRange;
use re_rav1d::dav1d::{Decoder, Error, PixelLayout, PlanarImageComponent, Plane, Settings};

use super::container::Result;
use super::describe::{Coding, Nclx};
use crate::pixel::Size;

/// Samples of one channel as they were coded: bytes, or pairs of bytes in the order of the machine.
pub(super) struct Channel {
    plane: Plane,
    stride: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Has it half the width of the picture? Half the height?
    pub(super) halved: (bool, bool),
}

impl Channel {
    /// Row `y`, of at least `width` samples.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.plane[y * self.stride..]
    }
}

/// A decoded item.
pub(super) struct Planes {
    pub(super) bits: usize,
    /// Y, and U and V unless the picture is grey.
    pub(super) channels: Vec<Channel>,
    pub(super) nclx: Nclx,
}

/// Decode one item. It must have the size and the coding that its properties stated, since these were
/// checked against the limits.
pub(super) fn decode(data: Vec<u8>, size: Size, coding: Coding) -> Result<Planes> {
    // Where it was built with assertions, the decoder ends the whole process over this one.
    if data.is_empty() {
        return Err("the AV1 data are empty".into());
    }
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_all_layers(false);
    settings.set_frame_size_limit(u32::try_from(size.area()).unwrap_or(u32::MAX));
    let fail = |e: Error| format!("the AV1 decoder says: {e}");
    let mut decoder = Decoder::with_settings(&settings).map_err(fail)?;
    let mut sent = decoder.send_data(data, None, None, None);
    let picture = loop {
        match decoder.get_picture() {
            Ok(picture) => break picture,
            // Nothing yet: hand over what was held back, if there is anything.
            Err(Error::Again) if sent == Err(Error::Again) => sent = decoder.send_pending_data(),
            Err(Error::Again) => return Err("the AV1 data end before the picture is complete".into()),
            Err(e) => return Err(fail(e)),
        }
    };
    let found = (picture.width(), picture.height());
    if found != size.as_u32() {
        return Err(format!("the AV1 picture is {}×{}, and {size} was announced", found.0, found.1));
    }
    let grey = picture.pixel_layout() == PixelLayout::I400;
    if picture.bit_depth() != coding.bits || grey != coding.grey {
        return Err("the AV1 picture has other channels or another depth than announced".into());
    }
    let (halved, low) = match picture.pixel_layout() {
        PixelLayout::I420 => (true, true),
        PixelLayout::I422 => (true, false),
        PixelLayout::I400 | PixelLayout::I444 => (false, false),
    };
    let channel = |component, chroma: bool| Channel {
        plane: picture.plane(component),
        stride: picture.stride(component) as usize,
        width: if chroma && halved { size.width().div_ceil(2) } else { size.width() },
        height: if chroma && low { size.height().div_ceil(2) } else { size.height() },
        halved: (chroma && halved, chroma && low),
    };
    let mut channels = vec![channel(PlanarImageComponent::Y, false)];
    if !grey {
        channels.extend([PlanarImageComponent::U, PlanarImageComponent::V].map(|c| channel(c, true)));
    }
    let nclx = Nclx {
        primaries: picture.color_primaries() as u16,
        transfer: picture.transfer_characteristic() as u16,
        matrix: picture.matrix_coefficients() as u16,
        full_range: matches!(picture.color_range(), YUVRange::Full),
    };
    Ok(Planes { bits: coding.bits, channels, nclx })
}
