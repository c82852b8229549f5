//! One picture out of a container: what a decoder has to be told before it starts.

use image::metadata::Orientation;

use super::container::{Container, Numbers, Result};
use crate::pixel::Size;

/// Tiles in a grid. 256 of 4096×4096 would be past every limit.
const MAX_TILES: usize = 1024;

/// How one item is coded, from its `av1C` property (AV1 in ISOBMFF §2.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Coding {
    /// 8, 10 or 12 bits.
    pub(super) bits: usize,
    pub(super) grey: bool,
}

/// Code points of ITU-T H.273.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nclx {
    pub(super) primaries: u16,
    pub(super) transfer: u16,
    pub(super) matrix: u16,
    pub(super) full_range: bool,
}

/// A picture that is one item, or a grid of items.
pub(super) struct Image {
    pub(super) size: Size,
    pub(super) coding: Coding,
    /// The size of each tile; of the picture itself if it is one item.
    pub(super) tile: Size,
    pub(super) columns: usize,
    /// The coded items, row after row.
    pub(super) items: Vec<u32>,
    pub(super) nclx: Option<Nclx>,
    pub(super) icc: Option<Vec<u8>>,
}

impl Image {
    /// The picture that is, or hangs on, item `id`.
    pub(super) fn of(container: &Container<'_>, id: u32) -> Result<Self> {
        let size = size(container, id)?;
        let (tile, columns, items) = match container.kind(id) {
            Some(b"av01") => (size, 1, vec![id]),
            Some(b"grid") => grid(container, id, size)?,
            Some(kind) => {
                return Err(format!("the picture is coded as \"{}\", not as AV1", kind.escape_ascii()));
            }
            None => return Err(format!("item {id}, the picture, does not exist")),
        };
        let coding = coding(container, items[0])?;
        // A grid may leave the colours to its tiles.
        let (nclx, icc) = match colours(container, id)? {
            (None, None) => colours(container, items[0])?,
            own => own,
        };
        Ok(Self { size, coding, tile, columns, items, nclx, icc })
    }
}

fn size(container: &Container<'_>, id: u32) -> Result<Size> {
    let mut extents = Numbers(container.property(id, b"ispe").ok_or("the picture states no size")?);
    extents.next(4)?;
    let (width, height) = (extents.next(4)? as u32, extents.next(4)? as u32);
    Size::new(width, height).map_err(|e| e.to_string())
}

fn coding(container: &Container<'_>, id: u32) -> Result<Coding> {
    let mut configuration =
        Numbers(container.property(id, b"av1C").ok_or("the picture has no av1C property")?);
    configuration.next(2)?;
    let bits = configuration.next(1)?;
    Ok(Coding {
        bits: match (bits >> 6 & 1, bits >> 5 & 1) {
            (0, _) => 8,
            (_, 0) => 10,
            _ => 12,
        },
        grey: bits >> 4 & 1 == 1,
    })
}

/// ISO/IEC 23008-12 §6.6.2.3.2: rows and columns of tiles of one size that cover the picture.
fn grid(container: &Container<'_>, id: u32, size: Size) -> Result<(Size, usize, Vec<u32>)> {
    let data = container.data(id)?;
    let mut numbers = Numbers(&data);
    let wide = if numbers.next(2)? & 1 == 1 { 4 } else { 2 };
    let (rows, columns) = (numbers.next(1)? as usize + 1, numbers.next(1)? as usize + 1);
    let stated = (numbers.next(wide)? as u32, numbers.next(wide)? as u32);
    let tiles = container.targets(b"dimg", id);
    if tiles.len() != rows * columns || tiles.len() > MAX_TILES {
        return Err(format!(
            "a grid of {columns}×{rows} tiles has {} (1 to {MAX_TILES} allowed)",
            tiles.len()
        ));
    }
    let tile = self::size(container, tiles[0])?;
    // No tile may lie outside: that would be work for nothing, and much of it in a hostile file.
    let covers = |tiles: usize, tile: usize, side: usize| tiles * tile >= side && (tiles - 1) * tile < side;
    let covered = covers(columns, tile.width(), size.width()) && covers(rows, tile.height(), size.height());
    if stated != size.as_u32() || !covered {
        return Err(format!(
            "a grid of {columns}×{rows} tiles of {tile} pixels cannot be a picture of {size}"
        ));
    }
    if tiles.iter().any(|&tile| container.kind(tile) != Some(b"av01")) {
        return Err("a tile of the grid is not coded as AV1".into());
    }
    Ok((tile, columns, tiles.to_vec()))
}

/// The `colr` properties: code points, a profile, both or none.
fn colours(container: &Container<'_>, id: u32) -> Result<(Option<Nclx>, Option<Vec<u8>>)> {
    let (mut nclx, mut icc) = (None, None);
    for property in container.properties(id).filter(|property| &property.kind == b"colr") {
        let mut numbers = Numbers(property.body);
        match numbers.take(4)? {
            b"nclx" => {
                let mut code = || numbers.next(2).map(|code| code as u16);
                let (primaries, transfer, matrix) = (code()?, code()?, code()?);
                nclx = Some(Nclx { primaries, transfer, matrix, full_range: numbers.next(1)? >> 7 == 1 });
            }
            b"prof" | b"rICC" => icc = Some(numbers.0.to_vec()),
            _ => {}
        }
    }
    Ok((nclx, icc))
}

/// The item that holds the alpha of item `id`, and whether the colours are multiplied by it already.
pub(super) fn alpha(container: &Container<'_>, id: u32) -> Option<(u32, bool)> {
    let is_alpha = |&item: &u32| {
        let urn =
            container.property(item, b"auxC").and_then(|property| property.get(4..)).unwrap_or_default();
        let urn = urn.split(|&byte| byte == 0).next().unwrap_or_default();
        matches!(urn, b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha" | b"urn:mpeg:hevc:2015:auxid:1")
    };
    let item = container.sources(b"auxl", id).find(is_alpha)?;
    Some((item, container.targets(b"prem", id).contains(&item)))
}

/// EXIF that describes item `id`: four bytes say where its TIFF structure starts.
pub(super) fn exif(container: &Container<'_>, id: u32) -> Option<Vec<u8>> {
    let describes = |item: &u32| container.targets(b"cdsc", *item).contains(&id);
    let data = container.data(container.of_kind(b"Exif").find(describes)?).ok()?;
    let (offset, rest) = data.split_first_chunk()?;
    rest.get(u32::from_be_bytes(*offset) as usize..).map(<[u8]>::to_vec)
}

/// `irot` turns anticlockwise, then `imir` mirrors: 0 exchanges top and bottom, 1 left and right. Nothing
/// of the kind means upright, whatever EXIF says (AVIF leaves that to the container).
pub(super) fn orientation(container: &Container<'_>, id: u32) -> Orientation {
    let value = |kind| container.property(id, kind).and_then(|body| body.first().copied());
    let mirror = value(b"imir").map(|axis| axis & 1);
    match (value(b"irot").unwrap_or(0) & 3, mirror) {
        (0, None) => Orientation::NoTransforms,
        (0, Some(0)) | (2, Some(1)) => Orientation::FlipVertical,
        (0, Some(_)) | (2, Some(_)) => Orientation::FlipHorizontal,
        (2, None) => Orientation::Rotate180,
        (1, None) => Orientation::Rotate270,
        (1, Some(0)) | (3, Some(1)) => Orientation::Rotate90FlipH,
        (1, Some(_)) | (3, Some(_)) => Orientation::Rotate270FlipH,
        _ => Orientation::Rotate90,
    }
}
