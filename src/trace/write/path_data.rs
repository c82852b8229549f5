//! The path data of SVG: relative coordinates, commands left out where they repeat, no needless separators.
//!
//! "Scalable Vector Graphics (SVG) 1.1", 2011, chapter 8.

use super::number::{units, write_units};
use crate::trace::path::{Path, Segment};
use crate::trace::point::Point;

/// Path data in the making. Coordinates are rounded where they are, so that errors do not add up.
pub(super) struct PathData {
    pub(super) text: String,
    decimals: u32,
    /// Where the pen is, in units of the last decimal place.
    pen: [i64; 2],
    /// From the second pull of the last curve to its end.
    pull: Option<[i64; 2]>,
    command: char,
    /// Was the last number written with a point? None after a command.
    pointed: Option<bool>,
}

impl PathData {
    pub(super) fn new(decimals: u32) -> Self {
        Self { text: String::new(), decimals, pen: [0; 2], pull: None, command: ' ', pointed: None }
    }

    /// One more path, in the same data.
    pub(super) fn add(&mut self, path: &Path) {
        let start = self.round(path.start);
        self.move_to(start);
        for (i, segment) in path.segments.iter().enumerate() {
            let home = path.closed && i + 1 == path.segments.len();
            match *segment {
                Segment::Line(_) if home => {}
                Segment::Line(to) => self.line_to(self.round(to)),
                Segment::Curve(a, b, to) => self.curve_to([a, b, to].map(|place| self.round(place))),
            }
        }
        if path.closed {
            self.start('z');
            self.command = 'z';
            self.pen = start;
        } else if self.command == 'm' {
            // A dot: nothing is drawn without a segment, and a round end with one.
            self.run('h', &[0]);
        }
    }

    fn round(&self, place: Point) -> [i64; 2] {
        [place.x, place.y].map(|value| units(value, self.decimals))
    }

    fn way_to(&self, to: [i64; 2]) -> [i64; 2] {
        [to[0] - self.pen[0], to[1] - self.pen[1]]
    }

    fn move_to(&mut self, to: [i64; 2]) {
        // The first move of all is from 0, 0, relative as well.
        let way = self.way_to(to);
        self.start('m');
        self.numbers(&way);
        self.command = 'm';
        (self.pen, self.pull) = (to, None);
    }

    fn line_to(&mut self, to: [i64; 2]) {
        match self.way_to(to) {
            [0, 0] => return,
            [x, 0] => self.run('h', &[x]),
            [0, y] => self.run('v', &[y]),
            way => self.run('l', &way),
        }
        (self.pen, self.pull) = (to, None);
    }

    fn curve_to(&mut self, [a, b, to]: [[i64; 2]; 3]) {
        let [a, end] = [self.way_to(a), self.way_to(to)];
        let second = self.way_to(b);
        if end == [0, 0] && a == end && second == end {
            return;
        }
        if self.pull == Some(a) {
            self.run('s', &[second[0], second[1], end[0], end[1]]);
        } else {
            self.run('c', &[a[0], a[1], second[0], second[1], end[0], end[1]]);
        }
        (self.pen, self.pull) = (to, Some([end[0] - second[0], end[1] - second[1]]));
    }

    /// A command with its numbers; a line after a move needs no command.
    fn run(&mut self, command: char, numbers: &[i64]) {
        if command != self.command && !(command == 'l' && self.command == 'm') {
            self.start(command);
        }
        self.command = command;
        self.numbers(numbers);
    }

    fn start(&mut self, command: char) {
        self.text.push(command);
        self.pointed = None;
    }

