"""Two pathways and an overlay of the tests use, between them, everything that the format has."""

import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, get_args

import pytest

from tests.pathway.hospital_copy import HOSPITAL
from tests.small import PARK, PROSTATE, prostate, shipped
from wizard.case.nodes import plain_data
from wizard.pathway.fields import FROM_READER
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.files import (
    RawAdditions,
    RawFiles,
    parse_additions,
    parse_files,
    records,
)
from wizard.pathway.format.folder import take_snapshot
from wizard.pathway.format.schema import RawOverlay
from wizard.pathway.model import Check
from wizard.pathway.model_fields import hints_of
from wizard.pathway.problems import Problems
from wizard.pathway.trees import Rule

# --- keys --------------------------------------------------------------------------------------


def shapes(hint: object, found: set[type]) -> set[type]:
    """Every record that may stand somewhere inside one of this type."""
    if is_dataclass(hint) and isinstance(hint, type):
        if hint not in found and not issubclass(hint, Rule):
            found.add(hint)
            for key in written(hint):
                shapes(hints_of(hint)[key], found)
        return found
    for part in get_args(hint):
        shapes(part, found)
    return found


def written(record: type) -> list[str]:
    """The keys that a file may write in a record."""
    hints = hints_of(record)
    return [one.name for one in fields(record) if FROM_READER not in get_args(hints[one.name])]


@cache
def every_record() -> tuple[object, ...]:
    """Every record of the two pathways and of the overlay."""
    problems = Problems()
    parts = [*records(parse_files(take_snapshot(PROSTATE), problems))]
    parts += records(parse_files(take_snapshot(PARK), problems))
    options = shipped().pathway.options
    parts += records(parse_additions(take_snapshot(HOSPITAL), problems, present=options))
    assert not problems
    return tuple(parts)


KEYS = [
    (record, key)
    for record in sorted(shapes(RawFiles, set()) | shapes(RawAdditions, set()), key=str)
    if record not in (RawFiles, RawAdditions, Check)
    for key in written(record)
    if (record, key) != (RawOverlay, "reviewed")
]
"""All but the parts of a check, which stand below, and the review of an overlay, which names its
digest and with it that of the shipped pathway.
"""


@pytest.mark.parametrize(("record", "key"), KEYS, ids=lambda one: getattr(one, "__name__", one))
def test_a_key_is_written_somewhere(record: type, key: str) -> None:
    [default] = [
        None if one.default_factory is MISSING else one.default_factory()
        for one in fields(record)
        if one.name == key
    ]
    said = {str(getattr(one, key)) for one in every_record() if type(one) is record}
    assert said - {str(default), "None", "()", "{}", "False", ""}, f"nothing has {key}"


# --- conditions, trees, cases ------------------------------------------------------------------

ASKED = ("choice", "multi", "number", "integer")
Place = tuple[str, ...]
"""The file, and the keys that lead to a part of it; `*` for a place in a list."""


def parts(place: Place, data: Any) -> Iterator[tuple[Place, Any]]:
    """Every part of a file, with where it stands."""
    yield place, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from parts((*place, str(key)), value)
    elif isinstance(data, list):
        for value in data:
            yield from parts((*place, "*"), value)


@cache
def every_part() -> tuple[tuple[Place, Any], ...]:
    """Every part of every file of the two pathways."""
    return tuple(
        part
        for folder in (PROSTATE, PARK)
        for path in sorted(folder.rglob("*.yaml"))
        for part in parts((path.parent.name,), plain_data(read_yaml(path, path.name)))
    )


@cache
def groups(kind: str) -> frozenset[str]:
    """The groups of the factors of a type."""
    return frozenset(
        name
        for place, data in every_part()
        if isinstance(data, dict) and data.get("type") == kind
        for name in data.get("groups", {})
    )


def ruled(place: Place) -> bool:
    """Whether a place lies in a condition."""
    return bool({"when", "unless", "scope", "applies_when", "among", "not"} & {*place})


