//! The evidence of a report out of a run: verdicts of persons, organisations, teams, methodists,
//! measures and answers as rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::silent::silent;
use super::{
    BreakdownColumn, LeftOutPair, Mark, Measure, Methodist, Organisation, People, PersonColumn,
    PersonRef, PersonRow, Source, State, Survey, Team,
};
use crate::indicators::catalogue::Scope;
use crate::indicators::figure::Figure;
use crate::indicators::order;
use crate::indicators::verdict::{MethodistVerdict, SurveyVerdicts, TeamVerdict, Verdicts};
use crate::people::roster::{Person, Post};
use crate::people::{OrgId, PersonId};
use crate::pipeline::Run;
use crate::registers::RegisterId;
use crate::registers::record::RowRef;
use crate::text::plural;

/// The parts of the model that hold evidence.
pub(super) struct Evidence {
    pub organisations: Vec<Organisation>,
    pub breakdown: Vec<BreakdownColumn>,
    pub teachers: People,
    pub managers: People,
    pub teams: Vec<Team>,
    pub methodists: Vec<Methodist>,
    pub left_out_pairs: Vec<LeftOutPair>,
    pub survey: Option<Survey>,
    pub measures: Vec<Measure>,
    pub remarks: Vec<String>,
}

impl From<RowRef> for Source {
    /// The row of an input sheet.
    fn from(row: RowRef) -> Self {
        Self {
            sheet: row.sheet.number(),
            row: row.row,
        }
    }
}

/// Turns ids into places in the model's lists.
struct Gatherer<'r> {
    run: &'r Run,
    /// The organisations of the report, in order.
    order: Vec<OrgId>,
    /// Their places.
    places: FxHashMap<OrgId, u32>,
}

impl Evidence {
    /// Gathers the evidence of a run.
    pub(super) fn gather(run: &Run) -> Self {
        let gatherer = Gatherer::new(run);
        let teachers = gatherer.people(
            |figure| {
                matches!(
                    figure.definition.scope,
                    Scope::Teachers | Scope::WithIom | Scope::Young
                )
            },
            Person::is_teacher,
            |post| post.employed() && post.teacher,
        );
        let managers = gatherer.people(
            |figure| figure.definition.scope == Scope::Managers,
            Person::is_manager,
            |post| post.employed() && post.manager,
        );
        let mut evidence = Self {
            organisations: gatherer.organisations(),
            breakdown: gatherer.breakdown(&teachers, &managers),
            remarks: remarks(&teachers, &managers)
                .into_iter()
                .chain(staff_outside(run))
                .chain(respondents_outside(run))
                .collect(),
            teachers,
            managers,
            teams: Vec::new(),
            methodists: Vec::new(),
            left_out_pairs: Vec::new(),
            survey: None,
            measures: Vec::new(),
        };
        for figure in &run.assessment.figures {
            evidence.take(&gatherer, figure);
        }
        evidence
    }

    /// Takes what is no person and no organisation.
    fn take(&mut self, gatherer: &Gatherer<'_>, figure: &Figure) {
        match &figure.verdicts {
            Verdicts::Teams(teams) => {
                self.teams = teams.iter().map(|team| gatherer.team(team)).collect();
            }
            Verdicts::Methodists(methodists, left_out) => {
                self.methodists = methodists.iter().map(|m| gatherer.methodist(m)).collect();
                self.left_out_pairs = left_out
                    .iter()
                    .map(|pair| LeftOutPair {
                        row: Source::from(pair.row),
                        reason: pair.reason.to_owned(),
                    })
                    .collect();
            }
            Verdicts::Measures(measures) => {
                let text = |sym| gatherer.run.dataset.text(sym).to_owned();
                self.measures = measures
                    .iter()
                    .map(|measure| Measure {
                        title: text(measure.title),
                        level: text(measure.level),
                        deadline: measure.deadline,
                        status: text(measure.status),
                        done_on: measure.done_on,
                        regional: measure.regional,
                        federal: measure.federal,
                        under_way: measure.under_way,
                        due: measure.due,
                        done: measure.done,
                        rows: measure.rows.iter().map(|row| Source::from(*row)).collect(),
                    })
                    .collect();
            }
            Verdicts::Survey(survey) => self.survey = Some(gatherer.survey(figure, survey)),
            Verdicts::None | Verdicts::People(_) | Verdicts::Schools(_) => {}
        }
    }
}

