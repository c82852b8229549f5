//! tmp
/// tmp
#[derive(Debug, thiserror::Error)]
#[error("style")]
pub struct StyleError;
