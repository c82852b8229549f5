//! The style `realistic` makes a picture better and knows when to stop: nothing is clipped, skin stays skin, a second run finds
//! little left to do, and a preview shows what the full picture will be.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

#[path = "support/ssim.rs"]
mod ssim;

use std::path::Path;

use zhijin::codec::{self, DecodeOptions};
use zhijin::pixel::{Encoding, Layout, Picture, Planes, Size};
use zhijin::{Context, Engine, Job};

/// Pictures painted to look like photographs.
const SCENES: [&str; 3] = ["lanterns", "bust", "still_life"];

fn fixture(name: &str) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/input").join(format!("{name}.png"));
    codec::decode(&std::fs::read(path).unwrap(), &DecodeOptions::default(), &Context::default())
        .unwrap()
        .picture
}

fn realistic(picture: &Picture) -> Picture {
    let engine = Engine::builder().build().unwrap();
    engine.run(&Job::new(picture.clone()).style("realistic")).unwrap().picture
}

fn reduced(picture: &Picture, longer: u32) -> Picture {
    let style = format!("[[step]]\nop = \"resize\"\nlonger = {longer}\nfilter = \"box\"");
    let style = zhijin::Style::from_toml("reduced", &style).unwrap();
    Engine::builder().build().unwrap().run(&Job::new(picture.clone()).with_style(style)).unwrap().picture
}

/// Lightness, a and b of each pixel.
fn oklab(picture: &Picture) -> Vec<[f32; 3]> {
    let planes = Planes::open(picture, Encoding::Oklab, &Context::default()).unwrap();
    let [l, a, b] = [0, 1, 2].map(|c| planes.colour[c].samples());
    (0..l.len()).map(|i| [l[i], a[i], b[i]]).collect()
}

/// The mean distance of colours in Oklab, times 100.
fn apart(a: &Picture, b: &Picture) -> f64 {
    let (a, b) = (oklab(a), oklab(b));
    let square = |(p, q): (&[f32; 3], &[f32; 3])| (0..3).map(|c| f64::from(p[c] - q[c]).powi(2)).sum::<f64>();
    a.iter().zip(&b).map(square).map(f64::sqrt).sum::<f64>() / a.len() as f64 * 100.0
}

#[test]
fn a_second_run_changes_less_than_a_third_of_the_first() {
    for name in SCENES {
        let before = reduced(&fixture(name), 480);
        let once = realistic(&before);
        let (first, second) = (apart(&before, &once), apart(&once, &realistic(&once)));
        assert!(second < first / 3.0 || second < 0.2, "{name}: {first:.2}, then {second:.2}");
    }
}

#[test]
fn nothing_is_clipped_that_was_not() {
    for name in SCENES {
        let before = fixture(name);
        let after = realistic(&before);
        let clipped = |picture: &Picture| -> Vec<bool> {
            let view = picture.as_u8().unwrap();
            view.samples().chunks_exact(3).map(|pixel| pixel.contains(&255)).collect()
        };
        let new = clipped(&before).iter().zip(clipped(&after)).filter(|(was, is)| !**was && *is).count();
        assert!(new * 2000 < before.size().pixels(), "{name}: {new} pixels are clipped now");
    }
}

#[test]
fn skin_keeps_its_hue() {
    let before = reduced(&fixture("bust"), 300);
    let after = realistic(&before);
    let (mut turned, mut grown, mut count) = (0.0, 0.0, 0.0);
    for (p, q) in oklab(&before).iter().zip(oklab(&after)) {
        let (hue, chroma) = (p[2].atan2(p[1]).to_degrees(), p[1].hypot(p[2]));
        if (35.0..70.0).contains(&hue) && (0.04..0.14).contains(&chroma) && (0.4..0.85).contains(&p[0]) {
            turned += f64::from(q[2].atan2(q[1]).to_degrees() - hue);
            // More light on a face brings its chroma along; what must not grow is chroma for its lightness.
            grown += f64::from((q[1].hypot(q[2]) / q[0]) / (chroma / p[0]));
            count += 1.0;
        }
    }
    assert!(count > 1000.0);
    let (turned, grown) = (turned / count, grown / count);
    assert!(
        turned.abs() < 5.0 && (0.9..1.15).contains(&grown),
        "hue by {turned:.1}°, chroma for its lightness times {grown:.2}"
    );
}

#[test]
fn a_preview_shows_what_the_picture_will_be() {
    let full = fixture("lanterns");
    let preview = realistic(&reduced(&full, 600));
    let made = reduced(&realistic(&full), 600);
    let alike = ssim::ssim(&preview, &made);
    assert!(alike >= 0.97, "{alike:.4}");
}

#[test]
fn a_veiled_picture_gets_its_tones_back() {
    for name in SCENES {
        let clear = reduced(&fixture(name), 400);
        let faded = veiled(&clear);
        let range = |picture: &Picture| {
            let mut tones: Vec<f32> = oklab(picture).iter().map(|pixel| pixel[0]).collect();
            tones.sort_by(f32::total_cmp);
            tones[tones.len() * 49 / 50] - tones[tones.len() / 50]
        };
        let (before, after) = (range(&faded), range(&realistic(&faded)));
        assert!(after > 1.25 * before, "{name}: a range of {before:.2} became {after:.2}");
    }
}

/// As through a dirty window: half the contrast, blacks lifted.
fn veiled(picture: &Picture) -> Picture {
    let samples = picture.as_u8().unwrap().samples().iter().map(|v| 70 + v / 2).collect::<Vec<u8>>();
    Picture::new(picture.size(), Layout::Rgb, samples).unwrap()
}

#[test]
fn odd_pictures_come_through() {
    for (w, h) in [(1, 1), (1, 37), (50, 1), (5, 4)] {
        for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
            let size = Size::new(w, h).unwrap();
            let samples: Vec<u8> =
                (0..size.pixels() * layout.channels()).map(|i| (i * 37 % 256) as u8).collect();
            let picture = Picture::new(size, layout, samples).unwrap();
            let made = realistic(&picture);
            assert_eq!((made.size(), made.layout()), (size, layout));
        }
    }
}

#[test]
fn hidden_colour_does_not_show() {
    let size = Size::new(60, 40).unwrap();
    let with = |hidden: u8| {
        let pixel = |i: usize| {
            let (x, tone) = (i % 60, (i * 7 % 90 + 60) as u8);
            if x < 30 { [tone, tone / 2 + 40, 90, 255] } else { [hidden, hidden, hidden, 0] }
        };
        let samples: Vec<u8> = (0..size.pixels()).flat_map(pixel).collect();
        let made = realistic(&Picture::new(size, Layout::Rgba, samples).unwrap());
        let view = made.as_u8().unwrap().samples().to_vec();
        view.chunks_exact(4).filter(|pixel| pixel[3] > 0).flatten().copied().collect::<Vec<u8>>()
    };
    assert_eq!(with(0), with(255));
}
