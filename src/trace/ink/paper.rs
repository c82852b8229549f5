//! Pictures of drawings, as they look on white paper.

use crate::context::Context;
use crate::error::Result;
use crate::parallel::{BAND_ROWS, for_each_band_pair};
use crate::pixel::{Depth, Picture};

/// How bright each pixel of a picture is on white paper, for [`Ink`](super::Ink): encoded values with the weights of
/// Rec. 601, row after row.
pub fn on_paper(picture: &Picture, context: &Context) -> Result<Vec<u8>> {
    let picture = picture.clone().into_depth(Depth::U8, context)?;
    let view = picture.as_u8().expect("brought to eight bits");
    let (width, channels) = (picture.size().width(), picture.layout().channels());
    let mut values = vec![0; picture.size().pixels()];
    let rows = BAND_ROWS * width;
    for_each_band_pair(
        context,
        (view.samples(), rows * channels),
        (&mut values, rows),
        |_, pixels, values| {
            pixels.chunks_exact(channels).zip(values).for_each(|(pixel, value)| *value = brightness(pixel));
            Ok(())
        },
    )?;
    Ok(values)
}

fn brightness(pixel: &[u8]) -> u8 {
    let luma =
        |[r, g, b]: [u8; 3]| (299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) + 500) / 1000;
    let over = |value: u32, alpha: u8| (value * u32::from(alpha) + 255 * u32::from(255 - alpha) + 127) / 255;
    let value = match *pixel {
        [v] => u32::from(v),
        [v, a] => over(v.into(), a),
        [r, g, b] => luma([r, g, b]),
        [r, g, b, a] => over(luma([r, g, b]), a),
        _ => 255,
    };
    value as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pixel::{Layout, Size};

    #[test]
    fn what_is_not_there_is_paper() {
        let on = |layout: Layout, samples: &[u8]| {
            let size = Size::new((samples.len() / layout.channels()) as u32, 1).unwrap();
            let picture = Picture::new(size, layout, samples.to_vec()).unwrap();
            let values = on_paper(&picture, &Context::default()).unwrap();
            let wide = picture.into_depth(Depth::U16, &Context::default()).unwrap();
            assert_eq!(on_paper(&wide, &Context::default()).unwrap(), values);
            values
        };
        assert_eq!(on(Layout::Grey, &[0, 90, 255]), [0, 90, 255]);
        assert_eq!(on(Layout::GreyAlpha, &[0, 0, 0, 255, 100, 51]), [255, 0, 224]);
        assert_eq!(on(Layout::Rgb, &[255, 0, 0, 9, 9, 9]), [76, 9]);
        assert_eq!(on(Layout::Rgba, &[0, 0, 0, 0, 0, 255, 0, 255]), [255, 150]);
    }
}
