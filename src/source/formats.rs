//! What number formats say: a date, a length of time, a percentage, or just a number.

/// What a cell's number format makes of its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum NumberKind {
    /// A number as it is.
    #[default]
    Plain,
    /// A date, a time of day, or both.
    Date,
    /// A length of time: hours beyond 24.
    Duration,
    /// Hundredths.
    Percent,
}

impl NumberKind {
    /// Of a format that is built into Excel and has a number alone (ECMA-376, 18.8.30).
    pub(super) fn builtin(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Duration,
            _ => Self::Plain,
        }
    }

    /// Of a format's code: `dd.mm.yyyy`, `0.0%`, `[h]:mm`. Its first section tells.
    pub(super) fn of_code(code: &str) -> Self {
        let mut characters = code.chars();
        let mut percent = false;
        while let Some(character) = characters.next() {
            match character.to_ascii_lowercase() {
                '"' => {
                    characters.by_ref().find(|c| *c == '"');
                }
                // The next character stands for itself, for its width, or fills the cell.
                '\\' | '_' | '*' => {
                    characters.next();
                }
                '[' => {
                    let inside: String = characters.by_ref().take_while(|c| *c != ']').collect();
                    let inside = inside.to_ascii_lowercase();
                    if let Some(unit @ ('h' | 'm' | 's')) = inside.chars().next()
                        && inside.chars().all(|c| c == unit)
                    {
                        return Self::Duration;
                    }
                }
                'd' | 'm' | 'y' | 'h' | 's' => return Self::Date,
                '%' => percent = true,
                ';' => break,
                _ => {}
            }
        }
        if percent { Self::Percent } else { Self::Plain }
    }
}

#[cfg(test)]
mod tests {
    use super::NumberKind::{self, *};

    #[test]
    fn codes() {
        for (code, kind) in [
            ("General", Plain),
            ("0.00", Plain),
            ("#,##0\\ \"дней\"", Plain),
            ("0.00E+00", Plain),
            ("@", Plain),
            ("#,##0.00\\ [$\u{20bd}-419]", Plain),
            ("[Red]0", Plain),
            ("\"дата\"0", Plain),
            ("0_d", Plain),
            ("0;[Red]dd.mm", Plain),
            ("dd.mm.yyyy", Date),
            ("DD/MM/YY", Date),
            ("[$-419]d mmmm yyyy\" г.\";@", Date),
            ("h:mm", Date),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Date),
            ("[h]:mm:ss", Duration),
            ("[mm]:ss", Duration),
            ("0%", Percent),
            ("0.0%;[Red]-0.0%", Percent),
            ("0\" %\"", Plain),
            ("0\\%", Plain),
        ] {
            assert_eq!(NumberKind::of_code(code), kind, "{code}");
        }
    }

    #[test]
    fn built_in() {
        assert_eq!(NumberKind::builtin(0), Plain);
        assert_eq!(NumberKind::builtin(9), Percent);
        assert_eq!(NumberKind::builtin(14), Date);
        assert_eq!(NumberKind::builtin(46), Duration);
    }
}
