"""What both scripts know of the tables: the period, positions, statuses, deadlines."""

import calendar
import json
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

FROM, TO = date(2024, 1, 1), date(2024, 9, 30)

EXTERNAL = ["внешнее совместительство", "договор ГПХ"]
MANAGERS = [
    "директор",
    "заведующий",
    "заместитель директора",
    "заместитель заведующего",
    "заместитель директора по учебно-воспитательной работе",
    "заместитель директора по воспитательной работе",
    "заместитель директора по учебной работе",
    "заместитель директора по научно-методической работе",
]
TEACHERS = [
    "учитель русского языка и литературы",
    "учитель математики",
    "учитель физики",
    "учитель химии",
    "учитель биологии",
    "учитель географии",
    "учитель истории и обществознания",
    "учитель иностранного языка",
    "учитель информатики",
    "учитель физической культуры",
    "учитель технологии",
    "учитель изобразительного искусства",
    "учитель музыки",
    "учитель начальных классов",
    "педагог-психолог",
    "социальный педагог",
    "учитель-логопед",
    "педагог-организатор",
    "преподаватель-организатор основ безопасности и защиты Родины",
    "советник директора по воспитанию и взаимодействию с детскими общественными объединениями",
    "воспитатель",
    "музыкальный руководитель",
    "инструктор по физической культуре",
    "педагог дополнительного образования",
    "методист",
    "концертмейстер",
]
NOT_TAKEN = ["не явился", "не завершена", "назначена"]
COURSE_NOT_DONE = ["отчислен", "обучается"]
IOM_DONE = ["завершён", "выполнен", "завершён успешно"]
MASTERY = "Непрерывное повышение профессионального мастерства"
MARK_QUESTION = "Насколько Вы удовлетворены работой методической службы (от 1 до 5)?"
WORD_QUESTION = "Удовлетворены ли Вы методической помощью?"
SATISFIED = ["полностью удовлетворён(а)", "скорее удовлетворён(а)"]

# The columns of a person's evidence: the figure and its header.
TEACHER_FIGURES = {
    "4.1.2.1": "Диагностика",
    "4.1.2.3": "Курсы",
    "4.1.2.4": "ИОМ мастерства",
    "4.1.3.1": "Методист",
    "4.1.3.3": "ИОМ",
    "4.1.3.4": "ИОМ завершён",
    "4.1.3.6": "Поддержка",
}
MANAGER_FIGURES = {"4.1.2.2": "Диагностика", "4.1.2.5": "ИОМ мастерства"}

MONTHS = [
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
]  # fmt: skip
QUARTERS = {"I": 3, "II": 6, "III": 9, "IV": 12}


def deadline(text):
    """The last day of a deadline as the road map writes it."""
    if found := re.search(r"(\d\d)\.(\d\d)\.(\d{4})", text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    year = re.search(r"\d{4}", text)
    year = int(year[0]) if year else TO.year
    month = 12
    if found := re.match(r"(IV|I{1,3}) квартал", text):
        month = QUARTERS[found[1]]
    elif text.split()[0] in MONTHS:
        month = MONTHS.index(text.split()[0]) + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def road_map(measures):
    """The value of 4.1.1 and its share, from (level, deadline, status, done on) of each measure."""
    done = [status == "выполнено" for _, _, status, _ in measures]
    going = any(done) or any(status == "выполняется" for _, _, status, _ in measures)
    levels = {level for level, _, _, _ in measures}
    due = [deadline(when) <= TO for _, when, _, _ in measures]
    value = bool(measures) and going and {"региональный", "федеральный"} <= levels
    return {
        "numerator": sum(d and o for d, o in zip(done, due)),
        "denominator": sum(due),
        "value": "yes" if value else "no",
    }


def share(numerator, denominator, percent=True):
    """A figure, its value rounded half away from zero to one decimal."""
    value = Decimal(int(numerator)) * (100 if percent else 1) / Decimal(int(denominator))
    value = str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return {"numerator": int(numerator), "denominator": int(denominator), "value": value}


def show(figures):
    """Prints the figures in their order."""
    print(json.dumps(dict(sorted(figures.items())), ensure_ascii=False, indent=1))
