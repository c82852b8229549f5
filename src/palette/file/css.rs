//! CSS variables: `--old-gold: #b08d3c;`.
//!
//! Read are all variables that hold a colour in hexadecimal digits or as `rgb()`, also those of SCSS (`$old-gold`);
//! other variables and all else are passed over.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::{Palette, Swatch, hex};
use super::text::{Wrong, wrong};

pub(super) fn sniff(head: &str) -> bool {
    let bare = without_remarks(head);
    bare.trim_start().starts_with(":root") || bare.split([';', '{', '}']).any(|text| variable(text).is_some())
}

pub(super) fn read(text: &str) -> Result<Palette, Wrong> {
    let text = without_remarks(text);
    let mut swatches = Vec::new();
    let mut line = 1;
    let mut rest = text.as_str();
    // Declarations end with a semicolon or with their block.
    while let Some(end) = rest.find([';', '{', '}']).or((!rest.is_empty()).then_some(rest.len())) {
        let statement = &rest[..end];
        let blank = statement.len() - statement.trim_start().len();
        let number = line + newlines(&statement[..blank]);
        if let Some(swatch) = declaration(statement, number)? {
            swatches.push(swatch);
        }
        line += newlines(statement);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    Ok(Palette::new(swatches))
}

/// A variable with a colour; nothing if it is something else.
fn declaration(text: &str, line: usize) -> Result<Option<Swatch>, Wrong> {
    let Some((name, value)) = variable(text) else { return Ok(None) };
    let value = value.trim_end_matches("!default").trim_end_matches("!important").trim();
    let colour = if value.starts_with('#') {
        Some(hex::read(value).ok_or_else(|| wrong(line, value, "a colour such as #b08d3c"))?)
    } else {
        function(value)
    };
    let counted = name.strip_prefix("colour-").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    Ok(colour.map(|colour| Swatch::new(colour).called(if counted { "" } else { name })))
}

/// The name and the value of a variable.
fn variable(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let (name, value) = text.strip_prefix("--").or_else(|| text.strip_prefix('$'))?.split_once(':')?;
    let name = name.trim_end();
    let sound = !name.is_empty() && !name.starts_with('-') && !name.contains(char::is_whitespace);
    sound.then_some((name, value.trim()))
}

/// `rgb(176, 141, 60)`, `rgb(176 141 60 / 50%)`, `rgba(176, 141, 60, 0.5)`
fn function(value: &str) -> Option<[u8; 4]> {
    let inner = value.strip_prefix("rgba").or_else(|| value.strip_prefix("rgb"))?;
    let inner = inner.trim().strip_prefix('(')?.strip_suffix(')')?;
    let mut words = inner.split([' ', ',', '/']).filter(|word| !word.is_empty());
    let mut next = |full: f32| {
        let word = words.next()?;
        let (number, full) = word.strip_suffix('%').map_or((word, full), |number| (number, 100.0));
        let value = number.parse::<f32>().ok().filter(|value| value.is_finite())?;
        Some((value / full * 255.0 + 0.5).clamp(0.0, 255.0) as u8)
    };
    let [r, g, b] = [next(255.0)?, next(255.0)?, next(255.0)?];
    let alpha = next(1.0);
    words.next().is_none().then_some([r, g, b, alpha.unwrap_or(u8::MAX)])
}

/// Remarks give way to as many ends of line as they have.
fn without_remarks(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        let (remark, left) = after.split_once("*/").unwrap_or((after, ""));
        bare.extend(std::iter::repeat_n('\n', newlines(remark)));
        rest = left;
    }
    bare + rest
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|b| *b == b'\n').count()
}

pub(super) fn write(palette: &Palette) -> String {
    let mut text = ":root {\n".to_string();
    let mut taken = HashMap::new();
    for (index, swatch) in palette.iter().enumerate() {
        let name = swatch.name.as_deref().map(identifier).filter(|name| !name.is_empty());
        let name = unique(name.unwrap_or_else(|| format!("colour-{}", index + 1)), &mut taken);
        let _ = write!(text, "  --{name}: {};", swatch.hex());
        if let Some(share) = swatch.share {
            let _ = write!(text, " /* {:.1} % */", share * 100.0);
        }
        text.push('\n');
    }
    text + "}\n"
}

/// What remains of a name in a variable: letters of any script, digits and hyphens.
fn identifier(name: &str) -> String {
    let mut kept = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() || c == '_' {
            kept.push(c);
        } else if !kept.ends_with('-') && !kept.is_empty() {
            kept.push('-');
        }
    }
    kept.trim_end_matches('-').to_string()
}

/// The name, or if it is taken the name with a number. For each name the last number is kept, so that many that are
/// alike do not take long.
fn unique(name: String, taken: &mut HashMap<String, usize>) -> String {
    let Some(mut number) = taken.get(&name).copied() else {
        taken.insert(name.clone(), 1);
        return name;
    };
    loop {
        number += 1;
        let numbered = format!("{name}-{number}");
        if !taken.contains_key(&numbered) {
            taken.insert(name, number);
            taken.insert(numbered.clone(), 1);
            return numbered;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_with_colours_are_found_among_the_rest() {
        let file = "/* a\n#fff */ :root {\n --gap: 4px; --old-gold : #B08D3C ;\n --月白: rgb(214 236 240 / 50%) }\n\
                    a { color: #123456 }\n$ink: rgba(1,2,3,1) !default;";
        let wanted = [
            Swatch::opaque([0xb0, 0x8d, 0x3c]).named("old-gold"),
            Swatch::new([214, 236, 240, 128]).named("月白"),
            Swatch::opaque([1, 2, 3]).named("ink"),
        ];
        assert_eq!(read(file).unwrap().swatches(), wanted);
    }

    #[test]
    fn a_broken_colour_is_shown_with_its_line() {
        let (line, text) = read(":root {\n/*\n*/\n  --gold: #b08d3;\n}").unwrap_err();
        assert_eq!((line, text.as_str()), (Some(4), "found \"#b08d3\", expected a colour such as #b08d3c"));
    }

    #[test]
    fn many_that_are_alike_do_not_take_long() {
        let palette: Palette = (0..50_000).map(|_| Swatch::opaque([1, 2, 3]).named("x")).collect();
        assert!(write(&palette).contains("\n  --x-50000: #010203;\n"));
    }

    #[test]
    fn style_sheets_are_known() {
        for css in ["/* x */ :root{", "@theme { --gold: #fff }", "$a: 1;", "a{\n\t--b:c"] {
            assert!(sniff(css), "{css}");
        }
        for other in ["-- Dear: Sir", "---\ntitle: x", "ffffff", "a { b: c }"] {
            assert!(!sniff(other), "{other}");
        }
    }

    #[test]
    fn names_become_variables() {
        let swatches = ["Dark olive  green!", "月白", "", "月白", "--"].map(|name| {
            let swatch = Swatch::opaque([1, 2, 3]);
            if name.is_empty() { swatch.with_share(0.126) } else { swatch.named(name) }
        });
        let text = write(&Palette::new(swatches.to_vec()));
        let names: Vec<_> =
            text.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(':')).collect();
        let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["--Dark-olive-green", "--月白", "--colour-3", "--月白-2", "--colour-5"]);
        assert!(text.contains("--colour-3: #010203; /* 12.6 % */"));
    }
}
