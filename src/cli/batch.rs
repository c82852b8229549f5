//! Many, side by side, told in order.
//!
//! Workers take the items in their order, one at a time, so decoding one file overlaps with encoding another;
//! the bands of the work itself run on the engine's threads. Whoever listens hears of results in the order of
//! the items, whatever order they were made in.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// What happens, as it happens; all but `Next` in any order.
pub(super) enum Event<'a, R> {
    /// Work on an item begins.
    Started(usize),
    /// It ended, with this result.
    Finished(&'a R),
    /// The result of the next item, in order.
    Next(usize, R),
}

/// Do `work` on the items from zero to `count` with so many workers. It must not panic: the run would wait
/// for a result that never comes.
pub(super) fn run<R: Send>(
    count: usize,
    workers: usize,
    work: impl Fn(usize) -> R + Sync,
    mut hear: impl FnMut(Event<'_, R>),
) {
    let next = AtomicUsize::new(0);
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..workers.min(count) {
            let (tell, next, work) = (tell.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let item = next.fetch_add(1, Ordering::Relaxed);
                    if item >= count || tell.send((item, None)).is_err() {
                        break;
                    }
                    let result = work(item);
                    if tell.send((item, Some(result))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(tell);
        in_order(&told, &mut hear);
    });
}

fn in_order<R>(told: &mpsc::Receiver<(usize, Option<R>)>, hear: &mut impl FnMut(Event<'_, R>)) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (item, result) in told {
        let Some(result) = result else {
            hear(Event::Started(item));
            continue;
        };
        hear(Event::Finished(&result));
        waiting.insert(item, result);
        while let Some(result) = waiting.remove(&next) {
            hear(Event::Next(next, result));
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_order_for_any_number_of_workers() {
        for workers in [1, 2, 5, 40] {
            let (mut order, mut started, mut finished) = (Vec::new(), 0, 0);
            let work = |item: usize| {
                std::thread::sleep(Duration::from_micros((item as u64 * 37) % 400));
                item * item
            };
            run(30, workers, work, |event| match event {
                Event::Started(_) => started += 1,
                Event::Finished(_) => finished += 1,
                Event::Next(item, result) => order.push((item, result)),
            });
            assert_eq!(
                order,
                (0..30).map(|item| (item, item * item)).collect::<Vec<_>>(),
                "{workers} workers"
            );
            assert_eq!((started, finished), (30, 30));
        }
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        run(0, 4, |_| (), |_| panic!("nothing happens"));
    }
}