/// How many of the staff are neither teachers nor managers on D, by reason: their rows were taken, and
/// stand on no sheet of evidence (methodology §6, 3).
fn staff_outside(run: &Run) -> Option<String> {
    let persons = &run.roster.persons;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for person in persons {
        if person.is_teacher() || person.is_manager() {
            continue;
        }
        let reason = match person.posts.first() {
            Some(post) if !person.is_employed() => post.employment.title(),
            _ => "не педагог и не управленец по должности",
        };
        *reasons.entry(reason).or_default() += 1;
    }
    let outside: usize = reasons.values().sum();
    let reasons: Vec<String> = reasons
        .iter()
        .map(|(reason, count)| format!("{reason} – {count}"))
        .collect();
    (outside > 0).then(|| {
        format!(
            "В таблице сотрудников людей: {}. Ни к педагогам, ни к управленцам на отчётную дату не относятся {outside}: {}.",
            persons.len(),
            reasons.join("; ")
        )
    })
}

/// How many rows of the survey are outside W.
fn respondents_outside(run: &Run) -> Option<String> {
    let rows: u64 = run
        .dataset
        .sheets_of(RegisterId::Survey)
        .map(|(_, sheet)| sheet.used)
        .sum();
    let verdicts = run
        .assessment
        .figures
        .iter()
        .find_map(|figure| match &figure.verdicts {
            Verdicts::Survey(verdicts) => Some(verdicts),
            _ => None,
        })?;
    let outside = rows.saturating_sub(verdicts.respondents);
    (outside > 0).then(|| {
        format!(
            "Опрос: взято записей {rows}, из них вне окна событий {outside}; респондентов {}.",
            verdicts.respondents
        )
    })
}

/// How many people stand in several organisations (methodology §6, 7).
fn remarks(teachers: &People, managers: &People) -> Vec<String> {
    let several = |people: &People| {
        let mut persons: Vec<u32> = people
            .rows
            .iter()
            .filter(|row| !row.first)
            .map(|row| row.person)
            .collect();
        persons.dedup();
        persons.len() as u64
    };
    [(several(teachers), "педагогов"), (several(managers), "управленцев")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, who)| {
            format!(
                "Из {who} {count} {} в нескольких организациях: в показателях муниципалитета каждый учтён один раз, \
                 по организациям – в каждой.",
                plural(count, "работает", "работают", "работают")
            )
        })
        .collect()
}

impl<'r> Gatherer<'r> {
    fn new(run: &'r Run) -> Self {
        let mut named: Vec<OrgId> = run
            .directory
            .all()
            .filter(|(_, organisation)| organisation.in_sheet && organisation.open)
            .map(|(id, _)| id)
            .collect();
        for (_, person) in run.roster.iter() {
            named.extend(person.organisations(Post::employed));
        }
        for figure in &run.assessment.figures {
            let parts = figure.parts.iter().flatten();
            named.extend(parts.filter_map(|part| part.organisation));
        }
        named.sort_unstable();
        named.dedup();
        named.sort_by_cached_key(|&id| order::natural(run.directory.name(id)));
        let places = (0..).zip(&named).map(|(place, id)| (*id, place)).collect();
        Self {
            run,
            order: named,
            places,
        }
    }

    fn place(&self, organisation: Option<OrgId>) -> Option<u32> {
        self.places.get(&organisation?).copied()
    }

    fn name(&self, person: &Person) -> Option<String> {
        let names = self.run.settings.privacy.names;
        names.then(|| self.run.dataset.text(person.name).to_owned())
    }

    fn reference(&self, id: PersonId) -> PersonRef {
        let person = self.run.roster.person(id);
        let employer = person.organisations(Post::employed).first().copied();
        PersonRef {
            person: id.0 + 1,
            name: self.name(person),
            organisation: self.place(employer),
        }
    }

    /// The people of one scope with their verdicts.
    fn people(
        &self,
        columns: impl Fn(&Figure) -> bool,
        in_scope: impl Fn(&Person) -> bool,
        post: impl Fn(&Post) -> bool,
    ) -> People {
        let figures = self.run.assessment.figures.iter();
        let columns = figures
            .filter(|figure| columns(figure))
            .filter_map(|figure| {
                let Verdicts::People(verdicts) = &figure.verdicts else {
                    return None;
                };
                let definition = figure.definition;
                Some(PersonColumn {
                    id: definition.id.clone(),
                    header: definition.header.clone(),
                    short: definition.short.clone(),
                    verdicts: Arc::clone(verdicts),
                })
            })
            .collect();
        let mut rows = Vec::new();
        for (id, person) in self
            .run
            .roster
            .iter()
            .filter(|(_, person)| in_scope(person))
        {
            let mut first = true;
            for (organisation, row) in employers(person, &post) {
                let Some(staff) = self.run.dataset.staff.get(row as usize) else {
                    continue;
                };
                rows.push(PersonRow {
                    person: id.0 + 1,
                    name: self.name(person),
                    organisation: self.place(organisation),
                    first,
                    row: Source::from(staff.at),
                });
                first = false;
            }
        }
        People { columns, rows }
    }

