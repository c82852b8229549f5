//! What can be said about a brocade.

use crate::op::{Kind, Param};

/// The traditions, as styles write them.
pub(super) const TRADITIONS: &[&str] = &["brocade", "yun", "song", "shu", "zhuang"];
/// How copies meet.
pub(super) const REPEATS: &[&str] = &["none", "straight", "half-drop", "mirror"];

pub(super) const PARAMS: &[Param] = &[
    Param {
        name: "tradition",
        kind: Kind::Choice(TRADITIONS),
        default: "brocade",
        about: "How it is designed and bound; brocade suits any picture.",
    },
    Param {
        name: "ends",
        kind: Kind::Integer { min: 0, max: 4000 },
        default: "0",
        about: "Threads along the longer side; 0: as the tradition has it. Fewer make coarser cloth.",
    },
    Param {
        name: "ends_per_cm",
        kind: Kind::Number { min: 0.0, max: 200.0 },
        default: "0",
        about: "Warp ends in a centimetre; 0: as the tradition has it. With passes_per_cm it gives a cell its shape.",
    },
    Param {
        name: "passes_per_cm",
        kind: Kind::Number { min: 0.0, max: 200.0 },
        default: "0",
        about: "Passes of weft in a centimetre; 0: as the tradition has it.",
    },
    Param {
        name: "yarns",
        kind: Kind::Integer { min: 0, max: 24 },
        default: "0",
        about: "The most yarns, those of the warp counted; 0: as the tradition has it.",
    },
    Param {
        name: "palette",
        kind: Kind::Colors { min: 0, max: 24 },
        default: "[]",
        about: "The colours of the yarns; none: chosen for the picture.",
    },
    Param {
        name: "max_float",
        kind: Kind::Integer { min: 3, max: 63 },
        default: "16",
        about: "The longest float of a weft, in ends.",
    },
    Param {
        name: "contour",
        kind: Kind::Flag,
        default: "true",
        about: "Draw lines about the figures (勾边).",
    },
    Param {
        name: "halo",
        kind: Kind::Integer { min: 0, max: 3 },
        default: "3",
        about: "Steps of a halo (晕色) in the traditions that have it.",
    },
    Param {
        name: "repeat",
        kind: Kind::Choice(REPEATS),
        default: "none",
        about: "How copies of the picture meet.",
    },
    Param {
        name: "copies",
        kind: Kind::Integer { min: 1, max: 8 },
        default: "2",
        about: "Copies across the picture, where it repeats.",
    },
    Param {
        name: "light",
        kind: Kind::Number { min: 0.0, max: 360.0 },
        default: "112",
        about: "Where the light comes from, in degrees: 0 from the right, 90 from above.",
    },
    Param {
        name: "elevation",
        kind: Kind::Number { min: 10.0, max: 90.0 },
        default: "42",
        about: "How high the light stands, in degrees above the cloth.",
    },
    Param {
        name: "irregularity",
        kind: Kind::Number { min: 0.0, max: 4.0 },
        default: "1",
        about: "How uneven the threads are: 0 a machine, 1 a good hand loom.",
    },
    Param {
        name: "glitter",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "1",
        about: "How much metal thread glints.",
    },
    Param {
        name: "folds",
        kind: Kind::Number { min: 0.0, max: 2.0 },
        default: "0.5",
        about: "How strongly the cloth lies in soft folds; 0 is flat under glass.",
    },
];
