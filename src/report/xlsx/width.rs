//! How wide Russian text stands in a cell: the widths of columns and the heights of wrapped rows.
//!
//! Spreadsheets fit neither by themselves when a file is made by a program, and a guess by the
//! number of characters cuts capital Cyrillic letters. The tables below are the advance widths of
//! the two typefaces of the report, in thousandths of the type size; metric twins of both come
//! with LibreOffice.

/// A typeface of the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
    /// Calibri: all sheets but the official form.
    Calibri,
    /// Times New Roman: the official form.
    Times,
}

/// The width of a digit of Calibri, the unit in which column widths are counted.
const DIGIT: f64 = 506.0;
/// The type size that column widths are counted in.
const UNIT_SIZE: f64 = 11.0;
/// Space that a cell keeps free at its sides, in units of column width.
const PADDING: f64 = 1.0;
/// How much wider bold type runs.
const BOLD: f64 = 1.06;
/// The height of a line in parts of the type size.
const LINE: f64 = 1.23;

/// ` ` to `~`.
const CALIBRI_ASCII: [u16; 95] = [
    226, 325, 400, 498, 506, 714, 682, 220, 303, 303, 498, 498, 249, 306, 252, 386, 506, 506, 506,
    506, 506, 506, 506, 506, 506, 506, 267, 267, 498, 498, 498, 463, 894, 578, 543, 533, 615, 488,
    459, 630, 623, 251, 318, 519, 420, 854, 645, 662, 516, 672, 542, 459, 487, 641, 567, 889, 519,
    487, 468, 306, 386, 306, 498, 498, 291, 479, 525, 422, 525, 497, 305, 470, 525, 229, 239, 454,
    229, 798, 525, 527, 525, 525, 348, 391, 334, 525, 451, 714, 433, 452, 395, 314, 460, 314, 498,
];
/// `А` to `я`.
const CALIBRI_CYRILLIC: [u16; 64] = [
    578, 537, 543, 429, 644, 488, 800, 473, 641, 641, 542, 610, 854, 623, 662, 621, 516, 533, 487,
    527, 697, 519, 638, 555, 868, 889, 614, 761, 531, 547, 878, 555, 479, 532, 479, 345, 558, 497,
    688, 422, 540, 540, 463, 510, 676, 534, 527, 520, 525, 422, 387, 452, 624, 433, 541, 468, 728,
    749, 536, 666, 469, 442, 721, 474,
];
const TIMES_ASCII: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 777, 180, 333, 333, 500, 563, 250, 333, 250, 277, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 277, 277, 563, 563, 563, 443, 920, 722, 666, 666, 722, 610,
    556, 722, 722, 333, 389, 722, 610, 889, 722, 722, 556, 722, 666, 556, 610, 722, 722, 943, 722,
    722, 610, 333, 277, 333, 469, 500, 333, 443, 500, 443, 500, 443, 333, 500, 500, 277, 277, 500,
    277, 777, 500, 500, 500, 500, 333, 389, 277, 500, 500, 722, 500, 500, 443, 479, 200, 479, 541,
];
const TIMES_CYRILLIC: [u16; 64] = [
    722, 574, 666, 578, 682, 610, 895, 500, 722, 722, 666, 678, 889, 722, 722, 722, 556, 666, 610,
    708, 790, 722, 722, 649, 1008, 1008, 706, 872, 574, 660, 1027, 666, 443, 508, 472, 410, 508,
    443, 690, 395, 535, 535, 485, 499, 632, 535, 500, 535, 500, 443, 437, 500, 647, 500, 535, 502,
    770, 770, 517, 671, 456, 429, 747, 459,
];

/// A kind of type: face, size in points, weight.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Type {
    /// The face.
    pub face: Face,
    /// The size in points.
    pub size: f64,
    /// Whether it is bold.
    pub bold: bool,
}

impl Type {
    /// Calibri of this size.
    #[must_use]
    pub const fn calibri(size: f64) -> Self {
        Self {
            face: Face::Calibri,
            size,
            bold: false,
        }
    }

