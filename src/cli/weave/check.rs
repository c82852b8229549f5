//! `zhijin weave --check`: is it cloth, and can it be woven?

use zhijin::weave::check::{Limits, Report, check_wif};

use super::WeaveArgs;
use crate::cli::inputs::{Found, Input};
use crate::cli::{Exit, Failure, out};

/// Checks every draft; what cannot be woven as it is makes the run fail.
pub(super) fn run(asked: &WeaveArgs, found: &Found, most: u64) -> Result<Exit, Failure> {
    let mut sound = found.problems.is_empty();
    for problem in &found.problems {
        out::note(&format!("zhijin: {}: {}", problem.name, problem.what));
    }
    for input in &found.inputs {
        sound &= match checked(asked, input, most) {
            Ok(report) => tell(asked, input, &report)?,
            Err(what) => {
                if asked.show.json {
                    let object =
                        serde_json::json!({ "input": input.name(), "status": "failed", "error": what });
                    out::line(&object.to_string())?;
                }
                out::note(&format!("zhijin: {}: {}", input.name(), out::plain(&what)));
                false
            }
        };
    }
    Ok(if sound { Exit::Made } else { Exit::NotMade })
}

fn checked(asked: &WeaveArgs, input: &Input, most: u64) -> Result<Report, String> {
    let bytes = input.read(most)?;
    check_wif(&bytes, !asked.order.once, &Limits::default())
        .map_err(|what| format!("no draft to check: {what}; zhijin checks WIF files (.wif)"))
}

/// The report, and whether the draft holds.
fn tell(asked: &WeaveArgs, input: &Input, report: &Report) -> Result<bool, Failure> {
    let (weft, warp) = (asked.order.max_float, asked.order.max_warp_float);
    let most = |limit: Option<u16>| limit.map_or(usize::MAX, usize::from);
    let sound = report.is_sound(most(weft), most(warp.or(weft)));
    if asked.show.json {
        let mut object: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap_or_default();
        object["input"] = input.name().into();
        object["status"] = if sound { "sound" } else { "unsound" }.into();
        out::line(&object.to_string())?;
    } else if asked.show.quiet == 0 {
        out::line(&format!("{}: {}", input.name(), if sound { "sound" } else { "not sound" }))?;
        out::line(&super::shown(&report.to_string()))?;
    }
    Ok(sound)
}
