//! A reader of SVG that refuses what is not well formed: tags that close, attributes in quotes, entities that are known.

use std::collections::BTreeMap;

/// A place in pixels.
pub(super) type Place = (f64, f64);

/// A drawing as it was read.
pub(super) struct Drawing {
    pub(super) size: (usize, usize),
    /// Layers by their labels.
    pub(super) layers: Vec<String>,
    pub(super) shapes: Vec<Shape>,
    /// The attributes of the root.
    pub(super) root: BTreeMap<String, String>,
}

/// One path element, with what it inherits.
pub(super) struct Shape {
    pub(super) fill: Option<[u8; 3]>,
    pub(super) stroke: Option<[u8; 3]>,
    pub(super) width: f64,
    /// Its parts as polylines, and whether each is closed.
    pub(super) parts: Vec<(Vec<Place>, bool)>,
}

/// Read a drawing.
pub(super) fn read(text: &str) -> Drawing {
    let mut open: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    let mut drawing = Drawing { size: (0, 0), layers: Vec::new(), shapes: Vec::new(), root: BTreeMap::new() };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at], open.is_empty());
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().expect("an open element").0, name);
            continue;
        }
        let (tag, alone) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, words) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut known = open.last().map(|(_, known)| known.clone()).unwrap_or_default();
        let own = attributes(words);
        if name == "svg" {
            let number = |name: &str| own[name].parse::<usize>().unwrap();
            drawing.size = (number("width"), number("height"));
            assert_eq!(own["viewBox"], format!("0 0 {} {}", own["width"], own["height"]));
            assert_eq!(own["xmlns"], "http://www.w3.org/2000/svg");
            drawing.root = own.clone();
        }
        if name == "g" {
            assert_eq!(own.get("inkscape:groupmode").map(String::as_str), Some("layer"));
            drawing.layers.push(own["inkscape:label"].clone());
        }
        known.extend(own);
        if name == "path" {
            drawing.shapes.push(shape(&known));
        }
        if !alone {
            open.push((name.to_string(), known));
        }
    }
    assert!(open.is_empty(), "all elements are closed");
    check_text(rest, true);
    drawing
}

fn check_text(text: &str, outside: bool) {
    assert!(!outside || text.trim().is_empty(), "text outside of the drawing: {text}");
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;"];
        assert!(known.iter().any(|entity| text[at..].starts_with(entity)), "{text}");
    }
}

fn attributes(mut words: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    while !words.trim_start().is_empty() {
        let (name, rest) = words.trim_start().split_once("=\"").expect("a name and a quote");
        let (value, rest) = rest.split_once('"').expect("a second quote");
        assert!(rest.is_empty() || rest.starts_with(' '), "attributes are apart: {rest}");
        check_text(value, false);
        assert!(found.insert(name.to_string(), value.to_string()).is_none(), "{name} twice");
        words = rest;
    }
    found
}

fn shape(known: &BTreeMap<String, String>) -> Shape {
    let colour = |name: &str| known.get(name).filter(|value| *value != "none").map(|value| hex(value));
    let width = known.get("stroke-width").map_or(1.0, |width| width.parse().unwrap());
    Shape { fill: colour("fill"), stroke: colour("stroke"), width, parts: parts(&known["d"]) }
}

fn hex(text: &str) -> [u8; 3] {
    let digits: Vec<u8> =
        text.strip_prefix('#').unwrap().chars().map(|c| c.to_digit(16).unwrap() as u8).collect();
    match digits[..] {
        [r, g, b] => [r, g, b].map(|v| 17 * v),
        [a, b, c, d, e, f] => [16 * a + b, 16 * c + d, 16 * e + f],
        _ => panic!("a colour: {text}"),
    }
}

/// Path data as polylines: curves in steps of an eighth of a pixel or so.
pub(super) fn parts(data: &str) -> Vec<(Vec<Place>, bool)> {
    let mut found: Vec<(Vec<Place>, bool)> = Vec::new();
    let mut numbers = Numbers { rest: data };
    let (mut command, mut pen, mut pull) = ('m', (0.0, 0.0), (0.0, 0.0));
    while let Some(next) = numbers.command(command) {
        command = next;
        let relative = command.is_ascii_lowercase();
        let from = if relative { pen } else { (0.0, 0.0) };
        let mut place = || (from.0 + numbers.next(), from.1 + numbers.next());
        match command.to_ascii_lowercase() {
            'm' => {
                pen = place();
                found.push((vec![pen], false));
                command = if relative { 'l' } else { 'L' };
                pull = pen;
                continue;
            }
            'z' => {
                let part = found.last_mut().unwrap();
                (part.1, pen, pull) = (true, part.0[0], part.0[0]);
                continue;
            }
            'l' => pen = place(),
            'h' => pen.0 = from.0 + numbers.next(),
            'v' => pen.1 = from.1 + numbers.next(),
            curve => {
                let first = if curve == 's' { (2.0 * pen.0 - pull.0, 2.0 * pen.1 - pull.1) } else { place() };
                let (second, to) = (place(), place());
                flatten([pen, first, second, to], &mut found.last_mut().unwrap().0);
                (pen, pull) = (to, second);
                continue;
            }
        }
        pull = pen;
        found.last_mut().unwrap().0.push(pen);
    }
    found
}

fn flatten(curve: [Place; 4], into: &mut Vec<Place>) {
    let hull: f64 = curve.windows(2).map(|p| (p[1].0 - p[0].0).hypot(p[1].1 - p[0].1)).sum();
    let count = (8.0 * hull).ceil().max(1.0) as usize;
    for i in 1..=count {
        let t = i as f64 / count as f64;
        let s = 1.0 - t;
        let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        let sum = |of: fn(&Place) -> f64| curve.iter().zip(weights).map(|(p, w)| w * of(p)).sum::<f64>();
        into.push((sum(|p| p.0), sum(|p| p.1)));
    }
}

struct Numbers<'a> {
    rest: &'a str,
}

impl Numbers<'_> {
    /// The command that comes next: a new one, or the last again where a number follows.
    fn command(&mut self, last: char) -> Option<char> {
        self.rest = self.rest.trim_start();
        let first = self.rest.chars().next()?;
        if first.is_ascii_alphabetic() {
            self.rest = &self.rest[1..];
            return Some(first);
        }
        assert_ne!(last.to_ascii_lowercase(), 'z', "a command after z");
        Some(last)
    }

    fn next(&mut self) -> f64 {
        self.rest = self.rest.trim_start();
        let mut dots = 0;
        let end = self.rest.char_indices().position(|(i, c)| {
            dots += usize::from(c == '.');
            !(c.is_ascii_digit() || c == '.' && dots < 2 || i == 0 && c == '-')
        });
        let (number, after) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = after;
        number.parse().unwrap_or_else(|_| panic!("a number: {number}{after:.20}"))
    }
}
