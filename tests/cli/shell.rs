//! Completions, the manual page, styles.

use crate::support::Desk;

#[test]
fn completions_for_every_shell_know_the_flags() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Desk::new().well(&["completions", shell]);
        for word in ["apply", "skip-existing", "completions"] {
            assert!(script.out().contains(word), "{shell} does not know {word}");
        }
    }
}

#[test]
fn the_manual_names_every_flag_and_command() {
    let desk = Desk::new();
    let (manual, help) = (desk.well(&["man"]), desk.well(&["apply", "--help"]));
    let manual = manual.out().replace('\\', "");
    let flags: Vec<_> = help
        .out()
        .split([' ', ',', '\n', '='])
        .filter(|word| word.starts_with("--") && word.len() > 2)
        .collect();
    assert!(flags.len() > 20);
    for flag in flags {
        let flag = flag.trim_end_matches(['.', '\'', ':', ']']);
        assert!(manual.contains(flag), "{flag}");
    }
    for command in ["zhijin-apply", "zhijin-styles-check", "zhijin-completions", "zhijin-man"] {
        assert!(manual.contains(&format!(".TH {command}")), "{command}");
    }
}

#[test]
fn styles_are_listed_in_columns_and_as_json() {
    let desk = Desk::new();
    let list = desk.well(&["styles"]);
    assert_eq!(list.out(), desk.well(&["styles", "list"]).out());
    let plain = list.out().lines().find(|line| line.starts_with("plain ")).unwrap();
    assert!(plain.contains("  原样") && plain.ends_with("brought to sRGB."), "{plain}");
    let styles = desk.well(&["styles", "list", "--json"]).json();
    assert_eq!(styles.len(), list.out().lines().count());
    assert!(styles.iter().all(|style| style["about_zh"].is_string() && style["steps"].is_array()));
}

#[test]
fn what_show_prints_is_a_style_that_check_accepts() {
    let desk = Desk::new();
    let shown = desk.well(&["styles", "show", "cyanotype"]);
    desk.file("mine.toml", &shown.out);
    let checked = desk.well(&["styles", "check", "mine.toml"]);
    let wanted = "mine.toml: ok, 2 steps, about 0.4 s of one core for 12 megapixels\n";
    assert_eq!(checked.out(), wanted);
    assert_eq!(desk.well(&["styles", "show", "mine.toml"]).out(), shown.out());
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Desk::new().well(&["--version"]).out(), concat!("zhijin ", env!("CARGO_PKG_VERSION"), "\n"));
}
