//! The canvas frames are painted on, and how a frame is taken off again.

use std::ops::Range;

use gif::DisposalMethod;

use crate::pixel::{Layout, Size};

/// Where a frame goes, and what its indices mean.
pub(super) struct Placed {
    left: usize,
    top: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    interlaced: bool,
    /// Colour and alpha of every index; what the palette lacks is black.
    colours: [[u8; 4]; 256],
    transparent: bool,
    /// The part of the canvas it may change.
    pub(super) area: Area,
    pub(super) disposal: DisposalMethod,
    /// In hundredths of a second.
    pub(super) delay: u16,
}

impl Placed {
    pub(super) fn new(frame: &gif::Frame<'_>, global: Option<&[u8]>, canvas: Size) -> Self {
        let mut colours = [[0, 0, 0, 255]; 256];
        let palette = frame.palette.as_deref().or(global).unwrap_or_default();
        for (colour, rgb) in colours.iter_mut().zip(palette.chunks_exact(3)) {
            colour[..3].copy_from_slice(rgb);
        }
        if let Some(index) = frame.transparent {
            colours[usize::from(index)] = [0; 4];
        }
        let [left, top, width, height] = [frame.left, frame.top, frame.width, frame.height].map(usize::from);
        Self {
            left,
            top,
            width,
            height,
            interlaced: frame.interlaced,
            colours,
            transparent: frame.transparent.is_some(),
            area: Area {
                columns: left.min(canvas.width())..(left + width).min(canvas.width()),
                rows: top.min(canvas.height())..(top + height).min(canvas.height()),
            },
            disposal: frame.dispose,
            delay: frame.delay,
        }
    }

    pub(super) fn is_opaque(&self) -> bool {
        !self.transparent
    }

    pub(super) fn covers(&self, canvas: Size) -> bool {
        self.area.columns == (0..canvas.width()) && self.area.rows == (0..canvas.height())
    }

    /// Its rows in the order they are stored: if interlaced, every eighth, those half way between, and so on
    /// (GIF89a, appendix E).
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + use<> {
        let passes: &[(usize, usize)] =
            if self.interlaced { &[(0, 8), (4, 8), (2, 4), (1, 2)] } else { &[(0, 1)] };
        let height = self.height;
        passes.iter().flat_map(move |&(first, step)| (first..height).step_by(step))
    }
}

/// A part of the canvas.
#[derive(Clone)]
pub(super) struct Area {
    columns: Range<usize>,
    rows: Range<usize>,
}

pub(super) struct Canvas {
    pub(super) size: Size,
    channels: usize,
    pub(super) samples: Vec<u8>,
}

impl Canvas {
    /// Transparent, or black if it cannot be.
    pub(super) fn new(size: Size, layout: Layout) -> Self {
        let channels = layout.channels();
        Self { size, channels, samples: vec![0; size.pixels() * channels] }
    }

    /// Row `y` of a frame; transparent pixels leave what is there.
    pub(super) fn paint_row(&mut self, frame: &Placed, y: usize, indices: &[u8]) {
        let y = y + frame.top;
        if !frame.area.rows.contains(&y) {
            return;
        }
        let channels = self.channels;
        debug_assert!(frame.area.columns.is_empty() || frame.area.columns.start == frame.left);
        let row = self.row_mut(y, &frame.area);
        for (pixel, &index) in row.chunks_exact_mut(channels).zip(indices) {
            let colour = &frame.colours[usize::from(index)];
            if colour[3] != 0 {
                pixel.copy_from_slice(&colour[..channels]);
            }
        }
    }

    fn row_mut(&mut self, y: usize, area: &Area) -> &mut [u8] {
        let start = y * self.size.width();
        let (from, to) = (start + area.columns.start, start + area.columns.end);
        &mut self.samples[from * self.channels..to * self.channels]
    }
}

/// What brings the canvas from the state a frame was shown in to the one the next is painted on.
pub(super) enum Undo {
    Nothing,
    /// Make a part transparent.
    Clear(Area),
    /// Put back what was in a part, row after row.
    Restore(Area, Vec<u8>),
}

impl Undo {
    /// Remember a part as it is now.
    pub(super) fn restore(canvas: &Canvas, area: Area) -> Self {
        let width = canvas.size.width() * canvas.channels;
        let columns = area.columns.start * canvas.channels..area.columns.end * canvas.channels;
        let rows = canvas.samples.chunks_exact(width).take(area.rows.end).skip(area.rows.start);
        let saved = rows.flat_map(|row| &row[columns.clone()]).copied().collect();
        Self::Restore(area, saved)
    }

    pub(super) fn apply(self, canvas: &mut Canvas) {
        match self {
            Self::Nothing => {}
            Self::Clear(area) => area.rows.clone().for_each(|y| canvas.row_mut(y, &area).fill(0)),
            Self::Restore(area, saved) => {
                let width = area.columns.len() * canvas.channels;
                for (y, row) in area.rows.clone().zip(saved.chunks_exact(width.max(1))) {
                    canvas.row_mut(y, &area).copy_from_slice(row);
                }
            }
        }
    }
}
