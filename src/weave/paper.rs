//! Point paper (意匠图): the design as weavers draw it, a field for each end and pass, every eighth line heavy.

use std::io::{self, Write};

use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// A design to be drawn: a yarn for each field.
#[derive(Clone, Copy, Debug)]
pub struct PointPaper<'a> {
    /// Ends across.
    pub columns: usize,
    /// The yarn of each field, row by row from the top.
    pub cells: &'a [u8],
    /// The colours of the yarns.
    pub colours: &'a [[u8; 3]],
    /// Pixels of a field, across and along; lines take one of each.
    pub field: Field,
}

/// The size of a field in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Across.
    pub width: usize,
    /// Along.
    pub height: usize,
}

/// Fields between two heavy lines, both ways.
const BLOCK: usize = 8;
const THIN: [u8; 3] = [150, 150, 150];
/// The red that point paper is printed in.
const HEAVY: [u8; 3] = [190, 30, 45];
/// The most colours a palette of 8 bits has beside those of the lines.
const MOST_YARNS: usize = 254;

impl Field {
    /// Fields in the shape that the sett gives them (意匠纸 八之十二 and so on), as large as a picture of at most
    /// `longest` pixels a side allows, and 12 pixels at most.
    pub fn fitting(
        columns: usize,
        rows: usize,
        ends_per_cm: f32,
        passes_per_cm: f32,
        longest: usize,
    ) -> Self {
        let of = |width: usize| {
            let height = width as f32 * ends_per_cm / passes_per_cm;
            Self { width, height: (height.round() as usize).clamp(1, 64) }
        };
        let fits = |field: &Self| field.width * columns < longest && field.height * rows < longest;
        (1..=12).rev().map(of).find(fits).unwrap_or(of(1))
    }

    /// Is there room for a line beside the colour?
    fn ruled(self) -> bool {
        self.width > 2 && self.height > 2
    }
}

impl PointPaper<'_> {
    /// Pixels across.
    pub fn width(&self) -> usize {
        self.columns * self.field.width + usize::from(self.field.ruled())
    }

    /// Pixels along.
    pub fn height(&self) -> usize {
        self.rows() * self.field.height + usize::from(self.field.ruled())
    }

    fn rows(&self) -> usize {
        self.cells.len() / self.columns.max(1)
    }

    /// Writes it as a PNG with a palette: the yarns in their order, then the two lines.
    pub fn write_png(&self, out: &mut impl Write) -> io::Result<()> {
        if self.colours.len() > MOST_YARNS || self.cells.is_empty() {
            let what = format!("{} yarns on point paper; 1 to {MOST_YARNS} are drawn", self.colours.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        }
        let mut encoder = Encoder::new(out, self.width() as u32, self.height() as u32);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder
            .set_palette(self.colours.iter().chain(&[THIN, HEAVY]).flatten().copied().collect::<Vec<u8>>());
        encoder.set_compression(Compression::Fast);
        // Most rows are those above them.
        encoder.set_filter(Filter::Up);
        let mut writer = encoder.write_header()?;
        let mut stream = writer.stream_writer()?;
        let mut row = vec![0; self.width()];
        for y in 0..self.height() {
            // The rows inside a field are alike.
            if !self.field.ruled() || y % self.field.height < 2 {
                self.row(y, &mut row);
            }
            stream.write_all(&row)?;
        }
        stream.finish()?;
        Ok(writer.finish()?)
    }

    /// A row of pixels.
    fn row(&self, y: usize, out: &mut [u8]) {
        let Field { width, height } = self.field;
        let ruled = self.field.ruled();
        let line = |at: usize| (self.colours.len() + usize::from(at.is_multiple_of(BLOCK))) as u8;
        if ruled && y.is_multiple_of(height) {
            out.fill(line(y / height));
        } else {
            let cells = &self.cells[y / height * self.columns..][..self.columns];
            out.chunks_mut(width).zip(cells).for_each(|(pixels, cell)| pixels.fill(*cell));
        }
        if ruled {
            let over = |x: usize| x.is_multiple_of(BLOCK) || !y.is_multiple_of(height);
            for x in (0..=self.columns).filter(|&x| over(x)) {
                out[x * width] = line(x);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(paper: &PointPaper<'_>) -> (Vec<u8>, usize) {
        let mut bytes = Vec::new();
        paper.write_png(&mut bytes).unwrap();
        let mut decoder = png::Decoder::new(io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::IDENTITY);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((frame.width as usize, frame.height as usize), (paper.width(), paper.height()));
        (pixels, frame.width as usize)
    }

    #[test]
    fn every_field_has_its_colour_and_every_eighth_line_is_heavy() {
        let (columns, rows) = (19, 11);
        let cells: Vec<u8> = (0..columns * rows).map(|i| (i * i % 3) as u8).collect();
        let colours = [[250, 240, 230], [180, 20, 30], [20, 40, 120]];
        let field = Field { width: 5, height: 7 };
        let paper = PointPaper { columns, cells: &cells, colours: &colours, field };
        let (pixels, width) = drawn(&paper);
        for (i, &pixel) in pixels.iter().enumerate() {
            let (x, y) = (i % width, i / width);
            let heavy = (x % 5 == 0 && x / 5 % 8 == 0) || (y % 7 == 0 && y / 7 % 8 == 0);
            let want = match (x % 5 == 0 || y % 7 == 0, heavy) {
                (_, true) => 4,
                (true, false) => 3,
                (false, false) => cells[y / 7 * columns + x / 5],
            };
            assert_eq!(pixel, want, "{x},{y}");
        }
    }

    #[test]
    fn small_fields_have_no_lines() {
        let cells = [0, 1, 1, 0, 0, 1];
        let field = Field { width: 2, height: 1 };
        let paper = PointPaper { columns: 3, cells: &cells, colours: &[[0; 3], [255; 3]], field };
        assert_eq!(drawn(&paper).0, [0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn fields_have_the_shape_of_the_sett() {
        assert_eq!(Field::fitting(100, 100, 60.0, 40.0, 8000), Field { width: 12, height: 18 });
        assert_eq!(Field::fitting(1000, 1000, 60.0, 40.0, 8000), Field { width: 4, height: 6 });
        assert_eq!(Field::fitting(90_000, 10, 60.0, 60.0, 8000), Field { width: 1, height: 1 });
    }

    #[test]
    fn a_design_without_fields_is_refused() {
        let paper = PointPaper { columns: 0, cells: &[], colours: &[], field: Field { width: 8, height: 8 } };
        assert!(paper.write_png(&mut Vec::new()).is_err());
    }
}
