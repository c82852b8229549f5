//! The `meta` box: which items a file has, where their bytes lie, what properties and relations they have.
//!
//! ISO/IEC 14496-12 §8.11 and ISO/IEC 23008-12. Everything is checked against the bytes there are; counts
//! that could ask for more work than their bytes are worth are bounded.

use std::borrow::Cow;

use crate::codec::boxes::{IsoBox, boxes};

/// Errors here are sentences; the adapter knows the format they belong to.
pub(super) type Result<T> = std::result::Result<T, String>;

/// Items in a file; grids of large pictures have some hundred.
const MAX_ITEMS: usize = 4096;
/// Pieces an item may be cut into.
const MAX_EXTENTS: usize = 64;

/// Big-endian numbers, one after the other.
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl<'a> Numbers<'a> {
    /// A number of `bytes` bytes, up to eight.
    pub(super) fn next(&mut self, bytes: usize) -> Result<u64> {
        let number = self.take(bytes)?;
        Ok(number.iter().fold(0, |value, &byte| value << 8 | u64::from(byte)))
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or("a box is shorter than its contents")?;
        self.0 = rest;
        Ok(taken)
    }

    /// Version and flags, which start many boxes.
    fn full(&mut self) -> Result<(u8, u32)> {
        let word = self.next(4)? as u32;
        Ok(((word >> 24) as u8, word & 0xff_ffff))
    }
}

struct Item {
    id: u32,
    kind: [u8; 4],
}

struct Location {
    id: u32,
    /// In the `idat` box, not in the file.
    inside: bool,
    extents: Vec<(u64, u64)>,
}

struct Reference {
    kind: [u8; 4],
    from: u32,
    to: Vec<u32>,
}

/// What the `meta` box says.
pub(super) struct Container<'a> {
    file: &'a [u8],
    /// The item to show.
    pub(super) primary: u32,
    /// Does the file call itself a sequence?
    pub(super) sequence: bool,
    items: Vec<Item>,
    locations: Vec<Location>,
    properties: Vec<IsoBox<'a>>,
    /// Item and index of a property, counted from one.
    associations: Vec<(u32, usize)>,
    references: Vec<Reference>,
    inside: &'a [u8],
}

impl<'a> Container<'a> {
    pub(super) fn parse(file: &'a [u8]) -> Result<Self> {
        let mut sequence = false;
        for found in boxes(file) {
            let found = found?;
            match &found.kind {
                b"ftyp" => sequence = found.body.chunks_exact(4).any(|brand| brand == b"avis"),
                b"meta" => return Self::parse_meta(file, found.body, sequence),
                _ => {}
            }
        }
        Err("there is no meta box, so there is no still picture".into())
    }

    fn parse_meta(file: &'a [u8], meta: &'a [u8], sequence: bool) -> Result<Self> {
        let mut parsed = Self {
            file,
            primary: 0,
            sequence,
            items: Vec::new(),
            locations: Vec::new(),
            properties: Vec::new(),
            associations: Vec::new(),
            references: Vec::new(),
            inside: &[],
        };
        for found in boxes(meta.get(4..).unwrap_or_default()) {
            let IsoBox { kind, body, .. } = found?;
            let numbers = Numbers(body);
            match &kind {
                b"pitm" => parsed.primary = primary(numbers)?,
                b"iinf" => parsed.items = items(numbers)?,
                b"iloc" => parsed.locations = locations(numbers)?,
                b"iref" => parsed.references = references(numbers)?,
                b"idat" => parsed.inside = body,
                b"iprp" => parsed.read_properties(body)?,
                _ => {}
            }
        }
        Ok(parsed)
    }

    fn read_properties(&mut self, body: &'a [u8]) -> Result<()> {
        for found in boxes(body) {
            let found = found?;
            match &found.kind {
                b"ipco" => self.properties = boxes(found.body).take(MAX_ITEMS).collect::<Result<_>>()?,
                b"ipma" => self.associations.extend(associations(Numbers(found.body))?),
                _ => {}
            }
        }
        Ok(())
    }

    /// `av01`, `grid`, `Exif`, …
    pub(super) fn kind(&self, id: u32) -> Option<&[u8; 4]> {
        self.items.iter().find(|item| item.id == id).map(|item| &item.kind)
    }

    /// The items of this kind.
    pub(super) fn of_kind(&self, kind: &[u8; 4]) -> impl Iterator<Item = u32> {
        self.items.iter().filter(move |item| item.kind == *kind).map(|item| item.id)
    }

