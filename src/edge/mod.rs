//! Edges as an instrument: gradients, Canny, zero crossings, thresholds found by themselves, positions between
//! the pixels. With the same parameters the answers are those of OpenCV, pixel for pixel.
//!
//! A [`Scene`] is a picture made ready, whatever its layout and depth; the detectors below it also work alone, on
//! bytes of one's own ([`Grey`]).
//!
//! ```
//! use zhijin::edge::{Aperture, Canny, Look, Norm, Rule, Scene};
//! use zhijin::pixel::{Layout, Picture, Size};
//! use zhijin::Context;
//!
//! let context = Context::default();
//! let samples: Vec<u8> = (0..60 * 40).map(|i| if i % 60 < 30 { 40 } else { 200 }).collect();
//! let picture = Picture::new(Size::new(60, 40)?, Layout::Grey, samples)?;
//! let scene = Scene::open(&picture, Look::default(), &context)?;
//! let found = scene.thresholds(Rule::Otsu, Aperture::Three, Norm::Sum, &context)?;
//! let edges = scene.canny(&Canny::new(found.low, found.high), &context)?;
//! assert_eq!(edges.count(), 40, "one pixel in each row");
//!
//! let points = scene.points(&edges, Aperture::Three, &context)?;
//! assert_eq!((points[0].x, points[0].orientation), (29.5, 0.0), "half way between two pixels");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ```text
//! scene.rs       pictures made ready: grey or colour, bytes or fractions, what is seen of them
//! gradient.rs    Sobel, Scharr, Prewitt          fine.rs      the same on fractions
//! canny/         suppression and hysteresis      colour.rs    gradients of colour pictures
//! laplacian.rs   LoG, DoG and their crossings    windows.rs   their windows
//! contour.rs     edges the surroundings believe in
//! auto.rs        thresholds                      subpixel.rs  positions between the pixels
//! map.rs         one bit a pixel                 smooth.rs    lines without steps
//! finder.rs      all that Canny is asked for in one place
//! ```

mod auto;
mod canny;
mod colour;
mod contour;
mod finder;
mod fine;
mod gradient;
mod grey;
mod laplacian;
mod map;
mod scene;
mod smooth;
mod subpixel;
#[cfg(test)]
mod test_context;
mod windows;

pub use auto::{Rule, Thresholds};
pub use canny::{Canny, Norm};
pub use colour::{Channels, Combine, canny as colour_canny};
pub use finder::Finder;
pub use gradient::{Aperture, GradientRows, Gradients, Operator, gradients, gradients_into};
pub use grey::{Border, Grey};
pub use laplacian::{Response, SIGMAS, difference_of_gaussians, laplacian_of_gaussian};
pub use map::EdgeMap;
pub use scene::{Colour, Look, Scene};
pub use smooth::smooth_lines;
pub(crate) use subpixel::angle;
pub use subpixel::{EdgePoint, Refinement, points};
