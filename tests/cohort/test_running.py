"""A file of cases: each row is told what `assess` says of it, none is lost, all are counted."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from io import BytesIO, StringIO
from itertools import islice
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cohort.rows import NUMBERS, Cell, on_sqlite, random_row, said_of
from tests.reasoning.pathways import random_answers, random_pathway
from tests.small import shipped, small
from wizard.case.raw import raw_answer
from wizard.cohort.columns import columns_of, identifier
from wizard.cohort.engine import Engine
from wizard.cohort.mapping import own_columns
from wizard.cohort.query import Part, exported, query_of
from wizard.cohort.reading import Entry, JsonLayout, Layout, csv_entries, json_entries
from wizard.cohort.running import (
    ERROR,
    PARTS,
    Cohort,
    Ending,
    Output,
    assessed,
    csv_ending,
    json_ending,
)
from wizard.cohort.sqlite import SqliteEngine
from wizard.cohort.tables import Lines, csv_line, header
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import ChoiceFactor, DerivedFactor
from wizard.pathway.model import Status

GARBAGE = ("", "yes", "999", "present", "none", "-1", "1e3", "net", "not_done", "unknown", "3 to 1")


def said_columns(compiled: Compiled) -> tuple[str, ...]:
    return tuple(query_of(compiled, PARTS).outputs)


def came_of(
    compiled: Compiled, entries: Iterable[Entry], ending: Callable[[Engine], Ending]
) -> tuple[str, Cohort]:
    """What is written of rows, and what was counted."""
    written = StringIO()
    with SqliteEngine(compiled, PARTS) as engine:
        output = Output(ending(engine), written.write, lambda _: None)
        found = assessed(entries, engine, compiled.pathway, output)
    return written.getvalue(), found


def of_csv(compiled: Compiled, text: str, by: str | None = None) -> tuple[list[list[str]], Cohort]:
    """The rows that are written of a file with commas, and what was counted."""
    lines = Lines(BytesIO(text.encode()))
    names = header(lines, "file", ",")
    known = own_columns(compiled.pathway)
    layout = Layout(names, [known.get(name) for name in names], ",", by)
    entries = csv_entries(lines, layout, compiled)
    written, found = came_of(compiled, entries, lambda engine: csv_ending(engine, ","))
    assert lines.rows == found.read
    return list(csv.reader(StringIO(written, newline=""))), found


def of_json(compiled: Compiled, text: str) -> tuple[list[dict[str, Any]], Cohort]:
    """The objects that are written of lines of JSON, and what was counted."""
    lines = Lines(BytesIO(text.encode()))
    taken = {*said_columns(compiled), ERROR}
    entries = json_entries(
        lines, JsonLayout("cases", own_columns(compiled.pathway), None, taken), compiled
    )
    written, found = came_of(compiled, entries, json_ending)
    assert lines.rows == found.read
    return list(map(json.loads, written.splitlines())), found


def written_cell(cell: Cell) -> str:
    """A cell as a file has it."""
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, float) else str(cell)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_cell_names_several_values_as_a_list_does(seed: int) -> None:
    random = Random(seed)
    compiled = compile_pathway(random_pathway(random))
    rows: list[dict[str, str]] = []
    cases: list[dict[str, object]] = []
    for _ in range(20):
        one: dict[str, str] = {}
        other: dict[str, object] = {}
        for name, factor in compiled.pathway.factors.items():
            hidden = isinstance(factor, DerivedFactor) and not factor.may_be_answered
            if not isinstance(factor, ChoiceFactor) or hidden or random.random() < 0.3:
                continue
            known = [*factor.values, *factor.groups]
            some = random.sample(known, random.randint(1, len(known)))
            one[identifier(name)], other[name] = "|".join(some), some
        rows.append(one)
        cases.append(other)
    names = sorted({name for row in rows for name in row})
    if not names:
        return
    lines = [",".join(row.get(name, "") for name in names) for row in rows]
    by_cell, _ = of_csv(compiled, "\n".join([",".join(names), *lines, ""]))
    by_list, _ = of_json(compiled, "\n".join(json.dumps({"answers": each}) for each in cases))
    said = [list(row.values())[1:] for row in by_list]
    assert [row[len(names) :] for row in by_cell] == [[*row[:-1], row[-1] or ""] for row in said]


@pytest.mark.parametrize("cell", ["pancreas|moon", "pancreas|", "|", "pancreas|pancreas", "a|b"])
def test_several_values_of_which_one_is_none(cell: str) -> None:
    written, _ = of_csv(shipped(), f"site\n{cell}\npancreas|unknown\n")
    assert [row[-1] for row in written] == ["site", "site"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_rows_are_told_what_the_exported_query_says(seed: int) -> None:
    random = Random(seed)
    compiled = compile_pathway(random_pathway(random))
    pathway = compiled.pathway
    columns = columns_of(pathway)
    rows = []
    for _ in range(20):
        row, _ = random_row(random, pathway, compiled.space.cuts)
        if random.random() < 0.3:
            wrong = random.choice(columns)
            if wrong.kind not in NUMBERS:
                row[wrong.name] = random.choice(GARBAGE)
        rows.append(row)
    wanted = on_sqlite(exported(compiled, "cases", [*PARTS, Part.ERRORS], columns), pathway, rows)
    cells = [
        [
            ""
            if (cell := row.get(c.name)) is None
            else f"{cell:f}"
            if isinstance(cell, float)
            else str(cell)
            for c in columns
        ]
        for row in rows
    ]
    text = "\n".join([",".join(c.name for c in columns), *(csv_line(each, ",") for each in cells)])
    written, found = of_csv(compiled, text)
    names = [*said_columns(compiled), ERROR]
    for own, front, said in zip(written, cells, wanted, strict=True):
        assert own[: len(columns)] == front
        assert dict(zip(names, own[len(columns) :], strict=True)) == {
            name: said[name] or "" for name in names
        }
    assert found.read == found.written == len(rows)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_lines_of_json_are_told_what_is_said_of_the_case(seed: int) -> None:
    """Cases may name several values of a choice, and several ranges, which no column can say."""
    random = Random(seed)
    compiled = compile_pathway(random_pathway(random))
    factors = compiled.pathway.factors
    cases = []
    for number in range(15):
        given_answers = random_answers(random, factors)
        answers = {
            name: raw_answer(factors[name], answer)
            for name, answer in given_answers.items()
            if not (isinstance(f := factors[name], DerivedFactor) and not f.may_be_answered)
        }
        cases.append({"id": number, "answers": answers})
    out, found = of_json(compiled, "\n".join(map(json.dumps, cases)))
    assert found.written == len(out) == len(cases)
    for case, own in zip(cases, out, strict=True):
        assert {"id": own["id"], "answers": own["answers"]} == case
        wanted = said_of(compiled, dict(case["answers"]))  # type: ignore[call-overload]  # always a map
        said = {name: own[name] for name in said_columns(compiled) if name in own}
        assert own[ERROR] == wanted["error"], case
        assert said == {name: wanted[name] for name in said}
        assert bool(said) == (own[ERROR] is None)


def test_broken_rows_stay_in_their_places_and_take_no_other_with_them() -> None:
    text = (
        'id,tumour_type,site\n1,net,pancreas\n2,net\n3,net,lung,more\n"4,net,lung\n5,nec,lung\n'
        '"6"x,net,lung\n7,"net","lung"\n\n9,net,"lu\nng"\n10,"n""et",lung\n11,net,lung'
    )
    rows, found = of_csv(shipped(), text)
    assert [row[-1] for row in rows] == [
        "",
        "line 3: it has 2 cells, and the header 3",
        "line 4: it has 4 cells, and the header 3",
        rows[3][-1],
        "",
        rows[5][-1],
        "",
        "line 9: it has 1 cell, and the header 3",
        "site",
        "tumour_type",
        "",
    ]
    assert rows[3][-1].startswith("line 5: its quotes do not fit")
    assert rows[5][-1].startswith("line 7: its quotes do not fit")
    assert [row[0] for row in rows] == ["1", "2", "3", "", "5", "", "7", "", "9", "10", "11"]
    assert {len(row) for row in rows} == {3 + len(said_columns(shipped())) + 1}
    assert (found.read, found.written, found.whole.broken) == (11, 11, 5)
    assert found.whole.errors == {"tumour_type": 1, "site": 1}
    said = [row[3:-1] for row in rows if row[-1]]
    assert not any(map(any, said))


def test_a_quote_that_is_never_closed_is_one_row_in_error() -> None:
    rows, found = of_csv(shipped(), 'id,site\n1,lung\n"2,lung\n3,lung\n4,lung\n')
    assert [row[-1] for row in rows] == ["", "line 3: a quote is opened and not closed", "", ""]
    assert [row[0] for row in rows] == ["1", "", "3", "4"]
    assert found.read == 4


def test_a_row_of_ten_megabytes_is_one_row_in_error() -> None:
    text = f"site,note\nlung,{'x' * 10_000_000}\nlung,after\n"
    rows, found = of_csv(shipped(), text)
    assert [row[-1] for row in rows] == ["line 2: it is longer than 1,000,000 bytes", ""]
    assert rows[1][:2] == ["lung", "after"]
    assert found.read == 2


def test_what_is_counted_is_what_the_rows_say() -> None:
    compiled = small()
    pathway, random = compiled.pathway, Random(3)
    columns = columns_of(pathway)
    head = ",".join(["year", *(c.name for c in columns)])
    lines = [head]
    for number in range(300):
        row, _ = random_row(random, pathway, compiled.space.cuts)
        cells = [row.get(c.name) for c in columns]
        lines.append(",".join([f"20{number % 3}", *("" if c is None else str(c) for c in cells)]))
    rows, found = of_csv(compiled, "\n".join(lines), "year")
    names = [*head.split(","), *said_columns(compiled), ERROR]
    said = [dict(zip(names, row, strict=True)) for row in rows]
    for counts, own in [
        (found.whole, said),
        *((found.groups[y], [row for row in said if row["year"] == y]) for y in found.groups),
    ]:
        sound = [row for row in own if not row[ERROR]]
        assert (counts.rows, counts.assessed) == (len(own), len(sound))
        for option, by_status in counts.statuses.items():
            told = Counter(row[identifier("status", option)] for row in sound)
            assert by_status == {status: told[status.value] for status in Status}
            assert sum(by_status.values()) == len(sound)
        depends = [identifier("depends_on", option) for option in pathway.options]
        for factor, missing in counts.missing.items():
            hanging = [[on for on in depends if factor in row[on].split("|")] for row in sound]
            assert missing.cases == sum(map(bool, hanging))
            assert missing.options == sum(map(len, hanging))
            alone = [[on for on in depends if factor == row[on]] for row in sound]
            assert missing.settled_cases == sum(map(bool, alone))
            assert missing.settled_options == sum(map(len, alone))
        for alert, by_state in counts.alerts.items():
            told = Counter(row[identifier("alert", alert)] for row in sound)
            assert all(by_state[state] == told[state.value] for state in by_state)
    assert sum(each.rows for each in found.groups.values()) == found.whole.rows == 300


def test_what_a_line_of_json_holds_passes_through_as_it_is_written() -> None:
    told = '{"a":1.10,"b" : 1e999, "c": "\\ud800 \\u00e9", "d": 0.12345678901234567890 '
    compiled = shipped()
    lines = Lines(BytesIO((told + "}\r\n").encode()))
    entries = json_entries(lines, JsonLayout("cases", own_columns(compiled.pathway)), compiled)
    written, _ = came_of(compiled, entries, json_ending)
    assert written.startswith(told.rstrip() + ', "status__')
    assert len(written.splitlines()) == 1


def test_a_row_that_speaks_of_a_resource_is_none() -> None:
    (own,), found = of_json(shipped(), '{"field": "resourceType", "site": "pancreas"}')
    assert (own["field"], own[ERROR], found.whole.assessed) == ("resourceType", None, 1)


def test_lines_of_json_that_cannot_be_read_are_rows_in_error() -> None:
    text = (
        '{"id": 1, "site": "lung"}\n[1]\n\n{"site": "lung"\n{"a": 1, "a": 2}\n'
        '{"site": ["lung"]}\n{"answers": {"site": "moon"}}\n{"answers": {"where": "moon"}}\n'
        '{"answers": 3}\n{"pathway": "other", "answers": {}}\n{"tumour_size": 30}\n'
        f'{{"tumour_size": {"1" * 5_000}}}\n'
    )
    written, found = of_json(shipped(), text)
    errors = [row[ERROR] for row in written]
    assert errors[0] is None
    assert errors[1] == "line 2: it is not an object { }"
    assert errors[2].startswith("line 4: it is not JSON")
    assert ": line " not in str(errors[2])
    assert errors[3].startswith("line 5: it is not JSON: a key stands in it twice")
    assert errors[4:7] == ["site", "site", "where"]
    assert errors[7].startswith("line 9: answers is not a map")
    assert errors[8].startswith('line 10: this case is for the pathway "other"')
    assert errors[9] is None
    assert errors[10] == "line 12: a number in it has too many digits"
    assert found.read == found.written == 11


@pytest.mark.parametrize("at_once", [1, 3])
def test_how_many_are_worked_on_together_changes_nothing(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(8)
    compiled = small()
    columns = columns_of(compiled.pathway)
    lines = [",".join(c.name for c in columns)]
    for _ in range(40):
        row, _ = random_row(random, compiled.pathway, compiled.space.cuts)
        lines.append(",".join("" if (c := row.get(x.name)) is None else str(c) for x in columns))
    text = "\n".join(lines)
    wanted = of_csv(compiled, text)
    monkeypatch.setattr(SqliteEngine, "at_once", at_once)
    for module in ("reading", "running"):
        monkeypatch.setattr(f"wizard.cohort.{module}.MOST_KNOWN", at_once)
    monkeypatch.setattr("wizard.cohort.engine._MOST_KNOWN", at_once)
    assert of_csv(compiled, text) == wanted
    assert list(islice(wanted[0], 1))
