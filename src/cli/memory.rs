//! How many pictures fit at a time.
//!
//! Before a picture is decoded its header says how much it will take; it waits until that much is free.
//! Files are opened one at a time (the turnstile), in their order, so at most one file lies in memory
//! beyond what is accounted for, and a large picture is not overtaken for ever by small ones. A picture larger
//! than the whole budget runs alone.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use zhijin::codec::Header;
use zhijin::op::Resize;

/// The most that is taken without being asked for.
const MOST: u64 = 4 << 30;

/// Bytes that may be taken by pictures being worked on.
#[derive(Debug)]
pub(super) struct Budget {
    total: u64,
    used: Mutex<u64>,
    freed: Condvar,
    turnstile: Mutex<()>,
}

/// A share of the budget, given back when dropped.
#[derive(Debug)]
pub(super) struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    /// A budget of so many bytes.
    pub(super) fn new(total: u64) -> Self {
        Self { total, used: Mutex::new(0), freed: Condvar::new(), turnstile: Mutex::new(()) }
    }

    /// Pass the turnstile: `open` says what was opened and how much it needs; it is handed over when that is free.
    pub(super) fn admit<T, E>(
        &self,
        open: impl FnOnce() -> Result<(T, u64), E>,
    ) -> Result<(T, Share<'_>), E> {
        let _turn = lock(&self.turnstile);
        let (opened, bytes) = open()?;
        let mut used = lock(&self.used);
        while *used > 0 && used.saturating_add(bytes) > self.total {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used = used.saturating_add(bytes);
        Ok((opened, Share { budget: self, bytes }))
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *lock(&self.budget.used) -= self.bytes;
        self.budget.freed.notify_one();
    }
}

/// What is guarded here is one number, whole after any panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes a picture takes while it is worked on: the file, the decoded picture, and six bytes a pixel for
/// the result beside it. Making it larger counts at the size it gets.
pub(super) fn needed(file: usize, header: &Header, size: Option<&Resize>) -> u64 {
    let area = size.map_or(0, |size| area_after(size, header)).max(header.size.area());
    area.saturating_mul(header.bytes_per_pixel() as u64 + 6).saturating_add(file as u64)
}

/// The area it has after resizing, or a little more: a picture fitted within two sides is counted as filling them.
fn area_after(size: &Resize, header: &Header) -> u64 {
    let (width, height) = (header.size.width() as f64, header.size.height() as f64);
    let area = match (size.longer, size.scale, size.width, size.height) {
        (Some(longer), ..) => width * height * (f64::from(longer) / width.max(height)).powi(2),
        (_, Some(scale), ..) => width * height * scale.powi(2),
        (.., Some(w), Some(h)) => f64::from(w) * f64::from(h),
        (.., Some(w), None) => f64::from(w).powi(2) * height / width,
        (.., None, Some(h)) => f64::from(h).powi(2) * width / height,
        _ => 0.0,
    };
    area as u64
}

/// Half of the machine's memory, and not more than [`MOST`]; where it cannot be asked, that.
pub(super) fn default_budget() -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    memory_of(&text).map_or(MOST, |memory| (memory / 2).clamp(1, MOST))
}

fn memory_of(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn never_more_than_the_budget_unless_one_runs_alone() {
        let budget = Budget::new(10);
        let (held, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for worker in 0..4_u64 {
                let (budget, held, most) = (&budget, &held, &most);
                scope.spawn(move || {
                    for round in 0..200_u64 {
                        let bytes = (worker * 7 + round * 3) % 13;
                        let ((), share) = budget.admit(|| Ok::<_, Infallible>(((), bytes))).unwrap();
                        let now = held.fetch_add(bytes, Ordering::SeqCst) + bytes;
                        if bytes <= 10 {
                            most.fetch_max(now, Ordering::SeqCst);
                        } else {
                            assert_eq!(now, bytes, "larger than the budget, so alone");
                        }
                        held.fetch_sub(bytes, Ordering::SeqCst);
                        drop(share);
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 10 && *lock(&budget.used) == 0);
    }

    #[test]
    fn memory_is_read_as_the_kernel_writes_it() {
        assert_eq!(memory_of("MemTotal:       16384 kB\nMemFree: 1 kB"), Some(16 << 20));
        assert_eq!([memory_of(""), memory_of("MemTotal: many kB")], [None; 2]);
    }
}
