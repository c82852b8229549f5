//! Brocading (妆花, 挖花): figure wefts on their own bobbins, that exist only where their motif is.

use crate::weave::cloth::Span;
use crate::weave::compound::{Face, Layout, Woven, weave};
use crate::weave::floats::rows::fill;
use crate::weave::structure::Weave;

/// How the brocading wefts are bound.
#[derive(Clone, Debug)]
pub struct Brocading {
    /// The ground weave, from selvedge to selvedge.
    pub ground: Weave,
    /// What ties a brocading weft on the face: a weft-faced satin, best with the counter of the ground.
    pub tie: Weave,
    /// Ends beyond the motif under which the bobbin turns.
    pub margin: usize,
    /// Gaps up to so many ends are crossed behind the cloth instead of taking another bobbin.
    pub bridge: usize,
}

/// A cloth with brocading wefts, one for each figure in a pass.
pub fn brocade(face: &Face<'_>, bound: &Brocading) -> Woven {
    let layout = Layout::bound(face.columns(), 0);
    let mut woven = weave(
        face,
        layout,
        |r| face.seen(r) | 1,
        |pick, row| {
            for (w, word) in row.iter_mut().enumerate() {
                let mine = pick.seen(w, pick.system);
                *word = match pick.system {
                    0 => bound.ground.word(pick.pass, w * 64),
                    _ => bound.tie.word(pick.pass, w * 64) & mine | !mine,
                };
            }
        },
    );
    for r in 0..face.passes() {
        for p in woven.passes[r] as usize..woven.passes[r + 1] as usize {
            if woven.system[p] > 0 {
                woven.spans[p] = Some(spans(face.pass(r), woven.system[p], bound.margin, bound.bridge));
            }
        }
    }
    woven
}

/// The stretches of a pass where a figure is, with margins, gaps up to `bridge` closed.
pub(in crate::weave) fn spans(pass: &[u8], figure: u8, margin: usize, bridge: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    for run in pass.chunk_by(|a, b| a == b) {
        let (from, to) = (at, at + run.len());
        at = to;
        if run[0] != figure {
            continue;
        }
        let span = (from.saturating_sub(margin) as u32, (to + margin).min(pass.len()) as u32);
        match spans.last_mut() {
            Some(last) if span.0 <= last.1 + bridge as u32 => last.1 = span.1,
            _ => spans.push(span),
        }
    }
    spans
}

/// For a loom without bobbins: every brocading weft goes from edge to edge, behind the cloth between motifs and held
/// there by a sinker every `every` ends. Returns where it is to be clipped (剪花): pick, and the ends.
pub fn clip_behind(woven: &mut Woven, every: usize) -> Vec<(u32, Span)> {
    let ends = woven.lift.ends();
    let every = every.max(2);
    let mut clips = Vec::new();
    for (p, spans) in woven.spans.iter_mut().enumerate() {
        let Some(spans) = spans.take() else { continue };
        let mut there = vec![0; ends.div_ceil(64)];
        spans.iter().for_each(|&(a, b)| fill(&mut there, a as usize, b as usize));
        for (e, w) in (0..ends).map(|e| (e, e / 64)).filter(|&(e, w)| there[w] >> (e % 64) & 1 == 0) {
            woven.lift.row_mut(p)[w] |= 1 << (e % 64);
            // Sinkers step by a third from pick to pick, so that they make no line.
            if (e + p * (every / 3).max(1)).is_multiple_of(every) {
                woven.lift.set(p, e, false);
            }
        }
        let starts = std::iter::once(0).chain(spans.iter().map(|s| s.1));
        let stops = spans.iter().map(|s| s.0).chain(std::iter::once(ends as u32));
        clips.extend(starts.zip(stops).filter(|(a, b)| a < b).map(|clip| (p as u32, clip)));
    }
    clips
}
