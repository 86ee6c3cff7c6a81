//! `mms` computes the fourteen indicators of a municipal methodical service from the spreadsheets
//! of its schools, so that anyone can check every figure.
//!
//! A row of somebody's spreadsheet comes in at the top of this list and leaves at the bottom as
//! one verdict for each indicator. Imports go in one direction: a layer uses those above it.
//!
//! | layer | takes | gives |
//! | --- | --- | --- |
//! | [`source`] | files | sheets of addressed cells |
//! | [`registers`] | sheets | typed rows of a known register, every row accounted for |
//! | [`people`] | rows | persons, positions and organisations, and the person of each record |
//! | [`indicators`] | linked records | verdicts, and the figures that count them |
//! | [`report`] | figures | the Excel report, JSON, the terminal |
//! | [`audit`] | all of it | explanation, verification, comparison |
//! | [`cli`] | what was typed | what it means, and one file for each command |
//!
//! Beside them, for [`cli`] alone: [`forms`] makes the empty workbook that people fill in, [`demo`] a
//! made-up municipality.
//!
//! [`finding`], [`period`], [`ratio`], [`settings`], [`target`], [`intern`], [`text`] and
//! [`failure`] are small, pure and used by all. No layer below [`cli`] knows the clock, the environment or chance.

pub mod buckets;
pub mod failure;
pub mod finding;
pub mod intern;
pub mod period;
pub mod ratio;
pub mod settings;
pub mod target;
pub mod text;

pub mod source;

pub mod registers;

pub mod people;

pub mod indicators;

pub mod report;

pub mod pipeline;

pub mod audit;

pub mod demo;
pub mod forms;

pub mod cli;
