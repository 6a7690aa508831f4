"""Summaries of many cases that tests read, here and in a browser."""

from io import BytesIO
from random import Random
from typing import Final

from tests.cohort.rows import random_row
from tests.report.html_pages import HOSTILE, WHEN, infected
from tests.small import park, shipped, small
from wizard.cohort.columns import columns_of
from wizard.cohort.mapping import own_columns
from wizard.cohort.reading import Layout, csv_entries
from wizard.cohort.running import PARTS, Cohort, Output, assessed, csv_ending
from wizard.cohort.sqlite import SqliteEngine
from wizard.cohort.tables import Lines, csv_line, header
from wizard.engine.compiling import Compiled
from wizard.pathway.factors import ChoiceFactor, MultiFactor, NumberFactor
from wizard.record import replace
from wizard.report.cohort import Telling
from wizard.report.cohort_html import cohort_html

BY: Final = "year"
YEARS: Final = ("2021", "2022", "2023", "2024")


def counted(compiled: Compiled, table: str, by: str | None = BY) -> Cohort:
    """What is counted of a table of cases."""
    lines = Lines(BytesIO(table.encode()))
    names = header(lines, "cases.csv", ",")
    known = own_columns(compiled.pathway)
    layout = Layout(names, [known.get(name) for name in names], ",", by)
    with SqliteEngine(compiled, PARTS) as engine:
        output = Output(csv_ending(engine, ","), lambda _: None, lambda _: None)
        return assessed(csv_entries(lines, layout, compiled), engine, compiled.pathway, output)


def random_table(compiled: Compiled, number: int, years: tuple[str, ...] = YEARS) -> str:
    """Rows at random, in some years."""
    random = Random(number)
    columns = columns_of(compiled.pathway)
    lines = [csv_line([BY, *(each.name for each in columns)], ",")]
    for _ in range(number):
        row, _raw = random_row(random, compiled.pathway, compiled.space.cuts)
        cells = (row.get(each.name) for each in columns)
        lines.append(
            csv_line([random.choice(years), *("" if c is None else str(c) for c in cells)], ",")
        )
    return "\n".join(lines)


def likely_table(number: int) -> str:
    """Rows of the shipped pathway as a registry could have them: the common first, some unknown."""
    random = Random(number)
    compiled = shipped()
    columns = [BY]
    rows: list[list[str]] = [[random.choice(YEARS)] for _ in range(number)]
    for factor in compiled.pathway.factors.values():
        match factor:
            case ChoiceFactor():
                columns.append(factor.id)
                values = list(factor.values)
                weights = [1 / (n + 1) for n in range(len(values))]
                for row in rows:
                    row.append(random.choices(["", values[0], *values[1:]], [0.3, *weights])[0])
            case MultiFactor():
                words, weights = ["present", "absent", ""], [0.2, 0.7, 0.1]
                if factor.at_least:
                    words, weights = ["present", ""], [0.8, 0.2]
                for member in factor.members:
                    columns.append(f"{factor.id}__{member}")
                    for row in rows:
                        row.append(random.choices(words, weights)[0])
            case NumberFactor():
                columns.append(factor.id)
                for row in rows:
                    row.append(random.choice(["", str(random.randint(5, 60))]))
    return "\n".join(csv_line(each, ",") for each in [columns, *rows])


def cohort_page(name: str) -> str:
    """One of the pages: of many cases, of few by year, with every number told, hostile."""
    match name:
        case "shipped":
            telling = Telling(shipped().pathway, WHEN, "registry.csv", None, small=False)
            return cohort_html(counted(shipped(), likely_table(3_000), None), telling)
        case "few":
            telling = Telling(small().pathway, WHEN, "cases.csv", BY, small=False)
            return cohort_html(counted(small(), random_table(small(), 60)), telling)
        case "park":
            telling = Telling(park().pathway, WHEN, "cases.csv", None, small=True)
            return cohort_html(counted(park(), random_table(park(), 200), None), telling)
        case _:
            table = random_table(small(), 90, ("HOSTILE", "all", "all others", ""))
            found = counted(small(), table)
            groups = {key.replace("HOSTILE", HOSTILE): each for key, each in found.groups.items()}
            telling = Telling(infected(small().pathway), WHEN, HOSTILE, HOSTILE, small=True)
            return cohort_html(replace(found, groups=groups), telling)


PAGES: Final = ("shipped", "few", "park", "hostile")
