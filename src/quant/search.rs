//! The way from colours to a palette.

use super::cloud::{Cloud, Tree};
use super::cluster::{self, Dimensions, MOST, kmeans};
use super::colours::Colours;
use super::exact::{self, Scene, Shares, Weighed};
use super::known::Known;
use super::median_cut::median_cut;
use super::merge::merged;
use super::neuquant::neuquant;
use super::octree::octree;
use super::quantizer::{Method, Quantizer};
use super::wu::wu;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::palette::{Palette, Swatch};
use crate::parallel::map_bands;

impl Quantizer {
    /// A palette. What is seen on the way of which of its colours is nearest to which is noted as `known`.
    pub(super) fn found<const D: usize>(
        &self,
        colours: &Colours<D>,
        known: Option<&Known>,
        context: &Context,
    ) -> Result<Palette>
    where
        [f32; D]: Dimensions<D>,
    {
        if colours.len() == 0 {
            return Err(Error::unsupported("all weights are zero", "let some part of the picture count"));
        }
        let few = colours.len() <= self.colours && self.kept.is_empty() && self.apart <= 0.0;
        let (palette, weights) = if few {
            let mut all: Vec<[u8; 4]> = (0..colours.len()).map(|i| exact::rgba(colours.colour(i))).collect();
            all.dedup();
            (all, None)
        } else if self.power < 1.0 {
            // What is shown of the palette are the shares of pixels, whatever they were made to count.
            (self.sought(&colours.tempered(self.power), context)?.0, None)
        } else {
            self.sought(colours, context)?
        };
        let palette = self.described(palette, weights, colours, context)?;
        if let Some(known) = known {
            self.note(&palette, colours, known, context)?;
        }
        Ok(palette)
    }

    /// Note which entry is nearest to each colour.
    fn note<const D: usize>(
        &self,
        palette: &Palette,
        colours: &Colours<D>,
        known: &Known,
        context: &Context,
    ) -> Result<()>
    where
        [f32; D]: Dimensions<D>,
    {
        if palette.len() > MOST {
            return Ok(());
        }
        let entries: Vec<[u8; 4]> = palette.colours().collect();
        let points = exact::points::<D>(&entries, self.space, context);
        let labels = Shares::of(colours, &points, context)?.labels;
        map_bands(context, labels.len(), 1 << 13, |band| {
            for index in band {
                if let Some(colour) = colours.narrow(index) {
                    known.put([colour[0], colour[1], colour[2]], labels[index]);
                }
            }
            Ok(())
        })?;
        Ok(())
    }

    /// A palette of fewer colours than there are, and what weighs on each, if that is known.
    fn sought<const D: usize>(&self, colours: &Colours<D>, context: &Context) -> Result<Weighed>
    where
        [f32; D]: Dimensions<D>,
    {
        let kept: Vec<[u8; 4]> = self.kept.colours().collect();
        let fixed = exact::points::<D>(&kept, self.space, context);
        let groups = cluster::groups(self.colours);
        let tree = Tree::new(colours, groups);
        let cloud = tree.cloud(groups);
        let centres = match self.method {
            Method::KMeans => kmeans(&tree, &cloud, self.colours, &fixed, context)?,
            Method::Wu => wu(&Cloud::of(colours), self.colours),
            Method::MedianCut => median_cut(&Cloud::of(colours), self.colours),
            Method::Octree => octree(colours, self.colours),
            Method::NeuQuant => neuquant(&Cloud::of(colours), self.colours),
        };
        let centres = merged(centres, fixed.len(), self.apart, &cloud, context)?;
        let count = if self.apart > 0.0 { centres.len() } else { self.colours };
        let scene = Scene { tree: &tree, groups, cloud: &cloud, space: self.space, context };
        scene.whole(&centres, count, &kept)
    }

    /// With names of kept colours, and shares, in order.
    fn described<const D: usize>(
        &self,
        palette: Vec<[u8; 4]>,
        weights: Option<Vec<f64>>,
        colours: &Colours<D>,
        context: &Context,
    ) -> Result<Palette>
    where
        [f32; D]: Dimensions<D>,
    {
        let weights = match weights {
            None if palette.len() <= MOST => {
                let points = exact::points::<D>(&palette, self.space, context);
                Some(Shares::of(colours, &points, context)?.weights)
            }
            known => known,
        };
        let total: f64 = colours.weights.iter().map(|&weight| f64::from(weight)).sum();
        let mut swatches: Vec<Swatch> = palette.iter().map(|&colour| Swatch::new(colour)).collect();
        for (swatch, kept) in swatches.iter_mut().zip(self.kept.iter()) {
            swatch.name.clone_from(&kept.name);
        }
        if let Some(weights) = weights {
            for (swatch, weight) in swatches.iter_mut().zip(weights) {
                swatch.share = Some(weight / total);
            }
        }
        let p = Palette::new(swatches).ordered(self.order);
        Ok(p)
    }
}
