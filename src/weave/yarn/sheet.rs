//! The yarn sheet for the mill: JSON, a page to print, plain text; and the sequence of wefts as CSV.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::json;

use crate::weave::cloth::Cloth;
use crate::weave::yarn::{Needed, Sheet};

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// A number with so many decimals.
fn short(value: f64, decimals: i32) -> f64 {
    let unit = 10f64.powi(decimals);
    (value * unit).round() / unit
}

impl Sheet {
    /// One JSON object.
    pub fn to_json(&self) -> String {
        let yarn = |(i, y): (usize, &Needed)| {
            json!({
                "number": i + 1, "name": y.name, "colour": hex(y.colour), "fibre": y.fibre.name(),
                "tex": short(y.tex.into(), 3), "ends": y.ends, "picks": y.picks, "share": short(y.share, 6),
                "warp_metres": short(y.warp_metres, 3), "weft_metres": short(y.weft_metres, 3),
                "grams": short(y.grams, 4),
            })
        };
        let yarns: Vec<_> = self.yarns.iter().enumerate().map(yarn).collect();
        let sheet = json!({
            "width_cm": short(self.width, 3), "height_cm": short(self.height, 3), "grams": short(self.grams, 4),
            "grams_per_square_metre": short(self.weight, 2), "yarns": yarns,
        });
        sheet.to_string()
    }

    /// A table in plain text.
    pub fn to_text(&self) -> String {
        let mut out = format!(
            "one repeat: {:.1} × {:.1} cm, {:.2} g, {:.0} g/m²\n{:>3}  {:<8}{:<9}{:>7}{:>9}{:>10}{:>10}{:>9}  name\n",
            self.width,
            self.height,
            self.grams,
            self.weight,
            "no",
            "colour",
            "fibre",
            "tex",
            "share %",
            "warp m",
            "weft m",
            "g"
        );
        for (i, y) in self.yarns.iter().enumerate() {
            let _ = writeln!(
                out,
                "{:>3}  {:<8}{:<9}{:>7.1}{:>9.2}{:>10.1}{:>10.1}{:>9.2}  {}",
                i + 1,
                hex(y.colour),
                y.fibre.name(),
                y.tex,
                100.0 * y.share,
                y.warp_metres,
                y.weft_metres,
                y.grams,
                y.name.replace(char::is_control, " ")
            );
        }
        out
    }

    /// A page of its own, to print.
    pub fn to_html(&self, title: &str) -> String {
        let title = escaped(title);
        let mut rows = String::new();
        for (i, y) in self.yarns.iter().enumerate() {
            let colour = hex(y.colour);
            let _ = writeln!(
                rows,
                "<tr><td>{}</td><td><i style=\"background:{colour}\"></i>{colour}</td><td>{}</td><td>{}</td><td>{:.1}</td><td>{:.2}</td>\
                 <td>{:.1}</td><td>{:.1}</td><td>{:.2}</td></tr>",
                i + 1,
                escaped(&y.name),
                y.fibre.name(),
                y.tex,
                100.0 * y.share,
                y.warp_metres,
                y.weft_metres,
                y.grams
            );
        }
        format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n<style>{STYLE}</style></head>\n\
             <body><h1>{title}</h1>\n<p>One repeat: {:.1} × {:.1} cm, {:.2} g, {:.0} g/m².</p>\n<table><thead><tr><th>No</th>\
             <th>Colour</th><th>Yarn</th><th>Fibre</th><th>tex</th><th>Share %</th><th>Warp m</th><th>Weft m</th><th>g</th></tr>\
             </thead><tbody>\n{rows}</tbody></table></body></html>\n",
            self.width, self.height, self.grams, self.weight
        )
    }
}

const STYLE: &str = "body{font:12pt serif;margin:2cm}table{border-collapse:collapse}td,th{border-bottom:1px solid #999;\
    padding:2pt 8pt;text-align:right}td:nth-child(2),td:nth-child(3),td:nth-child(4){text-align:left}\
    i{display:inline-block;width:1.2em;height:1em;margin-right:.4em;border:1px solid #666;print-color-adjust:exact}";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The wefts in order: pick, pass, yarn (all from 1), its name, and 1 where the cloth is taken up.
pub fn write_weft_sequence(out: &mut impl Write, cloth: &Cloth) -> io::Result<()> {
    out.write_all(b"pick,pass,yarn,name,take_up\r\n")?;
    for (r, pass) in cloth.passes.windows(2).enumerate() {
        for p in pass[0]..pass[1] {
            let y = usize::from(cloth.weft[p as usize]);
            let name = cloth
                .yarns
                .get(y)
                .map_or("", |y| &y.name)
                .replace('"', "\"\"")
                .replace(char::is_control, " ");
            let last = u8::from(p + 1 == pass[1]);
            write!(out, "{},{},{},\"{name}\",{last}\r\n", p + 1, r + 1, y + 1)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weave::cloth::Lift;
    use crate::weave::samples::cloth;
    use crate::weave::yarn::{TakeUp, sheet};

    #[test]
    fn sheets_say_what_was_counted_and_escape_names() {
        let mut cloth = cloth(Lift::new(12, 6), 2, vec![]);
        cloth.yarns[1].name = "gold <\"扁金\"> & co".into();
        let sheet = sheet(&cloth, TakeUp::default());
        let json = sheet.to_json();
        assert!(
            json.contains("\"name\":\"gold <\\\"扁金\\\"> & co\"") && json.contains("\"picks\":3"),
            "{json}"
        );
        let html = sheet.to_html("a & b");
        assert!(
            html.contains("gold &lt;&quot;扁金&quot;&gt; &amp; co") && html.contains("<title>a &amp; b"),
            "{html}"
        );
        assert!(html.contains("background:#4628c8"), "{html}");
        assert_eq!(sheet.to_text().lines().count(), 2 + 4);
        let mut csv = Vec::new();
        write_weft_sequence(&mut csv, &cloth).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert!(csv.starts_with("pick,pass,yarn,name,take_up\r\n1,1,2,\"gold <\"\"扁金\"\"> & co\",0\r\n2,1,3,\"yarn 2\",1\r\n"), "{csv}");
    }
}
