//! A style laid down in a table of colours, so that video editors, cameras and other programs can have its look.
//!
//! The colours at the points of the table are made into a picture, and the picture is run like any other.

use super::pipeline;
use super::{Step, Style, StyleError};
use crate::color::Lut;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::op::{Action, StepContext};
use crate::pixel::{Depth, Layout, Picture, Samples, Size};

/// What the style makes of each colour: a cube over values with the curve of sRGB, `size` points along an edge
/// (kept within 2 to 144).
///
/// A table knows nothing but the colour, so a style has one only if every step looks at nothing else. The others
/// are refused by name.
pub fn lut(style: &Style, size: usize) -> Result<Lut, StyleError> {
    let failed = |error: Error| match error {
        Error::Style(error) => error,
        other => StyleError { origin: style.name.clone(), line: None, what: other.to_string() },
    };
    for step in style.steps.iter().filter(|step| !step.is_skipped()) {
        let why = beyond_colour(step).map_err(failed)?;
        if let Some(why) = why {
            let what = format!("the step \"{}\" {why}; a table of colours cannot hold that", step.name);
            return Err(StyleError { origin: style.name.clone(), line: None, what });
        }
    }
    let side = size.clamp(2, Lut::MOST_POINTS);
    let at = |i: usize| i as f32 / (side - 1) as f32;
    let points = (0..side.pow(3)).map(|i| [at(i % side), at(i / side % side), at(i / side / side)]);
    let mut made = run(&style.steps, &points.collect::<Vec<_>>(), side, 0).map_err(failed)?.into_iter();
    // The points of a table are asked for in the order they were laid out in.
    let mut lut = Lut::sampled(side, |_| made.next().unwrap_or_default().map(|v| v.clamp(0.0, 1.0)));
    lut.title = style.title.clone();
    Ok(lut)
}

/// What a step looks at besides the colour of a pixel, if anything.
fn beyond_colour(step: &Step) -> Result<Option<&'static str>> {
    let alone = std::slice::from_ref(step);
    let made = |colours: &[[f32; 3]], width, seed| run(alone, colours, width, seed);
    match step.op.bind(&step.values) {
        Action::Whole(_) => return Ok(Some("looks at more than one pixel or changes the size")),
        Action::Measured(_) => {
            // If it cannot even begin, that is the better answer.
            made(&[[0.5; 3]], 1, 0)?;
            return Ok(Some("measures the picture first"));
        }
        Action::Pointwise(_) => {}
    }
    let why = "depends on where in the picture a pixel lies, on its neighbours or on chance";
    Ok(depends_on_place(made)?.then_some(why))
}

/// Do the same colours become others in another order, among others, in a picture of another shape, by another
/// seed?
fn depends_on_place(made: impl Fn(&[[f32; 3]], usize, u64) -> Result<Vec<[f32; 3]>>) -> Result<bool> {
    const COUNT: usize = 96;
    let colour = |i: usize, white: f32| [i * 37 % 97, i * 11 % 89, i * 53 % 83].map(|v| v as f32 / white);
    let colours: Vec<_> = (0..COUNT).map(|i| colour(i, 120.0)).collect();
    // The others are brighter, for steps that go by the brightest.
    let others = (COUNT..2 * COUNT).map(|i| colour(i, 97.0));
    let turned: Vec<_> = colours.iter().rev().copied().chain(others).collect();
    let (first, second) = (made(&colours, 8, 0)?, made(&turned, 24, 1)?);
    Ok(first.iter().ne(second[..COUNT].iter().rev()))
}

/// What steps make of colours laid out as a picture so many pixels wide.
fn run(steps: &[Step], colours: &[[f32; 3]], width: usize, seed: u64) -> Result<Vec<[f32; 3]>> {
    let work = Context::default();
    let picture = Size::from_usize(width, colours.len() / width).ok().and_then(|size| {
        work.limits.admit(size, 12).ok()?;
        Picture::new(size, Layout::Rgb, colours.as_flattened().to_vec()).ok()
    });
    let picture = picture.ok_or_else(|| Error::unsupported("so many points", "ask for fewer"))?;
    let step = StepContext { work: &work, seed, rest: Depth::F32 };
    let (made, _) = pipeline::run(steps, picture, &step, &|_, _, _| {})?;
    Ok(match made.into_samples() {
        Samples::F32(samples) => samples.as_chunks().0.to_vec(),
        _ => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::Random;
    use crate::{Engine, Job};

    fn style(steps: &str) -> Style {
        Style::from_toml("look", steps).unwrap()
    }

    fn refused(steps: &str) -> String {
        lut(&style(steps), 5).unwrap_err().to_string()
    }

    #[test]
    fn the_table_makes_of_a_picture_what_the_style_makes_of_it() {
        let steps = "[[step]]\nop = \"exposure\"\nev = 0.3\n[[step]]\nop = \"contrast\"\n\
                     [[step]]\nop = \"saturation\"\n[[step]]\nop = \"split_tone\"\n";
        let style = style(steps);
        let table = lut(&style, 33).unwrap();
        let mut random = Random::new("style lut");
        let samples: Vec<u8> = (0..3 * 4000).map(|_| random.below(256) as u8).collect();
        let picture = Picture::new(Size::new(80, 50).unwrap(), Layout::Rgb, samples.clone()).unwrap();
        let engine = Engine::builder().threads(1).build().unwrap();
        let made = engine.run(&Job::new(picture).with_style(style)).unwrap().picture;
        let made = made.as_u8().unwrap().samples().to_vec();
        let mut sum = 0.0;
        for (before, after) in samples.chunks_exact(3).zip(made.chunks_exact(3)) {
            let got = table.at([0, 1, 2].map(|c: usize| f32::from(before[c]) / 255.0));
            for (got, after) in got.iter().zip(after) {
                sum += (got * 255.0 - f32::from(*after)).abs();
            }
        }
        let mean = sum / made.len() as f32;
        assert!(mean < 0.6, "{mean} levels on average, {random}");
    }

    #[test]
    fn a_style_without_steps_is_the_identity() {
        let mut table = lut(&style("about = \"x\""), 3).unwrap();
        table.title.clear();
        assert_eq!(table, Lut::sampled(3, |colour| colour));
        assert!(table.keeps_grey());
    }

    #[test]
    fn steps_that_look_further_are_refused_by_name() {
        assert_eq!(
            refused("[[step]]\nop = \"exposure\"\n[[step]]\nop = \"resize\"\nlonger = 100"),
            "look: the step \"resize\" looks at more than one pixel or changes the size; a table of colours cannot \
             hold that"
        );
    }

    #[test]
    fn what_knows_its_place_is_found_out() {
        type Colours = Vec<[f32; 3]>;
        let with = |change: fn(usize, usize, u64) -> f32| {
            depends_on_place(|colours, width, seed| {
                let changed = colours
                    .iter()
                    .enumerate()
                    .map(|(i, c)| c.map(|v| v + change(i % width, i / width, seed)));
                Ok(changed.collect::<Colours>())
            })
            .unwrap()
        };
        assert!(!with(|_, _, _| 0.25), "a colour changed by itself");
        assert!(with(|x, _, _| (x % 5) as f32) && with(|_, y, _| y as f32) && with(|_, _, seed| seed as f32));
        let by_the_brightest = depends_on_place(|colours, _, _| {
            let most = colours.iter().flatten().fold(0f32, |most, v| most.max(*v));
            Ok(colours.iter().map(|c| c.map(|v| v / most)).collect())
        });
        assert!(by_the_brightest.unwrap());
    }
}
