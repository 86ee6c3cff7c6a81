//! The registers as data: `registers.toml`, with the aliases that the settings add.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::key::{HeaderKey, Phrase, opening, words};
use super::refusals::{unknown_column, unknown_register};
use super::row_marks::RowMarks;
use super::{Field, RegisterId};
use crate::failure::Failure;
use crate::settings::Settings;
use crate::text::data_file;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    row_numbers: Vec<String>,
    others: Vec<String>,
    papers: Vec<String>,
    paper_parts: Vec<String>,
    totals: Vec<String>,
    signatures: Vec<String>,
    remarks: Vec<String>,
    years: Vec<String>,
    ticks: Vec<String>,
    vacancies: Vec<String>,
    organisation_words: OrganisationWordsData,
    common: Vec<ColumnData>,
    register: Vec<RegisterData>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationWordsData {
    forms: Vec<String>,
    form_words: Vec<String>,
    kinds: Vec<String>,
    alone: Vec<String>,
    vague: Vec<String>,
    places: Vec<String>,
    honorary: Vec<String>,
    no_places: Vec<String>,
    departments: Vec<String>,
    group_words: Vec<String>,
    group_openings: Vec<String>,
    bodies: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnData {
    field: Field,
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    either: Vec<String>,
    either_field: Option<Field>,
    #[serde(default)]
    splits: bool,
    #[serde(default)]
    fills: bool,
    #[serde(default)]
    carries: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegisterData {
    id: RegisterId,
    title: String,
    names: Vec<String>,
    common: Vec<Field>,
    required: Vec<Vec<Field>>,
    #[serde(default)]
    things: bool,
    #[serde(default)]
    others: Vec<String>,
    #[serde(default)]
    stamps: Vec<String>,
    nothing: Vec<String>,
    column: Vec<ColumnData>,
}

/// What a header means in a register.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A column of the register.
    Column(Field),
    /// A column of the register, where no other column claims it; of several the lowest number.
    Weak(Field, usize),
    /// The first of two columns of the register where no other column claims it, else the second; of
    /// several such headers the lowest number comes first.
    Either(Field, Field, usize),
    /// Known, and no column of the register.
    Nothing,
}

/// A column of a register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// What it means.
    pub field: Field,
    /// Its canonical name (contract §1).
    pub title: String,
    /// Whether it is common to registers of people and tells nothing about the register.
    pub common: bool,
    /// Whether merged over several columns it means the first of them that is captioned by a tick.
    pub splits: bool,
    /// Whether a cell merged over several rows holds for all of them.
    pub fills: bool,
    /// Whether an empty cell takes the one above it (methodology §2.5).
    pub carries: bool,
}

/// A register: its columns and how they are recognised.
#[derive(Clone, Debug)]
pub struct Register {
    /// Which one.
    pub id: RegisterId,
    /// The title of its sheet.
    pub title: String,
    /// Its columns, the common ones first.
    pub columns: Vec<Column>,
    /// The columns that a sheet must have: of each set at least one.
    pub required: Vec<Vec<Field>>,
    /// Whether it lists things, so that a sheet with a column of people is never one.
    pub things: bool,
    names: Vec<Phrase>,
    others: Vec<HeaderKey>,
    stamps: Vec<HeaderKey>,
    headers: FxHashMap<String, Meaning>,
}

impl Register {
    /// What a header means here; none when it is unknown. A header with a bracketed remark is
    /// looked for with its remark first, then without; then without its unit, where no other column
    /// claims the meaning: «Пед. стаж» may stand beside «Пед. стаж, лет».
    #[must_use]
    pub fn meaning(&self, key: &HeaderKey) -> Option<Meaning> {
        if key.is_empty() {
            return None;
        }
        self.headers
            .get(&key.full)
            .or_else(|| self.headers.get(&key.bare))
            .copied()
            .or_else(|| match self.headers.get(key.unitless.as_ref()?)? {
                Meaning::Column(field) => Some(Meaning::Weak(*field, usize::MAX)),
                meaning => Some(*meaning),
            })
    }

