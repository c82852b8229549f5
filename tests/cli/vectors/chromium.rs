//! A browser as a witness, where there is one: `ZHIJIN_CHROMIUM` names it, or it is found by its name.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::Desk;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "headless_shell"];

fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ZHIJIN_CHROMIUM") {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|path| path.is_file())
}

/// What a browser shows of a drawing; `None`, told, if there is no browser.
#[allow(clippy::print_stdout, reason = "who runs the test should know that nothing was compared")]
pub(super) fn shot(desk: &Desk, name: &str, (width, height): (usize, usize)) -> Option<image::RgbImage> {
    let Some(browser) = browser() else {
        println!("no Chromium here: name one in ZHIJIN_CHROMIUM to compare with what it shows");
        return None;
    };
    let target = desk.path("shot.png");
    let done = Command::new(&browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
        ])
        .arg(format!("--window-size={width},{}", height + 200))
        .arg(format!("--screenshot={}", target.display()))
        .arg(format!("--user-data-dir={}", desk.path("browser").display()))
        .arg(url(&desk.path(name)))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap_or_else(|error| panic!("{} does not start: {error}", browser.display()));
    assert!(done.success(), "{} ended with {done}", browser.display());
    let shot = image::open(&target).expect("a screenshot").to_rgb8();
    Some(image::imageops::crop_imm(&shot, 0, 0, width as u32, height as u32).to_image())
}

fn url(path: &Path) -> String {
    format!("file://{}", path.display())
}
