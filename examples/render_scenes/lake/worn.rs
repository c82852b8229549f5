//! Running water on rock: rain gathers on its way down and cuts where it runs fast and strong, by the law of stream power
//! (Whipple and Tucker, "Dynamics of the stream-power river incision model", 1999). It leaves the gullies and spurs
//! that noise alone never has.

/// How often it rains, and how deep a stream of one cell cuts at a slope of one, in metres.
const RAINS: usize = 4;
const CUT: f32 = 0.55;

/// Wears a square field of heights in place.
pub(super) fn wear(height: &mut [f32], cells: usize, size: f32) {
    let mut order: Vec<u32> = (0..height.len() as u32).collect();
    for _ in 0..RAINS {
        order.sort_by(|&a, &b| height[b as usize].total_cmp(&height[a as usize]));
        let mut water = vec![1.0_f32; height.len()];
        let mut cut = vec![0.0_f32; height.len()];
        for &n in &order {
            let n = n as usize;
            let Some((down, slope)) = steepest(height, n, cells, size) else { continue };
            water[down] += water[n];
            cut[n] = (CUT * water[n].min(4000.0).sqrt() * slope).min(slope * size * 0.8).min(7.0);
        }
        height.iter_mut().zip(&cut).for_each(|(h, c)| *h -= c);
        crumble(height, cells, size);
    }
}

/// The lowest of the eight neighbours, by slope.
fn steepest(height: &[f32], n: usize, cells: usize, size: f32) -> Option<(usize, f32)> {
    let (x, y) = (n % cells, n / cells);
    if x == 0 || y == 0 || x + 1 == cells || y + 1 == cells || height[n] < 0.0 {
        return None;
    }
    let mut best = (n, 0.0);
    for k in [0, 1, 2, 3, 5, 6, 7, 8] {
        let m = n + k % 3 + k / 3 * cells - cells - 1;
        let far = if k % 2 == 0 { std::f32::consts::SQRT_2 * size } else { size };
        let slope = (height[n] - height[m]) / far;
        if slope > best.1 {
            best = (m, slope);
        }
    }
    (best.1 > 0.0).then_some(best)
}

/// What is steeper than rock stands falls to the cell below.
fn crumble(height: &mut [f32], cells: usize, size: f32) {
    let stands = 3.4 * size;
    for n in cells..height.len() - cells {
        for m in [n - 1, n + 1, n - cells, n + cells] {
            let over = height[n] - height[m] - stands;
            if over > 0.0 {
                height[n] -= over * 0.25;
                height[m] += over * 0.25;
            }
        }
    }
}
