//! What a woven cloth is: which warp ends lie over which picks, and of what yarns both are.
//!
//! The face is read off like this: at an end, look at the picks of a pass that exist there. Those for which the end is
//! not up lie over it. None: the warp is seen. One: that weft is seen. Several: the one with the longest float there
//! lies on top, and of equals the last beaten up. A binder end that is up ties the weft below it with a thin dot.

/// A span of ends, `from..to`, over which a weft exists.
pub type Span = (u32, u32);

/// Which warp ends are up (over the weft) at each pick: a bit a crossing, rows of 64-bit words, a row a pick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lift {
    ends: usize,
    picks: usize,
    words: usize,
    bits: Vec<u64>,
}

impl Lift {
    /// All ends down at every pick.
    pub fn new(ends: usize, picks: usize) -> Self {
        let words = ends.div_ceil(64);
        Self { ends, picks, words, bits: vec![0; words * picks] }
    }

    /// Warp ends.
    pub fn ends(&self) -> usize {
        self.ends
    }

    /// Picks of weft.
    pub fn picks(&self) -> usize {
        self.picks
    }

    /// Does the end lie over the weft at this pick?
    pub fn is_up(&self, pick: usize, end: usize) -> bool {
        self.bits[pick * self.words + end / 64] >> (end % 64) & 1 == 1
    }

    /// Lays an end over the weft of a pick, or under it.
    pub fn set(&mut self, pick: usize, end: usize, up: bool) {
        let word = &mut self.bits[pick * self.words + end / 64];
        *word = *word & !(1 << (end % 64)) | u64::from(up) << (end % 64);
    }

    /// The words of a pick; bits beyond the last end are 0.
    pub fn row(&self, pick: usize) -> &[u64] {
        &self.bits[pick * self.words..][..self.words]
    }

    /// The words of a pick, to be written; bits beyond the last end have to stay 0.
    pub fn row_mut(&mut self, pick: usize) -> &mut [u64] {
        &mut self.bits[pick * self.words..][..self.words]
    }
}

/// What a yarn is made of, and how: it decides how the yarn shines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fibre {
    /// Filament silk, reeled, with little twist: strong sheen along the thread.
    Silk,
    /// Untwisted floss silk: broad, soft sheen, thick.
    Floss,
    /// Spun cotton or hemp: twisted, matt.
    Cotton,
    /// Bright rayon.
    Rayon,
    /// A flat gilt strip (片金).
    Strip,
    /// Gilt strip wound about a core (捻金).
    Wrapped,
    /// Peacock barbule twisted with silk.
    Peacock,
}

impl Fibre {
    /// Every fibre.
    pub const ALL: [Self; 7] =
        [Self::Silk, Self::Floss, Self::Cotton, Self::Rayon, Self::Strip, Self::Wrapped, Self::Peacock];

    /// What it is called in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Silk => "silk",
            Self::Floss => "floss",
            Self::Cotton => "cotton",
            Self::Rayon => "rayon",
            Self::Strip => "strip",
            Self::Wrapped => "wrapped",
            Self::Peacock => "peacock",
        }
    }
}

/// A yarn.
#[derive(Clone, Debug, PartialEq)]
pub struct Yarn {
    /// What it is called.
    pub name: String,
    /// The dyed colour, sRGB.
    pub colour: [u8; 3],
    /// What it is made of.
    pub fibre: Fibre,
    /// Grams in a kilometre.
    pub tex: f32,
    /// Diameter, or width of a strip, in millimetres.
    pub width: f32,
}

/// Why an end is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It makes the ground.
    Main,
    /// It is thin, lies between main ends, and holds the figure wefts.
    Binder,
}

/// A cloth, one repeat of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloth {
    /// Which ends are up at which picks.
    pub lift: Lift,
    /// The yarns.
    pub yarns: Vec<Yarn>,
    /// The yarn of each end, and what it is for.
    pub warp: Vec<(u8, End)>,
    /// The yarn of each pick.
    pub weft: Vec<u8>,
    /// The picks of a visible row (a pass) are `passes[r]..passes[r + 1]`; in a simple cloth every pick is a pass.
    pub passes: Vec<u32>,
    /// For each pick the ranges of ends over which its weft exists at all; `None`: from selvedge to selvedge.
    /// A brocading weft (妆花) exists only where its motif is. Picks beyond the list exist everywhere.
    pub spans: Vec<Option<Vec<Span>>>,
    /// Main and binder ends in a centimetre.
    pub ends_per_cm: f32,
    /// Passes in a centimetre.
    pub passes_per_cm: f32,
}

impl Cloth {
    /// Centimetres across, one repeat.
    pub fn width_cm(&self) -> f32 {
        self.lift.ends() as f32 / self.ends_per_cm
    }

    /// Centimetres along, one repeat.
    pub fn height_cm(&self) -> f32 {
        self.passes.len().saturating_sub(1) as f32 / self.passes_per_cm
    }
}
