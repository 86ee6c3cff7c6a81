//! Which staff rows are one person (methodology §4, 1).
//!
//! Rows share a valid СНИЛС, else a full name and a date of birth, else a full name and an
//! organisation, both given by one of the rows; a surname with initials is no full name, and joins
//! nothing by the organisation. Different valid СНИЛС or dates of birth keep rows
//! apart; a row that fits two people stays apart. The answer does not depend on the order of the
//! rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::OrgId;
use crate::buckets::Buckets;
use crate::intern::Sym;
use crate::registers::record::Snils;

/// What tells one staff row's person from another's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    /// The folded name.
    pub name: Sym,
    /// Whether it is more than a surname with initials.
    pub full: bool,
    /// The valid СНИЛС.
    pub snils: Option<Snils>,
    /// The date of birth, where it is a day.
    pub birth: Option<NaiveDate>,
    /// The organisation.
    pub organisation: Option<OrgId>,
}

/// What was seen while joining.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// The row fits two people or more, named by a row of each; it stays apart.
    FitsSeveral(usize, Vec<usize>),
    /// Rows of one СНИЛС give different dates of birth; none counts.
    BirthsDiffer(Vec<usize>),
    /// One full name in two organisations, with no СНИЛС or date of birth to tell: two people.
    SameNameElsewhere(Vec<usize>),
}

/// The persons and the doubts.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// The rows of each person, by the person's first row.
    by_first: Buckets<u32>,
    rows: usize,
    /// What was seen while joining.
    pub doubts: Vec<Doubt>,
}

impl Joined {
    /// The persons, each as its rows in their order, ordered by their first row.
    pub fn persons(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.rows)
            .map(|row| self.by_first.of(row))
            .filter(|rows| !rows.is_empty())
    }
}

/// A set of rows that are surely one person.
#[derive(Clone, Debug)]
struct Cluster {
    rows: Vec<usize>,
    has_snils: bool,
    /// The one date of birth of its rows; none when there is none or they differ.
    birth: Option<NaiveDate>,
    /// Each name with each organisation that one of its rows gives together.
    places: Vec<(Sym, OrgId)>,
    /// The cluster that took this one in.
    into: Option<usize>,
    ambiguous: bool,
}

/// Joins rows to persons.
#[must_use]
pub fn join(keys: &[Key]) -> Joined {
    let shared = shared(keys);
    let (persons, doubts) = join_shared(keys, &shared);
    // Each row that shares nothing is a person of its own.
    let mut first: Vec<usize> = (0..keys.len()).collect();
    for rows in &persons {
        for &row in rows {
            first[row] = rows[0];
        }
    }
    Joined {
        by_first: Buckets::new(keys.len(), first.iter().copied().zip(0u32..)),
        rows: keys.len(),
        doubts,
    }
}

/// The rows that share a name or a valid СНИЛС with another row: nothing else joins.
fn shared(keys: &[Key]) -> Vec<usize> {
    let names = keys.iter().map(|key| key.name.index() + 1).max();
    let mut bearers = vec![0u32; names.unwrap_or(0)];
    let mut holders: FxHashMap<Snils, u32> = FxHashMap::default();
    for key in keys {
        bearers[key.name.index()] += 1;
        if let Some(snils) = key.snils {
            *holders.entry(snils).or_default() += 1;
        }
    }
    let is_shared = |key: &Key| {
        !key.name.is_empty() && bearers[key.name.index()] > 1
            || key.snils.is_some_and(|snils| holders[&snils] > 1)
    };
    let numbered = keys.iter().enumerate();
    numbered
        .filter(|(_, key)| is_shared(key))
        .map(|(row, _)| row)
        .collect()
}

