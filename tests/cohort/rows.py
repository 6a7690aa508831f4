"""Random rows of a table of cases, with the same answers as a case file has them, and what `assess`
says of them, by column.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from random import Random
from sqlite3 import connect

from wizard.case.answers import Answers
from wizard.case.raw import parse_answer
from wizard.case.transitions import AnswerError
from wizard.cohort.columns import Column, Kind, columns_of, identifier
from wizard.cohort.duck import connected, leave_layers
from wizard.engine.compiling import Compiled
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import split_bound
from wizard.reasoning.assessing import assess

Cell = str | int | float | None
NUMBERS = (Kind.NUMBER, Kind.FROM, Kind.BELOW)


def random_row(
    random: Random, pathway: Pathway, cuts: Mapping[str, Sequence[Decimal]]
) -> tuple[dict[str, Cell], dict[str, object]]:
    """A row that answers some questions, by column, and the same answers by factor."""
    row: dict[str, Cell] = {}
    raw: dict[str, object] = {}
    for factor in pathway.factors.values():
        hidden = isinstance(factor, DerivedFactor) and not factor.may_be_answered
        if hidden or random.random() < 0.3:
            continue
        own, said = _answer(random, factor, cuts.get(factor.id, ()))
        row |= own
        raw[factor.id] = said
    return row, raw


def _answer(
    random: Random, factor: Factor, cuts: Sequence[Decimal]
) -> tuple[dict[str, Cell], object]:
    skippable = factor.not_done is not None and not isinstance(factor, ChoiceFactor)
    if skippable and random.random() < 0.15:
        return {identifier(factor.id, "not_done"): "present"}, "not_done"
    match factor:
        case ChoiceFactor():
            said = random.choice([*factor.values, *factor.groups, "unknown", ""])
            return {identifier(factor.id): said}, said or None
        case MultiFactor():
            if not factor.at_least and random.random() < 0.15:
                return {identifier(factor.id, "none"): "present"}, "none"
            states = {
                each: random.choice(["present", "absent", "unknown", None])
                for each in factor.members
            }
            if factor.at_least and set(states.values()) == {"absent"}:
                return {}, None
            row: dict[str, Cell] = {identifier(factor.id, m): s for m, s in states.items()}
            return row, {each: state or "unknown" for each, state in states.items()}
        case NumberFactor():
            return _number(random, factor, cuts)


def _number(
    random: Random, factor: NumberFactor, cuts: Sequence[Decimal]
) -> tuple[dict[str, Cell], object]:
    least, most = int(factor.minimum.to_integral_value("ROUND_CEILING")), int(factor.maximum)
    near = [split_bound(cut)[0] for cut in cuts if cut.is_finite()]
    numbers = sorted({Decimal(random.randint(least, most)) for _ in range(4)} | set(near))
    numbers = [each for each in numbers if factor.minimum <= each <= factor.maximum]
    kind = random.randrange(4)
    if kind == 0 or len(numbers) < 3 or factor.maximum - factor.minimum < 2:
        number = random.choice(numbers)
        return {identifier(factor.id): float(number)}, f"{number:f}"
    low, high = sorted(random.sample(numbers, 2))
    low = low.to_integral_value("ROUND_FLOOR") if factor.whole else low
    if kind == 1:
        return {identifier(factor.id, "from"): float(low)}, f"from {low:f}"
    if kind == 2 and high > factor.minimum:
        return {identifier(factor.id, "below"): float(high)}, f"below {high:f}"
    row: dict[str, Cell] = {
        identifier(factor.id, "from"): float(low),
        identifier(factor.id, "below"): float(high),
    }
    if factor.whole:
        return row, f"{low:f} to {high - 1:f}" if high - low > 1 else f"{low:f}"
    return row, f"{low:f} to below {high:f}"


def said_of(compiled: Compiled, raw: Mapping[str, object]) -> dict[str, Cell]:
    """What `assess` says of these answers, by column; `error` alone where they do not fit."""
    pathway = compiled.pathway
    try:
        given = {name: parse_answer(pathway.factors[name], each) for name, each in raw.items()}
    except AnswerError as wrong:
        return {"error": wrong.factor}
    case = assess(compiled, Answers.in_order(given, pathway.factors))
    said: dict[str, Cell] = {"error": None}
    for option, each in case.options.items():
        said[identifier("status", option)] = each.status.value
        said[identifier("depends_on", option)] = "|".join(each.verdict.depends_on)
        for name, status in each.statements.items():
            said[identifier("statement", option, name)] = status.value
        if each.usual_setting is not None:
            said[identifier("setting", option)] = each.usual_setting.value
    for option, aim in compiled.aims:
        listed = aim in case.options[option].aims
        said[identifier("aim", option, aim)] = "listed" if listed else ""
    for alert in pathway.alerts:
        state = case.alerts.get(alert)
        said[identifier("alert", alert)] = state.value if state else ""
    return said


def rows_of(compiled: Compiled, random: Random, count: int) -> list[dict[str, Cell]]:
    """Rows of which some hold a word that the pathway does not know."""
    pathway = compiled.pathway
    words = [each.name for each in columns_of(pathway) if each.kind not in NUMBERS]
    found = []
    for _ in range(count):
        row, _ = random_row(random, pathway, compiled.space.cuts)
        if random.random() < 0.1:
            row[random.choice(words)] = random.choice(["Yes", "999", "none", "present "])
        found.append(row)
    return found


def typed(pathway: Pathway, text: str, number: str) -> str:
    """The columns of a table of numbered rows, with the types of an engine."""
    own = (f"{c.name} {number if c.kind in NUMBERS else text}" for c in columns_of(pathway))
    return ", ".join(["row INTEGER", *own])


def check_what_is_said(
    said: Sequence[Mapping[str, Cell]],
    wanted: Sequence[Mapping[str, Cell]],
    rows: Sequence[Mapping[str, Cell]],
    columns: Sequence[Column],
) -> None:
    """Check what a query said of rows: their own columns in front, and all that `assess` says."""
    assert len(said) == len(wanted) == len(rows)
    names = [column.name for column in columns]
    for found, want, row in zip(said, wanted, rows, strict=True):
        passed = {name: row.get(name) for name in names}
        assert list(found)[: len(names) + 1] == ["row", *names]
        assert {name: found[name] for name in names} == passed
        own = {name: value for name, value in found.items() if name not in passed and name != "row"}
        assert own.keys() >= want.keys()
        assert own == (want if want["error"] is None else {**dict.fromkeys(own), **want}), passed


def on_sqlite(
    query: str, pathway: Pathway, rows: Sequence[Mapping[str, Cell]]
) -> list[dict[str, Cell]]:
    """What a query says of rows that are numbered by a column `row` in front, in their order."""
    columns = columns_of(pathway)
    with connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE cases ({typed(pathway, 'TEXT', 'REAL')})")
        connection.executemany(
            f"INSERT INTO cases VALUES (?{', ?' * len(columns)})",  # noqa: S608 - only placeholders are put in
            [(n, *(row.get(each.name) for each in columns)) for n, row in enumerate(rows)],
        )
        found = connection.execute(query)
        names = [each[0] for each in found.description]
        said = sorted(found, key=itemgetter(0))
    connection.close()
    return [dict(zip(names, each, strict=True)) for each in said]


def on_duckdb(
    query: str, pathway: Pathway, rows: Sequence[Mapping[str, Cell]]
) -> list[dict[str, Cell]]:
    """The same by DuckDB, told to leave the layers of the query as they are."""
    columns = columns_of(pathway)
    typed = {each.name: "DOUBLE" if each.kind in NUMBERS else "VARCHAR" for each in columns}
    with connected() as connection:
        leave_layers(connection)
        fields = ", ".join(f"{name} {kind}" for name, kind in typed.items())
        connection.execute(f"CREATE TABLE cases (row INTEGER, {fields})")
        shape = json.dumps([{"row": "INTEGER", **typed}])
        data = json.dumps([{"row": n, **row} for n, row in enumerate(rows)])
        connection.execute(
            "INSERT INTO cases SELECT unnest(from_json(?, ?), max_depth := 2)", [data, shape]
        )
        found = connection.execute(query)
        names = [each[0] for each in found.description]
        said = sorted(found.fetchall(), key=itemgetter(0))
    return [dict(zip(names, each, strict=True)) for each in said]
