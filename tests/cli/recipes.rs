//! Recipes carried by results and followed again; style files begun and checked.

use crate::support::Desk;

#[test]
fn a_result_tells_how_to_make_another() {
    let desk = Desk::new();
    desk.picture("a.png", 40, 30).picture("b.png", 50, 20);
    desk.well(&["apply", "cyanotype", "a.png", "--seed", "7", "--size", "20", "--set", "exposure.ev=1.5"]);
    desk.well(&["redo", "a.cyanotype.png", "b.png", "-o", "again.png"]);
    let wanted = [
        "apply",
        "cyanotype",
        "b.png",
        "-o",
        "same.png",
        "--seed",
        "7",
        "--size",
        "20",
        "--set",
        "exposure.ev=1.5",
    ];
    desk.well(&wanted);
    let read = |name: &str| std::fs::read(desk.path(name)).unwrap();
    assert!(read("again.png") == read("same.png"), "the recipe is followed to the byte");
    // Another seed and another value are told on top of it, and carried on.
    desk.well(&["redo", "again.png", "a.png", "--seed", "8", "--set", "exposure.ev=0.5", "-o", "third.png"]);
    let third = zhijin::codec::recipe(&read("third.png")).unwrap().unwrap();
    assert!(
        third.contains("# seed 8\n") && third.contains("ev = 0.5\n") && third.contains("# size 20\n"),
        "{third}"
    );
}

#[test]
fn without_a_recipe_there_is_nothing_to_follow() {
    let desk = Desk::new();
    desk.picture("a.png", 9, 7).picture("b.jpg", 9, 7).well(&["apply", "cyanotype", "a.png", "--no-recipe"]);
    for file in ["a.cyanotype.png", "b.jpg"] {
        let refused = desk.run(&["redo", file, "a.png"]);
        assert_eq!(refused.code, 2);
        let wanted = format!(
            "zhijin: {file}: it carries no recipe; a PNG made by zhijin does, unless it was made with --no-recipe\n"
        );
        assert_eq!(refused.err, wanted);
    }
    assert!(desk.run(&["redo", "missing.png", "a.png"]).err.contains("missing.png: it cannot be read"));
}

#[test]
fn a_recipe_holds_no_path_of_its_maker() {
    let desk = Desk::new();
    desk.picture("a.png", 9, 7).picture("mine/mask.png", 9, 7);
    let style = b"[[step]]\nop = \"exposure\"\nev = 1\nmask = { by = \"file\", file = \"mask.png\" }\n";
    desk.file("mine/dusk.toml", style).well(&["apply", "mine/dusk.toml", "a.png"]);
    let recipe = zhijin::codec::recipe(&std::fs::read(desk.path("a.dusk.png")).unwrap()).unwrap().unwrap();
    assert!(recipe.contains("file = \"mask.png\"") && !recipe.contains("mine/"), "{recipe}");
    // The file is looked for beside the result; here it is not.
    let refused = desk.run(&["redo", "a.dusk.png", "a.png", "-o", "b.png"]);
    assert!(refused.err.contains("mask.file = \"mask.png\": there is no such file"), "{}", refused.err);
}

#[test]
fn a_style_is_begun_checked_and_used() {
    let desk = Desk::new();
    desk.picture("a.png", 9, 7).well(&["styles", "new", "dusk", "--from", "cyanotype"]);
    let text = std::fs::read_to_string(desk.path("dusk.toml")).unwrap();
    assert!(text.contains("# Stops of light") && text.contains("[cloud]"), "{text}");
    let checked = desk.well(&["styles", "check", "dusk.toml"]);
    assert!(checked.out().starts_with("dusk.toml: ok, 2 steps, about "), "{}", checked.out());
    desk.well(&["apply", "dusk.toml", "a.png"]);
    let again = desk.run(&["styles", "new", "dusk"]);
    assert_eq!(again.err, "zhijin: dusk.toml exists; choose another name, or say --overwrite\n");
    assert_eq!(again.code, 2);
    desk.well(&["styles", "new", "dusk", "--overwrite"]);
}