/// Joins some of the rows; each person as its rows in their order.
fn join_shared(keys: &[Key], shared: &[usize]) -> (Vec<Vec<usize>>, Vec<Doubt>) {
    let mut doubts = Vec::new();
    let mut clusters = first_clusters(keys, shared, &mut doubts);
    let mut by_name: FxHashMap<Sym, Vec<usize>> = FxHashMap::default();
    for (number, cluster) in clusters.iter().enumerate() {
        let mut names: Vec<Sym> = cluster.rows.iter().map(|&row| keys[row].name).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            by_name.entry(name).or_default().push(number);
        }
    }
    let mut names: Vec<Sym> = by_name
        .keys()
        .copied()
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    let of_names: Vec<&[usize]> = names
        .iter()
        .map(|name| by_name[name].as_slice())
        .filter(|numbers| numbers.len() > 1)
        .collect();
    for numbers in &of_names {
        by_birth(&mut clusters, numbers, &mut doubts);
    }
    by_organisation(&mut clusters, &of_names, &mut doubts);
    for numbers in &of_names {
        bare_rows(&mut clusters, numbers, &mut doubts);
    }
    let mut persons: Vec<Vec<usize>> = Vec::new();
    let mut taken: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (number, cluster) in clusters.iter().enumerate() {
        taken
            .entry(root(&clusters, number))
            .or_default()
            .extend(&cluster.rows);
    }
    for (_, mut rows) in taken {
        rows.sort_unstable();
        persons.push(rows);
    }
    doubts.sort_by_key(|doubt| match doubt {
        Doubt::FitsSeveral(row, _) => *row,
        Doubt::BirthsDiffer(rows) | Doubt::SameNameElsewhere(rows) => {
            rows.first().copied().unwrap_or(0)
        }
    });
    (persons, doubts)
}

/// Rows of one СНИЛС; without one, of one name and date of birth; without either, of one name and
/// organisation.
fn first_clusters(keys: &[Key], rows: &[usize], doubts: &mut Vec<Doubt>) -> Vec<Cluster> {
    #[derive(PartialEq, Eq, Hash)]
    enum By {
        Snils(Snils),
        Birth(Sym, NaiveDate),
        Organisation(Sym, OrgId),
        Alone(usize),
    }
    let mut number_of: FxHashMap<By, usize> = FxHashMap::default();
    let mut clusters: Vec<Cluster> = Vec::new();
    for &row in rows {
        let key = &keys[row];
        let organisation = key.organisation.filter(|_| key.full);
        let by = match (key.snils, key.birth, organisation) {
            (Some(snils), _, _) => By::Snils(snils),
            _ if key.name.is_empty() => By::Alone(row),
            (None, Some(birth), _) => By::Birth(key.name, birth),
            (None, None, Some(organisation)) => By::Organisation(key.name, organisation),
            (None, None, None) => By::Alone(row),
        };
        let number = *number_of.entry(by).or_insert_with(|| {
            clusters.push(Cluster {
                rows: Vec::new(),
                has_snils: key.snils.is_some(),
                birth: None,
                places: Vec::new(),
                into: None,
                ambiguous: false,
            });
            clusters.len() - 1
        });
        let cluster = &mut clusters[number];
        cluster.rows.push(row);
        if let Some(organisation) = organisation
            && !cluster.places.contains(&(key.name, organisation))
        {
            cluster.places.push((key.name, organisation));
        }
    }
    for cluster in &mut clusters {
        let mut births: Vec<NaiveDate> = cluster
            .rows
            .iter()
            .filter_map(|&row| keys[row].birth)
            .collect();
        births.sort_unstable();
        births.dedup();
        match births.as_slice() {
            [] => {}
            [birth] => cluster.birth = Some(*birth),
            _ => doubts.push(Doubt::BirthsDiffer(cluster.rows.clone())),
        }
    }
    clusters
}

/// The cluster that took this one in, over all that were taken in.
fn root(clusters: &[Cluster], mut number: usize) -> usize {
    while let Some(into) = clusters[number].into {
        number = into;
    }
    number
}

