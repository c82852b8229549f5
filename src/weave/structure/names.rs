//! Weaves by name: `plain`, `rib 2/2`, `basket 2/2`, `twill 2/1 z`, `satin 8/3`, `satin 8` (the most even counter),
//! `satin 8/3 warp`, `irregular 6`, `shaded 8/3 5`, or drawn: `rows 110 011 101` (first pick first, 1 is a riser).
//! A satin or a drawing is weft-faced as written; `warp` behind the name changes the face.

use std::str::FromStr;

use crate::weave::structure::{BadWeave, Lean, Weave};
use crate::weave::structure::{Growth, shaded};

impl FromStr for Weave {
    type Err = BadWeave;

    fn from_str(text: &str) -> Result<Self, BadWeave> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        let warp = words.len() > 1 && words.last() == Some(&"warp");
        if warp || words.last() == Some(&"weft") && words.len() > 1 {
            words.pop();
        }
        let weave = named(&words, text)?;
        Ok(if warp { weave.reversed() } else { weave })
    }
}

fn named(words: &[&str], text: &str) -> Result<Weave, BadWeave> {
    match words {
        ["plain" | "tabby"] => Ok(Weave::plain()),
        ["rib", steps] => two(steps, text).and_then(|(a, b)| Weave::rib(a, b)),
        ["basket", steps] => two(steps, text).and_then(|(a, b)| Weave::basket(a, b)),
        ["twill", steps] | ["twill", steps, "z"] => Weave::twill(&numbers(steps, text)?, Lean::Z),
        ["twill", steps, "s"] => Weave::twill(&numbers(steps, text)?, Lean::S),
        ["satin", size] => match numbers(size, text)?[..] {
            [n] => Weave::even_satin(n),
            [n, counter] => Weave::satin(n, counter),
            _ => Err(unknown(text)),
        },
        ["irregular", n] => match numbers(n, text)?[..] {
            [n] => Weave::irregular_satin(n),
            _ => Err(unknown(text)),
        },
        ["shaded", size, level] => {
            let (n, counter) = two(size, text)?;
            let level = number(level, text)?;
            Weave::satin(n, counter)?;
            let series = shaded(n, counter, Growth::Weft, n)?;
            let steps = series.len();
            series.into_iter().nth(level.wrapping_sub(1)).ok_or_else(|| {
                BadWeave(format!("\"{text}\": step {level} of a shaded satin that has steps 1 to {steps}"))
            })
        }
        ["rows", rows @ ..] if !rows.is_empty() => drawn(rows, text),
        _ => Err(unknown(text)),
    }
}

fn drawn(rows: &[&str], text: &str) -> Result<Weave, BadWeave> {
    let ends = rows[0].len();
    for row in rows {
        if row.len() != ends || row.bytes().any(|b| b != b'0' && b != b'1') {
            return Err(BadWeave(format!(
                "\"{}\": \"{}\" is not a row of {ends} digits 0 and 1, as the first one is",
                short(text),
                short(row)
            )));
        }
    }
    let name = format!("rows {}", rows.join(" "));
    Weave::from_fn(name, ends, rows.len(), |p, e| rows[p].as_bytes()[e] == b'1')
}

fn two(word: &str, text: &str) -> Result<(usize, usize), BadWeave> {
    match numbers(word, text)?[..] {
        [a, b] => Ok((a, b)),
        _ => Err(unknown(text)),
    }
}

fn numbers(word: &str, text: &str) -> Result<Vec<usize>, BadWeave> {
    word.split('/').map(|n| number(n, text)).collect()
}

fn number(word: &str, text: &str) -> Result<usize, BadWeave> {
    match word.parse::<usize>() {
        Ok(n) if n <= 4096 => Ok(n),
        _ => Err(BadWeave(format!("\"{}\": \"{}\" is not a number of threads", short(text), short(word)))),
    }
}

