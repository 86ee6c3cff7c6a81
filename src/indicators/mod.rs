//! Verdicts, and the figures that count them. An indicator is data ([`catalogue`]); the engine
//! judges each record by a closed set of conditions.

pub mod catalogue;
mod checks;
pub mod compute;
pub mod context;
mod counts;
pub mod doubt;
pub mod figure;
mod judge;
mod methodists;
mod missing;
pub mod near;
pub mod order;
mod people;
pub mod plan;
pub mod registry;
mod roadmap;
mod rule;
mod schools;
pub mod survey;
mod teams;
pub mod verdict;
mod young;
