//! The program as people meet it: what it prints, what it writes, how it ends.
//!
//! ```text
//! snapshots.rs  help, and every error message, word for word (tests/snapshots/*.txt)
//! files.rs      names, folders, patterns, what exists already, standard input and output
//! reports.rs    JSON lines, messages, dry run, contact sheet, preview
//! edges.rs      edges drawn, and points measured
//! weave.rs      cloth and loom files
//! vectors.rs    drawings in SVG, read, rendered and measured
//! lut.rs        styles as tables of colours
//! measure.rs    what pictures are like, in numbers
//! palette.rs    colours of pictures, and palette files
//! endings.rs    kill -9 and Ctrl-C in the middle of a batch
//! shell.rs      completions, manual page, styles
//! recipes.rs    results that tell how they were made, styles of one's own
//! ```
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod edges;
mod endings;
mod files;
mod lut;
mod measure;
mod palette;
mod quantize;
mod recipes;
mod reports;
mod shell;
mod small;
mod snapshots;
mod support;
mod vectors;
mod weave;
