//! The colour table of a draft, and the colours that refer to it.

use crate::weave::wif::WifError;
use crate::weave::wif::text::{Entry, Text};

/// The colour table, and whether the file has one.
pub(super) struct Colours {
    pub(super) table: Vec<[u8; 3]>,
    pub(super) own: bool,
}

/// More colours than any program writes.
const MOST_COLOURS: usize = 65_536;

pub(super) fn colours(text: &Text<'_>) -> Result<Colours, WifError> {
    let Some(section) = text.section("COLOR TABLE")? else {
        // Light warp, dark weft: a draft without colours still shows its structure.
        return Ok(Colours { table: vec![[240, 238, 230], [40, 60, 120]], own: false });
    };
    let (low, high) = range(text)?;
    let mut table = Vec::new();
    text.numbered(section, MOST_COLOURS, "the limit", |n, entry| {
        let mut rgb = [0; 3];
        let mut parts = entry.value.split(';').next().unwrap_or("").split(',');
        for value in &mut rgb {
            let wrong =
                || WifError::at(entry.line, "COLOR TABLE", format!("colour {n} is not three numbers r,g,b"));
            let v = parts.next().and_then(|part| part.trim().parse::<u32>().ok()).ok_or_else(wrong)?;
            if !(low..=high).contains(&v) {
                let what = format!("colour {n} has {v}; Range allows {low} to {high}");
                return Err(WifError::at(entry.line, "COLOR TABLE", what));
            }
            let span = u64::from(high - low);
            *value = ((u64::from(v - low) * 255 + span / 2) / span) as u8;
        }
        table.resize(table.len().max(n), [0; 3]);
        table[n - 1] = rgb;
        Ok(())
    })?;
    Ok(Colours { table, own: true })
}

/// The range of colour values: `low,high`, or `high` alone as some programs write it.
fn range(text: &Text<'_>) -> Result<(u32, u32), WifError> {
    let Some(palette) = text.section("COLOR PALETTE")? else { return Ok((0, 255)) };
    let Some(entry) = text.value(palette, "Range")? else { return Ok((0, 255)) };
    let numbers: Vec<Option<u32>> = entry.value.split(',').take(3).map(|n| n.trim().parse().ok()).collect();
    match numbers[..] {
        [Some(low), Some(high)] if low < high => Ok((low, high)),
        [Some(high)] if high > 0 => Ok((0, high)),
        _ => Err(WifError::at(entry.line, "COLOR PALETTE", "Range is not two rising numbers, as in 0,255")),
    }
}

/// A colour, from 0. Some programs write its values behind the number; 0 is written for none.
pub(super) fn colour(entry: &Entry<'_>, section: &str, colours: &Colours) -> Result<u32, WifError> {
    let first = Entry { value: entry.value.split(',').next().unwrap_or(""), ..*entry };
    let n = first.number(section, MOST_COLOURS)?;
    if n > colours.table.len() && colours.own {
        let what = format!("colour {n}; [COLOR TABLE] has {}", colours.table.len());
        return Err(WifError::at(entry.line, section, what));
    }
    Ok(n.saturating_sub(1).min(colours.table.len().saturating_sub(1)) as u32)
}
