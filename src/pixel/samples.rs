//! Samples at rest, in one of three depths.

/// How a sample is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// 8 bits.
    U8,
    /// 16 bits.
    U16,
    /// 32-bit floating point; 0 to 1 is the displayable range, and values may go past it.
    F32,
}

impl Depth {
    /// Bytes a sample takes.
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::F32 => 4,
        }
    }
}

/// The samples of a picture, interleaved, row after row.
#[derive(Clone, Debug, PartialEq)]
pub enum Samples {
    /// 8-bit samples.
    U8(Vec<u8>),
    /// 16-bit samples, in the byte order of the machine.
    U16(Vec<u16>),
    /// Floating-point samples.
    F32(Vec<f32>),
}

/// Do the same with the samples of a picture whatever their depth: `with_samples!(samples, s => s.len())`.
macro_rules! with_samples {
    ($samples:expr, $name:ident => $body:expr) => {
        match $samples {
            $crate::pixel::Samples::U8($name) => $body,
            $crate::pixel::Samples::U16($name) => $body,
            $crate::pixel::Samples::F32($name) => $body,
        }
    };
}
pub(crate) use with_samples;

impl Samples {
    /// As many zeros.
    pub fn zeros(depth: Depth, len: usize) -> Self {
        match depth {
            Depth::U8 => Self::U8(vec![0; len]),
            Depth::U16 => Self::U16(vec![0; len]),
            Depth::F32 => Self::F32(vec![0.0; len]),
        }
    }

    /// How they are stored.
    pub fn depth(&self) -> Depth {
        match self {
            Self::U8(_) => Depth::U8,
            Self::U16(_) => Depth::U16,
            Self::F32(_) => Depth::F32,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        with_samples!(self, s => s.len())
    }

    /// None at all? (Never so in a picture.)
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl From<Vec<u8>> for Samples {
    fn from(samples: Vec<u8>) -> Self {
        Self::U8(samples)
    }
}

impl From<Vec<u16>> for Samples {
    fn from(samples: Vec<u16>) -> Self {
        Self::U16(samples)
    }
}

impl From<Vec<f32>> for Samples {
    fn from(samples: Vec<f32>) -> Self {
        Self::F32(samples)
    }
}
