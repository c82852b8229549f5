//! Lines as JSON, for people who measure.

use std::collections::BTreeMap;

use super::number::write_number;
use crate::pixel::Size;
use crate::trace::line::{Line, Traced, Vertex};

/// The file: the picture's size; for each line its points one after the other (x, y), the strength and the
/// orientation of each, whether it is closed, and the nodes at its ends; and where the nodes are.
///
/// Lines that name the same node meet there. Coordinates are in pixels from the upper left corner of the picture.
pub fn write_json(traced: &Traced, size: Size, decimals: u32) -> String {
    let (width, height) = (size.width(), size.height());
    let mut out = format!("{{\"width\":{width},\"height\":{height},\"lines\":[");
    let mut names = BTreeMap::new();
    for (i, line) in traced.lines.iter().enumerate() {
        out.push_str(if i == 0 { "\n" } else { ",\n" });
        let nodes = line.nodes.map(|nodes| {
            nodes.map(|node| {
                let next = names.len();
                *names.entry(node).or_insert(next)
            })
        });
        write_line(&mut out, line, nodes, decimals);
    }
    out.push_str("\n],\"nodes\":[");
    let mut used = vec![0; names.len()];
    names.iter().for_each(|(node, name)| used[*name] = *node);
    let places = used.iter().map(|node| traced.nodes[*node as usize]);
    list(&mut out, places.flat_map(|at| [at.x, at.y]), decimals);
    out.push_str("]}\n");
    out
}

fn write_line(out: &mut String, line: &Line, nodes: Option<[usize; 2]>, decimals: u32) {
    out.push_str(if line.closed { "{\"closed\":true" } else { "{\"closed\":false" });
    if let Some([from, to]) = nodes {
        out.push_str(&format!(",\"nodes\":[{from},{to}]"));
    }
    out.push_str(",\"points\":[");
    list(out, line.vertices.iter().flat_map(|vertex| [vertex.at.x, vertex.at.y]), decimals);
    let mut known = |name: &str, of: fn(&Vertex) -> f32| {
        out.push_str(&format!("],\"{name}\":["));
        list(out, line.vertices.iter().map(|vertex| f64::from(of(vertex))), 3);
    };
    known("strength", |vertex| vertex.strength);
    known("orientation", |vertex| vertex.orientation);
    known("width", |vertex| vertex.width);
    out.push_str("]}");
}

fn list(out: &mut String, values: impl Iterator<Item = f64>, decimals: u32) {
    for (i, value) in values.enumerate() {
        if i > 0 {
            out.push(',');
        }
        write_number(out, value, decimals);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::point::Point;

    #[test]
    fn lines_are_written_with_all_that_is_known() {
        let vertex = |x, y| Vertex { at: Point::new(x, y), strength: 9.5, orientation: -1.0, width: 1.0 };
        let line =
            Line { vertices: vec![vertex(0.5, 0.25), vertex(3.0, 4.0)], closed: false, nodes: Some([7, 2]) };
        let mut nodes = vec![Point::default(); 8];
        (nodes[7], nodes[2]) = (line.vertices[0].at, line.vertices[1].at);
        let text = write_json(&Traced { lines: vec![line], nodes }, Size::new(8, 6).unwrap(), 2);
        let expected = "{\"width\":8,\"height\":6,\"lines\":[\n{\"closed\":false,\"nodes\":[0,1],\
            \"points\":[0.5,0.25,3,4],\"strength\":[9.5,9.5],\"orientation\":[-1,-1],\"width\":[1,1]}\n],\
            \"nodes\":[0.5,0.25,3,4]}\n";
        assert_eq!(text, expected);
    }
}
