//! CPU levels: detected once, passed down as a value, forceable.

use std::fmt;
use std::sync::OnceLock;

/// Which instructions the kernels may use. Holding a level proves that this machine has it: the only
/// ways to get one are to ask for the plain level, or to ask the machine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(pub(super) Isa);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Isa {
    /// What the target guarantees: SSE2 on x86-64, NEON on 64-bit ARM.
    Plain,
    /// x86-64-v3 as far as the kernels need it. AVX-512 was left out: the compiler keeps to 256-bit
    /// vectors there by its own choice, so the copies would differ in name alone.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

/// The variable that forces a level by name, for measuring and for tracking down a fault.
const VARIABLE: &str = "ZHIJIN_CPU";

impl Level {
    /// Runs everywhere.
    pub const PLAIN: Self = Self(Isa::Plain);

    /// The best level of this machine, or the one named by `ZHIJIN_CPU` if the machine has it. Found out
    /// once for each process.
    pub fn detect() -> Self {
        static FOUND: OnceLock<Level> = OnceLock::new();
        *FOUND.get_or_init(|| {
            let forced = std::env::var(VARIABLE).ok().and_then(|name| Self::named(&name));
            forced.or_else(|| Self::available().last().copied()).unwrap_or(Self::PLAIN)
        })
    }

    /// Every level this machine has, from the plainest to the best.
    pub fn available() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        if ["avx2", "bmi1", "bmi2", "lzcnt", "popcnt"].into_iter().all(has) {
            return vec![Self::PLAIN, Self(Isa::Avx2)];
        }
        vec![Self::PLAIN]
    }

    /// The level of that name, if this machine has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::available().into_iter().find(|level| level.name().eq_ignore_ascii_case(name.trim()))
    }

    /// `plain` or `avx2`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Isa::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => "avx2",
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn has(feature: &str) -> bool {
    match feature {
        "avx2" => is_x86_feature_detected!("avx2"),
        "bmi1" => is_x86_feature_detected!("bmi1"),
        "bmi2" => is_x86_feature_detected!("bmi2"),
        "lzcnt" => is_x86_feature_detected!("lzcnt"),
        "popcnt" => is_x86_feature_detected!("popcnt"),
        _ => false,
    }
}

impl fmt::Debug for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Write a row function once and have it for every CPU level:
///
/// ```ignore
/// kernel! {
///     /// Multiply each value by `gain`.
///     pub(crate) fn scale(row: &mut [f32], gain: f32) { for v in row { *v *= gain; } }
/// }
/// scale(level, &mut row, 2.0);
/// ```
macro_rules! kernel {
    ($(#[$doc:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$doc])*
        $vis fn $name(level: $crate::kernel::Level, $($arg: $type),*) {
            #[inline(always)]
            fn plain($($arg: $type),*) $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
            fn avx2($($arg: $type),*) { plain($($arg),*) }

            match level.0 {
                $crate::kernel::level::Isa::Plain => plain($($arg),*),
                #[cfg(target_arch = "x86_64")]
                // SAFETY: a level that says AVX2 exists only where the machine was found to have it.
                $crate::kernel::level::Isa::Avx2 => unsafe { avx2($($arg),*) },
            }
        }
    };
}
pub(super) use kernel;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_level_is_always_there() {
        assert_eq!(Level::available()[0], Level::PLAIN);
        assert_eq!(Level::named(" Plain "), Some(Level::PLAIN));
        assert_eq!(Level::named("abacus"), None);
        assert!(Level::available().contains(&Level::detect()));
    }
}