    /// The column of a meaning.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// The canonical name of a column.
    #[must_use]
    pub fn title_of(&self, field: Field) -> &str {
        self.column(field).map_or("", |column| &column.title)
    }

    /// Whether a column says something about the register.
    #[must_use]
    pub fn is_own(&self, field: Field) -> bool {
        self.column(field).is_some_and(|column| !column.common)
    }

    /// The column that a caption means over several columns whose own captions say little.
    #[must_use]
    pub fn split(&self, caption: &HeaderKey) -> Option<Field> {
        match self.meaning(caption)? {
            Meaning::Column(field) if self.column(field)?.splits => Some(field),
            _ => None,
        }
    }

    /// Whether a caption stands over the columns of another person.
    #[must_use]
    pub fn is_other(&self, caption: &HeaderKey) -> bool {
        self.others.iter().any(|other| other.same(caption))
    }

    /// Whether a column under this header makes a sheet a survey.
    #[must_use]
    pub fn is_stamp(&self, key: &HeaderKey) -> bool {
        self.stamps.iter().any(|stamp| stamp.same(key))
    }

    /// The column that a user names by its canonical name, or by one of its headers.
    #[must_use]
    pub fn find_column(&self, name: &str) -> Option<Field> {
        let key = HeaderKey::new(name);
        self.columns
            .iter()
            .find(|column| HeaderKey::new(&column.title).full == key.full)
            .map(|column| column.field)
            .or_else(|| match self.meaning(&key)? {
                Meaning::Column(field) | Meaning::Weak(field, _) | Meaning::Either(field, ..) => {
                    Some(field)
                }
                Meaning::Nothing => None,
            })
    }

    /// Where in the words of a name the register is first spoken of, and by how many words.
    fn spoken(&self, words: &[String]) -> Option<(usize, usize)> {
        self.names
            .iter()
            .filter_map(|phrase| Some((phrase.find(words)?, phrase.len())))
            .min_by_key(|(from, len)| (*from, std::cmp::Reverse(*len)))
    }

    fn add<'d>(&mut self, column: &'d ColumnData, known: &mut Known<'d>) {
        for (name, meaning) in std::iter::once(&column.title)
            .chain(&column.aliases)
            .map(|name| (name, Meaning::Column(column.field)))
        {
            self.headers.insert(known.full(name), meaning);
        }
        for (rank, name) in column.weak.iter().enumerate() {
            self.headers
                .entry(known.full(name))
                .or_insert(Meaning::Weak(column.field, rank));
        }
        if let Some(other) = column.either_field {
            for (rank, name) in column.either.iter().enumerate() {
                self.headers
                    .insert(known.full(name), Meaning::Either(column.field, other, rank));
            }
        }
    }
}

/// Words that tell an organisation's name from other texts.
#[derive(Clone, Debug)]
pub struct OrganisationWords {
    /// Legal forms.
    pub forms: Vec<Phrase>,
    /// Kinds that make a name with a number or a name of their own.
    pub kinds: Vec<Phrase>,
    /// Kinds that are a name by themselves.
    pub alone: Vec<Phrase>,
    /// Kinds of which the adjective of a place makes no name.
    pub vague: Vec<Phrase>,
    /// Marks of a place after a kind.
    pub places: Vec<Phrase>,
    /// «имени» after a kind.
    pub honorary: Vec<Phrase>,
    /// Adjectives in -ский of no place.
    pub no_places: Vec<Phrase>,
    /// Departments, which make tables of others.
    pub departments: Vec<Phrase>,
    /// Words of headings over groups of organisations.
    pub group_words: Vec<Phrase>,
    /// How such headings start.
    pub group_openings: Vec<Phrase>,
    /// Bodies above schools.
    pub bodies: Vec<Phrase>,
}

/// All registers, and the words by which rows that are no records are known.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The registers in the order of the contract.
    pub registers: Vec<Register>,
    /// How an organisation's name is known.
    pub organisation_words: OrganisationWords,
    /// Captions over the particulars of a paper.
    papers: Vec<HeaderKey>,
    paper_parts: Vec<HeaderKey>,
    row_numbers: Vec<HeaderKey>,
    people: Vec<HeaderKey>,
    /// How rows that are no records start.
    pub(super) marks: RowMarks,
    years: Vec<HeaderKey>,
    ticks: Vec<HeaderKey>,
    /// How headers may start.
    openings: FxHashSet<[char; 3]>,
}

