//! The page as a whole: what it tells, how it is built, that it can be read, that it does nothing.

use std::collections::BTreeSet;

use super::fixtures::page;
use crate::indicators::catalogue::catalogue;

const STYLE: &str = include_str!("style.css");

/// Elements that never close.
const VOID: [&str; 1] = ["meta"];

fn shown() -> String {
    page("город Кузнецк")
}

/// The tags of a page in their order: name, attributes as written, whether it closes one.
fn tags(page: &str) -> Vec<(&str, &str, bool)> {
    page.split('<')
        .skip(1)
        .map(|rest| {
            let tag = rest.split('>').next().unwrap();
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            (
                name.trim_start_matches('/'),
                attributes,
                name.starts_with('/'),
            )
        })
        .filter(|(name, ..)| !name.starts_with('!'))
        .collect()
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("{name}=\"");
    attributes
        .match_indices(&start)
        .find(|(at, _)| *at == 0 || attributes.as_bytes()[at - 1] == b' ')
        .and_then(|(at, _)| attributes[at + start.len()..].split('"').next())
}

#[test]
fn every_indicator_stands_in_the_words_of_the_source() {
    let page = shown();
    for definition in &catalogue().indicators {
        assert!(
            page.contains(&format!(">{}<", definition.id)),
            "{}",
            definition.id
        );
        assert!(page.contains(&definition.text), "{}", definition.text);
    }
    assert!(page.contains("город Кузнецк, III квартал 2024 года"));
    assert!(page.contains(
        "Учтены события с 01.01.2024 по 30.09.2024 (нарастающим итогом с начала года); \
         состав работников и организаций — на 30.09.2024."
    ));
    assert!(page.contains(concat!("mms ", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn a_line_of_the_table_tells_plan_fact_deviation_counts_and_outcome() {
    let page = shown();
    let line = page
        .split("<tr>")
        .find(|line| line.contains(">4.1.2.1</th>"))
        .unwrap();
    // 41 of 100 against 50.
    for cell in [
        ">%<",
        ">50<",
        ">41,0<",
        ">−9,0\u{a0}п.\u{a0}п.<",
        ">41<",
        ">100<",
        "> не достигнут<",
    ] {
        let cell = cell.replace("> не", " не");
        assert!(line.contains(&cell), "{cell}: {line}");
    }
    assert!(line.contains("<span aria-hidden=\"true\">✗</span>"));
    // Of 7 plans: 4.1.1, 4.1.2.2, 4.1.2.6 and 4.1.3.2 met, 4.1.2.1 and 4.1.4 missed, 4.1.2.3 without a figure.
    assert!(page.contains(
        "Достигнуто: 4, не достигнуто: 2, невозможно определить: 1. Без данных: 1 показатель."
    ));
}

#[test]
fn absence_is_told_in_words_and_explained() {
    let page = shown();
    assert!(page.contains("<td class=\"number absent\">нет данных</td>"));
    assert!(page.contains("<td class=\"number absent\">не определено</td>"));
    assert!(page.contains("нет таблицы «Федеральный реестр»"));
    assert!(page.contains("знаменатель равен нулю"));
}

#[test]
fn nothing_from_the_inputs_becomes_markup() {
    let page = page("<b onclick=\"x()\">город</b>");
    for raw in ["<script", "<i>лицея", "<службы>", "<b onclick"] {
        assert!(!page.contains(raw), "{raw}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;Б&amp;В&quot;"));
}

#[test]
fn the_page_needs_and_runs_nothing() {
    let page = shown();
    for word in [
        "http:",
        "https:",
        "//",
        "url(",
        "@import",
        "src=",
        "<link",
        "<iframe",
        "javascript",
        "style=\"",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(
        tags(&page)
            .iter()
            .all(|(_, attributes, _)| !attributes.starts_with("on") && !attributes.contains(" on"))
    );
}

#[test]
fn elements_close_in_the_order_in_which_they_open() {
    let page = shown();
    let mut open = Vec::new();
    for (name, _, closes) in tags(&page) {
        if closes {
            assert_eq!(open.pop(), Some(name));
        } else if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty());
}

#[test]
fn the_structure_can_be_read_aloud() {
    let page = shown();
    let tags = tags(&page);
    let opened = |wanted: &str| {
        tags.iter()
            .filter(|(name, _, closes)| *name == wanted && !closes)
            .count()
    };
    assert!(page.contains("<html lang=\"ru\">"));
    assert_eq!(
        [
            opened("h1"),
            opened("main"),
            opened("title") - opened("desc")
        ],
        [1, 1, 1]
    );
    assert!(opened("table") > 10);
    assert_eq!(opened("table"), opened("caption"));
    assert!(
        tags.iter()
            .filter(|(name, _, closes)| *name == "th" && !closes)
            .all(|(_, a, _)| attribute(a, "scope").is_some())
    );
    for chart in page.split("<figure").skip(1) {
        let chart = chart.split("</figure>").next().unwrap();
        for part in [
            "<figcaption>",
            "role=\"img\"",
            "<title id=",
            "<desc id=",
            "<table",
        ] {
            assert!(chart.contains(part), "{part}: {chart}");
        }
    }
    // Headings never skip a level.
    let levels: Vec<u32> = tags
        .iter()
        .filter(|(_, _, closes)| !closes)
        .filter_map(|(name, ..)| name.strip_prefix('h').and_then(|level| level.parse().ok()))
        .collect();
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{levels:?}"
    );
}

#[test]
fn names_of_elements_are_unique_and_all_that_is_pointed_at_is_there() {
    let page = shown();
    let tags = tags(&page);
    let ids: Vec<&str> = tags
        .iter()
        .filter_map(|(_, attributes, _)| attribute(attributes, "id"))
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for (_, attributes, _) in &tags {
        for name in ["aria-labelledby", "aria-describedby"] {
            assert!(
                attribute(attributes, name).is_none_or(|id| unique.contains(id)),
                "{attributes}"
            );
        }
        assert!(
            attribute(attributes, "href")
                .is_none_or(|at| unique.contains(at.trim_start_matches('#')))
        );
    }
}

#[test]
fn small_groups_are_withheld() {
    let page = shown();
    assert!(page.contains("<small>30 из 40</small>"));
    // 0 of 2 is too small, and 1 of 20 would tell it.
    assert!(!page.contains("0 из 2<") && !page.contains("1 из 20<"));
    assert_eq!(page.matches(">скрыто<").count(), 2);
}

#[test]
fn a_line_breaks_where_counting_starts_afresh() {
    let page = shown();
    let lines = |id: &str| {
        let chart = page
            .split(&format!("id=\"dynamics-{id}-title\""))
            .nth(1)
            .unwrap();
        chart
            .split("</svg>")
            .next()
            .unwrap()
            .matches("class=\"course\"")
            .count()
    };
    // Seven quarters: six steps, of which one goes over the New Year.
    assert_eq!(lines("4-1-2-1"), 5);
    // The status holds as of a day: nothing starts afresh.
    assert_eq!(lines("4-1-3-1"), 6);
}

#[test]
fn answers_are_shown_by_meaning() {
    let page = shown();
    // 2 positive, 1 neutral, 1 negative of the 4 given; 1 absent.
    assert!(page.contains("положительных 2, нейтральных 1, отрицательных 1, затруднились 0."));
    assert!(page.contains("<rect class=\"positive\" x=\"0%\" y=\"18\" width=\"50.00%\""));
    assert!(page.contains("<rect class=\"negative\" x=\"75.00%\" y=\"18\" width=\"25.00%\""));
}

#[test]
fn the_same_run_gives_the_same_page() {
    assert_eq!(shown(), shown());
}

#[test]
fn a_page_without_a_municipality_is_headed_by_its_period() {
    assert!(page("").contains("<p class=\"subject\">III квартал 2024 года</p>"));
}

fn colour(name: &str) -> [f64; 3] {
    let written = STYLE.split(&format!("--{name}: #")).nth(1).unwrap();
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&written[at..at + 2], 16).unwrap()) / 255.0)
}

/// Relative luminance and contrast as WCAG 2.2 defines them.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |name: &str| {
        let [red, green, blue] = colour(name).map(|part| {
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn contrasts_meet_wcag_aa() {
    let texts = [
        ("ink", "paper"),
        ("ink", "shade"),
        ("muted", "paper"),
        ("muted", "shade"),
        ("link", "paper"),
        ("met", "met-back"),
        ("missed", "missed-back"),
        ("unknown", "unknown-back"),
        ("met", "paper"),
        ("missed", "paper"),
        ("unknown", "paper"),
        ("paper", "neutral"),
        ("paper", "undecided"),
    ];
    for (text, back) in texts {
        assert!(
            contrast(text, back) >= 4.5,
            "{text} on {back}: {:.2}",
            contrast(text, back)
        );
    }
    for (graphic, back) in [
        ("accent", "paper"),
        ("accent", "shade"),
        ("met", "shade"),
        ("missed", "shade"),
        ("plan", "paper"),
        ("focus", "paper"),
    ] {
        assert!(
            contrast(graphic, back) >= 3.0,
            "{graphic} on {back}: {:.2}",
            contrast(graphic, back)
        );
    }
    // Every colour stands in the list at the top of the style, so that none escapes this test.
    let below = STYLE.split_once("}\n").unwrap().1;
    assert!(!below.contains('#'));
}
