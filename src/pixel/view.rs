//! Borrowed pixels: the shape of a picture without its ownership.

use super::picture::Layout;
use super::size::Size;

/// Pixels lent out to be read.
#[derive(Clone, Copy, Debug)]
pub struct View<'a, T> {
    size: Size,
    layout: Layout,
    samples: &'a [T],
}

impl<'a, T> View<'a, T> {
    pub(crate) fn new(size: Size, layout: Layout, samples: &'a [T]) -> Self {
        debug_assert_eq!(samples.len(), size.pixels() * layout.channels());
        Self { size, layout, samples }
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Which channels there are.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// All samples, row after row.
    pub fn samples(&self) -> &'a [T] {
        self.samples
    }

    /// Row after row.
    pub fn rows(&self) -> std::slice::ChunksExact<'a, T> {
        self.samples.chunks_exact(self.size.width() * self.layout.channels())
    }

    /// Row `y`; panics past the last, as an index does.
    pub fn row(&self, y: usize) -> &'a [T] {
        let len = self.size.width() * self.layout.channels();
        &self.samples[y * len..][..len]
    }

    /// The samples of one pixel; panics outside the picture, as an index does.
    pub fn pixel(&self, x: usize, y: usize) -> &'a [T] {
        let channels = self.layout.channels();
        &self.row(y)[x * channels..][..channels]
    }
}

/// Pixels lent out to be changed.
#[derive(Debug)]
pub struct ViewMut<'a, T> {
    size: Size,
    layout: Layout,
    samples: &'a mut [T],
}

impl<'a, T> ViewMut<'a, T> {
    pub(crate) fn new(size: Size, layout: Layout, samples: &'a mut [T]) -> Self {
        debug_assert_eq!(samples.len(), size.pixels() * layout.channels());
        Self { size, layout, samples }
    }

    /// All samples, row after row.
    pub fn samples(self) -> &'a mut [T] {
        self.samples
    }

    /// Row after row.
    pub fn rows(self) -> std::slice::ChunksExactMut<'a, T> {
        let len = self.size.width() * self.layout.channels();
        self.samples.chunks_exact_mut(len)
    }
}
