//! Any text, as a style file from a stranger: an error that can be printed, or a style that prints as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhijin::Style;

fuzz_target!(|text: &str| {
    match Style::from_toml("fuzz", text) {
        Ok(mut style) => {
            let shown = style.to_toml();
            let again = Style::from_toml("fuzz", &shown).expect("what is shown can be read");
            assert_eq!(again.to_toml(), shown);
            let _ = style.set(text, text).map_err(|error| error.to_string());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
