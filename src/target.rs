//! Plans: what a figure should reach, whether it does, and by how much it does not (methodology §5).

use serde::{Deserialize, Serialize};

use crate::ratio::Ratio;
use crate::text::fold;

/// The indicator whose plan is «да».
const YES_NO: &str = "4.1.1";
/// The indicator with no better direction: its plan is a bound or a range.
const NO_DIRECTION: &str = "4.1.3.2";
/// What stands before an upper bound, folded.
pub const AT_MOST: [&str; 7] = ["<=", "=<", "≤", "⩽", "не более", "не больше", "не выше"];
/// What stands before a lower bound, folded.
pub const AT_LEAST: [&str; 7] = [">=", "=>", "≥", "⩾", "не менее", "не меньше", "не ниже"];
/// More digits than any plan has, and few enough for exact arithmetic.
const MOST_DIGITS: usize = 12;
/// How many digits more than a figure has may be needed to tell it from a plan.
const MOST_SHOWN: u32 = 14;

/// The plan of one indicator. The text of each is the plan as written, for JSON.
#[derive(Clone, PartialEq, Debug)]
pub enum Target {
    /// `50`: at least so much.
    AtLeast(Ratio, String),
    /// `<= 10`: at most so much.
    AtMost(Ratio, String),
    /// `5..15`: within these bounds, both included.
    Between(Ratio, Ratio, String),
    /// `да`: the plan of 4.1.1.
    Yes,
}

/// What became of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// «достигнут»
    Met,
    /// «не достигнут»
    Missed,
    /// «невозможно определить»: there is a plan, but no figure.
    Undefined,
}

impl Outcome {
    /// The words of the report.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Met => "достигнут",
            Self::Missed => "не достигнут",
            Self::Undefined => "невозможно определить",
        }
    }

    fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::Missed }
    }
}

impl Target {
    /// Reads a plan: a number («50», «49,5», «50 %», «не менее 50»), `<= 10` («не более 10»),
    /// `5..15` («от 5 до 15»), «да».
    ///
    /// # Errors
    /// A Russian sentence that names the accepted forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        let folded = fold(text).replace('…', "..");
        if matches!(folded.as_str(), "да" | "yes") {
            return Ok(Self::Yes);
        }
        let unknown = || {
            format!(
                "план «{}» не распознан; принимаются число (50), «<= 10», «5..15», для 4.1.1 — «да»",
                text.trim()
            )
        };
        let at_most = AT_MOST.map(|prefix| (prefix, true));
        let at_least = AT_LEAST.map(|prefix| (prefix, false));
        for (prefix, at_most) in at_most.into_iter().chain(at_least) {
            if let Some(rest) = folded.strip_prefix(prefix) {
                let (bound, written) = number(rest).ok_or_else(unknown)?;
                return Ok(if at_most {
                    Self::AtMost(bound, format!("<= {written}"))
                } else {
                    Self::AtLeast(bound, written)
                });
            }
        }
        if let Some((low, high)) = ends(&folded) {
            let ((from, low), (to, high)) = number(low).zip(number(high)).ok_or_else(unknown)?;
            if from > to {
                return Err(format!(
                    "план «{}»: нижняя граница {low} больше верхней {high}",
                    text.trim()
                ));
            }
            return Ok(Self::Between(from, to, format!("{low}..{high}")));
        }
        number(&folded)
            .map(|(bound, written)| Self::AtLeast(bound, written))
            .ok_or_else(unknown)
    }

    /// Reads a plan of one indicator.
    ///
    /// # Errors
    /// It is no plan, or not one that this indicator can have: 4.1.1 takes «да» alone, the others
    /// do not take it, and 4.1.3.2 takes only an upper bound or a range.
    pub fn parse_for(indicator: &str, text: &str) -> Result<Self, String> {
        let target = Self::parse(text)?;
        match (indicator, &target) {
            (YES_NO, Self::Yes) => Ok(target),
            (YES_NO, _) => Err(format!("план показателя {YES_NO} — только «да»")),
            (_, Self::Yes) => Err(format!(
                "план «да» бывает только у показателя {YES_NO}, у {indicator} — число"
            )),
            (NO_DIRECTION, Self::AtLeast(..)) => Err(format!(
                "у показателя {NO_DIRECTION} нет лучшего направления: его план — «<= 10» или «5..15»"
            )),
            _ => Ok(target),
        }
    }

    /// The plan as written, for JSON: `50`, `<= 10`, `5..15`, `yes`.
    #[must_use]
    pub fn written(&self) -> &str {
        match self {
            Self::AtLeast(_, written) | Self::AtMost(_, written) | Self::Between(_, _, written) => {
                written
            }
            Self::Yes => "yes",
        }
    }

    /// The plan as people read it: «50», «не более 10», «от 5 до 15», «да».
    #[must_use]
    pub fn title(&self) -> String {
        let comma = |text: &str| text.replace('.', ",");
        match self {
            Self::AtLeast(_, written) => comma(written),
            Self::AtMost(_, written) => {
                format!("не более {}", comma(written.trim_start_matches("<= ")))
            }
            Self::Between(_, _, written) => match written.split_once("..") {
                Some((low, high)) => format!("от {} до {}", comma(low), comma(high)),
                None => comma(written),
            },
            Self::Yes => "да".to_owned(),
        }
    }

    /// Whether the exact figure meets the plan. Of a yes/no figure, yes is 1 and no is 0.
    #[must_use]
    pub fn outcome(&self, exact: Ratio) -> Outcome {
        Outcome::of(match self {
            Self::AtLeast(bound, _) => exact >= *bound,
            Self::AtMost(bound, _) => exact <= *bound,
            Self::Between(low, high, _) => *low <= exact && exact <= *high,
            Self::Yes => exact.numerator > 0,
        })
    }

    /// The exact difference of fact and plan: from a range, fact minus the bound that is broken,
    /// and 0 inside. None for «да».
    #[must_use]
    pub fn deviation(&self, exact: Ratio) -> Option<Ratio> {
        match self {
            Self::AtLeast(bound, _) | Self::AtMost(bound, _) => Some(exact.minus(*bound)),
            Self::Between(low, _, _) if exact < *low => Some(exact.minus(*low)),
            Self::Between(_, high, _) if exact > *high => Some(exact.minus(*high)),
            Self::Between(..) => Ratio::new(0, 1),
            Self::Yes => None,
        }
    }

    /// Where the plan is missed, but the figure rounded to `decimals` digits looks as if it were met
    /// (69.96 against 70): the figure in as many digits as show it, and where it stands.
    #[must_use]
    pub fn miss_hidden_by_rounding(
        &self,
        exact: Ratio,
        decimals: u32,
    ) -> Option<(String, &'static str)> {
        let outcome = |digits| {
            let rounded = exact.rounded(digits);
            Ratio::parse(&rounded).map(|ratio| (self.outcome(ratio), rounded))
        };
        let hidden = self.outcome(exact) == Outcome::Missed
            && outcome(decimals).is_some_and(|(outcome, _)| outcome == Outcome::Met);
        if !hidden {
            return None;
        }
        let side = match self {
            Self::AtMost(..) => "больше плана",
            Self::Between(_, high, _) if exact > *high => "больше верхней границы плана",
            Self::Between(..) => "меньше нижней границы плана",
            Self::AtLeast(..) | Self::Yes => "меньше плана",
        };
        (decimals + 2..=decimals + MOST_SHOWN)
            .filter_map(outcome)
            .find(|(outcome, _)| *outcome == Outcome::Missed)
            .map(|(_, digits)| (digits, side))
    }
}

