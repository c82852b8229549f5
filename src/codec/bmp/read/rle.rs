//! The run-length codes.
//!
//! What a file skips has the first colour of its palette, as most readers show it.

use super::header::{Head, Runs};
use super::malformed;
use crate::error::Result;

/// Decode into pixels. The code ends with its end mark, or with the last row.
pub(super) fn expand(data: &[u8], head: &Head, code: Runs) -> Result<Vec<u8>> {
    let (width, height) = (head.size.width(), head.size.height());
    let background = head.palette.first().copied().unwrap_or_default();
    let mut canvas = Canvas {
        samples: background.repeat(head.size.pixels()),
        width,
        height,
        top_down: head.top_down,
        x: 0,
        y: 0,
    };
    let mut stream = Stream(data);
    while canvas.y < height {
        match stream.op() {
            Some([0, 0]) => canvas.move_to(0, canvas.y + 1),
            Some([0, 1]) => break,
            Some([0, 2]) => match stream.op() {
                Some([right, up]) => {
                    canvas.move_to(canvas.x + usize::from(right), canvas.y + usize::from(up));
                }
                None => return Err(ended(&canvas)),
            },
            Some([0, count]) => {
                let literal = stream.literal(count, code).ok_or_else(|| ended(&canvas))?;
                canvas.put(count, |i| colour(literal, i, code, head));
            }
            Some([count, first]) => {
                let run = stream.run(first, code).ok_or_else(|| ended(&canvas))?;
                canvas.put(count, |i| colour(&run, i % 2, code, head));
            }
            // The last row may lack its end marks.
            None if canvas.y + 1 == height && canvas.x >= width => break,
            None => return Err(ended(&canvas)),
        }
    }
    Ok(canvas.samples)
}

fn ended(canvas: &Canvas) -> crate::error::Error {
    malformed(format!("its runs end in row {} of {}", canvas.y + 1, canvas.height))
}

/// Pixel `i` of a literal stretch.
fn colour(stored: &[u8], i: usize, code: Runs, head: &Head) -> [u8; 3] {
    match code {
        Runs::Four => head.palette[usize::from(stored[i / 2] >> (4 - i % 2 * 4) & 15)],
        Runs::Eight => head.palette[usize::from(stored[i])],
        Runs::TwentyFour => [stored[i * 3 + 2], stored[i * 3 + 1], stored[i * 3]],
    }
}

struct Stream<'a>(&'a [u8]);

impl<'a> Stream<'a> {
    fn op(&mut self) -> Option<[u8; 2]> {
        let (op, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*op)
    }

    /// Pixels written out, padded to an even number of bytes.
    fn literal(&mut self, count: u8, code: Runs) -> Option<&'a [u8]> {
        let count = usize::from(count);
        let bytes = match code {
            Runs::Four => count.div_ceil(2),
            Runs::Eight => count,
            Runs::TwentyFour => count * 3,
        };
        let (literal, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest.get(bytes % 2..).unwrap_or_default();
        Some(literal)
    }

    /// The two pixels a run alternates between, as a literal stretch would hold them.
    fn run(&mut self, first: u8, code: Runs) -> Option<[u8; 6]> {
        let mut pixels = [first; 6];
        if code == Runs::TwentyFour {
            let (more, rest) = self.0.split_first_chunk::<2>()?;
            pixels = [first, more[0], more[1], first, more[0], more[1]];
            self.0 = rest;
        }
        Some(pixels)
    }
}

/// The picture as it is drawn, and the place of the next pixel, rows counted in the order of the file.
struct Canvas {
    samples: Vec<u8>,
    width: usize,
    height: usize,
    top_down: bool,
    x: usize,
    y: usize,
}

impl Canvas {
    fn move_to(&mut self, x: usize, y: usize) {
        // Past the right edge nothing is drawn, so how far past does not matter.
        (self.x, self.y) = (x.min(self.width), y);
    }

    /// Draw pixels; what goes past the end of the row is dropped.
    fn put(&mut self, count: u8, colour: impl Fn(usize) -> [u8; 3]) {
        let count = usize::from(count).min(self.width - self.x);
        let row = if self.top_down { self.y } else { self.height - 1 - self.y };
        let start = (row * self.width + self.x) * 3;
        for (i, pixel) in self.samples[start..start + count * 3].chunks_exact_mut(3).enumerate() {
            pixel.copy_from_slice(&colour(i));
        }
        self.x += count;
    }
}
