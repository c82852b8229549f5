//! Small weaves, compared with pictures that are looked at in review. To accept new ones:
//! `ZHIJIN_BLESS=1 cargo test --lib weave::render`.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use super::*;

const COLOURS: [[u8; 3]; 2] = [[180, 40, 60], [220, 190, 110]];

#[test]
fn small_weaves_look_as_they_did() {
    let plain = cloth(2, 2, COLOURS, |pick, end| (pick + end) % 2 == 0);
    let twill = cloth(3, 3, COLOURS, |pick, end| (end + 2 * pick) % 3 < 2);
    let satin = cloth(5, 5, COLOURS, |pick, end| (end + 3 * pick) % 5 != 0);
    for (name, cloth) in [("plain", plain), ("twill", twill), ("satin", satin)] {
        // From tables, from tables and filtered, and from the threads themselves.
        for (kind, side) in [("far", 48), ("between", 50), ("near", 120)] {
            let across = 24.0 / if kind == "near" { 2.0 } else { 1.0 } / cloth.warp.len() as f32;
            let view = View::repeats(&cloth, size(side, side), across, across);
            compare(&format!("{name}_{kind}"), side, &draw(&cloth, &view));
        }
    }
}

fn compare(name: &str, side: usize, drawn: &[u8]) {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "fixtures", "weave", &format!("{name}.png")].iter().collect();
    if std::env::var_os("ZHIJIN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut encoder = png::Encoder::new(File::create(&path).unwrap(), side as u32, side as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(drawn).unwrap();
    }
    let mut reader = png::Decoder::new(BufReader::new(File::open(&path).unwrap())).read_info().unwrap();
    let mut known = vec![0; side * side * 3];
    reader.next_frame(&mut known).unwrap();
    let other = known.iter().zip(drawn).filter(|(a, b)| a != b).count();
    assert_eq!(other, 0, "{} differs; if it is better, bless it: ZHIJIN_BLESS=1", path.display());
}
