"""Helps .ci/recalculate: spoils the stored results of a report, and compares a recalculated copy."""

import json
import re
import sys
import zipfile

import openpyxl

SPOILT = "-999"


def poison(report, copy):
    """Copies a workbook with every stored formula result replaced, so that only a real
    recalculation can bring it back."""
    with zipfile.ZipFile(report) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item.filename)
            if item.filename.startswith("xl/worksheets/sheet"):
                text = data.decode("utf-8")
                text = re.sub(r'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="\w+")?>(<f[^>]*>[^<]*</f>)<v>[^<]*</v>',
                              rf"\1>\2<v>{SPOILT}</v>", text)
                data = text.encode("utf-8")
            target.writestr(item, data)


def same(stored, recalculated):
    if isinstance(stored, (int, float)) and isinstance(recalculated, (int, float)):
        return abs(stored - recalculated) <= 1e-9 * max(1.0, abs(stored))
    return (stored or "") == (recalculated or "")


def compare(report, copy, result):
    formulas = openpyxl.load_workbook(report)
    stored = openpyxl.load_workbook(report, data_only=True)
    again = openpyxl.load_workbook(copy, data_only=True)
    compared, wrong = 0, []
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                compared += 1
                was = stored[sheet.title][cell.coordinate].value
                now = again[sheet.title][cell.coordinate].value
                if not same(was, now):
                    wrong.append(f"{sheet.title}!{cell.coordinate}: stored {was!r}, recalculated {now!r}, {cell.value}")
    with open(result, encoding="utf-8") as file:
        figures = {figure["id"]: figure for figure in json.load(file)["indicators"]}
    wrong += against_json(again["Показатели"], figures)
    for line in wrong[:40]:
        print(line)
    print(f"{compared} formulas recalculated, {len(wrong)} differ")
    if wrong or not compared:
        sys.exit(1)


def against_json(sheet, figures):
    """The official table's numerators, denominators and facts against the JSON."""
    header = next(row for row in sheet.iter_rows() if any(cell.value == "Числитель" for cell in row))
    column = {cell.value: cell.column for cell in header if cell.value}
    wrong, seen = [], set()
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        number = str(row[column["№ п/п"] - 1].value or "")
        if number not in figures:
            continue
        seen.add(number)
        figure = figures[number]
        for title, key in (("Числитель", "numerator"), ("Знаменатель", "denominator")):
            value = row[column[title] - 1].value
            if figure[key] is not None and value != figure[key]:
                wrong.append(f"{number}: {title} {value!r}, JSON {figure[key]!r}")
        fact = row[column["Факт"] - 1].value
        value = figure["value"]
        if value in ("yes", "no"):
            if fact != {"yes": "да", "no": "нет"}[value]:
                wrong.append(f"{number}: Факт {fact!r}, JSON {value!r}")
        elif value is not None and not (isinstance(fact, (int, float)) and abs(fact - float(value)) < 1e-9):
            wrong.append(f"{number}: Факт {fact!r}, JSON {value!r}")
    wrong += [f"{number}: not in the report" for number in figures if number not in seen]
    return wrong


if __name__ == "__main__":
    if sys.argv[1] == "poison":
        poison(*sys.argv[2:])
    else:
        compare(*sys.argv[2:])
