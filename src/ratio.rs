//! Exact ratios and their one rounding (methodology §5).

/// A fraction of two whole numbers, compared and rounded without floating point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ratio {
    /// Above the line; may be negative for deviations.
    pub numerator: i128,
    /// Below the line; positive.
    pub denominator: i128,
}

impl Ratio {
    /// `numerator / denominator`; none when the denominator is not positive.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        (denominator > 0).then_some(Self {
            numerator,
            denominator,
        })
    }

    /// A decimal as people or programs write it, with comma or point: `50`, `49,5`, `-3.25`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() && part.is_empty()
            || !all_digits(whole)
            || !all_digits(part)
            || whole.len() + part.len() > 24
        {
            return None;
        }
        let mut numerator: i128 = 0;
        for digit in whole.bytes().chain(part.bytes()) {
            numerator = numerator * 10 + i128::from(digit - b'0');
        }
        let denominator = 10_i128.pow(u32::try_from(part.len()).ok()?);
        Some(Self {
            numerator: if negative { -numerator } else { numerator },
            denominator,
        })
    }

    /// This ratio times a whole number.
    #[must_use]
    pub fn times(self, factor: i128) -> Self {
        Self {
            numerator: self.numerator * factor,
            denominator: self.denominator,
        }
    }

    /// The exact difference of two ratios.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self {
            numerator: self.numerator * other.denominator - other.numerator * self.denominator,
            denominator: self.denominator * other.denominator,
        }
    }

    /// Rounded once, half away from zero, to `decimals` digits, with a point: `41.2`, `-0.5`.
    #[must_use]
    pub fn rounded(self, decimals: u32) -> String {
        let scale = 10_i128.pow(decimals);
        let scaled = self.numerator.abs() * scale;
        let rounded = (2 * scaled + self.denominator) / (2 * self.denominator);
        let sign = if self.numerator < 0 && rounded != 0 {
            "-"
        } else {
            ""
        };
        let (whole, part) = (rounded / scale, rounded % scale);
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part:0width$}", width = decimals as usize)
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some((self.numerator * other.denominator).cmp(&(other.numerator * self.denominator)))
    }
}

#[cfg(test)]
mod tests {
    use super::Ratio;

    fn share(numerator: i128, denominator: i128, decimals: u32) -> String {
        Ratio::new(numerator * 100, denominator)
            .unwrap()
            .rounded(decimals)
    }

    #[test]
    fn a_half_goes_away_from_zero() {
        assert_eq!(share(1, 16, 1), "6.3"); // 6,25
        assert_eq!(share(5, 8, 0), "63"); // 62,5
        assert_eq!(share(57, 200, 0), "29"); // 28,5
        assert_eq!(Ratio::new(-25, 4).unwrap().rounded(1), "-6.3");
        assert_eq!(Ratio::new(-1, 100).unwrap().rounded(1), "0.0");
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(Ratio::parse("49,5"), Ratio::new(495, 10));
        assert_eq!(Ratio::parse(" -3.25 "), Ratio::new(-325, 100));
        assert_eq!(Ratio::parse("1e3"), None);
        assert_eq!(Ratio::parse(""), None);
    }

    #[test]
    fn comparison_is_exact() {
        assert!(Ratio::new(6996, 100).unwrap() < Ratio::parse("70").unwrap());
    }
}
