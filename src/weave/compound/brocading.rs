//! Brocading (妆花, 挖花): figure wefts on their own bobbins, that exist only where their motif is.

use crate::weave::cloth::Span;
use crate::weave::compound::{Face, Layout, Woven, weave};
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
