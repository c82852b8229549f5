//! What a style will take on a picture of some size, known before any work is done.

use std::time::Duration;

use super::Style;
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::pixel::Size;

/// Nanoseconds and bytes for each pixel of a mask, its feathering, and laying a result over what was there.
const MIXING: (f64, f64) = (60.0, 12.0);

/// A careful guess.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The time of one core.
    pub work: Duration,
    /// The most memory that is held at once besides the input, in bytes.
    pub memory: u64,
    /// The size of the result.
    pub size: Size,
}

impl Style {
    /// What the style will take on a picture of this size.
    pub fn estimate(&self, size: Size) -> Estimate {
        let (mut seconds, mut memory, mut size) = (0.0f64, 0.0f64, size);
        for step in self.steps.iter().filter(|step| !step.is_skipped()) {
            let cost = step.op.cost(&step.values, size);
            let (more_nanos, more_bytes) = if step.mixing().is_some() { MIXING } else { (0.0, 0.0) };
            let pixels = size.area() as f64;
            // The result rests in eight bytes a pixel at most while the step is at work.
            let result = cost.size.area() as f64 * 8.0;
            seconds += pixels * (cost.nanos + more_nanos) * 1e-9;
            memory = memory.max(pixels * (cost.bytes + more_bytes) + result);
            size = cost.size;
        }
        Estimate { work: Duration::from_secs_f64(seconds.min(1e15)), memory: memory as u64, size }
    }

    /// May the style be run on a picture of this size?
    pub fn admit(&self, size: Size, limits: &Limits) -> Result<Estimate> {
        let mut at = size;
        for step in self.steps.iter().filter(|step| !step.is_skipped()) {
            at = step.op.cost(&step.values, at).size;
            limits.admit(at, 1)?;
        }
        let estimate = self.estimate(size);
        limits.admit_work(&self.name, estimate.work)?;
        if estimate.memory > limits.max_bytes.saturating_mul(4) {
            return Err(Error::Limit {
                what: "the memory the style needs",
                value: format!("about {} GiB on {size} pixels", estimate.memory >> 30),
                limit: format!("{} GiB (four times the memory for one picture)", limits.max_bytes >> 28),
                remedy: "raise --max-memory (max_bytes) or scale the picture down first",
            });
        }
        Ok(estimate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up_and_sizes_follow() {
        let text = "[[step]]\nop = \"exposure\"\n[[step]]\nop = \"resize\"\nlonger = 100\n";
        let style = Style::from_toml("mine", text).unwrap();
        let estimate = style.estimate(Size::new(1000, 500).unwrap());
        assert_eq!(estimate.size, Size::new(100, 50).unwrap());
        assert!(estimate.work > Duration::from_millis(5), "{estimate:?}");
        let skipped =
            Style::from_toml("mine", &text.replace("longer = 100", "longer = 100\nskip = true")).unwrap();
        assert_eq!(skipped.estimate(Size::new(1000, 500).unwrap()).size.width(), 1000);
    }

    #[test]
    fn a_style_that_would_take_hours_is_refused() {
        let grow =
            "[[step]]\nop = \"resize\"\nlonger = 20000\n[[step]]\nop = \"resize\"\nlonger = 100\n".repeat(30);
        let style = Style::from_toml("endless", &grow).unwrap();
        let limits = Limits { max_work: Duration::from_secs(60), ..Limits::default() };
        let error = style.admit(Size::new(3000, 2000).unwrap(), &limits).unwrap_err().to_string();
        assert!(
            error.starts_with("the work is about ") && error.contains("(the style \"endless\")"),
            "{error}"
        );
        assert!(
            error.ends_with("raise --max-work (max_work), or take a smaller picture or a lighter style"),
            "{error}"
        );
    }

    #[test]
    fn a_style_that_grows_past_the_limit_is_refused() {
        let style = Style::from_toml(
            "big",
            "[[step]]\nop = \"resize\"\nwidth = 65535\nheight = 65535\nfit = \"stretch\"",
        )
        .unwrap();
        let error = style.admit(Size::new(3, 2).unwrap(), &Limits::default()).unwrap_err().to_string();
        assert!(error.starts_with("the picture is 65535×65535 pixels"), "{error}");
    }
}
