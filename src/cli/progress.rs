//! How far it is: a bar on standard error, if that is a terminal and anyone wants to see it.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::ShowArgs;

/// A bar with the name of the picture in hand, files done, megapixels a second and the time left; or nothing.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    pixels: u64,
    in_hand: BTreeSet<usize>,
    names: Vec<String>,
}

impl Progress {
    /// A bar for items of these names. Hidden with `-q`, away from a terminal, and where JSON fills the same one.
    pub(super) fn new(names: Vec<String>, show: &ShowArgs) -> Self {
        let seen =
            io::stderr().is_terminal() && show.quiet == 0 && !(show.json && io::stdout().is_terminal());
        let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(names.len() as u64), target);
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len}  {wide_msg}  {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        if seen {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, begun: Instant::now(), pixels: 0, in_hand: BTreeSet::new(), names }
    }

    /// Work on an item begins.
    pub(super) fn started(&mut self, item: usize) {
        self.in_hand.insert(item);
        self.show();
    }

    /// An item is done, so many pixels of it.
    pub(super) fn finished(&mut self, item: usize, pixels: u64) {
        self.in_hand.remove(&item);
        self.pixels += pixels;
        self.bar.inc(1);
        self.show();
    }

    /// Write lines without the bar in between.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Take the bar away.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn show(&self) {
        let name = self.in_hand.first().map_or("", |item| self.names[*item].as_str());
        let rate = megapixels_a_second(self.pixels, self.begun.elapsed());
        self.bar.set_message(if self.pixels == 0 { name.to_string() } else { format!("{rate}  {name}") });
    }
}

/// `12.3 MP/s`
pub(super) fn megapixels_a_second(pixels: u64, time: Duration) -> String {
    format!("{:.1} MP/s", pixels as f64 / 1e6 / time.as_secs_f64().max(1e-6))
}