/// Among clusters of one full name: one without СНИЛС into the only СНИЛС of its date of birth.
fn by_birth(clusters: &mut [Cluster], numbers: &[usize], doubts: &mut Vec<Doubt>) {
    for &number in numbers {
        let cluster = &clusters[number];
        let (false, Some(birth), None) = (cluster.has_snils, cluster.birth, cluster.into) else {
            continue;
        };
        let fits: Vec<usize> = numbers
            .iter()
            .copied()
            .filter(|&n| clusters[n].has_snils && clusters[n].birth == Some(birth))
            .collect();
        settle(clusters, number, &fits, doubts);
    }
}

/// A date of birth without СНИЛС into a СНИЛС without a date of birth, of one full name and
/// organisation. Each must fit the other alone, under whatever name the СНИЛС bears.
fn by_organisation(clusters: &mut [Cluster], of_names: &[&[usize]], doubts: &mut Vec<Doubt>) {
    let mut fits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut claims: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for numbers in of_names {
        for &dated in numbers.iter() {
            let cluster = &clusters[dated];
            let open = cluster.into.is_none() && !cluster.ambiguous;
            if !open || cluster.has_snils || cluster.birth.is_none() {
                continue;
            }
            for &undated in numbers.iter() {
                let other = &clusters[undated];
                let meet = || {
                    cluster
                        .places
                        .iter()
                        .any(|place| other.places.contains(place))
                };
                if other.has_snils && other.birth.is_none() && meet() {
                    fits.entry(dated).or_default().push(undated);
                    claims.entry(undated).or_default().push(dated);
                }
            }
        }
    }
    for (dated, mut fitting) in fits {
        if let [only] = fitting[..] {
            fitting.extend(
                claims[&only]
                    .iter()
                    .copied()
                    .filter(|&rival| rival != dated),
            );
        }
        settle(clusters, dated, &fitting, doubts);
    }
}

/// Among clusters of one full name: rows with neither СНИЛС nor date of birth, by organisation; and
/// a word on people of that name in different organisations that nothing tells apart or joins.
fn bare_rows(clusters: &mut [Cluster], numbers: &[usize], doubts: &mut Vec<Doubt>) {
    let bare: Vec<usize> = numbers
        .iter()
        .copied()
        .filter(|&n| {
            !clusters[n].has_snils && clusters[n].birth.is_none() && clusters[n].into.is_none()
        })
        .collect();
    let mut known: Vec<(usize, Vec<(Sym, OrgId)>)> = Vec::new();
    for &n in numbers.iter().filter(|n| !bare.contains(n)) {
        let top = root(clusters, n);
        let places = clusters[n].places.clone();
        match known.iter_mut().find(|(number, _)| *number == top) {
            Some((_, all)) => all.extend(places),
            None => known.push((top, places)),
        }
    }
    for &number in &bare {
        let places = clusters[number].places.clone();
        let fits: Vec<usize> = known
            .iter()
            .filter(|(_, all)| places.iter().any(|place| all.contains(place)))
            .map(|(top, _)| *top)
            .collect();
        settle(clusters, number, &fits, doubts);
    }
    let mut left: Vec<usize> = numbers.iter().map(|&n| root(clusters, n)).collect();
    left.sort_unstable();
    left.dedup();
    if left.len() > 1 && !all_told(clusters, numbers) {
        let mut rows: Vec<usize> = left
            .iter()
            .filter_map(|&n| clusters[n].rows.first().copied())
            .collect();
        rows.sort_unstable();
        doubts.push(Doubt::SameNameElsewhere(rows));
    }
}

/// Whether СНИЛС or dates of birth tell each person of this name from each other one: those
/// who have neither are told from nobody, those with a СНИЛС alone from none with a date alone. Who
/// fits several people is reported already.
fn all_told(clusters: &[Cluster], numbers: &[usize]) -> bool {
    let mut people: FxHashMap<usize, (bool, bool)> = FxHashMap::default();
    for &number in numbers {
        let (snils, birth) = people.entry(root(clusters, number)).or_default();
        *snils |= clusters[number].has_snils;
        *birth |= clusters[number].birth.is_some();
    }
    people.retain(|&person, _| !clusters[person].ambiguous);
    let any = |kind| people.values().any(|&person| person == kind);
    !(any((false, false)) || any((true, false)) && any((false, true)))
}

