//! Facts of documents, from XML as programs write it.

use std::path::Path;

use super::*;
use crate::settings::Limits;

fn read(tables: &str) -> Result<Document, Failure> {
    let bounds = Bounds::new(Path::new("a.ods"), "", &Limits::default());
    let text = format!("<office:document-content>{tables}</office:document-content>");
    document(&mut text.as_bytes(), &bounds, 1 << 30)
}

fn marks(rows: &str) -> Vec<(u32, u32, What)> {
    let text = format!("<table:table table:name='А'>{rows}</table:table>");
    let facts = read(&text).unwrap().tables.remove(0);
    let marks = facts.marks.into_iter();
    marks
        .map(|mark| (mark.row, mark.column, mark.what))
        .collect()
}

#[test]
fn what_calamine_does_not_tell_of_cells() {
    assert_eq!(
        marks(
            "<table:table-row table:number-rows-repeated='3'><table:table-cell/></table:table-row>\
             <table:table-row>\
             <table:table-cell office:value-type='percentage' office:value='0.5'><text:p>50%</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated='2'/>\
             <table:table-cell table:formula='of:=1/0' office:value-type='string' office:string-value='' calcext:value-type='error'><text:p>#ДЕЛ/0!</text:p></table:table-cell>\
             <table:table-cell table:formula='of:=[.A1]'/>\
             <table:table-cell table:formula='of:=&quot;&quot;'><text:p/></table:table-cell>\
             <table:covered-table-cell office:value-type='float' office:value='1'/>\
             <table:covered-table-cell/></table:table-row>"
        ),
        [
            (3, 0, What::Percent),
            (3, 3, What::ErrorText),
            (3, 4, What::Uncalculated),
            (3, 6, What::Covered),
        ]
    );
}

#[test]
fn what_is_written_once_and_stands_many_times() {
    assert_eq!(
        marks(
            "<table:table-header-rows><table:table-row table:number-rows-repeated='2'>\
             <table:table-cell/><table:table-cell table:number-columns-repeated='2' office:value-type='percentage' office:value='7'/>\
             </table:table-row></table:table-header-rows>"
        ),
        [(0, 1), (0, 2), (1, 1), (1, 2)].map(|(row, column)| (row, column, What::Percent))
    );
    // 20,000 rows of 16,384 numbers.
    let document = read(
        "<table:table table:name='А'><table:table-row table:number-rows-repeated='20000'>\
         <table:table-cell table:number-columns-repeated='16384' office:value-type='percentage' office:value='7'/>\
         </table:table-row></table:table>",
    );
    assert!(document.unwrap().memory > 1 << 30);
}

#[test]
fn merged_cells_and_hidden_rows() {
    let value = "<table:table-cell office:value-type='float' office:value='1'/>";
    let document = read(&format!(
        "<table:null-date table:date-value='1904-01-01'/><table:table table:name='А'>\
         <table:table-row table:visibility='filter' table:number-rows-repeated='2'>{value}</table:table-row>\
         <table:table-row table:visibility='collapse'><table:table-cell/></table:table-row>\
         <table:table-row>{value}<table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='3'/></table:table-row>\
         </table:table>"
    ))
    .unwrap();
    assert!(document.from_1904);
    let facts = document.tables.first().unwrap();
    assert_eq!(facts.hidden_rows, 2);
    let merge = Merge {
        top: 3,
        left: 1,
        bottom: 5,
        right: 2,
    };
    assert_eq!(facts.merges, [merge]);
}

#[test]
fn a_document_that_would_harm_calamine() {
    let cut = "<a><table:table table:name='А'><table:table-row>";
    let bounds = Bounds::new(Path::new("a.ods"), "", &Limits::default());
    assert!(document(&mut cut.as_bytes(), &bounds, 1 << 30).is_err());
    let cell = |inside: &str| {
        read(&format!(
            "<table:table table:name='А'><table:table-row><table:table-cell office:value-type='string'>\
             <text:p>{inside}</text:p></table:table-cell></table:table-row></table:table>"
        ))
    };
    assert!(cell("<text:s text:c='3'/>").is_ok());
    assert!(cell("<text:s text:c='4000000000'/>").is_err());
    let message = cell(&"x".repeat(2 * bounds.longest())).err().unwrap();
    assert!(message.to_string().contains("cell_length"), "{message}");
}