def asked(place: Place, value: object) -> Iterator[str]:
    """The words that a condition has for an answer, or a branch of a tree."""
    if ruled(place) and place[0] != "cases":
        yield from (str(one) for one in (value if isinstance(value, list) else [value]))


def ranged(form: str) -> "Use":
    """A range of this form: in a condition, in points, or as the branch of a tree."""
    pattern = re.compile(form)

    def used(place: Place, value: object) -> bool:
        words = [*asked(place, value)]
        if place[0] != "cases":
            words += [place[-1]]
            words += [str(value)] if place[-1] == "points" else []
        return any(pattern.fullmatch(word) for word in words)

    return used


def key(name: str, kind: type, inside: str = "") -> "Use":
    """A key with a value of this kind, somewhere inside of another key."""
    return lambda place, value: (
        place[-1] == name and isinstance(value, kind) and (not inside or inside in place[:-1])
    )


def answered(form: Callable[[Any], bool], factors: frozenset[str] = frozenset()) -> "Use":
    """An answer of this form in a case."""
    return lambda place, value: (
        place[:2] == ("cases", "answers")
        and len(place) == 3
        and form(value)
        and (not factors or place[2] in factors)
    )


@cache
def of_type(kind: str) -> frozenset[str]:
    """The factors of a type."""
    return frozenset(
        place[-1]
        for place, data in every_part()
        if len(place) == 2 and isinstance(data, dict) and data.get("type") == kind
    )


def asked_not_done(kind: str) -> "Use":
    """A condition on a factor of a type: that it was not done."""
    return lambda p, v: "not_done" in asked(p, v) and p[-1] in of_type(kind)


def is_range(value: object) -> bool:
    return bool(re.match(r"(below|up to|from|above) |.* to ", str(value)))


