//! One channel in floating point, the form filters work on.

use super::size::Size;

/// A channel of `f32`, row after row, without padding.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    size: Size,
    samples: Vec<f32>,
}

impl Plane {
    /// These samples; `None` if their number does not fit the size.
    pub fn new(size: Size, samples: Vec<f32>) -> Option<Self> {
        (samples.len() == size.pixels()).then_some(Self { size, samples })
    }

    /// The same value everywhere.
    pub fn filled(size: Size, value: f32) -> Self {
        Self { size, samples: vec![value; size.pixels()] }
    }

    /// A plane whose sample at (x, y) is `value(x, y)`. For tests and small planes; it knows no threads.
    pub fn from_fn(size: Size, mut value: impl FnMut(usize, usize) -> f32) -> Self {
        let (w, h) = (size.width(), size.height());
        Self { size, samples: (0..w * h).map(|i| value(i % w, i / w)).collect() }
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        self.size
    }

    /// All samples.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// All samples, to be changed.
    pub fn samples_mut(&mut self) -> &mut [f32] {
        &mut self.samples
    }

    /// The samples, and nothing else.
    pub fn into_samples(self) -> Vec<f32> {
        self.samples
    }

    /// One row.
    pub fn row(&self, y: usize) -> &[f32] {
        let width = self.size.width();
        &self.samples[y * width..][..width]
    }

    /// One row, to be changed.
    pub fn row_mut(&mut self, y: usize) -> &mut [f32] {
        let width = self.size.width();
        &mut self.samples[y * width..][..width]
    }
}
