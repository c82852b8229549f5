//! How strongly a style is applied: between the values each step keeps for a weak touch and those it has.
//!
//! Mixing a painting with its photograph gives a photograph under paint; a weaker painting has smaller strokes. So a
//! style says in `weak` which values that would be, and only one that says nothing is mixed.

use super::{Step, Style, StyleError};
use crate::op::{Length, Value, Values};

impl Style {
    /// Apply the style so strongly: 1 is as it is, 0 as weak as it can be and still be itself.
    ///
    /// A style none of whose steps says what is weak is mixed with the picture by that share.
    pub fn weaken(&mut self, strength: f64) -> Result<(), StyleError> {
        if !(0.0..=1.0).contains(&strength) {
            let what = format!("{strength} is not allowed; it must be a number from 0 to 1");
            return Err(StyleError { origin: "strength".into(), line: None, what });
        }
        if strength == 1.0 {
            return Ok(());
        }
        let mixed = self.steps.iter().all(|step| step.weak.is_empty());
        for step in &mut self.steps {
            if mixed && step.op.keeps_size() {
                scale_opacity(&mut step.common, strength);
            }
            step.weaken(strength);
        }
        Ok(())
    }
}

impl Step {
    fn weaken(&mut self, strength: f64) {
        for (name, weak) in std::mem::take(&mut self.weak) {
            let full = self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
            if let Some(full) = full {
                self.values.set(name, between(weak, full, strength));
            }
        }
    }
}

fn scale_opacity(common: &mut Values, strength: f64) {
    let opacity = f64::from(common.number("opacity"));
    common.set("opacity", Value::Number(tidy(opacity * strength)));
}

/// No more digits than anyone would write.
fn tidy(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// What lies between; of what cannot be divided, the nearer.
fn between(weak: Value, full: Value, t: f64) -> Value {
    let mix = |a: f64, b: f64| tidy(a + (b - a) * t);
    match (weak, full) {
        (Value::Number(a), Value::Number(b)) => Value::Number(mix(a, b)),
        (Value::Integer(a), Value::Integer(b)) => Value::Integer(mix(a as f64, b as f64).round() as i64),
        (Value::Length(Length::Relative(a)), Value::Length(Length::Relative(b))) => {
            Value::Length(Length::Relative(mix(a, b)))
        }
        (Value::Length(Length::Pixels(a)), Value::Length(Length::Pixels(b))) => {
            Value::Length(Length::Pixels(mix(a, b)))
        }
        (weak, full) => {
            if t < 0.5 {
                weak
            } else {
                full
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAINT: &str = "[[step]]\nop = \"grain\"\nstrength = 0.5\nsize = 4\nweak = { strength = 0.1, size = 2 }\n\
                         [[step]]\nop = \"exposure\"\nev = 1\n";

    fn weakened(text: &str, strength: f64) -> String {
        let mut style = Style::from_toml("mine", text).unwrap();
        style.weaken(strength).unwrap();
        style.to_toml()
    }

    #[test]
    fn values_lie_between_weak_and_full() {
        let half = weakened(PAINT, 0.5);
        assert!(half.contains("strength = 0.3\n") && half.contains("size = 3.0\n"), "{half}");
        assert!(half.contains("ev = 1.0") && !half.contains("opacity") && !half.contains("weak"), "{half}");
        assert!(weakened(PAINT, 0.0).contains("strength = 0.1\n"));
        assert!(weakened(PAINT, 1.0).contains("[step.weak]\nsize = 2.0\nstrength = 0.1\n"));
    }

    #[test]
    fn a_style_that_says_nothing_is_mixed() {
        let plain = "[[step]]\nop = \"exposure\"\nev = 1\nopacity = 0.8\n";
        let text = weakened(plain, 0.5);
        assert!(text.contains("opacity = 0.4\n"), "{text}");
    }

    #[test]
    fn what_is_weak_is_inherited_and_judged() {
        let text = |weak: &str| format!("[[step]]\nop = \"grain\"\n{weak}\n");
        let error = |weak: &str| Style::from_toml("mine", &text(weak)).unwrap_err().to_string();
        assert_eq!(
            error("weak = { size = 1000 }"),
            "mine:3: weak.size = 1000 is not allowed; it must be a length from 0.1 to 20 (1024 is the longer side; or \"2%\", \"3px\")"
        );
        assert_eq!(
            error("weak = { sise = 1 }"),
            "mine:3: grain has no parameter \"sise\"; did you mean \"size\"?"
        );
        assert_eq!(error("weak = 3"), "mine:3: weak must be a table, as in weak = { size = 2 }");
        let mut style = Style::find("plain").unwrap();
        let error = style.weaken(1.5).unwrap_err().to_string();
        assert_eq!(error, "strength: 1.5 is not allowed; it must be a number from 0 to 1");
    }
}
