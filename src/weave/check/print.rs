//! A report on a WIF file in words, and as JSON.

use std::fmt;

use serde_json::json;

use crate::weave::check::{Longest, Report};

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} ends, {} picks, {} shafts, {} treadles",
            self.ends, self.picks, self.shafts, self.treadles
        )?;
        let repeat = if self.cyclic { "woven as a repeat" } else { "woven once" };
        writeln!(f, "longest floats, {repeat}:")?;
        let lines = [
            ("weft on the face", self.weft_face, "ends", "pick"),
            ("weft on the back", self.weft_back, "ends", "pick"),
            ("warp on the face", self.warp_face, "picks", "end"),
            ("warp on the back", self.warp_back, "picks", "end"),
        ];
        for (name, longest, over, thread) in lines {
            let Longest { length, thread: n, from } = longest;
            writeln!(f, "  {name}: {length} {over} ({thread} {n}, from {from})")?;
        }
        listed(f, "ends never interlaced", &self.loose_ends)?;
        listed(f, "picks never interlaced", &self.loose_picks)?;
        listed(f, "unused shafts", &self.unused_shafts)?;
        listed(f, "unused treadles", &self.unused_treadles)?;
        writeln!(f, "ends on no shaft: {}", self.unthreaded)?;
        writeln!(f, "colours: {}, out of range: {}", self.colours, self.colours_out_of_range)?;
        writeln!(f, "different sheds: {}", self.sheds)?;
        writeln!(
            f,
            "hangs together: {}",
            if self.hangs_together { "yes" } else { "no, a layer can be lifted off" }
        )?;
        for (line, what) in &self.remarks {
            writeln!(f, "line {line}: {what}")?;
        }
        Ok(())
    }
}

fn listed(f: &mut fmt::Formatter<'_>, name: &str, numbers: &[usize]) -> fmt::Result {
    write!(f, "{name}: {}", numbers.len())?;
    if !numbers.is_empty() {
        let some: Vec<String> = numbers.iter().take(12).map(usize::to_string).collect();
        write!(f, " ({}{})", some.join(", "), if numbers.len() > 12 { ", …" } else { "" })?;
    }
    writeln!(f)
}

impl Report {
    /// Is it cloth, with floats within the limits?
    pub fn is_sound(&self, weft: usize, warp: usize) -> bool {
        let wefts = self.weft_face.length.max(self.weft_back.length);
        let warps = self.warp_face.length.max(self.warp_back.length);
        let threads = self.loose_ends.is_empty() && self.loose_picks.is_empty() && self.hangs_together;
        wefts <= weft && warps <= warp && threads && self.colours_out_of_range == 0
    }

    /// One JSON object. Lists of threads are whole; what they are counted from is 1.
    pub fn to_json(&self) -> String {
        let longest = |l: Longest| json!({ "length": l.length, "thread": l.thread, "from": l.from });
        let remarks: Vec<_> =
            self.remarks.iter().map(|(line, what)| json!({ "line": line, "what": what })).collect();
        let report = json!({
            "ends": self.ends, "picks": self.picks, "shafts": self.shafts, "treadles": self.treadles,
            "unthreaded_ends": self.unthreaded, "colours": self.colours,
            "colours_out_of_range": self.colours_out_of_range, "sheds": self.sheds, "cyclic": self.cyclic,
            "hangs_together": self.hangs_together,
            "weft_face": longest(self.weft_face), "weft_back": longest(self.weft_back),
            "warp_face": longest(self.warp_face), "warp_back": longest(self.warp_back),
            "loose_ends": self.loose_ends, "loose_picks": self.loose_picks,
            "unused_shafts": self.unused_shafts, "unused_treadles": self.unused_treadles, "remarks": remarks,
        });
        report.to_string()
    }
}
