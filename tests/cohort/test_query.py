"""A pathway as a query says of each row what `assess` says of the case."""

import shutil
from pathlib import Path
from random import Random
from sqlite3 import connect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cohort.rows import Cell, check_what_is_said, on_sqlite, random_row, said_of
from tests.reasoning.pathways import random_pathway
from tests.small import shipped, small
from wizard.cohort.coding import MOST_VALUES, TooManyValuesError
from wizard.cohort.columns import LONGEST, columns_of, identifier
from wizard.cohort.query import Part, exported
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway

ALL = tuple(Part)


STONES = Path(__file__).parents[1] / "pathway" / "stones"


def stones() -> Compiled:
    return compile_pathway(read_pathway(STONES))


def agree(compiled: Compiled, random: Random, count: int) -> None:
    """Compare random rows, the columns of the answers passed through in front."""
    pathway = compiled.pathway
    pairs = [random_row(random, pathway, compiled.space.cuts) for _ in range(count)]
    columns = columns_of(pathway)
    query = exported(compiled, "cases", ALL, columns)
    rows = [row for row, _ in pairs]
    wanted = [said_of(compiled, raw) for _, raw in pairs]
    check_what_is_said(on_sqlite(query, pathway, rows), wanted, rows, columns)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_random_pathways_and_rows(seed: int) -> None:
    random = Random(seed)
    agree(compile_pathway(random_pathway(random)), random, 20)


def said_of_row(row: dict[str, Cell]) -> Cell:
    """The error of one row of the shipped pathway."""
    compiled = shipped()
    query = exported(compiled, "cases", [Part.STATUS, Part.ERRORS], columns_of(compiled.pathway))
    (said,) = on_sqlite(query, compiled.pathway, [row])
    statuses = [value for name, value in said.items() if name.startswith("status__")]
    assert (said["error"] is None) == all(statuses), said
    assert said["error"] is None or not any(statuses), said
    return said["error"]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({}, None),
        ({"site": "pancreas", "problems__none": "present"}, None),
        ({"site": "Pancreas"}, "site"),
        ({"site": "pancreas "}, "site"),
        ({"site": "999"}, "site"),
        ({"site": "primary_not_found"}, None),
        ({"spread_sites__liver": "yes"}, "spread_sites"),
        ({"spread_sites__liver": "absent", "spread_sites__elsewhere": "absent"}, "spread_sites"),
        ({"problems__none": "absent"}, "problems"),
        ({"problems__none": "present", "problems__bone_pain": "present"}, "problems"),
        ({"problems__none": "present", "problems__bone_pain": "absent"}, None),
        ({"tumour_size": 30}, None),
        ({"tumour_size": -1}, "tumour_size"),
        ({"tumour_size": 1001}, "tumour_size"),
        ({"tumour_size": 30, "tumour_size__from": 20}, "tumour_size"),
        ({"tumour_size__from": 30, "tumour_size__below": 30}, "tumour_size"),
        ({"tumour_size__below": 0}, "tumour_size"),
    ],
)
def test_a_value_that_the_pathway_does_not_know_is_an_error(
    row: dict[str, Cell], error: str | None
) -> None:
    assert said_of_row(row) == error


def test_a_table_that_lacks_columns_has_these_questions_not_answered() -> None:
    compiled = shipped()
    have = [c for c in columns_of(compiled.pathway) if c.name in ("tumour_type", "site")]
    query = exported(compiled, "cases", [Part.STATUS, Part.DEPENDS_ON], have)
    assert "t.extent" not in query
    row: dict[str, Cell] = {"tumour_type": "net", "site": "pancreas", "extent": "spread"}
    (said,) = on_sqlite(query, compiled.pathway, [row])
    wanted = said_of(compiled, {"tumour_type": "net", "site": "pancreas"})
    assert {name: said[name] for name in wanted if name in said} == {
        name: value for name, value in wanted.items() if name.startswith(("status", "depends"))
    }


@pytest.mark.parametrize(
    "typed", ["site TEXT, tumour_size TEXT", "site, tumour_size", "site INTEGER, tumour_size REAL"]
)
def test_text_is_never_taken_for_a_number(typed: str) -> None:
    """SQLite compares text with numbers: where a table was filled from a file, all is text."""
    compiled = shipped()
    have = [c for c in columns_of(compiled.pathway) if c.name in ("site", "tumour_size")]
    query = exported(compiled, "cases", [Part.ERRORS], have)
    with connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE cases ({typed})")
        sizes = ["30x", "", "30", 30] if "REAL" not in typed else ["30x", ""]
        connection.executemany("INSERT INTO cases VALUES ('lung', ?)", [(x,) for x in sizes])
        said = [error for *_, error in connection.execute(query)]
    connection.close()
    text = ["tumour_size"] * (4 if "TEXT" in typed else 3 if len(sizes) == 4 else 2)
    assert said == [*text, *[None] * (len(sizes) - len(text))]


def test_a_question_with_more_values_than_a_number_has_bits_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "stones"
    shutil.copytree(STONES, folder)
    factors = folder / "factors.yaml"
    text = factors.read_text("utf-8")
    first = "    kidney: {label"
    for count in (62, 63):
        more = "".join(f"    p{n}: {{label: Place {n}, help: There.}}\n" for n in range(count - 2))
        factors.write_text(text.replace(first, more + first, 1), "utf-8")
        wide = compile_pathway(read_pathway(folder))
        columns = columns_of(wide.pathway)
        if count > MOST_VALUES:
            with pytest.raises(TooManyValuesError, match=r"^place has 63 values"):
                exported(wide, "cases", ALL, columns)
        else:
            agree(wide, Random(9), 100)


def test_names_of_columns() -> None:
    long = identifier(
        "statement", "radiofrequency_ablation_of_the_liver", "when_surgery_is_not_possible"
    )
    other = identifier(
        "statement", "radiofrequency_ablation_of_the_liver", "when_surgery_is_not_chosen"
    )
    assert len(long) == len(other) == LONGEST
    assert long != other
    assert identifier("order") == "order_"
    assert identifier("alert", "answer.site") == "alert__answer__site"


def test_a_query_is_one_statement_without_quoted_names() -> None:
    compiled = small()
    query = exported(compiled, "cases", ALL, columns_of(compiled.pathway))
    assert query.count("'") % 2 == 0
    assert '"' not in query
    assert ";" not in query
