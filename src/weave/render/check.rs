//! Is this a cloth, and a view of it that can be drawn?

use std::ops::RangeInclusive;

use super::light::Light;
use super::view::View;
use crate::error::{Error, Result};
use crate::weave::cloth::Cloth;
use crate::weave::structure::BadWeave;

/// The most picks of one pass; a pass is a visible row, and its picks are the wefts that take turns in it.
pub(super) const MOST_PICKS: usize = 250;

/// The most threads a pixel may cover each way; beyond, a picture says nothing of the cloth.
const MOST_THREADS: f32 = 4096.0;

pub(super) fn view(view: &View) -> Result<()> {
    let Light { azimuth, elevation, fill } = view.light;
    let window = view.window;
    let within = [
        ("the azimuth of the light", azimuth, Light::AZIMUTH),
        ("the elevation of the light", elevation, Light::ELEVATION),
        ("the fill light", fill, Light::FILL),
        ("irregularity", view.irregularity, View::IRREGULARITY),
        ("glitter", view.glitter, View::GLITTER),
        ("the strength of folds", view.folds, View::FOLDS),
        ("the left of the window", window.left, View::PLACE),
        ("the top of the window", window.top, View::PLACE),
        ("threads across the window", window.across, extent(view.size.width())),
        ("threads down the window", window.down, extent(view.size.height())),
    ];
    within.into_iter().try_for_each(|(what, value, range)| inside(what, value, &range))
}

/// How much of the cloth a picture of so many pixels may show.
fn extent(pixels: usize) -> RangeInclusive<f32> {
    1e-3..=(MOST_THREADS * pixels as f32).min(*View::PLACE.end())
}

fn inside(what: &str, value: f32, range: &RangeInclusive<f32>) -> Result<()> {
    if range.contains(&value) {
        return Ok(());
    }
    let (least, most) = (range.start(), range.end());
    Err(Error::unsupported(format!("{what} is {value}"), format!("choose a number from {least} to {most}")))
}

pub(super) fn cloth(cloth: &Cloth) -> Result<()> {
    faults(cloth).map_or(Ok(()), |what| Err(BadWeave(what).into()))
}

/// What keeps these lists from being a cloth.
fn faults(cloth: &Cloth) -> Option<String> {
    let (ends, picks) = (cloth.lift.ends(), cloth.lift.picks());
    if ends == 0 || picks == 0 || cloth.passes.len() < 2 {
        return Some("a cloth needs at least one end, one pick and one pass".into());
    }
    if cloth.warp.len() != ends || cloth.weft.len() != picks {
        let (warp, weft) = (cloth.warp.len(), cloth.weft.len());
        return Some(format!(
            "the lift has {ends} ends and {picks} picks, but yarns are named for {warp} and {weft}"
        ));
    }
    let named = cloth.warp.iter().map(|&(yarn, _)| yarn).chain(cloth.weft.iter().copied()).max();
    if named.is_some_and(|yarn| usize::from(yarn) >= cloth.yarns.len()) {
        return Some(format!("a thread is of yarn {}, but there are {}", named?, cloth.yarns.len()));
    }
    if !(cloth.ends_per_cm > 0.0 && cloth.passes_per_cm > 0.0) {
        return Some("the sett has to be above 0 threads a centimetre both ways".into());
    }
    passes(cloth, picks).or_else(|| spans(cloth, ends as u32))
}

fn passes(cloth: &Cloth, picks: usize) -> Option<String> {
    let bad = cloth.passes.windows(2).position(|pair| {
        pair[1] < pair[0] || pair[1] as usize > picks || (pair[1] - pair[0]) as usize > MOST_PICKS
    })?;
    let (from, to) = (cloth.passes[bad], cloth.passes[bad + 1]);
    Some(format!("pass {bad} is of picks {from} to {to}; a pass has up to {MOST_PICKS} of the {picks} picks"))
}

fn spans(cloth: &Cloth, ends: u32) -> Option<String> {
    let mut all = cloth.spans.iter().flatten().flatten();
    let (from, to) = all.find(|(from, to)| from > to || *to > ends)?;
    Some(format!("a weft exists from end {from} to {to}, but there are {ends} ends"))
}
