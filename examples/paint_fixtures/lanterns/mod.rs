//! "Lanterns": a lake between mountains at dusk, painted from the back to the front.

mod boat;
mod branch;
mod island;
mod lantern;
mod mountains;
mod reeds;
mod sky;
mod water;

use crate::canvas::{Canvas, Png};
use crate::maths::v2;

/// Where the lake begins.
const SHORE: f32 = 500.0;

pub(crate) fn paint() -> Png {
    let mut canvas = Canvas::new(1200, 800);
    sky::paint(&mut canvas);
    mountains::paint(&mut canvas);
    island::paint(&mut canvas);
    water::paint(&mut canvas);
    water::steam(&mut canvas);
    sky::shine(&mut canvas);
    boat::paint(&mut canvas);
    lantern::float_on_the_lake(&mut canvas);
    branch::paint(&mut canvas);
    for (x, y, radius) in [(812.0, 292.0, 33.0), (948.0, 248.0, 45.0), (1092.0, 338.0, 62.0)] {
        lantern::hang(&mut canvas, v2(x, y), radius);
    }
    branch::blossom(&mut canvas);
    reeds::paint(&mut canvas);
    let frame = canvas.all();
    canvas.paint(frame, |p, light| {
        let off = v2((p.x - 600.0) / 600.0, (p.y - 400.0) / 400.0);
        light * (1.04 - 0.2 * off.dot(off).min(1.6) * 0.6)
    });
    canvas.develop(0.4)
}
