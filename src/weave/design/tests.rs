//! Whole designs: every tradition, awkward pictures, every option.

use super::*;
use crate::context::Context;
use crate::parallel::Pool;
use crate::pixel::{Layout, Picture, Size as Pixels};
use crate::test_support::Random;
use crate::weave::floats::survey;

/// Soft colours with an edge or two: something like a photograph.
fn picture(random: &mut Random, width: usize, height: usize, layout: Layout) -> Picture {
    let waves: Vec<[f32; 4]> = (0..layout.channels() * 2)
        .map(|_| [random.unit() * 0.3, random.unit() * 0.3, random.unit() * 6.0, 20.0 + 60.0 * random.unit()])
        .collect();
    let edge = random.below(width.max(2));
    let value = |x: usize, y: usize, channel: usize| {
        let wave = |w: &[f32; 4]| w[3] * (w[0] * x as f32 + w[1] * y as f32 + w[2]).sin();
        let step = if x > edge { 40.0 } else { -40.0 };
        128.0 + step + wave(&waves[channel * 2]) + wave(&waves[channel * 2 + 1])
    };
    let samples: Vec<u8> = (0..width * height * layout.channels())
        .map(|at| {
            let (pixel, channel) = (at / layout.channels(), at % layout.channels());
            let noise = random.unit() * 10.0;
            (value(pixel % width, pixel / width, channel) + noise).clamp(0.0, 255.0) as u8
        })
        .collect();
    Picture::new(Pixels::from_usize(width, height).unwrap(), layout, samples).unwrap()
}

fn flat(width: usize, height: usize, layout: Layout, pixel: &[u8]) -> Picture {
    let samples = pixel.repeat(width * height);
    Picture::new(Pixels::from_usize(width, height).unwrap(), layout, samples).unwrap()
}

fn small(tradition: Tradition) -> Order {
    Order { size: Size::Ends(72), ..Order::of(tradition) }
}

fn drawn(picture: &Picture, order: &Order) -> Design {
    draw(picture, order, &Context::default()).unwrap()
}

/// A sound design, and a sound cloth of it.
fn check(picture: &Picture, order: &Order, about: &str) {
    let design = drawn(picture, order);
    let about = format!("{about} {order:?}");
    assert!(design.yarns().len() <= order.yarns, "{about}: {:?}", design.yarns());
    assert!(design.face.values().iter().all(|face| usize::from(*face) <= design.figures.len()), "{about}");
    let (yarns, paper) = design.point_paper();
    assert!(paper.values().iter().all(|yarn| usize::from(*yarn) < yarns.len()), "{about}");
    if !order.given.is_empty() {
        assert!(design.yarns().iter().all(|yarn| order.given.contains(&yarn.colour)), "{about}");
    }
    let cyclic = order.repeat != Repeat::Single;
    let (cloth, done) = weave(&design, order.max_float, None, cyclic).unwrap();
    assert!(cloth.yarns.len() <= order.yarns, "{about}");
    assert_eq!(cloth.passes.len(), design.face.height() + 1, "{about}");
    if design.face.width() < 2 * order.max_float || design.face.height() < 8 {
        return;
    }
    let wefts = cloth.lift.picks().div_ceil(design.face.height());
    let floats = survey(&cloth, cyclic);
    assert_eq!(done.left, 0, "{about}");
    let loose = (&floats.loose_picks, &floats.loose_ends);
    let faults = floats.faults(order.max_float, order.max_float * wefts.max(1));
    assert_eq!(faults, 0, "{about} {loose:?} {} {}", floats.longest_weft(), floats.longest_warp());
}

#[test]
fn every_tradition_weaves_any_picture() {
    let mut random = Random::new("every tradition weaves any picture");
    for tradition in Tradition::ALL {
        for [width, height] in [[1, 1], [1, 40], [40, 1], [3, 2], [60, 45], [37, 90]] {
            for layout in [Layout::Rgb, Layout::Grey, Layout::Rgba] {
                let picture = picture(&mut random, width, height, layout);
                check(&picture, &small(tradition), &format!("{random} {width}x{height} {layout:?}"));
            }
        }
    }
}

