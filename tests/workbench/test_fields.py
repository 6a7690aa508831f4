"""Any single field of any record changed: a comparison says so, and never that it is only text
where anything but words differs in what follows from some answers."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from random import Random
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest

from tests.reasoning.pathways import random_answers
from tests.reasoning.records import HERE
from tests.workbench.expecting import silent
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.raw import parse_answer, raw_answer
from wizard.case.transitions import AnswerError
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway import fields as types
from wizard.pathway import model_fields
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import CARD_ROWS, Alert, Pathway, Status
from wizard.pathway.position import Position
from wizard.pathway.trees import Ask, Not, Outcome, Rule
from wizard.reasoning.assessing import assess
from wizard.reasoning.changes import nearest_changes
from wizard.wording.sources import source_currency
from wizard.workbench.record_diff import ChangeKind
from wizard.workbench.version_diff import Diff, compare

TODAY = date(2026, 11, 21)
Path_ = tuple[str, ...]
OF_THE_COPY = {"digest", "shipped", "folder"}


# --- every field, changed ----------------------------------------------------------------------


def edits(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Copies of a record or map with one field, or one entry, changed; and where."""
    if isinstance(value, Position):
        return
    if isinstance(value, Rule):
        yield (*path, "tree"), turned(value)
    elif is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value), localns={**vars(types), **vars(model_fields)})
        for part in fields(value):
            skipped = {"id"} if path else OF_THE_COPY  # another id is another entry of its map
            if part.name not in skipped:
                kinds = get_args(hints[part.name])
                own = getattr(value, part.name)
                here = (*path, part.name)
                every = [*edits(own, here)] if own is not None else [(here, k) for k in new(kinds)]
                if own is not None and NoneType in kinds:
                    every.append((here, None))
                yield from ((at, replace(value, **{part.name: changed})) for at, changed in every)
    elif isinstance(value, Mapping):
        yield from of_map(value, path)
    elif isinstance(value, tuple):
        yield from of_tuple(value, path)
    else:
        yield from ((path, changed) for changed in others(value))


def of_map(value: Mapping[str, Any], path: Path_) -> Iterator[tuple[Path_, Any]]:
    for key, own in value.items():
        for where, changed in edits(own, (*path, key)):
            yield where, {**value, key: changed}
    if len(value) > 1:
        yield (*path, "(order)"), dict(reversed(list(value.items())))


def of_tuple(value: tuple[Any, ...], path: Path_) -> Iterator[tuple[Path_, Any]]:
    for at, own in enumerate(value):
        if is_dataclass(own) and not isinstance(own, Position):
            for where, changed in edits(own, (*path, str(at))):
                yield where, (*value[:at], changed, *value[at + 1 :])
    if value and not isinstance(value[0], Position):
        yield path, value[1:]
    if len(value) > 1 and not isinstance(value[0], Position):
        yield (*path, "(order)"), value[::-1]


def others(value: Any) -> Iterator[Any]:
    """Other values of a plain field."""
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
        case Decimal():
            yield value + 1
        case Enum():
            yield next(each for each in type(value) if each is not value)
        case str():
            yield f"{value} indeed"


def new(kinds: tuple[type, ...]) -> Iterator[Any]:
    """Values of a field that has none."""
    known = {str: "2020-01", Decimal: Decimal(5), Rule: Rule(Outcome(False, HERE), HERE)}
    yield from (known[kind] for kind in kinds if kind in known)


def turned(rule: Rule) -> Rule:
    """The rule with its first outcome, from the root, turned round."""

    def turn(tree: Any) -> Any:
        if isinstance(tree, Outcome):
            return replace(tree, described=not tree.described)
        if not isinstance(tree, Ask):
            return Not(tree, tree.position)
        first, *rest = tree.branches
        return Ask(tree.factor, (replace(first, tree=turn(first.tree)), *rest), tree.position)

    return Rule(turn(rule.tree), rule.position)


# --- what follows, words aside -------------------------------------------------------------------


def consequences(compiled: Compiled, every: list[Mapping[str, object]]) -> list[object]:
    """All that is shown of cases but for words, and which answers are taken at all."""
    pathway = compiled.pathway
    return [
        [shape(factor) for factor in pathway.factors.values()],
        [follows(compiled, raw) for raw in every],
        [(s.id, source_currency(pathway, s, TODAY), s.badge) for s in pathway.sources.values()],
        [(s.id, s.factors) for s in pathway.steps],
        (pathway.limits, pathway.intended_use, pathway.reviewed, pathway.hazards),
        {a.id: a.says for a in pathway.assumptions.values()},
    ]


