//! Repeats: how copies of a design meet, and how a picture is made to meet itself.

use super::cells::Cells;
use super::lab::Lab;

/// How copies lie beside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    /// One copy; nothing is done at its borders.
    #[default]
    Single,
    /// Copy beside copy.
    Straight,
    /// Each column of copies lies half a copy lower than the last.
    HalfDrop,
    /// Copies turned over, to the side and down.
    Mirror,
}

impl Repeat {
    /// Whether a picture has to fade into itself at the borders.
    pub(super) fn fades(self) -> bool {
        matches!(self, Self::Straight | Self::HalfDrop)
    }
}

/// Cells whose right border meets the left, and the foot the top, as the repeat will have them meet: near the left and
/// the top they fade into what lies beyond the right and the foot. Those margins are spent.
pub(super) fn seamless(cells: &Cells<Lab>, repeat: Repeat, [across, down]: [usize; 2]) -> Cells<Lab> {
    if !repeat.fades() {
        return cells.clone();
    }
    let height = cells.height() - down;
    let tall = Cells::from_fn(cells.width(), height, |x, y| {
        let beyond = if y < down { cells.at(x, height + y) } else { cells.at(x, y) };
        fade(beyond, cells.at(x, y), y, down)
    });
    let width = tall.width() - across;
    let drop = if repeat == Repeat::HalfDrop { height / 2 } else { 0 };
    Cells::from_fn(width, height, |x, y| {
        // The copy to the left lies half a copy higher: beside row y is its row y + drop.
        let beyond = if x < across { tall.at(width + x, (y + drop) % height) } else { tall.at(x, y) };
        fade(beyond, tall.at(x, y), x, across)
    })
}

fn fade(from: Lab, to: Lab, at: usize, margin: usize) -> Lab {
    let part = if at < margin { (at as f32 + 0.5) / margin as f32 } else { 1.0 };
    let part = part * part * (3.0 - 2.0 * part);
    [0, 1, 2].map(|channel| from[channel] + part * (to[channel] - from[channel]))
}

/// The repeat of the cloth, of as many copies as it takes to repeat straight.
pub(super) fn lay<T: Copy>(copy: &Cells<T>, repeat: Repeat) -> Cells<T> {
    let (width, height) = (copy.width(), copy.height());
    match repeat {
        Repeat::Single | Repeat::Straight => copy.clone(),
        Repeat::HalfDrop => {
            Cells::from_fn(width * 2, height, |x, y| beyond(copy, repeat, x as isize, y as isize))
        }
        Repeat::Mirror => {
            Cells::from_fn(width * 2, height * 2, |x, y| beyond(copy, repeat, x as isize, y as isize))
        }
    }
}

/// A copy with what lies round it in the repeat, `margin` cells on each side.
pub(super) fn surround<T: Copy>(copy: &Cells<T>, repeat: Repeat, margin: usize) -> Cells<T> {
    let at = |place: usize| place as isize - margin as isize;
    let (width, height) = (copy.width() + 2 * margin, copy.height() + 2 * margin);
    Cells::from_fn(width, height, |x, y| beyond(copy, repeat, at(x), at(y)))
}

/// The value at a place anywhere in the endless repeat.
fn beyond<T: Copy>(copy: &Cells<T>, repeat: Repeat, x: isize, y: isize) -> T {
    let (width, height) = (copy.width() as isize, copy.height() as isize);
    let fold = |at: isize, length: isize| {
        let at = at.rem_euclid(2 * length);
        if at < length { at } else { 2 * length - 1 - at }
    };
    match repeat {
        Repeat::Mirror => copy.at(fold(x, width) as usize, fold(y, height) as usize),
        Repeat::HalfDrop => {
            let down = x.div_euclid(width) * (height / 2);
            copy.at(x.rem_euclid(width) as usize, (y - down).rem_euclid(height) as usize)
        }
        Repeat::Single | Repeat::Straight => {
            copy.at(x.rem_euclid(width) as usize, y.rem_euclid(height) as usize)
        }
    }
}
