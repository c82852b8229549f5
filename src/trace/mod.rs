//! The vectors: lines and flat regions of pictures as polylines and Bézier curves, in an order for pens, as SVG and
//! JSON.
//!
//! Places are in pixels; 0, 0 is the upper left **corner** of the picture, so the middle of its first pixel is ½, ½.
//!
//! Edges become [lines](Traced) ([`follow_scene`], or [`follow`] for any map of edges), drawings become lines or outlines
//! ([`Ink`]), flat pictures become [`regions`]. [`LineDrawing`] and [`FlatDrawing`] make sheets of them, which
//! [`write_svg`] writes:
//!
//! ```
//! use zhijin::edge::{Canny, Look, Scene};
//! use zhijin::pixel::{Layout, Picture, Size};
//! use zhijin::trace::{Follow, LineDrawing, follow_scene, write_svg};
//! use zhijin::Context;
//!
//! // A light disc on dark ground.
//! let far = |i: usize| ((i % 80) as f32 - 40.0).hypot((i / 80) as f32 - 40.0);
//! let samples: Vec<u8> = (0..80 * 80).map(|i| if far(i) < 30.0 { 220 } else { 40 }).collect();
//! let picture = Picture::new(Size::new(80, 80)?, Layout::Grey, samples)?;
//!
//! let context = Context::default();
//! let scene = Scene::open(&picture, Look::default(), &context)?;
//! let canny = Canny::new(100.0, 200.0);
//! let traced = follow_scene(&scene, &canny, Follow::for_size(picture.size()), &context)?;
//! assert_eq!((traced.lines.len(), traced.lines[0].closed), (1, true));
//!
//! let sheet = LineDrawing::default().sheet(&traced, picture.size(), &context)?;
//! assert!(sheet.layers[0].shapes[0].paths[0].segments.len() < 12, "a circle takes few curves");
//! assert!(write_svg(&sheet).starts_with("<svg xmlns"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ```text
//! line/     from maps of edges to lines            ink/      from drawings with width to lines and outlines
//! fit/      fewer places, curves, brush strokes    region/   flat regions, with one border between two
//! order/    what a pen draws after what            write/    SVG and JSON
//! drawing/  all of it, for a sheet                 deviation how far a drawing is from what it stands for
//! ```

mod bits;
mod deviation;
mod drawing;
mod fit;
mod ink;
mod lattice;
mod line;
mod nearest;
mod order;
mod path;
mod point;
mod region;
mod write;

pub use deviation::{Deviation, deviation};
pub use drawing::{FlatDrawing, LineDrawing, Weight, pen_lines};
pub use fit::{Widths, fewest, fit, outline, simplify};
pub use ink::{Ink, on_paper};
pub use line::{Follow, Line, Traced, Vertex, follow, follow_scene, tolerance_for};
pub use order::{Order, Stroke, in_order, order};
pub use path::{Path, Segment};
pub use point::Point;
pub use region::{Region, regions};
pub use write::{Colour, Ground, Layer, Paint, Shape, Sheet, decimals_for, rounding, write_json, write_svg};
