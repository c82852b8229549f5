//! How a picture was made, as its PNG carries it: enough to make another the same way.

use std::path::Path;

use super::{Style, StyleError};
use crate::op::Resize;

/// The first line of every recipe; what follows is a style file.
const FIRST: &str = "# zhijin recipe 1";

/// A style with everything spelled out, the seed, and the size asked for.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The version that made the picture.
    pub version: String,
    /// The style.
    pub style: Style,
    /// Where all chance came from.
    pub seed: u64,
    /// The size asked for, as `--size` writes it.
    pub size: Option<Resize>,
}

impl Recipe {
    /// As text: comments that this reader understands, then a style file that anyone's does.
    pub fn to_text(&self) -> String {
        let size = self.size.map_or_else(String::new, |size| format!("# size {size}\n"));
        format!(
            "{FIRST}\n# version {}\n# style {}\n# seed {}\n{size}\n{}",
            self.version,
            self.style.name,
            self.seed,
            self.style.to_toml()
        )
    }

    /// From such a text. Files the style brings are looked for in `folder`.
    pub fn from_text(text: &str, folder: Option<&Path>) -> Result<Self, StyleError> {
        let wrong = |what: &str| StyleError { origin: "recipe".into(), line: None, what: what.into() };
        if text.lines().next() != Some(FIRST) {
            return Err(wrong("it is of another kind or a later version; a newer zhijin may read it"));
        }
        let said = |key: &str| {
            let comments = text.lines().take_while(|line| line.starts_with('#'));
            comments.filter_map(|line| line.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(' ')).next()
        };
        let seed =
            said("seed").and_then(|seed| seed.parse().ok()).ok_or_else(|| wrong("it names no seed"))?;
        let size = said("size").map(str::parse).transpose().map_err(|error: String| wrong(&error))?;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let name: String = said("style").unwrap_or("recipe").chars().filter(|c| plain(*c)).take(60).collect();
        let mut style = Style::from_toml_in("recipe", text, folder)?;
        style.name = if name.is_empty() { "recipe".into() } else { name };
        Ok(Self { version: said("version").unwrap_or_default().into(), style, seed, size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_survives_its_text() {
        let style = Style::find("cyanotype").unwrap();
        let size = Some("1600x900^".parse().unwrap());
        let recipe = Recipe { version: "0.1.0".into(), style, seed: 7, size };
        let again = Recipe::from_text(&recipe.to_text(), None).unwrap();
        assert_eq!(again.to_text(), recipe.to_text());
        assert_eq!((again.style.name.as_str(), again.seed), ("cyanotype", 7));
    }

    #[test]
    fn what_is_not_a_recipe_is_refused() {
        let error = |text: &str| Recipe::from_text(text, None).unwrap_err().to_string();
        assert!(error("hello").starts_with("recipe: it is of another kind"));
        assert_eq!(error("# zhijin recipe 1\n"), "recipe: it names no seed");
        assert!(
            error("# zhijin recipe 1\n# seed 1\n[[step]]\nop = \"x\"").contains("there is no operator \"x\"")
        );
    }
}
