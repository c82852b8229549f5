//! The styles shipped inside the binary, in menu order.

/// Name and text of each.
pub(super) const BUILTIN: &[(&str, &str)] = &[
    ("plain", include_str!("../../styles/plain.toml")),
    ("brocade", include_str!("../../styles/brocade.toml")),
    ("brocade-yun", include_str!("../../styles/brocade-yun.toml")),
    ("brocade-song", include_str!("../../styles/brocade-song.toml")),
    ("brocade-shu", include_str!("../../styles/brocade-shu.toml")),
    ("brocade-zhuang", include_str!("../../styles/brocade-zhuang.toml")),
    ("realistic", include_str!("../../styles/realistic.toml")),
    ("cyanotype", include_str!("../../styles/cyanotype.toml")),
    ("gilt_lacquer", include_str!("../../styles/gilt_lacquer.toml")),
    ("cinematic_poster", include_str!("../../styles/cinematic_poster.toml")),
    ("flat_illustration", include_str!("../../styles/flat_illustration.toml")),
    ("minimalism", include_str!("../../styles/minimalism.toml")),
    ("sketch", include_str!("../../styles/sketch.toml")),
    ("sketch_charcoal", include_str!("../../styles/sketch_charcoal.toml")),
    ("sketch_hatch", include_str!("../../styles/sketch_hatch.toml")),
    ("sketch_coloured_pencil", include_str!("../../styles/sketch_coloured_pencil.toml")),
    ("oil_painting", include_str!("../../styles/oil_painting.toml")),
    ("oil_painting_impasto", include_str!("../../styles/oil_painting_impasto.toml")),
    ("oil_painting_knife", include_str!("../../styles/oil_painting_knife.toml")),
    ("impressionism", include_str!("../../styles/impressionism.toml")),
    ("baroque", include_str!("../../styles/baroque.toml")),
    ("baroque_framed", include_str!("../../styles/baroque_framed.toml")),
    ("watercolor", include_str!("../../styles/watercolor.toml")),
    ("watercolor_wet", include_str!("../../styles/watercolor_wet.toml")),
    ("watercolor_sketch", include_str!("../../styles/watercolor_sketch.toml")),
    ("ink_wash", include_str!("../../styles/ink_wash.toml")),
    ("chinese_painting", include_str!("../../styles/chinese_painting.toml")),
    ("chinese_painting_blue_green", include_str!("../../styles/chinese_painting_blue_green.toml")),
];

/// The names of the styles shipped, in menu order.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;

    #[test]
    fn every_one_resolves_and_speaks_both_languages() {
        for name in names() {
            let style = Style::find(name).unwrap();
            for text in [&style.title, &style.title_zh, &style.about, &style.about_zh] {
                assert!(!text.is_empty(), "{name} leaves a text empty");
            }
        }
    }

    #[test]
    fn no_operator_takes_a_word_that_any_step_may_say() {
        for op in crate::op::all() {
            for param in op.params() {
                let taken = crate::style::COMMON.iter().any(|common| common.name == param.name);
                let key = ["op", "name", "mask", "weak"].contains(&param.name);
                assert!(!taken && !key, "{}.{} cannot be reached from a style", op.name(), param.name);
            }
        }
    }

    #[test]
    fn what_show_prints_is_the_same_style() {
        for name in names() {
            let style = Style::find(name).unwrap();
            let again = Style::from_toml(name, &style.to_toml()).unwrap();
            assert_eq!(again.to_toml(), style.to_toml());
        }
    }
}
