//! The text in which a PNG of ours tells how it was made.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::chunks::Chunks;
use crate::codec::Format;
use crate::codec::png::chunk::RECIPE;
use crate::error::{Error, Result};

/// A recipe is a style file and a few lines; more than this is not one.
const MAX_BYTES: u64 = 1 << 20;

/// The recipe, if the file carries one: before the pixels or after them.
pub(in crate::codec) fn recipe(bytes: &[u8]) -> Result<Option<String>> {
    let mut chunks = Chunks::of(bytes);
    let text = chunks.find_map(|(name, data)| if name == b"iTXt" { data.strip_prefix(RECIPE) } else { None });
    let Some(text) = text else { return Ok(None) };
    let wrong = |what: &str| Error::malformed(Format::Png, what);
    // After the keyword: its end, is it compressed, by which method; then language and translation, both empty here.
    let text = match text {
        [0, 0, _, 0, 0, plain @ ..] => plain.to_vec(),
        [0, 1, 0, 0, 0, packed @ ..] => {
            let mut text = Vec::new();
            let read = ZlibDecoder::new(packed).take(MAX_BYTES + 1).read_to_end(&mut text);
            read.map_err(|_| wrong("its recipe cannot be unpacked"))?;
            text
        }
        _ => return Err(wrong("its recipe is not laid out as a text should be")),
    };
    if text.len() as u64 > MAX_BYTES {
        return Err(wrong("its recipe is longer than 1 MiB"));
    }
    String::from_utf8(text).map(Some).map_err(|_| wrong("its recipe is not text in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{EncodeOptions, Metadata, encode};
    use crate::context::Context;
    use crate::pixel::{Layout, Picture, Size};

    fn png(recipe: Option<&str>) -> Vec<u8> {
        let picture = Picture::new(Size::new(2, 1).unwrap(), Layout::Grey, vec![1u8, 2]).unwrap();
        let metadata = Metadata { recipe: recipe.map(String::from), ..Metadata::default() };
        encode(&picture, Format::Png, &EncodeOptions::default(), &metadata, &Context::default()).unwrap()
    }

    #[test]
    fn what_is_written_is_found() {
        assert_eq!(recipe(&png(None)).unwrap(), None);
        assert_eq!(recipe(&png(Some("# 织锦\nop"))).unwrap().as_deref(), Some("# 织锦\nop"));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = " ".repeat(MAX_BYTES as usize + 1);
        let error = recipe(&png(Some(&bomb))).unwrap_err().to_string();
        assert!(error.contains("its recipe is longer than 1 MiB"), "{error}");
        let mut cut = png(Some("abc"));
        let at = cut.windows(4).position(|four| four == b"iTXt").unwrap() + 4 + RECIPE.len() + 5;
        cut[at] ^= 0xff;
        assert!(recipe(&cut).is_err());
    }
}
