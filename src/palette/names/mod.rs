//! What colours are called: the nearest common name in English, the nearest traditional name in Chinese.
//!
//! The tables lie beside this file, with their sources at their heads. Near is what looks near: distance in Oklab.

mod table;

use std::sync::LazyLock;

use table::{Row, Table};

static ENGLISH: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("english.tsv")));
static CHINESE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("chinese.tsv")));

/// A traditional Chinese name of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChineseName {
    /// The name in characters, such as 月白.
    pub name: &'static str,
    /// How it is read, such as yuèbái.
    pub pinyin: &'static str,
    /// The sRGB colour that bears it.
    pub colour: [u8; 3],
}

impl ChineseName {
    fn of(row: &Row) -> Self {
        Self { name: row.name, pinyin: row.note, colour: row.colour }
    }
}

/// The common English name that is nearest to a colour, such as `dark olive green`.
pub fn english(colour: [u8; 3]) -> &'static str {
    ENGLISH.nearest(colour).name
}

/// The traditional Chinese name that is nearest to a colour.
pub fn chinese(colour: [u8; 3]) -> ChineseName {
    ChineseName::of(CHINESE.nearest(colour))
}

/// Every English name, with its colour.
pub fn all_english() -> impl ExactSizeIterator<Item = (&'static str, [u8; 3])> {
    ENGLISH.rows().map(|row| (row.name, row.colour))
}

/// Every Chinese name.
pub fn all_chinese() -> impl ExactSizeIterator<Item = ChineseName> {
    CHINESE.rows().map(ChineseName::of)
}

/// The colour of a name: English in any spacing and case and with gray or grey (`DarkSlateGray`), Chinese with or
/// without 色, or pinyin without a space.
pub fn find(name: &str) -> Option<[u8; 3]> {
    let plain = plain(name);
    let alias = match plain.as_str() {
        "cyan" => "aqua",
        "magenta" => "fuchsia",
        other => other,
    };
    let english = ENGLISH.rows().find(|row| self::plain(row.name) == alias);
    let chinese = || {
        let bare = |name: &str| name.strip_suffix('色').unwrap_or(name).to_string();
        CHINESE.rows().find(|row| row.name == name || bare(row.name) == bare(name) || row.note == name)
    };
    english.or_else(chinese).map(|row| row.colour)
}

/// Small letters without what stands between them, in British spelling.
fn plain(name: &str) -> String {
    let letters: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect();
    letters.to_lowercase().replace("gray", "grey")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_have_their_size() {
        assert!(all_english().len() >= 140, "{}", all_english().len());
        assert!(all_chinese().len() >= 150, "{}", all_chinese().len());
    }

    #[test]
    fn every_colour_of_a_table_has_its_own_name() {
        for (name, colour) in all_english() {
            assert_eq!((english(colour), find(name)), (name, Some(colour)));
        }
        for entry in all_chinese() {
            assert_eq!((chinese(entry.colour), find(entry.name)), (entry, Some(entry.colour)));
        }
    }

    #[test]
    fn well_known_colours_are_called_what_they_are_called() {
        let pairs = [([0xd6, 0xec, 0xf0], "月白"), ([0x4a, 0x42, 0x66], "黛"), ([0xf0, 0xc2, 0x39], "缃色")];
        for (colour, name) in pairs {
            assert_eq!(chinese(colour).name, name);
        }
        assert_eq!(chinese([0xd6, 0xec, 0xf0]).pinyin, "yuèbái");
        assert_eq!([english([1, 1, 126]), english([254, 254, 255])], ["navy", "white"]);
    }

    #[test]
    fn names_are_found_as_people_write_them() {
        for name in ["darkslategrey", "Dark Slate Gray", "dark-slate-gray", "DARK_SLATE_GREY"] {
            assert_eq!(find(name), Some([0x2f, 0x4f, 0x4f]), "{name}");
        }
        assert_eq!((find("cyan"), find("magenta")), (Some([0, 255, 255]), Some([255, 0, 255])));
        assert_eq!((find("缃"), find("yuèbái")), (Some([0xf0, 0xc2, 0x39]), Some([0xd6, 0xec, 0xf0])));
        assert_eq!((find(""), find("色"), find("glod")), (None, None, None));
    }
}
