//! A thin lens on a camera that stands level, and the loop over the pixels of a picture.

use crate::film::Painting;
use crate::maths::{V2, V3, cos, sin, v2, v3};
use crate::noise::chance;

/// A camera at `eye` that looks along z with its picture plane upright, as architects' cameras do: uprights stay upright.
pub(crate) struct Lens {
    pub(crate) eye: V3,
    /// Tangent of half the angle of view, upright.
    pub(crate) half: f32,
    /// How far the picture's middle lies above the horizon, as a tangent.
    pub(crate) rise: f32,
    /// Radius of the opening, and how far away things are sharp.
    pub(crate) opening: f32,
    pub(crate) focus: f32,
}

#[derive(Clone, Copy)]
pub(crate) struct Ray {
    pub(crate) from: V3,
    pub(crate) to: V3,
}

impl Ray {
    pub(crate) fn at(&self, t: f32) -> V3 {
        self.from + self.to * t
    }
}

/// What a ray brings home: light, and the object it met first.
pub(crate) struct Seen {
    pub(crate) light: V3,
    pub(crate) object: u16,
}

impl Lens {
    /// The ray through a place of the picture (−1 to 1 upright, wider across) and a place of the opening (a unit disc).
    fn ray(&self, place: V2, open: V2) -> Ray {
        let aim = v3(place.x * self.half, place.y * self.half + self.rise, 1.0);
        let offset = v3(open.x, open.y, 0.0) * self.opening;
        Ray { from: self.eye + offset, to: (aim * self.focus - offset).unit() }
    }
}

/// Random numbers of one sample of one pixel: as many as are asked for, always the same.
pub(crate) struct Luck {
    x: i32,
    y: i32,
    state: u32,
}

impl Luck {
    /// In `0.0..1.0`.
    pub(crate) fn next(&mut self) -> f32 {
        self.state = self.state.wrapping_add(0x9e37_79b9);
        chance(self.x, self.y, self.state)
    }
}

/// Takes `samples` looks through every pixel. Rows are dealt out to threads; a pixel depends on nothing but its place.
pub(crate) fn expose(
    (width, height): (usize, usize),
    samples: u32,
    seed: u32,
    lens: &Lens,
    look: impl Fn(Ray, &mut Luck) -> Seen + Sync,
) -> Painting {
    let mut rows = vec![(vec![[0.0; 3]; width], vec![0; width]); height];
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::Mutex::new(rows.iter_mut().enumerate());
    let take = || next.lock().ok().and_then(|mut rows| rows.next());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((y, (light, object))) = take() {
                    for x in 0..width {
                        let pixel = Pixel { x, y, width, height, samples, seed };
                        (light[x], object[x]) = pixel.expose(lens, &look);
                    }
                }
            });
        }
    });
    let object = rows.iter().flat_map(|row| row.1.iter().copied()).collect();
    Painting { width, height, light: rows.into_iter().flat_map(|row| row.0).collect(), object }
}

struct Pixel {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    samples: u32,
    seed: u32,
}

impl Pixel {
    /// Light of the samples, each cut off where it would outshine its neighbours for good, and the object in the middle.
    fn expose(&self, lens: &Lens, look: &impl Fn(Ray, &mut Luck) -> Seen) -> ([f32; 3], u16) {
        let mut sum = V3::default();
        for n in 0..self.samples {
            let mut luck = self.luck(n);
            let place = self.place(spread(n, luck.x, luck.y, self.seed));
            let angle = std::f32::consts::TAU * luck.next();
            let radius = luck.next().sqrt();
            let ray = lens.ray(place, v2(cos(angle), sin(angle)) * radius);
            sum += look(ray, &mut luck).light.map(|v| v.min(24.0));
        }
        let light = sum * (1.0 / self.samples as f32);
        let middle = lens.ray(self.place(v2(0.5, 0.5)), v2(0.0, 0.0));
        ([light.x, light.y, light.z], look(middle, &mut self.luck(0)).object)
    }

    fn luck(&self, n: u32) -> Luck {
        Luck { x: self.x as i32, y: self.y as i32, state: self.seed.wrapping_mul(0x51ed_270b) ^ (n << 8) }
    }

    fn place(&self, within: V2) -> V2 {
        let (w, h) = (self.width as f32, self.height as f32);
        v2((2.0 * (self.x as f32 + within.x) - w) / h, (h - 2.0 * (self.y as f32 + within.y)) / h)
    }
}

/// Points that fill the pixel evenly however many there are (the R2 sequence: Roberts, "The unreasonable effectiveness
/// of quasirandom sequences", 2018), begun elsewhere in each pixel.
fn spread(n: u32, x: i32, y: i32, seed: u32) -> V2 {
    let turn = |start: f32, step: f32| (start + step * n as f32).fract();
    v2(turn(chance(x, y, seed ^ 0xa5), 0.754_877_7), turn(chance(x, y, seed ^ 0x5a), 0.569_840_3))
}
