//! Builds the street: houses in a row with balconies and cooling boxes, an awning and a name over each shop, signs that
//! hang out over the road, lanterns.

use super::sign::{AMBER, CYAN, GREEN, MAGENTA, RED, Sign, Style, VIOLET, WHITE};
use super::town::{HALF, House, Kind, Lamp, Part, STRINGS, Town};
use crate::maths::{V3, v2, v3};
use crate::noise::Dice;

const STOREY: f32 = 3.1;

/// The ground a house stands on: which side, how far from the middle its front, from where to where along the street.
#[derive(Clone, Copy)]
struct Site {
    side: f32,
    front: f32,
    from: f32,
    to: f32,
    object: u16,
}

impl Site {
    /// A box that stands out from the front by `out` (or into the house, if negative).
    fn part(&self, out: f32, y: (f32, f32), z: (f32, f32), kind: Kind) -> Part {
        self.between(self.front - out, self.front, y, z, kind)
    }

    fn between(&self, near: f32, far: f32, y: (f32, f32), z: (f32, f32), kind: Kind) -> Part {
        let (a, b) = (self.side * near, self.side * far);
        Part { low: v3(a.min(b), y.0, z.0), high: v3(a.max(b), y.1, z.1), kind, object: self.object }
    }
}

impl Town {
    pub(super) fn new(seed: u32) -> Self {
        let mut town =
            Self { houses: Vec::new(), signs: Vec::new(), lamps: Vec::new(), lanterns: Vec::new() };
        let mut dice = Dice(u64::from(seed) * 7919 + 17);
        for side in [-1.0, 1.0] {
            let mut z = -3.0 + dice.between(0.0, 2.0);
            while z < 92.0 {
                let long = dice.between(5.0, 8.5);
                town.house(side, z, z + long - 0.03, &mut dice);
                z += long;
            }
        }
        town.chosen_signs();
        town.more_signs(&mut dice);
        town.strings();
        town
    }

    fn house(&mut self, side: f32, from: f32, to: f32, dice: &mut Dice) {
        const CLOTHS: [V3; 3] = [v3(0.10, 0.02, 0.02), v3(0.02, 0.06, 0.09), v3(0.09, 0.07, 0.03)];
        let front = HALF + dice.between(0.0, 0.7);
        let high = dice.between(11.0, 24.0) + 0.06 * from;
        let n = self.houses.len();
        let site = Site { side, front, from, to, object: 100 + n as u16 };
        let body = site.between(front, front + 9.0, (0.0, high), (from, to), Kind::House(n));
        let cloth = Kind::Awning(CLOTHS[(dice.unit() * 3.0) as usize]);
        let out = dice.between(0.7, 1.3);
        let mut parts = vec![site.part(out, (2.95, 3.12), (from + 0.2, to - 0.2), cloth)];
        clutter(site, high, dice, &mut parts);
        let pipe = from + dice.between(0.1, 0.5);
        parts.push(site.part(0.13, (2.0, high), (pipe, pipe + 0.12), Kind::Metal));
        let seed = (dice.unit() * 1e6) as u32;
        if super::facade::open(seed) {
            let sign = name(to - from - 0.8, dice);
            let index = self.signs.len();
            let site = Site { object: 300 + index as u16, ..site };
            parts.push(site.part(0.16, (3.16, 3.94), (from + 0.4, to - 0.4), Kind::Sign(index)));
            let light = super::room::lamp(seed) * 4.0 + sign.thrown() * 3.0;
            let place = v3(side * (front - 0.4), 2.2, (from + to) * 0.5);
            self.lamps.push(Lamp { place, light, size: 1.4, face: v3(side, 0.0, 0.0) });
            self.signs.push(sign);
        }
        self.houses.push(House::new(body, parts, seed));
    }

