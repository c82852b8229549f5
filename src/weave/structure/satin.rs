//! Which counters make a satin, and which lie most evenly.

use crate::weave::structure::LARGEST;

/// The counters that make a satin over `n` ends: none shares a divisor with `n`, none is 1 or `n` − 1 (a twill).
pub fn counters(n: usize) -> Vec<usize> {
    (2..n.saturating_sub(1)).filter(|&s| gcd(s, n) == 1).collect()
}

/// The counter whose risers keep furthest from each other; of equals the smallest.
pub fn even_counter(n: usize) -> Option<usize> {
    counters(n).into_iter().max_by_key(|&s| (nearest(n, s), std::cmp::Reverse(s)))
}

/// The squared distance between the nearest two risers.
fn nearest(n: usize, counter: usize) -> usize {
    let away = |p: usize| (counter * p % n).min(n - counter * p % n);
    (1..n).map(|p| p * p + away(p) * away(p)).min().unwrap_or(0).min(n * n)
}

pub(super) fn why_no_satin(n: usize, counter: Option<usize>) -> String {
    let valid = counters(n);
    let list = valid.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    match (n, counter) {
        (n, _) if n == 4 || n == 6 => {
            format!("there is no regular satin over {n} ends; write \"irregular {n}\", or take 5, 7 or 8")
        }
        (..5, _) => format!("a satin over {n} ends; it takes at least 5, else neighbouring risers touch"),
        (_, Some(s)) if n <= LARGEST && s < n && gcd(s, n) > 1 => format!(
            "satin {n}/{s}: {s} and {n} share the divisor {}, so {} of {n} ends would never rise; counters that do: {list}",
            gcd(s, n),
            n - n / gcd(s, n)
        ),
        (_, Some(s)) if s == 1 || s + 1 == n => {
            format!("satin {n}/{s} is a twill: each riser touches the last; counters of a satin: {list}")
        }
        (_, Some(s)) if n <= LARGEST => format!("satin {n}/{s}: the counter has to be one of {list}"),
        _ => format!("a satin over {n} ends; at most {LARGEST} are allowed"),
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
