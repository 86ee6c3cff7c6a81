//! The total of an indicator over municipalities: summed numerators over summed denominators, never
//! a mean of shares; who is best and who is worst; whose plan is met.

use std::cmp::Ordering;

use crate::indicators::catalogue::{Definition, Unit, catalogue};
use crate::indicators::figure::Status;
use crate::ratio::Ratio;
use crate::report::result::{IndicatorRead, TownResult};
use crate::target::Outcome;

/// Digits after the point of 4.1.3.2 (methodology §5).
pub const PER_ONE_DECIMALS: u32 = 1;

/// An indicator over all municipalities of a period.
#[derive(Clone, Debug)]
pub struct Total {
    /// What it means.
    pub definition: &'static Definition,
    /// «нет данных» where no municipality has the figure, «не определено» where the sum of the
    /// denominators is 0.
    pub status: Status,
    /// How many municipalities have the figure.
    pub counted: usize,
    /// The sum above the line, where there is a figure.
    pub numerator: Option<u64>,
    /// The sum below the line, where there is a figure.
    pub denominator: Option<u64>,
    /// The value with a point; none for «да» and «нет», which do not add up.
    pub value: Option<String>,
    /// In how many municipalities the answer is «да» (4.1.1).
    pub yes: Option<usize>,
    /// The highest figure and whose it is; for 4.1.1 those with «да».
    pub highest: Option<Extreme>,
    /// The lowest figure and whose it is, where it is not the highest; for 4.1.1 those with «нет».
    pub lowest: Option<Extreme>,
    /// How many municipalities have a plan that can be judged.
    pub planned: usize,
    /// In how many of them it is met.
    pub met: usize,
}

/// A figure at the end of the list and whose it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extreme {
    /// The value as the municipality's result has it.
    pub value: String,
    /// The municipalities, by name.
    pub towns: Vec<String>,
}

/// The totals of all indicators in the order of the source.
#[must_use]
pub fn totals(results: &[(&str, &TownResult)], decimals: u32) -> Vec<Total> {
    (0..)
        .zip(&catalogue().indicators)
        .map(|(place, definition)| {
            let figures: Vec<(&str, &IndicatorRead)> = results
                .iter()
                .filter_map(|(name, result)| Some((*name, result.indicators.get(place)?)))
                .collect();
            total(definition, &figures, decimals)
        })
        .collect()
}

fn total(
    definition: &'static Definition,
    figures: &[(&str, &IndicatorRead)],
    decimals: u32,
) -> Total {
    let standing: Vec<(&str, &IndicatorRead)> = figures
        .iter()
        .filter(|(_, figure)| figure.stands())
        .copied()
        .collect();
    let has_figure = !standing.is_empty();
    let undefined = figures
        .iter()
        .any(|(_, figure)| figure.status == Status::Undefined);
    let sum = |part: fn(&IndicatorRead) -> Option<u64>| {
        let parts: Vec<u64> = standing
            .iter()
            .filter_map(|(_, figure)| part(figure))
            .collect();
        (!parts.is_empty()).then(|| parts.iter().sum::<u64>())
    };
    let numerator = sum(|figure| figure.numerator);
    let denominator = sum(|figure| figure.denominator);
    let ratio = |factor: i128| Ratio::new(factor * i128::from(numerator?), denominator?.into());
    let value = match definition.unit {
        Unit::Percent => ratio(100).map(|share| share.rounded(decimals)),
        Unit::PerOne => ratio(1).map(|mean| mean.rounded(PER_ONE_DECIMALS)),
        Unit::Count => numerator.map(|count| count.to_string()),
        Unit::YesNo => None,
    };
    let (highest, lowest) = extremes(&standing);
    let says = |outcome: Outcome| {
        standing
            .iter()
            .filter(|(_, figure)| figure.outcome == Some(outcome))
            .count()
    };
    Total {
        definition,
        status: match (has_figure, undefined) {
            (true, _) => Status::Ok,
            (false, true) => Status::Undefined,
            (false, false) => Status::NoData,
        },
        counted: standing.len(),
        numerator,
        denominator,
        value,
        yes: (definition.unit == Unit::YesNo && has_figure)
            .then(|| standing.iter().filter(|(_, f)| is_yes(f)).count()),
        highest,
        lowest,
        planned: says(Outcome::Met) + says(Outcome::Missed),
        met: says(Outcome::Met),
    }
}

