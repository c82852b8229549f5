//! Few colours as a drawing, and what cannot be had together with it.

use super::Quantize;
use crate::cli::Failure;
use crate::cli::document::Document;

/// The document that draws the regions, if nothing speaks against it.
pub(super) fn document(asked: &Quantize) -> Result<Document, Failure> {
    const MEASURED: &str =
        "is about the files of pictures, and a drawing has another; choose -k, and --speckle";
    let against = [
        ("--target-size", asked.target_size.is_some(), MEASURED),
        ("--quality", asked.quality.is_some(), MEASURED),
        ("--min-quality", asked.min_quality > 0, MEASURED),
        ("--max-quality", asked.max_quality < 100, MEASURED),
        ("--skip-if-larger", asked.skip_if_larger, MEASURED),
        ("--dither", asked.dither != "none", "makes dots, and regions are drawn; leave it away"),
        ("--sheet", asked.output.sheet.is_some(), "cannot show curves; leave it or --format svg away"),
    ];
    match against.iter().find(|(_, said, _)| *said) {
        Some((name, _, why)) => Err(Failure::Usage(format!("{name} {why}"))),
        None => Ok(asked.regions.document()),
    }
}
