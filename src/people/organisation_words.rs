//! The vocabulary of `organisations.toml`: legal forms, kinds, words that tell nothing apart, places.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::people::organisation_patterns::Patterns;

/// What an organisation is for, as far as a kind or a legal form tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Общеобразовательная.
    General,
    /// Дошкольная.
    Preschool,
    /// Дополнительного образования.
    Additional,
    /// Профессиональная, высшего образования, дополнительного профессионального образования.
    Professional,
    /// Another organisation of the system: a methodical centre, a department.
    Other,
}

/// A kind of organisation, as an index of [`Vocabulary::kinds`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct KindId(pub u16);

/// A kind of organisation.
#[derive(Debug)]
pub struct Kind {
    /// What it is for.
    pub class: Class,
    /// Whether a name of this kind is of general education only with a number or the like.
    pub needs_number: bool,
    /// Whether the abbreviation alone does not tell what it is for («СШ»).
    pub unsure: bool,
    /// The kind that an educational legal form makes of it.
    pub with_educational: Option<KindId>,
    /// The kind that a form of additional education makes of it.
    pub with_additional: Option<KindId>,
    /// Kinds that it may stand for as a shortened spelling, in either direction.
    pub near: Vec<KindId>,
    /// Kinds that it may be the shortened spelling of.
    pub covers: FxHashSet<KindId>,
    /// What makes it more special than kinds that cover it: «интернат», «вечерняя».
    pub marks: Vec<String>,
    /// Kinds that are the same but for the legal form.
    pub same: Vec<KindId>,
    /// One kind that stands for all the same ones.
    pub group: KindId,
}

/// What an abbreviated legal form tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// It says «образовательное» and no more: МБОУ.
    Educational,
    /// МБДОУ.
    Preschool,
    /// МБУДО.
    Additional,
    /// ГАПОУ.
    Professional,
    /// МБУ, АНО.
    Other,
}

