//! Contexts of every level and number of threads, for tests.

use std::sync::{Arc, OnceLock};

use crate::context::Context;
use crate::kernel::Level;
use crate::parallel::Pool;

/// Work on this level, on a pool of so many threads.
pub(super) fn on(level: Level, threads: usize) -> Context {
    static POOLS: [OnceLock<Arc<Pool>>; 6] = [const { OnceLock::new() }; 6];
    let pool = POOLS[threads].get_or_init(|| Arc::new(Pool::new(threads).unwrap()));
    Context { level, pool: Some(pool.clone()), ..Context::default() }
}
