//! Numbers from bytes, greatest byte first; every error says at which byte.

/// A place in bytes.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next bytes; `what` is what they should be.
    pub(super) fn take(&mut self, count: usize, what: &str) -> Result<&'a [u8], String> {
        let left = self.left();
        if count > left.len() {
            return Err(self.wrong(&format!("the end of the file after {} bytes", left.len()), what));
        }
        self.at += count;
        Ok(&left[..count])
    }

    pub(super) fn u16(&mut self, what: &str) -> Result<u16, String> {
        self.array(what).map(u16::from_be_bytes)
    }

    pub(super) fn u32(&mut self, what: &str) -> Result<u32, String> {
        self.array(what).map(u32::from_be_bytes)
    }

    /// A number that is not infinite, or anything else that cannot be reckoned with.
    pub(super) fn f32(&mut self, what: &str) -> Result<f32, String> {
        let value = self.array(what).map(f32::from_be_bytes)?;
        if value.is_finite() { Ok(value) } else { Err(self.before(4, &value.to_string(), what)) }
    }

    /// UTF-16 of so many units, up to the first that is zero.
    pub(super) fn text(&mut self, units: usize, what: &str) -> Result<String, String> {
        let bytes = self.take(units.saturating_mul(2), what)?;
        let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        let units = units.take_while(|unit| *unit != 0);
        Ok(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }

    /// What has not been read.
    pub(super) fn left(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    /// An error here.
    pub(super) fn wrong(&self, found: &str, expected: &str) -> String {
        format!("at byte {}: found {found}, expected {expected}", self.at)
    }

    /// An error so many bytes before this place.
    pub(super) fn before(&self, bytes: usize, found: &str, expected: &str) -> String {
        format!("at byte {}: found {found}, expected {expected}", self.at.saturating_sub(bytes))
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], String> {
        let bytes = self.take(N, what)?;
        let mut array = [0; N];
        array.copy_from_slice(bytes);
        Ok(array)
    }
}

/// A text in UTF-16 with a zero at its end; before it, its length in units, as the caller writes lengths.
pub(super) fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().filter(|unit| *unit != 0).chain([0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_where() {
        let mut reader = Reader::new(&[0, 7, 0]);
        assert_eq!(reader.u16("a version"), Ok(7));
        let wanted = "at byte 2: found the end of the file after 1 bytes, expected a length";
        assert_eq!(reader.u32("a length").unwrap_err(), wanted);
        let nan = f32::NAN.to_be_bytes();
        assert_eq!(Reader::new(&nan).f32("red").unwrap_err(), "at byte 0: found NaN, expected red");
    }

    #[test]
    fn texts_end_at_zero() {
        let bytes: Vec<u8> = units("月a").into_iter().flat_map(u16::to_be_bytes).chain([0, 65]).collect();
        assert_eq!(Reader::new(&bytes).text(4, "a name"), Ok("月a".into()));
        assert!(Reader::new(&bytes).text(usize::MAX, "a name").is_err());
    }
}
