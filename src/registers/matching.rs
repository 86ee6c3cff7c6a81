//! Which register a sheet is: contract §1, «Every sheet is matched to one register…».

use std::cmp::Reverse;
use std::path::Path;

use super::assign::{Assignment, assign};
use super::catalogue::{Catalogue, Register};
use super::choices::{Pin, SheetChoices};
use super::header::{Header, TALLEST, candidates, goes_on};
use super::held::HeldRow;
use super::key::HeaderKey;
use super::organisation::{is_department, organisation_in, organisation_line};
use super::phrase;
use super::refusals::{conflict, lacking, tie};
use super::{Field, RegisterId};
use crate::failure::Failure;
use crate::source::{Merge, Value};

/// What is known of a sheet before it is matched.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The file's path, for failures.
    pub path: &'a Path,
    /// The file as it is shown.
    pub file: &'a str,
    /// The sheet's name.
    pub name: &'a str,
    /// Whether the file has other sheets.
    pub one_of_many: bool,
    /// Its first rows.
    pub rows: &'a [HeldRow],
    /// Its merged cells, ordered by their first row.
    pub merges: &'a [Merge],
    /// Headers of survey questions that the settings name.
    pub questions: &'a [String],
}

/// A sheet that was matched.
#[derive(Clone, Debug)]
pub struct Matched {
    /// The register.
    pub register: RegisterId,
    /// Its header.
    pub header: Header,
    /// What the columns mean.
    pub assignment: Assignment,
}

/// What became of a sheet.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It feeds a register.
    Matched(Box<Matched>),
    /// It fits none.
    Passed(Option<Nearest>),
}

/// The register that came nearest to a sheet that fits none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nearest {
    /// How many columns were understood.
    pub known: usize,
    /// What the sheet lacks.
    pub lacks: String,
}

/// The file's name without folders and ending.
#[must_use]
pub fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// The registers that a sheet's name speaks of, or else the file's.
fn spoken_of(sheet: &Sheet<'_>, catalogue: &Catalogue) -> Vec<RegisterId> {
    let by_sheet = catalogue.spoken_of(sheet.name);
    if by_sheet.is_empty() {
        catalogue.spoken_of(stem(sheet.file))
    } else {
        by_sheet
    }
}

/// Matches a sheet to its register.
///
/// # Errors
/// Two registers fit equally, two columns claim one meaning, the register that was named for the
/// sheet has columns that the sheet lacks; a pin names a column that there is not.
pub fn understand(
    sheet: &Sheet<'_>,
    catalogue: &Catalogue,
    choices: &SheetChoices,
) -> Result<Verdict, Failure> {
    let pinned = !choices.pins.is_empty();
    let headers = candidates(sheet.rows, sheet.merges, TALLEST as usize, |row| {
        pinned
            || row
                .texts()
                .any(|text| catalogue.knows(&HeaderKey::new(text)))
    });
    let spoken = spoken_of(sheet, catalogue);
    let read = |register: &Register| best(register, catalogue, &headers, &choices.pins);

    if let Some(id) = choices.register.or(choices.file_register) {
        let found = named(id, sheet, catalogue, choices, &headers)?;
        if found.is_some() || choices.register.is_some() {
            return finish(found, sheet, catalogue, choices);
        }
    }

    let has_organisation = organisation_stands(sheet, catalogue);
    let mut fitting: Vec<(usize, &Register, Matched)> = Vec::new();
    let mut nearest: Option<Nearest> = None;
    for register in &catalogue.registers {
        if register.id == RegisterId::Survey {
            continue;
        }
        let Some((header, assignment)) = read(register) else {
            continue;
        };
        if register.things && has_people(header, catalogue) {
            continue;
        }
        let missing: Vec<_> = assignment
            .missing(register)
            .into_iter()
            .filter(|set| !(has_organisation && !register.things && *set == [Field::Organisation]))
            .collect();
        if !missing.is_empty() {
            let known = assignment.known();
            if known >= 2 && nearest.as_ref().is_none_or(|best| known > best.known) {
                let lacks = lacking(register, &missing);
                nearest = Some(Nearest { known, lacks });
            }
            continue;
        }
        let fits = register.id == RegisterId::Staff
            || assignment.own_beyond_required(register) > 0
            || spoken.contains(&register.id) && !spoken.contains(&RegisterId::Survey);
        if fits {
            fitting.push((
                assignment.own(register),
                register,
                Matched {
                    register: register.id,
                    header: header.clone(),
                    assignment,
                },
            ));
        }
    }

    let stamped = is_stamped(&headers, catalogue);
    if stamped {
        fitting.retain(|(_, register, _)| spoken.contains(&register.id));
    }
    let spoken_survey = spoken.contains(&RegisterId::Survey);
    if spoken_survey || stamped && fitting.is_empty() {
        let found = survey_header(sheet, catalogue, &headers, &choices.pins);
        if fitting.is_empty() && found.is_some() {
            return finish(found, sheet, catalogue, choices);
        }
        // Any columns are those of a survey: where its name says so, it stands beside the others.
        if let (Some(register), Some(found)) = (catalogue.get(RegisterId::Survey), found) {
            fitting.push((found.assignment.own(register), register, found));
        }
    }
    if fitting.is_empty() {
        return Ok(Verdict::Passed(nearest));
    }

    let staff = fitting
        .iter()
        .any(|(_, register, _)| register.id == RegisterId::Staff);
    // A register that the name speaks of is taken where no other has more columns beyond the required.
    let beyond = |(_, register, found): &(usize, &Register, Matched)| {
        found.assignment.beyond_required(register)
    };
    let richest = fitting.iter().map(beyond).max().unwrap_or(0);
    let named =
        |fit: &(usize, &Register, Matched)| spoken.contains(&fit.1.id) && beyond(fit) == richest;
    if richest > 0 && fitting.iter().any(named) {
        fitting.retain(named);
    }
    let most = fitting.iter().map(|(own, ..)| *own).max().unwrap_or(0);
    fitting.retain(|(own, ..)| *own == most);
    if fitting.len() > 1
        && let Some(id) = spoken
            .iter()
            .find(|id| fitting.iter().any(|(_, register, _)| register.id == **id))
    {
        fitting.retain(|(_, register, _)| register.id == *id);
    }
    if fitting.len() > 1 {
        let level: Vec<_> = fitting.iter().map(|(_, register, _)| *register).collect();
        return Err(tie(sheet, &level, staff));
    }
    finish(
        fitting.pop().map(|(_, _, matched)| matched),
        sheet,
        catalogue,
        choices,
    )
}

