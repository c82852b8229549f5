//! Where a palette comes from: out of pictures, or out of palette files.

use std::path::Path;

use zhijin::codec::{self, DecodeOptions, Format};
use zhijin::palette::{FileFormat, Palette, file};
use zhijin::quant::Quantizer;
use zhijin::{Context, Error, Picture};

use super::super::inputs::{self, Input};
use super::super::{Failure, out};
use super::PaletteArgs;

/// Colours that are looked for when nothing is said.
const COLOURS: u32 = 6;

/// A palette, and whether somebody had made one before.
pub(super) struct Source {
    pub(super) palette: Palette,
    pub(super) is_file: bool,
}

/// What was in one input.
enum Content {
    Pictures(Vec<Picture>),
    Palette(Palette),
}

/// The palette of everything named. Nothing if a part of it cannot be read, which is then said.
pub(super) fn palette(asked: &PaletteArgs, context: &Context) -> Result<Option<Source>, Failure> {
    let found = inputs::find(&asked.inputs, None, context.limits.max_bytes);
    for problem in &found.problems {
        out::note(&format!("zhijin: {}: {}", problem.name, problem.what));
    }
    let mut sound = found.problems.is_empty();
    let (mut pictures, mut swatches) = (Vec::new(), Vec::new());
    for input in &found.inputs {
        match content(input, &pictures, context) {
            Ok(Content::Pictures(more)) => pictures.extend(more),
            Ok(Content::Palette(palette)) => swatches.extend(palette),
            Err(what) => {
                out::note(&format!("zhijin: {}", out::plain(&what)));
                sound = false;
            }
        }
    }
    if !sound {
        return Ok(None);
    }
    mind_the_mixture(asked, !pictures.is_empty(), !swatches.is_empty())?;
    if pictures.is_empty() {
        return Ok(Some(Source { palette: Palette::new(swatches), is_file: true }));
    }
    let wanted = asked.colours.unwrap_or(COLOURS) as usize;
    let pictures: Vec<&Picture> = pictures.iter().collect();
    let palette = Quantizer::new(wanted).palette(&pictures, context)?;
    Ok(Some(Source { palette, is_file: false }))
}

fn mind_the_mixture(asked: &PaletteArgs, pictures: bool, palettes: bool) -> Result<(), Failure> {
    let wrong = match (pictures, palettes) {
        (true, true) => "pictures and palette files cannot be mixed; name the one or the other",
        (false, true) if asked.colours.is_some() => {
            "--colours is for pictures; a palette file is converted as it is"
        }
        _ => return Ok(()),
    };
    Err(Failure::Usage(wrong.into()))
}

/// What an input holds; an error says its name.
fn content(input: &Input, before: &[Picture], context: &Context) -> Result<Content, String> {
    let named = |what: String| format!("{}: {what}", input.name());
    let bytes = input.read(context.limits.max_bytes).map_err(named)?;
    if Format::sniff(&bytes).is_some() {
        return pictures(&bytes, before, context)
            .map(Content::Pictures)
            .map_err(|error| named(error.to_string()));
    }
    if is_palette(input.path(), &bytes) {
        return file::read(&input.name(), &bytes).map(Content::Palette).map_err(|error| error.to_string());
    }
    let list = FileFormat::ALL.map(FileFormat::extension).join(", ");
    let error = codec::header(&bytes, context).err().map(|error| error.to_string()).unwrap_or_default();
    Err(named(format!("{error}; of palettes it reads {list}")))
}

fn is_palette(path: Option<&Path>, bytes: &[u8]) -> bool {
    let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
    FileFormat::sniff(bytes).is_some() || extension.and_then(FileFormat::from_extension).is_some()
}

/// The picture, or all frames of an animation, as long as everything fits into memory.
fn pictures(bytes: &[u8], before: &[Picture], context: &Context) -> zhijin::Result<Vec<Picture>> {
    let options = DecodeOptions::default();
    let mut taken: u64 = before.iter().map(|picture| picture.bytes() as u64).sum();
    let mut pictures = Vec::new();
    let mut keep = |picture: Picture| {
        taken += picture.bytes() as u64;
        if taken > context.limits.max_bytes {
            return Err(too_much(taken, context.limits.max_bytes));
        }
        pictures.push(picture);
        Ok(())
    };
    match codec::frames(bytes, &options, context) {
        Ok(Some(frames)) => frames.into_iter().try_for_each(|frame| keep(frame?.picture))?,
        // What has no frames, or frames that cannot be read one by one, is one picture.
        Ok(None) | Err(Error::Unsupported { .. }) => keep(codec::decode(bytes, &options, context)?.picture)?,
        Err(error) => return Err(error),
    }
    Ok(pictures)
}

fn too_much(taken: u64, limit: u64) -> Error {
    Error::Limit {
        what: "the memory for all pictures",
        value: format!("at least {taken} bytes"),
        limit: format!("{limit} bytes"),
        remedy: "raise --max-memory, or name fewer pictures",
    }
}
