//! What a style says to a cloud editor, so that one name means the same look on either side.

use crate::op::{Kind, Param};

/// The keys of the `[cloud]` table.
pub const CLOUD: &[Param] = &[
    Param {
        name: "prompt",
        kind: Kind::Text { max: 800 },
        default: "",
        about: "The look in English, for models that read it.",
    },
    Param {
        name: "prompt_zh",
        kind: Kind::Text { max: 800 },
        default: "",
        about: "The look in Chinese, for models that read it better.",
    },
    Param {
        name: "negative",
        kind: Kind::Text { max: 500 },
        default: "",
        about: "What must not be seen, in English.",
    },
    Param {
        name: "negative_zh",
        kind: Kind::Text { max: 500 },
        default: "",
        about: "What must not be seen, in Chinese.",
    },
    Param {
        name: "function",
        kind: Kind::Choice(&[
            "stylization_all",
            "stylization_local",
            "description_edit",
            "colorization",
            "doodle",
        ]),
        default: "stylization_all",
        about: "The function of an editor that has functions.",
    },
    Param {
        name: "strength",
        kind: Kind::Number { min: 0.0, max: 1.0 },
        default: "0.5",
        about: "How far the editor may go from the picture.",
    },
    Param {
        name: "model",
        kind: Kind::Text { max: 100 },
        default: "",
        about: "A model of one's choice; without one the configuration decides.",
    },
];
