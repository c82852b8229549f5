//! Colours in hexadecimal digits.

use std::fmt::Write as _;

/// `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`; the hash may be missing.
pub(super) fn read(text: &str) -> Option<[u8; 4]> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(digits, 16).ok()?;
    match digits.len() {
        8 => Some(number.to_be_bytes()),
        6 => Some((number << 8 | 255).to_be_bytes()),
        4 => Some([12, 8, 4, 0].map(|shift| doubled(number >> shift))),
        3 => Some([8, 4, 0].map(|shift| doubled(number >> shift))).map(|[r, g, b]| [r, g, b, 255]),
        _ => None,
    }
}

/// The last digit twice.
fn doubled(number: u32) -> u8 {
    (number & 15) as u8 * 17
}

/// `#rrggbb`, or `#rrggbbaa` unless it is opaque.
pub(super) fn write([r, g, b, a]: [u8; 4]) -> String {
    let mut text = format!("#{r:02x}{g:02x}{b:02x}");
    if a != u8::MAX {
        let _ = write!(text, "{a:02x}");
    }
    text
}

/// The beginning of a text from outside, fit for a message.
pub(super) fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(plain).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_lengths_are_read() {
        let pairs = [
            ("#b08d3c", [0xb0, 0x8d, 0x3c, 255]),
            ("B08D3C7f", [0xb0, 0x8d, 0x3c, 0x7f]),
            ("#fc0", [255, 204, 0, 255]),
            ("fc08", [255, 204, 0, 0x88]),
        ];
        for (text, colour) in pairs {
            assert_eq!(read(text), Some(colour), "{text}");
        }
        for wrong in ["", "#", "#12", "#12345", "+12345", "#１２３", "ggg", "#123456789", "##fff"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for colour in [[1, 2, 3, 255], [255, 0, 128, 0]] {
            assert_eq!(read(&write(colour)), Some(colour));
        }
    }
}
