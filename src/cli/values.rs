//! Words on the command line that stand for something: sizes, times, amounts. Each error names the word and
//! every form that is understood.

use std::time::Duration;

use zhijin::codec::Format;
use zhijin::op::Resize;
use zhijin::pixel::Size;

/// `1600`, `1600x900`, `1600x900!`, `1600x900^`, `1600x`, `x900`, `50%`
pub(super) fn size(text: &str) -> Result<Resize, String> {
    text.parse()
}

/// `1600x200`: so many pixels, and no other form.
pub(super) fn pixels(text: &str) -> Result<Size, String> {
    let side = |text: &str| text.parse::<u16>().ok().map(u32::from).filter(|side| *side > 0);
    let sides = text.split_once(['x', '×']).and_then(|(width, height)| Some((side(width)?, side(height)?)));
    let size = sides.and_then(|(width, height)| Size::new(width, height).ok());
    size.ok_or_else(|| "write width and height, each 1 to 65535, as in 1600x200".into())
}

/// `0`, `1.5`: a length in pixels, not below 0.
pub(super) fn length(text: &str) -> Result<f64, String> {
    let length = text.trim_end_matches("px").parse::<f64>().ok();
    let length = length.filter(|length| (0.0..=10_000.0).contains(length));
    length.ok_or_else(|| "write a number of pixels from 0 to 10000, as in 1.5".into())
}

/// `30s`, `500ms`, `2m`, `1h`
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "write 500ms, 30s, 2m or 1h; at least 1ms".to_string();
    let at = text.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(wrong)?;
    let (number, unit) = text.split_at(at);
    let unit = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(wrong()),
    };
    let seconds = number.parse::<f64>().map_err(|_| wrong())? * unit;
    Duration::try_from_secs_f64(seconds).ok().filter(|time| time.as_millis() > 0).ok_or_else(wrong)
}

/// `100000000`, `512M`: powers of a thousand.
pub(super) fn count(text: &str) -> Result<u64, String> {
    amount(text, 1000).ok_or_else(|| "write a whole number from 1, or one with k, M or G, as in 512M".into())
}

/// `4G`, `512M`, `4GiB`: powers of 1024.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let number = text.trim_end_matches('B').trim_end_matches('i');
    amount(number, 1024)
        .ok_or_else(|| "write a whole number from 1, or one with K, M, G or T, as in 4G".into())
}

/// `40000`, `40k`, `1.5M`: powers of a thousand; `40KiB`: powers of 1024. A file that may have 40 kB fits then, whoever
/// counts.
pub(super) fn file_size(text: &str) -> Result<u64, String> {
    let wrong = || "write a number of bytes, or one with k, M, KiB or MiB, as in 40k".to_string();
    let at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let unit = match text[at..].to_ascii_lowercase().trim_end_matches('b') {
        "" => 1.0,
        "k" => 1e3,
        "m" => 1e6,
        "ki" => 1024.0,
        "mi" => 1024.0 * 1024.0,
        _ => return Err(wrong()),
    };
    let size = text[..at].trim_end().parse::<f64>().map_err(|_| wrong())? * unit;
    if (1.0..=1e15).contains(&size) { Ok(size as u64) } else { Err(wrong()) }
}

/// `70-85`, `70-`, `-85`, or `80`, which means 72-80: from what quality on a result is wanted, and what is enough. As
/// pngquant reads them.
pub(super) fn qualities(text: &str) -> Result<(u8, u8), String> {
    let wrong = || "write the least and the greatest from 0 to 100, as in 70-85".to_string();
    let number = |text: &str| text.parse::<u8>().ok().filter(|number| *number <= 100).ok_or_else(wrong);
    let (least, most) = match text.split_once('-') {
        None => number(text).map(|most| ((u16::from(most) * 9 / 10) as u8, most))?,
        Some((least, "")) => (number(least)?, 100),
        Some(("", most)) => (0, number(most)?),
        Some((least, most)) => (number(least)?, number(most)?),
    };
    if least <= most { Ok((least, most)) } else { Err(wrong()) }
}

