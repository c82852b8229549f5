//! From far, a cloth is the picture it was designed from.

use super::*;

const YARNS: [[u8; 3]; 6] =
    [[34, 60, 40], [92, 128, 60], [206, 70, 50], [240, 226, 220], [60, 44, 36], [130, 160, 170]];

/// A design with large and small regions, lines and slanted borders.
fn design(width: usize, height: usize) -> Vec<u8> {
    let at = |x: usize, y: usize| {
        let (u, v) = (x as f32 / 16.0, y as f32 / 14.0);
        let hill = (u.sin() + (0.7 * v + 0.3 * u).cos() + (1.9 * u - 1.3 * v).sin()) / 3.0 + 0.5;
        let line = (x + 2 * y) % 61 < 2;
        if line { 4 } else { (hill * 6.0).clamp(0.0, 5.0) as u8 }
    };
    (0..width * height).map(|i| at(i % width, i / width)).collect()
}

/// Weft-faced compound twill: any crossing shows any weft; every second end is a binder.
fn samite(design: &[u8], width: usize) -> Cloth {
    let (height, count) = (design.len() / width, YARNS.len());
    let mut cloth = cloth(width * 2, height * count, [[90, 80, 70], [120, 104, 84]], |pick, end| {
        let (row, column) = (pick / count, end / 2);
        if end % 2 == 0 {
            usize::from(design[row * width + column]) != pick % count
        } else {
            (column + row) % 3 == 0
        }
    });
    cloth.yarns.extend(YARNS.iter().map(|&colour| yarn(colour, Fibre::Silk)));
    for end in (1..width * 2).step_by(2) {
        cloth.warp[end] = (1, End::Binder);
    }
    cloth.weft = (0..height * count).map(|pick| (2 + pick % count) as u8).collect();
    cloth.passes = (0..=height as u32).map(|row| row * count as u32).collect();
    cloth
}

/// CIE lightness of sRGB bytes, scaled down by a whole number in linear light.
fn lightness(rgb: &[u8], width: usize, by: usize) -> Vec<f32> {
    let light: Vec<f32> = (0..=255).map(|v| crate::weave::render::encode::linear([v; 3])[0]).collect();
    let (w, h) = (width / by, rgb.len() / 3 / width / by);
    let of = |x: usize, y: usize| {
        let pixel = &rgb[(y * width + x) * 3..][..3];
        let share = [0.2126, 0.7152, 0.0722];
        (0..3).map(|i| share[i] * light[usize::from(pixel[i])]).sum::<f32>()
    };
    let mean = |x: usize, y: usize| {
        (0..by * by).map(|k| of(x * by + k % by, y * by + k / by)).sum::<f32>() / (by * by) as f32
    };
    let l = |y: f32| if y > 0.008_856 { 116.0 * y.cbrt() - 16.0 } else { 903.3 * y };
    (0..w * h).map(|i| l(mean(i % w, i / w))).collect()
}

/// Structural similarity after Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment" (2004), with windows of
/// 8 × 8.
fn similarity(a: &[f32], b: &[f32], width: usize) -> f32 {
    const SIDE: usize = 8;
    let height = a.len() / width;
    let (c1, c2) = (1.0, 9.0);
    let window = |x: usize, y: usize| {
        let at = |k: usize| (y + k / SIDE) * width + x + k % SIDE;
        let mean = |of: &dyn Fn(usize) -> f32| {
            (0..SIDE * SIDE).map(|k| of(at(k))).sum::<f32>() / (SIDE * SIDE) as f32
        };
        let (ma, mb) = (mean(&|i| a[i]), mean(&|i| b[i]));
        let (va, vb) = (mean(&|i| (a[i] - ma) * (a[i] - ma)), mean(&|i| (b[i] - mb) * (b[i] - mb)));
        let both = mean(&|i| (a[i] - ma) * (b[i] - mb));
        (2.0 * ma * mb + c1) * (2.0 * both + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2))
    };
    let places =
        (0..=height - SIDE).step_by(2).flat_map(|y| (0..=width - SIDE).step_by(2).map(move |x| (x, y)));
    let all: Vec<f32> = places.map(|(x, y)| window(x, y)).collect();
    all.iter().sum::<f32>() / all.len() as f32
}

#[test]
fn scaled_down_it_keeps_the_structure_of_the_design() {
    let (width, height) = (144, 112);
    let design = design(width, height);
    let wanted: Vec<u8> = design.iter().flat_map(|&i| YARNS[usize::from(i)]).collect();
    let wanted = lightness(&wanted, width, 1);
    let cloth = samite(&design, width);
    for scale in [1, 2, 4, 8] {
        let drawn = draw(&cloth, &View::whole(&cloth, size(width * scale, height * scale)));
        let likeness = similarity(&wanted, &lightness(&drawn, width * scale, scale), width);
        println!("{scale} pixels a thread: {likeness:.3}");
        assert!(likeness > 0.80, "{scale} pixels a thread: {likeness}");
    }
}
