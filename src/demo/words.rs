//! The words of the made-up municipality, from `words.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::text::data_file;

/// All words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The municipality.
    pub municipality: String,
    /// Groups of surnames.
    pub surnames: Vec<Surnames>,
    /// Men's names.
    pub men: Given,
    /// Women's names.
    pub women: Given,
    /// Patronymics without their endings.
    pub patronymics: Stems,
    /// Who works in a school.
    pub school: Staff,
    /// Who works in a kindergarten.
    pub kindergarten: Staff,
    /// Who works in additional education.
    pub extra: Staff,
    /// Words of the table of diagnostics.
    pub diagnostics: Diagnostics,
    /// Words of the table of courses.
    pub courses: Courses,
    /// Words of the table of ИОМ.
    pub ioms: Ioms,
    /// Words of the table of support.
    pub support: Support,
    /// Words of the survey.
    pub survey: Survey,
    /// The road map.
    pub roadmap: Roadmap,
    /// The plans.
    pub targets: Targets,
}

/// Surnames as stems and pairs of endings, his and hers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Surnames {
    /// His ending and hers.
    pub endings: Vec<[String; 2]>,
    /// What stands before the ending.
    pub stems: Vec<String>,
}

/// Given names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The names.
    pub given: Vec<String>,
}

/// Words without their endings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stems {
    /// The words.
    pub stems: Vec<String>,
}

/// The positions of a kind of organisation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// Who heads it.
    pub head: String,
    /// Who stands next to the head.
    pub deputies: Vec<String>,
    /// Pedagogical positions, the frequent ones more than once.
    pub teachers: Vec<String>,
    /// Positions in no category.
    pub others: Vec<String>,
    /// Proper names.
    #[serde(default)]
    pub names: Vec<String>,
}

/// Words of the table of diagnostics.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Diagnostics {
    /// What teachers take.
    pub kinds: Vec<String>,
    /// What managers take.
    pub managers: Vec<String>,
    /// Statuses of those who took it.
    pub done: Vec<String>,
    /// Statuses of those who did not.
    pub undone: Vec<String>,
    /// Results.
    pub results: Vec<String>,
}

/// Words of the table of courses.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Courses {
    /// Programmes of the federal registry.
    pub listed: Vec<String>,
    /// Other programmes.
    pub unlisted: Vec<String>,
    /// Programmes for managers, in the registry.
    pub managers: Vec<String>,
    /// Statuses of a completed course.
    pub done: Vec<String>,
    /// The status of who was sent down.
    pub dropped: String,
    /// The status of who is still learning.
    pub studying: String,
}

/// Words of the table of ИОМ.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ioms {
    /// Kinds, the frequent one more than once.
    pub kinds: Vec<String>,
    /// Statuses of a completed one.
    pub done: Vec<String>,
    /// Statuses of one under way.
    pub active: Vec<String>,
    /// The status of one that came to nothing.
    pub failed: String,
}

/// Words of the table of support.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Forms.
    pub forms: Vec<String>,
}

/// Words of the survey.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// The question of numbers.
    pub question: String,
    /// The question of words.
    pub second: String,
    /// The answers in words, from the best; the last is no opinion.
    pub words: Vec<String>,
    /// Remarks.
    pub wishes: Vec<String>,
}

/// The road map.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roadmap {
    /// Title, level, deadline, status, date of completion, who is responsible.
    pub measures: Vec<[String; 6]>,
}

/// The plans.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Indicator and plan.
    pub plans: Vec<[String; 2]>,
}

/// The words.
#[must_use]
pub fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| data_file("demo/words.toml", include_str!("words.toml")))
}
