//! docs/styles.md is written from the declarations in the code. `ZHIJIN_BLESS=1 cargo test --test docs` writes it anew.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::fmt::Write as _;
use std::path::Path;

use zhijin::{Style, op, style};

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
```

With `extends`, a `[[step]]` changes the first inherited step of the same operator that this file has not changed yet; only the keys it names change. Where there
is no such step it is added at the end. On the command line `--set STEP.PARAMETER=VALUE` changes one value for one run; a step is called by its
operator's name, the second of that name `…_2`, and so on (`zhijin styles show NAME` lists them in order).

A style file from a stranger is safe to run: it holds no code, at most 64 steps, at most 256 KiB, at most 8 files extend one another, and
the picture's own limits hold for every step.
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
    page += "\n## Styles that are shipped\n\n| name | | looks like |\n|---|---|---|\n";
    for name in style::builtin_names() {
        let style = Style::find(name).unwrap();
        writeln!(
            page,
            "| `{name}` | {} · {} | {} {} |",
            style.title, style.title_zh, style.about, style.about_zh
        )
        .unwrap();
    }
    page += "\n## Operators\n";
    for operator in op::ALL {
        writeln!(page, "\n### {}\n\n{}\n", operator.name(), operator.about()).unwrap();
        page += "| parameter | what it may be | default | |\n|---|---|---|---|\n";
        for param in operator.params() {
            writeln!(
                page,
                "| `{}` | {} | `{}` | {} |",
                param.name,
                param.kind,
                param.default_value(),
                param.about
            )
            .unwrap();
        }
    }
    page
}
