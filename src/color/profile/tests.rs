//! Profiles are written by moxcms and checked against matrices and curves computed here, in `f64`, from
//! the chromaticities in the standards.

use moxcms::{LutDataType, LutStore, Matrix3d, ToneReprCurve};

use super::*;
use crate::color::curve::encode_srgb;
use crate::kernel::Level;
use crate::parallel::Pool;
use crate::pixel::{Depth, Samples};
use crate::test_support::Random;

type M = [[f64; 3]; 3];

const D65: [f64; 2] = [0.3127, 0.3290];
const SRGB: [[f64; 2]; 3] = [[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]];
const P3: [[f64; 2]; 3] = [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06]];
const ADOBE: [[f64; 2]; 3] = [[0.64, 0.33], [0.21, 0.71], [0.15, 0.06]];

fn mul(a: M, b: M) -> M {
    std::array::from_fn(|y| std::array::from_fn(|x| (0..3).map(|k| a[y][k] * b[k][x]).sum()))
}

fn inverse(m: M) -> M {
    let minor = |y: usize, x: usize| {
        let (a, b, c, d) = ((y + 1) % 3, (y + 2) % 3, (x + 1) % 3, (x + 2) % 3);
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant: f64 = (0..3).map(|x| m[0][x] * minor(0, x)).sum();
    std::array::from_fn(|y| std::array::from_fn(|x| minor(x, y) / determinant))
}

/// Light to XYZ, from the chromaticities of the primaries and of white (SMPTE RP 177).
fn to_xyz(primaries: [[f64; 2]; 3]) -> M {
    let xyz = |[x, y]: [f64; 2]| [x / y, 1.0, (1.0 - x - y) / y];
    let (columns, white) = (primaries.map(xyz), xyz(D65));
    let p: M = std::array::from_fn(|y| std::array::from_fn(|x| columns[x][y]));
    let back = inverse(p);
    let share: [f64; 3] = std::array::from_fn(|y| (0..3).map(|x| back[y][x] * white[x]).sum());
    std::array::from_fn(|y| std::array::from_fn(|x| p[y][x] * share[x]))
}

/// From light under these primaries to light under those of sRGB. Both have the same white, so that the
/// way over D50 cancels out.
fn by_the_standard(primaries: [[f64; 2]; 3]) -> M {
    mul(inverse(to_xyz(SRGB)), to_xyz(primaries))
}

/// The same as the numbers in the profile say it, with white kept white.
fn by_the_file(icc: &[u8]) -> M {
    let columns = |profile: ColorProfile| {
        let [r, g, b] = [profile.red_colorant, profile.green_colorant, profile.blue_colorant];
        [[r.x, g.x, b.x], [r.y, g.y, b.y], [r.z, g.z, b.z]]
    };
    let file = columns(ColorProfile::new_from_slice(icc).unwrap());
    mul(inverse(columns(ColorProfile::new_srgb())), file).map(|row| row.map(|v| v / row.iter().sum::<f64>()))
}

/// Stored 0..=1 under `matrix` and `curve` to stored sRGB.
fn exact(matrix: M, curve: impl Fn(f64) -> f64, rgb: [f64; 3]) -> [f64; 3] {
    let light = rgb.map(curve);
    matrix.map(|row| encode_srgb((0..3).map(|x| row[x] * light[x]).sum()))
}

fn srgb_curve(v: f64) -> f64 {
    if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
}

fn light_apart(a: f64, b: f64) -> f64 {
    let light = |v: f64| srgb_curve(v.abs()).copysign(v);
    (light(a) - light(b)).abs()
}

fn picture(depth: Depth, layout: Layout, width: u32, height: u32, random: &mut Random) -> Picture {
    let size = Size::new(width, height).unwrap();
    let count = size.pixels() * layout.channels();
    let samples: Samples = match depth {
        Depth::U8 => (0..count).map(|_| random.below(256) as u8).collect::<Vec<_>>().into(),
        Depth::U16 => (0..count).map(|_| random.below(65536) as u16).collect::<Vec<_>>().into(),
        Depth::F32 => (0..count).map(|_| random.unit()).collect::<Vec<_>>().into(),
    };
    Picture::new(size, layout, samples).unwrap()
}

/// All samples on 0..=1.
fn unit(picture: &Picture) -> Vec<f64> {
    match picture.samples() {
        Samples::U8(s) => s.iter().map(|&v| f64::from(v) / 255.0).collect(),
        Samples::U16(s) => s.iter().map(|&v| f64::from(v) / 65535.0).collect(),
        Samples::F32(s) => s.iter().map(|&v| f64::from(v)).collect(),
    }
}

fn agrees(profile: &ColorProfile, primaries: [[f64; 2]; 3], curve: impl Fn(f64) -> f64) {
    let icc = profile.encode().unwrap();
    let (standard, file) = (by_the_standard(primaries), by_the_file(&icc));
    let mut random = Random::new("profile agrees");
    for depth in [Depth::U8, Depth::U16, Depth::F32] {
        for layout in [Layout::Rgb, Layout::Rgba] {
            let before = picture(depth, layout, 67, 70, &mut random);
            let after = to_srgb(before.clone(), &icc, &Context::default()).unwrap();
            let channels = layout.channels();
            for (from, to) in unit(&before).chunks(channels).zip(unit(&after).chunks(channels)) {
                let inside = |v: f64| if depth == Depth::F32 { v } else { v.clamp(0.0, 1.0) };
                let rgb = [from[0], from[1], from[2]];
                let expected = exact(standard, &curve, rgb).map(inside);
                let tight = exact(file, &curve, rgb).map(inside);
                for c in 0..3 {
                    // Published profiles round their primaries: up to 4e-4 of light near the gamut's edge.
                    let level = if depth == Depth::U8 { 1.0 / 255.0 } else { 0.0 };
                    let near = (to[c] - expected[c]).abs() <= level || light_apart(to[c], expected[c]) < 4e-4;
                    assert!(near, "{depth:?} {from:?}: {} {}", to[c], expected[c]);
                    // The parameters of a curve are rounded as well, to 1/65536, and the curve is steep near black.
                    let step = if depth == Depth::U8 { 0.51 / 255.0 } else { 8.0 / 65535.0 };
                    assert!((to[c] - tight[c]).abs() <= step, "{depth:?} {from:?}: {} {}", to[c], tight[c]);
                }
                assert_eq!(from[3..], to[3..], "alpha stays");
            }
        }
    }
}

#[test]
fn display_p3_agrees_with_the_standard() {
    agrees(&ColorProfile::new_display_p3(), P3, srgb_curve);
}

#[test]
fn adobe_rgb_agrees_with_the_standard() {
    agrees(&ColorProfile::new_adobe_rgb(), ADOBE, |v| v.powf(563.0 / 256.0));
}

#[test]
fn white_and_greys_stay_neutral() {
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let greys: Vec<u16> = (0..=255u16).flat_map(|v| [v * 257; 3]).collect();
    let before = Picture::new(Size::new(256, 1).unwrap(), Layout::Rgb, greys).unwrap();
    let after = to_srgb(before.clone(), &icc, &Context::default()).unwrap();
    for (a, b) in unit(&before).iter().zip(unit(&after)) {
        assert!((a - b).abs() < 3.0 / 65535.0, "{a} {b}");
    }
}

#[test]
fn a_profile_of_srgb_leaves_every_bit() {
    let mut random = Random::new("identity");
    let table =
        ToneReprCurve::Lut((0..1024).map(|i| (srgb_curve(f64::from(i) / 1023.0) * 65535.0) as u16).collect());
    let mut as_table = ColorProfile::new_srgb();
    as_table.red_trc = Some(table.clone());
    as_table.green_trc = Some(table.clone());
    as_table.blue_trc = Some(table.clone());
    as_table.description = None;
    let mut grey = ColorProfile::new_gray_with_gamma(2.2);
    grey.gray_trc = Some(table);
    for (profile, layout) in
        [(ColorProfile::new_srgb(), Layout::Rgb), (as_table, Layout::Rgba), (grey, Layout::GreyAlpha)]
    {
        let before = picture(Depth::F32, layout, 9, 7, &mut random);
        let address = before.as_f32().unwrap().samples().as_ptr();
        let after = to_srgb(before.clone(), &profile.encode().unwrap(), &Context::default()).unwrap();
        assert_eq!(after, before);
        let moved = to_srgb(before, &profile.encode().unwrap(), &Context::default()).unwrap();
        assert_eq!(moved.as_f32().unwrap().samples().as_ptr(), address, "no copy is made");
    }
}

#[test]
fn grey_gammas_become_the_curve_of_srgb() {
    let mut dots = ColorProfile::new_gray_with_gamma(1.8);
    let dot_gain = |v: f64| v.powf(1.75) * 0.9 + 0.1 * v;
    let table = (0..256).map(|i| (dot_gain(f64::from(i) / 255.0) * 65535.0).round() as u16).collect();
    dots.gray_trc = Some(ToneReprCurve::Lut(table));
    let gamma = |v: f64| v.powf(563.0 / 256.0);
    let cases: [(ColorProfile, &dyn Fn(f64) -> f64); 2] =
        [(ColorProfile::new_gray_with_gamma(2.2), &gamma), (dots, &dot_gain)];
    let mut random = Random::new("grey");
    for (profile, curve) in cases {
        for depth in [Depth::U8, Depth::U16, Depth::F32] {
            let before = picture(depth, Layout::GreyAlpha, 256, 3, &mut random);
            let after = to_srgb(before.clone(), &profile.encode().unwrap(), &Context::default()).unwrap();
            for (from, to) in unit(&before).chunks(2).zip(unit(&after).chunks(2)) {
                let expected = encode_srgb(curve(from[0]));
                let tolerance = if depth == Depth::U8 { 0.51 / 255.0 } else { 3e-4 };
                assert!((to[0] - expected).abs() <= tolerance, "{depth:?} {} {} {expected}", from[0], to[0]);
                assert_eq!(from[1], to[1]);
            }
        }
    }
}

#[test]
fn threads_and_levels_do_not_show() {
    let mut random = Random::new("threads");
    for profile in [ColorProfile::new_adobe_rgb(), table_profile(DataColorSpace::Rgb, 3)] {
        let icc = profile.encode().unwrap();
        let before = picture(Depth::U16, Layout::Rgba, 33, 200, &mut random);
        let run = |threads, level| {
            let context = Context { level, ..Context::default() };
            Pool::new(threads).unwrap().run(|| to_srgb(before.clone(), &icc, &context)).unwrap()
        };
        let one = run(1, Level::PLAIN);
        assert_ne!(one, before);
        for level in Level::available() {
            assert!(run(1, level) == one && run(2, level) == one && run(5, level) == one, "{level}");
        }
    }
}

#[test]
fn what_does_not_fit_is_ignored() {
    let mut random = Random::new("misfits");
    let rgb = ColorProfile::new_adobe_rgb();
    let mut link = ColorProfile::new_adobe_rgb();
    link.profile_class = ProfileClass::DeviceLink;
    let (grey, lab) = (ColorProfile::new_gray_with_gamma(2.2), ColorProfile::new_lab());
    let cases = [(&rgb, Layout::Grey), (&grey, Layout::Rgb), (&lab, Layout::Rgb), (&link, Layout::Rgba)];
    for (profile, layout) in cases {
        let before = picture(Depth::U8, layout, 5, 4, &mut random);
        let icc = profile.encode().unwrap_or_default();
        assert_eq!(to_srgb(before.clone(), &icc, &Context::default()).unwrap(), before);
    }
}

#[test]
fn no_profile_can_make_it_panic() {
    let mut random = Random::new("hostile profiles");
    let before = picture(Depth::U8, Layout::Rgb, 3, 3, &mut random);
    let inks = [0u8; 36];
    for profile in [
        ColorProfile::new_display_p3(),
        ColorProfile::new_gray_with_gamma(2.2),
        table_profile(DataColorSpace::Rgb, 3),
        table_profile(DataColorSpace::Cmyk, 4),
    ] {
        let icc = profile.encode().unwrap();
        for length in (0..icc.len()).step_by(icc.len() / 100 + 1) {
            to_srgb(before.clone(), &icc[..length], &Context::default()).unwrap();
        }
        for _ in 0..300 {
            let mut broken = icc.clone();
            for _ in 0..1 + random.below(6) {
                let at = random.below(broken.len());
                broken[at] = random.next() as u8;
            }
            let done = to_srgb(before.clone(), &broken, &Context::default());
            assert!(!matches!(done, Err(Error::Fault { .. })), "{random}");
            let done = cmyk_to_srgb(before.size(), &inks, Some(&broken), &Context::default());
            assert!(!matches!(done, Err(Error::Fault { .. })), "{random}");
        }
    }
}

/// A profile whose table says that the lightness L* falls from 100 by 50 with the first channel and to
/// zero with all of them; everything is neutral.
fn table_profile(space: DataColorSpace, channels: usize) -> ColorProfile {
    let full = (1 << channels) - 1;
    // lut16Type writes Lab as in version 2: L* 100 is 0xff00, neutral a* and b* are 0x8000.
    let lightness = |corner: usize| match corner {
        0 => 0xff00,
        corner if corner == full => 0,
        // The first channel varies slowest.
        corner if corner == 1 << (channels - 1) => 0x7f80,
        _ => 0x2000,
    };
    let line: Vec<u16> = vec![0, 65535];
    let mut profile = ColorProfile::new_srgb();
    profile.profile_class = ProfileClass::OutputDevice;
    profile.color_space = space;
    profile.pcs = DataColorSpace::Lab;
    profile.cicp = None;
    profile.lut_a_to_b_perceptual = Some(LutWarehouse::Lut(LutDataType {
        num_input_channels: channels as u8,
        num_output_channels: 3,
        num_clut_grid_points: 2,
        matrix: Matrix3d { v: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]] },
        num_input_table_entries: 2,
        num_output_table_entries: 2,
        input_table: LutStore::Store16(line.repeat(channels)),
        clut_table: LutStore::Store16((0..=full).flat_map(|i| [lightness(i), 0x8000, 0x8000]).collect()),
        output_table: LutStore::Store16(line.repeat(3)),
        lut_type: LutType::Lut16,
    }));
    profile
}