def shape(factor: Factor) -> object:
    return factor.id, factor.step, factor.record_only is None, answers_shape(factor)


def answers_shape(factor: Factor) -> object:
    match factor:
        case ChoiceFactor():
            groups = [(g.id, g.values, g.whole) for g in factor.groups.values()]
            return tuple(factor.values), groups
        case MultiFactor():
            return tuple(factor.members), factor.at_least, factor.none_label is None
        case NumberFactor():
            return factor.unit, factor.minimum, factor.maximum


def follows(compiled: Compiled, raw: Mapping[str, object]) -> object:
    pathway = compiled.pathway
    try:
        answers = Answers({f: parse_answer(pathway.factors[f], a) for f, a in raw.items()})
    except (AnswerError, KeyError) as error:
        return type(error).__name__
    found = assess(compiled, answers)
    return (
        [option(compiled, answers, found.options[name]) for name in pathway.options],
        [(alert(pathway.alerts[name]), state) for name, state in found.alerts.items()],
        (found.next, found.parked),
    )


def alert(record: Alert) -> object:
    return record.id, record.level, cited(record)


def cited(record: Any) -> object:
    return record.claims, record.assumes


def option(compiled: Compiled, answers: Answers, assessed: Any) -> object:
    record = compiled.pathway.options[assessed.id]
    wanted = assessed.status is not Status.DESCRIBED
    changes = nearest_changes(compiled, answers, compiled.options[record.id], wanted=wanted)
    usual = record.usual_setting
    return (
        (assessed.id, record.group, assessed.status, assessed.aims, assessed.usual_setting),
        (assessed.verdict, changes, usual and (usual.label, cited(usual)), record.assumes),
        [(s.id, s.source, assessed.statements[s.id], cited(s)) for s in record.statements.values()],
        [(row, record.card[row]) for row in CARD_ROWS if row in record.card],
        [(note.claims) for note in record.notes],
    )


def some_cases(pathway: Pathway) -> list[Mapping[str, object]]:
    """Answers in the form of a file: the ends of each number, and many at random."""
    numbers = [f for f in pathway.factors.values() if isinstance(f, NumberFactor)]
    ends = [{f.id: end} for f in numbers for end in (f.minimum, f.maximum)]
    random = Random(1)
    made = [NO_ANSWERS, *(random_answers(random, pathway.factors) for _ in range(25))]
    return [
        *ends,
        *({f: raw_answer(pathway.factors[f], a) for f, a in answers.items()} for answers in made),
    ]


@pytest.fixture(scope="module")
def base(small_pathway: Pathway) -> tuple[list[Mapping[str, object]], list[object]]:
    every = some_cases(small_pathway)
    return every, consequences(compile_pathway(small_pathway), every)


def compared(old: Pathway, new: Pathway, folder: Path) -> Diff:
    return compare(old, new, ("old", "new"), (folder / "none", folder / "none"), silent)


@pytest.mark.slow
def test_what_is_called_only_text_is_only_words(
    small_pathway: Pathway, tmp_path: Path, base: tuple[list[Mapping[str, object]], list[object]]
) -> None:
    every, before = base
    texts = 0
    for path, edited in edits(small_pathway):
        if path[-1] in ("type", "tests"):  # no reader makes these alone: see their own tests
            continue
        found = compared(small_pathway, edited, tmp_path)
        if not found.clinical:
            texts += bool(found.records)
            assert {record.sort for record in found.records} <= {ChangeKind.TEXT}, path
            assert consequences(compile_pathway(edited), every) == before, path
    assert texts > 50


@pytest.mark.parametrize(
    "name",
    [
        *("fixed", "unit", "minimum", "maximum", "at_least", "old_after_years", "limits"),
        *(
            "intended_use",
            "level",
            "review_due",
            "date_meaning",
            "action",
            "control",
            "hazard",
            "source",
        ),
    ],
)
def test_what_steers_what_is_said_is_never_text(
    name: str, small_pathway: Pathway, tmp_path: Path
) -> None:
    found = [edited for path, edited in edits(small_pathway) if path[-1] == name]
    assert found
    for edited in found:
        assert compared(small_pathway, edited, tmp_path).clinical
