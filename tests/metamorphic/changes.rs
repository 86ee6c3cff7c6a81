//! Changes of a town that change no figure (methodology §6, 2 and §3).

use crate::towns::dice::Dice;
use crate::towns::spelling::{blank, cell};
use crate::towns::town::{Cell, Means, Register, Table, Town};

/// Whether a row of the table leans on the one above it: an empty «ФИО методиста».
fn leans(table: &Table, row: &[Cell]) -> bool {
    table.register == Register::Assignments && *table.cell(row, "ФИО методиста") == Means::Nothing
}

/// The rows of every table that leans on no row above, in another order.
pub fn shuffled_rows(town: &Town, dice: &mut Dice) -> Town {
    let mut town = town.clone();
    for table in &mut town.tables {
        if !table.rows.iter().any(|row| leans(table, row)) {
            dice.shuffle(&mut table.rows);
        }
    }
    town
}

/// The columns of every table in another order.
pub fn shuffled_columns(town: &Town, dice: &mut Dice) -> Town {
    let mut town = town.clone();
    for table in &mut town.tables {
        let mut order: Vec<usize> = (0..table.columns.len()).collect();
        dice.shuffle(&mut order);
        table.columns = order
            .iter()
            .map(|&place| table.columns[place].clone())
            .collect();
        for row in &mut table.rows {
            *row = order.iter().map(|&place| row[place].clone()).collect();
        }
    }
    town
}

/// The tables in another order, so that files of one register change places.
pub fn shuffled_tables(town: &Town, dice: &mut Dice) -> Town {
    let mut town = town.clone();
    dice.shuffle(&mut town.tables);
    town
}

/// Every table over one to three, each with the header. Read backwards: several tables joined.
pub fn split(town: &Town, dice: &mut Dice) -> Town {
    let mut town = town.clone();
    let tables = std::mem::take(&mut town.tables);
    for table in tables {
        let without_rows = || Table {
            rows: Vec::new(),
            ..table.clone()
        };
        let mut parts = vec![without_rows()];
        for row in &table.rows {
            let begun = parts.last().is_some_and(|part| !part.rows.is_empty());
            if begun && !leans(&table, row) && parts.len() < 3 && dice.chance(30) {
                parts.push(without_rows());
            }
            if let Some(part) = parts.last_mut() {
                part.rows.push(row.clone());
            }
        }
        town.tables.extend(parts);
    }
    town
}

/// Every record twice; answers of a survey are no records of the same thing.
pub fn doubled(town: &Town, _: &mut Dice) -> Town {
    let mut town = town.clone();
    for table in town
        .tables
        .iter_mut()
        .filter(|table| table.register != Register::Survey)
    {
        let rows = std::mem::take(&mut table.rows);
        // Right below itself, so that what leans on a row above leans on the same.
        table.rows = rows
            .into_iter()
            .flat_map(|row| [row.clone(), row])
            .collect();
    }
    town
}

/// A cook who left long ago, and records of people of whom no staff table knows.
pub fn with_strangers(town: &Town, dice: &mut Dice) -> Town {
    let own = |table: &&Table| table.register == Register::Organizations;
    let rows = town
        .tables
        .iter()
        .filter(own)
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)));
    let listed: Vec<Means> = rows
        .map(|(table, row)| table.cell(row, "Организация").clone())
        .collect();
    let mut town = town.clone();
    for table in &mut town.tables {
        let Some(mut row) = table.rows.first().cloned() else {
            continue;
        };
        let name = table
            .columns
            .iter()
            .position(|column| column == "ФИО" || column == "ФИО педагога");
        let Some(name) = name.filter(|_| !table.three_names) else {
            continue;
        };
        let staff = table.register == Register::Staff;
        // Where the sheet «Организации» does not name it, an organisation has its commonest spelling.
        let home = table.cell(&row, "Организация").clone();
        if staff && (!table.has("Дата увольнения") || !listed.contains(&home)) {
            continue;
        }
        for (column, own) in table.columns.iter().zip(&mut row) {
            match column.as_str() {
                "Должность" => *own = cell("повар", Means::Remark),
                "Дата увольнения" => *own = cell("31.12.2001", Means::Remark),
                "СНИЛС"
                | "Дата рождения"
                | "Управленческая команда"
                | "Категория"
                | "Закреплён за методистом"
                | "Региональный методист" => *own = blank(),
                "Организация" if !staff => *own = blank(),
                _ => {}
            }
        }
        row[name] = cell("Посторонняя Зинаида Львовна", Means::Remark);
        let last = table.rows.len();
        // What leans on the row above keeps it.
        let first = dice.chance(50) && !leans(table, &row);
        table.rows.insert(if first { 0 } else { last }, row);
    }
    town
}