    /// Times New Roman of this size.
    #[must_use]
    pub const fn times(size: f64) -> Self {
        Self {
            face: Face::Times,
            size,
            bold: false,
        }
    }

    /// The same, bold.
    #[must_use]
    pub const fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    fn advance(self, c: char) -> f64 {
        let (ascii, cyrillic) = match self.face {
            Face::Calibri => (&CALIBRI_ASCII, &CALIBRI_CYRILLIC),
            Face::Times => (&TIMES_ASCII, &TIMES_CYRILLIC),
        };
        let code = u32::from(c);
        let entry = |table: &[u16], first: u32| {
            code.checked_sub(first)
                .and_then(|at| table.get(at as usize))
                .map(|&width| f64::from(width))
        };
        let wide = match c {
            'Ё' => return f64::from(cyrillic[5]),
            'ё' => return f64::from(cyrillic[37]),
            '\u{a0}' | '\u{202f}' => return f64::from(ascii[0]),
            '№' | '—' | '…' => 1024.0,
            _ => 620.0,
        };
        entry(ascii, 0x20)
            .or_else(|| entry(cyrillic, 0x410))
            .unwrap_or(wide)
    }

    /// The width of a text on one line, in units of column width, without a cell's padding.
    #[must_use]
    pub fn width(self, text: &str) -> f64 {
        let em: f64 = text.chars().map(|c| self.advance(c)).sum();
        let weight = if self.bold { BOLD } else { 1.0 };
        em * weight * self.size / (DIGIT * UNIT_SIZE)
    }

    /// How many lines a wrapped text takes in a column of this width.
    #[must_use]
    pub fn lines(self, text: &str, column: f64) -> u32 {
        let room = (column - PADDING).max(1.0);
        text.split('\n').map(|line| self.wrapped(line, room)).sum()
    }

    fn wrapped(self, line: &str, room: f64) -> u32 {
        let space = self.width(" ");
        let (mut lines, mut used) = (1_u32, 0.0_f64);
        for word in line.split(' ') {
            let mut width = self.width(word);
            if used > 0.0 && used + space + width > room {
                lines += 1;
                used = 0.0;
            }
            while width > room {
                lines += 1;
                width -= room;
            }
            used += width + if used > 0.0 { space } else { 0.0 };
        }
        lines
    }

    /// The height of so many lines in points.
    #[must_use]
    pub fn height(self, lines: u32) -> f64 {
        // Excel's rows are at most 409 points high.
        (f64::from(lines) * self.size * LINE + 2.5).min(400.0)
    }

    /// The width of a column that shows each of these texts on one line, within bounds.
    #[must_use]
    pub fn column<'a>(
        self,
        texts: impl IntoIterator<Item = &'a str>,
        least: f64,
        most: f64,
    ) -> f64 {
        texts
            .into_iter()
            .map(|text| self.width(text) + PADDING)
            .fold(least, f64::max)
            .min(most)
    }
}

#[cfg(test)]
mod tests {
    use super::Type;

    #[test]
    fn a_digit_is_one_unit_and_wide_letters_are_wider() {
        let plain = Type::calibri(11.0);
        assert!((plain.width("0000") - 4.0).abs() < 1e-9);
        assert!(plain.width("Щ") > 1.7);
        assert!(plain.width("Ёё") > 1.9);
        assert!(plain.bold().width("Итого") > plain.width("Итого"));
        assert!(Type::times(12.0).width("Ш") > plain.width("Ш"));
    }

    #[test]
    fn words_wrap_and_long_ones_break() {
        let plain = Type::calibri(11.0);
        assert_eq!(plain.lines("одно два", 40.0), 1);
        assert_eq!(plain.lines("одно\nдва", 40.0), 2);
        assert_eq!(plain.lines("00000 00000", 7.0), 2);
        assert_eq!(plain.lines("000000000000", 7.0), 2);
    }
}
