//! The guided filter's arithmetic on rows of means: the local line or plane, and the result from its means.

use super::level::kernel;

kernel! {
    /// The line `a i + b` that best gives the input from the guide, from their means and the means of products.
    pub(crate) fn line(means: [&[f32]; 4], eps: f32, a: &mut [f32], b: &mut [f32]) {
        let [i, p, ii, ip] = means;
        let sources = i.iter().zip(p).zip(ii.iter().zip(ip));
        for ((a, b), ((i, p), (ii, ip))) in a.iter_mut().zip(b).zip(sources) {
            *a = (ip - i * p) / ((ii - i * i).max(0.0) + eps);
            *b = p - *a * i;
        }
    }
}

kernel! {
    /// The same where the guide is the input.
    pub(crate) fn own_line(i: &[f32], ii: &[f32], eps: f32, a: &mut [f32], b: &mut [f32]) {
        for ((a, b), (i, ii)) in a.iter_mut().zip(b).zip(i.iter().zip(ii)) {
            let variance = (ii - i * i).max(0.0);
            *a = variance / (variance + eps);
            *b = i - *a * i;
        }
    }
}

kernel! {
    /// The inverse of the guide's covariance, `eps` added along the diagonal: xx, xy, xz, yy, yz, zz. The moments
    /// are the means of x, y, z and of their products in that order.
    pub(crate) fn inverse(moments: [&[f32]; 9], eps: f32, inverse: [&mut [f32]; 6]) {
        let n = moments[0].len();
        let [x, y, z, xx, xy, xz, yy, yz, zz] = moments.map(|row| &row[..n]);
        let [ixx, ixy, ixz, iyy, iyz, izz] = inverse.map(|row| &mut row[..n]);
        for k in 0..n {
            let (x, y, z) = (x[k], y[k], z[k]);
            let a = (xx[k] - x * x).max(0.0) + eps;
            let d = (yy[k] - y * y).max(0.0) + eps;
            let f = (zz[k] - z * z).max(0.0) + eps;
            let (b, c, e) = (xy[k] - x * y, xz[k] - x * z, yz[k] - y * z);
            let (m0, m1, m2) = (d * f - e * e, c * e - b * f, b * e - c * d);
            // Positive but for rounding: no covariance can bring it below eps cubed.
            let scale = 1.0 / (a * m0 + b * m1 + c * m2).max(eps * eps * eps);
            ixx[k] = m0 * scale;
            ixy[k] = m1 * scale;
            ixz[k] = m2 * scale;
            iyy[k] = (a * f - c * c) * scale;
            iyz[k] = (b * c - a * e) * scale;
            izz[k] = (a * d - b * b) * scale;
        }
    }
}

kernel! {
    /// The plane `a · (x, y, z) + b` that best gives an input from the guide. `guide` holds the means of x, y, z,
    /// `input` the means of the input and of its products with x, y, z; `fit` gets the three parts of a, and b.
    pub(crate) fn plane(guide: [&[f32]; 3], inverse: [&[f32]; 6], input: [&[f32]; 4], fit: [&mut [f32]; 4]) {
        let n = guide[0].len();
        let [x, y, z] = guide.map(|row| &row[..n]);
        let [ixx, ixy, ixz, iyy, iyz, izz] = inverse.map(|row| &row[..n]);
        let [p, px, py, pz] = input.map(|row| &row[..n]);
        let [a0, a1, a2, b] = fit.map(|row| &mut row[..n]);
        for k in 0..n {
            let (cx, cy, cz) = (px[k] - p[k] * x[k], py[k] - p[k] * y[k], pz[k] - p[k] * z[k]);
            let ax = ixx[k] * cx + ixy[k] * cy + ixz[k] * cz;
            let ay = ixy[k] * cx + iyy[k] * cy + iyz[k] * cz;
            let az = ixz[k] * cx + iyz[k] * cy + izz[k] * cz;
            (a0[k], a1[k], a2[k]) = (ax, ay, az);
            b[k] = p[k] - ax * x[k] - ay * y[k] - az * z[k];
        }
    }
}

kernel! {
    /// The mean line at each place of the guide.
    pub(crate) fn on_line(a: &[f32], b: &[f32], guide: &[f32], out: &mut [f32]) {
        for (out, ((a, b), i)) in out.iter_mut().zip(a.iter().zip(b).zip(guide)) {
            *out = a * i + b;
        }
    }
}

kernel! {
    /// The mean plane at each place of the guide.
    pub(crate) fn on_plane(fit: [&[f32]; 4], guide: [&[f32]; 3], out: &mut [f32]) {
        let n = out.len();
        let [a0, a1, a2, b] = fit.map(|row| &row[..n]);
        let [x, y, z] = guide.map(|row| &row[..n]);
        for (k, out) in out.iter_mut().enumerate() {
            *out = a0[k] * x[k] + a1[k] * y[k] + a2[k] * z[k] + b[k];
        }
    }
}
