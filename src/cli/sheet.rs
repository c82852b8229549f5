//! The contact sheet: a row for each picture, a column for the original and for each style.
//!
//! Each picture is decoded once and brought to the size of a thumbnail; the styles work on that. Lengths in
//! styles are relative to the picture, so the small one shows the look of the large one.

mod canvas;

use std::path::Path;
use std::sync::Arc;

use zhijin::Job;
use zhijin::codec::{self, EncodeOptions, Format, Metadata};
use zhijin::op::Resize;
use zhijin::pixel::{Depth, Layout, Picture, Size};

use super::batch::{self, Event};
use super::inputs::Input;
use super::report::{Names, Reporter};
use super::workshop::{Workshop, text};
use canvas::{Canvas, LINE};

/// The longer side of a thumbnail.
const THUMB: u32 = 480;
/// Around everything.
const MARGIN: usize = 32;
/// Between thumbnails.
const GAP: usize = 16;

/// One picture: what it is called; the original and then one for each style.
struct Row {
    name: String,
    thumbs: Vec<Picture>,
}

impl Row {
    fn height(&self) -> usize {
        self.thumbs.iter().map(|thumb| thumb.size().height()).max().unwrap_or(0)
    }
}

/// Make the sheet and write it to `path`. Pictures that fail are told and left out.
pub(super) fn make(workshop: &Workshop<'_>, path: &Path, reporter: &mut Reporter<'_>) {
    let made = match workshop.guarded(|| workshop.is_to_be_skipped(path)) {
        Ok(false) => {
            let rows = rows(workshop, reporter);
            workshop.guarded(|| workshop.write(path, &drawn(workshop, &rows)?)).map(|()| true)
        }
        Ok(true) => Ok(false),
        Err(end) => Err(end),
    };
    reporter.sheet(path, made);
}

/// The bytes of the sheet.
fn drawn(workshop: &Workshop<'_>, rows: &[Row]) -> Result<Vec<u8>, String> {
    if rows.is_empty() {
        return Err("there is no picture to put on it; see the errors above".into());
    }
    let styles = workshop.styles.iter().map(|style| style.name.as_str());
    let labels: Vec<_> = std::iter::once("original").chain(styles).collect();
    let canvas = laid_out(workshop, &labels, rows)?;
    let picture = Picture::new(canvas.size, Layout::Rgb, canvas.pixels).map_err(|error| error.to_string())?;
    let context = workshop.engine.context(&Job::new(Vec::new()));
    codec::encode(&picture, Format::Png, &EncodeOptions::default(), &Metadata::default(), &context)
        .map_err(text)
}

fn rows(workshop: &Workshop<'_>, reporter: &mut Reporter<'_>) -> Vec<Row> {
    let names: Vec<_> = workshop.found.inputs.iter().map(Input::name).collect();
    let mut rows = Vec::new();
    let work = |index: usize| workshop.guarded(|| thumbs(workshop, &workshop.found.inputs[index]));
    batch::run(names.len(), workshop.workers(), work, |event| match event {
        Event::Next(index, Ok(thumbs)) => rows.push(Row { name: label(&names[index]), thumbs }),
        Event::Next(index, Err(end)) => {
            reporter.result(Names { input: &names[index], style: "sheet", output: "" }, &end);
        }
        Event::Started(_) | Event::Finished(_) => {}
    });
    rows
}

/// The last two parts of a path: enough to know the picture by, short enough to stand above it.
fn label(name: &str) -> String {
    let parts: Vec<_> = name.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    parts[parts.len().saturating_sub(2)..].join("/")
}

/// The picture small, as it is and in every style.
fn thumbs(workshop: &Workshop<'_>, input: &Input) -> Result<Vec<Picture>, String> {
    let small = Resize { width: Some(THUMB), height: Some(THUMB), shrink_only: true, ..Resize::default() };
    let (job, _share) = workshop.open(input)?;
    let original = Arc::new(workshop.engine.run(&job.size(small)).map_err(text)?.picture);
    let mut thumbs = vec![flat(workshop, Picture::clone(&original))?];
    for style in &workshop.styles {
        let job = Job::new(original.clone()).with_style(style.clone()).seed(workshop.apply.picture.seed);
        let made = workshop.engine.run(&job.cancel(workshop.cancel.clone())).map_err(text)?;
        thumbs.push(flat(workshop, made.picture)?);
    }
    Ok(thumbs)
}

fn flat(workshop: &Workshop<'_>, picture: Picture) -> Result<Picture, String> {
    picture.into_depth(Depth::U8, &workshop.engine.context(&Job::new(Vec::new()))).map_err(text)
}

fn laid_out(workshop: &Workshop<'_>, labels: &[&str], rows: &[Row]) -> Result<Canvas, String> {
    let cell =
        rows.iter().flat_map(|row| &row.thumbs).map(|thumb| thumb.size().width()).max().unwrap_or(1).max(160);
    let width = 2 * MARGIN + labels.len() * (cell + GAP) - GAP;
    let height = 2 * MARGIN + LINE + rows.iter().map(|row| LINE + row.height() + GAP).sum::<usize>() - GAP;
    let size =
        Size::from_usize(width, height).map_err(|error| format!("{error}; name fewer pictures or styles"))?;
    workshop.limits.admit(size, Layout::Rgb.channels()).map_err(text)?;
    let mut canvas = Canvas::new(size);
    let left = |column: usize| MARGIN + column * (cell + GAP);
    for (column, label) in labels.iter().enumerate() {
        canvas.text(left(column), MARGIN, cell, label);
    }
    let mut top = MARGIN + LINE;
    for row in rows {
        canvas.text(MARGIN, top, width - 2 * MARGIN, &row.name);
        top += LINE;
        for (column, thumb) in row.thumbs.iter().enumerate() {
            canvas.picture(left(column), top, thumb);
        }
        top += row.height() + GAP;
    }
    Ok(canvas)
}
