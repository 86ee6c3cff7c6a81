//! What the rows of «Организации» say: type, opening and closing, the mentoring model (methodology §2.8).

use mms::finding::Findings;
use mms::people::organisation::{Directory, Mentoring, NotIncluded, TypeFrom};
use mms::registers::record::{DateCell, Flag, OrganisationRow};
use mms::registers::{Dataset, Field, RegisterId};
use mms::source::SheetId;

use crate::{ALL_COLUMNS, dataset, day, directory, named, sheet};

const SCHOOL: &str = "МБОУ СОШ №1";

/// D is 30.09.2024. Each closure fills one row of the school.
fn school(
    rows: &[&dyn Fn(&mut OrganisationRow)],
    columns: &[Field],
) -> (Dataset, Directory, Findings) {
    let mut data = dataset(&vec![SCHOOL.to_owned(); rows.len()], &[]);
    data.sheets[1] = sheet(RegisterId::Organizations, columns);
    for (row, fill) in data.organisations.iter_mut().zip(rows) {
        fill(row);
    }
    let (directory, findings) = directory(&data, "");
    (data, directory, findings)
}

fn on(text: &str) -> DateCell {
    DateCell::Day(day(text))
}

fn mentoring(
    rows: &[&dyn Fn(&mut OrganisationRow)],
    columns: &[Field],
) -> (Mentoring, Vec<&'static str>) {
    let (_, directory, findings) = school(rows, columns);
    let codes = findings
        .by_code()
        .into_keys()
        .filter(|code| !["N504", "N505"].contains(code));
    (named(&directory, SCHOOL).mentoring, codes.collect())
}

