//! «Что заложено.txt»: every fault with its file, its row and the code that `mms check` gives there.

use super::table::{Form, Spot};
use super::town::Town;
use crate::text::plural;

/// The name of the list.
pub const NAME: &str = "Что заложено.txt";

/// The text of the list.
#[must_use]
pub fn text(town: &Town, form: Form, spots: &[Spot]) -> String {
    let faults = spots.len() as u64;
    let mut text = format!(
        "Вымышленное муниципальное образование\n\n\
         Всё здесь придумано программой: люди, организации, СНИЛС, даты. Совпадения случайны.\n\
         Те же файлы даёт команда: mms demo ПАПКА --staff {} --seed {} --format {}\n\
         События расставлены вокруг III квартала 2024 года: mms report ПАПКА --period 2024-Q3\n\n\
         В таблицы нарочно заложено {faults} {}. Команда mms check ПАПКА --period 2024-Q3\n\
         называет каждое кодом, который стоит после номера строки.\n\n",
        town.staff,
        town.seed,
        form.ending(),
        plural(faults, "затруднение", "затруднения", "затруднений"),
    );
    for Spot { file, row, fault } in spots {
        let code = if fault.code.is_empty() {
            "без замечания"
        } else {
            &fault.code
        };
        text.push_str(&format!("{file}, строка {row}: {code} - {}\n", fault.text));
    }
    text
}