/// The built-in registers.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE
        .get_or_init(|| Catalogue::new(data_file("registers.toml", include_str!("registers.toml"))))
}

fn keys(headers: &[String]) -> Vec<HeaderKey> {
    headers
        .iter()
        .map(|header| HeaderKey::new(header))
        .collect()
}

fn phrases(texts: &[String]) -> Vec<Phrase> {
    texts.iter().map(|text| Phrase::new(text)).collect()
}

/// What all registers share, folded once.
struct Known<'d> {
    /// Headers → their full keys.
    fulls: FxHashMap<&'d str, String>,
    /// Headers that are columns of no register.
    others: Vec<HeaderKey>,
}

impl<'d> Known<'d> {
    fn full(&mut self, header: &'d str) -> String {
        let full = self.fulls.entry(header);
        full.or_insert_with(|| HeaderKey::new(header).full).clone()
    }
}

impl Catalogue {
    fn new(data: Data) -> Self {
        let people = data
            .common
            .iter()
            .filter(|column| matches!(column.field, Field::Name | Field::Surname))
            .flat_map(|column| std::iter::once(&column.title).chain(&column.aliases))
            .map(|header| HeaderKey::new(header))
            .collect();
        let mut known = Known {
            fulls: FxHashMap::default(),
            others: keys(&data.others),
        };
        let registers: Vec<Register> = data
            .register
            .iter()
            .map(|register| Self::register(&data, register, &mut known))
            .collect();
        let openings = registers
            .iter()
            .flat_map(|register| register.headers.keys())
            .filter_map(|key| opening(key))
            .collect();
        let organisation = &data.organisation_words;
        Self {
            registers,
            organisation_words: OrganisationWords {
                forms: phrases(
                    &[organisation.forms.clone(), organisation.form_words.clone()].concat(),
                ),
                kinds: phrases(&organisation.kinds),
                alone: phrases(&organisation.alone),
                vague: phrases(&organisation.vague),
                places: phrases(&organisation.places),
                honorary: phrases(&organisation.honorary),
                no_places: phrases(&organisation.no_places),
                departments: phrases(&organisation.departments),
                group_words: phrases(&organisation.group_words),
                group_openings: phrases(&organisation.group_openings),
                bodies: phrases(&organisation.bodies),
            },
            papers: keys(&data.papers),
            paper_parts: keys(&data.paper_parts),
            row_numbers: keys(&data.row_numbers),
            people,
            marks: RowMarks::new(
                &data.totals,
                &data.signatures,
                &data.remarks,
                &data.vacancies,
            ),
            years: keys(&data.years),
            ticks: keys(&data.ticks),
            openings,
        }
    }

