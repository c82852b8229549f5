//! A colour a line in hexadecimal digits, as Lospec has them: `b08d3c`.
//!
//! Read is more: a hash in front (and then three or four digits too), alpha, several colours in a line if each has its
//! hash, a name behind the colour, and remarks (`; text`, `// text`, `# text`). Files of Paint.NET, which say so in a
//! remark, have alpha in front.

use super::super::{Palette, Swatch, hex};
use super::text::{Wrong, lines, word, wrong};

pub(super) fn sniff(head: &str) -> bool {
    let first = lines(head).map(|(_, line)| line).find(|line| !is_remark(line));
    first.is_some_and(|line| digits(token(line).0).is_some())
}

pub(super) fn read(text: &str) -> Result<Palette, Wrong> {
    let mut alpha_first = false;
    let mut swatches = Vec::new();
    for (number, line) in lines(text) {
        if is_remark(line) {
            alpha_first |= line.to_ascii_lowercase().contains("paint.net");
            continue;
        }
        colours(line, alpha_first, &mut swatches)
            .map_err(|found| wrong(number, found, "a colour such as #b08d3c"))?;
        if swatches.len() > Palette::MOST {
            return Err(wrong(number, line, "at most 65536 colours"));
        }
    }
    Ok(Palette::new(swatches))
}

/// The colours of a line, or the word that is none.
fn colours<'a>(line: &'a str, alpha_first: bool, swatches: &mut Vec<Swatch>) -> Result<(), &'a str> {
    let mut rest = line;
    loop {
        let (first, left) = token(rest);
        let mut colour = digits(first).ok_or(first)?;
        if alpha_first && first.trim_start_matches('#').len() == 8 {
            colour.rotate_left(1);
        }
        let swatch = Swatch::new(colour);
        if left.starts_with('#') && hex::read(token(left).0).is_some() {
            swatches.push(swatch);
            rest = left;
        } else {
            swatches.push(swatch.called(left));
            return Ok(());
        }
    }
}

/// A colour. Without a hash words such as "dad" and "fade" could be one, so it has to have all its digits.
fn digits(word: &str) -> Option<[u8; 4]> {
    if word.starts_with('#') || word.len() >= 6 { hex::read(word) } else { None }
}

/// The first word, without what may part it from the next, and the rest.
fn token(line: &str) -> (&str, &str) {
    let (first, rest) = match line.find([',', ';']) {
        Some(at) if !line[..at].trim().contains(char::is_whitespace) => (&line[..at], &line[at + 1..]),
        _ => word(line),
    };
    (first.trim(), rest.trim())
}

fn is_remark(line: &str) -> bool {
    let hashed =
        line.strip_prefix('#').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '#']));
    line.is_empty() || line.starts_with(';') || line.starts_with("//") || hashed
}

pub(super) fn write(palette: &Palette) -> String {
    palette.iter().map(|swatch| format!("{}\n", swatch.hex().trim_start_matches('#'))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_ways_of_writing_are_read() {
        let file = "; remark\n# remark\n//remark\n\nb08d3c\n#fff\n#ABCD old gold\n#000, #111;#222 #333\n123456, night\n";
        let palette = read(file).unwrap();
        let colours: Vec<_> = palette.iter().map(Swatch::hex).collect();
        let wanted =
            ["#b08d3c", "#ffffff", "#aabbccdd", "#000000", "#111111", "#222222", "#333333", "#123456"];
        assert_eq!(colours, wanted);
        assert_eq!(palette.swatches()[2].name.as_deref(), Some("old gold"));
        assert_eq!(palette.swatches()[7].name.as_deref(), Some("night"));
    }

    #[test]
    fn paint_net_has_alpha_in_front() {
        let palette = read(";paint.net Palette File\n80112233\n").unwrap();
        assert_eq!(palette.swatches(), [Swatch::new([0x11, 0x22, 0x33, 0x80])]);
    }

    #[test]
    fn rubbish_is_shown_with_its_line() {
        let (line, text) = read("b08d3c\ngold dust\n").unwrap_err();
        assert_eq!((line, text.as_str()), (Some(2), "found \"gold\", expected a colour such as #b08d3c"));
        assert!(!sniff("Dear Sir") && !sniff("Fade to") && !sniff("") && sniff("; x\nffffff\n"));
    }
}
