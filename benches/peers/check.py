"""Compares the fourteen figures of other programs with those of mms: exit 1 where one differs.

    python check.py MMS.json FIGURES.json...
"""

import json
import sys
from pathlib import Path


def differences(mms, others):
    """The figures of which numerator, denominator or value differ, in words."""
    found = []
    for figure in mms["indicators"]:
        other = others.get(figure["id"])
        for part in ("numerator", "denominator", "value"):
            if other is None or figure[part] != other[part]:
                said = None if other is None else other[part]
                found.append(f"{figure['id']}: {part} {figure[part]} of mms, {said} here")
    if len(mms["indicators"]) != 14 or set(others) - {figure["id"] for figure in mms["indicators"]}:
        found.append("not the same fourteen figures")
    return found


def main(mms, *peers):
    result = json.loads(Path(mms).read_text(encoding="utf-8"))
    wrong = False
    for peer in peers:
        found = differences(result, json.loads(Path(peer).read_text(encoding="utf-8")))
        wrong |= bool(found)
        for line in found or ["all fourteen figures agree"]:
            print(f"{peer}: {line}")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
