//! What the charts have in common: a named picture, lengths across in per cent and down in pixels,
//! so that a chart fits every screen and its letters stay as they are.

use super::markup::{Attributes, Html};
use crate::ratio::Ratio;

/// A chart as wide as its place and `height` pixels high, with its name and description.
pub(super) fn picture(
    html: &mut Html,
    id: &str,
    height: usize,
    title: &str,
    desc: &str,
    inside: impl FnOnce(&mut Html),
) {
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let height = height.to_string();
    let attributes: Attributes<'_> = &[
        ("class", "chart"),
        ("role", "img"),
        ("width", "100%"),
        ("height", &height),
        ("aria-labelledby", &title_id),
        ("aria-describedby", &desc_id),
    ];
    html.node("svg", attributes, |html| {
        html.leaf("title", &[("id", &title_id)], title);
        html.leaf("desc", &[("id", &desc_id)], desc);
        inside(html);
    });
}

/// A rectangle.
pub(super) fn rect(
    html: &mut Html,
    class: &str,
    (x, y): (&str, &str),
    (width, height): (&str, &str),
) {
    html.leaf(
        "rect",
        &[
            ("class", class),
            ("x", x),
            ("y", y),
            ("width", width),
            ("height", height),
        ],
        "",
    );
}

/// A line.
pub(super) fn line(html: &mut Html, class: &str, (x1, y1): (&str, &str), (x2, y2): (&str, &str)) {
    html.leaf(
        "line",
        &[
            ("class", class),
            ("x1", x1),
            ("y1", y1),
            ("x2", x2),
            ("y2", y2),
        ],
        "",
    );
}

/// A text.
pub(super) fn label(html: &mut Html, class: &str, (x, y): (&str, &str), text: &str) {
    html.leaf("text", &[("class", class), ("x", x), ("y", y)], text);
}

/// `part` of `whole` in per cent of the width, no less than 0 and no more than 100.
pub(super) fn percent(part: Ratio, whole: Ratio) -> String {
    let (above, below) = (
        part.numerator * whole.denominator,
        part.denominator * whole.numerator,
    );
    let share = Ratio::new(100 * above, below).filter(|share| share.numerator > 0);
    match share {
        Some(share) if share.numerator <= 100 * share.denominator => share.rounded(2) + "%",
        Some(_) => "100%".to_owned(),
        None => "0%".to_owned(),
    }
}

/// The least of 1, 2, 5, 10, 20, 50, … that is not below `most`: the top of an axis.
pub(super) fn top(most: Ratio) -> Ratio {
    let whole = |number: i128| Ratio {
        numerator: number,
        denominator: 1,
    };
    let mut power = 1_i128;
    loop {
        for step in [1, 2, 5] {
            if whole(step * power) >= most || power >= 1_000_000_000_000 {
                return whole(step * power);
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::{percent, top};
    use crate::ratio::Ratio;

    #[test]
    fn lengths_are_exact_and_stay_within_the_picture() {
        let ratio = |a, b| Ratio {
            numerator: a,
            denominator: b,
        };
        assert_eq!(percent(ratio(1, 3), ratio(1, 1)), "33.33%");
        assert_eq!(percent(ratio(-1, 3), ratio(1, 1)), "0%");
        assert_eq!(percent(ratio(5, 1), ratio(4, 1)), "100%");
    }

    #[test]
    fn an_axis_ends_at_a_round_number() {
        let top_of = |a, b| {
            top(Ratio {
                numerator: a,
                denominator: b,
            })
            .numerator
        };
        assert_eq!(
            [
                top_of(0, 1),
                top_of(9, 10),
                top_of(412, 10),
                top_of(100, 1),
                top_of(11, 1)
            ],
            [1, 1, 50, 100, 20]
        );
    }
}
