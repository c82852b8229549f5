//! Any bytes, as a .cube file from a stranger: an error that names its line, or a table that is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhijin::color::Lut;

fuzz_target!(|bytes: &[u8]| match Lut::from_cube("fuzz", bytes) {
    Ok(lut) => {
        let text = lut.to_cube();
        let again = Lut::from_cube("fuzz", text.as_bytes()).expect("what is written can be read");
        assert_eq!(again.to_cube(), text);
    }
    Err(error) => assert!(!error.to_string().is_empty()),
});
