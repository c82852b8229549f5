//! What the sections say: counts, colours, threading and sheds.

use std::collections::{BTreeSet, HashSet};

use crate::weave::check::drawdown::Measure;
use crate::weave::check::ini::{Ini, before_remark, clip};
use crate::weave::check::{Limits, MOST_REMARKS, Report};

pub(super) struct Checker<'a> {
    pub(super) file: Ini<'a>,
    pub(super) report: Report,
}

/// For each number the list of numbers behind it; 0 is dropped.
type Table = Vec<Vec<u32>>;

impl Checker<'_> {
    fn remark(&mut self, line: usize, what: String) {
        if self.report.remarks.len() < MOST_REMARKS {
            self.report.remarks.push((line, what));
        }
    }

    pub(super) fn counts(&mut self, limits: &Limits) -> Result<(), String> {
        let remarks = std::mem::take(&mut self.file.remarks);
        remarks.into_iter().for_each(|(line, what)| self.remark(line, what));
        let need = |section: &str, key: &str| match self.file.get(section, key) {
            None => Err(format!("[{section}]: {key} is missing")),
            Some((line, value)) => match value.parse::<usize>() {
                Ok(n) if (1..=limits.threads).contains(&n) => Ok(n),
                _ => Err(format!(
                    "line {line}, [{section}]: {key} is not a number from 1 to {}",
                    limits.threads
                )),
            },
        };
        let (ends, picks) = (need("WARP", "Threads")?, need("WEFT", "Threads")?);
        let shafts = need("WEAVING", "Shafts")?;
        let treadles = self.file.get("WEAVING", "Treadles").and_then(|t| t.1.parse().ok()).unwrap_or(0);
        if ends as u64 * picks as u64 > limits.crossings || treadles > limits.threads {
            return Err(format!(
                "{ends} ends and {picks} picks; at most {} crossings are checked",
                limits.crossings
            ));
        }
        (self.report.ends, self.report.picks) = (ends, picks);
        (self.report.shafts, self.report.treadles) = (shafts, treadles);
        Ok(())
    }

    pub(super) fn colours(&mut self) {
        let range = self.file.get("COLOR PALETTE", "Range").map_or("0,255", |r| r.1);
        let high: u32 = range.split(',').next_back().and_then(|n| n.trim().parse().ok()).unwrap_or(255);
        let empty = Vec::new();
        let lines = |name: &str| self.file.sections.get(name).unwrap_or(&empty);
        let mut bad = 0;
        let mut known = HashSet::new();
        for &(_, key, value) in lines("COLOR TABLE") {
            known.extend(key.parse::<u32>().ok());
            let parts = before_remark(value).split(',').map(|v| v.trim().parse::<u32>());
            let good = parts.filter(|v| v.as_ref().is_ok_and(|&v| v <= high)).count();
            bad += usize::from(good != 3);
        }
        let out = |value: &str| {
            let first = value.split([',', ';']).next().unwrap_or("").trim().parse::<u32>();
            !first.is_ok_and(|n| known.contains(&n))
        };
        for (side, threads) in [("WARP", self.report.ends), ("WEFT", self.report.picks)] {
            let own = lines(&format!("{side} COLORS"));
            bad += own.iter().filter(|l| out(l.2)).count();
            let default = self.file.get(side, "Color");
            if own.len() < threads && default.is_some_and(|d| out(d.1)) {
                bad += threads - own.len();
            }
        }
        let stated =
            self.file.get("COLOR PALETTE", "Entries").and_then(|(line, n)| Some((line, n.parse().ok()?)));
        if let Some((line, n)) = stated.filter(|s: &(usize, usize)| s.1 != known.len()) {
            self.remark(line, format!("[COLOR PALETTE]: Entries={n}, the table has {}", known.len()));
        }
        self.report.colours = known.len();
        self.report.colours_out_of_range = bad;
    }

    /// The lists of a section, numbers 1 to `count`, values 1 to `most`.
    fn table(&mut self, section: &str, count: usize, most: usize) -> Table {
        let lines = self.file.sections.remove(section).unwrap_or_default();
        let mut table: Table = vec![vec![]; count + 1];
        let mut seen = vec![false; count + 1];
        for (line, key, value) in lines {
            let Some(number) = key.parse::<usize>().ok().filter(|n| (1..=count).contains(n)) else {
                self.remark(
                    line,
                    format!("[{section}]: \"{}\" is not a number from 1 to {count}", clip(key)),
                );
                continue;
            };
            if std::mem::replace(&mut seen[number], true) {
                self.remark(line, format!("[{section}]: {number} is there twice"));
                continue;
            }
            for part in before_remark(value).split(',').map(str::trim).filter(|p| !p.is_empty() && *p != "0")
            {
                match part.parse::<usize>() {
                    Ok(n) if n <= most => table[number].push(n as u32),
                    _ => self.remark(
                        line,
                        format!("[{section}]: {number} names {}, there are {most}", clip(part)),
                    ),
                }
            }
            table[number].sort_unstable();
            table[number].dedup();
        }
        table
    }

    pub(super) fn weave(&mut self) -> Result<(), String> {
        let Report { ends, picks, shafts, treadles, .. } = self.report;
        let threading = self.table("THREADING", ends, shafts);
        let treadled = self.file.has("TIEUP") && self.file.has("TREADLING");
        let (tieup, plan) = if treadled {
            let most = self.file.sections["TIEUP"]
                .iter()
                .filter_map(|l| l.1.parse::<usize>().ok())
                .max()
                .unwrap_or(0);
            let most = most.min(1 << 17).max(treadles);
            (self.table("TIEUP", most, shafts), self.table("TREADLING", picks, most))
        } else if self.file.has("LIFTPLAN") {
            (vec![], self.table("LIFTPLAN", picks, shafts))
        } else {
            return Err("the file has neither [TIEUP] and [TREADLING] nor [LIFTPLAN]".into());
        };
        let rising = self
            .file
            .get("WEAVING", "Rising Shed")
            .is_none_or(|r| ["true", "on", "yes", "1"].iter().any(|t| r.1.eq_ignore_ascii_case(t)));
        self.unused(&threading, &tieup, &plan, treadled);
        let mut measure = Measure::new(ends, picks);
        let mut lifted = vec![false; shafts + 1];
        let mut row = vec![false; ends];
        for named in &plan[1..] {
            lifted.fill(false);
            for &n in named {
                match treadled {
                    true => tieup[n as usize].iter().for_each(|&s| lifted[s as usize] = true),
                    false => lifted[n as usize] = true,
                }
            }
            for (up, on) in row.iter_mut().zip(&threading[1..]) {
                *up = on.iter().any(|&s| lifted[s as usize]) == rising;
            }
            measure.pick(&row, self.report.cyclic);
        }
        measure.finish(&mut self.report);
        Ok(())
    }

    fn unused(&mut self, threading: &Table, tieup: &Table, plan: &Table, treadled: bool) {
        let all = |table: &Table| table.iter().flatten().copied().collect::<BTreeSet<u32>>();
        let (threaded, named) = (all(threading), all(plan));
        let tied = all(tieup);
        let lifted = if treadled { &tied } else { &named };
        let used = |s: &usize| threaded.contains(&(*s as u32)) && lifted.contains(&(*s as u32));
        self.report.unthreaded = threading[1..].iter().filter(|on| on.is_empty()).count();
        self.report.unused_shafts = (1..=self.report.shafts).filter(|s| !used(s)).collect();
        if treadled {
            let idle = |t: &usize| !named.contains(&(*t as u32)) || tieup.get(*t).is_none_or(Vec::is_empty);
            self.report.unused_treadles = (1..=self.report.treadles).filter(idle).collect();
        }
    }
}
