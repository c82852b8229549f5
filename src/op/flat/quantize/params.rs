//! What can be set.

use crate::op::{Kind, Param};
use crate::palette::Palette;

pub(super) const PARAMS: &[Param] = &[
    Param {
        name: "colors",
        kind: Kind::Integer { min: 0, max: Palette::MOST as i64 },
        default: "16",
        about: "How many colours; 0: those given in keep and palette alone.",
    },
    Param {
        name: "keep",
        kind: Kind::Colors { min: 0, max: 4096 },
        default: "[]",
        about: "Colours that must be among them; the others are found.",
    },
    Param {
        name: "palette",
        kind: Kind::File(&["gpl", "ase", "aco", "hex", "json", "css", "pal"]),
        default: "",
        about: "A palette file whose colours must be among them.",
    },
    Param {
        name: "method",
        kind: Kind::Choice(&["kmeans", "wu", "median-cut", "octree", "neuquant"]),
        default: "kmeans",
        about: "How colours are found; kmeans has the least error.",
    },
    Param {
        name: "space",
        kind: Kind::Choice(&["oklab", "srgb", "linear", "lab"]),
        default: "oklab",
        about: "Where colours are compared; oklab is as eyes do. What is found in lab is dithered in oklab.",
    },
    Param {
        name: "accents",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0",
        about: "How much say rare and vivid colours have: a small red lantern in a grey street keeps its red at 0.5.",
    },
    Param {
        name: "salience",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0",
        about: "How much more say what draws the eye has.",
    },
    Param {
        name: "weights",
        kind: Kind::File(&["png", "jpg", "jpeg", "webp", "tif", "tiff"]),
        default: "",
        about: "A grey picture stretched over the picture: what is white there counts for most, a face for example.",
    },
    Param {
        name: "apart",
        kind: Kind::Number { min: 0.0, max: 0.5 },
        default: "0",
        about: "The least distance of two colours (0.02 can just be told apart); there may be fewer then.",
    },
    Param {
        name: "dither",
        kind: Kind::Choice(&[
            "none",
            "floyd-steinberg",
            "jarvis",
            "stucki",
            "atkinson",
            "sierra",
            "sierra-lite",
            "blue-noise",
            "bayer",
            "pattern",
        ]),
        default: "none",
        about: "How colours between are mixed: by diffusion of errors, by a matrix, or (pattern) many at once.",
    },
    Param {
        name: "strength",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "1",
        about: "How much is mixed: 0 is as good as none.",
    },
    Param {
        name: "clean",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "1",
        about: "How clean diffusion leaves flat areas and hard edges.",
    },
    Param {
        name: "matrix",
        kind: Kind::Integer { min: 1, max: 6 },
        default: "3",
        about: "The matrix of bayer and pattern is two to this power along a side.",
    },
    Param {
        name: "frames",
        kind: Kind::Choice(&["together", "each"]),
        default: "together",
        about: "The colours of an animation: found for all frames together, or for each, which flickers.",
    },
];
