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

# Measure; benches/README.md says how to read the numbers.
bench *args:
    cargo bench {{args}}
