//! From an input to a cloth: a picture is designed and woven, a draft is read.

use std::sync::Arc;

use serde_json::{Value, json};
use zhijin::weave::cloth::{Cloth, End};
use zhijin::weave::design::{self, Order};
use zhijin::weave::floats::{Floats, survey};
use zhijin::weave::paper::{Field, PointPaper};
use zhijin::weave::wif::{self, merge_ends, read_cloth};
use zhijin::weave::yarn::bobbins;
use zhijin::{Context, Engine, Job, Picture, Style};

use super::{WeaveArgs, unsupported};

/// A cloth, and how it came about.
pub(super) struct Bolt {
    pub(super) cloth: Cloth,
    /// The design, where there was one.
    points: Option<Points>,
    floats: Floats,
    /// Ties that were added to shorten floats, floats that are left, and crossings that changed for fewer shafts.
    ties: u64,
    left: u64,
    changed: u64,
}

/// The design as point paper shows it.
struct Points {
    columns: usize,
    cells: Vec<u8>,
    colours: Vec<[u8; 3]>,
    sett: (f32, f32),
}

/// The longest side of point paper, in pixels.
const LONGEST: usize = 8_000;

/// Is this a draft, by its first bytes?
pub(super) fn is_draft(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    head.windows(5).any(|word| word == b"[wif]")
}

impl Bolt {
    /// A cloth of a picture.
    pub(super) fn of_picture(asked: &WeaveArgs, engine: &Engine, job: Job) -> zhijin::Result<Self> {
        let as_it_is = Style::from_toml("weave", "about = \"As it is.\"\n")?;
        let job = job.with_style(as_it_is);
        let picture = engine.run(&job)?.picture;
        let order = asked.order.order()?;
        let mut bolt = Self::designed(&picture, &order, asked, &engine.context(&job))?;
        if asked.loom.clip {
            // The floats hold either way.
            bolt.cloth.spans.clear();
        }
        bolt.finished(asked)
    }

    fn designed(
        picture: &Picture,
        order: &Order,
        asked: &WeaveArgs,
        context: &Context,
    ) -> zhijin::Result<Self> {
        let design = design::draw(picture, order, context)?;
        let picks = asked.order.max_warp_float.map(usize::from);
        let (cloth, done) = design::weave(&design, order.max_float, picks, !asked.order.once)?;
        let (yarns, cells) = design.point_paper();
        let points = Points {
            columns: cells.width(),
            cells: cells.values().to_vec(),
            colours: yarns.iter().map(|yarn| yarn.colour).collect(),
            sett: (order.ends_per_cm, order.passes_per_cm),
        };
        let floats = Floats::default();
        Ok(Self { cloth, points: Some(points), floats, ties: done.ties, left: done.left, changed: 0 })
    }

    /// The cloth of a draft.
    pub(super) fn of_draft(asked: &WeaveArgs, bytes: &Arc<Vec<u8>>) -> zhijin::Result<Self> {
        let usual = wif::Limits::default();
        // A crossing is less than a pixel, and there are as many in a cloth of many wefts as in a large picture.
        let crossings = asked.run.max_pixels.saturating_mul(2).min(usual.crossings);
        let cloth = read_cloth(bytes, &wif::Limits { crossings, ..usual })?;
        let floats = Floats::default();
        Self { cloth, points: None, floats, ties: 0, left: 0, changed: 0 }.finished(asked)
    }

    /// Made to fit the shafts there are, and surveyed.
    fn finished(mut self, asked: &WeaveArgs) -> zhijin::Result<Self> {
        if let Some(shafts) = asked.loom.shafts {
            let merged = merge_ends(&self.cloth.lift, shafts as usize)?;
            (self.cloth.lift, self.changed) = (merged.lift, merged.changed);
        }
        self.floats = survey(&self.cloth, !asked.order.once);
        Ok(self)
    }

    /// The point paper as a PNG.
    pub(super) fn points(&self) -> zhijin::Result<Vec<u8>> {
        let Some(points) = &self.points else {
            let what = "a draft has no design, so there is no point paper";
            return Err(unsupported(what, "leave points out of --files, or weave a picture"));
        };
        let Points { columns, cells, colours, sett: (ends, passes) } = points;
        let field = Field::fitting(*columns, cells.len() / columns, *ends, *passes, LONGEST);
        let mut bytes = Vec::new();
        let paper = PointPaper { columns: *columns, cells, colours, field };
        paper
            .write_png(&mut bytes)
            .map_err(|error| unsupported(&error.to_string(), "ask for fewer yarns"))?;
        Ok(bytes)
    }

    /// What is so about the cloth, for programs.
    pub(super) fn facts(&self) -> Value {
        let Self { cloth, floats, .. } = self;
        let main = cloth.warp.iter().filter(|(_, kind)| *kind == End::Main).count();
        let mut facts = json!({
            "ends": cloth.lift.ends(), "main_ends": main, "picks": cloth.lift.picks(),
            "passes": cloth.passes.len().saturating_sub(1), "width_cm": cloth.width_cm(),
            "height_cm": cloth.height_cm(), "yarns": cloth.yarns.len(), "bobbins": bobbins(cloth),
            "longest_weft_float": floats.longest_weft(), "longest_warp_float": floats.longest_warp(),
            "loose_ends": floats.loose_ends.len(), "loose_picks": floats.loose_picks.len(),
            "ties": self.ties, "floats_left": self.left,
        });
        if self.changed > 0 {
            facts["changed_for_shafts"] = json!(self.changed);
        }
        facts
    }

    /// The same in a line for people.
    pub(super) fn told(&self) -> String {
        let Self { cloth, floats, .. } = self;
        let mut text = format!(
            "{} ends, {} picks, {:.1} × {:.1} cm, {} yarns; longest float {} ends and {} picks",
            cloth.lift.ends(),
            cloth.lift.picks(),
            cloth.width_cm(),
            cloth.height_cm(),
            cloth.yarns.len(),
            floats.longest_weft(),
            floats.longest_warp()
        );
        if self.left > 0 {
            text += &format!("; {} floats could not be tied shorter", self.left);
        }
        if self.changed > 0 {
            text += &format!("; {} crossings changed to fit the shafts", self.changed);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_known_by_its_first_section() {
        assert!(is_draft(b"; a remark\r\n[WIF]\r\nVersion=1.1"));
        assert!(is_draft(b"[wif]"));
        assert!(!is_draft(b"\x89PNG") && !is_draft(b""));
    }
}
