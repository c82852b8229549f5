//! What is asked for.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::codec::{self, DecodeOptions, EncodeOptions, Format, Metadata};
use crate::context::{Cancel, Context};
use crate::error::Result;
use crate::op::Resize;
use crate::pixel::{Picture, Size};
use crate::style::{Estimate, Recipe, Style, StyleError};

/// A picture to be made: what from, in which style, how.
#[derive(Clone)]
pub struct Job {
    input: Input,
    style: Wanted,
    settings: Vec<(String, String)>,
    strength: f64,
    pub(super) size: Option<Resize>,
    pub(super) seed: u64,
    pub(super) deadline: Option<Duration>,
    pub(super) cancel: Cancel,
    pub(super) decode: DecodeOptions,
    bare: bool,
    observer: Option<Observer>,
}

/// What a picture is made from.
#[derive(Clone)]
pub enum Input {
    /// A picture in memory.
    Picture(Arc<Picture>),
    /// The bytes of a file in any format we read.
    Bytes(Arc<Vec<u8>>),
}

impl From<Picture> for Input {
    fn from(picture: Picture) -> Self {
        Self::Picture(Arc::new(picture))
    }
}

impl From<Arc<Picture>> for Input {
    fn from(picture: Arc<Picture>) -> Self {
        Self::Picture(picture)
    }
}

impl From<Vec<u8>> for Input {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Arc::new(bytes))
    }
}

impl From<Arc<Vec<u8>>> for Input {
    fn from(bytes: Arc<Vec<u8>>) -> Self {
        Self::Bytes(bytes)
    }
}

/// A style by name, or one that is resolved already.
#[derive(Clone)]
enum Wanted {
    Name(String),
    Style(Box<Style>),
}

type Observer = Arc<dyn Fn(Stage<'_>) + Send + Sync>;

/// How far a job is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Stage<'a> {
    /// The header was read; pixels follow.
    Decoding {
        /// The size as stored.
        size: Size,
    },
    /// A pass over the picture begins.
    Step {
        /// The steps done in it.
        names: &'a [String],
        /// Its number, from zero.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// A frame of an animation begins.
    Frame {
        /// Its number, from zero.
        index: u32,
    },
    /// The picture is made; its bytes follow.
    Encoding {
        /// The format.
        format: Format,
    },
}

/// What kind of file is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Output {
    /// The format; `None` means PNG, or for an animation the format it came in.
    pub format: Option<Format>,
    /// Quality and effort.
    pub options: EncodeOptions,
}

impl Job {
    /// A job on a picture or on the bytes of a file. Without a style it leaves the picture as it is.
    pub fn new(input: impl Into<Input>) -> Self {
        Self {
            input: input.into(),
            style: Wanted::Name("plain".into()),
            settings: Vec::new(),
            strength: 1.0,
            size: None,
            seed: 0,
            deadline: None,
            cancel: Cancel::default(),
            decode: DecodeOptions::default(),
            bare: false,
            observer: None,
        }
    }

    /// The style, by name or by the path of a file.
    pub fn style(mut self, reference: impl Into<String>) -> Self {
        self.style = Wanted::Name(reference.into());
        self
    }

    /// A style that is resolved already.
    pub fn with_style(mut self, style: Style) -> Self {
        self.style = Wanted::Style(Box::new(style));
        self
    }

    /// Set a parameter of a step: `set("exposure.ev", "1")`.
    pub fn set(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((key.into(), value.into()));
        self
    }

    /// How strongly the style is applied, from 0 to 1 ([`Style::weaken`]). Default: 1. What is [set](Self::set) stays as set.
    pub fn strength(mut self, strength: f64) -> Self {
        self.strength = strength;
        self
    }

    /// The size of the result. The picture is brought to it before the style, so the style works on the pixels
    /// that will be seen.
    pub fn size(mut self, size: Resize) -> Self {
        self.size = Some(size);
        self
    }

    /// Where all chance comes from. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How long it may take. Default: as long as it takes.
    pub fn deadline(mut self, allowed: Duration) -> Self {
        self.deadline = Some(allowed);
        self
    }

    /// A switch by which it can be stopped.
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.cancel = cancel;
        self
    }

    /// How to read the bytes.
    pub fn decode(mut self, options: DecodeOptions) -> Self {
        self.decode = options;
        self
    }

    /// Leave out of the result how it was made. A PNG otherwise carries its recipe.
    pub fn bare(mut self, bare: bool) -> Self {
        self.bare = bare;
        self
    }

    /// Hear how far it is. Called from the thread that works; it should return at once.
    pub fn observe(mut self, observer: impl Fn(Stage<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    pub(super) fn tell(&self, stage: Stage<'_>) {
        if let Some(observer) = &self.observer {
            observer(stage);
        }
    }

    /// What its result carries, so that it can be made again.
    pub(super) fn recipe(&self, style: &Style) -> Option<String> {
        let version = env!("CARGO_PKG_VERSION").into();
        let recipe = Recipe { version, style: style.clone(), seed: self.seed, size: self.size };
        (!self.bare).then(|| recipe.to_text())
    }

    /// The style with everything the job sets.
    pub fn resolve(&self) -> Result<Style, StyleError> {
        let mut style = match &self.style {
            Wanted::Name(reference) => Style::find(reference)?,
            Wanted::Style(style) => (**style).clone(),
        };
        style.weaken(self.strength)?;
        for (key, value) in &self.settings {
            style.set(key, value)?;
        }
        Ok(style)
    }

    /// The size of the picture to start from, before any pixel is read.
    pub(super) fn source_size(&self, context: &Context) -> Result<Size> {
        match &self.input {
            Input::Picture(picture) => Ok(picture.size()),
            Input::Bytes(bytes) => Ok(codec::header(bytes, context)?.size),
        }
    }

    /// Refuse the job if its style would take more than the limits allow, before any pixel is read.
    pub(super) fn admit(&self, style: &Style, context: &Context) -> Result<Estimate> {
        let source = self.source_size(context)?;
        let size = match &self.size {
            Some(resize) => resize.target(source)?,
            None => source,
        };
        style.admit(size, &context.limits)
    }

    /// The bytes, if it starts from such.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match &self.input {
            Input::Bytes(bytes) => Some(bytes),
            Input::Picture(_) => None,
        }
    }

    /// The picture to start from, and how long it took to get it.
    pub(super) fn open(&self, context: &Context) -> Result<(Opened, Duration)> {
        let start = Instant::now();
        let opened = match &self.input {
            Input::Picture(picture) => {
                Opened { picture: Picture::clone(picture), metadata: Metadata::default(), format: None }
            }
            Input::Bytes(bytes) => {
                self.tell(Stage::Decoding { size: codec::header(bytes, context)?.size });
                let decoded = codec::decode(bytes, &self.decode, context)?;
                Opened { picture: decoded.picture, metadata: decoded.metadata, format: Some(decoded.format) }
            }
        };
        Ok((opened, start.elapsed()))
    }
}

/// The input as a picture.
pub(super) struct Opened {
    pub(super) picture: Picture,
    pub(super) metadata: Metadata,
    pub(super) format: Option<Format>,
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = match &self.style {
            Wanted::Name(name) => name,
            Wanted::Style(style) => &style.name,
        };
        f.debug_struct("Job")
            .field("style", style)
            .field("settings", &self.settings)
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}