/// Joins a cluster to the only one it fits; to none when it fits several, which is a doubt.
fn settle(clusters: &mut [Cluster], number: usize, fits: &[usize], doubts: &mut Vec<Doubt>) {
    match fits {
        [] => {}
        [only] => clusters[number].into = Some(*only),
        several => {
            clusters[number].ambiguous = true;
            let rows = several
                .iter()
                .filter_map(|&n| clusters[n].rows.first().copied())
                .collect();
            for &row in &clusters[number].rows {
                doubts.push(Doubt::FitsSeveral(row, Clone::clone(&rows)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Doubt, Key, join};
    use crate::intern::Sym;
    use crate::people::OrgId;
    use crate::registers::record::Snils;
    use chrono::NaiveDate;

    fn key(name: u32, snils: u64, birth: i32, organisation: u32) -> Key {
        Key {
            name: Sym(name),
            full: true,
            snils: Snils::checked(snils * 100, true),
            birth: (birth > 0).then(|| NaiveDate::from_ymd_opt(birth, 1, 1).unwrap()),
            organisation: (organisation > 0).then_some(OrgId::of(organisation)),
        }
    }

    fn of(keys: &[Key]) -> Vec<Vec<usize>> {
        let joined = join(keys);
        let rows = |rows: &[u32]| rows.iter().map(|&row| row as usize).collect();
        joined.persons().map(rows).collect()
    }

    fn persons(keys: &[Key]) -> Vec<Vec<usize>> {
        let joined = of(keys);
        // The order of the rows changes nothing.
        let reversed: Vec<Key> = keys.iter().rev().copied().collect();
        let mut back: Vec<Vec<usize>> = of(&reversed)
            .into_iter()
            .map(|rows| {
                let mut rows: Vec<usize> =
                    rows.into_iter().map(|row| keys.len() - 1 - row).collect();
                rows.sort_unstable();
                rows
            })
            .collect();
        back.sort_unstable();
        assert_eq!(joined, back);
        joined
    }

    #[test]
    fn a_snils_joins_whatever_the_names() {
        assert_eq!(persons(&[key(1, 7, 0, 1), key(2, 7, 0, 2)]), [[0, 1]]);
    }

    #[test]
    fn different_snils_or_births_keep_apart() {
        assert_eq!(persons(&[key(1, 7, 0, 1), key(1, 8, 0, 1)]), [[0], [1]]);
        assert_eq!(
            persons(&[key(1, 0, 1980, 1), key(1, 0, 1990, 1)]),
            [[0], [1]]
        );
        assert_eq!(
            persons(&[key(1, 7, 1980, 1), key(1, 0, 1990, 1)]),
            [[0], [1]]
        );
    }

    #[test]
    fn name_and_birth_join_across_organisations() {
        assert_eq!(persons(&[key(1, 0, 1980, 1), key(1, 0, 1980, 2)]), [[0, 1]]);
        assert_eq!(persons(&[key(1, 7, 1980, 1), key(1, 0, 1980, 2)]), [[0, 1]]);
    }

    #[test]
    fn name_and_organisation_join_what_has_neither() {
        assert_eq!(persons(&[key(1, 0, 0, 1), key(1, 0, 0, 1)]), [[0, 1]]);
        assert_eq!(persons(&[key(1, 7, 1980, 1), key(1, 0, 0, 1)]), [[0, 1]]);
        assert_eq!(persons(&[key(1, 7, 0, 1), key(1, 0, 1980, 1)]), [[0, 1]]);
    }

    #[test]
    fn a_name_in_two_organisations_stays_two_people_and_is_reported() {
        let keys = [key(1, 0, 0, 1), key(1, 0, 0, 2)];
        assert_eq!(persons(&keys), [[0], [1]]);
        assert_eq!(join(&keys).doubts, [Doubt::SameNameElsewhere(vec![0, 1])]);
    }

    #[test]
    fn a_snils_and_a_date_of_birth_do_not_tell_two_people_apart() {
        let keys = [key(1, 7, 0, 1), key(1, 0, 1980, 2)];
        assert_eq!(persons(&keys), [[0], [1]]);
        assert_eq!(join(&keys).doubts, [Doubt::SameNameElsewhere(vec![0, 1])]);
        // The СНИЛС and the date of one person tell them from both others.
        for other in [key(1, 8, 0, 2), key(1, 0, 1990, 2)] {
            assert_eq!(join(&[key(1, 7, 1980, 1), other]).doubts, []);
        }
        // The date came to the СНИЛС by the organisation.
        let joined = [key(1, 7, 0, 1), key(1, 0, 1980, 1)];
        for other in [key(1, 8, 0, 2), key(1, 0, 1990, 2)] {
            assert_eq!(join(&[joined[0], joined[1], other]).doubts, []);
        }
    }

    #[test]
    fn a_row_that_fits_two_people_stays_apart() {
        let keys = [key(1, 7, 0, 1), key(1, 8, 0, 1), key(1, 0, 0, 1)];
        assert_eq!(persons(&keys), [[0], [1], [2]]);
        assert_eq!(join(&keys).doubts, [Doubt::FitsSeveral(2, vec![0, 1])]);
        let keys = [key(1, 7, 1980, 1), key(1, 8, 1980, 2), key(1, 0, 1980, 1)];
        assert_eq!(persons(&keys), [[0], [1], [2]]);
    }

    #[test]
    fn two_births_that_fit_one_snils_without_birth_stay_apart() {
        let keys = [key(1, 7, 0, 1), key(1, 0, 1980, 1), key(1, 0, 1990, 1)];
        assert_eq!(persons(&keys), [[0], [1], [2]]);
    }

    #[test]
    fn differing_births_of_one_snils_count_as_none() {
        let keys = [key(1, 7, 1980, 1), key(1, 7, 1981, 2)];
        assert_eq!(persons(&keys), [[0, 1]]);
        assert_eq!(join(&keys).doubts, [Doubt::BirthsDiffer(vec![0, 1])]);
    }

    #[test]
    fn births_that_differ_under_one_snils_count_as_none_for_joining_too() {
        let keys = [key(1, 7, 1980, 1), key(1, 7, 1981, 1), key(1, 0, 1980, 1)];
        assert_eq!(persons(&keys), [[0, 1, 2]]);
        // Two births claim the СНИЛС, under the two names that it bears: both stay apart.
        let keys = [
            key(1, 7, 1980, 1),
            key(2, 7, 1981, 2),
            key(1, 0, 1985, 1),
            key(2, 0, 1964, 2),
        ];
        assert_eq!(persons(&keys), [vec![0, 1], vec![2], vec![3]]);
    }

    #[test]
    fn a_name_of_one_row_and_an_organisation_of_another_join_nothing() {
        let keys = [
            key(1, 7, 0, 1),
            key(2, 7, 0, 2),
            key(1, 0, 0, 2),
            key(2, 0, 1980, 1),
        ];
        assert_eq!(persons(&keys), [vec![0, 1], vec![2], vec![3]]);
    }

    #[test]
    fn rows_without_organisation_are_not_joined_by_name_alone() {
        assert_eq!(persons(&[key(1, 0, 0, 0), key(1, 0, 0, 0)]), [[0], [1]]);
    }

    #[test]
    fn initials_and_an_organisation_join_nothing() {
        let initials = |key: Key| Key { full: false, ..key };
        let keys = [initials(key(1, 0, 0, 1)), initials(key(1, 0, 0, 1))];
        assert_eq!(persons(&keys), [[0], [1]]);
        assert_eq!(join(&keys).doubts, [Doubt::SameNameElsewhere(vec![0, 1])]);
        let keys = [initials(key(1, 7, 0, 1)), initials(key(1, 0, 0, 1))];
        assert_eq!(persons(&keys), [[0], [1]]);
        let keys = [initials(key(1, 0, 1980, 1)), initials(key(1, 0, 1980, 2))];
        assert_eq!(persons(&keys), [[0, 1]]);
    }
}
