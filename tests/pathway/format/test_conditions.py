"""Conditions and trees mean the same as written and as compiled, over every case.

The meaning is taken from the written words alone, independently of the reader: a condition on a
factor that does not apply is false, and a tree takes the branch whose words the case fits.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasoning.brute import CaseValue, passes, walk
from tests.reasoning.records import a_choice, a_multi, a_number, pathway
from wizard.pathway.factors import (
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    ValueGroup,
    named_values,
)
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.rules import Rules, guards_of, read_written, shared_trees
from wizard.pathway.format.vocabulary import Names
from wizard.pathway.format.walk import Walk
from wizard.pathway.position import Position
from wizard.pathway.problems import Problems
from wizard.pathway.trees import Ask, OneOf, Rest, Rule, Tree, asks, parts

Case = Mapping[str, CaseValue]
START = Position("a.yaml", 1, 1)

COLOURS = ("red", "green", "blue")
GROUPS = {"warm": ("red",), "cold": ("green", "blue")}
FACTORS: dict[str, Factor] = {
    "colour": replace(
        a_choice("colour", COLOURS),
        groups={
            key: ValueGroup(id=key, label=key, help="", phrase=None, values=values, whole=False)
            for key, values in GROUPS.items()
        },
    ),
    "signs": a_multi("signs", ["dots", "lines", "rings"]),
    "places": a_multi("places", ["top", "side"], at_least=1),
    "size": a_number("size"),
    "speed": a_choice("speed", ["slow", "fast"]),
}
APPLIES: dict[str, Any] = {
    "places": [{"signs": "dots"}, {"colour": "red", "signs": "none"}],
    "size": {"places": ["top"]},
    "speed": {"use": "marked"},
}
MARKED: dict[str, Any] = {"when": [{"signs": {"all": ["lines", "rings"]}}, {"places": "side"}]}
PLAIN = pathway(FACTORS, {}, {}, {})
SIZES = [Decimal(0), Decimal(3), Decimal(5), Decimal(9)]


# --- the meaning of the written words --------------------------------------------------------


def holds(written: Any, case: Case, shared: Mapping[str, Any]) -> bool:
    """A written condition in one case."""
    if written == "always":
        return True
    if isinstance(written, list):
        return any(holds(one, case, shared) for one in written)
    return all(part(key, value, case, shared) for key, value in written.items())


def part(key: str, value: Any, case: Case, shared: Mapping[str, Any]) -> bool:
    """One entry of a mapping in one case."""
    if key == "use":
        names = value if isinstance(value, list) else [value]
        return all(described(shared[name], case, shared) for name in names)
    if key == "not":
        return not holds(value, case, shared)
    if key == "any":
        return any(holds(one, case, shared) for one in value)
    if key == "at_least":
        return sum(holds(one, case, shared) for one in value["among"]) >= int(value["of"])
    return entry(key, value, case)


def entry(name: str, value: Any, case: Case) -> bool:
    if name not in case:
        return False
    if isinstance(value, dict) and "not" in value:
        return not entry(name, value["not"], case)
    if isinstance(value, dict):
        return all(word_fits(word, name, case[name]) for word in value["all"])
    words = value if isinstance(value, list) else [value]
    return any(word_fits(word, name, case[name]) for word in words)


def word_fits(word: str, name: str, value: CaseValue) -> bool:
    if isinstance(value, str):
        return value == word or value in GROUPS.get(word, ())
    if isinstance(value, frozenset):
        return {"any": bool(value), "none": not value}.get(word, word in value)
    parts = word.split()
    low = {"below": None, "from": parts[1]}.get(parts[0], parts[0])
    high = {"below": parts[1], "from": None}.get(parts[0], parts[-1])
    return (low is None or Decimal(low) <= value) and (high is None or value < Decimal(high))


def described(written: Mapping[str, Any], case: Case, shared: Mapping[str, Any]) -> bool:
    """A record with `when` or `tree`, and perhaps `unless`, in one case."""
    if "unless" in written and holds(written["unless"], case, shared):
        return False
    if "when" in written:
        return holds(written["when"], case, shared)
    return ends(written["tree"], case, shared)


def ends(tree: Any, case: Case, shared: Mapping[str, Any]) -> bool:
    """A written tree in one case.  Raises KeyError where it asks what does not apply."""
    if isinstance(tree, str):
        return tree == "described"
    if "use" in tree:
        return described(shared[tree["use"]], case, shared)
    name = tree["ask"]
    value = case[name]
    taken = [
        key
        for key in tree
        if key not in {"ask", "otherwise"}
        and any(word_fits(word, name, value) for word in key.split(", "))
    ]
    return ends(tree[taken[0] if taken else "otherwise"], case, shared)


def subsets(members: tuple[str, ...]) -> list[frozenset[str]]:
    sizes = range(len(members) + 1)
    return [
        frozenset(some) for some in chain.from_iterable(combinations(members, n) for n in sizes)
    ]


def all_cases() -> Iterator[dict[str, CaseValue]]:
    """Every case: a value for each factor that applies in it."""

    def extend(case: dict[str, CaseValue], names: list[str]) -> Iterator[dict[str, CaseValue]]:
        if not names:
            yield case
            return
        name, *rest = names
        if name in APPLIES and not holds(APPLIES[name], case, {"marked": MARKED}):
            yield from extend(case, rest)
            return
        asked = FACTORS[name]
        values: list[CaseValue] = list(named_values(asked))
        if isinstance(asked, NumberFactor):
            values = list(SIZES)
        if isinstance(asked, MultiFactor):
            values = [some for some in subsets(tuple(asked.members)) if len(some) >= asked.at_least]
        for value in values:
            yield from extend({**case, name: value}, rest)

    return extend({}, list(FACTORS))


CASES = list(all_cases())


# --- reading ---------------------------------------------------------------------------------


@dataclass
class Read:
    """Rules read from written data, and what is wrong with them."""

    rule: Rule
    shared: dict[str, Rule]
    problems: Problems

    def holds(self, case: Case) -> bool:
        return walked(self.rule.tree, case, self.shared)


def walked(tree: Tree, case: Case, shared: Mapping[str, Rule]) -> bool:
    """The plain walk of a rule.  Raises KeyError where a question of a tree does not apply."""
    return walk(PLAIN, tree, case, lambda name: walked(shared[name].tree, case, shared))


def read(
    written: Mapping[str, Any], shared: Mapping[str, Any], scope: object | None = None
) -> Read:
    problems = Problems()
    names = Names(FACTORS, frozenset(shared))

    def nodes(record: Mapping[str, Any]) -> dict[str, Any]:
        return {key: read_yaml(json.dumps(value), "a.yaml") for key, value in record.items()}

    trees = {
        name: read_written(START, names, problems, **nodes(one)) for name, one in shared.items()
    }
    walk_ = Walk(FACTORS, {}, shared_trees(trees, problems))
    applies = {
        name: read_written(START, names, problems, **nodes({"when": one}))
        for name, one in APPLIES.items()
    }
    guards = guards_of(applies, walk_, frozenset(FACTORS), problems)
    rules = Rules(names, replace(walk_, guards=guards), problems)
    found = rules.read(START, **nodes(written))
    if scope is not None:
        rules.scope("one", nodes({"scope": scope})["scope"], found)
    return Read(found, {name: rules.rule(one) for name, one in trees.items()}, problems)


# --- random conditions and trees -------------------------------------------------------------

MEMBERS = {name: tuple(named_values(one)) for name, one in FACTORS.items()}
RANGES = ("below 3", "3 to below 5", "from 5", "below 9", "from 3", "5 to below 9")


def words_of(name: str) -> st.SearchStrategy[Any]:
    """What may stand for a factor in a condition."""
    asked = FACTORS[name]
    if isinstance(asked, NumberFactor):
        return st.sampled_from(RANGES) | st.lists(st.sampled_from(RANGES), min_size=1, max_size=3)
    members = st.lists(st.sampled_from(MEMBERS[name]), min_size=1, unique=True)
    if isinstance(asked, ChoiceFactor):
        groups = st.sampled_from(["warm", "cold"]) if asked.groups else st.nothing()
        return members | st.sampled_from(MEMBERS[name]) | groups
    alone = st.sampled_from(["any"] if asked.at_least else ["any", "none"])
    return members | alone | members.map(lambda some: {"all": some})


@st.composite
def conditions(draw: st.DrawFn, shared: tuple[str, ...], depth: int = 2) -> Any:
    """Written conditions that may use these shared trees."""
    if draw(st.integers(0, 9)) == 0:
        return "always"
    if draw(st.booleans()):
        return draw(maps(shared, depth))
    return draw(st.lists(maps(shared, depth), min_size=1, max_size=4))


@st.composite
def maps(draw: st.DrawFn, shared: tuple[str, ...], depth: int) -> dict[str, Any]:
    """Written conditions all of whose entries hold."""
    keys = [*FACTORS, *(["use"] if shared else []), *(["not", "any", "at_least"] if depth else [])]
    written: dict[str, Any] = {}
    for key in draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True)):
        if key == "use":
            names = st.sampled_from(shared)
            written[key] = draw(names | st.lists(names, min_size=1, max_size=2, unique=True))
        elif key == "not":
            written[key] = draw(conditions(shared, depth - 1))
        elif key == "any":
            written[key] = draw(st.lists(maps(shared, depth - 1), min_size=1, max_size=3))
        elif key == "at_least":
            among = draw(st.lists(conditions(shared, depth - 1), min_size=1, max_size=3))
            written[key] = {"of": str(draw(st.integers(1, len(among)))), "among": among}
        else:
            words = draw(words_of(key))
            written[key] = {"not": words} if draw(st.integers(0, 3)) == 0 else words
    return written


def branch_keys(name: str, draw: st.DrawFn) -> list[str]:
    """Keys that take every answer of a factor."""
    asked = FACTORS[name]
    if isinstance(asked, NumberFactor):
        return draw(
            st.sampled_from(
                [["below 5", "from 5"], ["3 to below 5", "otherwise"], ["from 9", "otherwise"]]
            )
        )
    some = draw(st.lists(st.sampled_from(MEMBERS[name]), min_size=1, unique=True))
    if isinstance(asked, ChoiceFactor):
        rest = [value for value in MEMBERS[name] if value not in some]
        return [", ".join(some), ", ".join(rest)] if rest else [some[0], "otherwise"]
    whole = len(some) == len(MEMBERS[name])
    if asked.at_least:
        return [some[0], "otherwise"] if whole else [", ".join(some), "otherwise"]
    if whole:
        return [", ".join(some), "none"]
    none: list[str] = draw(st.sampled_from([["none"], []]))
    return [", ".join(some), *none, "otherwise"]


@st.composite
def trees(draw: st.DrawFn, names: tuple[str, ...], shared: tuple[str, ...], depth: int = 3) -> Any:
    """Written trees that ask these factors, in any order."""
    kind = draw(st.integers(0, 5))
    if depth == 0 or kind == 0:
        goes_on = draw(st.booleans())
        if shared and goes_on:
            return {"use": draw(st.sampled_from(shared))}
        return draw(st.sampled_from(["described", "not_described"]))
    name = draw(st.sampled_from(names))
    below = trees(names, shared, depth - 1)
    return {"ask": name, **{key: draw(below) for key in branch_keys(name, draw)}}


ALWAYS = ("colour", "signs")
"""Factors that apply in every case."""


@st.composite
def pathways(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A condition or tree, and the shared trees that it may use."""
    shared: dict[str, Any] = {"marked": MARKED}
    for number in range(draw(st.integers(0, 2))):
        before = tuple(shared)
        if draw(st.booleans()):
            shared[f"shared{number}"] = {"when": draw(conditions(before))}
        else:
            shared[f"shared{number}"] = {"tree": draw(trees(ALWAYS, before))}
    rule = {"tree": draw(trees(ALWAYS, tuple(shared)))}
    if draw(st.booleans()):
        rule = {"when": draw(conditions(tuple(shared)))}
    if draw(st.booleans()):
        rule["unless"] = draw(conditions(tuple(shared)))
    return rule, shared


