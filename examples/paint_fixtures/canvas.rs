//! A sheet to paint on, in linear light and finer than the picture, and the way from there to a PNG.

use std::error::Error;
use std::path::Path;

use crate::maths::{V2, V3, pow, ramp, v2, v3};
use crate::noise::chance;

/// How many samples a pixel has in each direction.
const FINE: usize = 2;

/// Linear-light colours, `FINE` × `FINE` to a pixel. Everybody else counts in pixels of the finished picture.
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    samples: Vec<V3>,
}

/// A rectangle: left, top, right, bottom.
#[derive(Clone, Copy)]
pub(crate) struct Bounds(pub(crate) f32, pub(crate) f32, pub(crate) f32, pub(crate) f32);

impl Bounds {
    pub(crate) fn around(centre: V2, reach: f32) -> Self {
        Self(centre.x - reach, centre.y - reach, centre.x + reach, centre.y + reach)
    }
}

impl Canvas {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, samples: vec![V3::default(); width * height * FINE * FINE] }
    }

    pub(crate) fn all(&self) -> Bounds {
        Bounds(0.0, 0.0, self.width as f32, self.height as f32)
    }

    /// Replaces every sample within `bounds` by what `brush` makes of its place and present colour.
    /// Rows are dealt out to the machine's threads; a sample depends on nothing but itself, so nobody can tell.
    pub(crate) fn paint(&mut self, bounds: Bounds, brush: impl Fn(V2, V3) -> V3 + Sync) {
        let (columns, rows) = (self.width * FINE, self.height * FINE);
        let index = |x: f32, end: usize| ((x * FINE as f32).floor().max(0.0) as usize).min(end);
        let (left, right) = (index(bounds.0, columns), index(bounds.2 + 1.0, columns));
        let (top, bottom) = (index(bounds.1, rows), index(bounds.3 + 1.0, rows));
        if left >= right || top >= bottom {
            return;
        }
        let row = |y: usize, samples: &mut [V3]| {
            for (x, sample) in (left..right).zip(&mut samples[left..right]) {
                *sample = brush(place(x, y), *sample);
            }
        };
        let area = &mut self.samples[top * columns..bottom * columns];
        if (right - left) * (bottom - top) < 10_000 {
            area.chunks_mut(columns).enumerate().for_each(|(y, samples)| row(top + y, samples));
            return;
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = (bottom - top).div_ceil(threads);
        std::thread::scope(|scope| {
            for (n, band) in area.chunks_mut(share * columns).enumerate() {
                let row = &row;
                scope.spawn(move || {
                    band.chunks_mut(columns)
                        .enumerate()
                        .for_each(|(y, samples)| row(top + n * share + y, samples));
                });
            }
        });
    }

    /// Lays `colour` over everything that `cover` (0 to 1) covers.
    pub(crate) fn fill(&mut self, bounds: Bounds, colour: V3, cover: impl Fn(V2) -> f32 + Sync) {
        self.paint(bounds, |p, under| under.mix(colour, cover(p)));
    }

    /// Light: added, never covering.
    pub(crate) fn glow(&mut self, centre: V2, reach: f32, light: V3, fall: impl Fn(f32) -> f32 + Sync) {
        self.paint(Bounds::around(centre, reach), |p, under| {
            let d = (p - centre).length() / reach;
            if d >= 1.0 { under } else { under + light * fall(d) }
        });
    }

    /// The colour at a place, between samples; beyond the edge, the edge.
    pub(crate) fn look(&self, p: V2) -> V3 {
        let (columns, rows) = (self.width * FINE, self.height * FINE);
        let x = (p.x * FINE as f32 - 0.5).clamp(0.0, columns as f32 - 1.0);
        let y = (p.y * FINE as f32 - 0.5).clamp(0.0, rows as f32 - 1.0);
        let (ix, iy) = (x as usize, y as usize);
        let at = |dx: usize, dy: usize| {
            self.samples[(iy + dy).min(rows - 1) * columns + (ix + dx).min(columns - 1)]
        };
        let (fx, fy) = (x - ix as f32, y - iy as f32);
        at(0, 0).mix(at(1, 0), fx).mix(at(0, 1).mix(at(1, 1), fx), fy)
    }

    pub(crate) fn copy(&self) -> Self {
        Self { width: self.width, height: self.height, samples: self.samples.clone() }
    }

    /// Averages each pixel's samples, bends the highlights as film does, adds `grain` levels of noise, and encodes sRGB.
    pub(crate) fn develop(&self, grain: f32) -> Png {
        let mut bytes = Vec::with_capacity(self.width * self.height * 3);
        for y in 0..self.height {
            for x in 0..self.width {
                let noise = (chance(x as i32, y as i32, 1) + chance(x as i32, y as i32, 2) - 1.0) * grain;
                let light = srgb(film(self.pixel(x, y)));
                bytes.extend(
                    [light.x, light.y, light.z].map(|v| (v * 255.0 + noise + 0.5).clamp(0.0, 255.0) as u8),
                );
            }
        }
        Png::new(self.width, self.height, png::ColorType::Rgb, bytes)
    }

    fn pixel(&self, x: usize, y: usize) -> V3 {
        let mut sum = V3::default();
        for row in 0..FINE {
            let start = (y * FINE + row) * self.width * FINE + x * FINE;
            self.samples[start..start + FINE].iter().for_each(|&s| sum += s);
        }
        sum * (1.0 / (FINE * FINE) as f32)
    }
}

