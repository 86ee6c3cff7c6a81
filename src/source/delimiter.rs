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
/// delimiters in such a row. Delimiters inside quotes part nothing.
pub(super) fn detect(text: &[u8]) -> u8 {
    let mut best = (0, b';');
    for candidate in CANDIDATES {
        let score = score(text, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

fn score(text: &[u8], delimiter: u8) -> usize {
    // Rows by their number of delimiters.
    let mut rows = std::collections::BTreeMap::<usize, usize>::new();
    let (mut delimiters, mut quoted, mut start) = (0, false, true);
    for &byte in text {
        if quoted {
            quoted = byte != b'"';
            continue;
        }
        match byte {
            // A quote inside a field is a letter like any other; a doubled one opens again.
            b'"' if start => quoted = true,
            b'\n' => {
                *rows.entry(delimiters).or_default() += 1;
                delimiters = 0;
            }
            _ if byte == delimiter => delimiters += 1,
            _ => {}
        }
        start = byte == delimiter || byte == b'\n' || (byte == b'"' && start);
    }
    *rows.entry(delimiters).or_default() += 1;
    rows.iter()
        .filter(|(delimiters, _)| **delimiters > 0)
        .max_by_key(|(delimiters, count)| (**count, **delimiters))
        .map_or(0, |(delimiters, count)| delimiters * count)
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