fn open(rows: &[&dyn Fn(&mut OrganisationRow)]) -> (bool, Vec<&'static str>) {
    let (_, directory, findings) = school(rows, &ALL_COLUMNS);
    let open = named(&directory, SCHOOL).open;
    assert_eq!(directory.open_count(), Some(usize::from(open)));
    let codes = findings
        .by_code()
        .into_keys()
        .filter(|code| !["N504", "N505"].contains(code));
    (open, codes.collect())
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_yes_with_no_date_counts() {
    let (found, codes) = mentoring(&[&|row| row.mentoring = Flag::Yes], &ALL_COLUMNS);
    assert_eq!(found, Mentoring::Included { since: None });
    assert_eq!(codes, NOTHING);
}

#[test]
fn a_yes_counts_from_its_date_on() {
    for (date, included) in [
        ("2024-09-30", true),
        ("2024-10-01", false),
        ("2019-12-25", true),
    ] {
        let fill = |row: &mut OrganisationRow| {
            row.mentoring = Flag::Yes;
            row.included_on = on(date).into();
        };
        let (found, codes) = mentoring(&[&fill], &ALL_COLUMNS);
        assert_eq!(found.is_included(), included, "{date}");
        assert_eq!(codes, NOTHING, "what lies after D is no fault");
    }
}

#[test]
fn a_date_in_the_yes_column_is_a_yes_since_then() {
    let (found, _) = mentoring(
        &[&|row| row.mentoring = Flag::Since(day("2023-09-01"))],
        &ALL_COLUMNS,
    );
    assert_eq!(
        found,
        Mentoring::Included {
            since: Some(day("2023-09-01"))
        }
    );
    let (found, _) = mentoring(
        &[&|row| row.mentoring = Flag::Since(day("2025-09-01"))],
        &ALL_COLUMNS,
    );
    assert_eq!(
        found,
        Mentoring::NotIncluded(NotIncluded::NotYet(day("2025-09-01")))
    );
}

#[test]
fn no_and_empty_are_no() {
    for flag in [Flag::No, Flag::Empty] {
        let (found, codes) = mentoring(&[&|row| row.mentoring = flag], &ALL_COLUMNS);
        assert_eq!(found, Mentoring::NotIncluded(NotIncluded::No));
        assert_eq!(codes, NOTHING);
    }
}

#[test]
fn a_date_beside_no_yes_is_reported() {
    let (found, codes) = mentoring(
        &[&|row| row.included_on = on("2023-09-01").into()],
        &ALL_COLUMNS,
    );
    assert_eq!(found, Mentoring::NotIncluded(NotIncluded::No));
    assert_eq!(codes, ["E512"]);
}

#[test]
fn without_the_yes_column_a_date_is_the_yes() {
    let columns = [Field::Organisation, Field::IncludedOn];
    let (found, _) = mentoring(
        &[&|row| row.included_on = on("2023-09-01").into()],
        &columns,
    );
    assert!(found.is_included());
    let (found, _) = mentoring(
        &[&|row| row.included_on = on("2025-09-01").into()],
        &columns,
    );
    assert!(!found.is_included());
    let (found, _) = mentoring(&[&|_| ()], &columns);
    assert_eq!(found, Mentoring::NotIncluded(NotIncluded::No));
}

#[test]
fn without_either_column_nothing_is_said() {
    let (found, _) = mentoring(&[&|_| ()], &[Field::Organisation]);
    assert_eq!(found, Mentoring::NotIncluded(NotIncluded::NoColumn));
}

#[test]
fn an_unreadable_date_beside_a_yes_does_not_count() {
    // A bare year is unreadable outside the staff table (§1), so that it does not count either (§3).
    for date in [
        DateCell::Unreadable,
        DateCell::Year(2023),
        DateCell::Month(2023, 9),
    ] {
        let fill = |row: &mut OrganisationRow| {
            row.mentoring = Flag::Yes;
            row.included_on = date.into();
        };
        let (found, codes) = mentoring(&[&fill], &ALL_COLUMNS);
        assert_eq!(found, Mentoring::NotIncluded(NotIncluded::UnreadableDate));
        assert_eq!(codes, ["E510"]);
    }
}

#[test]
fn different_answers_are_reported_and_not_included() {
    let yes = |row: &mut OrganisationRow| row.mentoring = Flag::Yes;
    let no = |row: &mut OrganisationRow| row.mentoring = Flag::No;
    for rows in [[&yes as &dyn Fn(&mut OrganisationRow), &no], [&no, &yes]] {
        let (found, codes) = mentoring(&rows, &ALL_COLUMNS);
        assert_eq!(found, Mentoring::NotIncluded(NotIncluded::Contradiction));
        assert_eq!(codes, ["E503"]);
    }
    let (found, codes) = mentoring(&[&yes, &yes], &ALL_COLUMNS);
    assert!(found.is_included());
    assert_eq!(codes, NOTHING);
}

#[test]
fn a_row_twice_is_one_organisation() {
    let (_, directory, findings) = school(&[&|_| (), &|_| ()], &ALL_COLUMNS);
    assert_eq!(directory.open_count(), Some(1));
    assert_eq!(named(&directory, SCHOOL).rows.len(), 2);
    assert_eq!(findings.by_code()["N504"], 1);
}

#[test]
fn open_from_its_opening_to_the_day_before_its_closing() {
    let cases = [
        (DateCell::Empty, DateCell::Empty, true),
        (on("2024-09-30"), DateCell::Empty, true),
        (on("2024-10-01"), DateCell::Empty, false),
        (DateCell::Empty, on("2024-09-30"), false),
        (DateCell::Empty, on("2024-10-01"), true),
        // All days of a bare year give one answer.
        (DateCell::Year(1965), DateCell::Empty, true),
        (DateCell::Year(2025), DateCell::Empty, false),
        (DateCell::Month(2024, 9), DateCell::Empty, true),
        (DateCell::Empty, DateCell::Year(2020), false),
        (DateCell::Empty, DateCell::Year(2030), true),
    ];
    for (opened, closed, expected) in cases {
        let fill = |row: &mut OrganisationRow| {
            row.opened = opened.into();
            row.closed = closed.into();
        };
        assert_eq!(
            open(&[&fill]),
            (expected, Vec::new()),
            "{opened:?} {closed:?}"
        );
    }
}

#[test]
fn an_opening_that_cannot_be_told_counts_as_empty() {
    for date in [DateCell::Unreadable, DateCell::Year(2024)] {
        assert_eq!(
            open(&[&|row| row.opened = date.into()]),
            (true, vec!["W509"])
        );
    }
}

#[test]
fn a_closing_that_cannot_be_told_leaves_it_out() {
    for date in [DateCell::Unreadable, DateCell::Year(2024)] {
        assert_eq!(
            open(&[&|row| row.closed = date.into()]),
            (false, vec!["E508"])
        );
    }
}

#[test]
fn the_dates_of_one_row_hold_where_another_has_none() {
    assert!(!open(&[&|row| row.closed = on("2020-06-01").into(), &|_| ()]).0);
    // Closed, and opened again.
    assert!(
        open(&[&|row| row.closed = on("2020-06-01").into(), &|row| row
            .opened =
            on("2022-09-01").into()])
        .0
    );
}

#[test]
fn types_by_cell_then_by_name() {
    let build = |kinds: &[&str], name: &str| {
        let mut data = dataset(&vec![name.to_owned(); kinds.len()], &[]);
        for (row, kind) in kinds.iter().enumerate() {
            data.organisations[row].kind = data.texts.intern(kind);
        }
        let (directory, findings) = directory(&data, "");
        let o = named(&directory, name);
        let codes: Vec<_> = findings
            .by_code()
            .into_keys()
            .filter(|&code| code != "N504")
            .collect();
        (o.general_education, o.type_from, codes)
    };
    assert_eq!(
        build(&["общеобразовательная"], "МБОУ «Эврика»"),
        (true, TypeFrom::Cell, vec![])
    );
    assert_eq!(build(&[""], SCHOOL), (true, TypeFrom::Name, vec!["N505"]));
    assert_eq!(build(&["ОО"], SCHOOL), (true, TypeFrom::Name, vec!["N505"]));
    assert_eq!(
        build(&["городская"], SCHOOL),
        (true, TypeFrom::Name, vec!["N505", "W507"])
    );
    assert_eq!(
        build(&[""], "МБДОУ д/с №1"),
        (false, TypeFrom::Name, vec![])
    );
    assert_eq!(
        build(&[""], "МБОУ «Эврика»"),
        (false, TypeFrom::None, vec!["E506"])
    );
    // Rows of one organisation: a filled cell decides beside an empty one, two types do not.
    assert_eq!(
        build(&["", "дошкольная"], SCHOOL),
        (false, TypeFrom::Cell, vec![])
    );
    assert_eq!(
        build(&["дошкольная", "общеобразовательная"], SCHOOL),
        (true, TypeFrom::Name, vec!["E515"])
    );
}

#[test]
fn branches_are_no_organisations_of_their_own() {
    let listed = [
        SCHOOL.to_owned(),
        "Филиал МБОУ СОШ №1 в с. Анненково".to_owned(),
        "НОШ с. Явлейка".to_owned(),
    ];
    let mut data = dataset(&listed, &[]);
    data.organisations[2].kind = data.texts.intern("филиал");
    let (directory, findings) = directory(&data, "");
    assert_eq!(directory.open_count(), Some(1));
    assert_eq!(directory.all().count(), 1);
    assert_eq!(findings.by_code()["N513"], 2);
    let owners: Vec<_> = directory
        .branches()
        .iter()
        .map(|(row, owner)| (row.row, owner.is_some()))
        .collect();
    assert_eq!(owners, [(2, true), (3, false)]);
}

#[test]
fn staff_organisations_that_the_sheet_does_not_know_are_reported() {
    let staff = ["СОШ №1", "СОШ №9", "СОШ № 9", "школа №1"].map(str::to_owned);
    let listed = [SCHOOL.to_owned()];
    let data = dataset(&listed, &staff);
    let (known, findings) = directory(&data, "");
    assert_eq!(
        findings.by_code()["W501"],
        1,
        "once, whatever the spellings"
    );
    assert_eq!(findings.by_code()["N501"], 1, "«школа №1» is noted");
    assert!(!named(&known, "СОШ №9").in_sheet);
    assert!(named(&known, "СОШ №9").open);
    assert_eq!(
        named(&known, "СОШ №9").mentoring,
        Mentoring::NotIncluded(NotIncluded::NotListed)
    );
    assert_eq!(known.open_count(), Some(1));

    let data = dataset(&[], &staff);
    let (known, findings) = directory(&data, "");
    assert!(
        !findings.by_code().contains_key("W501"),
        "there is no sheet that could know it"
    );
    assert_eq!(known.open_count(), None);
}

/// Without the sheet too, spellings that were joined are noted; what lies in two places is not joined.
#[test]
fn spellings_of_the_staff_table_that_were_joined_are_noted() {
    for (staff, count, notes) in [
        (&["МБОУ СОШ №1", "МБОУ СОШ №1", "СОШ №1 «Старт»"][..], 1, 1),
        (&["МБОУ СОШ №1", "МБОУ СОШ №1", "школа №1"], 1, 1),
        (&["МБОУ СОШ №1", "СОШ № 1 г. Кузнецка"], 1, 0),
        (&["СОШ №1 г. Кузнецка", "СОШ №1 с. Анненково"], 2, 0),
        (
            &[
                "СОШ №1 с. Анненково",
                "СОШ №1 Анненково",
                "СОШ №1 г. Кузнецка",
            ],
            2,
            1,
        ),
        (&["СОШ №5 г. Пензы", "МБОУ СОШ №5"], 2, 0),
    ] {
        let staff: Vec<String> = staff.iter().map(|&name| name.to_owned()).collect();
        let data = dataset(&[], &staff);
        let (known, findings) = directory(&data, "город Кузнецк");
        let noted = findings.by_code().get("N501").copied().unwrap_or(0);
        assert_eq!((known.all().count(), noted), (count, notes), "{staff:?}");
    }
}

/// The staff table knows the village, «Организации» only the town's school of that number.
#[test]
fn a_staff_spelling_that_fits_none_for_its_village_keeps_its_own_name() {
    let staff = ["СОШ №1 Анненково", "ООШ с. Анненково"].map(str::to_owned);
    let data = dataset(&["МБОУ СОШ №1 г. Кузнецка".to_owned()], &staff);
    let (known, findings) = directory(&data, "город Кузнецк");
    let id = known.of_staff(data.staff[0].person.organisation);
    assert_eq!(id.map(|id| known.name(id)), Some("СОШ №1 Анненково"));
    assert_eq!(findings.by_code()["W501"], 2);
}

/// Two boarding schools and two day schools, with different answers: no contradiction.
#[test]
fn a_boarding_school_is_another_organisation() {
    let listed = ["МБОУ Лицей №2", "МБОУ «Лицей-интернат №2»"].map(str::to_owned);
    let mut data = dataset(&listed, &[]);
    data.organisations[0].mentoring = Flag::Yes;
    for row in &mut data.organisations {
        row.kind = data.texts.intern("общеобразовательная");
    }
    let (known, findings) = directory(&data, "город Кузнецк");
    assert_eq!(known.open_count(), Some(2));
    assert!(!findings.by_code().contains_key("E503"));
}

#[test]
fn a_staff_spelling_that_fits_two_keeps_its_own_name() {
    let listed = ["МБОУ СОШ №1", "МБОУ ООШ №1"].map(str::to_owned);
    let data = dataset(&listed, &["школа №1".to_owned()]);
    let (known, findings) = directory(&data, "");
    assert_eq!(findings.by_code()["W502"], 1);
    let id = known
        .of_staff(data.staff[0].person.organisation)
        .expect("its own");
    let own = known.get(id).expect("its own");
    assert_eq!((own.name.as_str(), own.fits.len()), ("школа №1", 2));
}

#[test]
fn sheets_are_told_apart_by_their_columns() {
    // One sheet has the yes/no column, the other only dates.
    let mut data = dataset(&["МБОУ СОШ №1", "МБОУ СОШ №2"].map(str::to_owned), &[]);
    data.sheets.push(sheet(
        RegisterId::Organizations,
        &[Field::Organisation, Field::IncludedOn],
    ));
    data.organisations[0].included_on = on("2023-09-01").into();
    data.organisations[1].included_on = on("2023-09-01").into();
    data.organisations[1].at.sheet = SheetId::of(2);
    let (known, _) = directory(&data, "");
    assert!(!named(&known, "СОШ №1").mentoring.is_included());
    assert!(named(&known, "СОШ №2").mentoring.is_included());
}

#[test]
fn every_finding_has_its_page() {
    for code in [
        "N501", "W501", "W502", "E503", "N504", "N505", "E506", "W507", "E508", "W509", "E510",
        "W511", "E512", "N513", "E515",
    ] {
        assert!(mms::finding::catalogue().contains_key(code), "{code}");
    }
}

#[test]
fn the_type_tells_a_sports_school_whose_form_does_not() {
    let listed = ["МБОУ СШ №5", "МБУ СШ №5"].map(str::to_owned);
    let mut data = dataset(&listed, &[]);
    data.organisations[0].kind = data.texts.intern("общеобразовательная");
    data.organisations[1].kind = data.texts.intern("дополнительного образования");
    let (known, _) = directory(&data, "");
    assert_eq!(known.open_count(), Some(2));
    assert!(named(&known, "средняя школа №5").general_education);
    assert!(!named(&known, "спортивная школа №5").general_education);
}
