//! «Свод»: municipalities × indicators × periods, from results alone. What `batch` has just
//! computed and what `merge` reads from files go the same way, so that both give the same bytes.

pub mod json;
pub mod terminal;
pub mod totals;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use self::totals::Total;
use super::result::{Held, PopulationRead, TownFailure, TownResult};
use crate::failure::Failure;
use crate::indicators::catalogue::Unit;
use crate::period::{Period, russian_date};
use crate::text::fold;

/// All municipalities and periods together.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The periods, the earliest D first; never empty.
    pub periods: Vec<PeriodSummary>,
    /// Digits after the point of shares: as many as the results themselves have.
    pub decimals: u32,
}

/// All municipalities for one period.
#[derive(Clone, Debug)]
pub struct PeriodSummary {
    /// The period.
    pub period: Period,
    /// The municipalities of all periods, by name.
    pub towns: Vec<Town>,
    /// The sums over those that were computed.
    pub population: PopulationRead,
    /// One for each indicator, in the order of the source.
    pub totals: Vec<Total>,
}

/// One municipality for one period.
#[derive(Clone, Debug)]
pub struct Town {
    /// Its name.
    pub name: String,
    /// Its figures, or why there are none.
    pub outcome: Result<TownResult, String>,
}

/// Results on the way to «Свод», by period and municipality.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    entries: BTreeMap<Key, Entry>,
}

/// D, the first day, the label; the name as it sorts and as it is written.
type Key = (NaiveDate, NaiveDate, String, String, String);

/// What became of each municipality, by name.
type Outcomes = BTreeMap<String, Result<TownResult, String>>;

#[derive(Clone, Debug)]
struct Entry {
    period: Period,
    outcome: Result<TownResult, String>,
    from: PathBuf,
}

impl Gathered {
    /// Takes what one file holds. The same result twice counts once; a result beats a failure, so
    /// that a municipality that was computed again later needs no clearing up.
    ///
    /// # Errors
    /// [`Failure::Inputs`]: two different results for one municipality and period; a result without
    /// a name.
    pub fn take(&mut self, held: Held, from: &Path) -> Result<(), Failure> {
        for result in held.results {
            let period = result
                .period
                .period()
                .map_err(|message| Failure::input(from, message))?;
            let name = result.name().to_owned();
            self.put(period, name, Ok(result), from)?;
        }
        for TownFailure {
            town,
            period,
            reason,
        } in held.failures
        {
            let period = period
                .period()
                .map_err(|message| Failure::input(from, message))?;
            self.put(period, town, Err(reason), from)?;
        }
        Ok(())
    }

