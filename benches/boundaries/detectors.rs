//! What is compared, and at which thresholds.

use zhijin::edge::{Canny, Colour, EdgeMap, Finder, Look, Norm, Rule, Scene, Thresholds};
use zhijin::{Context, Picture, Result};

/// How many thresholds a detector is tried at.
pub(crate) const STEPS: usize = 25;

/// A detector as it is compared.
pub(crate) struct Detector {
    pub(crate) name: String,
    pub(crate) look: Look,
    /// The lowest and the highest threshold.
    range: (f64, f64),
    /// In units of the threshold that this rule finds for each picture.
    relative: Option<Rule>,
}

/// All of them. Blurs are in pixels of the scenes, which are some 850 wide.
pub(crate) fn all() -> Vec<Detector> {
    let mut all = Vec::new();
    for sigma in [0.7, 1.0, 1.4, 2.0, 3.0] {
        all.push(absolute(format!("Canny, sigma {sigma}"), Look { sigma, ..Look::default() }));
    }
    for sigma in [0.7, 1.0] {
        let look = Look { sigma, colour: Colour::DiZenzo, ..Look::default() };
        all.push(absolute(format!("Canny, Di Zenzo, sigma {sigma}"), look));
    }
    for (sigma, reach) in [(0.7, 9.0), (1.0, 6.0), (1.0, 9.0), (1.0, 13.0)] {
        let look = Look { sigma, reach, ..Look::default() };
        all.push(absolute(format!("contour, sigma {sigma}, reach {reach}"), look));
    }
    for (name, rule) in Rule::NAMED.iter().filter(|(_, rule)| *rule != Rule::Median) {
        for (of, look) in [
            ("Canny, sigma 0.7", Look { sigma: 0.7, ..Look::default() }),
            ("Canny, sigma 1", Look { sigma: 1.0, ..Look::default() }),
            ("contour, sigma 0.7, reach 9", Look { sigma: 0.7, reach: 9.0, ..Look::default() }),
            ("contour, sigma 1, reach 9", Look { sigma: 1.0, reach: 9.0, ..Look::default() }),
        ] {
            let name = format!("{of}, in units of {name}");
            all.push(Detector { name, look, range: (0.25, 4.0), relative: Some(*rule) });
        }
    }
    all
}

fn absolute(name: String, look: Look) -> Detector {
    Detector { name, look, range: (12.0, 768.0), relative: None }
}

impl Detector {
    /// The maps at all thresholds, from the lowest on.
    pub(crate) fn maps(&self, picture: &Picture, context: &Context) -> Result<Vec<EdgeMap>> {
        let scene = Scene::open(picture, self.look, context)?;
        let finder = Finder { look: self.look, norm: Norm::Euclidean, ..Finder::default() };
        let unit = match self.relative {
            None => 1.0,
            Some(rule) => Finder { rule, ..finder }.canny(&scene, context)?.high,
        };
        (0..STEPS)
            .map(|step| {
                let high = self.threshold(step) * unit;
                let thresholds = Thresholds { low: 0.0, high };
                let Canny { low, high, .. } = Finder { thresholds, ..finder }.canny(&scene, context)?;
                scene.canny(&Canny { low, high, aperture: finder.aperture, norm: finder.norm }, context)
            })
            .collect()
    }

    /// A threshold by its number.
    pub(crate) fn threshold(&self, step: usize) -> f64 {
        let (lowest, highest) = self.range;
        lowest * (highest / lowest).powf(step as f64 / (STEPS - 1) as f64)
    }
}