/// The sheet as the register that was named for it; none where the register was named for the whole
/// file and this sheet has not its columns.
fn named(
    id: RegisterId,
    sheet: &Sheet<'_>,
    catalogue: &Catalogue,
    choices: &SheetChoices,
    headers: &[Header],
) -> Result<Option<Matched>, Failure> {
    if id == RegisterId::Survey {
        return Ok(survey_header(sheet, catalogue, headers, &choices.pins));
    }
    let Some(register) = catalogue.get(id) else {
        return Ok(None);
    };
    let found = best(register, catalogue, headers, &choices.pins);
    let has_organisation = !register.things && organisation_stands(sheet, catalogue);
    let missing: Vec<_> = match &found {
        Some((_, assignment)) => assignment.missing(register),
        None => register.required.iter().map(Vec::as_slice).collect(),
    }
    .into_iter()
    .filter(|set| !(has_organisation && *set == [Field::Organisation]))
    .collect();
    match found {
        Some((header, assignment)) if missing.is_empty() => Ok(Some(Matched {
            register: id,
            header: header.clone(),
            assignment,
        })),
        _ if choices.register.is_some() || !sheet.one_of_many => Err(Failure::input(
            sheet.path,
            format!(
                "лист «{}»: {}. Назовите столбцы в настройках, раздел [columns], или уберите указание",
                sheet.name,
                lacking(register, &missing)
            ),
        )),
        _ => Ok(None),
    }
}

/// The last look at a match: pins that name nothing and meanings that two columns claim are refused,
/// and the header takes in a row that goes on with it.
fn finish(
    found: Option<Matched>,
    sheet: &Sheet<'_>,
    catalogue: &Catalogue,
    choices: &SheetChoices,
) -> Result<Verdict, Failure> {
    let Some(mut matched) = found else {
        return Ok(Verdict::Passed(None));
    };
    let Some(register) = catalogue.get(matched.register) else {
        return Ok(Verdict::Passed(None));
    };
    if let Some((field, first, second)) = matched.assignment.conflicts.first() {
        return Err(conflict(sheet, register, &matched, *field, *first, *second));
    }
    let block = sheet
        .rows
        .get(matched.header.start..matched.header.end())
        .unwrap_or_default();
    if let Some(next) = sheet.rows.get(matched.header.end())
        && goes_on(block, next, sheet.merges)
        && let Some(header) = Header::at(
            sheet.rows,
            matched.header.start,
            matched.header.height + 1,
            sheet.merges,
        )
    {
        let assignment = assign(register, catalogue, &header, &choices.pins);
        if assignment.known() >= matched.assignment.known() && assignment.conflicts.is_empty() {
            matched.header = header;
            matched.assignment = assignment;
        }
    }
    Ok(Verdict::Matched(Box::new(matched)))
}

