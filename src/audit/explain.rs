//! Who is counted, from which rows; who is missing, and why. It prints the verdicts that the figure
//! counts (methodology §6, 6).

use serde::Serialize;

use crate::indicators::catalogue::{Definition, Scope};
use crate::indicators::figure::Figure;
use crate::indicators::near::reason_text;
use crate::indicators::verdict::{LeftOutPair, PersonVerdict, Reason, SchoolVerdict, Verdicts};
use crate::people::name::fold_name;
use crate::people::{OrgId, PersonId};
use crate::period::russian_date;
use crate::pipeline::Run;
use crate::registers::RegisterId;
use crate::registers::phrase::AnswerMeaning;
use crate::registers::record::RowRef;

/// Which verdicts are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only the counted, or only the missing; both when none.
    pub counted: Option<bool>,
    /// Only this organisation.
    pub organisation: Option<OrgId>,
    /// Only people whose folded name is or begins with this one.
    pub person: Option<String>,
}

/// The address of a row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Source {
    /// The register of the row.
    pub register: Option<RegisterId>,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The row as spreadsheets number it, from 1.
    pub row: u64,
}

/// One verdict in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// The indicator.
    pub id: String,
    /// The person, organisation, team, measure or question.
    pub name: String,
    /// The organisations, joined by «; ».
    pub organization: String,
    /// Whether it is in the numerator.
    pub counted: bool,
    /// Why: «учтён», «вне окна: раньше (12.11.2023)».
    pub reason: String,
    /// The rows that decided it, or came nearest.
    pub rows: Vec<Source>,
}

/// The verdicts of one figure in words, in the order of the figure.
#[must_use]
pub fn explain(run: &Run, figure: &Figure, filter: &Filter) -> Vec<Line> {
    let writer = Writer {
        run,
        definition: figure.definition,
    };
    let lines: Vec<(Vec<OrgId>, Line)> = match &figure.verdicts {
        Verdicts::None => Vec::new(),
        Verdicts::People(verdicts) => verdicts
            .iter()
            .map(|verdict| writer.person(verdict))
            .collect(),
        Verdicts::Schools(verdicts) => verdicts
            .iter()
            .map(|verdict| writer.school(verdict))
            .collect(),
        Verdicts::Teams(teams) => teams
            .iter()
            .map(|team| writer.team(&team.name, &team.members))
            .collect(),
        Verdicts::Methodists(methodists, left_out) => {
            let mut all: Vec<(Vec<OrgId>, Line)> = Vec::new();
            for methodist in methodists {
                for (teacher, row) in &methodist.teachers {
                    let reason = format!("пара с методистом: {}", writer.name(methodist.methodist));
                    all.push(writer.of_person(
                        *teacher,
                        true,
                        reason,
                        vec![*row, methodist.status_row],
                    ));
                }
                if methodist.teachers.is_empty() {
                    let reason = Reason::NoPairs.title().to_owned();
                    all.push(writer.of_person(
                        methodist.methodist,
                        false,
                        reason,
                        vec![methodist.status_row],
                    ));
                }
            }
            all.extend(left_out.iter().map(|pair| writer.left_out(pair)));
            all
        }
        Verdicts::Measures(measures) => measures
            .iter()
            // Who asks for the missing asks of the denominator: those that are due.
            .filter(|measure| measure.due || filter.counted != Some(false))
            .map(|measure| {
                let reason = match (measure.due, measure.done) {
                    (true, true) => "срок наступил, выполнено",
                    (true, false) => "срок наступил, не выполнено",
                    (false, true) => "выполнено, срок ещё не наступил",
                    (false, false) => "срок не наступил",
                };
                let title = run.dataset.text(measure.title).to_owned();
                let level = run.dataset.text(measure.level).to_owned();
                let counted = measure.due && measure.done;
                (
                    Vec::new(),
                    writer.line(title, level, counted, reason.to_owned(), &measure.rows),
                )
            })
            .collect(),
        Verdicts::Survey(survey) => survey
            .answers
            .iter()
            .map(|answer| {
                let question = survey.questions[answer.question as usize].clone();
                let organisation = answer.organisation.map_or_else(
                    || "не указана".to_owned(),
                    |id| run.directory.name(id).to_owned(),
                );
                let reason = match answer.meaning {
                    AnswerMeaning::Positive => "положительный ответ",
                    AnswerMeaning::Neutral => "нейтральный ответ",
                    AnswerMeaning::Negative => "отрицательный ответ",
                    AnswerMeaning::Undecided => "затрудняется ответить",
                    AnswerMeaning::Absent => "нет ответа, в знаменатель не входит",
                };
                let counted = answer.meaning == AnswerMeaning::Positive;
                let line = writer.line(
                    question,
                    organisation,
                    counted,
                    reason.to_owned(),
                    &[answer.row],
                );
                (answer.organisation.into_iter().collect(), line)
            })
            .collect(),
    };
    let wanted = filter.person.as_deref().map(fold_name);
    lines
        .into_iter()
        .filter(|(organisations, line)| {
            filter.counted.is_none_or(|counted| counted == line.counted)
                && filter
                    .organisation
                    .is_none_or(|wanted| organisations.contains(&wanted))
                && wanted
                    .as_deref()
                    .is_none_or(|wanted| fold_name(&line.name).starts_with(wanted))
        })
        .map(|(_, line)| line)
        .collect()
}

