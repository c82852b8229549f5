//! Any pixels, written as PNG and read again: the same picture.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhijin::codec::{self, Compression, DecodeOptions, EncodeOptions, Format, Metadata};
use zhijin::pixel::{Layout, Picture, Size};
use zhijin::Context;

fuzz_target!(|bytes: &[u8]| {
    let [kind, width, samples @ ..] = bytes else { return };
    let layout = [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba][usize::from(kind & 3)];
    let width = usize::from(*width).max(1);
    let height = samples.len() / (width * layout.channels());
    let Ok(size) = Size::from_usize(width, height) else { return };
    let samples = samples[..size.pixels() * layout.channels()].to_vec();
    let picture = Picture::new(size, layout, samples).expect("cut to size");
    let compression = if kind & 4 == 0 { Compression::Fast } else { Compression::Best };
    let options = EncodeOptions { compression, ..EncodeOptions::default() };
    let context = Context::default();
    let png = codec::encode(&picture, Format::Png, &options, &Metadata::default(), &context).expect("encodes");
    let read = codec::decode(&png, &DecodeOptions::default(), &context).expect("decodes").picture;
    assert_eq!(rgba(&read), rgba(&picture));
});

/// What a viewer sees; the file may have dropped channels that say nothing.
fn rgba(picture: &Picture) -> Vec<[u8; 4]> {
    let view = picture.as_u8().expect("8 bits went in");
    let pixel = |p: &[u8]| match *p {
        [v] => [v, v, v, 255],
        [v, a] => [v, v, v, a],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, a] => [r, g, b, a],
        _ => unreachable!("one to four channels"),
    };
    view.samples().chunks_exact(view.layout().channels()).map(pixel).collect()
}
