//! Ways to put the colours of a palette in order, by how they look.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::Swatch;

/// The order of a palette. Every order is the same for the same colours, however they came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they came.
    #[default]
    Given,
    /// From dark to light.
    Lightness,
    /// Greys first, from dark to light; then around the circle from red, by orange, yellow, green and blue, to pink.
    Hue,
    /// The greatest share first; what has no share last.
    Frequency,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Given, Self::Lightness, Self::Hue, Self::Frequency];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Lightness => "lightness",
            Self::Hue => "hue",
            Self::Frequency => "frequency",
        }
    }

    /// Put swatches in this order. Of colours that are alike in it the darker comes first; equal colours stay as
    /// they came.
    pub(super) fn sort(self, swatches: &mut Vec<Swatch>) {
        if self == Self::Given {
            return;
        }
        let mut keyed: Vec<(Key, Swatch)> =
            swatches.drain(..).map(|swatch| (self.key(&swatch), swatch)).collect();
        keyed.sort_by(|(a, _), (b, _)| a.compare(b));
        swatches.extend(keyed.into_iter().map(|(_, swatch)| swatch));
    }

    fn key(self, swatch: &Swatch) -> Key {
        let lab = swatch.oklab();
        let first = match self {
            Self::Given | Self::Lightness => 0.0,
            Self::Hue => hue(lab).map_or(-1.0, f64::from),
            // A share that is no number counts as none.
            Self::Frequency => -swatch.share.filter(|share| share.is_finite()).unwrap_or(-1.0),
        };
        Key { first, lightness: lab[0], colour: swatch.colour }
    }
}

/// What swatches are compared by, in this order.
struct Key {
    first: f64,
    lightness: f32,
    colour: [u8; 4],
}

impl Key {
    fn compare(&self, other: &Self) -> Ordering {
        self.first
            .total_cmp(&other.first)
            .then(self.lightness.total_cmp(&other.lightness))
            .then(self.colour.cmp(&other.colour))
    }
}

/// Below this chroma in Oklab a colour looks grey: a hundredth is just seen beside a true grey.
const GREY: f32 = 0.02;

/// Where the circle is cut: 10° in Oklab, between pink and red, as cosine and sine.
const CUT: [f32; 2] = [0.984_807_7, 0.173_648_18];

/// Place on the circle of hues, 0 to 4, from red by yellow and blue to pink; none for greys.
///
/// It grows with the angle and is not the angle: quotients are the same on every machine, arctangents are not.
fn hue([_, a, b]: [f32; 3]) -> Option<f32> {
    if a * a + b * b < GREY * GREY {
        return None;
    }
    let (x, y) = (a * CUT[0] + b * CUT[1], b * CUT[0] - a * CUT[1]);
    let part = y / (x.abs() + y.abs());
    Some(match (x >= 0.0, y >= 0.0) {
        (true, true) => part,
        (false, _) => 2.0 - part,
        (true, false) => 4.0 + part,
    })
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|order| order.name() == text);
        found.ok_or_else(|| {
            let shown = super::hex::shown(text);
            format!("\"{shown}\" is no order; write given, lightness, hue or frequency")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Palette;
    use super::*;
    use crate::test_support::Random;

    fn ordered(list: &str, order: Order) -> Vec<String> {
        list.parse::<Palette>().unwrap().ordered(order).iter().map(Swatch::hex).collect()
    }

    #[test]
    fn lightness_goes_from_dark_to_light() {
        let wanted = ["#000000", "#0000ff", "#ff0000", "#00ff00", "#ffff00", "#ffffff"];
        assert_eq!(ordered("ff0, fff, f00, 00f, 000, 0f0", Order::Lightness), wanted);
        assert_eq!(ordered("fff, 000", Order::Given), ["#ffffff", "#000000"]);
    }

    #[test]
    fn hues_go_round_and_greys_stand_apart() {
        let rainbow = "ff1493, 00f, 808080, 0f0, f00, fff, ffa500, 0ff, 000, ff0, f0f, 101010";
        let wanted = [
            "#000000", "#101010", "#808080", "#ffffff", "#ff0000", "#ffa500", "#ffff00", "#00ff00",
            "#00ffff", "#0000ff", "#ff00ff", "#ff1493",
        ];
        assert_eq!(ordered(rainbow, Order::Hue), wanted);
    }

    #[test]
    fn the_greatest_share_is_first_and_none_is_last() {
        let shares = [None, Some(0.25), Some(f64::NAN), Some(0.75), Some(0.0)];
        let swatches = shares.iter().enumerate().map(|(i, share)| {
            let swatch = Swatch::opaque([i as u8 * 10; 3]);
            Swatch { share: *share, ..swatch }
        });
        let palette = swatches.collect::<Palette>().ordered(Order::Frequency);
        assert_eq!(palette.colours().map(|c| c[0] / 10).collect::<Vec<_>>(), [3, 1, 4, 0, 2]);
    }

    #[test]
    fn the_place_on_the_circle_grows_with_the_angle() {
        let places: Vec<f32> = (0..3600)
            .map(|i| f64::from(i) / 10.0 + 10.001)
            .map(|degrees| degrees.to_radians())
            .map(|angle| hue([0.5, 0.1 * angle.cos() as f32, 0.1 * angle.sin() as f32]).unwrap())
            .collect();
        assert!(places.is_sorted() && places[0] < 0.01 && places[3599] > 3.99);
    }

    #[test]
    fn the_order_does_not_depend_on_how_they_came() {
        let random = &mut Random::new("palette order");
        let mut swatches: Vec<_> = (0..300)
            .map(|_| {
                let [r, g, b, a, share, ..] = random.next().to_be_bytes();
                Swatch::new([r, g, b, a]).with_share(f64::from(share % 5) / 5.0)
            })
            .collect();
        for order in [Order::Lightness, Order::Hue, Order::Frequency] {
            let wanted = Palette::new(swatches.clone()).ordered(order);
            for i in (1..swatches.len()).rev() {
                swatches.swap(i, random.below(i + 1));
            }
            assert_eq!(Palette::new(swatches.clone()).ordered(order), wanted, "{order} {random}");
        }
    }

    #[test]
    fn orders_are_read_by_name() {
        for order in Order::ALL {
            assert_eq!(order.to_string().parse(), Ok(order));
        }
        let error = "size".parse::<Order>().unwrap_err();
        assert_eq!(error, "\"size\" is no order; write given, lightness, hue or frequency");
    }
}
