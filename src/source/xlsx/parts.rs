//! The small parts of an xlsx package: which sheets there are and where, the epoch, the formats.

use std::collections::BTreeMap;
use std::io::Read;

use super::super::formats::NumberKind;
use super::super::xml::{Token, Trouble, Xml};

/// A tag or a text of these parts is never longer.
const LONGEST: usize = 1 << 20;

/// A sheet as the workbook lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Listed {
    /// Its name.
    pub name: String,
    /// Whether it is shown.
    pub visible: bool,
    /// The id of the relation that leads to it.
    pub relation: String,
}

/// The sheets of a workbook, and whether its dates count from 1904.
pub(super) fn workbook(input: &mut dyn Read) -> Result<(Vec<Listed>, bool), Trouble> {
    let mut xml = Xml::new(input, LONGEST);
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Token::End => return Ok((sheets, from_1904)),
            Token::Open(tag) if tag.local() == b"workbookPr" => {
                from_1904 = matches!(tag.attribute(b"date1904"), Some(b"1" | b"true" | b"on"));
            }
            Token::Open(tag) if tag.local() == b"sheet" => {
                if let (Some(name), Some(relation)) = (tag.text(b"name"), tag.text(b"id")) {
                    let visible = matches!(tag.attribute(b"state"), None | Some(b"visible"));
                    sheets.push(Listed {
                        name,
                        visible,
                        relation,
                    });
                }
            }
            _ => {}
        }
    }
}

/// What the number format of each cell style makes of a number.
pub(super) fn styles(input: &mut dyn Read) -> Result<Vec<NumberKind>, Trouble> {
    let mut xml = Xml::new(input, LONGEST);
    let mut codes = BTreeMap::new();
    let mut kinds = Vec::new();
    let mut in_cells = false;
    loop {
        match xml.next()? {
            Token::End => return Ok(kinds),
            Token::Open(tag) => match tag.local() {
                b"numFmt" => {
                    if let (Some(id), Some(code)) =
                        (tag.number(b"numFmtId"), tag.text(b"formatCode"))
                    {
                        codes.insert(id, NumberKind::of_code(&code));
                    }
                }
                b"cellXfs" => in_cells = !tag.empty,
                b"xf" if in_cells => {
                    let id = tag.number(b"numFmtId").unwrap_or(0);
                    let own = codes.get(&id).copied();
                    kinds.push(own.unwrap_or_else(|| NumberKind::builtin(id)));
                }
                _ => {}
            },
            Token::Close(name) if super::super::xml::local(name) == b"cellXfs" => in_cells = false,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_lists_its_sheets() {
        let text = "<x:workbook><x:workbookPr date1904=\"1\"/><x:sheets>\
            <x:sheet name=\"А &amp; Б\" sheetId=\"1\" r:id=\"rId1\"/>\
            <x:sheet name=\"В\" sheetId=\"2\" state=\"veryHidden\" r:id=\"rId2\"/></x:sheets></x:workbook>";
        let (sheets, from_1904) = workbook(&mut text.as_bytes()).unwrap();
        assert!(from_1904);
        assert_eq!(sheets[0].name, "А & Б");
        assert_eq!((sheets[0].visible, sheets[1].visible), (true, false));
        assert_eq!(sheets[1].relation, "rId2");
    }

    #[test]
    fn styles_by_their_formats() {
        let text = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/></numFmts>\
            <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
            <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"><alignment/></xf></cellXfs>\
            <cellStyles><xf numFmtId=\"14\"/></cellStyles></styleSheet>";
        assert_eq!(
            styles(&mut text.as_bytes()).unwrap(),
            [NumberKind::Plain, NumberKind::Date, NumberKind::Percent]
        );
    }
}
