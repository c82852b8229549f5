//! What is said: words for people, or JSON for programs.
//!
//! Standard output belongs to programs (JSON, pictures); words for people go to standard error. Results are
//! told in the order of the command line.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use zhijin::Report;

use super::aim::Few;
use super::args::ShowArgs;
use super::progress::{Progress, megapixels_a_second};
use super::{Exit, Failure, out};

/// How one result came out.
#[derive(Debug)]
pub(super) enum End {
    Made(Box<Made>),
    /// A file about a cloth, with what is so about the cloth.
    Woven(serde_json::Value),
    /// The file is there and was to be left.
    Skipped,
    /// It was no smaller than the original, and only then wanted.
    Larger,
    Failed(String),
    /// Ctrl-C came first.
    Stopped,
}

/// A result that was made.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) report: Report,
    /// Its colours, where they were counted.
    pub(super) few: Option<Few>,
    /// What to write to the terminal to show it.
    pub(super) preview: Option<String>,
}

impl End {
    /// Pixels that were worked on.
    pub(super) fn pixels(&self) -> u64 {
        match self {
            Self::Made(made) => {
                let input = &made.report.input;
                input.width as u64 * input.height as u64 * u64::from(made.report.frames.max(1))
            }
            _ => 0,
        }
    }

    fn status(&self) -> &'static str {
        match self {
            Self::Made(_) | Self::Woven(_) => "made",
            Self::Skipped | Self::Larger => "skipped",
            Self::Failed(_) => "failed",
            Self::Stopped => "stopped",
        }
    }
}

/// The names of one result.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) input: &'a str,
    pub(super) style: &'a str,
    pub(super) output: &'a str,
}

/// Tells results as they come, and counts them.
pub(super) struct Reporter<'a> {
    show: &'a ShowArgs,
    pub(super) progress: Progress,
    begun: Instant,
    counts: Counts,
    pixels: u64,
    /// Standard output, as long as it takes what is written.
    lost: Option<io::Error>,
}

#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
struct Counts {
    made: usize,
    skipped: usize,
    failed: usize,
    stopped: usize,
}

impl<'a> Reporter<'a> {
    /// For results with these names, which the bar shows.
    pub(super) fn new(show: &'a ShowArgs, names: Vec<String>) -> Self {
        let progress = Progress::new(names, show);
        Self { show, progress, begun: Instant::now(), counts: Counts::default(), pixels: 0, lost: None }
    }

    /// Something named gave no picture at all.
    pub(super) fn problem(&mut self, name: &str, what: &str) {
        self.counts.failed += 1;
        if self.show.json {
            self.print(&json!({ "input": name, "status": "failed", "error": what }).to_string());
        }
        self.complain(name, what);
    }

    /// The next result.
    pub(super) fn result(&mut self, names: Names<'_>, end: &End) {
        self.count(end);
        if self.show.json {
            self.print(&described(names, end).to_string());
        }
        match end {
            End::Made(made) => {
                self.say(&told(names, made, self.show.verbose > 0));
                if let Some(preview) = &made.preview {
                    self.print(preview);
                }
            }
            End::Woven(_) => self.say(&format!("{} -> {}", names.input, names.output)),
            End::Skipped => self.say(&format!("{} exists already, left as it is", names.output)),
            End::Larger => {
                self.say(&format!("{} would not become smaller, left as it is", names.input));
            }
            End::Failed(what) => self.complain(names.input, what),
            End::Stopped => {}
        }
    }

    /// The contact sheet: made, left as it is, or why not.
    pub(super) fn sheet(&mut self, path: &Path, made: Result<bool, End>) {
        let name = out::shown(path);
        let (status, count) = match &made {
            Ok(true) => ("made", &mut self.counts.made),
            Ok(false) => ("skipped", &mut self.counts.skipped),
            Err(End::Stopped) => ("stopped", &mut self.counts.stopped),
            Err(_) => ("failed", &mut self.counts.failed),
        };
        *count += 1;
        if self.show.json {
            let mut object = json!({ "sheet": name, "status": status });
            if let Err(End::Failed(what)) = &made {
                object["error"] = json!(what);
            }
            self.print(&object.to_string());
        }
        match made {
            Ok(true) => self.say(&format!("sheet -> {name}")),
            Ok(false) => self.say(&format!("{name} exists already, left as it is")),
            Err(End::Failed(what)) => self.complain("--sheet", &what),
            Err(_) => {}
        }
    }

