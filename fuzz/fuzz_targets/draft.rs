//! Any bytes, as a .wif file from a stranger: an error that says where, or a cloth that is written as it was read; and
//! the check of a draft never ends in a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhijin::weave::check::{self, check_wif};
use zhijin::weave::wif::{Limits, Options, read_cloth, write_wif};

fuzz_target!(|bytes: &[u8]| {
    let few = Limits { threads: 512, crossings: 1 << 16, ..Limits::default() };
    let _report = check_wif(bytes, true, &check::Limits { threads: 512, crossings: 1 << 16 });
    match read_cloth(bytes, &few) {
        Ok(cloth) => {
            let mut text = Vec::new();
            if write_wif(&mut text, &cloth, &Options::default()).is_ok() {
                assert_eq!(read_cloth(&text, &few).expect("what is written can be read"), cloth);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
