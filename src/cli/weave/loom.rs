//! What can be said about the loom: hooks, shafts, and what serves beside the warp.

use std::path::Path;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use zhijin::weave::card::{Cards, Extra, First, Harness, Packing, Sett, write_bmp, write_png, write_tiff};
use zhijin::weave::cloth::Cloth;
use zhijin::weave::wif::{Options, Plan};

/// The loom.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Loom")]
pub(crate) struct LoomArgs {
    /// Hooks of the jacquard machine: cards are as wide; default: as many as it takes.
    #[arg(long, value_name = "N")]
    hooks: Option<usize>,

    /// The hook of the first end, from 1.
    #[arg(long, value_name = "HOOK", default_value_t = 1, value_parser = from_one)]
    first_hook: usize,

    /// Repeats side by side on hooks of their own.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = from_one)]
    across: usize,

    /// The first end is on the right.
    #[arg(long)]
    from_right: bool,

    /// Every second repeat across is turned over (point harness).
    #[arg(long)]
    turned: bool,

    /// Hooks without a cord, such as 1,2,17.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = from_one)]
    cast_out: Vec<usize>,

    /// The hook that takes the cloth up, lifted at the last pick of each pass.
    #[arg(long, value_name = "HOOK", value_parser = from_one)]
    regulator: Option<usize>,

    /// The first of the hooks that choose the weft, one for each yarn.
    #[arg(long, value_name = "HOOK", value_parser = from_one)]
    selector: Option<usize>,

    /// Hooks of a selvedge in plain weave, as first:count; may be repeated.
    #[arg(long, value_name = "HOOK:COUNT", value_parser = selvedge)]
    selvedge: Vec<(usize, usize)>,

    /// Where the first pick is in card images.
    #[arg(long, value_name = "WHERE", default_value = "top",
        value_parser = PossibleValuesParser::new(["top", "bottom"]).map(|word| word == "bottom"))]
    first_pick: bool,

    /// The format of card images.
    #[arg(long, value_name = "FORMAT", default_value = "tif")]
    cards: CardFormat,

    /// How the draft says what is lifted.
    ///
    /// lift: a lift plan, for dobby and jacquard. treadle: a tie-up and a treadling, for looms with treadles. both:
    /// readers then take the tie-up.
    #[arg(long, value_name = "PLAN", default_value = "lift",
        value_parser = PossibleValuesParser::new(["lift", "treadle", "both"]))]
    plan: String,

    /// Shafts of the loom: ends that are nearly alike are made alike until so many are enough.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub(super) shafts: Option<u32>,

    /// No bobbins for brocading: figure wefts run from edge to edge, held behind the cloth between motifs.
    #[arg(long)]
    pub(super) clip: bool,
}

/// A format of card images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CardFormat {
    /// TIFF, packed.
    Tif,
    /// BMP.
    Bmp,
    /// PNG.
    Png,
}

impl CardFormat {
    /// The extension of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Tif => "tif",
            Self::Bmp => "bmp",
            Self::Png => "png",
        }
    }
}

fn from_one(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|n| (1..=1 << 20).contains(n));
    number.ok_or_else(|| "write a number from 1 to 1048576".into())
}

fn selvedge(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once(':');
    let read = parts.and_then(|(first, count)| Some((from_one(first).ok()?, from_one(count).ok()?)));
    read.ok_or_else(|| "write the first hook and how many, as in 1:16".into())
}

impl LoomArgs {
    /// The format of cards, where the extension of a file does not say.
    pub(super) fn card_format(&self, path: Option<&Path>) -> CardFormat {
        match path.and_then(Path::extension).and_then(|e| e.to_str()) {
            Some("bmp") => CardFormat::Bmp,
            Some("png") => CardFormat::Png,
            Some("tif" | "tiff") => CardFormat::Tif,
            _ => self.cards,
        }
    }

    /// The harness for a cloth.
    fn harness(&self, cloth: &Cloth) -> Harness {
        let ends = cloth.lift.ends();
        let mut extras: Vec<Extra> =
            self.regulator.map(|hook| Extra::Regulator(hook - 1)).into_iter().collect();
        extras.extend(self.selector.map(|hook| Extra::Wefts { first: hook - 1, count: cloth.yarns.len() }));
        extras.extend(self.selvedge.iter().map(|&(hook, count)| Extra::Selvedge {
            first: hook - 1,
            count,
            picks: 1,
        }));
        let beside = extras.iter().map(|extra| extra.hooks().len()).sum::<usize>() + self.cast_out.len();
        let enough = self.first_hook - 1 + ends.saturating_mul(self.across).saturating_add(beside);
        Harness {
            hooks: self.hooks.unwrap_or(enough),
            first: self.first_hook - 1,
            repeats: self.across,
            reversed: self.from_right,
            turned: self.turned,
            cast_out: self.cast_out.iter().map(|hook| hook - 1).collect(),
            extras,
        }
    }

    /// The cards of a cloth, as an image.
    pub(super) fn cards(&self, cloth: &Cloth, format: CardFormat) -> zhijin::Result<Vec<u8>> {
        let mut cards = Cards::new(cloth, self.harness(cloth))?;
        let first = if self.first_pick { First::Bottom } else { First::Top };
        let picks_a_pass = cloth.lift.picks() as f32 / (cloth.passes.len().saturating_sub(1)).max(1) as f32;
        let sett = Sett { across: cloth.ends_per_cm, along: cloth.passes_per_cm * picks_a_pass };
        let mut bytes = Vec::new();
        match format {
            CardFormat::Tif => write_tiff(&mut bytes, &mut cards, first, sett, Packing::PackBits),
            CardFormat::Bmp => write_bmp(&mut bytes, &mut cards, first, sett),
            CardFormat::Png => write_png(&mut bytes, &mut cards, first, sett),
        }
        .map_err(|error| super::unsupported(&error.to_string(), "weave a smaller repeat"))?;
        Ok(bytes)
    }

    /// What the draft holds.
    pub(super) fn draft(&self, title: String) -> Options {
        let plan = match &self.plan[..] {
            "treadle" => Plan::Treadle,
            "both" => Plan::Both,
            _ => Plan::Lift,
        };
        Options { title, plan, max_shafts: self.shafts.map(|n| n as usize), ..Options::default() }
    }
}