    fn put(
        &mut self,
        period: Period,
        name: String,
        outcome: Result<TownResult, String>,
        from: &Path,
    ) -> Result<(), Failure> {
        let key = (
            period.to,
            period.from,
            period.label.clone(),
            fold(&name),
            name.clone(),
        );
        let new = Entry {
            period,
            outcome: outcome.map(reduced),
            from: from.to_owned(),
        };
        let Some(known) = self.entries.get_mut(&key) else {
            self.entries.insert(key, new);
            return Ok(());
        };
        match (&known.outcome, &new.outcome) {
            (Ok(one), Ok(other)) if one != other => Err(Failure::Inputs(format!(
                "два разных результата «{name}» за {}: {} и {}. Оставьте один; если это разные муниципальные \
                 образования, задайте им разные municipality в mms.toml и получите результаты заново",
                new.period.label,
                known.from.display(),
                new.from.display(),
            ))),
            (Err(_), Ok(_)) => {
                *known = new;
                Ok(())
            }
            // The order of the files decides nothing.
            (Err(one), Err(other)) if other < one => {
                *known = new;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The summary; none where nothing was gathered.
    #[must_use]
    pub fn summary(self) -> Option<Summary> {
        let names: BTreeMap<String, String> = self
            .entries
            .keys()
            .map(|(.., folded, name)| (format!("{folded}\n{name}"), name.clone()))
            .collect();
        let mut periods: Vec<(Period, Outcomes)> = Vec::new();
        for entry in self.entries {
            let (
                (.., name),
                Entry {
                    period, outcome, ..
                },
            ) = entry;
            match periods.last_mut() {
                Some((last, towns)) if last.label == period.label => {
                    towns.insert(name, outcome);
                }
                _ => periods.push((period, BTreeMap::from([(name, outcome)]))),
            }
        }
        let decimals = decimals(
            periods
                .iter()
                .flat_map(|(_, towns)| towns.values())
                .filter_map(|town| town.as_ref().ok()),
        );
        let periods: Vec<PeriodSummary> = periods
            .into_iter()
            .map(|(period, mut towns)| {
                let towns = names
                    .values()
                    .map(|name| Town {
                        name: name.clone(),
                        outcome: towns
                            .remove(name)
                            .unwrap_or_else(|| Err("нет результата за этот период".to_owned())),
                    })
                    .collect();
                PeriodSummary::of(period, towns, decimals)
            })
            .collect();
        (!periods.is_empty()).then_some(Summary { periods, decimals })
    }
}

/// A result without the name of its file, where its municipality tells the name.
fn reduced(mut result: TownResult) -> TownResult {
    if result.town.as_ref() == Some(&result.municipality) {
        result.town = None;
    }
    result
}

/// The most digits after the point that a share has.
fn decimals<'a>(results: impl Iterator<Item = &'a TownResult>) -> u32 {
    results
        .flat_map(|result| &result.indicators)
        .filter(|indicator| indicator.unit == Unit::Percent)
        .filter_map(|indicator| indicator.value.as_deref())
        .map(|value| {
            value
                .split_once('.')
                .map_or(0, |(_, part)| part.len().min(4))
        })
        .max()
        .and_then(|digits| u32::try_from(digits).ok())
        .unwrap_or(1)
}

impl Summary {
    /// The latest D: the date of the workbook.
    #[must_use]
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.periods.iter().map(|period| period.period.to).max()
    }

    /// The last period.
    #[must_use]
    pub fn latest(&self) -> Option<&PeriodSummary> {
        self.periods.last()
    }

    /// Whether some municipality has no figures for some period.
    #[must_use]
    pub fn has_failures(&self) -> bool {
        self.periods
            .iter()
            .any(|period| period.failed().next().is_some())
    }
}

impl PeriodSummary {
    fn of(period: Period, towns: Vec<Town>, decimals: u32) -> Self {
        let results: Vec<(&str, &TownResult)> = computed(&towns).collect();
        let mut population = PopulationRead::default();
        for (_, result) in &results {
            population.teachers += result.population.teachers;
            population.managers += result.population.managers;
            population.organizations += result.population.organizations;
        }
        let totals = totals::totals(&results, decimals);
        Self {
            period,
            towns,
            population,
            totals,
        }
    }

    /// The municipalities that were computed, by name.
    pub fn computed(&self) -> impl Iterator<Item = (&str, &TownResult)> {
        computed(&self.towns)
    }

    /// The municipalities without figures, with the reason.
    pub fn failed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.towns
            .iter()
            .filter_map(|town| Some((town.name.as_str(), town.outcome.as_ref().err()?.as_str())))
    }

    /// Of which days the events count, where the municipalities agree on it; else a warning: sums
    /// over different windows are no figures of one rule.
    #[must_use]
    pub fn window(&self) -> String {
        let mut windows: BTreeMap<String, u32> = BTreeMap::new();
        for (_, result) in self.computed() {
            let to = russian_date(result.window.to);
            let words = result.window.from.map_or_else(
                || format!("по {to}"),
                |from| format!("с {} по {to}", russian_date(from)),
            );
            *windows.entry(words).or_default() += 1;
        }
        let mut words = windows.keys();
        match (words.next(), words.next()) {
            (None, _) => String::new(),
            (Some(one), None) => format!("События {one}."),
            _ => {
                let each: Vec<String> = windows
                    .iter()
                    .map(|(words, count)| format!("{words} – у {count}"))
                    .collect();
                format!(
                    "Внимание: события считаются за разные дни: {}; итоги складывают разное.",
                    each.join(", ")
                )
            }
        }
    }
}

fn computed(towns: &[Town]) -> impl Iterator<Item = (&str, &TownResult)> {
    towns
        .iter()
        .filter_map(|town| Some((town.name.as_str(), town.outcome.as_ref().ok()?)))
}
