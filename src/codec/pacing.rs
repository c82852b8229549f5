//! Delays of frames in the units of a format.

use std::time::Duration;

/// Rounds delays so that the whole keeps its length: what one frame gains the next ones give back.
/// (Rounded one by one, 60 frames of 1/60 s would last 1.2 s as GIF hundredths.)
#[derive(Clone, Debug)]
pub(super) struct Pacing {
    unit: Duration,
    most: u32,
    asked: Duration,
    given: u128,
}

impl Pacing {
    /// Delays are counted in `unit`s, and none is longer than `most` of them.
    pub(super) fn new(unit: Duration, most: u32) -> Self {
        Self { unit, most, asked: Duration::ZERO, given: 0 }
    }

    /// The delay of the next frame.
    pub(super) fn next(&mut self, delay: Duration) -> u32 {
        self.asked = self.asked.saturating_add(delay);
        let unit = self.unit.as_nanos();
        let due = (self.asked.as_nanos() + unit / 2) / unit;
        let units = due.saturating_sub(self.given).min(u128::from(self.most));
        self.given += units;
        units as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_keeps_its_length() {
        let mut pacing = Pacing::new(Duration::from_millis(10), 65_535);
        let delays: Vec<u32> = (0..60).map(|_| pacing.next(Duration::from_secs(1) / 60)).collect();
        assert_eq!(delays.iter().sum::<u32>(), 100);
        assert!(delays.iter().all(|d| (1..=2).contains(d)), "{delays:?}");
    }

    #[test]
    fn a_frame_too_long_gives_its_rest_to_the_next() {
        let mut pacing = Pacing::new(Duration::from_millis(1), 100);
        assert_eq!([150, 0, 10].map(|ms| pacing.next(Duration::from_millis(ms))), [100, 50, 10]);
        assert_eq!(pacing.next(Duration::MAX), 100);
    }
}
