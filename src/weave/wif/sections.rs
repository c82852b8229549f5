//! The sections of a WIF file, written in order.

use std::io::Write;

use crate::weave::cloth::{Cloth, End};
use crate::weave::wif::alike::Classes;
use crate::weave::wif::{Options, Plan};
use crate::weave::wif::{PRIVATE, WifError, quoted};

/// A writer of lines, as Windows programs of 1997 want them.
pub(super) struct Lines<'a, W> {
    pub(super) out: &'a mut W,
    pub(super) bytes: u64,
}

impl<W: Write> Lines<'_, W> {
    fn line(&mut self, text: &str) -> Result<(), WifError> {
        self.out.write_all(text.as_bytes())?;
        self.out.write_all(b"\r\n")?;
        self.bytes += text.len() as u64 + 2;
        Ok(())
    }

    fn section(&mut self, name: &str) -> Result<(), WifError> {
        self.line("")?;
        self.line(&format!("[{name}]"))
    }
}

pub(super) fn head<W: Write>(
    out: &mut Lines<'_, W>,
    cloth: &Cloth,
    options: &Options,
    shafts: usize,
    treadles: usize,
) -> Result<(), WifError> {
    out.line("[WIF]")?;
    // The first three are constants of the 1997 text.
    for line in ["Version=1.1", "Date=April 20, 1997", "Developers=wif@mhsoft.com", "Source Program=zhijin"] {
        out.line(line)?;
    }
    out.line(concat!("Source Version=", env!("CARGO_PKG_VERSION")))?;
    out.section("CONTENTS")?;
    for name in contents(cloth, options) {
        out.line(&format!("{name}=true"))?;
    }
    out.section("TEXT")?;
    out.line(&format!("Title={}", plain(&options.title)))?;
    if !options.notes.is_empty() {
        out.section("NOTES")?;
    }
    for (i, note) in options.notes.iter().enumerate() {
        out.line(&format!("{}={}", i + 1, plain(note)))?;
    }
    out.section("WEAVING")?;
    out.line("Rising Shed=true")?;
    out.line(&format!("Shafts={shafts}"))?;
    out.line(&format!("Treadles={treadles}"))
}

/// A value in one line.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

fn contents(cloth: &Cloth, options: &Options) -> Vec<String> {
    let mut names = vec!["TEXT", "WEAVING", "COLOR PALETTE", "COLOR TABLE", "WARP", "WEFT", "THREADING"];
    if !options.notes.is_empty() {
        names.push("NOTES");
    }
    let [warp, weft] = sides(cloth);
    let optional = [
        (!alike(&warp), "WARP COLORS"),
        (!alike(&weft), "WEFT COLORS"),
        (!same_width(cloth, &warp), "WARP THICKNESS"),
        (!same_width(cloth, &weft), "WEFT THICKNESS"),
        (options.plan != Plan::Treadle, "LIFTPLAN"),
        (options.plan != Plan::Lift, "TIEUP"),
        (options.plan != Plan::Lift, "TREADLING"),
    ];
    names.extend(optional.iter().filter(|o| o.0).map(|o| o.1));
    let private = ["CLOTH", "YARNS", "BINDER", "PASSES", "SPANS"];
    names.iter().map(|&n| n.to_owned()).chain(private.iter().map(|p| format!("{PRIVATE} {p}"))).collect()
}

pub(super) fn colours<W: Write>(out: &mut Lines<'_, W>, cloth: &Cloth) -> Result<(), WifError> {
    out.section("COLOR PALETTE")?;
    out.line(&format!("Entries={}", cloth.yarns.len()))?;
    out.line("Form=RGB")?;
    out.line("Range=0,255")?;
    out.section("COLOR TABLE")?;
    for (i, yarn) in cloth.yarns.iter().enumerate() {
        let [r, g, b] = yarn.colour;
        out.line(&format!("{}={r},{g},{b}", i + 1))?;
    }
    Ok(())
}

/// The yarn of each end and of each pick.
fn sides(cloth: &Cloth) -> [Vec<u8>; 2] {
    [cloth.warp.iter().map(|w| w.0).collect(), cloth.weft.clone()]
}

fn alike(side: &[u8]) -> bool {
    side.windows(2).all(|w| w[0] == w[1])
}

fn same_width(cloth: &Cloth, side: &[u8]) -> bool {
    let width = |y: u8| cloth.yarns[usize::from(y)].width;
    side.windows(2).all(|w| width(w[0]) == width(w[1]))
}

