//! Each quantiser as one call: a picture in, a picture of few colours out.

use image::RgbImage;
use palette::{FromColor, IntoColor, Lab, Srgb, cast::ComponentsAs, white_point::D65};
use quantette::{ImageBuf, Pipeline, QuantizeMethod};
use zhijin::pixel::{Layout, Size};
use zhijin::quant::dither::{Diffusion, Dither};
use zhijin::quant::{Indexed, Method, Quantizer, Space};
use zhijin::{Context, Picture};

/// Ours, not dithered. The picture is handed over and repainted in place.
pub fn zhijin(picture: Picture, count: usize, method: Method, context: &Context) -> Picture {
    Quantizer::new(count).method(method).paint(picture, context).expect("painted").0
}

/// Ours, dithered by error diffusion as `zhijin quantize --dither floyd-steinberg` does it.
pub fn zhijin_dithered(picture: &Picture, count: usize, context: &Context) -> Picture {
    let dither = Dither::Diffusion(Diffusion::default());
    let quantizer = Quantizer::new(count);
    let palette = quantizer.palette(&[picture], context).expect("a palette");
    let palette = quantizer.suited(picture, &palette, dither, context).expect("a palette");
    let indexed = Indexed::dithered(picture, &palette, Space::Oklab, dither, context).expect("dithered");
    indexed.picture(context).expect("a picture")
}

/// quantette's pipeline.
pub fn quantette(image: &ImageBuf<palette::Srgb<u8>>, count: usize, method: QuantizeMethod, parallel: bool) -> RgbImage {
    let pipeline = Pipeline::new()
        .palette_size((count as u16).try_into().expect("a number of colours"))
        .ditherer(None)
        .quantize_method(method)
        .parallel(parallel);
    pipeline.input_image(image.as_ref()).output_srgb8_image().try_into().expect("an image")
}

/// quantette's k-means with its own dithering.
pub fn quantette_dithered(image: &ImageBuf<palette::Srgb<u8>>, count: usize) -> RgbImage {
    let pipeline = Pipeline::new()
        .palette_size((count as u16).try_into().expect("a number of colours"))
        .quantize_method(QuantizeMethod::kmeans())
        .parallel(true);
    pipeline.input_image(image.as_ref()).output_srgb8_image().try_into().expect("an image")
}

/// libimagequant at its default speed.
pub fn imagequant(image: &RgbImage, count: usize, dither: f32) -> RgbImage {
    let pixels: Vec<_> = image.pixels().map(|p| imagequant::RGBA::new(p[0], p[1], p[2], 255)).collect();
    let mut attributes = imagequant::new();
    attributes.set_max_colors(count as u32).expect("a number of colours");
    let (width, height) = (image.width() as usize, image.height() as usize);
    let mut input = attributes.new_image(&pixels[..], width, height, 0.0).expect("an image");
    let mut found = attributes.quantize(&mut input).expect("a palette");
    found.set_dithering_level(dither).expect("a level");
    let (colours, numbers) = found.remapped(&mut input).expect("a picture");
    let mut out = image.clone();
    for (pixel, number) in out.pixels_mut().zip(numbers) {
        let colour = colours[usize::from(number)];
        *pixel = image::Rgb([colour.r, colour.g, colour.b]);
    }
    out
}

/// NeuQuant of the color_quant crate; it takes no fewer than 64 colours.
pub fn neuquant(image: &RgbImage, count: usize) -> RgbImage {
    let pixels: Vec<u8> = image.pixels().flat_map(|p| [p[0], p[1], p[2], 255]).collect();
    let network = color_quant::NeuQuant::new(10, count.max(64), &pixels);
    let mut out = image.clone();
    for pixel in out.pixels_mut() {
        let mut colour = [pixel[0], pixel[1], pixel[2], 255];
        network.map_pixel(&mut colour);
        *pixel = image::Rgb([colour[0], colour[1], colour[2]]);
    }
    out
}

/// kmeans_colors (Hamerly's algorithm) in CIELAB, twenty rounds.
pub fn kmeans_colors(image: &RgbImage, count: usize) -> RgbImage {
    let samples: &[Srgb<u8>] = image.as_raw().components_as();
    let lab: Vec<Lab<D65, f32>> = samples.iter().map(|colour| colour.into_format::<f32>().into_color()).collect();
    let found = kmeans_colors::get_kmeans_hamerly(count, 20, 5.0, false, &lab, 42);
    let colours: Vec<Srgb<u8>> = found.centroids.iter().map(|lab| Srgb::from_color(*lab).into_format()).collect();
    let mut out = image.clone();
    for (pixel, number) in out.pixels_mut().zip(&found.indices) {
        let colour = colours[usize::from(*number)];
        *pixel = image::Rgb([colour.red, colour.green, colour.blue]);
    }
    out
}

/// The same pixels as a picture of ours.
pub fn ours(image: &RgbImage) -> Picture {
    let size = Size::new(image.width(), image.height()).expect("a size");
    Picture::new(size, Layout::Rgb, image.as_raw().clone()).expect("a picture")
}
