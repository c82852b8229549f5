//! What every piece of work carries with it: how it may be stopped, how much it may take, on which CPU
//! level its kernels run. One value, handed down; nothing here is global.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::kernel::Level;
use crate::limits::Limits;
use crate::parallel::Pool;

/// The conditions a piece of work runs under.
#[derive(Clone, Debug)]
pub struct Context {
    /// The CPU level of the kernels.
    pub level: Level,
    /// Where bands run; without one, on the pool of the calling thread.
    pub pool: Option<Arc<Pool>>,
    /// How much the work may ask for.
    pub limits: Limits,
    /// Set by whoever wants the work to stop.
    pub cancel: Cancel,
    /// When the time is over, if there is a bound.
    pub deadline: Option<Deadline>,
}

impl Default for Context {
    /// The best CPU level of this machine, default limits, the current pool, no deadline.
    fn default() -> Self {
        Self {
            level: Level::detect(),
            pool: None,
            limits: Limits::default(),
            cancel: Cancel::default(),
            deadline: None,
        }
    }
}

impl Context {
    /// May the work go on? Asked before each band of rows, so it must stay this cheap.
    pub fn check(&self) -> Result<()> {
        if self.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        self.deadline.map_or(Ok(()), |deadline| deadline.check())
    }
}

/// A switch that many may hold and any may throw; thrown, it stays so.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Ask all work that carries this switch to stop at its next band.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Has anyone asked?
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A point in time, and the span it was made from (for the message).
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    at: Instant,
    allowed: Duration,
}

impl Deadline {
    /// So much time, from now on.
    pub fn after(allowed: Duration) -> Self {
        let now = Instant::now();
        // A span too long to add is no bound in practice; a century stands for it.
        let at = now.checked_add(allowed).unwrap_or(now + Duration::from_secs(100 * 365 * 86_400));
        Self { at, allowed }
    }

    /// The time that is left; zero when it is over.
    pub fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    fn check(self) -> Result<()> {
        if Instant::now() < self.at { Ok(()) } else { Err(Error::Deadline { allowed: self.allowed }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thrown_switch_stops_every_holder() {
        let context = Context::default();
        let other = context.clone();
        assert!(other.check().is_ok());
        context.cancel.cancel();
        assert!(matches!(other.check(), Err(Error::Cancelled)));
    }

    #[test]
    fn a_deadline_in_the_past_names_the_time_allowed() {
        let context = Context { deadline: Some(Deadline::after(Duration::ZERO)), ..Context::default() };
        assert!(context.check().unwrap_err().to_string().contains("deadline of 0 ms"));
        assert!(Deadline::after(Duration::MAX).left() > Duration::from_secs(86_400));
    }
}