    /// The properties of an item, in the order they apply.
    pub(super) fn properties(&self, id: u32) -> impl Iterator<Item = &IsoBox<'a>> {
        let of_item = self.associations.iter().filter(move |(item, _)| *item == id);
        of_item.filter_map(|(_, index)| self.properties.get(index.checked_sub(1)?))
    }

    /// The first property of this kind.
    pub(super) fn property(&self, id: u32, kind: &[u8; 4]) -> Option<&'a [u8]> {
        self.properties(id).find(|property| property.kind == *kind).map(|property| property.body)
    }

    /// The items that `from` refers to in this way.
    pub(super) fn targets(&self, kind: &[u8; 4], from: u32) -> &[u32] {
        let found = self.references.iter().find(|r| r.kind == *kind && r.from == from);
        found.map_or(&[], |reference| &reference.to)
    }

    /// The items that refer to `to` in this way.
    pub(super) fn sources(&self, kind: &[u8; 4], to: u32) -> impl Iterator<Item = u32> {
        self.references.iter().filter(move |r| r.kind == *kind && r.to.contains(&to)).map(|r| r.from)
    }

    /// The bytes of an item, copied only if they lie in pieces.
    pub(super) fn data(&self, id: u32) -> Result<Cow<'a, [u8]>> {
        let location = self.locations.iter().find(|l| l.id == id);
        let location = location.ok_or_else(|| format!("item {id} has no place in the file"))?;
        let source = if location.inside { self.inside } else { self.file };
        let piece = |&(offset, length): &(u64, u64)| {
            let from = usize::try_from(offset).ok().and_then(|offset| source.get(offset..))?;
            // No length: up to the end.
            if length == 0 { Some(from) } else { from.get(..usize::try_from(length).ok()?) }
        };
        let lost = || format!("item {id} lies beyond the end of the file");
        let pieces: Vec<&[u8]> =
            location.extents.iter().map(piece).collect::<Option<_>>().ok_or_else(lost)?;
        match pieces[..] {
            [piece] => Ok(piece.into()),
            _ if pieces.iter().map(|piece| piece.len()).sum::<usize>() > source.len() => {
                Err(format!("the pieces of item {id} are more than the file"))
            }
            _ => Ok(pieces.concat().into()),
        }
    }
}

fn primary(mut numbers: Numbers<'_>) -> Result<u32> {
    let (version, _) = numbers.full()?;
    Ok(numbers.next(if version == 0 { 2 } else { 4 })? as u32)
}

fn items(mut numbers: Numbers<'_>) -> Result<Vec<Item>> {
    let (version, _) = numbers.full()?;
    numbers.next(if version == 0 { 2 } else { 4 })?;
    let mut items = Vec::new();
    for found in boxes(numbers.0).take(MAX_ITEMS) {
        let found = found?;
        let mut entry = Numbers(found.body);
        let (version, _) = entry.full()?;
        // Versions 0 and 1 name no kind; no picture is described by them.
        if &found.kind == b"infe" && version >= 2 {
            let id = entry.next(if version == 2 { 2 } else { 4 })? as u32;
            entry.next(2)?;
            items.push(Item { id, kind: (entry.next(4)? as u32).to_be_bytes() });
        }
    }
    Ok(items)
}

fn locations(mut numbers: Numbers<'_>) -> Result<Vec<Location>> {
    let (version, _) = numbers.full()?;
    if version > 2 {
        return Err(format!("item locations of version {version}; versions 0 to 2 are known"));
    }
    let sizes = numbers.next(2)? as usize;
    let [offset_size, length_size, base_size, index_size] = [12, 8, 4, 0].map(|shift| sizes >> shift & 15);
    if [offset_size, length_size, base_size, index_size].into_iter().any(|size| !matches!(size, 0 | 4 | 8)) {
        return Err("item locations of a strange width; 0, 4 and 8 bytes are allowed".into());
    }
    let wide = if version == 2 { 4 } else { 2 };
    let count = numbers.next(wide)? as usize;
    let mut locations = Vec::new();
    for _ in 0..count.min(MAX_ITEMS) {
        let id = numbers.next(wide)? as u32;
        let method = if version == 0 { 0 } else { numbers.next(2)? & 15 };
        numbers.next(2)?;
        let base = numbers.next(base_size)?;
        let pieces = numbers.next(2)? as usize;
        if pieces > MAX_EXTENTS {
            return Err(format!("item {id} lies in {pieces} pieces; {MAX_EXTENTS} are allowed"));
        }
        let mut extents = Vec::with_capacity(pieces);
        for _ in 0..pieces {
            numbers.next(if version == 0 { 0 } else { index_size })?;
            let offset = base.checked_add(numbers.next(offset_size)?).ok_or("an offset beyond all files")?;
            extents.push((offset, numbers.next(length_size)?));
        }
        // Method 2 builds on other items; no picture we know does.
        if method < 2 {
            locations.push(Location { id, inside: method == 1, extents });
        }
    }
    Ok(locations)
}

fn associations(mut numbers: Numbers<'_>) -> Result<Vec<(u32, usize)>> {
    let (version, flags) = numbers.full()?;
    let count = numbers.next(4)? as usize;
    let mut associations = Vec::new();
    for _ in 0..count.min(MAX_ITEMS) {
        let id = numbers.next(if version == 0 { 2 } else { 4 })? as u32;
        for _ in 0..numbers.next(1)? {
            // The top bit says that the property must be understood.
            let index = if flags & 1 == 0 { numbers.next(1)? & 0x7f } else { numbers.next(2)? & 0x7fff };
            associations.push((id, index as usize));
        }
    }
    Ok(associations)
}

fn references(mut numbers: Numbers<'_>) -> Result<Vec<Reference>> {
    let (version, _) = numbers.full()?;
    let wide = if version == 0 { 2 } else { 4 };
    let mut references = Vec::new();
    for found in boxes(numbers.0).take(MAX_ITEMS) {
        let found = found?;
        let mut entry = Numbers(found.body);
        let from = entry.next(wide)? as u32;
        let count = entry.next(2)? as usize;
        let to = (0..count).map(|_| entry.next(wide).map(|id| id as u32)).collect::<Result<_>>()?;
        references.push(Reference { kind: found.kind, from, to });
    }
    Ok(references)
}
