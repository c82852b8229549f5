//! A table of names: `rrggbb`, a name, a note, with tabs between; lines that begin with `#` are remarks.

use super::super::hex;
use super::super::swatch::oklab;

/// A line of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) colour: [u8; 3],
    lab: [f32; 3],
    pub(super) name: &'static str,
    pub(super) note: &'static str,
}

/// All its lines.
#[derive(Debug)]
pub(super) struct Table(Vec<Row>);

impl Table {
    /// The tables are part of the program; a test holds that no line of them is passed over here.
    pub(super) fn read(text: &'static str) -> Self {
        Self(text.lines().filter_map(row).collect())
    }

    pub(super) fn rows(&self) -> std::slice::Iter<'_, Row> {
        self.0.iter()
    }

    /// The row that looks nearest; of two as near the first.
    pub(super) fn nearest(&self, colour: [u8; 3]) -> &Row {
        let [l, a, b] = oklab(colour);
        let away = |row: &Row| {
            let [dl, da, db] = [row.lab[0] - l, row.lab[1] - a, row.lab[2] - b];
            dl * dl + da * da + db * db
        };
        let nearest = self.0.iter().min_by(|x, y| away(x).total_cmp(&away(y)));
        nearest.expect("a table of names is never empty")
    }
}

fn row(line: &'static str) -> Option<Row> {
    let mut fields = line.split('\t');
    let (digits, name, note) = (fields.next()?, fields.next()?, fields.next()?);
    let [r, g, b, _] = hex::read(digits)?;
    let whole = fields.next().is_none() && digits.len() == 6 && !name.is_empty() && !note.is_empty();
    whole.then(|| Row { colour: [r, g, b], lab: oklab([r, g, b]), name, note })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_a_row_or_a_remark_and_no_two_are_alike() {
        for text in [include_str!("english.tsv"), include_str!("chinese.tsv")] {
            let (mut names, mut colours) = (HashSet::new(), HashSet::new());
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
                let row = row(line).unwrap_or_else(|| panic!("line {}: {line}", number + 1));
                assert!(names.insert(row.name) && colours.insert(row.colour), "line {}: {line}", number + 1);
                assert_eq!(row.name.trim(), row.name, "line {}", number + 1);
            }
            assert!(text.starts_with("# ") && text.ends_with('\n'));
        }
    }

    #[test]
    fn chinese_names_are_chinese_and_their_readings_are_not() {
        let chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for row in Table::read(include_str!("chinese.tsv")).rows() {
            assert!(row.name.chars().all(chinese) && !row.note.chars().any(chinese), "{}", row.name);
        }
    }

    #[test]
    fn a_line_that_lacks_something_is_no_row() {
        for line in ["", "# x", "ffffff\twhite", "fff\twhite\tcss", "ffffff\t\tcss", "ffffff\ta\tb\tc"] {
            assert!(row(line).is_none(), "{line}");
        }
    }
}
