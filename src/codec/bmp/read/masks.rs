//! Colour channels cut out of a word by a bit mask.

/// One channel: where its bits are and what each value means in 0 to 255.
pub(super) struct Channel {
    shift: u32,
    /// At most eight bits are looked at.
    low: u32,
    scaled: [u8; 256],
}

impl Channel {
    /// `mask` is a run of ones. An empty one leaves the channel dark.
    pub(super) fn new(mask: u32) -> Self {
        if mask == 0 {
            return Self { shift: 0, low: 0, scaled: [0; 256] };
        }
        let spare = mask.count_ones().saturating_sub(8);
        let low = mask >> mask.trailing_zeros() >> spare;
        let mut scaled = [0; 256];
        for (value, scaled) in (0..=low).zip(&mut scaled) {
            *scaled = ((value * 255 + low / 2) / low) as u8;
        }
        Self { shift: mask.trailing_zeros() + spare, low, scaled }
    }

    /// The channel of a pixel, stretched to eight bits and rounded to the nearest.
    pub(super) fn of(&self, pixel: u32) -> u8 {
        self.scaled[(pixel >> self.shift & self.low) as usize & 255]
    }
}

/// Do the ones of a mask stand side by side, inside a pixel of so many bits?
pub(super) fn is_sound(mask: u32, bits: u16) -> bool {
    let run = mask.checked_shr(mask.trailing_zeros()).unwrap_or(0);
    run & run.wrapping_add(1) == 0 && (bits >= 32 || mask >> bits == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stretch_to_the_full_range() {
        let five = Channel::new(0x7c00);
        assert_eq!([0, 1, 3, 31].map(|v| five.of(v << 10)), [0, 8, 25, 255]);
        let ten = Channel::new(0x3ff0_0000);
        assert_eq!([0, 512, 1023].map(|v| ten.of(v << 20)), [0, 128, 255]);
        assert_eq!(Channel::new(0x8000_0000).of(0x8000_0000), 255);
        assert_eq!(Channel::new(0).of(7), 0);
    }

    #[test]
    fn only_a_run_of_ones_is_a_mask() {
        assert!(
            is_sound(0, 16) && is_sound(0xf800, 16) && is_sound(u32::MAX, 32) && is_sound(0x8000_0000, 32)
        );
        assert!(!is_sound(0b101, 16) && !is_sound(0x1_0000, 16));
    }
}