fn place(x: usize, y: usize) -> V2 {
    v2((x as f32 + 0.5) / FINE as f32, (y as f32 + 0.5) / FINE as f32)
}

/// Straight up to 0.6, then a shoulder that reaches white only at infinity.
fn film(light: V3) -> V3 {
    light.map(|v| if v < 0.6 { v.max(0.0) } else { 1.0 - 0.16 / (v - 0.2) })
}

/// The transfer curve of IEC 61966-2-1.
pub(crate) fn srgb(light: V3) -> V3 {
    light.map(|v| if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * pow(v, 1.0 / 2.4) - 0.055 })
}

/// A colour as web pages write it, in linear light.
pub(crate) fn hex(code: u32) -> V3 {
    let linear = |shift: u32| {
        let v = ((code >> shift) & 0xff) as f32 / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { pow((v + 0.055) / 1.055, 2.4) }
    };
    v3(linear(16), linear(8), linear(0))
}

/// How much of a sample a shape covers, from the signed distance to its border (negative inside), `soft` pixels wide.
pub(crate) fn inside(distance: f32, soft: f32) -> f32 {
    ramp(soft, -soft, distance)
}

/// A finished picture, or several of one size that follow each other as an animation.
pub(crate) struct Png {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) colour: png::ColorType,
    pub(crate) depth: png::BitDepth,
    pub(crate) frames: usize,
    pub(crate) bytes: Vec<u8>,
}

impl Png {
    /// A still of eight-bit samples, which most are.
    pub(crate) fn new(width: usize, height: usize, colour: png::ColorType, bytes: Vec<u8>) -> Self {
        Self { width, height, colour, depth: png::BitDepth::Eight, frames: 1, bytes }
    }

    pub(crate) fn save(&self, path: &Path) -> Result<(), Box<dyn Error>> {
        let file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let mut encoder = png::Encoder::new(file, u32::try_from(self.width)?, u32::try_from(self.height)?);
        encoder.set_color(self.colour);
        encoder.set_depth(self.depth);
        encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::MinEntropy);
        if self.frames > 1 {
            encoder.set_animated(u32::try_from(self.frames)?, 0)?;
            encoder.set_frame_delay(1, 12)?;
        }
        let mut writer = encoder.write_header()?;
        for frame in self.bytes.chunks(self.bytes.len() / self.frames) {
            writer.write_image_data(frame)?;
        }
        Ok(writer.finish()?)
    }
}
