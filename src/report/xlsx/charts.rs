//! «Графики» and the native charts of other sheets. Series differ by pattern, dash and marker, so
//! that a black-and-white print tells them apart.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartPatternFill, ChartPatternFillType,
    ChartSolidFill, ChartType, ColNum, RowNum, XlsxError,
};

use super::CHARTS;
use super::indicators::Places;
use super::layouts::rows;
use super::page::{Fit, Page, Stored};
use super::style;
use crate::indicators::catalogue::Unit;
use crate::indicators::figure::Status;
use crate::report::model::{Line, ReportModel};
use crate::target::Target;

const TOP: RowNum = 4;

const COLOURS: [u32; 6] = [0x1F4E79, 0xC55A11, 0x548235, 0x7030A0, 0x806000, 0x404040];
const DASHES: [ChartLineDashType; 6] = [
    ChartLineDashType::Solid,
    ChartLineDashType::Dash,
    ChartLineDashType::RoundDot,
    ChartLineDashType::DashDot,
    ChartLineDashType::LongDash,
    ChartLineDashType::SquareDot,
];
const MARKERS: [ChartMarkerType; 6] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Square,
    ChartMarkerType::Triangle,
    ChartMarkerType::Diamond,
    ChartMarkerType::X,
    ChartMarkerType::Star,
];

fn pick<T: Copy>(from: [T; 6], place: usize) -> T {
    let [first, ..] = from;
    from.get(place % 6).copied().unwrap_or(first)
}

fn font(size: f64) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(size);
    font
}

/// Line charts over the columns of a header row.
pub(super) fn lines(
    sheet: &str,
    title: &str,
    rows: &[RowNum],
    (header, first, last): (RowNum, ColNum, ColNum),
    digits: u32,
) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    for (place, &row) in rows.iter().enumerate() {
        let mut line = ChartLine::new();
        line.set_color(pick(COLOURS, place))
            .set_width(2)
            .set_dash_type(pick(DASHES, place));
        let mut marker = ChartMarker::new();
        marker.set_type(pick(MARKERS, place)).set_size(7);
        chart
            .add_series()
            .set_name((sheet, row, 1))
            .set_categories((sheet, header, first, header, last))
            .set_values((sheet, row, first, row, last))
            .set_format(ChartFormat::new().set_line(&line))
            .set_marker(&marker);
    }
    chart
        .title()
        .set_name(title)
        .set_font(font(12.0).set_bold());
    chart.x_axis().set_font(&font(9.0));
    chart
        .y_axis()
        .set_min(0)
        .set_num_format(style::decimals(digits))
        .set_font(&font(9.0));
    chart
        .legend()
        .set_position(ChartLegendPosition::Bottom)
        .set_font(&font(9.0));
    chart.set_width(545).set_height(360);
    chart.set_alt_text(format!(
        "{title}: линии по кварталам; числа – в таблице «Значения» этого листа"
    ));
    chart
}

fn fill(place: usize) -> ChartFormat {
    let colour = pick(COLOURS, place);
    let mut format = ChartFormat::new();
    let mut border = ChartLine::new();
    border.set_color(colour).set_width(0.75);
    format.set_border(&border);
    let pattern = match place {
        0 => {
            format.set_solid_fill(ChartSolidFill::new().set_color(colour));
            return format;
        }
        1 => ChartPatternFillType::DiagonalStripesWideUpwards,
        2 => ChartPatternFillType::LargeGrid,
        _ => ChartPatternFillType::Dotted20Percent,
    };
    format.set_pattern_fill(
        ChartPatternFill::new()
            .set_pattern(pattern)
            .set_foreground_color(colour)
            .set_background_color(0xFFFFFF),
    );
    format
}

/// The distribution of answers: one bar of 100 % for each question.
pub(super) fn distribution(
    sheet: &str,
    (first, last): (RowNum, RowNum),
    header: RowNum,
    meanings: &[&str],
) -> Chart {
    let mut chart = Chart::new(ChartType::BarPercentStacked);
    for (place, column) in (0..meanings.len()).zip(3..) {
        chart
            .add_series()
            .set_name((sheet, header, column))
            .set_categories((sheet, first, 1, last, 1))
            .set_values((sheet, first, column, last, column))
            .set_format(&mut fill(place))
            .set_gap(60);
    }
    let title = "Распределение ответов по вопросам";
    chart
        .title()
        .set_name(title)
        .set_font(font(12.0).set_bold());
    // Of a bar chart the vertical axis holds the categories.
    chart.y_axis().set_reverse().set_font(&font(9.0));
    chart.x_axis().set_num_format("0%").set_font(&font(9.0));
    chart
        .legend()
        .set_position(ChartLegendPosition::Bottom)
        .set_font(&font(9.0));
    chart.set_width(1150).set_height(340);
    chart.set_alt_text(format!(
        "{title}: {}; числа – в таблице «По вопросам»",
        meanings.join(", ")
    ));
    chart
}