fn is_yes(figure: &IndicatorRead) -> bool {
    figure.value.as_deref() == Some("yes")
}

/// The figure exactly, for comparison.
fn exact(figure: &IndicatorRead) -> Option<Ratio> {
    match figure.unit {
        Unit::YesNo => Ratio::new(i128::from(is_yes(figure)), 1),
        Unit::Count => Ratio::new(figure.numerator?.into(), 1),
        Unit::Percent | Unit::PerOne => {
            Ratio::new(figure.numerator?.into(), figure.denominator?.into())
        }
    }
}

/// The highest and the lowest figure.
fn extremes(standing: &[(&str, &IndicatorRead)]) -> (Option<Extreme>, Option<Extreme>) {
    let mut exact: Vec<(Ratio, &str, &IndicatorRead)> = standing
        .iter()
        .filter_map(|(name, figure)| Some((exact(figure)?, *name, *figure)))
        .collect();
    // A stable sort: the names stay in order.
    exact.sort_by(|one, other| other.0.partial_cmp(&one.0).unwrap_or(Ordering::Equal));
    let at = |end: Option<&(Ratio, &str, &IndicatorRead)>| {
        let &(level, _, figure) = end?;
        let same = |ratio: Ratio| ratio.partial_cmp(&level) == Some(Ordering::Equal);
        let towns = exact
            .iter()
            .filter(|(ratio, ..)| same(*ratio))
            .map(|(_, name, _)| (*name).to_owned())
            .collect();
        Some(Extreme {
            value: figure.value.clone()?,
            towns,
        })
    };
    let (highest, lowest) = (at(exact.first()), at(exact.last()));
    let differ = highest.as_ref().map(|extreme| &extreme.towns)
        != lowest.as_ref().map(|extreme| &extreme.towns);
    (highest, lowest.filter(|_| differ))
}

