//! The only room that names rayon.
//!
//! Work is cut into bands of a *fixed* number of rows, never into as many parts as there are threads, and
//! results come back in the order of the bands. So the number of threads decides when a band is done and
//! nothing else: one thread, two or five give the same bytes. Without the `parallel` feature the same
//! bands run one after the other.
//!
//! Between bands the context is asked whether the work may go on; a cancelled job stops within a band.

mod bands;
mod pool;

pub(crate) use bands::on_pool;
pub use bands::{BAND_ROWS, for_each_band, for_each_band_pair, for_each_bands, map_bands};
pub use pool::Pool;