    fn register<'d>(data: &'d Data, register: &'d RegisterData, known: &mut Known<'d>) -> Register {
        let mut built = Register {
            id: register.id,
            title: register.title.clone(),
            columns: Vec::new(),
            required: register.required.clone(),
            things: register.things,
            names: phrases(&register.names),
            others: [known.others.clone(), keys(&register.others)].concat(),
            stamps: keys(&register.stamps),
            headers: FxHashMap::default(),
        };
        let common = data
            .common
            .iter()
            .filter(|column| register.common.contains(&column.field));
        for (column, is_common) in common
            .map(|column| (column, true))
            .chain(register.column.iter().map(|column| (column, false)))
        {
            built.add(column, known);
            match built
                .columns
                .iter_mut()
                .find(|known| known.field == column.field)
            {
                // A register may call a common column by a title of its own.
                Some(known) => known.title.clone_from(&column.title),
                None => built.columns.push(Column {
                    field: column.field,
                    title: column.title.clone(),
                    common: is_common,
                    splits: column.splits,
                    fills: column.fills,
                    carries: column.carries,
                }),
            }
        }
        for header in &register.nothing {
            built
                .headers
                .insert(HeaderKey::new(header).full, Meaning::Nothing);
        }
        built
    }

    /// The built-in registers with the aliases of the settings.
    ///
    /// # Errors
    /// `[aliases]` names a register or a column that there is not.
    pub fn with_aliases(settings: &Settings) -> Result<Self, Failure> {
        let mut catalogue = catalogue().clone();
        for (register, columns) in &settings.aliases {
            let id = catalogue
                .find_register(register)
                .ok_or_else(|| unknown_register("[aliases]", register, &catalogue))?;
            for (column, headers) in columns {
                let known = catalogue.get(id);
                let Some(field) = known.and_then(|known| known.find_column(column)) else {
                    return Err(unknown_column("[aliases]", column, known));
                };
                if let Some(register) = catalogue.registers.iter_mut().find(|r| r.id == id) {
                    for header in headers {
                        let key = HeaderKey::new(header);
                        catalogue.openings.extend(opening(&key.full));
                        register.headers.insert(key.full, Meaning::Column(field));
                    }
                }
            }
        }
        Ok(catalogue)
    }

    /// A register by its id.
    #[must_use]
    pub fn get(&self, id: RegisterId) -> Option<&Register> {
        self.registers.iter().find(|register| register.id == id)
    }

    /// A register that a user names by its id or by the title of its sheet.
    #[must_use]
    pub fn find_register(&self, name: &str) -> Option<RegisterId> {
        let key = HeaderKey::new(name).full;
        self.registers
            .iter()
            .find(|register| {
                register.id.name() == name.trim().to_lowercase()
                    || HeaderKey::new(&register.title).full == key
            })
            .map(|register| register.id)
    }

    /// The registers that a name speaks of, the one spoken of first in front.
    #[must_use]
    pub fn spoken_of(&self, name: &str) -> Vec<RegisterId> {
        let words = words(name);
        let mut spoken: Vec<_> = self
            .registers
            .iter()
            .filter_map(|register| {
                let (from, len) = register.spoken(&words)?;
                Some((from, std::cmp::Reverse(len), register.id))
            })
            .collect();
        spoken.sort_unstable();
        spoken.into_iter().map(|(_, _, id)| id).collect()
    }

    /// Whether a header means something in some register.
    #[must_use]
    pub fn knows(&self, key: &HeaderKey) -> bool {
        self.registers
            .iter()
            .any(|register| register.meaning(key).is_some())
    }

    /// Whether a text may be a header that means something: a cheap look at how it starts.
    #[must_use]
    pub fn may_know(&self, text: &str) -> bool {
        text.trim_start().starts_with('№')
            || opening(text).is_none_or(|letters| self.openings.contains(&letters))
    }

    /// Whether a word is one by which names speak of registers.
    #[must_use]
    pub fn speaks_with(&self, word: &str) -> bool {
        self.registers
            .iter()
            .flat_map(|register| &register.names)
            .any(|phrase| phrase.has_word(word))
    }

    /// Whether a header is one of a column of people (contract §1).
    #[must_use]
    pub fn is_people(&self, key: &HeaderKey) -> bool {
        self.people
            .iter()
            .any(|known| known.full == key.full || known.full == key.bare)
    }

    /// Whether a header is one of a column that numbers the rows.
    #[must_use]
    pub fn is_row_number(&self, key: &HeaderKey) -> bool {
        self.row_numbers.iter().any(|known| known.full == key.full)
    }

    /// Whether `lower`, under the caption `upper` of a paper, is a particular of that paper.
    #[must_use]
    pub fn is_paper_part(&self, upper: &HeaderKey, lower: &HeaderKey) -> bool {
        self.papers.iter().any(|paper| paper.same(upper))
            && self.paper_parts.iter().any(|part| part.same(lower))
    }

    /// Whether a header says that a column counts years, beside others of months and days.
    #[must_use]
    pub fn is_years(&self, key: &HeaderKey) -> bool {
        self.years.iter().any(|years| years.same(key))
    }

    /// Whether a header says little by itself: «да/нет», «отметка».
    #[must_use]
    pub fn is_tick(&self, key: &HeaderKey) -> bool {
        self.ticks.iter().any(|tick| tick.same(key))
    }
}