#[test]
fn inks_go_through_the_table_of_their_profile() {
    let icc = table_profile(DataColorSpace::Cmyk, 4).encode().unwrap();
    let inks = [0, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];
    let size = Size::new(3, 1).unwrap();
    let done = cmyk_to_srgb(size, &inks, Some(&icc), &Context::default()).unwrap();
    // L* 50 is 18.42 % of the light, which sRGB stores as 119.
    for (value, expected) in
        done.as_u8().unwrap().samples().iter().zip([255, 255, 255, 119, 119, 119, 0, 0, 0])
    {
        assert!(value.abs_diff(expected) <= 1, "{done:?}");
    }
}

#[test]
fn without_a_profile_inks_take_their_share_of_light() {
    let inks = [0, 0, 0, 0, 255, 0, 0, 0, 0, 128, 0, 51, 10, 20, 30, 255];
    let size = Size::new(2, 2).unwrap();
    for icc in [None, Some(&b"no profile"[..]), Some(&ColorProfile::new_srgb().encode().unwrap())] {
        let done = cmyk_to_srgb(size, &inks, icc, &Context::default()).unwrap();
        let expected = [255, 255, 255, 0, 255, 255, 204, 102, 204, 0, 0, 0];
        assert_eq!(done.as_u8().unwrap().samples(), expected);
    }
}
