//! Places in the plane, in pixels: the picture's upper left corner is 0, 0; its first pixel's middle ½, ½.

use std::ops::{Add, Mul, Neg, Sub};

/// A place, or the way from one place to another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Pixels to the right.
    pub x: f64,
    /// Pixels downwards.
    pub y: f64,
}

impl Point {
    /// Both coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The middle of a pixel.
    pub fn middle(x: usize, y: usize) -> Self {
        Self::new(x as f64 + 0.5, y as f64 + 0.5)
    }

    /// The product that measures how far two ways agree.
    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// Twice the area of the triangle between two ways; positive if the other turns clockwise on the screen.
    pub fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }

    /// The square of the length.
    pub fn square(self) -> f64 {
        self.dot(self)
    }

    /// The length.
    pub fn length(self) -> f64 {
        self.square().sqrt()
    }

    /// How far it is to the other.
    pub fn distance(self, other: Self) -> f64 {
        (other - self).length()
    }

    /// The way of length 1 in the same direction; nowhere for nowhere.
    pub fn unit(self) -> Self {
        let length = self.length();
        if length > 0.0 { self * (1.0 / length) } else { Self::default() }
    }

    /// A quarter turn, clockwise on the screen.
    pub fn turned(self) -> Self {
        Self::new(-self.y, self.x)
    }

    /// Part of the way to the other.
    pub fn towards(self, other: Self, part: f64) -> Self {
        self + (other - self) * part
    }

    /// How far it is to the nearest place between two others.
    pub fn distance_to_segment(self, from: Self, to: Self) -> f64 {
        let (way, here) = (to - from, self - from);
        let square = way.square();
        let part = if square > 0.0 { (here.dot(way) / square).clamp(0.0, 1.0) } else { 0.0 };
        (here - way * part).length()
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

impl Neg for Point {
    type Output = Self;
    fn neg(self) -> Self {
        Self::new(-self.x, -self.y)
    }
}
