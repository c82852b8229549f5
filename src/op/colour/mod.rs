//! Tone and colour, one pixel at a time.

mod auto_tone;
mod auto_vibrance;
mod auto_white_balance;
mod contrast;
mod curves;
mod exposure;
mod gradient_map;
mod hue;
mod levels;
mod lut;
mod saturation;
mod split_tone;
#[cfg(test)]
mod tests;
mod tone_table;
mod white_balance;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[
    &exposure::Exposure,
    &white_balance::WhiteBalance,
    &contrast::Contrast,
    &levels::Levels,
    &curves::Curves,
    &saturation::Saturation,
    &hue::Hue,
    &split_tone::SplitTone,
    &gradient_map::GradientMap,
    &lut::LutFile,
    &auto_white_balance::AutoWhiteBalance,
    &auto_tone::AutoTone,
    &auto_vibrance::AutoVibrance,
];
