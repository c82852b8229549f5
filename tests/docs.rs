//! docs/styles.md is written from the declarations in the code. `ZHIJIN_BLESS=1 cargo test --test docs` writes it anew.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::fmt::Write as _;
use std::path::Path;

use zhijin::op::Param;
use zhijin::{Style, mask, op, style};

const HEAD: &str = "# Styles

A style is one TOML file. This page is written from the code by a test; what it says is what `zhijin styles check` enforces.

```toml
name     = \"Night print\"             # for people who read English
name_zh  = \"夜蓝\"                    # for people who read Chinese
about    = \"A darker sun print.\"     # one line; about_zh is the same in Chinese
extends  = \"cyanotype\"               # optional: a shipped style, or a file beside this one (\"other.toml\")

[palette]                            # optional: colours by name
night = \"#071a33\"

[[step]]                             # the steps, done in order
op     = \"gradient_map\"
colors = [\"night\", \"#4f86b4\", \"#f4efe2\"]

[[step]]
op      = \"exposure\"
name    = \"lift\"                     # optional: what --set and styles that extend this one call it
ev      = 0.4
opacity = 0.8                        # any step may be mixed with what was there before,
mask    = { by = \"tone\", to = 0.4 }  # and only where a mask says
weak    = { ev = 0.1 }               # what some values are at --strength 0

[cloud]                              # optional: the same look in the words of a cloud editor
prompt  = \"a cyanotype print at night\"
```

`zhijin styles new NAME --from STYLE` writes such a file with what each value may be beside it; `zhijin styles check FILE` says whether it is
valid, and what it would take.

**Lengths** (a radius, a width) are in units of 1/1024 of the picture's longer side, so that a preview and the full picture look alike.
`\"2%\"` is a part of the longer side, `\"3px\"` is three pixels whatever the size.

**Extending.** With `extends`, a `[[step]]` with a `name` changes the inherited step of that name; without one it changes the first inherited step of the
same operator that this file has not changed yet. Only the keys it names change. Where there is no such step it is added at the end.
`skip = true` takes an inherited step away.

**On the command line** `--set STEP.PARAMETER=VALUE` changes one value for one run, `--set STEP.mask.PARAMETER=VALUE` one of its mask. A step is called by its
name, or its operator's, the second of that name `…_2`, and so on (`zhijin styles show NAME` lists them in order).

**Again.** A PNG carries its recipe: the style with every value, the seed, the size. `zhijin redo made.png photo.jpg` does the same to another picture;
`--no-recipe` leaves it out.

**From a stranger** a style file is safe to run: it holds no code; it reads files of its own folder only; at most 64 steps, at most 256 KiB, at most
8 files extend one another; what it would take is estimated before any work (`--max-work`, `--max-pixels`, `--max-memory` bound it).
";

#[test]
fn the_page_about_styles_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/styles.md");
    let page = page();
    if std::env::var_os("ZHIJIN_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/styles.md is out of date; write it anew with ZHIJIN_BLESS=1 cargo test --test docs"
    );
}

fn page() -> String {
    let mut page = String::from(HEAD);
    page += "\n## Styles that are shipped\n";
    for name in style::builtin_names() {
        described(&mut page, &Style::find(name).unwrap());
    }
    page += "\n## What any step may say\n\n";
    table(&mut page, style::COMMON);
    page += "\n## Masks\n\nA mask says where a step is seen: `mask = { by = \"skin\", invert = true }`. Any mask may say:\n\n";
    table(&mut page, mask::COMMON);
    for mask in mask::ALL {
        writeln!(page, "\n### by {}\n\n{}\n", mask.name(), mask.about()).unwrap();
        table(&mut page, mask.params());
    }
    page += "\n## Operators\n";
    for operator in op::all() {
        writeln!(page, "\n### {}\n\n{}\n", operator.name(), operator.about()).unwrap();
        table(&mut page, operator.params());
    }
    page += "\n## The cloud table\n\n";
    table(&mut page, style::CLOUD);
    page
}

/// A style with its picture, what it does, and what to turn: the values its file names.
fn described(page: &mut String, style: &Style) {
    let name = &style.name;
    writeln!(
        page,
        "\n### {name}\n\n{} · {}. {} {}\n",
        style.title, style.title_zh, style.about, style.about_zh
    )
    .unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/images/styles/{name}.jpg"));
    assert!(picture.is_file(), "{name} has no picture; `just pictures` makes it");
    writeln!(page, "![{}](images/styles/{name}.jpg)\n", style.title).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("styles/{name}.toml"));
    let said: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
    let steps: Vec<_> = style.steps.iter().map(|step| format!("`{}`", step.name)).collect();
    if steps.is_empty() {
        return;
    }
    writeln!(page, "Steps: {}. What to turn:\n", steps.join(", ")).unwrap();
    page.push_str("| `--set` | may be | |\n|---|---|---|\n");
    let said = said["step"].as_array().unwrap();
    for (step, said) in style.steps.iter().zip(said) {
        for (param, value) in step.op.params().iter().zip(step.values.iter()) {
            if said.get(param.name).is_some() {
                let value = value.1.to_string();
                let short = if value.len() > 60 { "…".into() } else { value };
                writeln!(
                    page,
                    "| `{}.{}={short}` | {} | {} |",
                    step.name, param.name, param.kind, param.about
                )
                .unwrap();
            }
        }
    }
}

fn table(page: &mut String, params: &[Param]) {
    if params.is_empty() {
        page.push_str("It has nothing to set.\n");
        return;
    }
    page.push_str("| parameter | what it may be | default | |\n|---|---|---|---|\n");
    for param in params {
        let (name, value) = (param.name, param.default_value());
        writeln!(page, "| `{name}` | {} | `{value}` | {} |", param.kind, param.about).unwrap();
    }
}
