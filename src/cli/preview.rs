//! Pictures in the terminal.
//!
//! Terminals do not say what they can, so the environment they set is read: kitty's graphics protocol
//! (kitty, Ghostty, WezTerm), iTerm2's inline images (iTerm2, mintty), and else, where 24-bit colour is
//! announced, half blocks: `▀` shows two pixels, one above the other. Inside tmux and screen pictures get lost on
//! the way; there blocks are the sure thing.
//! Protocols: <https://sw.kovidgoyal.net/kitty/graphics-protocol/>, <https://iterm2.com/documentation-images.html>.

use std::fmt::Write;
use std::io::{self, IsTerminal};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use zhijin::codec::Format;
use zhijin::op::Resize;
use zhijin::pixel::{Depth, Picture};
use zhijin::{Engine, Job, Output};

use super::args::ShowArgs;
use super::out;

/// Pixels along the longer side of a picture that is drawn as one.
const SIDE: u32 = 640;
/// Bytes of base64 in one message of kitty's protocol, which allows no more.
const CHUNK: usize = 4096;

/// A way of showing pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    Kitty,
    Iterm,
    /// Half blocks, on so many columns and rows.
    Blocks {
        columns: u16,
        rows: u16,
    },
}

impl Screen {
    /// The way of this terminal, if pictures are wanted; if it has none, that is said.
    pub(super) fn wanted(show: &ShowArgs) -> Option<Self> {
        if !show.preview {
            return None;
        }
        let screen = if io::stdout().is_terminal() {
            Self::detect(|name| std::env::var(name).ok()).ok_or(
                "this terminal cannot show pictures: it is not known for them, and COLORTERM does not say truecolor",
            )
        } else {
            Err("standard output is not a terminal, so there is no preview")
        };
        screen
            .map_err(|why| out::note(&format!("zhijin: --preview: {why}; the files are made all the same")))
            .ok()
    }

    fn detect(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let text = |name| variable(name).unwrap_or_default();
        let (term, program) = (text("TERM"), text("TERM_PROGRAM").to_lowercase());
        let nested = term.starts_with("tmux") || term.starts_with("screen");
        if !nested
            && (term.contains("kitty")
                || variable("KITTY_WINDOW_ID").is_some()
                || matches!(program.as_str(), "ghostty" | "wezterm"))
        {
            return Some(Self::Kitty);
        }
        if !nested && (matches!(program.as_str(), "iterm.app" | "mintty") || text("LC_TERMINAL") == "iTerm2")
        {
            return Some(Self::Iterm);
        }
        let (columns, rows) = terminal_size::terminal_size().map_or((80, 24), |(w, h)| (w.0, h.0));
        matches!(text("COLORTERM").as_str(), "truecolor" | "24bit").then_some(Self::Blocks { columns, rows })
    }

    /// What to print to show the picture in these bytes. A preview that fails is left out: the file is there.
    pub(super) fn show(self, engine: &Engine, bytes: &[u8]) -> Option<String> {
        let job = Job::new(bytes.to_vec()).size(self.size());
        if let Self::Blocks { .. } = self {
            return blocks(engine, &job);
        }
        let png = Output { format: Some(Format::Png), ..Output::default() };
        let png = engine.render(&job, &png).ok()?.bytes;
        Some(if self == Self::Kitty { kitty(&png) } else { iterm(&png) })
    }

    fn size(self) -> Resize {
        let (width, height) = match self {
            Self::Kitty | Self::Iterm => (SIDE, SIDE),
            // A row of text is two of pixels; one row is left for the prompt.
            Self::Blocks { columns, rows } => {
                (columns.clamp(1, 120).into(), u32::from(rows.clamp(2, 60) - 1) * 2)
            }
        };
        Resize { width: Some(width), height: Some(height), shrink_only: true, ..Resize::default() }
    }
}

fn kitty(png: &[u8]) -> String {
    let text = BASE64.encode(png);
    let mut shown = String::new();
    let count = text.len().div_ceil(CHUNK);
    for (index, at) in (0..text.len()).step_by(CHUNK).enumerate() {
        let first = if index == 0 { "a=T,f=100," } else { "" };
        let more = u8::from(index + 1 < count);
        let chunk = &text[at..text.len().min(at + CHUNK)];
        let _ = write!(shown, "\x1b_G{first}m={more};{chunk}\x1b\\");
    }
    shown
}

fn iterm(png: &[u8]) -> String {
    format!("\x1b]1337;File=inline=1;size={}:{}\x07", png.len(), BASE64.encode(png))
}

fn blocks(engine: &Engine, job: &Job) -> Option<String> {
    let picture = engine.run(job).ok()?.picture.into_depth(Depth::U8, &engine.context(job)).ok()?;
    Some(half_blocks(&picture))
}

fn half_blocks(picture: &Picture) -> String {
    let Some(view) = picture.as_u8() else { return String::new() };
    let size = view.size();
    let mut shown = String::new();
    for y in (0..size.height()).step_by(2) {
        for x in 0..size.width() {
            let [r, g, b] = colour(view.pixel(x, y));
            let _ = write!(shown, "\x1b[38;2;{r};{g};{b}m");
            if y + 1 < size.height() {
                let [r, g, b] = colour(view.pixel(x, y + 1));
                let _ = write!(shown, "\x1b[48;2;{r};{g};{b}m");
            }
            shown.push('▀');
        }
        shown.push_str("\x1b[0m\n");
    }
    shown.pop();
    shown
}

/// A pixel of any layout as opaque colour; what shines through it is black, like most terminals.
pub(super) fn colour(pixel: &[u8]) -> [u8; 3] {
    let over = |value: u8, alpha: u8| (u16::from(value) * u16::from(alpha) / 255) as u8;
    match *pixel {
        [grey] => [grey; 3],
        [grey, alpha] => [over(grey, alpha); 3],
        [r, g, b] => [r, g, b],
        [r, g, b, alpha] => [r, g, b].map(|value| over(value, alpha)),
        _ => [0; 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhijin::pixel::{Layout, Size};

    fn detected(variables: &[(&str, &str)]) -> Option<Screen> {
        let find = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string())
        };
        Screen::detect(find)
    }

    #[test]
    fn terminals_are_known_by_their_environment() {
        assert_eq!(detected(&[("TERM", "xterm-kitty")]), Some(Screen::Kitty));
        assert_eq!(detected(&[("TERM_PROGRAM", "WezTerm")]), Some(Screen::Kitty));
        assert_eq!(detected(&[("TERM_PROGRAM", "iTerm.app")]), Some(Screen::Iterm));
        let nested = [("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1"), ("COLORTERM", "truecolor")];
        assert!(matches!(detected(&nested), Some(Screen::Blocks { .. })));
        assert_eq!(detected(&[("TERM", "xterm")]), None);
    }

    #[test]
    fn long_pictures_go_to_kitty_in_chunks() {
        let shown = kitty(&[7; 4000]);
        assert!(shown.starts_with("\x1b_Ga=T,f=100,m=1;") && shown.ends_with("\x1b\\"));
        assert_eq!(shown.matches("m=0;").count(), 1);
    }

    #[test]
    fn two_pixels_share_a_cell() {
        let picture = Picture::new(Size::new(1, 3).unwrap(), Layout::Grey, vec![0u8, 128, 255]).unwrap();
        assert_eq!(
            half_blocks(&picture),
            "\x1b[38;2;0;0;0m\x1b[48;2;128;128;128m▀\x1b[0m\n\x1b[38;2;255;255;255m▀\x1b[0m"
        );
    }
}
