//! Any bytes, as a still picture: an error or a picture, never a panic, and never more than the limits allow.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhijin::codec::{self, DecodeOptions, Profile};
use zhijin::{Context, Error, Limits};

/// The library catches the panics of the decoders it uses; the fuzzer's own hook would end the run before it
/// can. What is not caught, or cannot be, still ends it.
fn leave_panics_to_the_library() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}

fuzz_target!(|bytes: &[u8]| {
    leave_panics_to_the_library();
    let limits = Limits { max_pixels: 1 << 20, max_bytes: 16 << 20, max_frames: 16, ..Limits::default() };
    let context = Context { limits, ..Context::default() };
    let header = codec::header(bytes, &context);
    let _told = codec::recipe(bytes);
    for profile in [Profile::Convert, Profile::Carry] {
        let options = DecodeOptions { profile, keep_exif: true };
        match codec::decode(bytes, &options, &context) {
            Ok(decoded) => {
                let header = header.as_ref().expect("what decodes has a header");
                let size = decoded.picture.size();
                assert!(size == header.size || size == header.size.turned(), "{size} and {}", header.size);
            }
            // A fault is one of ours: panics of decoders are reported as broken files.
            Err(Error::Fault { place, message }) => panic!("{place}: {message}"),
            Err(_) => {}
        }
    }
});
