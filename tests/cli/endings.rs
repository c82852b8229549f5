//! Whatever moment the end comes at, what is there is whole.
#![cfg(unix)]

use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::{Desk, ended, whole};

const PICTURES: u32 = 40;

fn desk() -> Desk {
    let desk = Desk::new();
    for index in 0..PICTURES {
        desk.picture(&format!("in/{index}.png"), 640, 480 + index);
    }
    desk
}

fn batch(desk: &Desk, more: &[&str]) -> Child {
    let words = [&["apply", "cyanotype", "in", "-o", "out/", "--jobs", "3"], more].concat();
    desk.command(&words).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    let sent = std::process::Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Wait until so many results are there.
fn wait_for(desk: &Desk, count: usize) {
    for _ in 0..60_000 {
        let made = desk.listing().iter().filter(|name| name.starts_with("out/")).count();
        if made >= count {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("{count} results never came");
}

/// Every file below out/ is a whole picture under its final name.
fn check(desk: &Desk) -> usize {
    let made: Vec<_> = desk.listing().into_iter().filter(|name| name.starts_with("out/")).collect();
    for name in &made {
        assert!(name.ends_with(".cyanotype.png") && !name.contains("/."), "litter: {name}");
        assert_eq!(whole(&desk.path(name)).0, 640);
    }
    made.len()
}

/// On Linux nothing is left over at all; elsewhere a temporary file may be, and this test is not for there.
#[cfg(target_os = "linux")]
#[test]
fn killed_at_any_moment_only_whole_files_are_left() {
    let desk = desk();
    // A linear congruential sequence (Numerical Recipes): moments that differ, and repeat from run to run.
    let mut chance = 7u32;
    let (mut made, mut interrupted) = (0, 0);
    for round in 0..12 {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let more = 1 + (chance >> 8) as usize % 3;
        let pause = u64::from(chance >> 16) % 20 * round.min(1);
        let mut child = batch(&desk, &["--skip-existing"]);
        wait_for(&desk, (made + more).min(PICTURES as usize));
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        made = check(&desk);
        interrupted += usize::from(made < PICTURES as usize);
        println!("round {round}: {made} whole");
    }
    assert!(interrupted > 0, "the batch was never caught in the middle");
    desk.well(&["apply", "cyanotype", "in", "-o", "out/", "--skip-existing"]);
    assert_eq!(check(&desk), PICTURES as usize);
}

#[test]
fn ctrl_c_ends_with_a_true_account() {
    let desk = desk();
    let child = batch(&desk, &[]);
    wait_for(&desk, 2);
    signal(&child, "-INT");
    let ended = ended(child.wait_with_output().unwrap());
    let made = check(&desk);
    let account = ended.err.lines().last().unwrap_or_default();
    if made < PICTURES as usize {
        let wanted = format!("zhijin: stopped: {made} of {PICTURES} made, {} not", PICTURES as usize - made);
        assert_eq!((ended.code, account), (1, wanted.as_str()));
    }
}
