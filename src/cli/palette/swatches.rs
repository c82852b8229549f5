//! Swatches in the terminal: a block of colour, its digits, its share, its names.

use std::fmt::Write as _;
use std::io::{self, IsTerminal};

use zhijin::palette::{Palette, Swatch, names};

use super::super::out;

/// Is standard output a terminal that should show colour? Those of today have 24 bits of it; whoever does not want it
/// says so with `NO_COLOR` (<https://no-color.org>).
pub(super) fn in_colour() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    io::stdout().is_terminal() && !unwanted && !dumb
}

/// The nearest common English name.
pub(super) fn english(swatch: &Swatch) -> &'static str {
    if swatch.colour[3] == 0 { "transparent" } else { names::english(swatch.rgb()) }
}

/// The nearest traditional Chinese name, and its reading.
pub(super) fn chinese(swatch: &Swatch) -> (&'static str, &'static str) {
    if swatch.colour[3] == 0 {
        return ("透明", "tòumíng");
    }
    let name = names::chinese(swatch.rgb());
    (name.name, name.pinyin)
}

/// A line for each colour, in columns.
pub(super) fn list(palette: &Palette, in_colour: bool) -> String {
    let rows: Vec<[String; 5]> = palette.iter().map(fields).collect();
    let widths: [usize; 5] =
        std::array::from_fn(|i| rows.iter().map(|row| out::columns(&row[i])).max().unwrap_or(0));
    let mut text = String::new();
    for (swatch, row) in palette.iter().zip(&rows) {
        let mut line = if in_colour { block(swatch) } else { String::new() };
        for (index, (field, width)) in row.iter().zip(widths).enumerate().filter(|(_, (_, width))| *width > 0)
        {
            let air = " ".repeat(width - out::columns(field));
            // Shares are numbers and stand at the right of their column.
            let _ = if index == 1 { write!(line, "{air}{field}  ") } else { write!(line, "{field}{air}  ") };
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Digits, share, its own name, English, Chinese with its reading.
fn fields(swatch: &Swatch) -> [String; 5] {
    let share = swatch.share.map(|share| format!("{:.1} %", share * 100.0)).unwrap_or_default();
    let own = swatch.name.as_deref().map(out::plain).unwrap_or_default();
    let (characters, reading) = chinese(swatch);
    [swatch.hex(), share, own, english(swatch).into(), format!("{characters} {reading}")]
}

fn block(swatch: &Swatch) -> String {
    if swatch.colour[3] == 0 {
        return " ".repeat(8);
    }
    let [r, g, b] = swatch.rgb();
    format!("\x1b[48;2;{r};{g};{b}m      \x1b[0m  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_shares_stand_at_the_right() {
        let palette: Palette = [
            Swatch::opaque([0xd6, 0xec, 0xf0]).with_share(0.9),
            Swatch::opaque([0, 0, 0x80]).named("sea\u{1b}[2J").with_share(0.05),
            Swatch::new([1, 2, 3, 0]).with_share(0.05),
        ]
        .into_iter()
        .collect();
        let list = list(&palette, false);
        let lines: Vec<_> = list.lines().collect();
        let wanted = [
            "#d6ecf0    90.0 %                lavender     月白 yuèbái",
            "#000080     5.0 %  sea\\u{1b}[2J  navy         绀青 gànqīng",
            "#01020300   5.0 %                transparent  透明 tòumíng",
        ];
        assert_eq!(lines, wanted);
    }

    #[test]
    fn colour_is_shown_as_blocks() {
        let palette: Palette = "#010203".parse().unwrap();
        assert!(list(&palette, true).starts_with("\x1b[48;2;1;2;3m      \x1b[0m  #010203  "));
    }
}
