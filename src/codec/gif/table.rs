//! One colour table for many frames.
//!
//! Frames of few colours are numbered in the table of the whole file as long as their colours fit in there together;
//! one whose colours do not brings its own. The table is known once the last frame is, so frames wait for it, already
//! compressed.

use std::collections::HashMap;

use super::palette::Indexed;

/// The most entries of a table.
const MOST: usize = 256;

/// The colours of the file, in the order in which frames brought them.
#[derive(Clone, Default)]
pub(super) struct Table {
    colours: Vec<[u8; 3]>,
    numbers: HashMap<[u8; 3], u8>,
    hole: Option<u8>,
}

impl Table {
    /// How many entries are taken.
    pub(super) fn len(&self) -> usize {
        self.colours.len()
    }

    /// The entries, end to end.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.colours.concat()
    }

    /// The frame in numbers of this table, and the table with its colours in it; `None` if they do not all fit.
    pub(super) fn with(&self, frame: &Indexed) -> Option<(Self, Indexed)> {
        let new = frame.colours.iter().filter(|colour| !self.numbers.contains_key(*colour)).count();
        let hole = usize::from(frame.transparent.is_some() && self.hole.is_none());
        if self.len() + new + hole > MOST {
            return None;
        }
        let mut table = self.clone();
        let mut numbers: Vec<u8> = frame.colours.iter().map(|&colour| table.number(colour)).collect();
        let transparent = frame.transparent.map(|_| table.hole());
        numbers.extend(transparent);
        let indices = frame.indices.iter().map(|&index| numbers[usize::from(index)]).collect();
        Some((table, Indexed { indices, colours: Vec::new(), transparent }))
    }

    fn number(&mut self, colour: [u8; 3]) -> u8 {
        let Self { colours, numbers, .. } = self;
        *numbers.entry(colour).or_insert_with(|| {
            colours.push(colour);
            (colours.len() - 1) as u8
        })
    }

    /// The entry that stands for no colour.
    fn hole(&mut self) -> u8 {
        *self.hole.get_or_insert_with(|| {
            self.colours.push([0; 3]);
            (self.colours.len() - 1) as u8
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(colours: &[u8], hole: bool) -> Indexed {
        let transparent = hole.then_some(colours.len() as u8);
        let mut indices: Vec<u8> = (0..colours.len() as u8).collect();
        indices.extend(transparent);
        Indexed { indices, colours: colours.iter().map(|&v| [v, 0, 9]).collect(), transparent }
    }

    #[test]
    fn colours_are_shared_and_the_hole_is_none_of_them() {
        let (table, first) = Table::default().with(&frame(&[7, 8], false)).unwrap();
        let (table, second) = table.with(&frame(&[8, 0, 7], true)).unwrap();
        assert_eq!((first.indices, second.indices), (vec![0, 1], vec![1, 2, 0, 3]));
        assert_eq!((second.transparent, table.len()), (Some(3), 4));
        let (table, third) = table.with(&frame(&[], true)).unwrap();
        assert_eq!((third.indices, table.len()), (vec![3], 4), "there is one hole");
    }

    #[test]
    fn what_does_not_fit_leaves_the_table_as_it_is() {
        let all: Vec<u8> = (0..=255).collect();
        let (table, _) = Table::default().with(&frame(&all[..255], false)).unwrap();
        assert!(table.with(&frame(&all, false)).is_some());
        assert!(table.with(&frame(&all[..255], true)).is_some());
        assert!(table.with(&frame(&all, true)).is_none());
        assert_eq!(table.len(), 255);
    }
}