/// The header that a register reads best: the most columns, the fewest of them claimed twice, the
/// most captions, the fewest rows, the highest.
fn best<'a>(
    register: &Register,
    catalogue: &Catalogue,
    headers: &'a [Header],
    pins: &[Pin],
) -> Option<(&'a Header, Assignment)> {
    let mut best: Option<(Rank, &Header, Assignment)> = None;
    for header in headers {
        let assignment = assign(register, catalogue, header, pins);
        let named = named_columns(&assignment);
        if named == 0 || assignment.swallows_data {
            continue;
        }
        let rank = Rank {
            complete: assignment.missing(register).is_empty(),
            known: named,
            conflicts: Reverse(assignment.conflicts.len()),
            captions: header.captions.len(),
            height: Reverse(header.height),
        };
        if best.as_ref().is_none_or(|(known, ..)| rank > *known) {
            best = Some((rank, header, assignment));
        }
    }
    best.map(|(_, header, assignment)| (header, assignment))
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    complete: bool,
    known: usize,
    conflicts: Reverse<usize>,
    captions: usize,
    height: Reverse<usize>,
}

/// The columns that were understood and have a caption: a pin by letter finds its column in any row.
fn named_columns(assignment: &Assignment) -> usize {
    assignment
        .captions
        .iter()
        .zip(&assignment.fields)
        .filter(|(caption, field)| field.is_some() && caption.row().is_some())
        .count()
}

/// The header of a survey: the row with the most recognised columns and named questions; without
/// any, the first row that is as wide as a table.
fn survey_header(
    sheet: &Sheet<'_>,
    catalogue: &Catalogue,
    headers: &[Header],
    pins: &[Pin],
) -> Option<Matched> {
    let register = catalogue.get(RegisterId::Survey)?;
    let questions: Vec<_> = sheet
        .questions
        .iter()
        .map(|question| HeaderKey::new(question))
        .collect();
    let plain = candidates(sheet.rows, sheet.merges, 1, |_| true);
    let of_several = headers.iter().filter(|header| header.height > 1);
    let headers: Vec<&Header> = plain.iter().chain(of_several).collect();
    let wide = headers
        .iter()
        .map(|header| header.captions.len())
        .max()
        .unwrap_or(0);
    let mut best: Option<(SurveyRank, &Header, Assignment)> = None;
    for header in headers {
        let assignment = assign(register, catalogue, header, pins);
        let named = |test: &dyn Fn(&HeaderKey) -> bool| {
            header
                .captions
                .iter()
                .filter(|caption| caption.names().any(test))
                .count()
        };
        let asked = named(&|name| questions.iter().any(|question| question.same(name)));
        let of_survey =
            named(&|name| name.full.contains("удовлетвор") && !phrase::is_usual_answer(&name.full));
        let rank = SurveyRank {
            known: named_columns(&assignment)
                + asked
                + usize::from(of_survey > 0 && header.height == 1),
            wide: header.captions.len() * 5 >= wide * 3,
            height: Reverse(header.height),
            start: Reverse(header.start),
        };
        if best.as_ref().is_none_or(|(known, ..)| rank > *known) {
            best = Some((rank, header, assignment));
        }
    }
    best.map(|(_, header, assignment)| Matched {
        register: RegisterId::Survey,
        header: header.clone(),
        assignment,
    })
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct SurveyRank {
    known: usize,
    wide: bool,
    height: Reverse<usize>,
    start: Reverse<usize>,
}

/// Whether a header of the sheet has a time stamp.
fn is_stamped(headers: &[Header], catalogue: &Catalogue) -> bool {
    let Some(survey) = catalogue.get(RegisterId::Survey) else {
        return false;
    };
    headers
        .iter()
        .filter(|header| header.captions.len() > 1)
        .flat_map(|header| header.captions.iter())
        .any(|caption| caption.lowest().any(|key| survey.is_stamp(key)))
}

/// Whether a header has a column of people.
fn has_people(header: &Header, catalogue: &Catalogue) -> bool {
    header
        .captions
        .iter()
        .any(|caption| caption.lowest().any(|key| catalogue.is_people(key)))
}

/// Whether the sheet's name, the file's or a row of the sheet gives an organisation.
fn organisation_stands(sheet: &Sheet<'_>, catalogue: &Catalogue) -> bool {
    let mut names = organisation_in(sheet.name, catalogue)
        .into_iter()
        .chain(organisation_in(stem(sheet.file), catalogue));
    names.any(|name| !is_department(&name, catalogue))
        || sheet
            .rows
            .iter()
            .filter_map(lone_text)
            .filter_map(|text| organisation_line(text, catalogue))
            .any(|name| !is_department(name, catalogue))
}

/// The text of a row that holds nothing else.
#[must_use]
pub fn lone_text(row: &HeldRow) -> Option<&str> {
    let mut filled = row.filled();
    match (filled.next()?.value, filled.next()) {
        (Value::Text(_), None) => row.first_text(),
        _ => None,
    }
}
