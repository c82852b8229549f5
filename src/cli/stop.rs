//! Ctrl-C, and the polite signal of a service manager: the first asks all work to stop, the second is obeyed on the spot.
//!
//! Work stops between bands; files appear whole or not at all, so there is nothing to clean up. If the
//! handler cannot be set, Ctrl-C ends the program as it always does.

use std::sync::atomic::{AtomicBool, Ordering};

use zhijin::Cancel;

/// The switch that Ctrl-C throws.
pub(super) fn on_interrupt() -> Cancel {
    let cancel = Cancel::default();
    let (switch, again) = (cancel.clone(), AtomicBool::new(false));
    let handler = move || {
        if again.swap(true, Ordering::Relaxed) {
            std::process::exit(1);
        }
        switch.cancel();
    };
    let _ = ctrlc::set_handler(handler);
    cancel
}
