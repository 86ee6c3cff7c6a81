//! What the size of a report decides: at which sizes formulas would make the workbook slow to
//! open, or its rows would not fit, and what is done instead.

use crate::report::model::ReportModel;

/// The sizes at which the workbook changes its ways.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scale {
    /// Rows of a table up to which it is an Excel table with lines and wrapped texts. Above, it is a
    /// plain range with a filter: the height of each row would have to be kept.
    pub table_rows: u32,
    /// Cells that the formulas of «По организациям» may read together. Above, its numerators and
    /// denominators are stored as numbers: LibreOffice reads about 10 million cells a second.
    pub formula_cells: u64,
    /// Rows of a sheet. Above, the evidence stands in a csv file beside the report, and the figures
    /// that count it are stored as numbers. Excel has 1,048,576.
    pub sheet_rows: u32,
}

impl Default for Scale {
    fn default() -> Self {
        Self {
            table_rows: 5_000,
            formula_cells: 60_000_000,
            sheet_rows: 1_048_000,
        }
    }
}

/// What a scale decides about one report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Manner {
    /// The scale.
    pub scale: Scale,
    /// Whether «По организациям» counts by formulas.
    pub live_breakdown: bool,
}

/// A table of evidence that may outgrow a sheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Evidence {
    /// «Педагоги».
    Teachers,
    /// «Управленцы».
    Managers,
    /// The members of «Команды».
    Members,
    /// The assignments of «Методисты».
    Pairs,
    /// The answers of «Опрос».
    Answers,
}

impl Evidence {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Teachers,
        Self::Managers,
        Self::Members,
        Self::Pairs,
        Self::Answers,
    ];

    /// The name of its table, and of the csv file that stands in for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Teachers => "Педагоги",
            Self::Managers => "Управленцы",
            Self::Members => "Участники",
            Self::Pairs => "Закрепления",
            Self::Answers => "Ответы",
        }
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(self, model: &ReportModel) -> u64 {
        let rows = match self {
            Self::Teachers => model.teachers.rows.len(),
            Self::Managers => model.managers.rows.len(),
            Self::Members => model.teams.iter().map(|team| team.members.len()).sum(),
            Self::Pairs => model.methodists.iter().map(|m| m.teachers.len()).sum(),
            Self::Answers => model.survey.as_ref().map_or(0, |s| s.verdicts.len()),
        };
        rows as u64
    }
}

impl Manner {
    /// What this scale decides about this report.
    #[must_use]
    pub fn of(model: &ReportModel, scale: Scale) -> Self {
        let organisations = model.organisations.len() as u64 + 1;
        let read = |people: u64, columns: u64| 2 * columns * organisations * people;
        let cells = read(
            Evidence::Teachers.rows(model),
            model.teachers.columns.len() as u64,
        ) + read(
            Evidence::Managers.rows(model),
            model.managers.columns.len() as u64,
        ) + read(Evidence::Answers.rows(model), 1);
        let mut manner = Self {
            scale,
            live_breakdown: true,
        };
        manner.live_breakdown = cells <= scale.formula_cells
            && [Evidence::Teachers, Evidence::Managers, Evidence::Answers]
                .iter()
                .all(|evidence| manner.fits(*evidence, model));
        manner
    }

    /// Whether a table fits its sheet.
    #[must_use]
    pub fn fits(&self, evidence: Evidence, model: &ReportModel) -> bool {
        evidence.rows(model) <= u64::from(self.scale.sheet_rows)
    }

    /// The tables that do not fit, and stand in csv files beside the report.
    #[must_use]
    pub fn spilled(&self, model: &ReportModel) -> Vec<Evidence> {
        let mut all = Evidence::ALL.to_vec();
        all.retain(|evidence| !self.fits(*evidence, model));
        all
    }

    /// Whether a table of so many rows is an Excel table.
    #[must_use]
    pub fn structured(&self, rows: u64) -> bool {
        rows <= u64::from(self.scale.table_rows)
    }

    /// What the report says about its own ways, where they are not the usual ones.
    #[must_use]
    pub fn remarks(&self, model: &ReportModel) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.live_breakdown {
            remarks.push(
                "На листе «По организациям» числители и знаменатели записаны числами, а не формулами: \
                 при таком числе строк формулы открывались бы слишком долго. Доли и итоги – формулы."
                    .to_owned(),
            );
        }
        for evidence in Evidence::ALL {
            let rows = evidence.rows(model);
            let name = evidence.name();
            if !self.fits(evidence, model) {
                remarks.push(format!(
                    "Расшифровка «{name}» ({rows} строк) не помещается на лист Excel и записана рядом с отчётом \
                     в файл csv; показатели, которые её считают, записаны числами, а не формулами."
                ));
            } else if !self.structured(rows) {
                remarks.push(format!(
                    "Расшифровка «{name}» ({rows} строк) записана без таблицы Excel, обычным диапазоном с фильтром."
                ));
            }
        }
        remarks
    }
}
