//! A job on a thread of its own: wait for it from a plain thread, or await it in any async runtime.

use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context as Task, Poll, Waker};

use super::{Engine, Job, Outcome};
use crate::context::Cancel;
use crate::error::{Error, Result, guarded};

/// A job under way. Dropping it cancels the job.
#[must_use = "dropping a running job cancels it"]
pub struct Running {
    shared: Arc<Shared>,
    cancel: Cancel,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    done: Condvar,
}

#[derive(Default)]
struct State {
    result: Option<Result<Outcome>>,
    waker: Option<Waker>,
}

impl Shared {
    /// No thread panics while it holds the lock; should one, the state is still whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn finish(&self, result: Result<Outcome>) {
        let waker = {
            let mut state = self.lock();
            state.result = Some(result);
            state.waker.take()
        };
        self.done.notify_all();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl Running {
    pub(super) fn start(engine: Engine, job: Job) -> Self {
        let shared = Arc::new(Shared::default());
        let cancel = job.cancel.clone();
        let at_work = shared.clone();
        let work = move || at_work.finish(guarded("the job", || engine.run(&job)));
        if let Err(error) = std::thread::Builder::new().name("zhijin-job".into()).spawn(work) {
            let what = format!("a thread for the job could not be started ({error})");
            shared.finish(Err(Error::unsupported(what, "run fewer jobs at once")));
        }
        Self { shared, cancel }
    }

    /// Ask the job to stop at its next band.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// Wait for the end, blocking this thread.
    pub fn wait(self) -> Result<Outcome> {
        let mut state = self.shared.lock();
        loop {
            match state.result.take() {
                Some(result) => return result,
                None => state = self.shared.done.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Future for Running {
    type Output = Result<Outcome>;

    fn poll(self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<Self::Output> {
        let mut state = self.shared.lock();
        match state.result.take() {
            Some(result) => Poll::Ready(result),
            None => {
                state.waker = Some(task.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}
