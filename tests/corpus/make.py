"""Makes the files of this folder with programs that offices use.

Needs openpyxl, xlwt, odfpy, XlsxWriter, msoffcrypto-tool and LibreOffice (soffice). All people are
made up. The tests read the files as they stand here; this script is for those who want others.
"""

import datetime
import io
import pathlib
import shutil
import subprocess
import tempfile

import msoffcrypto.format.ooxml
import openpyxl
import xlsxwriter
import xlwt
from odf import number, opendocument, style, table, text
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = pathlib.Path(__file__).parent

# The same small table in every format. None is an empty cell.
TABLE = [
    ["ФИО", "Дата", "Ставка", "Доля", "Работает"],
    ["Ёлкина Анна Петровна", datetime.date(1992, 2, 29), 1.5, 0.5, True],
    ["Ким №2", datetime.datetime(2024, 9, 30, 18, 0), -3, 0.125, False],
    [None, None, None, None, None],
    ['«А»; "Б", в\nдве строки', None, 0, 1, None],
]


def openpyxl_fill(sheet, top=1, left=1):
    for y, row in enumerate(TABLE):
        for x, value in enumerate(row):
            cell = sheet.cell(top + y, left + x)
            cell.value = value
            if isinstance(value, datetime.date):
                cell.number_format = "dd.mm.yyyy"
            if x == 3 and y:
                cell.number_format = "0.0%"


def by_openpyxl(name, change=lambda book, sheet: None, top=1, left=1):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Лист1"
    openpyxl_fill(sheet, top, left)
    change(book, sheet)
    book.save(HERE / name)


def by_xlwt(name, change=lambda book, sheet: None, top=0, left=0, epoch=False):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = epoch
    sheet = book.add_sheet("Лист1")
    date = xlwt.easyxf(num_format_str="dd.mm.yyyy")
    share = xlwt.easyxf(num_format_str="0.0%")
    for y, row in enumerate(TABLE):
        for x, value in enumerate(row):
            if value is None:
                continue
            look = xlwt.Style.default_style
            if isinstance(value, datetime.date):
                look = date
            elif x == 3 and y:
                look = share
            sheet.write(top + y, left + x, value, look)
    change(book, sheet)
    book.save(str(HERE / name))


def by_odfpy(name):
    book = opendocument.OpenDocumentSpreadsheet()
    sheet = table.Table(name="Лист1")
    for row in TABLE:
        line = table.TableRow()
        for x, value in enumerate(row):
            if value is None:
                cell = table.TableCell()
            elif isinstance(value, bool):
                cell = table.TableCell(valuetype="boolean", booleanvalue=str(value).lower())
            elif isinstance(value, datetime.date):
                cell = table.TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, (int, float)):
                kind = "percentage" if x == 3 else "float"
                cell = table.TableCell(valuetype=kind, value=value)
            else:
                cell = table.TableCell(valuetype="string")
                for paragraph in value.split("\n"):
                    cell.addElement(text.P(text=paragraph))
            line.addElement(cell)
        sheet.addElement(line)
    # A formula that nobody calculated.
    line = table.TableRow()
    line.addElement(table.TableCell(formula="of:=[.C2]+[.C3]"))
    sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(HERE / name))


def by_libreoffice(source, name, kind, options=""):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", kind + options, "--outdir", str(folder), str(HERE / source)],
            check=True, capture_output=True)
        made = folder / (pathlib.Path(source).stem + "." + kind.split(":")[0])
        shutil.copyfile(made, HERE / name)


def csv(name, delimiter, charset):
    by_libreoffice("table.xlsx", name, "csv", f":Text - txt - csv (StarCalc):{delimiter},34,{charset},1")


def merged(book, sheet):
    if isinstance(sheet, xlwt.Worksheet):
        sheet.write_merge(5, 6, 1, 2, "слито")
        sheet.write_merge(7, 7, 0, 4, "подпись")
    else:
        sheet["B6"] = "слито"
        sheet.merge_cells("B6:C7")
        sheet["A8"] = "подпись"
        sheet.merge_cells("A8:E8")