#[test]
fn flat_and_transparent_pictures_are_woven() {
    for tradition in Tradition::ALL {
        for pixel in [[0, 0, 0], [255, 255, 255], [200, 30, 40]] {
            check(&flat(50, 40, Layout::Rgb, &pixel), &small(tradition), &format!("flat {pixel:?}"));
        }
        check(&flat(50, 40, Layout::Rgba, &[90, 120, 40, 0]), &small(tradition), "transparent");
    }
}

#[test]
fn what_is_transparent_is_ground() {
    let mut random = Random::new("what is transparent is ground");
    let opaque = picture(&mut random, 60, 60, Layout::Rgb);
    let crate::pixel::Samples::U8(rgb) = opaque.samples() else { panic!("8 bits") };
    let disc = |at: usize| (at % 60).abs_diff(30).pow(2) + (at / 60).abs_diff(30).pow(2) < 400;
    let rgba: Vec<u8> = (0..3600)
        .flat_map(|at| [rgb[at * 3], rgb[at * 3 + 1], rgb[at * 3 + 2], if disc(at) { 255 } else { 0 }])
        .collect();
    let picture = Picture::new(Pixels::new(60, 60).unwrap(), Layout::Rgba, rgba).unwrap();
    let order = Order { contour: false, ..small(Tradition::Brocade) };
    let design = drawn(&picture, &order);
    assert_eq!([design.face.at(2, 1), design.face.at(69, 1), design.face.at(3, 40)], [0; 3], "{random}");
}

#[test]
fn options_hold_in_every_tradition() {
    let mut random = Random::new("options hold in every tradition");
    for tradition in Tradition::ALL {
        let picture = picture(&mut random, 80, 60, Layout::Rgb);
        for yarns in [2, 3, 5, 8, 13, 24] {
            check(&picture, &Order { yarns, ..small(tradition) }, &random.to_string());
        }
        for max_float in [3, 4, 6, 9, 40] {
            check(&picture, &Order { max_float, ..small(tradition) }, &random.to_string());
        }
        for halo in 0..=3 {
            check(&picture, &Order { halo, contour: halo > 1, ..small(tradition) }, &random.to_string());
        }
        let given = vec![[20, 20, 30], [200, 30, 40], [230, 200, 120], [60, 120, 200]];
        check(&picture, &Order { given, ..small(tradition) }, &random.to_string());
        for repeat in [Repeat::Straight, Repeat::HalfDrop, Repeat::Mirror] {
            check(&picture, &Order { repeat, ..small(tradition) }, &random.to_string());
        }
    }
}

#[test]
fn the_cloth_has_the_size_and_the_shape_of_the_picture() {
    for tradition in Tradition::ALL {
        for size in [[400, 300], [300, 420], [60, 200]] {
            let picture = flat(size[0], size[1], Layout::Grey, &[90]);
            let unit = tradition.unit()[0];
            let order =
                Order { ends_per_cm: 30.0, passes_per_cm: 17.0, size: Size::Cm(20.0), ..small(tradition) };
            let design = drawn(&picture, &order);
            assert!(design.face.width().abs_diff(600) <= unit, "{tradition}: {}", design.face.width());
            let shape = design.face.width() as f32 / design.face.height() as f32 * 17.0 / 30.0;
            let wanted = size[0] as f32 / size[1] as f32;
            assert!((shape / wanted - 1.0).abs() < 0.01, "{tradition} {size:?}: {shape} for {wanted}");
            let (cloth, _) = weave(&design, 16, None, false).unwrap();
            let (across, along) = (cloth.width_cm(), cloth.height_cm());
            assert!(
                (across / along / wanted - 1.0).abs() < 0.01,
                "{tradition} {size:?}: {across} × {along} cm"
            );
        }
    }
}

#[test]
fn threads_do_not_show() {
    let mut random = Random::new("design threads");
    for tradition in Tradition::ALL {
        let picture = picture(&mut random, 150, 110, Layout::Rgb);
        let order = Order { size: Size::Ends(210), ..Order::of(tradition) };
        let run = |threads| {
            let design = Pool::new(threads).unwrap().run(|| drawn(&picture, &order));
            (design.point_paper(), design.damask.clone(), design.warp.clone())
        };
        let one = run(1);
        assert!([2, 5].into_iter().all(|threads| run(threads) == one), "{random} {tradition}");
    }
}