fn unknown(text: &str) -> BadWeave {
    BadWeave(format!(
        "\"{}\" names no weave; write plain, rib 2/2, basket 2/2, twill 2/1 z, satin 8/3, satin 8/3 warp, \
         irregular 6, shaded 8/3 5 or rows 10 01",
        short(text)
    ))
}

fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// A weave with a job: an entry of a structure table.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    /// What it is called.
    pub name: String,
    /// What a Chinese mill calls it.
    pub chinese: String,
    /// The weave.
    pub weave: Weave,
}

/// The table we ship.
pub fn shipped() -> &'static str {
    include_str!("table.txt")
}

/// A table of structures: a line each, `name | Chinese name | weave`; `#` begins a remark.
pub fn read_table(text: &str) -> Result<Vec<Structure>, BadWeave> {
    let mut table: Vec<Structure> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or("").trim();
        if line.is_empty() {
            continue;
        }
        let at = |what: String| BadWeave(format!("line {}: {what}", i + 1));
        let [name, chinese, weave] = line.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
            return Err(at("a structure is written as name | Chinese name | weave".into()));
        };
        if table.iter().any(|s| s.name == name) {
            return Err(at(format!("\"{}\" is there twice", short(name))));
        }
        let weave = weave.parse().map_err(|e: BadWeave| at(e.0))?;
        table.push(Structure { name: name.into(), chinese: chinese.into(), weave });
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for name in [
            "plain",
            "rib 2/2",
            "basket 3/1",
            "twill 2/1 z",
            "twill 3/1/1/3 s",
            "satin 8/3",
            "satin 16/5 warp",
        ]
        .into_iter()
        .chain([
            "irregular 4",
            "irregular 6 warp",
            "shaded 8/3 5",
            "rows 110 011 101",
            "satin 5/2 warp",
        ]) {
            let weave: Weave = name.parse().unwrap();
            assert_eq!(weave.name(), name);
            assert_eq!(weave.reversed().reversed(), weave);
            assert_eq!(weave.to_string().parse::<Weave>().unwrap(), weave);
        }
        assert_eq!("  Satin 8 ".parse::<Weave>().unwrap().name(), "satin 8/3");
        assert_eq!("satin 8/3 WEFT".parse::<Weave>().unwrap().name(), "satin 8/3");
        assert_eq!("Twill 3/1".parse::<Weave>().unwrap().name(), "twill 3/1 z");
    }

    #[test]
    fn nonsense_is_refused_with_a_reason() {
        let all = [
            ("", "names no weave"),
            ("warp", "names no weave"),
            ("satin 6", "irregular 6"),
            ("satin 8/2", "divisor 2"),
            ("satin 8/7", "twill"),
            ("satin 8/9", "one of 3, 5"),
            ("satin 3/1", "at least 5"),
            ("satin 999/2", "at most 64"),
            ("twill 2", "pairs"),
            ("twill 60/60", "1 to 64"),
            ("twill 0/2", "step of 0"),
            ("twill 99999999999999999999/1", "not a number"),
            ("shaded 8/3 8", "steps 1 to 7"),
            ("shaded 8/3 0", "steps 1 to 7"),
            ("rows 10 0x", "digits"),
            ("rows", "names no weave"),
        ];
        for (text, part) in all {
            let why = text.parse::<Weave>().unwrap_err().0;
            assert!(why.contains(part), "{text}: {why}");
        }
    }

    #[test]
    fn the_table_we_ship_is_sound_and_a_broken_one_says_where() {
        let table = read_table(shipped()).unwrap();
        assert!(table.len() >= 12);
        let why = read_table("a | 甲 | plain\n\nb | 乙 | satin 8/4").unwrap_err().0;
        assert!(why.starts_with("line 3") && why.contains("divisor 4"), "{why}");
        assert!(read_table("a | 甲 | plain\na | 甲 | plain").unwrap_err().0.contains("twice"));
    }
}