/// Whether a figure is a share that can be drawn.
fn drawn(line: &Line) -> bool {
    line.unit == Unit::Percent && line.status == Status::Ok
}

/// Writes «Графики»: fact against plan.
pub(super) fn write(
    page: &mut Page<'_>,
    model: &ReportModel,
    places: &Places,
) -> Result<(), XlsxError> {
    let styles = page.styles;
    page.widths(&[10.0, 74.0, 14.0, 14.0])?;
    page.head(
        "Факт и план",
        "Показатели-доли в процентах. Числа – ссылки на лист «Показатели»; у показателя без плана и с планом-диапазоном видна одна полоса.",
        (0, 3),
        112.0,
    )?;
    for (column, word) in (0..).zip(["№ п/п", "Показатель", "Факт, %", "План, %"])
    {
        page.text(TOP, column, word, &styles.header)?;
    }
    let lines: Vec<&Line> = model.lines.iter().filter(|line| drawn(line)).collect();
    for (row, line) in (TOP + 1..).zip(&lines) {
        page.text(row, 0, &line.id, &styles.centre)?;
        page.text(row, 1, &line.short, &styles.text)?;
        let value = line.value.clone().unwrap_or_default();
        if let Some(cell) = places.fact(model, &line.id) {
            page.formula(row, 2, &cell, &Stored::Number(value), &styles.share)?;
        }
        let target = line.plan.as_ref().map(|plan| &plan.target);
        match (target, places.plan(model, &line.id)) {
            (Some(Target::AtLeast(_, written) | Target::AtMost(_, written)), Some(cell)) => {
                let number = written.trim_start_matches("<= ").replace(',', ".");
                let places = number.split_once('.').map_or(0, |(_, part)| part.len());
                let format = styles
                    .share
                    .clone()
                    .set_num_format(style::decimals(rows(places)));
                page.formula(row, 3, &cell, &Stored::Number(number), &format)?;
            }
            _ => page.text(row, 3, "", &styles.share)?,
        }
    }
    let mut end = TOP + 1 + rows(lines.len());
    if lines.is_empty() {
        page.across(
            end,
            (0, 3),
            "Нет ни одной посчитанной доли.",
            &styles.subtitle,
        )?;
        end += 1;
    } else {
        page.sheet
            .insert_chart(end + 1, 0, &against_plan(model, end - 1))?;
    }
    let left_out: Vec<String> = model
        .lines
        .iter()
        .filter(|line| line.unit == Unit::Percent && !drawn(line))
        .map(|line| format!("{} {}", line.id, line.short))
        .collect();
    if !left_out.is_empty() {
        let text = format!("Без значения: {}.", left_out.join("; "));
        page.across(end, (0, 3), &text, &styles.note)?;
        page.fit(end, style::PLAIN, [(text.as_str(), 112.0)])?;
    }
    page.print(&model.print_heading(), Fit::Scale(82));
    Ok(())
}

fn against_plan(model: &ReportModel, last: RowNum) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    for (place, column) in [(0, 2), (1, 3)] {
        let mut label = ChartDataLabel::new();
        label
            .show_value()
            .set_num_format(style::decimals(model.decimals))
            .set_font(&font(8.0));
        chart
            .add_series()
            .set_name((CHARTS, TOP, column))
            .set_categories((CHARTS, TOP + 1, 1, last, 1))
            .set_values((CHARTS, TOP + 1, column, last, column))
            .set_format(&mut fill(place))
            .set_data_label(&label)
            .set_gap(60);
    }
    let title = "Факт и план, %";
    chart
        .title()
        .set_name(title)
        .set_font(font(12.0).set_bold());
    chart.y_axis().set_reverse().set_font(&font(9.0));
    chart
        .x_axis()
        .set_min(0)
        .set_max(100)
        .set_num_format("0")
        .set_font(&font(9.0));
    chart
        .legend()
        .set_position(ChartLegendPosition::Bottom)
        .set_font(&font(9.0));
    chart.set_width(815).set_height(430);
    chart.set_alt_text("Полосы факта (сплошная) и плана (штриховка) по показателям-долям; числа – в таблице над графиком");
    chart
}
