//! Paint: oil, water and ink.

mod gongbi;
mod ink_wash;
mod seal;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[&gongbi::Gongbi, &ink_wash::InkWash, &seal::Seal];

#[cfg(test)]
mod tests;
