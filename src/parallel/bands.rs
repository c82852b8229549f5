//! Cutting into bands, and running them.

use std::ops::Range;

use crate::context::Context;
use crate::error::Result;

/// Rows in a band where the caller has no better number. A band of a 4000-pixel row in `f32` RGB is then
/// about 3 MB of traffic: long against the cost of handing it to a thread (microseconds), short against
/// the patience of someone who pressed Ctrl-C.
pub const BAND_ROWS: usize = 64;

/// Call `work(index, band)` for each run of `band_len` items of `data`; the last may be shorter.
///
/// `band_len` is usually a number of rows times the length of a row.
pub fn for_each_band<T: Send>(
    context: &Context,
    data: &mut [T],
    band_len: usize,
    work: impl Fn(usize, &mut [T]) -> Result<()> + Sync + Send,
) -> Result<()> {
    let band_len = band_len.max(1);
    let step = |(index, band): (usize, &mut [T])| context.check().and_then(|()| work(index, band));
    if data.len() <= band_len {
        return data.chunks_mut(band_len).enumerate().try_for_each(step);
    }
    on_pool(context, || {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            let results: Vec<_> =
                data.par_chunks_mut(band_len).enumerate().with_max_len(1).map(step).collect();
            // The error of the earliest band, whichever thread met one first: messages do not depend on threads.
            results.into_iter().collect()
        }
        #[cfg(not(feature = "parallel"))]
        data.chunks_mut(band_len).enumerate().try_for_each(step)
    })
}

/// The same for a source and a target cut alike: `work(index, source band, target band)`.
pub fn for_each_band_pair<S: Sync, T: Send>(
    context: &Context,
    (source, source_len): (&[S], usize),
    (target, target_len): (&mut [T], usize),
    work: impl Fn(usize, &[S], &mut [T]) -> Result<()> + Sync + Send,
) -> Result<()> {
    for_each_band(context, target, target_len, |index, band| {
        let start = (index * source_len).min(source.len());
        let end = (start + source_len).min(source.len());
        work(index, &source[start..end], band)
    })
}

/// The same for several slices of one length, cut alike: `work(index, the band of each)`.
pub fn for_each_bands<T: Send>(
    context: &Context,
    data: &mut [&mut [T]],
    band_len: usize,
    work: impl Fn(usize, &mut [&mut [T]]) -> Result<()> + Sync + Send,
) -> Result<()> {
    let mut cut: Vec<_> = data.iter_mut().map(|slice| slice.chunks_mut(band_len.max(1))).collect();
    let mut bands: Vec<Vec<&mut [T]>> = Vec::new();
    loop {
        let band: Vec<_> = cut.iter_mut().filter_map(Iterator::next).collect();
        if band.is_empty() || band.len() < cut.len() {
            break;
        }
        bands.push(band);
    }
    for_each_band(context, &mut bands, 1, |index, band| work(index, &mut band[0]))
}

/// Call `work` with each band of at most `band` numbers of `0..count` and return the results in order.
pub fn map_bands<R: Send>(
    context: &Context,
    count: usize,
    band: usize,
    work: impl Fn(Range<usize>) -> Result<R> + Sync + Send,
) -> Result<Vec<R>> {
    let band = band.max(1);
    let step = |index: usize| {
        context.check()?;
        let start = index * band;
        work(start..(start + band).min(count))
    };
    if count <= band {
        return (0..count.div_ceil(band)).map(step).collect();
    }
    on_pool(context, || {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            let results: Vec<_> =
                (0..count.div_ceil(band)).into_par_iter().with_max_len(1).map(step).collect();
            results.into_iter().collect()
        }
        #[cfg(not(feature = "parallel"))]
        (0..count.div_ceil(band)).map(step).collect()
    })
}

/// On the pool the context carries, or on the one we are already in. Only the bands go there: a caller that
/// decodes or encodes stays on its own thread, so a thread that waits for its bands never picks up a whole
/// other job in the meantime.
pub(crate) fn on_pool<R: Send>(context: &Context, work: impl FnOnce() -> R + Send) -> R {
    match &context.pool {
        Some(pool) => pool.run(work),
        None => work(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parallel::Pool;

    #[test]
    fn bands_do_not_depend_on_threads() {
        let cut = |threads| {
            Pool::new(threads).unwrap().run(|| {
                let mut data = vec![0usize; 1003];
                for_each_band(&Context::default(), &mut data, 64, |index, band| {
                    band.fill(index * 1000 + band.len());
                    Ok(())
                })
                .map(|()| data)
                .unwrap()
            })
        };
        assert_eq!(cut(1), cut(2));
        assert_eq!(cut(1), cut(5));
        assert_eq!(cut(1)[1002], 15 * 1000 + 43);
    }

    #[test]
    fn several_slices_are_cut_alike() {
        let (mut a, mut b) = (vec![0; 10], vec![0; 10]);
        for_each_bands(&Context::default(), &mut [&mut a, &mut b], 4, |index, bands| {
            bands[0].fill(index);
            bands[1].fill(bands[0].len());
            Ok(())
        })
        .unwrap();
        assert_eq!((a, b), (vec![0, 0, 0, 0, 1, 1, 1, 1, 2, 2], vec![4, 4, 4, 4, 4, 4, 4, 4, 2, 2]));
    }

    #[test]
    fn results_come_in_order() {
        let sums = map_bands(&Context::default(), 10, 4, |range| Ok(range.sum::<usize>())).unwrap();
        assert_eq!(sums, [6, 4 + 5 + 6 + 7, 8 + 9]);
    }

    #[test]
    fn the_earliest_error_is_reported() {
        let result = map_bands(&Context::default(), 8, 1, |range| {
            if range.start >= 3 {
                Err(crate::Error::unsupported(format!("row {}", range.start), "-"))
            } else {
                Ok(())
            }
        });
        assert_eq!(result.unwrap_err().to_string(), "row 3; -");
    }

    #[test]
    fn a_cancelled_context_stops_before_the_first_band() {
        let context = Context::default();
        context.cancel.cancel();
        let result = for_each_band(&context, &mut [0u8; 10], 1, |_, _| panic!("must not run"));
        assert!(matches!(result, Err(crate::Error::Cancelled)));
    }

    #[test]
    fn nothing_to_do_is_fine() {
        assert!(map_bands(&Context::default(), 0, 4, |_| Ok(1)).unwrap().is_empty());
        for_each_band(&Context::default(), &mut [0u8; 0], 0, |_, _| Ok(())).unwrap();
    }
}