Use = Callable[[Place, Any], bool]
RULES: dict[str, Use] = {
    "not a condition": key("not", dict),
    "not any of several": lambda p, v: key("not", list)(p, v) and isinstance(v[0], dict),
    "not a shared tree": lambda p, v: p[-2:] == ("not", "use"),
    "any answer but these": lambda p, v: (
        isinstance(v, dict) and [*v] == ["not"] and ruled(p) and p[-1] not in {"*", "when"}
    ),
    "at least so many of several": key("among", list, "at_least"),
    "a shared tree": lambda p, v: ruled(p) and key("use", str)(p, v),
    "several shared trees": lambda p, v: ruled(p) and key("use", list)(p, v) and len(v) > 1,
    "a shared tree that goes on": lambda p, v: "tree" in p and key("use", str)(p, v),
    "one of several inside a map": lambda p, v: ruled(p) and key("any", list)(p, v),
    "one of several maps": lambda p, v: key("when", list)(p, v) and isinstance(v[0], dict),
    "always": lambda p, v: p[-1] == "when" and v == "always",
    "all of some members": lambda p, v: ruled(p) and key("all", list)(p, v),
    "any member": lambda p, v: "any" in asked(p, v),
    "no member": lambda p, v: "none" in asked(p, v),
    "a group of a choice": lambda p, v: bool({*asked(p, v)} & groups("choice")),
    "a group of a multi": lambda p, v: bool({*asked(p, v)} & groups("multi")),
    "a group of a derived factor": lambda p, v: bool({*asked(p, v)} & groups("derived")),
    **{f"a {kind} that was not done": asked_not_done(kind) for kind in ASKED},
    "a number that was measured": lambda p, v: "any number" in asked(p, v),
    "a list of answers": lambda p, v: ruled(p) and isinstance(v, list) and isinstance(v[0], str),
    "below": ranged("below [0-9.]+"),
    "up to": ranged("up to [0-9.]+"),
    "from": ranged("from [0-9.]+"),
    "above": ranged("above [0-9.]+"),
    "to below": ranged("[0-9.]+ to below [0-9.]+"),
    "to": ranged("[0-9.]+ to [0-9.]+"),
    "exactly": ranged("exactly [0-9]+"),
    "a list of ranges": lambda p, v: ruled(p) and isinstance(v, list) and is_range(v[-1]),
    "claims of a way": lambda p, v: "when" in p and key("claims", list)(p, v) and "not" not in p,
    "claims of a leaf": lambda p, v: "tree" in p and key("described", list)(p, v),
    "claims of a way of a shared tree": lambda p, v: (
        len(p) == 5 and p[2:4] == ("when", "*") and p[4] == "claims" and p[1] == "short_or_dead"
    ),
    "a question of a tree": lambda p, v: "tree" in p and key("ask", str)(p, v),
    "a branch of several values": lambda p, v: "tree" in p and ", " in p[-1],
    "a branch for the rest": lambda p, v: "tree" in p and p[-1] == "otherwise",
    "points for the rest": lambda p, v: "points" in p and p[-1] == "otherwise",
    "a value of all that is left": lambda p, v: "values" in p and p[-1] == "otherwise",
    "a value that a condition gives": lambda p, v: "values" in p and p[-1] == "when",
    "cautions by value": key("cautions", dict),
    "cautions on conditions": lambda p, v: key("cautions", list)(p, v) and isinstance(v[0], dict),
    "a check of options": lambda p, v: (
        key("check", dict)(p, v) and "described or possible" in {*map(str, v.values())}
    ),
    "a check of what is certain": key("certain", dict, "check"),
    "a check of what is possible": key("possible", dict, "check"),
}
CASES: dict[str, Use] = {
    "a value": answered(lambda v: isinstance(v, str), of_type("choice")),
    "a group": answered(lambda v: isinstance(v, str) and v in groups("choice")),
    "a group of all": answered(lambda v: v == "not_told"),
    "one of these": answered(lambda v: isinstance(v, list), of_type("choice")),
    "a whole list of members": answered(
        lambda v: isinstance(v, list) and v != [], of_type("multi")
    ),
    "no member": answered(lambda v: v == []),
    "members one by one": answered(lambda v: isinstance(v, dict)),
    **{
        f"a {kind} that was not done": answered(lambda v: v == "not_done", of_type(kind))
        for kind in ASKED
    },
    "a number": answered(lambda v: str(v).replace(".", "").isdigit(), of_type("number")),
    "an integer": answered(lambda v: str(v).isdigit(), of_type("integer")),
    "a range": answered(lambda v: isinstance(v, str) and is_range(v), of_type("number")),
    "a range of integers": answered(
        lambda v: isinstance(v, str) and is_range(v), of_type("integer")
    ),
    "several ranges": answered(lambda v: isinstance(v, list) and any(map(is_range, v))),
    "the team's own value": answered(lambda v: isinstance(v, str), of_type("derived")),
    "the team's own group": answered(lambda v: isinstance(v, str) and v in groups("derived")),
    "some of the team's own": answered(lambda v: isinstance(v, list), of_type("derived")),
    **{
        f"expects {name}": key(name, kind, "expect")
        for name, kind in {
            "described": list,
            "possible": dict,
            "not_described": str,
            "alerts": list,
            "checks": list,
            "aims": dict,
            "usual_settings": dict,
            "statements": dict,
            "excluded_by": dict,
            "parked": list,
        }.items()
    },
}


@pytest.mark.parametrize("said", RULES)
def test_a_form_of_condition_is_used(said: str) -> None:
    assert any(RULES[said](*part) for part in every_part())


@pytest.mark.parametrize("said", CASES)
def test_a_form_of_answer_or_expectation_is_used(said: str) -> None:
    assert any(CASES[said](*part) for part in every_part() if part[0][0] == "cases")


def test_the_second_disease_is_a_whole_one() -> None:
    pathway = prostate().pathway
    assert len(pathway.factors) >= 12
    assert len(pathway.options) >= 12
    assert len([*(PROSTATE / "cases").glob("*.yaml")]) >= 20
    claims = {claim.source for claim in pathway.claims.values()}
    assert claims == {"PDQ"}
