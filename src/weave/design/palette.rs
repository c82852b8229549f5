//! The dyed yarns of the four traditions: Chinese names, sRGB colours, fibres.
//!
//! The names are those that workshops and dyers' books use; a colour is what we see in well-kept cloth, since dyes and
//! hands differ.

pub(super) use super::dyes::*;
use crate::weave::cloth::{Fibre, Yarn};

/// A yarn of a library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dye {
    pub(super) name: &'static str,
    pub(super) colour: [u8; 3],
}

pub(super) const fn dye(name: &'static str, hex: u32) -> Dye {
    Dye { name, colour: [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8] }
}

/// A hue in steps, light, middle and dark, for a halo (晕色).
pub(super) type Family = [Dye; 3];

/// The silk of binding ends that hold wefts of every colour: raw, so that it shows on none.
pub(super) const BINDING: [u8; 3] = [0x9A, 0x86, 0x6C];

/// Gilt thread for outlines and lights.
pub(super) const GOLD: [u8; 3] = [0xD2, 0xA8, 0x4C];

/// A yarn as cloth has it.
pub(super) fn yarn(dye: Dye, fibre: Fibre) -> Yarn {
    let (tex, width) = match fibre {
        Fibre::Silk => (14.0, 0.16),
        Fibre::Floss => (60.0, 0.42),
        Fibre::Cotton => (30.0, 0.24),
        Fibre::Rayon => (18.0, 0.18),
        Fibre::Strip => (26.0, 0.30),
        Fibre::Wrapped => (30.0, 0.24),
        Fibre::Peacock => (34.0, 0.30),
    };
    Yarn { name: dye.name.to_owned(), colour: dye.colour, fibre, tex, width }
}

/// Gilt thread: a flat strip, or wound on a core.
pub(super) fn gilt_thread(fibre: Fibre) -> Yarn {
    let name = if fibre == Fibre::Strip { "片金" } else { "捻金" };
    yarn(Dye { name, colour: GOLD }, fibre)
}

/// The fine silk of binding ends (特经).
pub(super) fn binder(colour: [u8; 3]) -> Yarn {
    Yarn { name: "特经".to_owned(), colour, fibre: Fibre::Silk, tex: 4.0, width: 0.05 }
}

/// A library of dyes, or the colours given in its place.
pub(super) fn library(own: &[Dye], given: &[[u8; 3]]) -> Vec<Dye> {
    if given.is_empty() {
        return own.to_vec();
    }
    given.iter().map(|colour| Dye { name: "来样", colour: *colour }).collect()
}
