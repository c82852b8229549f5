//! Every style has traits of its own: on each of our pictures they lie in the ranges stored beside the style
//! (`styles/traits/`; `ZHIJIN_BLESS=1 cargo test --test traits` writes them anew), and by them a style is told from
//! all others.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zhijin::codec::{self, DecodeOptions};
use zhijin::measure::{TRAITS, traits};
use zhijin::op::Resize;
use zhijin::{Context, Engine, Job, Picture, style};

/// A dusk, a table, a face, a landscape, a city at night, flowers.
const PICTURES: [&str; 6] = ["lanterns", "still_life", "bust", "lake", "street", "garden"];
/// The longer side at which styles are made here.
const SIDE: u32 = 512;

fn picture(name: &str) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/input/{name}.png"));
    let bytes = std::fs::read(path).unwrap();
    let full = codec::decode(&bytes, &DecodeOptions::default(), &Context::default()).unwrap().picture;
    made(full, "plain", Some(SIDE))
}

fn made(picture: Picture, style: &str, longer: Option<u32>) -> Picture {
    let mut job = Job::new(picture).style(style).seed(1);
    if let Some(longer) = longer {
        job = job.size(Resize { longer: Some(longer), ..Resize::default() });
    }
    Engine::builder().build().unwrap().run(&job).unwrap().picture
}

/// The traits of a result in the order of `TRAITS`.
fn measured(picture: &Picture, source: &Picture) -> Vec<f64> {
    let all = traits(picture, Some(source), &Context::default()).unwrap();
    TRAITS.iter().map(|(name, _)| all.get(name).unwrap()).collect()
}

/// One style on each picture: its traits, and those of the source.
struct Look {
    style: &'static str,
    rows: Vec<[Vec<f64>; 2]>,
}

fn looks() -> Vec<Look> {
    let sources: Vec<Picture> = PICTURES.iter().map(|name| picture(name)).collect();
    let own: Vec<Vec<f64>> = sources.iter().map(|source| measured(source, source)).collect();
    let look = |style: &'static str| {
        let pairs = sources.iter().zip(&own);
        let row = |(source, own): (&Picture, &Vec<f64>)| {
            [measured(&made(source.clone(), style, None), source), own.clone()]
        };
        Look { style, rows: pairs.map(row).collect() }
    };
    style::builtin_names().map(look).collect()
}

fn ranges_file(style: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("styles/traits/{style}.toml"))
}

/// The least and the most of each trait, with some room.
fn ranges(look: &Look) -> String {
    let mut text =
        String::from("# What this style measures over our pictures: the least and the most of each trait.\n");
    for (k, (name, _)) in TRAITS.iter().enumerate() {
        let values = || look.rows.iter().map(|[made, _]| made[k]);
        let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
        let room = 0.2 * (high - low) + 0.04 * low.abs().max(high.abs()) + 0.004;
        writeln!(text, "{name} = [{:.4}, {:.4}]", low - room, high + room).unwrap();
    }
    text
}

fn outside(look: &Look, apart: &mut Vec<String>) {
    let path = ranges_file(look.style);
    let text =
        std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}: no traits are stored", look.style));
    let stored: toml::Table = text.parse().unwrap();
    for (k, (name, _)) in TRAITS.iter().enumerate() {
        let range = stored.get(*name).and_then(|range| range.as_array()).unwrap();
        let [low, high] = [0, 1].map(|i| range[i].as_float().unwrap());
        for (picture, [made, _]) in PICTURES.iter().zip(&look.rows) {
            if !(low..=high).contains(&made[k]) {
                apart.push(format!(
                    "{} on {picture}: {name} is {:.4}, not {low} to {high}",
                    look.style, made[k]
                ));
            }
        }
    }
}

/// What a style is told by: its traits, how they differ from those of the source, and by which factor.
fn features([made, own]: &[Vec<f64>; 2]) -> Vec<f64> {
    let pairs = || made.iter().zip(own);
    let factor = |(made, own): (&f64, &f64)| ((made.abs() + 1e-3) / (own.abs() + 1e-3)).ln();
    made.iter().copied().chain(pairs().map(|(made, own)| made - own)).chain(pairs().map(factor)).collect()
}

fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    (0..rows[0].len()).map(|k| rows.iter().map(|row| row[k]).sum::<f64>() / rows.len() as f64).collect()
}

/// Features measured in units in which they vary alike within a style, and not together.
struct Units {
    deviation: Vec<f64>,
    /// The lower triangle whose square is their correlation.
    triangle: Vec<Vec<f64>>,
}

