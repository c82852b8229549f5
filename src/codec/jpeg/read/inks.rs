//! Four-component JPEG to inks, 255 = full ink.
//!
//! Adobe stores inks inverted (0 = full ink), and YCCK is the YCbCr of R = 255 - C and so on, with K beside
//! it (Adobe Technical Note 5116, section 18). The two inversions of C, M and Y cancel out, so the RGB that
//! comes out of YCbCr *are* the inks, and only K has to be turned round.

use crate::context::Context;
use crate::error::Result;
use crate::parallel::for_each_band;

/// Samples in a band; a multiple of four.
const BAND: usize = 1 << 20;

/// Stored inverted: 0 = full ink.
pub(super) fn from_inverted(samples: &mut [u8], context: &Context) -> Result<()> {
    for_each_band(context, samples, BAND, |_, band| {
        band.iter_mut().for_each(|v| *v = !*v);
        Ok(())
    })
}

/// Y, Cb, Cr and inverted K, in place.
pub(super) fn from_ycck(samples: &mut [u8], context: &Context) -> Result<()> {
    for_each_band(context, samples, BAND, |_, band| {
        for pixel in band.as_chunks_mut::<4>().0 {
            let [y, cb, cr, k] = *pixel;
            let [c, m, yellow] = rgb(y, cb, cr);
            *pixel = [c, m, yellow, !k];
        }
        Ok(())
    })
}

/// JFIF 1.02, "Conversion to and from RGB", with 16 bits after the point.
fn rgb(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    let rounded = |v: i32| ((v + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [rounded(y + 91_881 * cr), rounded(y - 22_554 * cb - 46_802 * cr), rounded(y + 116_130 * cb)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_point_is_the_formula_to_one_level() {
        for (y, cb, cr) in
            [(0, 128, 128), (255, 128, 128), (76, 85, 255), (150, 44, 21), (29, 255, 107), (90, 3, 200)]
        {
            let (luma, b, r) = (f64::from(y), f64::from(cb) - 128.0, f64::from(cr) - 128.0);
            let exact = [luma + 1.402 * r, luma - 0.344_136 * b - 0.714_136 * r, luma + 1.772 * b];
            for (got, exact) in rgb(y, cb, cr).into_iter().zip(exact) {
                assert!(
                    (f64::from(got) - exact.clamp(0.0, 255.0)).abs() <= 0.51,
                    "{y} {cb} {cr}: {got}, {exact}"
                );
            }
        }
    }

    #[test]
    fn white_paper_has_no_ink() {
        // A white page is stored as C' = 255, so R = 255 - C' = 0, and K' = 255.
        let mut ycck = [0, 128, 128, 255, 255, 128, 128, 0];
        from_ycck(&mut ycck, &Context::default()).unwrap();
        assert_eq!(ycck, [0, 0, 0, 0, 255, 255, 255, 255]);
        let mut inverted = [255, 255, 255, 255, 0, 1, 2, 3];
        from_inverted(&mut inverted, &Context::default()).unwrap();
        assert_eq!(inverted, [0, 0, 0, 0, 255, 254, 253, 252]);
    }
}
