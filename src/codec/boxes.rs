//! Boxes of the ISO base media file format (ISO/IEC 14496-12 §4.2): length, four letters, contents.
//! AVIF files are made of them, and JPEG XL files may be.

/// One box, its length already checked against what there is.
#[derive(Clone, Copy, Debug)]
pub(super) struct IsoBox<'a> {
    pub(super) kind: [u8; 4],
    /// What is in it.
    pub(super) body: &'a [u8],
    /// The same with its header.
    pub(super) whole: &'a [u8],
}

/// The boxes that follow each other in `bytes`, up to the first whose length is a lie.
pub(super) fn boxes(bytes: &[u8]) -> impl Iterator<Item = Result<IsoBox<'_>, String>> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let bytes = rest.filter(|rest| !rest.is_empty())?;
        let first = first_box(bytes);
        rest = first.as_ref().ok().map(|found| &bytes[found.whole.len()..]);
        Some(first)
    })
}

fn first_box(bytes: &[u8]) -> Result<IsoBox<'_>, String> {
    let short = || format!("a box header is cut short after {} bytes", bytes.len());
    let ([a, b, c, d, kind @ ..], _) = bytes.split_first_chunk::<8>().ok_or_else(short)?;
    let (header, length) = match u32::from_be_bytes([*a, *b, *c, *d]) {
        // Zero: up to the end. One: the length is too long for 32 bits and follows in 64.
        0 => (8, bytes.len() as u64),
        1 => (16, u64::from_be_bytes(*bytes[8..].first_chunk().ok_or_else(short)?)),
        length => (8, length.into()),
    };
    let whole = usize::try_from(length).ok().and_then(|length| bytes.get(..length));
    let body = whole.and_then(|whole| whole.get(header..));
    match (whole, body) {
        (Some(whole), Some(body)) => Ok(IsoBox { kind: *kind, body, whole }),
        _ => {
            let name = kind.escape_ascii();
            Err(format!("box \"{name}\" claims {length} bytes where {} are left", bytes.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(bytes: &[u8]) -> Result<Vec<(String, usize)>, String> {
        let named = |b: IsoBox<'_>| (b.kind.escape_ascii().to_string(), b.body.len());
        boxes(bytes).map(|b| b.map(named)).collect()
    }

    #[test]
    fn lengths_have_three_forms() {
        let bytes = b"\0\0\0\x0aabcd12\0\0\0\x01long\0\0\0\0\0\0\0\x11x\0\0\0\0last123";
        let expected = [("abcd", 2), ("long", 1), ("last", 3)].map(|(k, n)| (k.to_string(), n));
        assert_eq!(kinds(bytes).unwrap(), expected);
        assert_eq!(kinds(b"").unwrap(), []);
    }

    #[test]
    fn lengths_that_lie_are_named() {
        assert_eq!(kinds(b"\0\0\0\x0aabcd1").unwrap_err(), "box \"abcd\" claims 10 bytes where 9 are left");
        assert!(kinds(b"\0\0\0\x07abcd").unwrap_err().contains("claims 7 bytes"));
        assert!(kinds(b"\0\0\0\x01abcd\xff\xff\xff\xff\xff\xff\xff\xff").is_err());
        assert_eq!(kinds(b"\0\0\0").unwrap_err(), "a box header is cut short after 3 bytes");
    }
}