impl Units {
    /// From how far results are from the mean of their style.
    fn of(away: &[Vec<f64>]) -> Self {
        // Few results, many features: a fifth of the correlation is taken for chance.
        const CHANCE: f64 = 0.2;
        let squares: Vec<Vec<f64>> = away.iter().map(|row| row.iter().map(|v| v * v).collect()).collect();
        let deviation: Vec<f64> = mean(&squares).into_iter().map(|v| v.sqrt() + 1e-4).collect();
        let unit = |row: &Vec<f64>, k: usize| row[k] / deviation[k];
        let count = deviation.len();
        let mut triangle = vec![vec![0.0; count]; count];
        for i in 0..count {
            for j in 0..=i {
                let together =
                    away.iter().map(|row| unit(row, i) * unit(row, j)).sum::<f64>() / away.len() as f64;
                let own = (1.0 - CHANCE) * together + if i == j { CHANCE } else { 0.0 };
                let rest: f64 = own - (0..j).map(|k| triangle[i][k] * triangle[j][k]).sum::<f64>();
                triangle[i][j] = if i == j { rest.max(1e-9).sqrt() } else { rest / triangle[j][j] };
            }
        }
        Self { deviation, triangle }
    }

    /// The squared distance of two results.
    fn apart(&self, a: &[f64], b: &[f64]) -> f64 {
        let mut solved: Vec<f64> = Vec::with_capacity(a.len());
        for i in 0..a.len() {
            let own = (a[i] - b[i]) / self.deviation[i];
            let known: f64 = solved.iter().zip(&self.triangle[i]).map(|(s, t)| s * t).sum();
            solved.push((own - known) / self.triangle[i][i]);
        }
        solved.iter().map(|v| v * v).sum()
    }
}

/// Which style each picture is taken for, by the nearest mean of the others' features. The picture itself, in all
/// styles, is left out when means and units are taken.
fn taken_for(looks: &[Look]) -> Vec<(usize, usize, usize)> {
    let mut all = Vec::new();
    for left in 0..PICTURES.len() {
        let others = |look: &Look| -> Vec<Vec<f64>> {
            (0..PICTURES.len()).filter(|i| *i != left).map(|i| features(&look.rows[i])).collect()
        };
        let rows: Vec<Vec<Vec<f64>>> = looks.iter().map(others).collect();
        let means: Vec<Vec<f64>> = rows.iter().map(|rows| mean(rows)).collect();
        let pairs = rows.iter().zip(&means).flat_map(|(rows, mean)| rows.iter().map(move |row| [row, mean]));
        let away: Vec<Vec<f64>> =
            pairs.map(|[row, mean]| row.iter().zip(mean).map(|(v, m)| v - m).collect()).collect();
        let units = Units::of(&away);
        for (style, look) in looks.iter().enumerate() {
            let own = features(&look.rows[left]);
            let apart: Vec<f64> = means.iter().map(|mean| units.apart(&own, mean)).collect();
            let nearest = (0..apart.len()).min_by(|a, b| apart[*a].total_cmp(&apart[*b])).unwrap();
            all.push((style, left, nearest));
        }
    }
    all
}

#[test]
fn styles_are_what_they_were_and_none_is_taken_for_another() {
    let looks = looks();
    if std::env::var_os("ZHIJIN_BLESS").is_some() {
        std::fs::create_dir_all(ranges_file("x").parent().unwrap()).unwrap();
        for look in &looks {
            std::fs::write(ranges_file(look.style), ranges(look)).unwrap();
        }
    }
    let mut apart = Vec::new();
    looks.iter().for_each(|look| outside(look, &mut apart));
    assert!(
        apart.is_empty(),
        "{apart:#?}\nwrite the ranges anew with ZHIJIN_BLESS=1 cargo test --test traits"
    );

    let taken = taken_for(&looks);
    let right = taken.iter().filter(|(style, _, nearest)| style == nearest).count();
    let wrong: Vec<String> = taken
        .iter()
        .filter(|(style, _, nearest)| style != nearest)
        .map(|(style, left, nearest)| {
            format!("{} of {} is taken for {}", looks[*style].style, PICTURES[*left], looks[*nearest].style)
        })
        .collect();
    let share = right as f64 / taken.len() as f64;
    println!("{right} of {} told right ({:.1} %): {wrong:#?}", taken.len(), 100.0 * share);
    assert!(share >= 0.9, "{right} of {}: {wrong:#?}", taken.len());
}
