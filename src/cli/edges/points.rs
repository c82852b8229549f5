//! Points as JSON, for people who measure.

use std::fmt::Write as _;

use zhijin::edge::{Canny, EdgePoint, Norm};
use zhijin::op::{self, Values};
use zhijin::{Context, Picture, Style};

use super::EdgesArgs;
use crate::cli::Failure;
use crate::cli::document::Document;

/// The document that lists the points of each picture.
pub(super) fn document(asked: &EdgesArgs, step: &Style) -> Result<Document, Failure> {
    if !matches!(&asked.method[..], "canny" | "contour") {
        let text = format!("--method {}: points are found by canny and contour alone", asked.method);
        return Err(Failure::Usage(text));
    }
    if asked.output.sheet.is_some() {
        return Err(Failure::Usage(
            "--sheet: points cannot be shown on a sheet; leave --format json away".into(),
        ));
    }
    let (values, method) = (step.steps[0].values.clone(), asked.method.clone());
    Ok(Document {
        extension: "json",
        write: Box::new(move |picture, context| measured(picture, &method, &values, context)),
    })
}

fn measured(picture: &Picture, method: &str, values: &Values, context: &Context) -> zhijin::Result<Vec<u8>> {
    let (canny, points) = op::edge_finder(values, picture.size()).points(picture, context)?;
    Ok(json(picture, method, &canny, &points).into_bytes())
}

/// One point a line, so that tools that know only lines can read it as well.
fn json(picture: &Picture, method: &str, canny: &Canny, points: &[EdgePoint]) -> String {
    let norm = if canny.norm == Norm::Sum { "sum" } else { "euclidean" };
    let mut text = String::with_capacity(200 + 40 * points.len());
    let size = picture.size();
    let (low, high, side) = (canny.low, canny.high, canny.aperture.side());
    // Writing into a string cannot fail.
    let _ = write!(
        text,
        "{{\"format\":\"zhijin-edges\",\"version\":1,\"width\":{},\"height\":{},\"method\":\"{method}\",\
         \"aperture\":{side},\"norm\":\"{norm}\",\"low\":{low},\"high\":{high},\n\
         \"columns\":[\"x\",\"y\",\"strength\",\"orientation\"],\"points\":[",
        size.width(),
        size.height(),
    );
    for (i, point) in points.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let EdgePoint { x, y, strength, orientation } = point;
        let _ = write!(text, "{comma}\n[{x:.3},{y:.3},{strength:.2},{orientation:.4}]");
    }
    text += "\n]}\n";
    text
}
