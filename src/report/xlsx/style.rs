//! The formats of the workbook. Everything is told by words, numbers and borders; colour only helps.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use super::NONE;
use super::table::Kind;
use super::width::Type;
use crate::indicators::survey::INTERVAL_DECIMALS;

/// The face of the evidence and all sheets but the official form.
pub(super) const PLAIN: Type = Type::calibri(10.0);
/// The face of the official form.
pub(super) const FORM: Type = Type::times(11.0);

/// Behind headers.
const HEADER_FILL: u32 = 0xDCE6F1;
/// Behind totals and group headings.
const GROUP_FILL: u32 = 0xF2F2F2;
/// Of lines in the evidence.
const LINE: u32 = 0xA6A6A6;
/// Of links.
const LINK: u32 = 0x0B5394;

/// The formats, made once for a workbook.
pub(super) struct Styles {
    pub title: Format,
    pub subtitle: Format,
    pub link: Format,
    pub plain: Format,
    pub indented: Format,
    pub bare_date: Format,
    pub note: Format,
    pub header: Format,
    pub group: Format,
    pub text: Format,
    pub centre: Format,
    pub count: Format,
    /// A count that shows a dash for 0.
    pub dashed: Format,
    pub share: Format,
    pub interval: Format,
    pub one: Format,
    pub date: Format,
    pub total_text: Format,
    pub total_count: Format,
    pub total_share: Format,
    pub form: FormStyles,
}

/// The formats of «Показатели».
pub(super) struct FormStyles {
    pub title: Format,
    pub line: Format,
    pub small: Format,
    pub header: Format,
    pub number: Format,
    pub group: Format,
    pub text: Format,
    pub indent: Format,
    pub rule: Format,
    pub centre: Format,
    pub strong: Format,
    pub count: Format,
    pub sign: Format,
    pub under: Format,
    pub caption: Format,
}

/// The number format of so many digits after the point.
pub(super) fn decimals(digits: u32) -> String {
    match digits {
        0 => "0".to_owned(),
        digits => format!("0.{}", "0".repeat(digits as usize)),
    }
}

impl Styles {
    pub(super) fn new(digits: u32) -> Self {
        let base = Format::new().set_font_name("Calibri").set_font_size(10);
        let cell = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE))
            .set_align(FormatAlign::Top);
        let total = cell
            .clone()
            .set_bold()
            .set_background_color(Color::RGB(GROUP_FILL));
        // Away from the text of the next cell.
        let number = cell.clone().set_align(FormatAlign::Right).set_indent(1);
        let share = decimals(digits);
        Self {
            title: base.clone().set_bold().set_font_size(14),
            subtitle: base.clone().set_align(FormatAlign::Top).set_text_wrap(),
            link: base
                .clone()
                .set_font_color(Color::RGB(LINK))
                .set_underline(FormatUnderline::Single),
            plain: base.clone(),
            indented: cell.clone().set_text_wrap().set_indent(1),
            bare_date: base.clone().set_num_format("dd.mm.yyyy"),
            note: base
                .clone()
                .set_italic()
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            header: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(HEADER_FILL)),
            group: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(GROUP_FILL)),
            text: cell.clone().set_text_wrap(),
            centre: cell.clone().set_align(FormatAlign::Center),
            count: number.clone().set_num_format("#,##0"),
            dashed: number
                .clone()
                .set_num_format(format!("#,##0;-#,##0;\"{NONE}\"")),
            share: number.clone().set_num_format(&share),
            interval: number.clone().set_num_format(decimals(INTERVAL_DECIMALS)),
            one: number.set_num_format("0.0"),
            date: cell
                .clone()
                .set_num_format("dd.mm.yyyy")
                .set_align(FormatAlign::Center),
            total_text: total.clone().set_text_wrap(),
            total_count: total
                .clone()
                .set_align(FormatAlign::Right)
                .set_indent(1)
                .set_num_format("#,##0"),
            total_share: total
                .set_align(FormatAlign::Right)
                .set_indent(1)
                .set_num_format(&share),
            form: FormStyles::new(),
        }
    }
}

impl Styles {
    /// The formats of evidence and its sheets, all that a sheet which [streams] may use.
    ///
    /// [streams]: super::page::Page::streams
    pub(super) fn all(&self) -> impl Iterator<Item = &Format> {
        [
            &self.title,
            &self.subtitle,
            &self.link,
            &self.plain,
            &self.indented,
            &self.bare_date,
            &self.note,
            &self.header,
            &self.group,
            &self.text,
            &self.centre,
            &self.count,
            &self.dashed,
            &self.share,
            &self.interval,
            &self.one,
            &self.date,
            &self.total_text,
            &self.total_count,
            &self.total_share,
        ]
        .into_iter()
    }

    /// The format of a cell in a table.
    pub(super) fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Text => &self.text,
            Kind::Code | Kind::Mark => &self.centre,
            Kind::Count => &self.count,
            Kind::Date => &self.date,
        }
    }

    /// The format of a cell in a plain range.
    pub(super) fn bare(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Date => &self.bare_date,
            Kind::Text | Kind::Code | Kind::Mark | Kind::Count => &self.plain,
        }
    }
}

impl FormStyles {
    fn new() -> Self {
        let base = Format::new()
            .set_font_name("Times New Roman")
            .set_font_size(11);
        let cell = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter);
        let centre = cell.clone().set_align(FormatAlign::Center).set_text_wrap();
        Self {
            title: base
                .clone()
                .set_bold()
                .set_font_size(14)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            line: base
                .clone()
                .set_font_size(12)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            small: base
                .clone()
                .set_font_size(9)
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            header: centre
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(GROUP_FILL)),
            number: centre.clone().set_font_size(9),
            group: cell
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(GROUP_FILL)),
            text: cell.clone().set_text_wrap(),
            indent: cell.clone().set_text_wrap().set_indent(2),
            rule: cell.clone().set_text_wrap().set_font_size(9.5),
            centre: centre.clone(),
            strong: centre.clone().set_bold(),
            count: centre.set_num_format("#,##0"),
            sign: base.clone().set_align(FormatAlign::Bottom).set_text_wrap(),
            under: base
                .clone()
                .set_border_bottom(FormatBorder::Thin)
                .set_align(FormatAlign::Bottom)
                .set_align(FormatAlign::Center)
                .set_text_wrap(),
            caption: base
                .set_font_size(8)
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Center),
        }
    }
}
