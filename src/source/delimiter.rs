//! The delimiter of a text: the one that parts most of its rows into equally many fields.

/// The candidates; of equals the first wins.
const CANDIDATES: [u8; 3] = [b';', b'\t', b','];

/// The delimiter named in a first line `sep=;`, and the length of that line.
pub(super) fn named(text: &[u8]) -> Option<(u8, usize)> {
    let rest = text
        .strip_prefix(b"sep=")
        .or_else(|| text.strip_prefix(b"SEP="))?;
    let (delimiter, rest) = rest.split_first()?;
    if !CANDIDATES.contains(delimiter) {
        return None;
    }
    let ends = [&b"\r\n"[..], b"\n", b"\r"];
    let end = ends.iter().find(|end| rest.starts_with(end))?;
    Some((*delimiter, b"sep=;".len() + end.len()))
}

/// The delimiter of `text`, which begins at the start of a row; `;` where none parts anything.
///
/// The score of a candidate is the number of rows with its commonest number of fields, times the
/// delimiters in such a row; one that parts fewer than a quarter of the rows parts none: it stands in
/// some sentence of a single column. Delimiters inside quotes part nothing. Commas of sentences and of
/// addresses may part the rows of data better than their own delimiter does, but not the header:
/// where the row above the first that the best candidate parts, and that row itself, have their
/// commonest number of fields by another candidate, it is the delimiter.
pub(super) fn detect(text: &[u8]) -> u8 {
    let parted = CANDIDATES.map(|candidate| Parted::by(candidate, text));
    let [first, others @ ..] = &parted;
    let best = others.iter().fold(first, |best, next| {
        if next.score() > best.score() {
            next
        } else {
            best
        }
    });
    let header = best.first_row().and_then(|row| row.checked_sub(1));
    let truer = parted.iter().find(|other| {
        let parts = |row| other.most > 0 && other.rows.get(row) == Some(&other.most);
        other.delimiter != best.delimiter && header.is_some_and(|row| parts(row) && parts(row + 1))
    });
    truer.unwrap_or(best).delimiter
}

/// The rows of a text as one candidate parts them.
struct Parted {
    delimiter: u8,
    /// How many delimiters each row has.
    rows: Vec<usize>,
    /// The commonest number of delimiters in a row, rows with none aside, and how many rows have it.
    most: usize,
    count: usize,
    /// Whether enough rows are parted.
    parts: bool,
}

impl Parted {
    fn by(delimiter: u8, text: &[u8]) -> Self {
        let mut rows = Vec::new();
        let (mut delimiters, mut quoted, mut start) = (0, false, true);
        let (mut filled, mut empty) = (0, true);
        for &byte in text {
            empty &= byte.is_ascii_whitespace();
            if quoted {
                quoted = byte != b'"';
                continue;
            }
            match byte {
                // A quote inside a field is a letter like any other; a doubled one opens again.
                b'"' if start => quoted = true,
                b'\n' => {
                    rows.push(std::mem::take(&mut delimiters));
                    filled += usize::from(!std::mem::replace(&mut empty, true));
                }
                _ if byte == delimiter => delimiters += 1,
                _ => {}
            }
            start = byte == delimiter || byte == b'\n' || (byte == b'"' && start);
        }
        rows.push(delimiters);
        filled += usize::from(!empty);
        let parted = rows.iter().filter(|delimiters| **delimiters > 0).count();
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        for &delimiters in rows.iter().filter(|delimiters| **delimiters > 0) {
            *counts.entry(delimiters).or_default() += 1;
        }
        let commonest = counts
            .into_iter()
            .max_by_key(|(most, count)| (*count, *most));
        let (most, count) = commonest.unwrap_or_default();
        Self {
            delimiter,
            rows,
            most,
            count,
            parts: 4 * parted >= filled,
        }
    }

    fn score(&self) -> usize {
        if self.parts {
            self.most * self.count
        } else {
            0
        }
    }

    /// The first row with the commonest number of delimiters.
    fn first_row(&self) -> Option<usize> {
        self.rows
            .iter()
            .position(|delimiters| *delimiters == self.most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_three() {
        assert_eq!(detect(b"a;b;c\n1;2;3\n"), b';');
        assert_eq!(detect(b"a,b,c\n1,2,3\n"), b',');
        assert_eq!(detect(b"a\tb\tc\n1\t2\t3\n"), b'\t');
        assert_eq!(detect(b"a\nb\n"), b';');
    }

    #[test]
    fn decimal_commas_and_titles_do_not_decide() {
        assert_eq!(
            detect("Список, 2024, город\nФИО;Стаж;Часы\nА;1,5;2,5\nБ;3;4,5\n".as_bytes()),
            b';'
        );
    }

    #[test]
    fn commas_of_sentences_and_addresses_do_not_decide() {
        let survey = "Отметка времени;Удовлетворены ли Вы?;Ваши пожелания\n\
                      01.08.2024;да;больше семинаров, вебинаров, курсов, стажировок\n\
                      02.08.2024;да;чаще встречи, форумы, конкурсы, выезды\n\
                      03.08.2024;нет;нужны методички, сайт, чат, рассылка\n";
        assert_eq!(detect(survey.as_bytes()), b';');
        let row = "Котова К. И.;МБОУ СОШ №1, г. Кузнецк, ул. Мира, д. 5;05.08.2024\n";
        let short = "Котова К. И.;МБОУ СОШ №1, г. Кузнецк;05.08.2024\n";
        let header = "ФИО;Место работы;Дата диагностики\n";
        assert_eq!(detect([header, &row.repeat(50)].concat().as_bytes()), b';');
        assert_eq!(
            detect([header, short, &row.repeat(50)].concat().as_bytes()),
            b';'
        );
        // The other way round: semicolons of texts in rows that commas part.
        let row = "Котова К. И.,алгебра; геометрия; физика; химия,05.08.2024\n";
        assert_eq!(
            detect(["ФИО,Предметы,Дата\n", &row.repeat(9)].concat().as_bytes()),
            b','
        );
    }

    #[test]
    fn a_comma_in_one_answer_parts_no_columns() {
        let answers = "Насколько Вы удовлетворены?\nда\nудовлетворён\nнет\n\
                       скорее удовлетворён, чем не удовлетворён\nда\nнет\n";
        assert_eq!(detect(answers.as_bytes()), b';');
    }

    #[test]
    fn delimiters_inside_quotes_part_nothing() {
        assert_eq!(
            detect(b"a,b\n\"x;y;z\",1\n\"x;y;z\",2\n\"x;y;z\",3\n"),
            b','
        );
        assert_eq!(
            detect(b"a,b\n\"x \"\"q;r\"\" ;y;z\",1\n\"x;;;\n;;;z\",2\n"),
            b','
        );
    }

    #[test]
    fn a_first_line_may_name_it() {
        assert_eq!(named(b"sep=;\r\na;b"), Some((b';', 7)));
        assert_eq!(named(b"sep=,\na,b"), Some((b',', 6)));
        assert_eq!(named(b"sep=;1\n"), None);
        assert_eq!(named(b"a;b"), None);
    }
}
