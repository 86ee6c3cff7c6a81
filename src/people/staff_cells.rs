//! What the cells of a staff row mean: organisation, employment, category and position
//! (methodology §1). Each text is read once.

use rustc_hash::FxHashMap;

use super::OrgId;
use super::employment::{self, Caption, Employment};
use super::position::{CategoryCell, PositionCell, PositionClass};
use super::roster::RosterBuilder;
use crate::finding::{Code, Findings, Message};
use crate::intern::Sym;
use crate::registers::record::StaffRow;
use crate::registers::{Dataset, Field, RegisterId};
use crate::source::SheetId;

const STAFF: Option<RegisterId> = Some(RegisterId::Staff);
const W_PART_TIMER: Code = Code("W415");
const W_EMPLOYMENT: Code = Code("W416");
const E_DISMISSED: Code = Code("E425");
const E_POSITION: Code = Code("E601");
const N_COMBINED: Code = Code("N602");
const N_QUALIFICATION: Code = Code("N603");
const W_CATEGORY: Code = Code("W604");
const E_NO_POSITION: Code = Code("E605");

/// What texts of staff cells mean, each read once.
pub(super) struct Cells<'a, 'b> {
    builder: &'a RosterBuilder<'b>,
    organisations: FxHashMap<Sym, Option<OrgId>>,
    employments: FxHashMap<(Sym, Caption), Employment>,
    captions: FxHashMap<SheetId, Caption>,
    positions: FxHashMap<Sym, PositionCell>,
    categories: FxHashMap<Sym, CategoryCell>,
}

impl<'a, 'b> Cells<'a, 'b> {
    pub(super) fn new(builder: &'a RosterBuilder<'b>) -> Self {
        Self {
            builder,
            organisations: FxHashMap::default(),
            employments: FxHashMap::default(),
            captions: FxHashMap::default(),
            positions: FxHashMap::default(),
            categories: FxHashMap::default(),
        }
    }

    pub(super) fn organisation(&mut self, row: &StaffRow) -> Option<OrgId> {
        let Self {
            builder,
            organisations,
            ..
        } = self;
        let text = row.person.organisation;
        *organisations
            .entry(text)
            .or_insert_with(|| builder.directory.of_staff(text))
    }

    pub(super) fn employment(&mut self, row: &StaffRow, findings: &mut Findings) -> Employment {
        let Self {
            builder,
            employments,
            captions,
            ..
        } = self;
        let text = builder.dataset.text(row.employment);
        let caption = *captions
            .entry(row.at.sheet)
            .or_insert_with(|| caption_of(builder.dataset, row.at.sheet));
        let first_time = !employments.contains_key(&(row.employment, caption));
        let known = *employments
            .entry((row.employment, caption))
            .or_insert_with(|| employment::read(text, caption));
        let place = || builder.dataset.place(row.at, Field::Employment);
        match known {
            Employment::BarePartTimer => findings.add(
                W_PART_TIMER,
                STAFF,
                place(),
                format!("«{text}» прочитано как внешнее совместительство"),
            ),
            Employment::Dismissed if row.dismissed.is_empty() => findings.add(
                E_DISMISSED,
                STAFF,
                place(),
                format!("«{text}» без даты увольнения: строка не считается работающей"),
            ),
            Employment::Unknown if first_time => {
                findings.add(
                    W_EMPLOYMENT,
                    STAFF,
                    place(),
                    format!("«{text}» прочитано как основное место работы"),
                );
            }
            _ => {}
        }
        known
    }

    /// Whether the row makes a teacher, a manager (methodology §1, «category of a position»).
    pub(super) fn classes(&mut self, row: &StaffRow, findings: &mut Findings) -> (bool, bool) {
        let builder = self.builder;
        let category_text = builder.dataset.text(row.category);
        let category = *self
            .categories
            .entry(row.category)
            .or_insert_with(|| builder.nomenclature.read_category(category_text));
        let place = |field| builder.dataset.place(row.at, field);
        match category {
            CategoryCell::Names(class) => {
                return (
                    class == PositionClass::Teacher,
                    class == PositionClass::Manager,
                );
            }
            CategoryCell::Qualification => findings.add(
                N_QUALIFICATION,
                STAFF,
                place(Field::Category),
                format!("«{category_text}» — квалификационная категория, решает должность"),
            ),
            CategoryCell::Unknown => findings.add(
                W_CATEGORY,
                STAFF,
                place(Field::Category),
                Message::plain("«")
                    .personal(category_text)
                    .then("» не называет категорию, решает должность"),
            ),
            CategoryCell::Empty => {}
        }
        let text = builder.dataset.text(row.position);
        let cell = self
            .positions
            .entry(row.position)
            .or_insert_with(|| builder.nomenclature.read_cell(text));
        // Of an empty cell E311 was said when the row was read.
        if cell.positions.is_empty() && !text.is_empty() {
            let seen = format!("в ячейке «{text}» нет должности");
            findings.add(E_NO_POSITION, STAFF, place(Field::Position), seen);
        }
        for position in cell
            .positions
            .iter()
            .filter(|position| position.class.is_none())
        {
            let advice = match &position.nearest {
                Some(nearest) => format!("ближайшая известная должность — «{nearest}»"),
                None => String::new(),
            };
            let seen = format!("должность «{}» не найдена в номенклатуре", position.text);
            findings.add_with_advice(E_POSITION, STAFF, place(Field::Position), seen, advice);
        }
        let all = builder.settings.staff.all_positions;
        if cell.positions.len() > 1 {
            let rule = if all {
                "учтены все"
            } else {
                "решает первая"
            };
            findings.add(
                N_COMBINED,
                STAFF,
                place(Field::Position),
                format!("несколько должностей в ячейке «{text}»: {rule}"),
            );
        }
        let counted = if all {
            cell.positions.as_slice()
        } else {
            cell.positions.get(..1).unwrap_or_default()
        };
        let any = |class| counted.iter().any(|position| position.class == Some(class));
        (any(PositionClass::Teacher), any(PositionClass::Manager))
    }
}

/// What the caption over «Вид занятости» asks for.
fn caption_of(dataset: &Dataset, sheet: SheetId) -> Caption {
    let columns = dataset.sheet(sheet).map(|sheet| &sheet.columns);
    let mut columns = columns.into_iter().flatten();
    columns
        .find(|column| column.field == Some(Field::Employment))
        .map_or(Caption::Kind, |column| Caption::of(&column.header))
}
