//! What can go wrong, named by what the caller can do next.
//!
//! Every message says the value, what is allowed and, where we know it, the remedy. Front ends put the
//! file's name in front; the text here never needs to know it.

use std::fmt;
use std::time::Duration;

use crate::codec::Format;
use crate::weave::structure::BadWeave;
use crate::weave::wif::WifError;

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are in no format we know. Another file may do.
    #[error("not a picture in a known format ({found}); zhijin reads {}", Format::readable_list())]
    UnknownFormat {
        /// What the first bytes look like.
        found: String,
    },

    /// The bytes are in a format we know, and are broken or cut short. Only a better copy helps.
    #[error("broken {format} file: {what}; another copy of it may be whole")]
    Malformed {
        /// The format the bytes claim.
        format: Format,
        /// What is wrong, in the words of the decoder.
        what: String,
    },

    /// The file is sound, and asks for something we do not do. The message says what would work.
    #[error("{what}; {remedy}")]
    Unsupported {
        /// What was asked for.
        what: String,
        /// What to do instead.
        remedy: String,
    },

    /// The work would go past a limit. Raise the limit or bring a smaller picture.
    #[error("{what} is {value}, over the limit of {limit}; {remedy}")]
    Limit {
        /// What was measured: "the picture", "the memory needed".
        what: &'static str,
        /// How much of it there is.
        value: String,
        /// How much is allowed.
        limit: String,
        /// Which limit to raise, and how.
        remedy: &'static str,
    },

    /// A style, a step or a parameter is wrong. The file or the command line needs mending.
    #[error(transparent)]
    Style(#[from] StyleError),

    /// A weave that cannot be woven, or a loom that cannot weave it.
    #[error(transparent)]
    Weave(#[from] BadWeave),

    /// A draft file that cannot be read or written.
    #[error(transparent)]
    Draft(#[from] WifError),

    /// Someone asked the work to stop.
    #[error("stopped before it was done, as asked")]
    Cancelled,

    /// The time allowed was over first.
    #[error("not done within the deadline of {}; allow more time or use a smaller picture", seconds(*.allowed))]
    Deadline {
        /// The time that was allowed.
        allowed: Duration,
    },

    /// A fault of ours, caught at the edge of one job. The service lives on.
    #[error("internal fault in {place}: {message}; this is a bug in zhijin, please report it with the file")]
    Fault {
        /// The step or the codec it happened in.
        place: String,
        /// What the panic said.
        message: String,
    },
}

/// What is wrong with a style, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleError {
    /// The file, the built-in style or the flag it is about.
    pub origin: String,
    /// The line in that file, counted from one.
    pub line: Option<usize>,
    /// What is wrong, with the value and what is allowed.
    pub what: String,
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.origin, self.what),
            None => write!(f, "{}: {}", self.origin, self.what),
        }
    }
}

impl std::error::Error for StyleError {}

impl Error {
    /// A file of this format is broken in this way.
    pub(crate) fn malformed(format: Format, what: impl fmt::Display) -> Self {
        // Some decoders end their sentence; ours goes on.
        Self::Malformed { format, what: what.to_string().trim_end_matches(['.', ' ']).to_string() }
    }

    /// The request is sound but not ours to fulfil; `remedy` says what would work.
    pub(crate) fn unsupported(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Unsupported { what: what.into(), remedy: remedy.into() }
    }

    /// A panic, as the error of the one job it happened in; `payload` is what `catch_unwind` gave.
    pub fn from_panic(place: impl Into<String>, payload: &(dyn std::any::Any + Send)) -> Self {
        let message = payload
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without a message".into());
        Self::Fault { place: place.into(), message }
    }

    /// Does the fault lie in what the user wrote (a style, an option) rather than in a picture?
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Style(_))
    }
}

/// A duration the way people say it: `30 s`, `1.5 s`, `20 ms`.
pub(crate) fn seconds(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s < 1.0 => format!("{} ms", time.as_millis()),
        s if s.fract() == 0.0 => format!("{s:.0} s"),
        s => format!("{s:.1} s"),
    }
}

/// Run `work`; a panic in it becomes the error of this one job.
pub(crate) fn guarded<T>(place: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|payload| Err(Error::from_panic(place, payload.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_the_error_of_one_job() {
        let error = guarded("step 2 (blur)", || -> Result<()> { panic!("index {} out of range", 7) });
        let text = error.unwrap_err().to_string();
        assert!(text.contains("step 2 (blur)") && text.contains("index 7 out of range"), "{text}");
    }

    #[test]
    fn durations_read_like_speech() {
        let texts = [20, 1500, 30_000].map(|ms| seconds(Duration::from_millis(ms)));
        assert_eq!(texts, ["20 ms", "1.5 s", "30 s"]);
    }
}
