//! Threads, as a value.

use crate::error::Result;

/// Threads to run bands on. A value: an engine owns one, a test makes its own.
#[derive(Debug)]
pub struct Pool {
    #[cfg(feature = "parallel")]
    inner: rayon::ThreadPool,
    threads: usize,
}

impl Pool {
    /// A pool of `threads`; zero means one for each core.
    pub fn new(threads: usize) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if threads == 0 { cores } else { threads };
        #[cfg(feature = "parallel")]
        {
            use crate::error::Error;
            let inner = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .thread_name(|i| format!("zhijin-{i}"))
                .build()
                .map_err(|e| {
                    Error::unsupported(
                        format!("{threads} threads could not be started ({e})"),
                        "ask for fewer with --threads",
                    )
                })?;
            Ok(Self { inner, threads })
        }
        #[cfg(not(feature = "parallel"))]
        Ok(Self { threads: threads.min(1) })
    }

    /// Run `work` with this pool underneath every band function called inside it.
    pub fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        #[cfg(feature = "parallel")]
        return self.inner.install(work);
        #[cfg(not(feature = "parallel"))]
        work()
    }

    /// How many threads it has.
    pub fn threads(&self) -> usize {
        self.threads
    }
}