/// Everything that `organisations.toml` says.
#[derive(Debug)]
pub struct Vocabulary {
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// Spellings of the kinds.
    pub kind_names: Patterns<KindId>,
    /// Kinds that one word names, to part «МБОУСОШ».
    pub kind_words: FxHashSet<String>,
    /// Abbreviated legal forms.
    pub forms: FxHashMap<String, Form>,
    /// Words before «учреждение».
    pub form_before: Patterns<()>,
    /// «учреждение», «организация».
    pub form_nouns: Patterns<()>,
    /// «дополнительного образования детей».
    pub additional: Patterns<()>,
    /// «ДО» as a word.
    pub additional_words: Patterns<()>,
    /// Words of a full form that make it preschool, general, educational, professional.
    pub form_preschool: Patterns<()>,
    /// See [`Vocabulary::form_preschool`].
    pub form_general: Patterns<()>,
    /// See [`Vocabulary::form_preschool`].
    pub form_educational: Patterns<()>,
    /// See [`Vocabulary::form_preschool`].
    pub form_professional: Patterns<()>,
    /// Phrases that tell nothing apart.
    pub dropped: Patterns<()>,
    /// Openings of phrases that tell nothing apart.
    pub openings: Patterns<()>,
    /// Openings of an address.
    pub address: Patterns<()>,
    /// Parts of the premises.
    pub premises: Patterns<()>,
    /// Words of a branch.
    pub branch: Patterns<()>,
    /// «имени».
    pub honorary: Patterns<()>,
    /// Words of an honorary name that are not whose it is.
    pub titles: Patterns<()>,
    /// Endings of ordinal numbers.
    pub ordinals: Patterns<()>,
    /// Words after a count.
    pub after_count: Patterns<()>,
    /// Marks of a town.
    pub towns: Patterns<()>,
    /// Marks of a village.
    pub settlements: Patterns<()>,
    /// Marks of a district, after its name.
    pub districts: Patterns<()>,
    /// Marks of a district, before its name.
    pub districts_before: Patterns<()>,
    /// Marks of a region, after its name.
    pub regions: Patterns<()>,
    /// Marks of a region, before its name.
    pub regions_before: Patterns<()>,
    /// «в» before a place.
    pub within: Patterns<()>,
    /// Words beside «школа» that make it no school of general education.
    pub arts: Patterns<()>,
    /// Words of the cell «Тип», with what they say.
    pub type_cells: Patterns<Class>,
    /// Cells «Тип» that name no type.
    pub untold_cells: Patterns<()>,
    /// Cells «Тип» of a branch.
    pub branch_cells: Patterns<()>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    forms: Forms,
    form_words: FormWords,
    dropped: Dropped,
    places: Places,
    kind: Vec<KindData>,
    types: Types,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    owners: Vec<String>,
    types: Vec<String>,
    educational: Vec<String>,
    preschool: Vec<String>,
    additional: Vec<String>,
    professional: Vec<String>,
    other: Vec<String>,
    never: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormWords {
    before: Vec<String>,
    nouns: Vec<String>,
    additional: Vec<String>,
    additional_words: Vec<String>,
    preschool: Vec<String>,
    general: Vec<String>,
    educational: Vec<String>,
    professional: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dropped {
    phrases: Vec<String>,
    openings: Vec<String>,
    address: Vec<String>,
    premises: Vec<String>,
    branch: Vec<String>,
    honorary: Vec<String>,
    titles: Vec<String>,
    ordinals: Vec<String>,
    after_count: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    towns: Vec<String>,
    settlements: Vec<String>,
    districts: Vec<String>,
    districts_before: Vec<String>,
    regions: Vec<String>,
    regions_before: Vec<String>,
    within: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindData {
    id: String,
    class: Class,
    names: Vec<String>,
    #[serde(default)]
    covers: Vec<String>,
    #[serde(default)]
    marks: Vec<String>,
    #[serde(default)]
    same: Vec<String>,
    #[serde(default)]
    number: bool,
    #[serde(default)]
    unsure: bool,
    with_educational: Option<String>,
    with_additional: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Types {
    arts: Vec<String>,
    additional_cells: Vec<String>,
    preschool_cells: Vec<String>,
    general_cells: Vec<String>,
    professional_cells: Vec<String>,
    other_cells: Vec<String>,
    untold_cells: Vec<String>,
    branch_cells: Vec<String>,
}

fn plain(rows: &[String]) -> Patterns<()> {
    Patterns::new(rows.iter().map(|row| (&**row, ())))
}

/// Puts the abbreviated legal forms together.
fn forms(data: &Forms) -> FxHashMap<String, Form> {
    let mut all = FxHashMap::default();
    let templates = [
        (&data.other, Form::Other),
        (&data.professional, Form::Professional),
        (&data.educational, Form::Educational),
        (&data.preschool, Form::Preschool),
        (&data.additional, Form::Additional),
    ];
    for (rows, form) in templates {
        for row in rows {
            for owner in &data.owners {
                for kind in &data.types {
                    let word = row.replace("{o}", owner).replace("{t}", kind);
                    all.insert(word, form);
                }
            }
        }
    }
    for word in &data.never {
        all.remove(word);
    }
    all
}

fn kind_id(data: &[KindData], name: &str) -> Option<KindId> {
    data.iter()
        .position(|kind| kind.id == name)
        .and_then(|at| u16::try_from(at).ok())
        .map(KindId)
}

fn kinds(data: &[KindData]) -> Vec<Kind> {
    let ids = |names: &[String]| -> Vec<KindId> {
        names
            .iter()
            .filter_map(|name| kind_id(data, name))
            .collect()
    };
    let mut kinds: Vec<Kind> = (0u16..)
        .map(KindId)
        .zip(data)
        .map(|(id, kind)| Kind {
            class: kind.class,
            needs_number: kind.number,
            unsure: kind.unsure,
            with_educational: kind
                .with_educational
                .as_deref()
                .and_then(|n| kind_id(data, n)),
            with_additional: kind
                .with_additional
                .as_deref()
                .and_then(|n| kind_id(data, n)),
            near: vec![id],
            covers: ids(&kind.covers).into_iter().collect(),
            marks: kind.marks.clone(),
            same: vec![id],
            group: id,
        })
        .collect();
    for (id, kind) in (0u16..).map(KindId).zip(data) {
        for same in ids(&kind.same) {
            kinds[usize::from(id.0)].same.push(same);
            kinds[usize::from(same.0)].same.push(id);
            kinds[usize::from(same.0)].group = id;
        }
        for near in ids(&kind.covers).into_iter().chain(ids(&kind.same)) {
            kinds[usize::from(id.0)].near.push(near);
            kinds[usize::from(near.0)].near.push(id);
        }
    }
    for kind in &mut kinds {
        kind.near.sort_unstable();
        kind.near.dedup();
    }
    kinds
}

impl Kind {
    /// Whether it has a mark that `other` lacks: a boarding school is no spelling of a day school.
    #[must_use]
    pub fn is_more_special(&self, other: &Self) -> bool {
        !self.marks.iter().all(|mark| other.marks.contains(mark))
    }
}

impl Vocabulary {
    /// The kind of this number.
    #[must_use]
    pub fn kind(&self, id: KindId) -> Option<&Kind> {
        self.kinds.get(usize::from(id.0))
    }

    fn load() -> Self {
        let data: Data =
            crate::text::data_file("organisations.toml", include_str!("organisations.toml"));
        let kind_rows = || {
            (0u16..)
                .map(KindId)
                .zip(&data.kind)
                .flat_map(|(id, kind)| kind.names.iter().map(move |name| (&**name, id)))
        };
        let types = &data.types;
        let type_rows = [
            (&types.general_cells, Class::General),
            (&types.preschool_cells, Class::Preschool),
            (&types.additional_cells, Class::Additional),
            (&types.professional_cells, Class::Professional),
            (&types.other_cells, Class::Other),
        ];
        Self {
            kinds: kinds(&data.kind),
            kind_names: Patterns::new(kind_rows()),
            kind_words: kind_rows()
                .filter(|(name, _)| !name.contains([' ', '*', '~']))
                .map(|(name, _)| name.to_owned())
                .collect(),
            forms: forms(&data.forms),
            form_before: plain(&data.form_words.before),
            form_nouns: plain(&data.form_words.nouns),
            additional: plain(&data.form_words.additional),
            additional_words: plain(&data.form_words.additional_words),
            form_preschool: plain(&data.form_words.preschool),
            form_general: plain(&data.form_words.general),
            form_educational: plain(&data.form_words.educational),
            form_professional: plain(&data.form_words.professional),
            dropped: plain(&data.dropped.phrases),
            openings: plain(&data.dropped.openings),
            address: plain(&data.dropped.address),
            premises: plain(&data.dropped.premises),
            branch: plain(&data.dropped.branch),
            honorary: plain(&data.dropped.honorary),
            titles: plain(&data.dropped.titles),
            ordinals: plain(&data.dropped.ordinals),
            after_count: plain(&data.dropped.after_count),
            towns: plain(&data.places.towns),
            settlements: plain(&data.places.settlements),
            districts: plain(&data.places.districts),
            districts_before: plain(&data.places.districts_before),
            regions: plain(&data.places.regions),
            regions_before: plain(&data.places.regions_before),
            within: plain(&data.places.within),
            arts: plain(&types.arts),
            type_cells: Patterns::new(
                type_rows
                    .into_iter()
                    .flat_map(|(rows, class)| rows.iter().map(move |row| (&**row, class))),
            ),
            untold_cells: plain(&types.untold_cells),
            branch_cells: plain(&types.branch_cells),
        }
    }
}

/// The vocabulary, read once.
#[must_use]
pub fn vocabulary() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(Vocabulary::load)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_sound() {
        let data: Data =
            toml::from_str(include_str!("organisations.toml")).expect("organisations.toml");
        let mut seen = FxHashMap::default();
        for kind in &data.kind {
            for other in kind
                .covers
                .iter()
                .chain(&kind.same)
                .chain(&kind.with_additional)
                .chain(&kind.with_educational)
            {
                assert!(kind_id(&data.kind, other).is_some(), "{other}");
            }
            for name in &kind.names {
                assert_eq!(seen.insert(name, &kind.id), None, "{name}");
                assert_eq!(&crate::text::fold(name), name);
            }
        }
    }

    #[test]
    fn legal_forms_of_every_pattern() {
        let forms = &vocabulary().forms;
        for (word, form) in [
            ("мбоу", Form::Educational),
            ("мобу", Form::Educational),
            ("маоу", Form::Educational),
            ("мкоу", Form::Educational),
            ("моу", Form::Educational),
            ("боу", Form::Educational),
            ("мбдоу", Form::Preschool),
            ("мадоу", Form::Preschool),
            ("мдоу", Form::Preschool),
            ("доу", Form::Preschool),
            ("мдобу", Form::Preschool),
            ("мбудо", Form::Additional),
            ("маоудо", Form::Additional),
            ("мбоудод", Form::Additional),
            ("гапоу", Form::Professional),
            ("мбу", Form::Other),
            ("мку", Form::Other),
        ] {
            assert_eq!(forms.get(word), Some(&form), "{word}");
        }
        for word in ["до", "у", "сош", "дс", "ок"] {
            assert_eq!(forms.get(word), None, "{word}");
        }
    }
}
