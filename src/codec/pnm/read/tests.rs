use super::*;
use crate::codec::read_tests::{SIZES, check_damage, picture, same_as_header, steps};
use crate::pixel::{Layout, Size};

fn read(bytes: &[u8]) -> Result<Picture> {
    decode(bytes, &Context::default()).map(picture)
}

fn file(head: &str, raster: &[u8]) -> Vec<u8> {
    [head.as_bytes(), raster].concat()
}

#[test]
fn binary_samples_come_back_as_they_are() {
    for (w, h) in SIZES {
        for (head, layout) in [
            (format!("P5\n{w} {h}\n255\n"), Layout::Grey),
            (format!("P6 {w}\t{h} 255 "), Layout::Rgb),
            (pam(w, h, 2, 255, "GRAYSCALE_ALPHA"), Layout::GreyAlpha),
            (pam(w, h, 4, 255, ""), Layout::Rgba),
        ] {
            let samples = steps((w * h) as usize, layout.channels());
            let picture = same_as_header(header, decode, &file(&head, &samples));
            assert_eq!((picture.layout(), picture.samples()), (layout, &Samples::U8(samples)));
        }
    }
}

#[test]
fn sixteen_bits_have_the_big_end_first() {
    for layout in [Layout::Grey, Layout::GreyAlpha, Layout::Rgb, Layout::Rgba] {
        let samples = steps(7 * 3 * layout.channels() * 2, 1);
        let wide: Vec<u16> = samples.chunks(2).map(|b| u16::from(b[0]) << 8 | u16::from(b[1])).collect();
        let bytes = file(&pam(7, 3, layout.channels(), 65_535, ""), &samples);
        assert_eq!(same_as_header(header, decode, &bytes).samples(), &Samples::U16(wide));
    }
}

fn pam(width: u32, height: u32, depth: usize, maxval: u32, kind: &str) -> String {
    let kind = if kind.is_empty() { String::new() } else { format!("TUPLTYPE {kind}\n") };
    format!("P7\n# made here\nWIDTH {width}\nHEIGHT {height}\nDEPTH {depth}\nMAXVAL {maxval}\n{kind}ENDHDR\n")
}

#[test]
fn odd_maxima_stretch_to_the_full_range() {
    let grey = read(b"P5 4 1 100 \x00\x32\x64\xff").unwrap();
    assert_eq!(grey.samples(), &Samples::U8(vec![0, 128, 255, 255]), "what is over the maximum is full");
    let wide = read(b"P5 3 1 1023\n\x00\x00\x02\x00\x03\xff").unwrap();
    assert_eq!(wide.samples(), &Samples::U16(vec![0, 32_800, 65_535]));
    let text = read(b"P3 1 1 5 0 2 5").unwrap();
    assert_eq!(text.samples(), &Samples::U8(vec![0, 102, 255]));
    assert_eq!(read(b"P2 1 1 65535 258").unwrap().samples(), &Samples::U16(vec![258]));
}

#[test]
fn bits_are_black_where_they_are_set() {
    let plain = read(b"P1\n# two rows\n9 2\n1010 10101\n0 1 0101010 # end").unwrap();
    let packed = read(b"P4 9 2 \xaa\x80\x55\x7f").unwrap();
    assert_eq!(plain, packed, "bits past the row are padding");
    let row = [0, 255, 0, 255, 0, 255, 0, 255, 0];
    assert_eq!(plain.as_u8().unwrap().row(0), row);
    assert_eq!(plain.as_u8().unwrap().row(1), row.map(|v| 255 - v));
}

#[test]
fn comments_stand_anywhere_in_a_header() {
    let bytes = b"P5#a\n# b\n 2 #c\n1#d\n255#e\n\x07\x08";
    assert_eq!(read(bytes).unwrap().samples(), &Samples::U8(vec![7, 8]));
}

#[test]
fn what_is_wrong_is_named() {
    let text = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert_eq!(
        text(b"P5 2 2 255 abc"),
        "broken PNM file: it ends too early: 2×2 pixels need 4 bytes or more, and 3 are left; another copy of it may be whole"
    );
    assert_eq!(
        text(b"P2 1 1 9 10"),
        "broken PNM file: a sample is 10, over the maximum of 9; another copy of it may be whole"
    );
    assert_eq!(
        text(b"P2 1 1 65536 1"),
        "broken PNM file: the maximum is 65536; it may be 1 to 65535; another copy of it may be whole"
    );
    assert_eq!(
        text(b"P6 1 -1 255 "),
        "broken PNM file: '-' where a number is due; another copy of it may be whole"
    );
    assert_eq!(
        text(b"P6 1"),
        "broken PNM file: the header ends before its height; another copy of it may be whole"
    );
    assert_eq!(
        text(b"P1 2 1 1 2"),
        "broken PNM file: '2' where 0 or 1 is due; another copy of it may be whole"
    );
    assert_eq!(
        text(b"P5 0 1 255 "),
        "broken PNM file: 0×1 is not a picture size; each side must be 1 or more and the area must fit the address space; another copy of it may be whole"
    );
    assert!(text(b"P7\nWIDTH 1\nENDHDR\n").contains("no DEPTH line"));
    let inks = read(pam(1, 1, 4, 255, "CMYK").as_bytes()).unwrap_err();
    assert!(matches!(inks, Error::Unsupported { .. }), "{inks}");
}

#[test]
fn damage_is_an_error_and_never_a_panic() {
    let raster = steps(31 * 9 * 6, 1);
    let numbers: Vec<String> = raster.iter().map(u8::to_string).collect();
    for bytes in [
        file("P6 31 9 1000\n", &raster),
        file("P3 31 18 255\n", numbers.join("\n").as_bytes()),
        file("P4 31 90\n", &raster[..360]),
        file(&pam(31, 9, 3, 65_535, "RGB"), &raster),
    ] {
        // Cut inside its last number, a plain file still holds a (shorter) number.
        check_damage(header, decode, &bytes, bytes.len() - 2);
    }
}

#[test]
fn a_lying_header_is_reported_as_it_lies() {
    assert_eq!(header(b"P6 4000000 1000000 255 ").unwrap().size, Size::new(4_000_000, 1_000_000).unwrap());
    assert!(read(b"P6 4000000 1000000 255 ").unwrap_err().to_string().contains("it ends too early"));
}
