use super::*;

fn error(text: &str) -> String {
    Style::from_toml("mine", text).unwrap_err().to_string()
}

#[test]
fn what_is_extended_lies_underneath() {
    let style = Style::from_toml(
        "mine",
        "extends = \"cyanotype\"\n[[step]]\nop = \"exposure\"\nev = 2\n[[step]]\nop = \"exposure\"",
    )
    .unwrap();
    let base = Style::find("cyanotype").unwrap();
    assert_eq!(style.steps.len(), base.steps.len() + 1, "the second exposure is a step of its own");
    let exposure = style.steps.iter().find(|step| step.name == "exposure").unwrap();
    assert_eq!(exposure.values.number("ev"), 2.0);
    assert_eq!(style.steps.last().unwrap().name, "exposure_2");
    assert_eq!(style.about, base.about);
}

#[test]
fn the_palette_names_colours_of_steps() {
    let style = Style::from_toml(
        "mine",
        "[palette]\nnight = \"#102030\"\n[[step]]\nop = \"gradient_map\"\ncolors = [\"night\", \"#fff\"]",
    )
    .unwrap();
    assert!(style.to_toml().contains("colors = [\"#102030\", \"#ffffff\"]"), "{style:?}");
}

#[test]
fn errors_name_the_line_the_value_and_the_range() {
    assert_eq!(
        error("[[step]]\nop = \"exposrue\""),
        "mine:2: there is no operator \"exposrue\"; did you mean \"exposure\"?"
    );
    let unknown = error("[[step]]\nop = \"knitting\"");
    assert!(
        unknown.starts_with("mine:2: there is no operator \"knitting\"; there are \"resize\", "),
        "{unknown}"
    );
    assert_eq!(
        error("[[step]]\nop = \"exposure\"\nev = 11"),
        "mine:3: exposure.ev = 11 is not allowed; it must be a number from -10 to 10"
    );
    assert_eq!(
        error("[[step]]\nop = \"exposure\"\nstops = 1"),
        "mine:3: exposure has no parameter \"stops\"; it has \"ev\", \"skip\", \"opacity\", \"blend\""
    );
    assert_eq!(
        error("extends = \"cyanotyp\""),
        "mine:1: extends: cyanotyp: there is no style of this name; did you mean \"cyanotype\"?"
    );
}

#[test]
fn set_names_what_is_wrong() {
    let mut style = Style::find("cyanotype").unwrap();
    style.set("exposure.ev", "0.5").unwrap();
    let mut error = |key, value| style.set(key, value).unwrap_err().to_string();
    assert_eq!(error("exposure", "1"), "--set exposure=1: name a step and a parameter, as in exposure.ev=1");
    assert_eq!(
        error("exposure.ev", "99"),
        "--set exposure.ev=99: exposure.ev = 99 is not allowed; it must be a number from -10 to 10"
    );
    assert_eq!(
        error("exposur.ev", "1"),
        "--set exposur.ev=1: the style \"cyanotype\" has no step \"exposur\"; did you mean \"exposure\"?"
    );
    assert_eq!(
        error("weave.sett", "1"),
        "--set weave.sett=1: the style \"cyanotype\" has no step \"weave\"; it has \"exposure\", \"gradient_map\""
    );
    assert_eq!(
        error("exposure.evv", "1"),
        "--set exposure.evv=1: exposure has no parameter \"evv\"; did you mean \"ev\"?"
    );
}

#[test]
fn steps_have_names_of_their_own() {
    let base = "[[step]]\nop = \"exposure\"\nname = \"lift\"\n[[step]]\nop = \"exposure\"\nev = 3";
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("base.toml"), base).unwrap();
    let style = |text: &str| {
        std::fs::write(folder.path().join("mine.toml"), text).unwrap();
        Style::from_file(&folder.path().join("mine.toml"))
    };
    let mine = style("extends = \"base.toml\"\n[[step]]\nname = \"lift\"\nev = 1\nskip = true").unwrap();
    assert_eq!(mine.steps.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(), ["lift", "exposure"]);
    assert!(mine.steps[0].values.number("ev") == 1.0 && mine.steps[0].is_skipped());
    let error = |text: &str| style(text).unwrap_err().what;
    assert_eq!(
        error("extends = \"base.toml\"\n[[step]]\nname = \"lfit\""),
        "no step named \"lfit\" is inherited; did you mean \"lift\"?"
    );
    assert_eq!(
        error("extends = \"base.toml\"\n[[step]]\nname = \"lift\"\nop = \"resize\""),
        "the step \"lift\" is exposure, not resize; leave op out, or give the new step another name"
    );
    assert_eq!(
        error("[[step]]\nop = \"exposure\"\nname = \"Up!\""),
        "a step cannot be named \"Up!\"; use 1 to 40 of a to z, 0 to 9 and _"
    );
}

#[test]
fn masks_and_mixing_are_said_of_any_step() {
    let mut style = Style::from_toml(
        "mine",
        "[[step]]\nop = \"exposure\"\nopacity = 0.5\nblend = \"screen\"\n[step.mask]\nby = \"tone\"\nto = 0.4\nfeather = 8",
    )
    .unwrap();
    style.set("exposure.opacity", "0.25").unwrap();
    style.set("exposure.mask.to", "0.3").unwrap();
    style.set("exposure.mask.invert", "true").unwrap();
    let step = &style.steps[0];
    let mask = step.mask.as_ref().unwrap();
    assert_eq!((step.common.number("opacity"), mask.values.number("to")), (0.25, 0.3));
    assert!(mask.common.flag("invert"));
    assert_eq!(
        error("[[step]]\nop = \"exposure\"\nmask = { to = 1 }"),
        "mine:3: a mask must say what it goes by; add by = one of \"tone\", \"color\", \"skin\", \"saliency\", \"center\", \"gradient\", \"file\""
    );
    assert_eq!(
        error("[[step]]\nop = \"exposure\"\n[step.mask]\nby = \"tone\"\nform = 1"),
        "mine:5: the mask by tone has no parameter \"form\"; did you mean \"from\"?"
    );
    assert_eq!(
        error("[[step]]\nop = \"exposure\"\nopacty = 1"),
        "mine:3: exposure has no parameter \"opacty\"; did you mean \"opacity\"?"
    );
    assert_eq!(
        error("\n[[step]]\nop = \"resize\"\nopacity = 0.5"),
        "mine:2: resize changes the size, so it cannot be masked or blended; take its mask, blend and opacity away"
    );
}

#[test]
fn the_cloud_table_is_inherited_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), "[cloud]\nprompt = \"ink\"\nstrength = 0.2").unwrap();
    std::fs::write(folder.path().join("b.toml"), "extends = \"a.toml\"\n[cloud]\nstrength = 0.9").unwrap();
    let cloud = Style::from_file(&folder.path().join("b.toml")).unwrap().cloud.unwrap();
    assert_eq!((cloud.text("prompt"), cloud.number("strength")), ("ink", 0.9));
    assert_eq!(
        error("[cloud]\nstrenght = 1"),
        "mine:2: cloud has no parameter \"strenght\"; did you mean \"strength\"?"
    );
    assert_eq!(
        error("[cloud]\nstrength = 2"),
        "mine:2: cloud.strength = 2 is not allowed; it must be a number from 0 to 1"
    );
}
