//! From a draft to a cloth: with our private sections exactly the cloth that was written, else with yarns guessed from
//! colours and thicknesses.

use crate::weave::cloth::{Cloth, End, Fibre, Span, Yarn};
use crate::weave::wif::read::{Draft, Limits, Side, read};
use crate::weave::wif::text::{Entry, Section, Text};
use crate::weave::wif::{PRIVATE, WifError, unquoted};

/// Reads a cloth.
pub fn read_cloth(bytes: &[u8], limits: &Limits) -> Result<Cloth, WifError> {
    if bytes.len() > limits.bytes {
        return Err(WifError::whole(format!(
            "the file has {} bytes, {} are allowed",
            bytes.len(),
            limits.bytes
        )));
    }
    let text = Text::new(bytes)?;
    let draft = read(&text, limits)?;
    let ours = |part: &str| text.section(&format!("{PRIVATE} {part}"));
    match (ours("CLOTH")?, ours("YARNS")?) {
        (Some(cloth), Some(yarns)) => our_cloth(&text, draft, cloth, yarns),
        _ => guessed_cloth(draft),
    }
}

fn our_cloth(text: &Text<'_>, draft: Draft, cloth: &Section, section: &Section) -> Result<Cloth, WifError> {
    let sett = |key: &str| match text.value(cloth, key)? {
        Some(entry) => entry.measure(&cloth.name),
        None => Err(WifError::at(cloth.line, &cloth.name, format!("\"{key}\" is missing"))),
    };
    let yarns = yarns(text, section, &draft.colours)?;
    let small = |side: &Side| side.colour.iter().map(|&c| c as u8).collect::<Vec<u8>>();
    let mut warp: Vec<(u8, End)> = small(&draft.warp).into_iter().map(|y| (y, End::Main)).collect();
    let (ends, picks) = (draft.lift.ends(), draft.lift.picks());
    if let Some(binder) = text.section(&format!("{PRIVATE} BINDER"))? {
        text.numbered(binder, ends, "Threads of [WARP]", |e, entry| {
            warp[e - 1].1 = if entry.truth(&binder.name)? { End::Binder } else { End::Main };
            Ok(())
        })?;
    }
    Ok(Cloth {
        passes: passes(text, picks)?,
        spans: spans(text, ends, picks)?,
        ends_per_cm: sett("Ends Per Centimeter")?,
        passes_per_cm: sett("Passes Per Centimeter")?,
        weft: small(&draft.weft),
        lift: draft.lift,
        warp,
        yarns,
    })
}

fn yarns(text: &Text<'_>, section: &Section, colours: &[[u8; 3]]) -> Result<Vec<Yarn>, WifError> {
    if colours.len() > 256 {
        return Err(WifError::at(
            section.line,
            &section.name,
            format!("{} yarns; at most 256", colours.len()),
        ));
    }
    let mut yarns = Vec::new();
    text.numbered(section, colours.len(), "[COLOR TABLE]", |n, entry| {
        let wrong =
            || WifError::at(entry.line, &section.name, format!("yarn {n} is not fibre,tex,width,\"name\""));
        if n != yarns.len() + 1 {
            return Err(WifError::at(
                entry.line,
                &section.name,
                format!("yarn {n} where {} belongs", yarns.len() + 1),
            ));
        }
        let parts: Vec<&str> = entry.value.splitn(4, ',').collect();
        let [fibre, tex, width, name] = parts[..] else { return Err(wrong()) };
        let measure = |value| Entry { value, ..entry }.measure(&section.name);
        yarns.push(Yarn {
            name: unquoted(name).ok_or_else(wrong)?,
            colour: colours[n - 1],
            fibre: Fibre::ALL.into_iter().find(|f| f.name() == fibre).ok_or_else(wrong)?,
            tex: measure(tex)?,
            width: measure(width)?,
        });
        Ok(())
    })?;
    if yarns.len() != colours.len() {
        let what = format!("{} yarns, and {} colours in [COLOR TABLE]", yarns.len(), colours.len());
        return Err(WifError::at(section.line, &section.name, what));
    }
    Ok(yarns)
}

