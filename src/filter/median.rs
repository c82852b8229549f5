//! The median of a square, exact, on samples as they rest: its order is the same in every encoding.
//!
//! Small squares are sorted by networks that share their work between neighbours (`median/network.rs`); in large ones
//! samples are counted (`median/counted.rs` for bytes, `median/sliding.rs` for 16 bits).

mod counted;
mod network;
mod sliding;
mod small;

use crate::context::Context;
use crate::error::Result;
use crate::kernel::Level;
use crate::kernel::median::{Step, run_u8, run_u16};
use crate::pixel::{Depth, Picture, Samples};

/// The greatest radius there is.
const LARGEST: usize = counted::LARGEST;

/// What lies in a slice of interleaved samples.
#[derive(Clone, Copy, Debug)]
struct Shape {
    width: usize,
    height: usize,
    channels: usize,
}

impl Shape {
    fn row_len(self) -> usize {
        self.width * self.channels
    }
}

/// A sample with a network of its own.
trait Sample: Copy + Default + Send + Sync {
    fn run(level: Level, steps: &[Step], slots: &mut [Self], len: usize);
}

impl Sample for u8 {
    fn run(level: Level, steps: &[Step], slots: &mut [Self], len: usize) {
        run_u8(level, steps, slots, len);
    }
}

impl Sample for u16 {
    fn run(level: Level, steps: &[Step], slots: &mut [Self], len: usize) {
        run_u16(level, steps, slots, len);
    }
}

/// Replace each sample by the median of the square that reaches `radius` pixels to every side, in each channel alone.
///
/// The radius is at most 127; zero leaves the picture as it is. Borders are mirrored. A picture in floating point is
/// rounded to 16 bits first and comes back in 16 bits.
pub fn median(picture: Picture, radius: usize, context: &Context) -> Result<Picture> {
    let radius = radius.min(LARGEST);
    if radius == 0 {
        return Ok(picture);
    }
    let picture = match picture.depth() {
        Depth::F32 => picture.into_depth(Depth::U16, context)?,
        Depth::U8 | Depth::U16 => picture,
    };
    let (size, layout) = (picture.size(), picture.layout());
    context.limits.admit(size, layout.channels() * picture.depth().bytes())?;
    let shape = Shape { width: size.width(), height: size.height(), channels: layout.channels() };
    let mut target = Samples::zeros(picture.depth(), size.pixels() * layout.channels());
    let is_small = radius <= small::LARGEST;
    match (picture.samples(), &mut target) {
        (Samples::U8(s), Samples::U8(t)) if is_small => small::median(s, shape, radius, t, context)?,
        (Samples::U8(s), Samples::U8(t)) => counted::median(s, shape, radius, t, context)?,
        (Samples::U16(s), Samples::U16(t)) if is_small => small::median(s, shape, radius, t, context)?,
        (Samples::U16(s), Samples::U16(t)) => sliding::median(s, shape, radius, t, context)?,
        _ => unreachable!("the target has the depth of the source, which is not floating point"),
    }
    Ok(Picture::with_meaning(size, layout, picture.encoding(), picture.alpha(), target)
        .expect("made for this size and layout"))
}

#[cfg(test)]
mod tests;
