//! Any bytes, as an animation, frame by frame.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhijin::codec::{self, DecodeOptions};
use zhijin::{Context, Limits};

/// The library catches the panics of the decoders it uses; the fuzzer's own hook would end the run before it
/// can. What is not caught, or cannot be, still ends it.
fn leave_panics_to_the_library() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}

fuzz_target!(|bytes: &[u8]| {
    leave_panics_to_the_library();
    let limits = Limits { max_pixels: 1 << 18, max_bytes: 4 << 20, max_frames: 16, ..Limits::default() };
    let context = Context { limits, ..Context::default() };
    if let Ok(Some(frames)) = codec::frames(bytes, &DecodeOptions::default(), &context) {
        let mut size = None;
        for frame in frames {
            let Ok(frame) = frame else { break };
            assert_eq!(*size.get_or_insert(frame.picture.size()), frame.picture.size(), "every frame is the whole canvas");
        }
    }
});