pub(super) fn threads<W: Write>(out: &mut Lines<'_, W>, cloth: &Cloth) -> Result<(), WifError> {
    let passes = cloth.passes.len().saturating_sub(1).max(1);
    let picks_per_cm = cloth.passes_per_cm * cloth.lift.picks() as f32 / passes as f32;
    let [warp, weft] = sides(cloth);
    for (name, side, per_cm) in [("WARP", &warp, cloth.ends_per_cm), ("WEFT", &weft, picks_per_cm)] {
        // Millimetres to centimetres.
        let thickness = |y: u8| cloth.yarns[usize::from(y)].width / 10.0;
        out.section(name)?;
        out.line(&format!("Threads={}", side.len()))?;
        out.line(&format!("Color={}", side[0] + 1))?;
        out.line("Units=centimeters")?;
        out.line(&format!("Spacing={}", 1.0 / per_cm))?;
        out.line(&format!("Thickness={}", thickness(side[0])))?;
        if !alike(side) {
            out.section(&format!("{name} COLORS"))?;
            for (i, &yarn) in side.iter().enumerate() {
                out.line(&format!("{}={}", i + 1, u16::from(yarn) + 1))?;
            }
        }
        if !same_width(cloth, side) {
            out.section(&format!("{name} THICKNESS"))?;
            for (i, &yarn) in side.iter().enumerate() {
                out.line(&format!("{}={}", i + 1, thickness(yarn)))?;
            }
        }
    }
    Ok(())
}

pub(super) fn plans<W: Write>(
    out: &mut Lines<'_, W>,
    cloth: &Cloth,
    options: &Options,
    shafts: &Classes,
    treadles: Option<&Classes>,
) -> Result<(), WifError> {
    out.section("THREADING")?;
    for (e, shaft) in shafts.of.iter().enumerate() {
        out.line(&format!("{}={}", e + 1, shaft + 1))?;
    }
    let mut text = String::new();
    if let Some(treadles) = treadles {
        out.section("TIEUP")?;
        for (t, &pick) in treadles.first.iter().enumerate() {
            lifted(&mut text, t + 1, cloth, pick as usize, shafts);
            out.line(&text)?;
        }
        out.section("TREADLING")?;
        for (p, treadle) in treadles.of.iter().enumerate() {
            out.line(&format!("{}={}", p + 1, treadle + 1))?;
        }
    }
    if options.plan != Plan::Treadle {
        out.section("LIFTPLAN")?;
        for p in 0..cloth.lift.picks() {
            lifted(&mut text, p + 1, cloth, p, shafts);
            out.line(&text)?;
        }
    }
    Ok(())
}

/// `key=` and the shafts up at a pick.
fn lifted(text: &mut String, key: usize, cloth: &Cloth, pick: usize, shafts: &Classes) {
    text.clear();
    decimal(text, key);
    text.push('=');
    let empty = text.len();
    for (s, &end) in shafts.first.iter().enumerate() {
        if cloth.lift.is_up(pick, end as usize) {
            if text.len() > empty {
                text.push(',');
            }
            decimal(text, s + 1);
        }
    }
}

/// A number, much faster than `write!`: a lift plan is little else.
fn decimal(text: &mut String, mut n: usize) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|&d| char::from(d)));
}

pub(super) fn private<W: Write>(out: &mut Lines<'_, W>, cloth: &Cloth) -> Result<(), WifError> {
    out.section(&format!("{PRIVATE} CLOTH"))?;
    out.line(&format!("Ends Per Centimeter={}", cloth.ends_per_cm))?;
    out.line(&format!("Passes Per Centimeter={}", cloth.passes_per_cm))?;
    out.section(&format!("{PRIVATE} YARNS"))?;
    for (i, yarn) in cloth.yarns.iter().enumerate() {
        let (fibre, name) = (yarn.fibre.name(), quoted(&yarn.name));
        out.line(&format!("{}={fibre},{},{},{name}", i + 1, yarn.tex, yarn.width))?;
    }
    out.section(&format!("{PRIVATE} BINDER"))?;
    for (e, _) in cloth.warp.iter().enumerate().filter(|w| w.1.1 == End::Binder) {
        out.line(&format!("{}=true", e + 1))?;
    }
    out.section(&format!("{PRIVATE} PASSES"))?;
    for (r, first) in cloth.passes.iter().enumerate() {
        out.line(&format!("{}={first}", r + 1))?;
    }
    out.section(&format!("{PRIVATE} SPANS"))?;
    // "all" tells a list of edge-to-edge wefts from no list.
    for (p, spans) in cloth.spans.iter().enumerate() {
        let list = match spans {
            None if p + 1 == cloth.spans.len() => "all".to_owned(),
            None => continue,
            Some(spans) => spans.iter().map(|(a, b)| format!("{a}-{b}")).collect::<Vec<_>>().join(","),
        };
        out.line(&format!("{}={list}", p + 1))?;
    }
    Ok(())
}
