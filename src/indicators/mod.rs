//! Verdicts, and the figures that count them. An indicator is data ([`catalogue`]); the engine
//! judges each record by a closed set of conditions.

pub mod catalogue;
pub mod figure;
pub mod verdict;