# --- properties ------------------------------------------------------------------------------


@given(pathways())
def test_a_rule_holds_exactly_where_its_words_hold(
    both: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    written, shared = both
    found = read(written, shared)
    assert found.problems == []
    for case in CASES:
        assert found.holds(case) is described(written, case, shared)


@given(pathways(), conditions(("marked",)))
def test_a_scope_is_refused_where_its_statement_holds_and_it_does_not(
    both: tuple[dict[str, Any], dict[str, Any]], scope: object
) -> None:
    written, shared = both
    problems = read(written, shared, scope).problems
    beyond = [
        case
        for case in CASES
        if described(written, case, shared) and not holds(scope, case, shared)
    ]
    assert [problem.what.split(" (")[0] for problem in problems] == (
        ['the statement "one" holds in cases that its scope leaves out'] if beyond else []
    )


FREE: list[dict[str, CaseValue]] = [
    {"colour": colour, "signs": signs, "places": places, "size": size, "speed": speed}
    for colour in COLOURS
    for signs in subsets(MEMBERS["signs"])
    for places in subsets(MEMBERS["places"])
    if places
    for size in SIZES
    for speed in MEMBERS["speed"]
]
"""Every combination of values, whether the factors apply or not."""


def reached(tree: Tree, case: Case) -> Iterator[Ask]:
    """Every node that a combination of values comes to."""
    if isinstance(tree, Ask):
        yield tree
        for branch in tree.branches:
            if passes(branch.test, case[tree.factor]):
                yield from reached(branch.tree, case)
                break


@given(trees(ALWAYS, ("marked",)))
def test_one_branch_takes_every_answer_that_comes_to_it(tree: Any) -> None:
    found = read({"tree": tree}, {"marked": MARKED}).rule.tree
    for ask in asks(found):
        tests = [branch.test for branch in ask.branches]
        assert not any(isinstance(test, Rest) for test in tests[:-1])
        if isinstance(FACTORS[ask.factor], ChoiceFactor):
            values = [v for test in tests if isinstance(test, OneOf) for v in test.values]
            assert sorted(values) == sorted(MEMBERS[ask.factor])
    for case in FREE:
        for ask in reached(found, case):
            tests = [branch.test for branch in ask.branches]
            taken = [test for test in tests if passes(test, case[ask.factor])]
            assert len(taken) == 1 or (len(taken) == 2 and isinstance(taken[1], Rest))


@given(trees(tuple(FACTORS), ()))
def test_a_question_is_refused_exactly_where_some_case_reaches_it_without_its_factor(
    tree: Any,
) -> None:
    found = read({"tree": tree}, {"marked": MARKED})
    astray = False
    for case in CASES:
        try:
            ends(tree, case, {})
        except KeyError:
            astray = True
    assert bool(found.problems) is astray


def test_a_wide_condition_is_read_as_it_stands() -> None:
    """Pairs of members of which one pair must be there: as a tree it grows threefold by pair."""
    members = [f"m{number}" for number in range(800)]
    pairs = [{"wide": {"all": members[at : at + 2]}} for at in range(0, 800, 2)]
    problems = Problems()
    names = Names({"wide": a_multi("wide", members)}, frozenset())
    written = read_written(START, names, problems, when=read_yaml(json.dumps(pairs), "a.yaml"))
    assert problems == []
    assert len(list(parts(written.tree))) == 1 + 400 * (2 + 2)


def test_a_scope_that_takes_too_long_to_prove_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.pathway.format.walk.MAX_STEPS", 1)
    shared = {"marked": MARKED}
    found = read({"when": {"colour": "red", "signs": "dots"}}, shared, {"signs": "any"})
    assert [problem.what for problem in found.problems] == [
        "this has too many ways through it to be proved"
    ]
