//! Width and height that are known to be sane.

use std::fmt;
use std::num::NonZeroU32;

/// The size of a picture: neither side is zero, and the area fits the address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Size {
    width: NonZeroU32,
    height: NonZeroU32,
}

/// Why two numbers are not a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{width}×{height} is not a picture size; each side must be 1 or more and the area must fit the address space"
)]
pub struct SizeError {
    width: u64,
    height: u64,
}

impl Size {
    /// A size, if neither side is zero and so many pixels can be counted in a `usize` with 16 bytes each.
    pub fn new(width: u32, height: u32) -> Result<Self, SizeError> {
        let error = SizeError { width: width.into(), height: height.into() };
        let fits = u64::from(width)
            .checked_mul(height.into())
            .and_then(|area| area.checked_mul(16))
            .is_some_and(|bytes| isize::try_from(bytes).is_ok());
        match (NonZeroU32::new(width), NonZeroU32::new(height)) {
            (Some(width), Some(height)) if fits => Ok(Self { width, height }),
            _ => Err(error),
        }
    }

    /// The same from the numbers a decoder hands over.
    pub fn from_usize(width: usize, height: usize) -> Result<Self, SizeError> {
        match (u32::try_from(width), u32::try_from(height)) {
            (Ok(w), Ok(h)) => Self::new(w, h),
            _ => Err(SizeError { width: width as u64, height: height as u64 }),
        }
    }

    /// Pixels in a row.
    pub fn width(self) -> usize {
        self.width.get() as usize
    }

    /// Rows.
    pub fn height(self) -> usize {
        self.height.get() as usize
    }

    /// Both sides as `u32`, for libraries that want them so.
    pub fn as_u32(self) -> (u32, u32) {
        (self.width.get(), self.height.get())
    }

    /// Pixels in all.
    pub fn area(self) -> u64 {
        u64::from(self.width.get()) * u64::from(self.height.get())
    }

    /// Pixels in all, as an index. It fits: [`Size::new`] saw to it.
    pub fn pixels(self) -> usize {
        self.width() * self.height()
    }

    /// The longer side.
    pub fn longer(self) -> usize {
        self.width().max(self.height())
    }

    /// Width and height exchanged.
    pub fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// The largest size of these proportions whose longer side is `longer`; no side falls below one.
    pub fn with_longer(self, longer: u32) -> Result<Self, SizeError> {
        let scale =
            |side: usize| (side as f64 * f64::from(longer) / self.longer() as f64).round().max(1.0) as u32;
        Self::new(scale(self.width()), scale(self.height()))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{}", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_side_may_be_zero() {
        assert!(Size::new(0, 5).is_err() && Size::new(5, 0).is_err() && Size::new(1, 1).is_ok());
        assert_eq!(
            Size::new(0, 5).unwrap_err().to_string(),
            "0×5 is not a picture size; each side must be 1 or more and the area must fit the address space"
        );
    }

    #[test]
    fn an_area_that_cannot_be_addressed_is_refused() {
        assert!(Size::new(u32::MAX, u32::MAX).is_err());
        assert!(Size::from_usize(usize::MAX, 1).is_err());
    }

    #[test]
    fn the_longer_side_is_met_and_none_vanishes() {
        let longer = |w, h, side| Size::new(w, h).unwrap().with_longer(side).unwrap().as_u32();
        assert_eq!(longer(4000, 3000, 1600), (1600, 1200));
        assert_eq!(longer(1, 9000, 100), (1, 100));
        assert!(Size::new(4, 4).unwrap().with_longer(0).is_ok(), "clamped to one pixel");
    }
}