    /// The signs that make the picture; each hangs over the street at its place and height.
    fn chosen_signs(&mut self) {
        use Style::{Box, Tubes};
        type Chosen = (f32, f32, f32, f32, f32, &'static str, Style, [V3; 2], f32);
        const SIGNS: [Chosen; 12] = [
            (-1.0, 11.8, 3.5, 1.45, 4.1, "茶酒店", Tubes, [MAGENTA, CYAN], 1.2),
            (1.0, 11.2, 4.3, 1.30, 2.9, "火面", Tubes, [CYAN, RED], 1.2),
            (-1.0, 17.6, 6.0, 1.8, 4.6, "金龙", Box, [RED, AMBER], 0.85),
            (1.0, 16.5, 3.5, 1.2, 2.7, "花店", Box, [v3(0.9, 0.06, 0.36), WHITE], 0.75),
            (1.0, 20.0, 6.0, 1.9, 5.0, "大王山", Tubes, [AMBER, MAGENTA], 1.2),
            (-1.0, 22.0, 3.4, 1.6, 2.9, "米酒", Tubes, [GREEN, VIOLET], 1.2),
            (-1.0, 27.0, 4.4, 2.0, 5.4, "云水", Box, [v3(0.04, 0.45, 0.9), WHITE], 0.75),
            (1.0, 28.5, 4.2, 1.8, 4.4, "吉月", Box, [v3(1.0, 0.25, 0.03), WHITE], 0.75),
            (-1.0, 36.0, 7.2, 2.3, 6.2, "天林", Tubes, [MAGENTA, VIOLET], 1.5),
            (1.0, 39.0, 5.0, 2.4, 6.0, "中回", Tubes, [CYAN, GREEN], 1.5),
            (-1.0, 48.0, 4.6, 2.5, 5.0, "龙月", Box, [RED, WHITE], 0.9),
            (1.0, 54.0, 6.5, 2.6, 7.0, "山水", Box, [VIOLET, WHITE], 0.9),
        ];
        for (side, z, y, wide, high, words, style, colours, power) in SIGNS {
            let sign = Sign { words, style, colours, upright: true, size: v2(wide, high), power };
            self.hang(side, z, y, sign);
        }
    }

    /// Small ones between, wherever a house has room.
    fn more_signs(&mut self, dice: &mut Dice) {
        const WORDS: [&str; 6] = ["面", "茶", "吉", "火", "米", "酒"];
        const PAIRS: [[V3; 2]; 6] =
            [[RED, AMBER], [CYAN, MAGENTA], [AMBER, RED], [GREEN, CYAN], [VIOLET, CYAN], [MAGENTA, AMBER]];
        for n in 0..16 {
            let side = if n % 2 == 0 { -1.0 } else { 1.0 };
            let z = 7.0 + 3.4 * n as f32 + dice.between(-1.2, 1.2);
            let size = dice.between(0.8, 1.15);
            let style = if dice.unit() < 0.5 { Style::Box } else { Style::Tubes };
            let colours = PAIRS[(dice.unit() * 6.0) as usize];
            let words = WORDS[(dice.unit() * 6.0) as usize];
            let y = if n % 3 == 0 { dice.between(8.6, 11.0) } else { dice.between(3.2, 4.4) };
            let sign = Sign { words, style, colours, upright: true, size: v2(size, size), power: 0.8 };
            self.hang(side, z, y, sign);
        }
    }

    /// Fixes a sign to the house at `z`, its foot at `y`; a tall one throws its light from two places.
    fn hang(&mut self, side: f32, z: f32, y: f32, sign: Sign) {
        let Some(house) = self.houses.iter_mut().find(|h| h.holds(side, z)) else { return };
        let front = house.body.low.x.abs().min(house.body.high.x.abs()) - 0.25;
        let index = self.signs.len();
        let site = Site { side, front, from: z, to: z, object: 300 + index as u16 };
        let (wide, high) = (sign.size.x, sign.size.y);
        let board = site.part(wide, (y, y + high), (z - 0.09, z + 0.09), Kind::Sign(index));
        let arm = |y: f32| site.part(-0.3, (y, y + 0.07), (z - 0.04, z + 0.04), Kind::Metal);
        house.add([board, arm(y + 0.15 * high), arm(y + 0.85 * high)]);
        let middle = (board.low + board.high) * 0.5;
        let thrown = sign.thrown() * (wide * high);
        let pieces = if high > 3.0 { 2 } else { 1 };
        for k in 0..pieces {
            let up = high * ((k as f32 + 0.5) / pieces as f32 - 0.5);
            let light = thrown * (1.0 / pieces as f32);
            let place = middle + v3(0.0, up, 0.0);
            self.lamps.push(Lamp { place, light, size: wide * 0.5, face: v3(0.0, 0.0, 1.0) });
        }
        self.signs.push(sign);
    }

    /// Paper lanterns on strings across the street.
    fn strings(&mut self) {
        for (z, y, sag, _) in STRINGS {
            for n in 0..7 {
                let t = n as f32 / 6.0 * 1.7 - 0.85;
                let place = v3(t * HALF, y - sag * (1.0 - t * t), z);
                self.lanterns.push(place);
                if n % 3 == 0 {
                    let light = v3(1.0, 0.09, 0.02) * 2.4;
                    self.lamps.push(Lamp { place, light, size: 0.5, face: V3::default() });
                }
            }
        }
    }
}

/// Under each window a cooling box, a balcony with its rail, or nothing.
fn clutter(site: Site, high: f32, dice: &mut Dice, parts: &mut Vec<Part>) {
    let long = site.to - site.from;
    let columns = (long / 2.3) as usize;
    for floor in 1..((high / STOREY) as usize) {
        for column in 0..columns {
            let z = site.from + (column as f32 + 0.5) * long / columns as f32;
            let y = STOREY * floor as f32;
            let kind = dice.unit();
            if kind < 0.30 {
                let z = z + dice.between(-0.3, 0.3);
                parts.push(site.part(0.42, (y + 0.12, y + 0.70), (z - 0.42, z + 0.42), Kind::Metal));
            } else if kind < 0.48 {
                let (near, rail, along) = (site.front - 0.75, site.front - 0.70, (z - 1.0, z + 1.0));
                parts.push(site.part(0.75, (y + 0.22, y + 0.34), along, Kind::Metal));
                parts.push(site.between(near, rail, (y + 0.34, y + 1.0), along, Kind::Metal));
            }
        }
    }
}

/// The name over an open shop, flat on the wall.
fn name(long: f32, dice: &mut Dice) -> Sign {
    const NAMES: [&str; 6] = ["金龙酒店", "花茶", "天山米面", "大王火水", "云山茶", "吉月花店"];
    const PAIRS: [[V3; 2]; 4] =
        [[RED, WHITE], [v3(0.02, 0.25, 0.6), WHITE], [v3(0.02, 0.4, 0.16), WHITE], [AMBER, RED]];
    let pair = (dice.unit() * 4.0) as usize;
    let words = NAMES[(pair + (dice.unit() * 3.0) as usize) % 6];
    let style = if dice.unit() < 0.6 { Style::Box } else { Style::Tubes };
    Sign { words, style, colours: PAIRS[pair], upright: false, size: v2(long, 0.78), power: 0.6 }
}