/// The place of each figure, the highest first; equal ones share a place. None where a figure does
/// not stand or has no better direction (4.1.1, 4.1.3.2).
#[must_use]
pub fn places(figures: &[&IndicatorRead]) -> Vec<Option<u32>> {
    let exact: Vec<Option<Ratio>> = figures
        .iter()
        .map(|figure| {
            exact(figure)
                .filter(|_| figure.stands() && matches!(figure.unit, Unit::Percent | Unit::Count))
        })
        .collect();
    exact
        .iter()
        .map(|own| {
            let own = (*own)?;
            let above = exact.iter().flatten().filter(|other| **other > own).count();
            u32::try_from(above + 1).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{places, total};
    use crate::indicators::catalogue::{Definition, catalogue};
    use crate::indicators::figure::Status;
    use crate::report::result::IndicatorRead;

    fn definition(id: &str) -> &'static Definition {
        let all = &catalogue().indicators;
        all.iter().find(|definition| definition.id == id).unwrap()
    }

    fn figure(id: &str, counts: Option<(u64, u64)>, value: Option<&str>) -> IndicatorRead {
        IndicatorRead {
            id: id.to_owned(),
            unit: definition(id).unit,
            status: match (counts, value) {
                (_, Some(_)) => Status::Ok,
                (Some(_), None) => Status::Undefined,
                (None, None) => Status::NoData,
            },
            numerator: counts.map(|(above, _)| above),
            denominator: counts.map(|(_, below)| below),
            value: value.map(str::to_owned),
            target: None,
            outcome: None,
            note: None,
        }
    }

    fn share(above: u64, below: u64) -> IndicatorRead {
        figure("4.1.2.1", Some((above, below)), Some("0.0"))
    }

    #[test]
    fn places_go_by_the_exact_share_and_equal_shares_divide_a_place() {
        let absent = figure("4.1.2.1", None, None);
        // 1/3 and 2/6 are one share; 334/1000 is above them, though 33,4 % and 33,3 % are near.
        let figures = [
            share(1, 3),
            share(334, 1000),
            absent,
            share(2, 6),
            share(0, 5),
        ];
        let ranks = places(&figures.iter().collect::<Vec<_>>());
        assert_eq!(ranks, [Some(2), Some(1), None, Some(2), Some(4)]);
        let load = figure("4.1.3.2", Some((10, 2)), Some("5.0"));
        assert_eq!(places(&[&load]), [None]);
    }

    #[test]
    fn the_ends_are_told_with_all_whose_they_are() {
        let (a, b, c) = (share(1, 2), share(2, 4), share(1, 4));
        let sum = total(definition("4.1.2.1"), &[("А", &a), ("Б", &b), ("В", &c)], 1);
        // 1 + 2 + 1 of 2 + 4 + 4.
        assert_eq!((sum.numerator, sum.denominator), (Some(4), Some(10)));
        assert_eq!(sum.value.as_deref(), Some("40.0"));
        assert_eq!(sum.highest.unwrap().towns, ["А", "Б"]);
        assert_eq!(sum.lowest.unwrap().towns, ["В"]);
        let same = total(definition("4.1.2.1"), &[("А", &a), ("Б", &b)], 1);
        assert_eq!(same.highest.unwrap().towns, ["А", "Б"]);
        assert_eq!(same.lowest, None);
    }

    #[test]
    fn no_data_and_a_denominator_of_zero_are_told_apart() {
        let absent = figure("4.1.2.1", None, None);
        let empty = figure("4.1.2.1", Some((0, 0)), None);
        let none = total(definition("4.1.2.1"), &[("А", &absent)], 1);
        assert_eq!(
            (none.status, none.value, none.numerator),
            (Status::NoData, None, None)
        );
        let zero = total(definition("4.1.2.1"), &[("А", &absent), ("Б", &empty)], 1);
        assert_eq!(
            (zero.status, zero.value, zero.counted),
            (Status::Undefined, None, 0)
        );
    }

    #[test]
    fn counts_add_up_loads_are_a_mean_of_all_pairs_and_answers_are_counted() {
        let team = |count: u64| IndicatorRead {
            denominator: None,
            ..figure("4.1.2.6", Some((count, 0)), Some("1"))
        };
        let (a, b) = (team(2), team(3));
        let teams = total(definition("4.1.2.6"), &[("А", &a), ("Б", &b)], 1);
        assert_eq!(
            (teams.value.as_deref(), teams.denominator),
            (Some("5"), None)
        );
        // 10 pairs of 2 methodists and 3 of 1: 13 of 3.
        let load = |above, below| figure("4.1.3.2", Some((above, below)), Some("0.0"));
        let (a, b) = (load(10, 2), load(3, 1));
        let loads = total(definition("4.1.3.2"), &[("А", &a), ("Б", &b)], 2);
        assert_eq!(loads.value.as_deref(), Some("4.3"));
        let answer = |word| figure("4.1.1", Some((1, 2)), Some(word));
        let (a, b) = (answer("yes"), answer("no"));
        let maps = total(definition("4.1.1"), &[("А", &a), ("Б", &b)], 1);
        assert_eq!((maps.yes, maps.counted, maps.value), (Some(1), 2, None));
        assert_eq!((maps.numerator, maps.denominator), (Some(2), Some(4)));
        assert_eq!(maps.lowest.unwrap().towns, ["Б"]);
    }
}