fn amount(text: &str, step: u64) -> Option<u64> {
    let power = match text.chars().last()? {
        'k' | 'K' => 1,
        'M' => 2,
        'G' => 3,
        'T' => 4,
        _ => 0,
    };
    let number = if power == 0 { text } else { &text[..text.len() - 1] };
    number.parse::<u64>().ok()?.checked_mul(step.pow(power)).filter(|amount| *amount > 0)
}

/// A number from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share = text.trim().parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "it must be a number from 0 to 1, such as 0.5".into())
}

/// Any number that fits 64 bits.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("write a whole number from 0 to {}", u64::MAX))
}

/// `png`, `.JPG`; only what can be written.
pub(super) fn format(text: &str) -> Result<Format, String> {
    text.parse::<Format>().and_then(writable)
}

/// The format, if it can be written.
pub(super) fn writable(format: Format) -> Result<Format, String> {
    if format.can_write() {
        return Ok(format);
    }
    Err(format!("{format} can be read but not written; zhijin writes {}", Format::writable_list()))
}

/// `step.param=value`
pub(super) fn setting(text: &str) -> Result<(String, String), String> {
    let (key, value) =
        text.split_once('=').ok_or("write a step, a parameter and a value, as in exposure.ev=0.5")?;
    Ok((key.trim().to_string(), value.trim().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_size_is_refused() {
        for text in [
            "",
            "x",
            "0",
            "0x9",
            "16x0",
            "-3",
            "16!",
            "16^",
            "16x!",
            "x9^",
            "%",
            "0%",
            "nan%",
            "1e9%",
            "9999999999",
        ] {
            assert!(size(text).unwrap_err().starts_with("write 1600"), "{text}");
        }
    }

    #[test]
    fn pictures_have_both_sides() {
        assert_eq!(pixels("1600x200"), Ok(Size::new(1600, 200).unwrap()));
        for text in ["", "1600", "0x9", "9x", "x9", "65536x1", "1x1x1", "-1x5", "1600x200!"] {
            assert!(pixels(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lengths() {
        assert_eq!(["0", "1.5", "2px"].map(length), [Ok(0.0), Ok(1.5), Ok(2.0)]);
        assert!(["", "-1", "nan", "inf", "1e5", "px"].iter().all(|text| length(text).is_err()));
    }

    #[test]
    fn times() {
        let ms = |text| duration(text).unwrap().as_millis();
        assert_eq!(
            [ms("500ms"), ms("30s"), ms("1.5s"), ms("2m"), ms("1h")],
            [500, 30_000, 1500, 120_000, 3_600_000]
        );
        for text in ["", "30", "s", "0s", "-1s", "1d", "infs", "1e400s", "nans"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_of_files() {
        let sizes = ["9", "40k", "40kB", "1.5M", "2KiB", "1MiB"].map(|text| file_size(text).unwrap());
        assert_eq!(sizes, [9, 40_000, 40_000, 1_500_000, 2048, 1 << 20]);
        for text in ["", "0", "k", "-4k", "4x", "nank", "infM", "4 4", "9e99"] {
            assert!(file_size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ranges_of_quality() {
        let all = ["70-85", "70-", "-85", "80", "0", "100"].map(|text| qualities(text).unwrap());
        assert_eq!(all, [(70, 85), (70, 100), (0, 85), (72, 80), (0, 0), (90, 100)]);
        for text in ["", "-", "85-70", "101", "a", "1-2-3", "-1-5"] {
            assert!(qualities(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts() {
        assert_eq!([count("512M"), count("7")], [Ok(512_000_000), Ok(7)]);
        assert_eq!(
            [bytes("4G"), bytes("1KiB"), bytes("2MB"), bytes("9")],
            [Ok(4 << 30), Ok(1024), Ok(2 << 20), Ok(9)]
        );
        for text in ["", "0", "M", "1.5G", "-1", "99999999999999T", "12é"] {
            assert!(count(text).is_err() && bytes(text).is_err(), "{text}");
        }
    }
}
