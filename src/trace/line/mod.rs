//! Lines of maps that are nearly thin: pixels linked to chains, and chains joined where they meet.
//!
//! ```text
//! thin    one pixel wide, so that each pixel has its neighbours on the line and no others
//! graph   nodes where lines end or meet, and the spans between them
//! join    spans that go on through a node          mend   lines that go on across a gap
//! follow  all of it                                scene  from a picture, with places between the pixels
//! model   what comes out
//! ```

pub(in crate::trace) mod follow;
pub(in crate::trace) mod graph;
mod join;
mod mend;
pub(in crate::trace) mod model;
mod scene;
pub(in crate::trace) mod thin;

pub use follow::{Follow, follow, tolerance_for};
pub use model::{Line, Traced, Vertex};
pub use scene::follow_scene;
