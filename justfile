# What CI runs, all of it.
check:
    bash .ci/run

# The tests alone.
test *args:
    cargo test {{args}}

# Format and lint.
tidy:
    cargo fmt --all
    cargo clippy --all-targets -- -D warnings

# Paint the pictures in fixtures/input again.
fixtures:
    cargo run --release --example paint_fixtures
    cargo run --release --example render_scenes -- --out fixtures/input

# Measure; benches/README.md says how to read the numbers.
bench *args:
    cargo bench {{args}}

# Make the pictures of docs/styles.md again, then the page.
pictures:
    cargo build --release
    target/release/zhijin apply "$(target/release/zhijin styles list | cut -d' ' -f1 | paste -sd,)" fixtures/input/lanterns.png \
        -o 'docs/images/styles/{style}.{ext}' --format jpg --size 800 --quality 85 --overwrite
    ZHIJIN_BLESS=1 cargo test --test docs