def hidden(book, sheet):
    if isinstance(sheet, xlwt.Worksheet):
        sheet.row(1).hidden = True
        sheet.row(3).hidden = True
        book.add_sheet("Скрытый").visibility = 1
        book.add_sheet("Глубоко").visibility = 2
    else:
        sheet.row_dimensions[2].hidden = True
        # An empty row is hidden too, and is not counted.
        sheet.row_dimensions[4].hidden = True
        book.create_sheet("Скрытый")["A1"] = "тайна"
        book["Скрытый"].sheet_state = "hidden"
        book.create_sheet("Глубоко").sheet_state = "veryHidden"


def formulas(book, sheet):
    if isinstance(sheet, xlwt.Worksheet):
        sheet.write(5, 0, xlwt.Formula("C2+C3"))
        sheet.write(5, 1, xlwt.Formula('IF(C2>0,"да","нет")'))
    else:
        sheet["A6"] = "=C2+C3"
        sheet["B6"] = '=IF(C2>0,"да","нет")'
        sheet["C6"] = '=IF(C2>0,"","нет")'
        sheet["D6"] = "=C2>0"


def errors(book, sheet):
    for cell, formula in {"A6": "=1/0", "B6": "=NA()", "C6": '=VALUE("а")', "D6": "=SQRT(-1)"}.items():
        sheet[cell] = formula


def sparse(book, sheet):
    sheet["XFD1048576"] = "край"


def epoch(book, sheet):
    book.epoch = CALENDAR_MAC_1904
    openpyxl_fill(sheet)
    # A serial number in a cell that is no date.
    sheet["A6"] = 43831


def main():
    by_openpyxl("table.xlsx")
    by_xlwt("table.xls")
    by_odfpy("table.ods")
    by_libreoffice("table.xlsx", "table.xlsm", "xlsm")
    by_libreoffice("table.xlsx", "libreoffice.xlsx", "xlsx")
    by_libreoffice("table.xlsx", "libreoffice.xls", "xls")
    by_libreoffice("table.xlsx", "libreoffice.ods", "ods")
    csv("utf-8.csv", 59, 76)
    csv("windows-1251.csv", 59, 34)
    csv("utf-16.csv", 44, 65535)
    csv("tabs.tsv", 9, 76)
    by_openpyxl("offset.xlsx", top=4, left=3)
    by_xlwt("offset.xls", top=3, left=2)
    by_libreoffice("offset.xlsx", "offset.ods", "ods")
    by_openpyxl("merged.xlsx", merged)
    by_xlwt("merged.xls", merged)
    by_libreoffice("merged.xlsx", "merged.ods", "ods")
    by_openpyxl("hidden.xlsx", hidden)
    by_xlwt("hidden.xls", hidden)
    by_libreoffice("hidden.xlsx", "hidden.ods", "ods")
    by_openpyxl("formulas.xlsx", formulas)
    by_xlwt("formulas.xls", formulas)
    for ending in ["xlsx", "xls", "ods"]:
        by_libreoffice("formulas.xlsx", f"calculated.{ending}", ending)
    by_openpyxl("errors-source.xlsx", errors)
    for ending in ["xlsx", "xls", "ods"]:
        by_libreoffice("errors-source.xlsx", f"errors.{ending}", ending)
    (HERE / "errors-source.xlsx").unlink()
    by_openpyxl("1904.xlsx", epoch)
    by_libreoffice("1904.xlsx", "1904.ods", "ods")
    by_xlwt("1904.xls", epoch=True)
    by_openpyxl("sparse.xlsx", sparse)
    by_xlwt("sparse.xls", lambda book, sheet: sheet.write(65535, 255, "край"))

    book = xlsxwriter.Workbook(HERE / "inline.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("Лист1")
    sheet.write_string(0, 0, " с пробелами ")
    sheet.write_rich_string(1, 1, "жирный ", book.add_format({"bold": True}), "конец")
    sheet.write_string(2, 0, "<a> & _x0041_")
    book.close()

    plain = open(HERE / "table.xlsx", "rb")
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("пароль", locked)
    (HERE / "locked.xlsx").write_bytes(locked.getvalue())


if __name__ == "__main__":
    main()
