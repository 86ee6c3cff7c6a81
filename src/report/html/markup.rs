//! HTML as it is written: elements that always close, and the one place where texts are escaped.

use std::borrow::Cow;

use crate::people::privacy::Privacy;
use crate::report::guard::turns_writing;

/// Attributes by name. The names are those of this program, the values are escaped.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// A piece of the page.
#[derive(Default)]
pub(super) struct Html {
    out: String,
    /// Whose data no text may hold.
    privacy: Privacy,
}

impl Html {
    /// A page without what is personal in its texts.
    pub(super) fn without(privacy: Privacy) -> Self {
        Self {
            privacy,
            ..Self::default()
        }
    }

    /// The text of the page.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// What no input touches: the type of the document, the style.
    pub(super) fn fixed(&mut self, known: &'static str) {
        self.out.push_str(known);
    }

    /// A text without what is personal, before it is cut into lines.
    pub(super) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.privacy.clean(text)
    }

    /// A text, escaped.
    pub(super) fn text(&mut self, text: &str) {
        escape(&mut self.out, &self.privacy.clean(text));
    }

    /// An element with other elements in it, on a line of its own.
    pub(super) fn node(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(tag, attributes);
        inside(self);
        self.close(tag);
        self.out.push('\n');
    }

    /// An element with a text in it, on a line of its own.
    pub(super) fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.node(tag, attributes, |html| html.text(text));
    }

    /// An element with a text in it, amid other text.
    pub(super) fn span(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close(tag);
    }

    /// An element of HTML that holds nothing and never closes.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.open(tag, attributes);
        self.out.push('\n');
    }

    fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn close(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }
}

/// Writes a text so that it is nothing but text, in an element as in an attribute. Control
/// characters and those that turn the direction of a line are left out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || turns_writing(c) => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn texts_and_attributes_cannot_become_markup() {
        let mut html = Html::default();
        html.leaf(
            "p",
            &[("title", "\"><script>")],
            "<b>МБОУ \"СОШ №1\" & 'К°'\u{202e}\u{0}</b>",
        );
        assert_eq!(
            html.finish(),
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;МБОУ &quot;СОШ №1&quot; &amp; &#39;К°&#39;&lt;/b&gt;</p>\n"
        );
    }
}