/// Changes from a cell to the next, a share of all, between two columns (or rows) of a design.
fn changes(paper: &Cells<u8>, across: bool, from: usize, to: usize) -> f32 {
    let count = if across { paper.height() } else { paper.width() };
    let at = |line: usize, k: usize| if across { paper.at(line, k) } else { paper.at(k, line) };
    (0..count).filter(|k| at(from, *k) != at(to, *k)).count() as f32 / count as f32
}

#[test]
fn a_repeat_has_no_seam() {
    let mut random = Random::new("a repeat has no seam");
    for repeat in [Repeat::Straight, Repeat::HalfDrop, Repeat::Mirror] {
        let picture = picture(&mut random, 240, 200, Layout::Rgb);
        let order = Order { repeat, contour: false, size: Size::Ends(240), ..Order::of(Tradition::Brocade) };
        let (_, paper) = drawn(&picture, &order).point_paper();
        for across in [true, false] {
            let last = if across { paper.width() } else { paper.height() } - 1;
            let mut inside: Vec<f32> = (0..last).map(|k| changes(&paper, across, k, k + 1)).collect();
            inside.sort_by(f32::total_cmp);
            let seam = changes(&paper, across, last, 0);
            assert!(seam <= inside[last * 19 / 20] + 0.02, "{random} {repeat:?} {across}: {seam}");
        }
    }
}

#[test]
fn brocading_wefts_exist_where_they_show() {
    let mut random = Random::new("brocading wefts exist");
    let design = drawn(&picture(&mut random, 90, 70, Layout::Rgb), &small(Tradition::Yun));
    let (cloth, _) = weave(&design, 16, None, false).unwrap();
    let ends = cloth.lift.ends();
    let mains = (0..ends).filter(|e| cloth.warp[*e].1 == crate::weave::cloth::End::Main);
    for (x, end) in mains.enumerate() {
        for y in (0..design.face.height()).filter(|y| design.face.at(x, *y) > 0) {
            let wanted = &design.figures[usize::from(design.face.at(x, y)) - 1];
            let exists = |p: &usize| match &cloth.spans[*p] {
                Some(spans) => spans.iter().any(|(a, b)| (*a as usize..*b as usize).contains(&end)),
                None => false,
            };
            let mut picks = cloth.passes[y] as usize..cloth.passes[y + 1] as usize;
            let found = picks.any(|p| exists(&p) && cloth.yarns[usize::from(cloth.weft[p])] == *wanted);
            assert!(found, "{random} {x},{y}");
        }
    }
}

#[test]
fn wrong_orders_are_refused_with_a_remedy() {
    let picture = flat(4, 4, Layout::Grey, &[9]);
    let usual = Order::of(Tradition::Yun);
    let orders = [
        (Order { yarns: 1, ..usual.clone() }, "1 yarns; ask for 2 to 24"),
        (Order { yarns: 25, ..usual.clone() }, "25 yarns"),
        (Order { max_float: 2, ..usual.clone() }, "3 to 63"),
        (Order { halo: 4, ..usual.clone() }, "0 to 3"),
        (Order { ends_per_cm: f32::NAN, ..usual.clone() }, "NaN ends in a centimetre"),
        (Order { passes_per_cm: 0.0, ..usual.clone() }, "0 passes in a centimetre"),
        (Order { size: Size::Ends(0), ..usual.clone() }, "0 ends"),
        (Order { size: Size::Cm(-3.0), ..usual.clone() }, "a width of -3 cm"),
        (Order { size: Size::Cm(f32::INFINITY), ..usual.clone() }, "a width of inf cm"),
    ];
    for (order, message) in orders {
        let error = draw(&picture, &order, &Context::default()).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
    assert!("damask".parse::<Tradition>().unwrap_err().to_string().contains("brocade, yun, song"));
    assert!(
        Tradition::ALL.iter().all(|tradition| tradition.name().parse::<Tradition>().unwrap() == *tradition)
    );
}

#[test]
fn a_cancelled_order_stops() {
    let context = Context::default();
    context.cancel.cancel();
    let picture = flat(40, 40, Layout::Grey, &[9]);
    assert!(matches!(draw(&picture, &Order::of(Tradition::Song), &context), Err(crate::Error::Cancelled)));
}