    fn organisations(&self) -> Vec<Organisation> {
        let mut mentoring: FxHashMap<OrgId, Mark> = FxHashMap::default();
        for figure in &self.run.assessment.figures {
            if let Verdicts::Schools(schools) = &figure.verdicts {
                mentoring.extend(schools.iter().map(|school| {
                    let verdict = Mark {
                        state: State::of(school.reason),
                        reason: Some(school.reason),
                        date: school.date,
                        row: school.rows.first().map(|row| Source::from(*row)),
                        support: None,
                    };
                    (school.organisation, verdict)
                }));
            }
        }
        let mut silent = silent(self.run, &self.order);
        self.order
            .iter()
            .filter_map(|id| {
                let organisation = self.run.directory.get(*id)?;
                Some(Organisation {
                    name: organisation.name.clone(),
                    general_education: organisation.general_education,
                    open: organisation.open,
                    mentoring: mentoring.get(id).copied().unwrap_or(Mark::OUTSIDE),
                    rows: organisation
                        .rows
                        .iter()
                        .map(|row| Source::from(*row))
                        .collect(),
                    silent: silent.remove(id).unwrap_or_default(),
                })
            })
            .collect()
    }

    fn breakdown(&self, teachers: &People, managers: &People) -> Vec<BreakdownColumn> {
        self.run
            .assessment
            .figures
            .iter()
            .filter_map(|figure| {
                let parts = figure.parts.as_ref()?;
                if matches!(figure.definition.scope, Scope::Teams) {
                    return None;
                }
                let mut cells = vec![None; self.order.len()];
                let mut unnamed = None;
                for part in parts {
                    let counts = Some((part.numerator, part.denominator?));
                    match self.place(part.organisation) {
                        Some(place) => *cells.get_mut(place as usize)? = counts,
                        None => unnamed = counts,
                    }
                }
                for people in [teachers, managers] {
                    unnamed =
                        unnamed.or_else(|| without_organisation(people, &figure.definition.id));
                }
                Some(BreakdownColumn {
                    id: figure.definition.id.clone(),
                    cells,
                    unnamed,
                })
            })
            .collect()
    }

    fn team(&self, team: &TeamVerdict) -> Team {
        let mut members: Vec<(PersonRef, Source)> = Vec::new();
        for (person, row) in &team.members {
            if !members
                .iter()
                .any(|(known, _)| known.person == person.0 + 1)
            {
                members.push((self.reference(*person), Source::from(*row)));
            }
        }
        Team {
            name: team.name.clone(),
            members,
        }
    }

    fn methodist(&self, methodist: &MethodistVerdict) -> Methodist {
        Methodist {
            person: self.reference(methodist.methodist),
            status_row: Source::from(methodist.status_row),
            teachers: methodist
                .teachers
                .iter()
                .map(|(teacher, row)| (self.reference(*teacher), Source::from(*row)))
                .collect(),
        }
    }

    fn survey(&self, figure: &Figure, verdicts: &SurveyVerdicts) -> Survey {
        let roster = &self.run.roster;
        let asked = |person: &&Person| person.is_teacher() || person.is_manager();
        Survey {
            questions: verdicts
                .questions
                .iter()
                .cloned()
                .zip(verdicts.scales.iter().cloned())
                .collect(),
            categories: verdicts.categories.clone(),
            respondents: verdicts.respondents,
            invited: roster.persons.iter().filter(asked).count() as u64,
            interval: figure.interval.clone(),
            verdicts: Arc::clone(&verdicts.answers),
            undecided_counts: verdicts.undecided_counts,
            places: self
                .run
                .directory
                .all()
                .map(|(id, _)| self.place(Some(id)))
                .collect(),
        }
    }
}

/// The organisations of the chosen posts, each once, with the staff row of the first such post; one
/// without an organisation where none of the posts names one.
fn employers(person: &Person, choose: impl Fn(&Post) -> bool) -> Vec<(Option<OrgId>, u32)> {
    let mut all: Vec<(Option<OrgId>, u32)> = Vec::new();
    let mut anywhere = None;
    for post in person.posts.iter().filter(|post| choose(post)) {
        anywhere = anywhere.or(Some(post.row));
        if post.organisation.is_some() && !all.iter().any(|(known, _)| *known == post.organisation)
        {
            all.push((post.organisation, post.row));
        }
    }
    if all.is_empty() {
        all.extend(anywhere.map(|row| (None, row)));
    }
    all
}

/// Numerator and denominator of those whose organisation is not given.
fn without_organisation(people: &People, id: &str) -> Option<(u64, u64)> {
    let place = people.columns.iter().position(|column| column.id == id)?;
    let mut counts = (0, 0);
    let marked = people.marked();
    for (_, marks) in marked.filter(|(row, _)| row.organisation.is_none()) {
        if let Some(mark) = marks.get(place).and_then(|mark| mark.state.mark()) {
            counts.0 += u64::from(mark);
            counts.1 += 1;
        }
    }
    (counts.1 > 0).then_some(counts)
}
