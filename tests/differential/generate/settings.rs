//! Periods, settings and plans.

use chrono::NaiveDate;

use super::Builder;
use crate::towns::dice::Dice;
use crate::towns::options::{Frame, IDS, Options};
use crate::towns::spelling::{blank, cell, first_of, last_of};
use crate::towns::town::{Cell, Means, Plan, Post, Register, Span};

/// A period of any kind.
pub fn period(dice: &mut Dice) -> Span {
    let year = *dice.pick(&[2023, 2024, 2024, 2025]);
    let span = |label: String, from: NaiveDate, to: NaiveDate, own_window| Span {
        label,
        from,
        to,
        own_window,
    };
    let months = |label: String, first: u32, last: u32| {
        span(label, first_of(year, first), last_of(year, last), false)
    };
    match dice.below(10) {
        0 => {
            let month = dice.between(1, 12) as u32;
            months(format!("{year}-{month:02}"), month, month)
        }
        1 => months(format!("{year}-H1"), 1, 6),
        2 => months(format!("{year}-9M"), 1, 9),
        3 => months(format!("{year}"), 1, 12),
        4 => span(
            format!("{}/{year}", year - 1),
            first_of(year - 1, 9),
            last_of(year, 8),
            true,
        ),
        5 => {
            let day = |month: u32, day: i64| {
                NaiveDate::from_ymd_opt(year, month, day as u32).unwrap_or_default()
            };
            let from = day(dice.between(1, 6) as u32, dice.between(1, 28));
            let to = day(dice.between(7, 12) as u32, dice.between(1, 28));
            span(format!("{from}..{to}"), from, to, true)
        }
        6 => months(format!("{year}-02"), 2, 2),
        _ => {
            let quarter = dice.between(1, 4) as u32;
            months(format!("{year}-Q{quarter}"), quarter * 3 - 2, quarter * 3)
        }
    }
}

/// Settings, of which most are left as they are.
pub fn options(dice: &mut Dice) -> Options {
    let mut options = Options {
        municipality: dice.chance(60),
        ..Options::default()
    };
    if dice.chance(35) {
        options.frame = match dice.below(6) {
            0 => Frame::Ytd,
            1 => Frame::Period,
            2 => Frame::SchoolYear,
            3 => Frame::All,
            _ => Frame::Rolling(dice.between(1, 3) as i32),
        };
    }
    if dice.chance(25) {
        options.decimals = dice.between(0, 4) as u32;
    }
    options.external = dice.chance(15);
    options.contract = dice.chance(15);
    options.leave = !dice.chance(15);
    options.all_positions = dice.chance(20);
    if dice.chance(30) {
        options.max_age = dice.between(29, 41) as i32;
        options.inclusive = dice.chance(50);
        options.years = dice.between(1, 5) as i32;
        options.first_years = !dice.chance(40);
    }
    options.derive = dice.chance(40);
    if dice.chance(30) {
        options.min_members = dice.between(1, 3) as usize;
    }
    options.exclude = dice.chance(25);
    if dice.chance(20) {
        let group = |dice: &mut Dice| *dice.pick(&[Post::Teacher, Post::Manager, Post::Other]);
        options.own_posts = [
            dice.chance(70).then(|| group(dice)),
            dice.chance(70).then(|| group(dice)),
        ];
    }
    options.own_status = dice.chance(20);
    options
}

/// A plan that the indicator may have.
fn plan(dice: &mut Dice, indicator: usize) -> Plan {
    let most = if indicator == 6 { 4 } else { 100 };
    let number = |dice: &mut Dice| match (indicator, dice.below(3)) {
        (6, _) | (_, 0) => dice.between(0, most) * 100,
        (_, 1) => *dice.pick(&[5000, 3333, 6667, 2500, 10_000]),
        _ => dice.between(0, most * 10) * 10,
    };
    match (IDS[indicator], dice.below(4)) {
        ("4.1.1", _) => Plan::Yes,
        (_, 0) => Plan::AtMost(number(dice)),
        (_, 1) => {
            let (one, other) = (number(dice), number(dice));
            Plan::Between(one.min(other), one.max(other))
        }
        ("4.1.3.2", _) => Plan::AtMost(dice.between(1, 40) * 10),
        _ => Plan::AtLeast(number(dice)),
    }
}

impl Builder {
    /// The plans of the settings and of the sheet.
    pub fn plans(&mut self, options: &mut Options) {
        for indicator in 0..IDS.len() {
            if self.dice.chance(15) {
                options
                    .targets
                    .push((indicator, plan(&mut self.dice, indicator)));
            }
        }
        for _ in 0..self.how_many(65) {
            let columns = self.columns(Register::Targets, &[("Период", 70)]);
            let rows = 1 + self.dice.below(12);
            let mut indicator = 0;
            let mut order: Vec<String> = columns.clone();
            order.sort_by_key(|column| column != "Показатель");
            let mut written = Vec::new();
            for _ in 0..rows {
                let row: Vec<(String, Cell)> = order
                    .iter()
                    .map(|column| (column.clone(), self.plan_cell(column, &mut indicator)))
                    .collect();
                let take = |column: &String| {
                    row.iter()
                        .find(|(own, _)| own == column)
                        .map_or_else(blank, |(_, cell)| cell.clone())
                };
                written.push(columns.iter().map(take).collect());
            }
            self.table(Register::Targets, columns, 0, |_, _| blank());
            if let Some(table) = self.tables.last_mut() {
                table.rows = written;
            }
        }
    }

    fn plan_cell(&mut self, column: &str, indicator: &mut usize) -> Cell {
        match column {
            "Показатель" => {
                *indicator = self.dice.below(IDS.len());
                cell(IDS[*indicator], Means::Indicator(*indicator))
            }
            "План" => {
                let plan = match self.dice.chance(5) {
                    true => Plan::AtLeast(500),
                    false => plan(&mut self.dice, *indicator),
                };
                let point = if self.dice.chance(50) { ',' } else { '.' };
                cell(plan.text(point), Means::Plan(plan))
            }
            _ => self.plan_period(),
        }
    }

    fn plan_period(&mut self) -> Cell {
        use chrono::Datelike;
        let (own, year) = (self.period.clone(), self.period.to.year());
        let quarter = own.to.month0() / 3 + 1;
        let other = if quarter == 4 { 1 } else { quarter + 1 };
        let months = |label: String, year, first, last| {
            cell(
                label,
                Means::Period(first_of(year, first), last_of(year, last)),
            )
        };
        match self.dice.below(8) {
            0 | 1 => cell(own.label, Means::Period(own.from, own.to)),
            2 | 3 => months(format!("{year}"), year, 1, 12),
            4 => months(
                format!("{year}-H{}", (quarter - 1) / 2 + 1),
                year,
                (quarter - 1) / 2 * 6 + 1,
                (quarter - 1) / 2 * 6 + 6,
            ),
            5 => months(format!("{year}-Q{other}"), year, other * 3 - 2, other * 3),
            6 => months(format!("{}", year + 1), year + 1, 1, 12),
            _ => blank(),
        }
    }
}
