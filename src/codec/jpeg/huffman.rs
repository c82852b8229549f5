//! Blocks to bits (T.81, F.1.2): the difference of the DC coefficient to that of the block before, and the
//! AC coefficients in zig-zag order, each told with the number of zeros before it.

use super::bits::Bits;
use super::tables::{Huffman, Huffmans, ZIGZAG};
use crate::kernel::fdct::Block;

/// No more coefficients in this block; and sixteen zeros.
const END: usize = 0x00;
const SIXTEEN: usize = 0xf0;

/// Where symbols go, and the bits of the value behind each: of luma (0) or chroma (1).
pub(super) trait Sink {
    fn dc(&mut self, kind: usize, symbol: usize, value: u32);
    fn ac(&mut self, kind: usize, symbol: usize, value: u32);
}

/// Walk over a block; the DC coefficient of the one before is `before`.
#[inline(always)]
pub(super) fn put(block: &Block, kind: usize, before: &mut i16, sink: &mut impl Sink) {
    let dc = block.values[0];
    let (category, bits) = categorised(i32::from(dc) - i32::from(*before));
    sink.dc(kind, category, bits);
    *before = dc;
    let mut left = zigzag(block.nonzero) & !1;
    let mut next = 1;
    while left != 0 {
        let at = left.trailing_zeros();
        left &= left - 1;
        let mut zeros = at - next;
        next = at + 1;
        while zeros >= 16 {
            sink.ac(kind, SIXTEEN, 0);
            zeros -= 16;
        }
        let value = block.values[usize::from(TURNED[at as usize & 63]) & 63];
        let (category, bits) = categorised(value.into());
        sink.ac(kind, (zeros as usize) << 4 | category, bits);
    }
    if next != 64 {
        sink.ac(kind, END, 0);
    }
}

/// The category of a value (T.81, Tables F.1 and F.2), and the value in so many bits: itself, or one less if
/// it is negative.
#[inline(always)]
fn categorised(value: i32) -> (usize, u32) {
    let category = 32 - value.unsigned_abs().leading_zeros();
    let mask = (1 << category) - 1;
    (category as usize, (value + (value >> 31)) as u32 & mask)
}

/// The codes of luma or of chroma.
///
/// A value follows its code in as many bits as the symbol says, so both are put at once: the upper five
/// bits of an entry are the length of both, the others the code with room for the value below it.
pub(super) struct Codes {
    dc: [u32; 256],
    ac: [u32; 256],
}

/// The lower bits of an entry.
const CODE: u32 = (1 << 27) - 1;

impl Codes {
    pub(super) fn new(tables: &Huffmans) -> Self {
        Self { dc: entries(&tables.dc), ac: entries(&tables.ac) }
    }
}

/// Writes codes.
pub(super) struct Writer<'a> {
    pub(super) codes: &'a [Codes; 2],
    pub(super) bits: Bits,
}

impl Sink for Writer<'_> {
    #[inline(always)]
    fn dc(&mut self, kind: usize, symbol: usize, value: u32) {
        let entry = self.codes[kind].dc[symbol & 255];
        self.bits.put(entry & CODE | value, entry >> 27);
    }

    #[inline(always)]
    fn ac(&mut self, kind: usize, symbol: usize, value: u32) {
        let entry = self.codes[kind].ac[symbol & 255];
        self.bits.put(entry & CODE | value, entry >> 27);
    }
}

/// Codes of one length count up, and go on doubled at the next (T.81, C.2). A symbol without a code stays zero.
fn entries(table: &Huffman) -> [u32; 256] {
    let (mut entries, mut symbols, mut code) = ([0; 256], table.symbols.iter(), 0u32);
    for (length, count) in (1..).zip(table.counts) {
        code <<= 1;
        for symbol in symbols.by_ref().take(count.into()) {
            let value_bits = u32::from(symbol & 15);
            entries[usize::from(*symbol)] = (length + value_bits) << 27 | code << value_bits;
            code += 1;
        }
    }
    entries
}

/// From a place in the zig-zag order to the place in a turned block.
const TURNED: [u8; 64] = {
    let (mut turned, mut i) = ([0; 64], 0);
    while i < 64 {
        turned[i] = ZIGZAG[i] % 8 * 8 + ZIGZAG[i] / 8;
        i += 1;
    }
    turned
};

/// The bits of a block, row by row, in zig-zag order; a byte at a time.
#[inline(always)]
fn zigzag(nonzero: [u8; 8]) -> u64 {
    let mut bits = 0;
    for (table, byte) in BYTES.iter().zip(nonzero) {
        bits |= table[usize::from(byte)];
    }
    bits
}

/// Where the bits of each byte go.
static BYTES: [[u64; 256]; 8] = {
    let (mut tables, mut i) = ([[0; 256]; 8], 0);
    while i < 64 {
        let at = ZIGZAG[i] as usize;
        let mut byte = 0;
        while byte < 256 {
            tables[at / 8][byte] |= ((byte >> (at % 8) & 1) as u64) << i;
            byte += 1;
        }
        i += 1;
    }
    tables
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::jpeg::tables::STANDARD;
    use crate::test_support::Random;

    #[test]
    fn codes_are_those_of_annex_k() {
        let [luma, chroma] = STANDARD.each_ref().map(Codes::new);
        let code = |entry: u32, value_bits: u32| ((entry & CODE) >> value_bits, (entry >> 27) - value_bits);
        // From Tables K.3 to K.6.
        assert_eq!(code(luma.dc[0], 0), (0b00, 2));
        assert_eq!(code(luma.dc[11], 11), (0b1_1111_1110, 9));
        assert_eq!(code(chroma.dc[11], 11), (0b111_1111_1110, 11));
        assert_eq!(code(luma.ac[END], 0), (0b1010, 4));
        assert_eq!(code(luma.ac[SIXTEEN], 0), (0b111_1111_1001, 11));
        assert_eq!(code(luma.ac[0x01], 1), (0b00, 2));
        assert_eq!(code(luma.ac[0xfa], 10), (0xfffe, 16));
        assert_eq!(code(chroma.ac[END], 0), (0b00, 2));
        assert_eq!(code(chroma.ac[SIXTEEN], 0), (0b11_1111_1010, 10));
        assert_eq!(code(chroma.ac[0xfa], 10), (0xfffe, 16));
    }

    #[test]
    fn no_code_begins_another() {
        let standard = STANDARD.each_ref().map(Codes::new);
        for table in standard.iter().flat_map(|codes| [&codes.dc, &codes.ac]) {
            let codes: Vec<(u32, u32)> = (0..256)
                .filter(|symbol| table[*symbol] != 0)
                .map(|symbol| (symbol as u32 & 15, table[symbol]))
                .map(|(value_bits, entry)| ((entry & CODE) >> value_bits, (entry >> 27) - value_bits))
                .collect();
            for (i, (code, length)) in codes.iter().enumerate() {
                let begins = |(c, l): &(u32, u32)| l >= length && c >> (l - length) == *code;
                assert_eq!(codes.iter().filter(|other| begins(other)).count(), 1, "code {i}");
            }
        }
    }

    #[test]
    fn bits_are_put_in_zigzag_order() {
        let mut random = Random::new("zigzag bits");
        for _ in 0..1000 {
            let bits = random.next() & random.next();
            let slow = (0..64).fold(0, |out, i| out | (bits >> ZIGZAG[i] & 1) << i);
            assert_eq!(zigzag(bits.to_le_bytes()), slow);
        }
    }
}