/// Why nobody of a name stands among those whom a figure judges: a line for each of the staff. None
/// where it judges no people.
#[must_use]
pub fn outside(run: &Run, figure: &Figure, person: &str) -> Vec<String> {
    let wanted = fold_name(person);
    let scope = figure.definition.scope;
    if !scope.is_people() && scope != Scope::Methodists {
        return Vec::new();
    }
    run.roster
        .persons
        .iter()
        .filter(|person| fold_name(run.dataset.text(person.name)).starts_with(&wanted))
        .map(|person| {
            let posts: Vec<&str> = person
                .posts
                .iter()
                .filter_map(|post| run.dataset.staff.get(post.row as usize))
                .map(|row| run.dataset.text(row.position))
                .collect();
            let why = match (scope, person.posts.first()) {
                (_, Some(post)) if !person.is_employed() => post.employment.title().to_owned(),
                (Scope::Managers, _) if !person.is_manager() => {
                    format!(
                        "не относится к управленцам, должность: {}",
                        posts.join("; ")
                    )
                }
                (Scope::Teachers | Scope::WithIom | Scope::Young | Scope::Methodists, _)
                    if !person.is_teacher() =>
                {
                    format!("не относится к педагогам, должность: {}", posts.join("; "))
                }
                _ => "условиям этого показателя не отвечает".to_owned(),
            };
            format!(
                "{} не входит в показатель: {why}",
                run.dataset.text(person.name)
            )
        })
        .collect()
}

struct Writer<'a> {
    run: &'a Run,
    definition: &'a Definition,
}

impl Writer<'_> {
    fn person(&self, verdict: &PersonVerdict) -> (Vec<OrgId>, Line) {
        let window = &self.run.assessment.window;
        let reason = reason_text(verdict.reason, verdict.date, window);
        let rows = verdict.row.into_iter().chain(verdict.support).collect();
        self.of_person(verdict.person, verdict.counted(), reason, rows)
    }

    fn of_person(
        &self,
        id: PersonId,
        counted: bool,
        reason: String,
        rows: Vec<RowRef>,
    ) -> (Vec<OrgId>, Line) {
        let person = self.run.roster.person(id);
        let organisations = match self.definition.scope {
            Scope::Managers => person.managing_organisations(),
            _ => person.teaching_organisations(),
        };
        let names: Vec<&str> = organisations
            .iter()
            .map(|&id| self.run.directory.name(id))
            .collect();
        let line = self.line(self.name(id), names.join("; "), counted, reason, &rows);
        (organisations, line)
    }

    fn name(&self, id: PersonId) -> String {
        self.run
            .dataset
            .text(self.run.roster.person(id).name)
            .to_owned()
    }

    /// An assignment that makes no pair, with the teacher as the row writes them.
    fn left_out(&self, pair: &LeftOutPair) -> (Vec<OrgId>, Line) {
        let data = &self.run.dataset;
        let assigned = data.assignments.iter().map(|row| (row.at, row.person));
        let staff = data.staff.iter().map(|row| (row.at, row.person));
        let who = assigned.chain(staff).find(|(at, _)| *at == pair.row);
        let (name, written) = who.map_or(("", ""), |(_, who)| {
            (data.text(who.name), data.text(who.organisation))
        });
        let organisation = self.run.directory.resolve(written).id();
        let shown = organisation.map_or(written, |id| self.run.directory.name(id));
        let line = self.line(
            name.to_owned(),
            shown.to_owned(),
            false,
            pair.reason.to_owned(),
            &[pair.row],
        );
        (organisation.into_iter().collect(), line)
    }

    fn school(&self, verdict: &SchoolVerdict) -> (Vec<OrgId>, Line) {
        let name = self.run.directory.name(verdict.organisation).to_owned();
        let reason = match (verdict.reason, verdict.date) {
            (Reason::Counted, None) => "включена в целевую модель".to_owned(),
            (Reason::Counted, Some(date)) => {
                format!("включена в целевую модель ({})", russian_date(date))
            }
            (reason, date) => reason_text(reason, date, &self.run.assessment.window),
        };
        let counted = verdict.reason == Reason::Counted;
        (
            vec![verdict.organisation],
            self.line(name.clone(), name, counted, reason, &verdict.rows),
        )
    }

    fn team(&self, name: &str, members: &[(PersonId, RowRef)]) -> (Vec<OrgId>, Line) {
        let mut people: Vec<String> = members
            .iter()
            .map(|(person, _)| self.name(*person))
            .collect();
        people.dedup();
        let rows: Vec<RowRef> = members.iter().map(|(_, row)| *row).collect();
        let reason = format!("участники: {}", people.join(", "));
        (
            Vec::new(),
            self.line(name.to_owned(), String::new(), true, reason, &rows),
        )
    }

    fn line(
        &self,
        name: String,
        organization: String,
        counted: bool,
        reason: String,
        rows: &[RowRef],
    ) -> Line {
        let rows = rows.iter().map(|&row| source(self.run, row)).collect();
        Line {
            id: self.definition.id.clone(),
            name,
            organization,
            counted,
            reason,
            rows,
        }
    }
}

/// The address of a row in words.
#[must_use]
pub fn source(run: &Run, row: RowRef) -> Source {
    let sheet = run.dataset.sheet(row.sheet);
    let file = sheet.and_then(|sheet| run.dataset.files.get(sheet.file.0 as usize));
    Source {
        register: sheet.and_then(|sheet| sheet.register),
        file: file.map_or_else(String::new, |file| file.path.clone()),
        sheet: sheet.map_or_else(String::new, |sheet| sheet.name.clone()),
        row: u64::from(row.row) + 1,
    }
}
