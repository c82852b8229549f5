//! Cloth, thread by thread (织锦): weaves as data, compound structures, floats kept short, files a loom can weave, and
//! the check of anybody's draft.
//!
//! The way of the data: a base weave ([`structure`]) and a face of figures become a lift ([`compound`]); floats that are
//! too long are tied ([`floats`]); the [`cloth`] goes out as a draft ([`wif`]), as cards for a jacquard ([`card`]), as a
//! list of yarns ([`yarn`]), and as a picture, thread by thread ([`render`]). [`check`] reads a draft with code of its own.

pub mod card;
pub mod check;
pub mod cloth;
pub mod compound;
pub mod design;
pub mod floats;
pub mod paper;
pub mod render;
pub mod structure;
pub mod wif;
pub mod yarn;

#[cfg(test)]
mod samples;
