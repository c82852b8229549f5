//! GIMP palettes: a line that says so, lines with `Name:` and `Columns:`, remarks, then a colour a line: red, green
//! and blue from 0 to 255 and a name. (GIMP developer documentation, "GIMP Palette".)
//!
//! Aseprite adds alpha: after a line `Channels: RGBA` there are four numbers. So do we, only where there is alpha.

use std::fmt::Write as _;

use super::super::{Palette, Swatch};
use super::text::{Wrong, channel, lines, word, wrong};

const MAGIC: &str = "GIMP Palette";

pub(super) fn sniff(head: &str) -> bool {
    head.trim_start().starts_with(MAGIC)
}

pub(super) fn read(text: &str) -> Result<Palette, Wrong> {
    let mut lines = lines(text).filter(|(_, line)| !line.is_empty());
    let (number, first) = lines.next().unwrap_or((1, ""));
    if first != MAGIC {
        return Err(wrong(number, first, "\"GIMP Palette\""));
    }
    let mut alpha = false;
    let mut swatches = Vec::new();
    for (number, line) in lines {
        if line.starts_with('#') {
            continue;
        }
        match line.split_once(':') {
            Some(("Channels", channels)) => alpha = channels.trim() == "RGBA",
            Some(("Name" | "Columns", _)) => {}
            _ => swatches.push(colour(line, alpha).ok_or_else(|| {
                wrong(number, line, "three numbers from 0 to 255 and a name, such as \"176 141 60 old gold\"")
            })?),
        }
        if swatches.len() > Palette::MOST {
            return Err(wrong(number, line, "at most 65536 colours"));
        }
    }
    Ok(Palette::new(swatches))
}

fn colour(line: &str, alpha: bool) -> Option<Swatch> {
    let mut rest = line;
    let mut next = || {
        let (first, left) = word(rest);
        rest = left;
        channel(Some(first).filter(|first| !first.is_empty()))
    };
    let colour = [next()?, next()?, next()?, if alpha { next()? } else { u8::MAX }];
    Some(Swatch::new(colour).called(rest))
}

pub(super) fn write(palette: &Palette) -> String {
    let alpha = !palette.is_opaque();
    let columns = palette.len().min(16);
    let mut text = format!("{MAGIC}\nName: zhijin\nColumns: {columns}\n");
    if alpha {
        text.push_str("Channels: RGBA\n");
    }
    text.push_str("#\n");
    for swatch in palette {
        let [r, g, b, a] = swatch.colour;
        let _ = write!(text, "{r:3} {g:3} {b:3}");
        if alpha {
            let _ = write!(text, " {a:3}");
        }
        let name = swatch.clone().called(swatch.name.as_deref().unwrap_or_default()).name;
        let _ = writeln!(text, "\t{}", name.as_deref().unwrap_or("Untitled"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_gimp_is_read() {
        let file = "GIMP Palette\r\nName: Bears\r\nColumns: 3\r\n# (c) nobody\r\n  8   8   8\tgrey3\r\n\r\n 176 141 60\r\n";
        let palette = read(file).unwrap();
        let wanted = [Swatch::opaque([8; 3]).named("grey3"), Swatch::opaque([176, 141, 60])];
        assert_eq!(palette.swatches(), wanted);
    }

    #[test]
    fn aseprite_adds_alpha() {
        let palette = read("GIMP Palette\nChannels: RGBA\n#\n1 2 3 4 5 gold\n").unwrap();
        assert_eq!(palette.swatches(), [Swatch::new([1, 2, 3, 4]).named("5 gold")]);
    }

    #[test]
    fn rubbish_is_shown_with_its_line() {
        for (file, what) in [
            ("GIMP Palette\n#\n1 2\n", (3, "found \"1 2\"")),
            ("GIMP Palette\n1 2 256 x\n", (2, "found \"1 2 256 x\"")),
            ("\nGIMP\n", (2, "found \"GIMP\", expected \"GIMP Palette\"")),
            ("", (1, "found nothing")),
        ] {
            let (line, text) = read(file).unwrap_err();
            assert!(line == Some(what.0) && text.starts_with(what.1), "{line:?} {text}");
        }
    }
}
