"""The fourteen figures from clean workbooks with polars, fastexcel and xlsxwriter, as an analyst would.

    python polars_fastexcel.py FOLDER REPORT.xlsx

Prints the figures as JSON; the report has them and one row for each teacher and manager.
"""

import sys
from pathlib import Path

import polars as pl
import xlsxwriter

import meanings as m

FROM, TO = m.FROM, m.TO
YEARS_35, YEARS_3 = TO.replace(year=TO.year - 35), TO.replace(year=TO.year - 3)


def table(folder, name, dates=()):
    """One register, with the number of each row in its sheet."""
    frame = pl.read_excel(folder / f"{name}.xlsx", engine="calamine", infer_schema_length=None)
    return frame.with_columns(pl.col(dates).cast(pl.Date)).with_row_index("строка", offset=2)


def within(date):
    return date.is_between(FROM, TO)


def overlaps(start, end):
    return (start <= TO) & (end.is_null() | (end >= FROM))


def as_of(start, end):
    return (start.is_null() | (start <= TO)) & (end.is_null() | (end > TO))


def main(folder, report):
    col = pl.col
    staff = table(
        folder,
        "Сотрудники",
        ["Дата рождения", "Дата приёма", "Дата увольнения", "Дата начала педагогической деятельности"],
    )
    name_key = col("ФИО") + "|" + col("Организация")
    staff = staff.with_columns(ключ=pl.coalesce(col("СНИЛС"), name_key), имя=name_key)
    by_snils = staff.filter(col("СНИЛС").is_not_null()).unique("СНИЛС").select("СНИЛС", по_снилс="ключ")
    by_name = staff.unique("имя").select("имя", по_имени="ключ")

    def linked(frame):
        frame = frame.with_columns(имя=name_key)
        frame = frame.join(by_snils, on="СНИЛС", how="left", maintain_order="left")
        frame = frame.join(by_name, on="имя", how="left", maintain_order="left")
        return frame.with_columns(ключ=pl.coalesce("по_снилс", "по_имени"))

    employed = staff.filter(
        as_of(col("Дата приёма"), col("Дата увольнения")), ~col("Вид занятости").is_in(m.EXTERNAL)
    )

    def holding(positions):
        people = employed.filter(col("Должность").is_in(positions))
        return people.unique("ключ", keep="first", maintain_order=True)

    teachers, managers = holding(m.TEACHERS), holding(m.MANAGERS)

    def rows(records, people, *conditions):
        records = records.filter(*conditions).join(people, on="ключ", how="semi", maintain_order="left")
        return records.unique("ключ", keep="first", maintain_order=True).select("ключ", "строка")

    counted = {}  # figure → key and row of the record that decided

    diagnostics = linked(table(folder, "Диагностика", ["Дата диагностики"]))
    taken = within(col("Дата диагностики")) & (col("Статус").is_null() | ~col("Статус").is_in(m.NOT_TAKEN))
    counted["4.1.2.1"] = rows(diagnostics, teachers, taken)
    counted["4.1.2.2"] = rows(diagnostics, managers, taken)

    courses = linked(table(folder, "Курсы", ["Дата начала", "Дата окончания", "Дата выдачи удостоверения"]))
    registry = table(folder, "Федеральный реестр")
    start, end = col("Дата начала"), col("Дата окончания")
    completed = within(pl.coalesce(end, col("Дата выдачи удостоверения"))) & ~col("Статус").is_in(m.COURSE_NOT_DONE)
    listed = col("В Федеральном реестре")
    by_number = col("Номер программы").is_in(registry["Номер программы"].implode())
    in_registry = (listed == "да") | (listed.is_null() & by_number)
    chosen = col("Подобрана по диагностике") == "да"
    counted["4.1.2.3"] = rows(courses, teachers, completed, in_registry, chosen)

    taking = (end.is_null() & within(start)) | (end.is_not_null() & overlaps(start, end))
    team = col("Управленческая команда")
    teams = courses.filter(taking, team.is_not_null()).join(employed, on="ключ", how="semi")
    teams = teams["Управленческая команда"].n_unique()

    ioms = linked(table(folder, "ИОМ", ["Дата разработки", "Дата завершения"]))
    current = overlaps(col("Дата разработки"), col("Дата завершения"))
    mastery = col("Вид ИОМ").is_null() | (col("Вид ИОМ") == m.MASTERY)
    success = within(col("Дата завершения")) & (col("Статус").is_null() | col("Статус").is_in(m.IOM_DONE))
    counted["4.1.2.4"] = rows(ioms, teachers, current, mastery)
    counted["4.1.2.5"] = rows(ioms, managers, current, mastery)
    counted["4.1.3.3"] = rows(ioms, teachers, current)
    counted["4.1.3.4"] = rows(ioms, teachers, current, success)

    methodists = linked(table(folder, "Региональные методисты", ["Дата присвоения"]))
    methodists = methodists.filter(col("Дата присвоения") <= TO)
    counted["4.1.3.1"] = rows(methodists, teachers)
    holders = methodists.join(teachers, on="ключ", how="semi").select("ФИО", методист="ключ")

    assignments = table(folder, "Закрепление", ["Дата начала", "Дата окончания"])
    assignments = linked(assignments.rename({"ФИО педагога": "ФИО"}))
    pairs = (
        assignments.filter(as_of(start, end))
        .join(teachers, on="ключ", how="semi")
        .join(holders, left_on="ФИО методиста", right_on="ФИО")
        .filter(col("методист") != col("ключ"))
        .unique(["ключ", "методист"])
    )

    since = col("Дата начала педагогической деятельности")
    young = teachers.filter(col("Дата рождения") > YEARS_35, since > YEARS_3)
    support = linked(table(folder, "Поддержка молодых педагогов", ["Дата начала", "Дата окончания"]))
    counted["4.1.3.6"] = rows(support, young, overlaps(start, end))

    opened, joined = col("Дата открытия"), col("Дата включения")
    schools = table(folder, "Организации", ["Дата включения", "Дата открытия"])
    schools = schools.filter(col("Тип") == "общеобразовательная", opened.is_null() | (opened <= TO))
    included = schools.filter(
        col("Целевая модель наставничества") == "да", joined.is_null() | (joined <= TO)
    )

    survey = table(folder, "Опрос").filter(within(col("Отметка времени").cast(pl.Date)))
    marks, words = survey[m.MARK_QUESTION].drop_nulls(), survey[m.WORD_QUESTION].drop_nulls()

    measures = table(folder, "Дорожная карта").select("Уровень", "Срок", "Статус", "Дата выполнения")

    everyone = {"4.1.2.2": managers, "4.1.2.5": managers, "4.1.3.6": young, "4.1.3.4": counted["4.1.3.3"]}
    figures = {id: m.share(len(people), len(everyone.get(id, teachers))) for id, people in counted.items()}
    figures["4.1.1"] = m.road_map(measures.rows())
    figures["4.1.2.6"] = {"numerator": teams, "denominator": None, "value": str(teams)}
    figures["4.1.3.2"] = m.share(len(pairs), len(holders), percent=False)
    figures["4.1.3.5"] = m.share(len(included), len(schools))
    positive = (marks >= 4).sum() + words.is_in(m.SATISFIED).sum()
    figures["4.1.4"] = m.share(positive, len(marks) + len(words))
    m.show(figures)

    def evidence(people, columns):
        sheet = people.select("ключ", "строка", "Организация", "Должность")
        for id, header in columns.items():
            found = counted[id].rename({"строка": f"{header} строка"})
            sheet = sheet.join(found, on="ключ", how="left", maintain_order="left")
            flag = col(f"{header} строка").is_not_null().cast(pl.Int8).alias(header)
            sheet = sheet.with_columns(flag)
        return sheet.drop("ключ")

    with xlsxwriter.Workbook(report) as book:
        lines = [{"показатель": id, **figure} for id, figure in sorted(figures.items())]
        pl.DataFrame(lines).write_excel(book, worksheet="Показатели")
        evidence(teachers, m.TEACHER_FIGURES).write_excel(book, worksheet="Педагоги")
        evidence(managers, m.MANAGER_FIGURES).write_excel(book, worksheet="Управленцы")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
