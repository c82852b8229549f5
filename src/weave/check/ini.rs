//! The file cut into sections, keys and values.

use std::collections::HashMap;

pub(super) type Lines<'a> = Vec<(usize, &'a str, &'a str)>;

/// Sections by name in capitals: line, key, value.
pub(super) struct Ini<'a> {
    pub(super) sections: HashMap<String, Lines<'a>>,
    pub(super) remarks: Vec<(usize, String)>,
}

impl<'a> Ini<'a> {
    pub(super) fn parse(text: &'a str) -> Self {
        let mut ini = Self { sections: HashMap::new(), remarks: vec![] };
        let mut name = String::new();
        let text = text.trim_start_matches('\u{feff}');
        for (i, line) in text.split('\n').flat_map(|l| l.trim_end_matches('\r').split('\r')).enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with(';') {
                continue;
            }
            if line.starts_with('[') {
                name = line.trim_start_matches('[').split(']').next().unwrap_or("").trim().to_uppercase();
                if ini.sections.contains_key(&name) && !name.starts_with("PRIVATE") {
                    ini.remarks.push((i + 1, format!("section [{}] is there twice", clip(&name))));
                }
                ini.sections.entry(name.clone()).or_default();
            } else if let Some((key, value)) = line.split_once('=') {
                ini.sections.entry(name.clone()).or_default().push((i + 1, key.trim(), value.trim()));
            } else {
                ini.remarks.push((i + 1, format!("[{}]: \"{}\" is not key=value", clip(&name), clip(line))));
            }
        }
        ini
    }

    pub(super) fn get(&self, section: &str, key: &str) -> Option<(usize, &'a str)> {
        let lines = self.sections.get(section)?;
        lines.iter().find(|l| l.1.eq_ignore_ascii_case(key)).map(|l| (l.0, before_remark(l.2)))
    }

    pub(super) fn has(&self, section: &str) -> bool {
        self.sections.contains_key(section)
    }
}

pub(super) fn before_remark(value: &str) -> &str {
    value.split(';').next().unwrap_or("").trim()
}

pub(super) fn clip(text: &str) -> String {
    text.chars().take(40).map(|c| if c.is_control() { '?' } else { c }).collect()
}
