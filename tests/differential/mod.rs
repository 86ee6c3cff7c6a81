//! A second opinion: small municipalities as tables whose cells know what they mean
//! ([`town`], [`generate`]), a short and slow engine that reads those meanings and nothing else
//! ([`naive`]), and the comparison of its figures with those that `mms` gets from the written files
//! ([`compare`], [`shrink`]).

#![allow(dead_code, reason = "each test, and the example, uses a part")]

pub mod compare;
pub mod dice;
pub mod files;
pub mod generate;
pub mod naive;
pub mod options;
pub mod shrink;
pub mod spelling;
pub mod sweep;
pub mod town;
