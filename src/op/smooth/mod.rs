//! Smoothing: what makes neighbours more alike, with and without regard for edges.

mod bilateral;
mod box_blur;
mod denoise;
mod domain_transform;
mod gaussian_blur;
mod guided_filter;
mod median;
mod planes;
mod rolling_guidance;
mod texture_removal;

#[cfg(test)]
mod edge_tests;

use super::Operator;

/// The operators of this room.
pub(super) const ALL: &[&dyn Operator] = &[
    &gaussian_blur::GaussianBlur,
    &box_blur::BoxBlur,
    &median::Median,
    &bilateral::Smoothing,
    &guided_filter::Guided,
    &domain_transform::EdgePreserving,
    &rolling_guidance::Rolling,
    &texture_removal::Untextured,
    &denoise::Denoising,
];
