use super::*;
use crate::parallel::Pool;

const ALL: [Material; 4] = [Material::Paper, Material::Canvas, Material::Silk, Material::Washi];
const LIGHT: Light = Light { angle: 135.0, relief: 1.0, stain: 1.0 };

fn ground(material: Material, scale: f32) -> Ground {
    Ground { material, scale, seed: 5 }
}

fn lit(material: Material, scale: f32, w: u32, h: u32) -> Plane {
    let size = Size::new(w, h).unwrap();
    ground(material, scale).lit(size, LIGHT, &Context::default()).unwrap()
}

fn statistics(plane: &Plane) -> (f64, f64) {
    let count = plane.samples().len() as f64;
    let mean = plane.samples().iter().map(|v| f64::from(*v)).sum::<f64>() / count;
    let square = plane.samples().iter().map(|v| (f64::from(*v) - mean).powi(2)).sum::<f64>() / count;
    (mean, square.sqrt())
}

/// The mean of each square of `by` pixels.
fn reduced(plane: &Plane, by: usize) -> Plane {
    let size = Size::from_usize(plane.size().width() / by, plane.size().height() / by).unwrap();
    Plane::from_fn(size, |x, y| {
        let rows = (y * by..(y + 1) * by).map(|y| plane.row(y)[x * by..(x + 1) * by].iter().sum::<f32>());
        rows.sum::<f32>() / (by * by) as f32
    })
}

#[test]
fn the_light_of_a_ground_is_one_on_average() {
    for material in ALL {
        let (mean, deviation) = statistics(&lit(material, 4.0, 900, 400));
        assert!((mean - 1.0).abs() < 0.05, "{material:?}: {mean}");
        assert!((0.02..0.3).contains(&deviation), "{material:?}: {deviation}");
        let size = Size::new(2400, 300).unwrap();
        let height = ground(material, 8.0).height(size, &Context::default()).unwrap();
        let (mean, deviation) = statistics(&height);
        assert!(mean.abs() < 0.4 && (0.3..1.5).contains(&deviation), "{material:?}: {mean} {deviation}");
    }
}

#[test]
fn a_preview_is_the_full_ground_reduced() {
    for material in ALL {
        let (full, small) = (lit(material, 12.0, 1536, 768), lit(material, 12.0, 512, 256));
        let full = reduced(&full, 3);
        let apart = Plane::from_fn(small.size(), |x, y| full.row(y)[x] - small.row(y)[x]);
        let (_, whole) = statistics(&full);
        let (_, apart) = statistics(&apart);
        assert!(apart < 0.55 * whole, "{material:?}: they differ by {apart} of {whole}");
    }
}

#[test]
fn threads_finer_than_a_pixel_fade_to_their_mean() {
    // What is left is sheen and stains, which are as large as they were.
    for material in [Material::Canvas, Material::Silk] {
        let (_, deviation) = statistics(&lit(material, 0.8, 700, 300));
        assert!(deviation < 0.035, "{material:?}: {deviation}");
    }
}

#[test]
fn threads_of_the_pool_levels_and_bands_do_not_show() {
    for material in ALL {
        for (w, h) in [(1, 1), (1, 40), (33, 1), (67, 70)] {
            let run = |level, threads| {
                let context = Context { level, ..Context::default() };
                let size = Size::new(w, h).unwrap();
                let lit = || ground(material, 30.0).lit(size, LIGHT, &context).unwrap();
                let plane = Pool::new(threads).unwrap().run(lit);
                plane.into_samples().into_iter().map(f32::to_bits).collect::<Vec<_>>()
            };
            let plain = run(Level::PLAIN, 1);
            assert!(plain.iter().all(|bits| f32::from_bits(*bits).is_finite()));
            for level in Level::available() {
                for threads in [1, 2, 5] {
                    assert_eq!(run(level, threads), plain, "{material:?} {w}×{h} {level} {threads}");
                }
            }
        }
    }
}

#[test]
fn a_row_is_the_same_in_any_band() {
    let size = Size::new(200, 150).unwrap();
    for material in ALL {
        let maker = ground(material, 20.0).maker(size);
        let level = Level::detect();
        let (all, one) = (maker.rows(level, 10..50), maker.rows(level, 37..38));
        assert_eq!(all.height[27 * 200..28 * 200], one.height[..], "{material:?}");
        assert_eq!(all.tone[27 * 200..28 * 200], one.tone[..], "{material:?}");
    }
}