/// The ends of `5..15`, «5-15», «от 5 до 15».
fn ends(text: &str) -> Option<(&str, &str)> {
    if let Some(ends) = text.split_once("..") {
        return Some(ends);
    }
    if let Some(ends) = text
        .strip_prefix("от ")
        .and_then(|rest| rest.split_once(" до "))
    {
        return Some(ends);
    }
    text.split_once('-')
        .filter(|(low, _)| !low.trim().is_empty())
}

/// A number that is no less than 0, with its digits as written and a point.
fn number(text: &str) -> Option<(Ratio, String)> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let written = text.replace(',', ".");
    // A space stands between thousands alone: «1 200», not «5 15».
    let thousands = written.split(' ').skip(1).all(|group| {
        group
            .split('.')
            .next()
            .is_some_and(|digits| digits.len() == 3)
    });
    if !thousands {
        return None;
    }
    let written = written.replace(' ', "");
    let digits_at_both_ends = written.starts_with(|c: char| c.is_ascii_digit())
        && written.ends_with(|c: char| c.is_ascii_digit());
    (digits_at_both_ends && written.len() <= MOST_DIGITS)
        .then(|| Ratio::parse(&written))
        .flatten()
        .map(|number| (number, written))
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Target};
    use crate::ratio::Ratio;

    fn target(text: &str) -> Target {
        Target::parse(text).unwrap()
    }

    fn exact(text: &str) -> Ratio {
        Ratio::parse(text).unwrap()
    }

    fn outcome(plan: &str, fact: &str) -> Outcome {
        target(plan).outcome(exact(fact))
    }

    fn deviation(plan: &str, fact: &str) -> String {
        target(plan).deviation(exact(fact)).unwrap().rounded(1)
    }

    #[test]
    fn a_plan_keeps_how_it_was_written() {
        for (text, written, title) in [
            ("50", "50", "50"),
            ("49,5", "49.5", "49,5"),
            ("49.50", "49.50", "49,50"),
            ("50 %", "50", "50"),
            (">= 50", "50", "50"),
            ("не менее 50", "50", "50"),
            ("<= 10", "<= 10", "не более 10"),
            ("<=10", "<= 10", "не более 10"),
            ("≤ 10,5", "<= 10.5", "не более 10,5"),
            ("не более 10", "<= 10", "не более 10"),
            ("5..15", "5..15", "от 5 до 15"),
            ("5 .. 15", "5..15", "от 5 до 15"),
            ("5–15", "5..15", "от 5 до 15"),
            ("от 5 до 15,5", "5..15.5", "от 5 до 15,5"),
            ("да", "yes", "да"),
            ("Да", "yes", "да"),
            ("yes", "yes", "да"),
            ("1 200", "1200", "1200"),
        ] {
            assert_eq!(target(text).written(), written, "{text}");
            assert_eq!(target(text).title(), title, "{text}");
        }
    }

    #[test]
    fn a_plan_is_read_back_from_its_written_form() {
        for text in ["50", "49.5", "<= 10", "5..15", "yes"] {
            assert_eq!(target(target(text).written()), target(text));
        }
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        for text in [
            "",
            "нет",
            "много",
            "-5",
            "5..",
            "..15",
            "1e3",
            "50.",
            "5 15",
            "<= ",
            "10 20..x",
            "1234567890123",
        ] {
            let error = Target::parse(text).unwrap_err();
            assert!(error.contains("«<= 10»"), "{error}");
        }
        assert!(
            Target::parse("15..5")
                .unwrap_err()
                .contains("больше верхней 5")
        );
    }

    #[test]
    fn each_indicator_takes_its_own_plans() {
        for (id, text) in [
            ("4.1.1", "да"),
            ("4.1.2.1", "50"),
            ("4.1.2.1", "<= 10"),
            ("4.1.2.6", "5..15"),
            ("4.1.3.2", "<= 10"),
            ("4.1.3.2", "5..15"),
        ] {
            assert!(Target::parse_for(id, text).is_ok(), "{id} {text}");
        }
        for (id, text, reason) in [
            ("4.1.1", "100", "только «да»"),
            ("4.1.2.1", "да", "число"),
            ("4.1.3.2", "10", "«<= 10» или «5..15»"),
            ("4.1.3.2", ">= 10", "«<= 10» или «5..15»"),
            ("4.1.3.2", "да", "число"),
        ] {
            let error = Target::parse_for(id, text).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn a_target_is_met_when_the_exact_fraction_meets_it() {
        assert_eq!(outcome("70", "70"), Outcome::Met);
        assert_eq!(outcome("70", "69.96"), Outcome::Missed);
        assert_eq!(outcome("<= 10", "10"), Outcome::Met);
        assert_eq!(outcome("<= 10", "10.01"), Outcome::Missed);
        assert_eq!(outcome("5..15", "5"), Outcome::Met);
        assert_eq!(outcome("5..15", "15"), Outcome::Met);
        assert_eq!(outcome("5..15", "4.99"), Outcome::Missed);
        assert_eq!(outcome("5..15", "15.01"), Outcome::Missed);
        assert_eq!(outcome("да", "1"), Outcome::Met);
        assert_eq!(outcome("да", "0"), Outcome::Missed);
        // A third of a hundred against 33.3: 33.333… is more.
        let third = Ratio::new(100, 3).unwrap();
        assert_eq!(target("33.3").outcome(third), Outcome::Met);
        assert_eq!(target("33.34").outcome(third), Outcome::Missed);
    }

    #[test]
    fn a_deviation_is_fact_minus_plan() {
        // 418 of 1015 is 41.18 %, 8.82 below 50.
        let fact = Ratio::new(41_800, 1015).unwrap();
        let below = target("50").deviation(fact).unwrap();
        assert_eq!(below.rounded(1), "-8.8");
        assert_eq!(deviation("50", "60"), "10.0");
        assert_eq!(deviation("<= 10", "12"), "2.0");
        assert_eq!(deviation("<= 10", "8"), "-2.0");
        assert_eq!(deviation("5..15", "4"), "-1.0");
        assert_eq!(deviation("5..15", "17.5"), "2.5");
        assert_eq!(deviation("5..15", "5"), "0.0");
        assert_eq!(deviation("5..15", "10"), "0.0");
        assert_eq!(target("да").deviation(exact("1")), None);
    }

    #[test]
    fn rounding_may_hide_a_miss() {
        let hidden = |plan: &str, figure: Ratio, decimals| {
            let hidden = target(plan).miss_hidden_by_rounding(figure, decimals);
            hidden.map(|(digits, side)| format!("{digits} {side}"))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(hidden("70", exact("69.96"), 1), some("69.960 меньше плана"));
        assert_eq!(hidden("70", exact("69.94"), 1), None);
        assert_eq!(hidden("70", exact("70"), 1), None);
        assert_eq!(
            hidden("<= 10", exact("10.04"), 1),
            some("10.040 больше плана")
        );
        let third = Ratio::new(100, 3).unwrap();
        assert_eq!(
            hidden("10..33.3", third, 1),
            some("33.333 больше верхней границы плана")
        );
        // As many digits as tell it from the plan.
        assert_eq!(
            hidden("<= 33.3333", third, 2),
            some("33.33333 больше плана")
        );
    }
}
