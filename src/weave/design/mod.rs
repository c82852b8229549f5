//! From picture to design (意匠), and from design to cloth.
//!
//! A picture is laid on the grid of a loom ([`Order`]: sett, size, repeat), calmed, and its colours become yarns; each
//! [`Tradition`] has its own way with figure and ground. What comes out is a [`Design`]: a yarn for each cell, and a
//! structure. [`weave`] binds it and brings every float within its limit.
//!
//! ```text
//! order tradition        what may be asked for; the five ways of weaving
//! grid repeat            ends and passes, the window of the picture they show; how copies meet
//! study importance       cells calmed; detail, what stands out, skin
//! ground kinds           what is figure and what is ground
//! cluster choose palette main colours, and yarns for them
//! regions distance       clean maps of yarns, and how far a cell is from a border
//! contour halo teeth     lines (勾边), steps (晕色), rows that reach into one another (接晕)
//! ornament clouds        what fills an empty ground
//! drawing weaving        the design; its cloth
//! ```

mod barrier;
mod brocade;
mod cells;
mod choose;
mod clouds;
mod cluster;
mod contour;
mod distance;
mod drawing;
mod dyes;
mod families;
mod gold;
mod grid;
mod ground;
mod halo;
mod importance;
mod kinds;
mod lab;
mod order;
mod ornament;
mod palette;
mod regions;
mod repeat;
mod shu;
mod skin;
mod song;
mod steps;
mod stripes;
mod study;
mod teeth;
mod tradition;
mod weaving;
mod yun;
mod zhuang;

#[cfg(test)]
mod part_tests;
#[cfg(test)]
mod tests;

pub use cells::Cells;
pub use drawing::{Design, Structure};
pub use grid::Sett;
pub use order::{Order, Size};
pub use repeat::Repeat;
pub use tradition::{Tradition, draw};
pub use weaving::weave;