fn passes(text: &Text<'_>, picks: usize) -> Result<Vec<u32>, WifError> {
    let Some(section) = text.section(&format!("{PRIVATE} PASSES"))? else {
        return Ok((0..=picks as u32).collect());
    };
    let mut passes: Vec<u32> = Vec::new();
    let mut line = section.line;
    text.numbered(section, 2 * picks + 2, "twice the picks", |_, entry| {
        line = entry.line;
        passes.push(entry.number(&section.name, picks)? as u32);
        Ok(())
    })?;
    if passes.first() != Some(&0) || passes.last() != Some(&(picks as u32)) || !passes.is_sorted() {
        return Err(WifError::at(line, &section.name, format!("the passes do not rise from 0 to {picks}")));
    }
    Ok(passes)
}

fn spans(text: &Text<'_>, ends: usize, picks: usize) -> Result<Vec<Option<Vec<Span>>>, WifError> {
    let mut spans = Vec::new();
    let Some(section) = text.section(&format!("{PRIVATE} SPANS"))? else { return Ok(spans) };
    text.numbered(section, picks, "Threads of [WEFT]", |p, entry| {
        spans.resize(spans.len().max(p), None);
        if entry.value != "all" {
            spans[p - 1] = Some(list_of_spans(&entry, section, ends)?);
        }
        Ok(())
    })?;
    Ok(spans)
}

fn list_of_spans(entry: &Entry<'_>, section: &Section, ends: usize) -> Result<Vec<Span>, WifError> {
    let span = |part: &str| {
        let (a, b) = part.split_once('-')?;
        let (a, b) = (a.trim().parse::<u32>().ok()?, b.trim().parse::<u32>().ok()?);
        (a <= b && b as usize <= ends).then_some((a, b))
    };
    entry
        .value
        .split(',')
        .filter(|part| !part.trim().is_empty())
        .map(|part| {
            span(part).ok_or_else(|| {
                let what = format!("pick {} has a span that is not from-to within {ends} ends", entry.key);
                WifError::at(entry.line, &section.name, what)
            })
        })
        .collect()
}

/// A cloth of somebody else's draft: a yarn for every colour used with every thickness.
fn guessed_cloth(draft: Draft) -> Result<Cloth, WifError> {
    let mut yarns: Vec<Yarn> = Vec::new();
    let sett = |side: &Side| side.spacing.filter(|&s| s > 1e-4).map_or(20.0, |s| 1.0 / s);
    let mut threads = |side: &Side| -> Result<Vec<u8>, WifError> {
        // Half as thick again as its share of the width covers well.
        let usual = side.thickness.filter(|&t| t > 1e-4).unwrap_or(0.9 / sett(side));
        let mut widths = vec![usual; side.colour.len()];
        side.thicknesses.iter().filter(|t| t.1 > 1e-4).for_each(|t| widths[t.0 as usize] = t.1);
        side.colour
            .iter()
            .zip(widths)
            .map(|(&c, width)| yarn(&mut yarns, &draft.colours, c, width * 10.0))
            .collect()
    };
    let (warp, weft) = (threads(&draft.warp)?, threads(&draft.weft)?);
    Ok(Cloth {
        ends_per_cm: sett(&draft.warp),
        passes_per_cm: sett(&draft.weft),
        passes: (0..=draft.lift.picks() as u32).collect(),
        spans: Vec::new(),
        warp: warp.into_iter().map(|y| (y, End::Main)).collect(),
        weft,
        yarns,
        lift: draft.lift,
    })
}

/// The yarn of a colour and a width in millimetres; spun cotton, as hand weavers use most.
fn yarn(yarns: &mut Vec<Yarn>, colours: &[[u8; 3]], index: u32, width: f32) -> Result<u8, WifError> {
    let colour = colours.get(index as usize).copied().unwrap_or([128; 3]);
    let at = yarns.iter().position(|y| y.colour == colour && y.width == width).unwrap_or(yarns.len());
    if at == yarns.len() {
        if at == 256 {
            return Err(WifError::whole(
                "the draft has more than 256 yarns (colours with their thicknesses)",
            ));
        }
        let [r, g, b] = colour;
        // Cotton packed to 0.9 g/cm³: diameter² · π/4 · 0.9 · 1000 m is the weight of a kilometre.
        let tex = width * width * 0.785 * 900.0;
        yarns.push(Yarn {
            name: format!("#{r:02x}{g:02x}{b:02x}"),
            colour,
            fibre: Fibre::Cotton,
            tex,
            width,
        });
    }
    Ok(at as u8)
}
