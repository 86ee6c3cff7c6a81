//! Tables of the page: a caption, heads with their scope, and a container of its own in which a
//! wide table scrolls on a narrow screen.

use super::markup::{Attributes, Html};

/// A table in its scrolling container. `id` names its caption.
pub(super) fn table(
    html: &mut Html,
    id: &str,
    class: &str,
    caption: &str,
    inside: impl FnOnce(&mut Html),
) {
    let scroll: Attributes<'_> = &[
        ("class", "scroll"),
        ("role", "region"),
        ("tabindex", "0"),
        ("aria-labelledby", id),
    ];
    html.node("div", scroll, |html| {
        html.node("table", &[("class", class)], |html| {
            html.node("caption", &[("id", id)], |html| {
                html.span("span", &[("class", "pinned")], caption)
            });
            inside(html);
        });
    });
}

/// The row of the heads of columns.
pub(super) fn heads(html: &mut Html, titles: &[&str]) {
    html.node("thead", &[], |html| {
        html.node("tr", &[], |html| {
            for title in titles {
                html.leaf("th", &[("scope", "col")], title);
            }
        });
    });
}

/// The head of a row.
pub(super) fn row_head(html: &mut Html, text: &str) {
    html.leaf("th", &[("scope", "row")], text);
}

/// A cell with a number.
pub(super) fn number(html: &mut Html, text: &str) {
    html.leaf("td", &[("class", "number")], text);
}
