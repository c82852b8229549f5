use super::*;
use crate::kernel::Level;
use crate::line::flow;
use crate::parallel::Pool;
use crate::test_support::Random;

const OPTIONS: Kuwahara = Kuwahara { radius: 4.0, sharpness: 8.0, stretch: 1.0, scales: 2 };

fn random(size: Size, random: &mut Random) -> [Plane; 3] {
    [0; 3].map(|_| Plane::from_fn(size, |_, _| random.unit()))
}

fn made(planes: &[Plane; 3], options: &Kuwahara, context: &Context) -> [Plane; 3] {
    let planes = planes.each_ref();
    let way = flow(&planes, 2.0, 8.0, context).unwrap();
    let broad = Plane::filled(planes[0].size(), 0.8);
    kuwahara(planes, &way, &broad, options, context).unwrap()
}

/// The filter written down as it is defined, a sample at a time.
fn oracle(planes: &[Plane; 3], flow: &Flow, options: &Kuwahara) -> [Plane; 3] {
    let size = planes[0].size();
    let disc = disc();
    let mut out = planes.clone();
    for y in 0..size.height() {
        for x in 0..size.width() {
            let i = (y / 2) * flow.size().width() + x / 2;
            let ([tx, ty], trust) = (flow.tangents()[i], flow.anisotropy().samples()[i]);
            let longer = 1.0 + options.stretch * trust;
            let look = |point: u32, c: usize| {
                let [u, v] = disc.points[point as usize];
                let (a, b) = (options.radius * longer, options.radius / longer);
                let dx = (a * tx * u + -b * ty * v).round_ties_even() as isize;
                let dy = (a * ty * u + b * tx * v).round_ties_even() as isize;
                let near = |at: isize, len: usize| {
                    let mut at = at;
                    while at < 0 || at >= len as isize {
                        at = if at < 0 { -1 - at } else { 2 * len as isize - 1 - at };
                    }
                    at as usize
                };
                planes[c].row(near(y as isize + dy, size.height()))[near(x as isize + dx, size.width())]
            };
            let (mut sums, mut total) = ([0f64; 3], 0f64);
            for points in &disc.sectors {
                let moment = |c: usize, power: i32| -> f64 {
                    points.iter().map(|(p, w)| f64::from(*w) * f64::from(look(*p, c)).powi(power)).sum()
                };
                let variance = |c: usize| moment(c, 2) - moment(c, 1).powi(2);
                let varied = variance(0) + 2.0 * (variance(1) + variance(2));
                let counts = 1.0 / (1.0 + (255.0 * varied.max(0.0)).powf(f64::from(options.sharpness) / 2.0));
                (0..3).for_each(|c| sums[c] += counts * moment(c, 1));
                total += counts;
            }
            (0..3).for_each(|c| out[c].row_mut(y)[x] = (sums[c] / total) as f32);
        }
    }
    out
}

#[test]
fn it_is_what_the_definition_says() {
    let mut chance = Random::new("paint::kuwahara");
    let context = Context::default();
    for (width, height) in [(1, 1), (1, 40), (33, 1), (47, 38), (64, 9)] {
        let planes = random(Size::new(width, height).unwrap(), &mut chance);
        let planes = planes.map(|plane| crate::line::blurred(&plane, 1.5, &context).unwrap());
        let options = Kuwahara { scales: 1, ..OPTIONS };
        let way = flow(&planes.each_ref(), 2.0, 8.0, &context).unwrap();
        let fast = made(&planes, &options, &context);
        for (fast, slow) in fast.iter().zip(&oracle(&planes, &way, &options)) {
            for (a, b) in fast.samples().iter().zip(slow.samples()) {
                assert!((a - b).abs() < 2e-3, "{width}×{height}: {a} is not {b}, {chance}");
            }
        }
    }
}

#[test]
fn an_edge_stays_where_it_is_and_noise_goes() {
    let mut chance = Random::new("paint::kuwahara edge");
    let size = Size::new(60, 40).unwrap();
    let noisy = |x: usize, chance: &mut Random| if x < 30 { 0.3 } else { 0.7 } + 0.04 * (chance.unit() - 0.5);
    let planes = [0; 3].map(|_| Plane::from_fn(size, |x, _| noisy(x, &mut chance)));
    let out = made(&planes, &OPTIONS, &Context::default());
    for y in 4..36 {
        let row = out[0].row(y);
        assert!((row[28] - 0.3).abs() < 0.02 && (row[31] - 0.7).abs() < 0.02, "{row:?}, {chance}");
    }
}

#[test]
fn threads_and_levels_make_no_difference() {
    let mut chance = Random::new("paint::kuwahara threads");
    let planes = random(Size::new(150, 90).unwrap(), &mut chance);
    let first = made(&planes, &OPTIONS, &Context { level: Level::PLAIN, ..Context::default() });
    for level in Level::available() {
        for threads in [1, 3] {
            let pool = Some(std::sync::Arc::new(Pool::new(threads).unwrap()));
            let again = made(&planes, &OPTIONS, &Context { level, pool, ..Context::default() });
            let alike = first.iter().zip(&again).all(|(a, b)| a.samples() == b.samples());
            assert!(alike, "{level}, {threads} threads, {chance}");
        }
    }
}