    fn numbers(&mut self, numbers: &[i64]) {
        for number in numbers {
            let from = self.text.len();
            write_units(&mut self.text, *number, self.decimals, true);
            let written = &self.text[from..];
            let (minus, point) = (written.starts_with('-'), written.contains('.'));
            let apart = match self.pointed {
                None => true,
                Some(pointed) => minus || pointed && written.starts_with('.'),
            };
            if !apart {
                self.text.insert(from, ' ');
            }
            self.pointed = Some(point);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::test_support::Random;

    /// A reader of what is written here.
    pub(crate) fn read(data: &str) -> Vec<Path> {
        let mut paths: Vec<Path> = Vec::new();
        let (mut command, mut rest, mut pen, mut pull) = (' ', data, Point::default(), Point::default());
        while !rest.is_empty() {
            let first = rest.as_bytes()[0] as char;
            if first.is_ascii_alphabetic() {
                (command, rest) = (first, &rest[1..]);
            }
            let count = match command {
                'z' => 0,
                'h' | 'v' => 1,
                'm' | 'l' => 2,
                's' => 4,
                'c' => 6,
                _ => panic!("a command: {rest}"),
            };
            let mut n = Vec::new();
            for _ in 0..count {
                rest = rest.trim_start_matches(' ');
                let mut dots = 0;
                let end = rest.char_indices().position(|(i, c)| {
                    dots += usize::from(c == '.');
                    !(c.is_ascii_digit() || c == '.' && dots < 2 || i == 0 && c == '-')
                });
                let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
                n.push(number.parse::<f64>().unwrap());
                rest = after;
            }
            let at = |i: usize| pen + Point::new(n[i], n[i + 1]);
            if command == 'm' {
                paths.push(Path { start: at(0), ..Path::default() });
                (pen, pull, command) = (at(0), at(0), 'l');
                continue;
            }
            let path = paths.last_mut().unwrap();
            let segment = match command {
                'z' => {
                    path.closed = true;
                    if pen.distance(path.start) > 1e-9 {
                        path.segments.push(Segment::Line(path.start));
                    }
                    pen = path.start;
                    continue;
                }
                'h' => Segment::Line(pen + Point::new(n[0], 0.0)),
                'v' => Segment::Line(pen + Point::new(0.0, n[0])),
                'l' => Segment::Line(at(0)),
                's' => Segment::Curve(pen + (pen - pull), at(0), at(2)),
                _ => Segment::Curve(at(0), at(2), at(4)),
            };
            pull = if let Segment::Curve(_, pull, _) = segment { pull } else { segment.end() };
            pen = segment.end();
            path.segments.push(segment);
        }
        paths
    }

    #[test]
    fn what_is_read_is_what_was_written_but_for_rounding() {
        let mut random = Random::new("what_is_read_is_what_was_written_but_for_rounding");
        for decimals in [0, 1, 3] {
            let mut data = PathData::new(decimals);
            let mut place =
                || Point::new(f64::from(random.unit()) * 9e5 - 4e5, f64::from(random.unit()) * 9e5);
            let mut written = Vec::new();
            for number in 0..40 {
                let mut path = Path { start: place(), ..Path::default() };
                for i in 0..6 {
                    let to = place();
                    path.segments.push(match (i + number) % 3 {
                        0 => Segment::Line(Point::new(path.end().x, to.y)),
                        1 => Segment::Line(to),
                        _ => Segment::Curve(place(), place(), to),
                    });
                }
                if number % 4 == 0 {
                    path.segments.push(Segment::Line(path.start));
                    path.closed = true;
                }
                data.add(&path);
                written.push(path);
            }
            let read = read(&data.text);
            assert_eq!(read.len(), written.len());
            for (read, written) in read.iter().zip(&written) {
                assert_eq!(read.closed, written.closed);
                for (a, b) in read.places(1e9).iter().zip(written.places(1e9)) {
                    assert!(a.distance(b) <= super::super::number::rounding(decimals) + 1e-9, "{random}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_written_that_can_be_left_out() {
        let mut data = PathData::new(1);
        let places = [(1.0, 2.0), (1.5, 2.5), (2.0, 1.5), (2.0, 4.0), (5.0, 4.0), (1.0, 2.0)];
        let places = places.map(|(x, y)| Point::new(x, y));
        data.add(&Path { closed: true, ..Path::polyline(&places, false) });
        data.add(&Path { start: Point::new(1.0, 3.0), ..Path::default() });
        assert_eq!(data.text, "m1 2 .5.5.5-1v2.5h3zm0 1h0");
    }
}
