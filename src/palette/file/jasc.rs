//! Palettes of Paint Shop Pro: `JASC-PAL`, `0100`, the number of colours, then red, green and blue a line.
//!
//! Programs for pixel art add alpha as a fourth number; so do we, only where there is alpha.

use std::fmt::Write as _;

use super::super::{Palette, Swatch};
use super::text::{Wrong, channel, lines, wrong};

pub(super) fn sniff(head: &str) -> bool {
    head.trim_start().starts_with("JASC-PAL")
}

pub(super) fn read(text: &str) -> Result<Palette, Wrong> {
    let mut lines = lines(text).filter(|(_, line)| !line.is_empty());
    let mut next =
        |expected: &str| lines.next().ok_or_else(|| (None, format!("it ends where {expected} was expected")));
    for wanted in ["JASC-PAL", "0100"] {
        let (number, line) = next(wanted)?;
        if line != wanted {
            return Err(wrong(number, line, &format!("\"{wanted}\"")));
        }
    }
    let (number, line) = next("the number of colours")?;
    let count = line.parse().ok().filter(|count| (1..=Palette::MOST).contains(count));
    let count = count.ok_or_else(|| wrong(number, line, "the number of colours, 1 to 65536"))?;
    let colours = (0..count).map(|_| {
        let (number, line) = next("a colour")?;
        colour(line).ok_or_else(|| wrong(number, line, "three numbers from 0 to 255, such as \"176 141 60\""))
    });
    let swatches = colours.collect::<Result<_, _>>()?;
    match lines.next() {
        Some((number, line)) => Err(wrong(number, line, &format!("the end after {count} colours"))),
        None => Ok(Palette::new(swatches)),
    }
}

fn colour(line: &str) -> Option<Swatch> {
    let mut words = line.split_whitespace();
    let mut next = || channel(words.next());
    let rgb = [next()?, next()?, next()?];
    match words.next() {
        None => Some(Swatch::opaque(rgb)),
        alpha => words.next().is_none().then_some(Swatch::new([rgb[0], rgb[1], rgb[2], channel(alpha)?])),
    }
}

/// With the ends of line of the system the format comes from, which some readers insist on.
pub(super) fn write(palette: &Palette) -> String {
    let alpha = !palette.is_opaque();
    let mut text = format!("JASC-PAL\r\n0100\r\n{}\r\n", palette.len());
    for [r, g, b, a] in palette.colours() {
        let _ = write!(text, "{r} {g} {b}");
        if alpha {
            let _ = write!(text, " {a}");
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_colours_must_be_true() {
        assert_eq!(read("JASC-PAL\n0100\n2\n1 2 3\n4 5 6 0\n").unwrap().len(), 2);
        for (file, wanted) in [
            ("JASC-PAL\n0100\n2\n1 2 3\n", (None, "it ends where a colour was expected")),
            (
                "JASC-PAL\n0100\n1\n1 2 3\n4 5 6\n",
                (Some(5), "found \"4 5 6\", expected the end after 1 colours"),
            ),
            ("JASC-PAL\n0100\n0\n", (Some(3), "found \"0\", expected the number of colours, 1 to 65536")),
            ("JASC-PAL\n0200\n", (Some(2), "found \"0200\", expected \"0100\"")),
        ] {
            let (line, text) = read(file).unwrap_err();
            assert_eq!((line, text.as_str()), wanted);
        }
        for line in ["1 2", "1 2 3 4 5", "1 2 3 x", "1 2 -3"] {
            assert!(colour(line).is_none(), "{line}");
        }
    }
}
