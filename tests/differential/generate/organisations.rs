//! The organisations of a town and the sheet «Организации».

use super::Builder;
use crate::towns::dice::Dice;
use crate::towns::spelling::{self, blank, cell};
use crate::towns::town::{Cell, Means, Organisation, Register};

/// One to eight organisations of different kinds; «города Кузнецка» only where the settings name it.
pub fn all(dice: &mut Dice, municipality: bool) -> Vec<Organisation> {
    let mut kinds: Vec<(usize, u32)> = Vec::new();
    for _ in 0..1 + dice.below(8) {
        // Schools and kindergartens are the most.
        let kind = [0, 1, 2, 3, 4, 5, ONLY, 0, 3][dice.below(9)];
        let kind = (
            kind,
            if kind == ONLY {
                1
            } else {
                dice.between(1, 3) as u32
            },
        );
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let alone = |number: u32| {
        kinds
            .iter()
            .filter(|&&(kind, own)| own == number && kind != ONLY)
            .count()
            == 1
    };
    kinds
        .iter()
        .map(|&(kind, number)| {
            let mut organisation = of_kind(kind, number);
            if municipality && kind != ONLY {
                let further: Vec<String> = organisation
                    .spellings
                    .iter()
                    .take(2)
                    .flat_map(|spelling| {
                        [
                            format!("{spelling} города Кузнецка"),
                            format!("{spelling} г. Кузнецка"),
                        ]
                    })
                    .collect();
                organisation.spellings.extend(further);
            }
            organisation.short = organisation.short.filter(|_| alone(number));
            organisation
        })
        .collect()
}

/// The kind of which a town has one at most.
const ONLY: usize = 6;

fn of_kind(kind: usize, n: u32) -> Organisation {
    let (spellings, short, school): (Vec<String>, Option<String>, bool) = match kind {
        0 => (
            vec![
                format!("МБОУ СОШ №{n}"),
                format!("МБОУ СОШ № {n}"),
                format!("МБОУ «СОШ №{n}»"),
                format!("МБОУ \"СОШ № {n}\""),
                format!("МАОУ СОШ №{n}"),
                format!("мбоу сош №{n}"),
                format!("СОШ № {n}"),
                format!("МБОУ «СОШ №{n} имени А. С. Пушкина»"),
                format!("МБОУ средняя общеобразовательная школа №{n}"),
                format!(
                    "муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа № {n}"
                ),
            ],
            Some(format!("школа №{n}")),
            true,
        ),
        1 => (
            vec![
                format!("МБОУ гимназия №{n}"),
                format!("МБОУ «Гимназия №{n}»"),
                format!("МАОУ Гимназия № {n}"),
                format!("гимназия №{n}"),
                format!("Муниципальное бюджетное общеобразовательное учреждение «Гимназия № {n}»"),
            ],
            None,
            true,
        ),
        2 => (
            vec![format!("МБОУ лицей №{n}"), format!("МБОУ «Лицей № {n}»"), format!("ЛИЦЕЙ №{n}")],
            None,
            true,
        ),
        3 => (
            vec![
                format!("МБДОУ детский сад №{n}"),
                format!("МБДОУ д/с №{n}"),
                format!("МБДОУ ДС №{n}"),
                format!("МДОУ д/с № {n} «Теремок»"),
                format!("МБДОУ детский сад комбинированного вида №{n} «Теремок»"),
                format!("муниципальное бюджетное дошкольное образовательное учреждение детский сад № {n}"),
            ],
            None,
            false,
        ),
        4 => (
            vec![format!("МБУ ДО СШ №{n}"), format!("МБУДО СШ № {n}"), format!("МБУ ДО «СШ №{n}»")],
            None,
            false,
        ),
        5 => (
            vec![
                format!("МБОУ ООШ №{n}"),
                format!("МБОУ «ООШ № {n}»"),
                format!("МБОУ основная общеобразовательная школа №{n}"),
            ],
            None,
            true,
        ),
        _ => (
            vec![
                "МБУ ДО «Дом детского творчества»".to_owned(),
                "МБУДО Дом детского творчества".to_owned(),
                "МБУ ДО \"Дом детского творчества\"".to_owned(),
                "муниципальное бюджетное учреждение дополнительного образования «Дом детского творчества»".to_owned(),
            ],
            None,
            false,
        ),
    };
    Organisation {
        spellings,
        further: Vec::new(),
        short,
        school,
    }
}

impl Builder {
    /// The sheet «Организации»: each one once, one of them perhaps twice or not at all.
    pub fn organisations_table(&mut self) {
        if self.dice.chance(15) {
            return;
        }
        let others = [
            ("Тип", 70),
            ("Целевая модель наставничества", 80),
            ("Дата включения", 60),
            ("Другие названия", 30),
            ("Дата открытия", 30),
            ("Дата закрытия", 30),
        ];
        let columns = self.columns(Register::Organizations, &others);
        let mut listed: Vec<usize> = (0..self.organisations.len()).collect();
        self.dice.shuffle(&mut listed);
        if self.dice.chance(15) {
            listed.pop();
        }
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for &place in &listed {
            rows.push(
                columns
                    .iter()
                    .map(|column| self.organisation_cell(column, place))
                    .collect(),
            );
        }
        if let Some(twice) = rows.first().cloned().filter(|_| self.dice.chance(15)) {
            let mut twice = twice;
            let model = columns
                .iter()
                .position(|column| column == "Целевая модель наставничества");
            if let Some(model) = model.filter(|_| self.dice.chance(60)) {
                twice[model] = self.yes_no(50);
            }
            rows.push(twice);
        }
        if self.dice.chance(15) {
            let place = self.dice.below(self.organisations.len());
            let mut branch: Vec<Cell> = columns
                .iter()
                .map(|column| self.organisation_cell(column, place))
                .collect();
            if let Some(own) = columns.iter().position(|column| column == "Организация")
            {
                branch[own] = cell(
                    format!("Филиал {}", self.organisations[place].spellings[0]),
                    Means::Branch(place),
                );
            }
            for (column, cell) in columns.iter().zip(&mut branch) {
                if column == "Другие названия" {
                    *cell = blank();
                }
            }
            rows.push(branch);
        }
        self.table(Register::Organizations, columns, 0, |_, _| blank());
        if let Some(table) = self.tables.last_mut() {
            table.rows = rows;
        }
        self.further_names();
    }

    fn organisation_cell(&mut self, column: &str, place: usize) -> Cell {
        match column {
            "Организация" => cell(
                self.organisations[place].spellings[0].as_str(),
                Means::Organisation(place),
            ),
            "Тип" => match (self.organisations[place].school, self.dice.below(5)) {
                (_, 0) => blank(),
                (_, 1) => cell("ОО", Means::Nothing),
                (true, 2) => cell("СОШ", Means::School(true)),
                (true, _) => cell(
                    *self
                        .dice
                        .pick(&["общеобразовательная", "Общеобразовательная"]),
                    Means::School(true),
                ),
                (false, 2) => cell("дошкольная", Means::School(false)),
                (false, _) => cell("дополнительного образования", Means::School(false)),
            },
            "Целевая модель наставничества" => {
                match self.dice.below(5) {
                    0 => {
                        let forms = [
                            "педагог – педагог",
                            "ученик – ученик",
                            "Р-145",
                            "АЗ-1128/08",
                            "приказ № 15",
                        ];
                        cell(*self.dice.pick(&forms), Means::Yes)
                    }
                    _ => self.yes_no(55),
                }
            }
            "Дата включения" => self.date(30),
            "Другие названия" => blank(),
            _ => match self.dice.chance(70) {
                true => spelling::empty_value(&mut self.dice),
                false => {
                    let day = self.day();
                    self.written(day)
                }
            },
        }
    }

    /// Names that stand in «Другие названия» alone; records may use them from now on.
    fn further_names(&mut self) {
        let Some(table) = self
            .tables
            .last_mut()
            .filter(|table| table.has("Другие названия"))
        else {
            return;
        };
        let (own, others) = (
            table
                .columns
                .iter()
                .position(|column| column == "Организация"),
            table
                .columns
                .iter()
                .position(|column| column == "Другие названия"),
        );
        let (Some(own), Some(others)) = (own, others) else {
            return;
        };
        let mut given: Vec<usize> = Vec::new();
        for row in &mut table.rows {
            let Means::Organisation(place) = row[own].means else {
                continue;
            };
            if given.contains(&place) || !self.dice.chance(60) {
                continue;
            }
            given.push(place);
            let names = [
                format!("Пристань {}", ["Альфа", "Бета", "Вега"][place % 3]),
                format!("Кампус «{place}-й»"),
            ];
            let parting = *self.dice.pick(&["; ", " | ", "\n"]);
            row[others].text = names.join(parting);
            if place < 3 {
                self.organisations[place].further.extend(names);
            } else {
                row[others].text.clone_from(&names[1]);
                self.organisations[place].further.push(names[1].clone());
            }
        }
    }
}
