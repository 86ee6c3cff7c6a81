"""The fourteen figures from clean workbooks with pandas and openpyxl, as an analyst would.

    python pandas_openpyxl.py FOLDER REPORT.xlsx

Prints the figures as JSON; the report has them and one row for each teacher and manager.
"""

import sys
from pathlib import Path

import pandas as pd

import meanings as m

FROM, TO = pd.Timestamp(m.FROM), pd.Timestamp(m.TO)


def table(folder, name, dates=()):
    """One register, with the number of each row in its sheet."""
    frame = pd.read_excel(folder / f"{name}.xlsx", engine="openpyxl")
    for column in dates:
        frame[column] = pd.to_datetime(frame[column])
    frame["строка"] = frame.index + 2
    return frame


def within(dates):
    return dates.between(FROM, TO)


def overlaps(start, end):
    return (start <= TO) & (end.isna() | (end >= FROM))


def as_of(start, end):
    return (start.isna() | (start <= TO)) & (end.isna() | (end > TO))


def name_key(frame):
    return frame["ФИО"] + "|" + frame["Организация"]


def main(folder, report):
    staff = table(
        folder,
        "Сотрудники",
        ["Дата рождения", "Дата приёма", "Дата увольнения", "Дата начала педагогической деятельности"],
    )
    named = name_key(staff)
    staff["ключ"] = staff["СНИЛС"].fillna(named)
    by_snils = staff.dropna(subset="СНИЛС").drop_duplicates("СНИЛС").set_index("СНИЛС")["ключ"]
    by_name = pd.Series(staff["ключ"].values, index=named)
    by_name = by_name[~by_name.index.duplicated()]

    def linked(frame):
        found = frame["СНИЛС"].map(by_snils)
        frame["ключ"] = found.fillna(name_key(frame).map(by_name))
        return frame

    employed = staff[as_of(staff["Дата приёма"], staff["Дата увольнения"]) & ~staff["Вид занятости"].isin(m.EXTERNAL)]
    teachers = employed[employed["Должность"].isin(m.TEACHERS)].drop_duplicates("ключ")
    managers = employed[employed["Должность"].isin(m.MANAGERS)].drop_duplicates("ключ")

    counted = {}  # figure → key → row of the record that decided

    def rows(records, people):
        records = records[records["ключ"].isin(people["ключ"])]
        return records.drop_duplicates("ключ").set_index("ключ")["строка"]

    diagnostics = linked(table(folder, "Диагностика", ["Дата диагностики"]))
    diagnostics = diagnostics[within(diagnostics["Дата диагностики"]) & ~diagnostics["Статус"].isin(m.NOT_TAKEN)]
    counted["4.1.2.1"] = rows(diagnostics, teachers)
    counted["4.1.2.2"] = rows(diagnostics, managers)

    courses = linked(
        table(folder, "Курсы", ["Дата начала", "Дата окончания", "Дата выдачи удостоверения"])
    )
    registry = table(folder, "Федеральный реестр")
    listed = courses["В Федеральном реестре"]
    in_registry = (listed == "да") | (listed.isna() & courses["Номер программы"].isin(registry["Номер программы"]))
    end = courses["Дата окончания"]
    completed = within(end.fillna(courses["Дата выдачи удостоверения"])) & ~courses["Статус"].isin(m.COURSE_NOT_DONE)
    chosen = courses["Подобрана по диагностике"] == "да"
    counted["4.1.2.3"] = rows(courses[completed & in_registry & chosen], teachers)

    start = courses["Дата начала"]
    taking = (end.isna() & within(start)) | (end.notna() & overlaps(start, end))
    team = courses["Управленческая команда"]
    teams = team[taking & team.notna() & courses["ключ"].isin(employed["ключ"])].nunique()

    ioms = linked(table(folder, "ИОМ", ["Дата разработки", "Дата завершения"]))
    current = overlaps(ioms["Дата разработки"], ioms["Дата завершения"])
    mastery = ioms["Вид ИОМ"].isna() | (ioms["Вид ИОМ"] == m.MASTERY)
    success = within(ioms["Дата завершения"]) & (ioms["Статус"].isna() | ioms["Статус"].isin(m.IOM_DONE))
    counted["4.1.2.4"] = rows(ioms[current & mastery], teachers)
    counted["4.1.2.5"] = rows(ioms[current & mastery], managers)
    counted["4.1.3.3"] = rows(ioms[current], teachers)
    counted["4.1.3.4"] = rows(ioms[current & success], teachers)

    methodists = linked(table(folder, "Региональные методисты", ["Дата присвоения"]))
    methodists = methodists[methodists["Дата присвоения"] <= TO]
    counted["4.1.3.1"] = rows(methodists, teachers)
    holders = methodists[methodists["ключ"].isin(teachers["ключ"])].set_index("ФИО")["ключ"]

    assignments = table(folder, "Закрепление", ["Дата начала", "Дата окончания"])
    assignments = linked(assignments.rename(columns={"ФИО педагога": "ФИО"}))
    assignments = assignments[
        as_of(assignments["Дата начала"], assignments["Дата окончания"]) & assignments["ключ"].isin(teachers["ключ"])
    ]
    pairs = assignments.assign(методист=assignments["ФИО методиста"].map(holders))
    pairs = pairs[pairs["методист"].notna() & (pairs["методист"] != pairs["ключ"])]
    pairs = pairs.drop_duplicates(["ключ", "методист"])

    young = teachers[
        (teachers["Дата рождения"] > TO - pd.DateOffset(years=35))
        & (teachers["Дата начала педагогической деятельности"] > TO - pd.DateOffset(years=3))
    ]
    support = linked(table(folder, "Поддержка молодых педагогов", ["Дата начала", "Дата окончания"]))
    support = support[overlaps(support["Дата начала"], support["Дата окончания"])]
    counted["4.1.3.6"] = rows(support, young)

    schools = table(folder, "Организации", ["Дата включения", "Дата открытия"])
    schools = schools[
        (schools["Тип"] == "общеобразовательная") & (schools["Дата открытия"].isna() | (schools["Дата открытия"] <= TO))
    ]
    included = (schools["Целевая модель наставничества"] == "да") & (
        schools["Дата включения"].isna() | (schools["Дата включения"] <= TO)
    )

    survey = table(folder, "Опрос", ["Отметка времени"])
    survey = survey[within(survey["Отметка времени"].dt.normalize())]
    marks, words = survey[m.MARK_QUESTION].dropna(), survey[m.WORD_QUESTION].dropna()

    measures = table(folder, "Дорожная карта")[["Уровень", "Срок", "Статус", "Дата выполнения"]]

    everyone = {"4.1.2.2": managers, "4.1.2.5": managers, "4.1.3.6": young, "4.1.3.4": counted["4.1.3.3"]}
    figures = {id: m.share(len(people), len(everyone.get(id, teachers))) for id, people in counted.items()}
    figures["4.1.1"] = m.road_map(list(measures.itertuples(index=False, name=None)))
    figures["4.1.2.6"] = {"numerator": int(teams), "denominator": None, "value": str(teams)}
    figures["4.1.3.2"] = m.share(len(pairs), len(holders), percent=False)
    figures["4.1.3.5"] = m.share(included.sum(), len(schools))
    figures["4.1.4"] = m.share((marks >= 4).sum() + words.isin(m.SATISFIED).sum(), len(marks) + len(words))
    m.show(figures)

    def evidence(people, columns):
        sheet = people[["строка", "Организация", "Должность"]].copy()
        for id, header in columns.items():
            row = people["ключ"].map(counted[id])
            sheet[header] = row.notna().astype(int)
            sheet[f"{header} строка"] = row
        return sheet

    with pd.ExcelWriter(report, engine="openpyxl") as book:
        pd.DataFrame.from_dict(figures, orient="index").sort_index().to_excel(book, sheet_name="Показатели")
        evidence(teachers, m.TEACHER_FIGURES).to_excel(book, sheet_name="Педагоги", index=False)
        evidence(managers, m.MANAGER_FIGURES).to_excel(book, sheet_name="Управленцы", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
