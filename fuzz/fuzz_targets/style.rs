//! Any text, as a style file or a recipe from a stranger: an error that can be printed, or one that prints as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhijin::Style;
use zhijin::style::Recipe;

fuzz_target!(|text: &str| {
    match Style::from_toml("fuzz", text) {
        Ok(mut style) => {
            let shown = style.to_toml();
            let template = Style::from_toml("fuzz", &style.to_template()).expect("a template can be read");
            assert_eq!(template.steps.len(), style.steps.len());
            let again = Style::from_toml("fuzz", &shown).expect("what is shown can be read");
            assert_eq!(again.to_toml(), shown);
            let _ = style.set(text, text).map_err(|error| error.to_string());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Ok(recipe) = Recipe::from_text(text, None) {
        let told = recipe.to_text();
        assert_eq!(Recipe::from_text(&told, None).expect("what is told can be read").to_text(), told);
    }
});
