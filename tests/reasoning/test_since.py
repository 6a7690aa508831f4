"""Then and now: what a kept standing says of another version equals two assessments compared."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.pathways import asked_answers, random_answers, random_pathway
from tests.small import park, prostate, shipped, small
from wizard.__main__ import main
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.carrying import carried
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.problems import PathwayErrors
from wizard.pathway.trees import Outcome, Requirement
from wizard.reasoning.assessing import assess, conclude
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.since import Since, since
from wizard.reasoning.standing_then import (
    StandingError,
    standing_data,
    standing_of,
    standing_read,
)
from wizard.record import Record, fields_of, replace


def places_of(value: object) -> Iterator[Record]:
    """Every leaf and every requirement of the rules in a value."""
    if isinstance(value, Outcome | Requirement):
        yield value
    elif isinstance(value, Record):
        for name in fields_of(type(value)):
            yield from places_of(getattr(value, name))
    elif isinstance(value, dict | tuple) and not hasattr(value, "_fields"):
        for each in value.values() if isinstance(value, dict) else value:
            yield from places_of(each)


def turned(value: Any, at: Record) -> Any:
    """A value in which one leaf or requirement says the opposite."""
    if value is at:
        name = "described" if isinstance(value, Outcome) else "negated"
        return replace(value, **{name: not getattr(value, name)})
    if isinstance(value, Record):
        names = fields_of(type(value))
        new = {name: turned(getattr(value, name), at) for name in names}
        return value if all(new[n] is getattr(value, n) for n in names) else replace(value, **new)
    if isinstance(value, dict):
        made = {key: turned(each, at) for key, each in value.items()}
        return value if all(made[key] is value[key] for key in value) else made
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        several = tuple(turned(each, at) for each in value)
        same = all(one is other for one, other in zip(several, value, strict=True))
        return value if same else several
    return value


def edited(random: Random, old: Compiled) -> Compiled:
    """The pathway with a few leaves or requirements turned round; as it is where that breaks it."""
    pathway = old.pathway
    for _ in range(random.randint(0, 2)):
        every = list(places_of({**pathway.shared, **pathway.options, **pathway.alerts}))
        every += places_of(tuple(pathway.factors.values()))
        if every:
            at = random.choice(every)
            parts = ("factors", "shared", "options", "alerts")
            new = {part: turned(dict(getattr(pathway, part)), at) for part in parts}
            pathway = replace(pathway, **new, digest="another")
    try:
        return compile_pathway(pathway)
    except PathwayErrors:  # a value that is worked out would be two at once
        return old


def shown(found: Assessment) -> dict[str, object]:
    """What is compared of each option and alert."""
    options: dict[str, object] = {
        f"option {each.id}": (
            each.status,
            set(each.verdict.depends_on),
            set(each.aims),
            each.usual_setting,
            set(each.excluded_by),
            {name: said for name, said in each.statements.items() if said != "not_described"},
        )
        for each in found.options.values()
    }
    return options | {f"alert {each}": state for each, state in found.alerts.items()}


def compared(old: Compiled, new: Compiled, answers: Answers) -> Since:
    """Then and now, after the standing was kept as text."""
    standing = standing_of(old.pathway, conclude(old, answers))
    kept = standing_read(json.loads(json.dumps(standing_data(standing))))
    assert kept == standing
    return since(kept, new.pathway, answers, conclude(new, answers))


def hold_against_assessments(old: Compiled, new: Compiled, answers: Answers) -> None:
    before, after = shown(assess(old, answers)), shown(assess(new, answers))
    moved = {key for key in before | after if before.get(key) != after.get(key)}
    found = compared(old, new, answers)
    told = {f"option {each.option}" for each in found.options}
    told |= {f"option {each}" for each in found.added}
    told |= {f"alert {each.alert}" for each in found.alerts}
    assert told == moved
    assert all(each.changed.behind for each in found.options)
    assert all(each.changed.behind for each in found.alerts)
    assert not found.reworded.keys() & {each.option for each in found.options}


@pytest.mark.slow
@given(st.integers(0, 2**32))
def test_random_pathways_then_and_now(seed: int) -> None:
    random = Random(seed)
    old = compile_pathway(random_pathway(random))
    new = edited(random, old)
    for _ in range(3):
        hold_against_assessments(old, new, asked_answers(random, old.pathway.factors))


@pytest.mark.slow
@pytest.mark.parametrize("compiled", [shipped, prostate, park])
@given(st.integers(0, 2**32))
@settings(max_examples=25)
def test_whole_pathways_then_and_now(compiled: Callable[[], Compiled], seed: int) -> None:
    random, old = Random(seed), compiled()
    new = edited(random, old)
    for _ in range(3):
        hold_against_assessments(old, new, asked_answers(random, old.pathway.factors))


@pytest.mark.parametrize("compiled", [shipped(), prostate(), park(), small()])
def test_nothing_is_otherwise_in_the_same_version(compiled: Compiled) -> None:
    for seed in range(5):
        answers = random_answers(Random(seed), compiled.pathway.factors)
        found = compared(compiled, compiled, answers)
        assert not found.moved
        assert (found.added, found.reworded, found.questions) == ((), {}, ())
        assert found.releases == ()


DATA = standing_data(standing_of(small().pathway, conclude(small(), NO_ANSWERS)))


def test_a_standing_is_plain_and_says_only_what_is_said() -> None:
    assert DATA["options"] == {
        each.id: each.status.value for each in conclude(small(), NO_ANSWERS).options.values()
    }
    assert all(DATA.values())
    assert json.loads(json.dumps(DATA)) == DATA


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "is not a map"),
        ({}, "lacks version"),
        ({**DATA, "option": {}}, "has option, which this version does not know"),
        ({**DATA, "version": 2026.11}, "has something else in version than a standing has"),
        ({**DATA, "options": {"a": "chosen"}}, "has something else in options"),
        ({**DATA, "options": {"a": ["described"]}}, "has something else in options"),
        ({**DATA, "depends_on": {"a": "site"}}, "has something else in depends_on"),
        ({**DATA, "statements": {"a": "described"}}, "has something else in statements"),
        ({**DATA, "usual_settings": {"a": ["met"]}}, "has something else in usual_settings"),
        ({**DATA, "parts": {"option a": "5f3a"}}, "has something else in parts"),
        ({**DATA, "alerts": "crisis"}, "has something else in alerts"),
    ],
)
def test_what_is_not_a_standing_is_refused(data: Any, told: str) -> None:
    with pytest.raises(StandingError, match=told):
        standing_read(data)


@pytest.mark.slow
def test_what_only_has_another_id_is_the_same() -> None:
    """Cases of then name options, questions and values by the ids of then."""
    old = shipped()
    with renamed(old) as new:
        for seed in range(3):
            answers = asked_answers(Random(seed), old.pathway.factors)
            standing = standing_of(old.pathway, conclude(old, answers))
            now = carried(answers, old.pathway, new.pathway)
            assert not now.aside
            found = since(standing, new.pathway, now.answers, conclude(new, now.answers))
            assert (found.options, found.alerts, found.added) == ((), (), ())
            assert (found.reworded, found.questions) == ({}, ())


@contextmanager
def renamed(old: Compiled) -> Iterator[Compiled]:
    """The shipped pathway with another id of an option, a question, a value and a member."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "neuroendocrine"
        copytree(old.pathway.folder, folder)
        for words in (
            ["option", "surgery", "operation"],
            ["factor", "extent", "how_far"],
            ["value", "how_far.spread", "far"],
            ["member", "problems.carcinoid_syndrome", "carcinoid"],
        ):
            assert main(["rename", *words, "--pathway", str(folder)]) is ExitCode.DONE
        yield compile_pathway(read_pathway(folder))