    /// The last word.
    pub(super) fn finish(mut self) -> Result<Exit, Failure> {
        self.progress.clear();
        let (counts, time) = (self.counts, self.begun.elapsed());
        let all = counts.made + counts.skipped + counts.failed + counts.stopped;
        if self.show.json {
            let megapixels = self.pixels as f64 / 1e6;
            let seconds = (time.as_secs_f64() * 1e6).round() / 1e6;
            let mut summary = json!(counts);
            summary["megapixels"] = json!(megapixels);
            summary["seconds"] = json!(seconds);
            self.print(&json!({ "summary": summary }).to_string());
        }
        if counts.stopped > 0 {
            let not = all - counts.made - counts.skipped;
            out::note(&format!("zhijin: stopped: {} of {all} made, {not} not", counts.made));
        } else if all > 1 {
            self.say(&summed(counts, self.pixels, time));
        }
        match self.lost {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ if counts.failed + counts.stopped > 0 => Ok(Exit::NotMade),
            _ => Ok(Exit::Made),
        }
    }

    fn count(&mut self, end: &End) {
        self.pixels += end.pixels();
        *match end {
            End::Made(_) | End::Woven(_) => &mut self.counts.made,
            End::Skipped | End::Larger => &mut self.counts.skipped,
            End::Failed(_) => &mut self.counts.failed,
            End::Stopped => &mut self.counts.stopped,
        } += 1;
    }

    /// To standard output. Once nobody takes it the work goes on, unheard.
    fn print(&mut self, line: &str) {
        if self.lost.is_none() {
            self.lost = self.progress.aside(|| out::line(line)).err();
        }
    }

    /// A line for people, unless they want none.
    pub(super) fn say(&self, text: &str) {
        if self.show.quiet == 0 {
            self.progress.aside(|| out::note(text));
        }
    }

    fn complain(&self, name: &str, what: &str) {
        if self.show.quiet < 2 {
            self.progress.aside(|| out::note(&format!("zhijin: {name}: {}", out::plain(what))));
        }
    }
}

fn described(names: Names<'_>, end: &End) -> serde_json::Value {
    let mut object = json!({
        "input": names.input, "style": names.style, "output": names.output, "status": end.status(),
    });
    match end {
        End::Made(made) => {
            object["report"] = json!(made.report);
            if let Some(few) = &made.few {
                object["quantize"] = json!(few);
            }
        }
        End::Woven(facts) => object["cloth"] = facts.clone(),
        End::Failed(what) => object["error"] = json!(what),
        End::Larger => object["error"] = json!("it would not become smaller"),
        End::Skipped | End::Stopped => {}
    }
    object
}

/// `photo.jpg -> photo.plain.png`, and with `-v` where the time went.
fn told(names: Names<'_>, made: &Made, times: bool) -> String {
    let mut line = format!("{} -> {}", names.input, names.output);
    if let Some(few) = &made.few {
        line.push_str(&format!("  {few}"));
    }
    if !times {
        return line;
    }
    let report = &made.report;
    let mut parts = vec![format!("decode {}", seconds(report.times.decode))];
    parts.extend(report.steps.iter().map(|pass| format!("{} {}", pass.steps.join("+"), seconds(pass.time))));
    parts.push(format!("encode {}", seconds(report.times.encode)));
    let (width, height) = (report.output.width, report.output.height);
    format!("{line}  {width}x{height} in {} ({})", seconds(report.times.total), parts.join(", "))
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

fn summed(counts: Counts, pixels: u64, time: Duration) -> String {
    let mut parts = vec![format!("{} made", counts.made)];
    let others = [(counts.skipped, "left as they are"), (counts.failed, "failed")];
    parts
        .extend(others.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")));
    let rate = megapixels_a_second(pixels, time);
    format!("{} in {:.1} s ({rate})", parts.join(", "), time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_name_only_what_there_was() {
        let time = Duration::from_secs(2);
        let all = Counts { made: 3, skipped: 1, failed: 2, stopped: 0 };
        assert_eq!(
            summed(all, 24_000_000, time),
            "3 made, 1 left as they are, 2 failed in 2.0 s (12.0 MP/s)"
        );
        assert_eq!(summed(Counts { made: 3, ..Counts::default() }, 0, time), "3 made in 2.0 s (0.0 MP/s)");
    }
}
