//! Colours along a Morton curve (G. M. Morton, 1966): the bits of the channels take turns, highest first, so that all
//! colours of a box that halving makes stand next to each other. Sorting by it finds equal colours, and similar ones.

/// The bits of an 8-bit value, `step` apart.
const fn spread(value: u32, step: usize) -> u32 {
    let (mut out, mut bit) = (0, 0);
    while bit < 8 {
        out |= (value >> bit & 1) << (bit * step);
        bit += 1;
    }
    out
}

const fn table(step: usize) -> [u32; 256] {
    let mut table = [0; 256];
    let mut value = 0;
    while value < 256 {
        table[value] = spread(value as u32, step);
        value += 1;
    }
    table
}

static APART: [[u32; 256]; 2] = [table(3), table(4)];

/// The place of a colour of 8 bits a channel: three channels, or four.
#[inline(always)]
pub(super) fn narrow<const D: usize>(colour: [u8; D]) -> u32 {
    let table = &APART[D - 3];
    colour.into_iter().fold(0, |key, value| key << 1 | table[usize::from(value)])
}

/// The place of a colour of 16 bits a channel.
#[inline(always)]
pub(super) fn wide<const D: usize>(colour: [u16; D]) -> u64 {
    let high = narrow(colour.map(|v| (v >> 8) as u8));
    let low = narrow(colour.map(|v| v as u8));
    u64::from(high) << (8 * D) | u64::from(low)
}

/// Every third or fourth bit of a place of 8 bits a channel, from the lowest.
#[inline(always)]
fn gathered<const D: usize>(key: u32) -> u16 {
    let bits = if D == 3 {
        let x = key & 0x0024_9249;
        let x = (x | x >> 2) & 0x000c_30c3;
        let x = (x | x >> 4) & 0x0000_f00f;
        x | x >> 8
    } else {
        let x = key & 0x1111_1111;
        let x = (x | x >> 3) & 0x0303_0303;
        let x = (x | x >> 6) & 0x000f_000f;
        x | x >> 12
    };
    (bits & 0xff) as u16
}

/// The colour at a place, given in so many bits a channel.
#[inline(always)]
pub(super) fn colour<const D: usize>(key: u64, bits: u32) -> [u16; D] {
    if bits == 8 {
        return std::array::from_fn(|channel| gathered::<D>(key as u32 >> (D - 1 - channel)));
    }
    std::array::from_fn(|channel| {
        let shift = D - 1 - channel;
        (0..bits as usize).fold(0, |value, bit| value | ((key >> (bit * D + shift) & 1) as u16) << bit)
    })
}

/// Numbers of at most `bits` bits in ascending order, by their digits.
pub(super) fn sort(keys: &mut Vec<u32>, bits: u32) {
    const DIGIT: u32 = 12;
    let mut other = vec![0; keys.len()];
    for shift in (0..bits).step_by(DIGIT as usize) {
        let digit = |key: u32| (key >> shift) as usize & ((1 << DIGIT) - 1);
        let mut starts = vec![0usize; 1 << DIGIT];
        keys.iter().for_each(|&key| starts[digit(key)] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += std::mem::replace(start, sum);
        }
        for &key in keys.iter() {
            let start = &mut starts[digit(key)];
            other[*start] = key;
            *start += 1;
        }
        std::mem::swap(keys, &mut other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;

    #[test]
    fn a_place_leads_back_to_its_colour() {
        let mut random = Random::new("morton");
        for _ in 0..1000 {
            let colour8: [u8; 3] = std::array::from_fn(|_| random.below(256) as u8);
            assert_eq!(colour::<3>(narrow(colour8).into(), 8), colour8.map(u16::from), "{random}");
            let colour16: [u16; 4] = std::array::from_fn(|_| random.below(65536) as u16);
            assert_eq!(colour::<4>(wide(colour16), 16), colour16, "{random}");
        }
        assert!(narrow([1, 0, 0]) > narrow([0, 1, 1]), "the first channel is the highest");
    }

    #[test]
    fn sorted_is_sorted() {
        let mut random = Random::new("sort");
        for (count, bits) in [(0, 24), (1, 24), (5000, 24), (5000, 32)] {
            let mut keys: Vec<u32> = (0..count).map(|_| (random.next() as u32) >> (32 - bits)).collect();
            let mut wanted = keys.clone();
            wanted.sort_unstable();
            sort(&mut keys, bits);
            assert_eq!(keys, wanted, "{random}");
        }
    }
}
