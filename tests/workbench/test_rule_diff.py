"""The semantic diff against enumeration, over pairs of random pathways, and on plain edits."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.edits import edit
from tests.reasoning.brute import (
    NOT_LOOKED_FOR,
    Brute,
    Case,
    CaseValue,
    Function,
    WorkedOut,
    all_rules,
    cases,
)
from tests.reasoning.pathways import random_pathway
from tests.reasoning.records import a_multi, leaf, rule
from wizard.engine.joint import Joint, joint
from wizard.pathway.factors import DerivedFactor, MultiFactor, NumberFactor, named_values
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import asked_factors, points_of
from wizard.pathway.trees import BEYOND, Ask, Branch, OneOf, Outcome, Range, every_test
from wizard.workbench.rule_diff import (
    BUDGET,
    FunctionChange,
    FunctionDiff,
    Subject,
    compare_functions,
)

seeds = st.integers(0, 2**32 - 1)


def bounds(*pathways: Pathway) -> frozenset[Decimal]:
    """The numbers at which rules and points tell numbers apart, one of each interval."""
    found = {Decimal(0), Decimal(9)}
    for pathway in pathways:
        tests = [test for each in all_rules(pathway) for _, test, _ in every_test(each.tree)]
        # Points cut numbers too, at bounds that no rule need have.
        tests += [branch.test for points in points_of(pathway) for branch in points.branches]
        for test in tests:
            found.update(test.bounds if isinstance(test, Range) else ())
    return frozenset(found)


class Pair:
    """Two versions with every case that both can have, as (old case, new case, merged)."""

    def __init__(self, old: Pathway, new: Pathway) -> None:
        self.joint: Joint = joint(old, new, BUDGET)
        points = bounds(old, new)
        self.old = Brute(old, tuple(cases(old, points)))
        self.new = Brute(new, tuple(cases(new, points)))
        self.common = [
            (one, other, merged)
            for one in self.old.cases
            for other in self.new.cases
            for merged in self.merged(one, other)
        ]

    def merged(self, old: Case, new: Case) -> Iterator[dict[str, CaseValue]]:
        """The joint cases of two cases; none where they contradict each other."""
        keys: dict[str, list[CaseValue]] = {}
        shared = set(self.joint.old_keys.values()) & set(self.joint.new_keys.values())
        old, new = ({f: answered(v) for f, v in case.items()} for case in (old, new))
        for factor, value in old.items():
            key = self.joint.old_keys[factor]
            keys[key] = [value] if key not in shared else self.both(key, value, new.get(factor))
        for factor, value in new.items():
            key = self.joint.new_keys[factor]
            if key not in keys:
                keys[key] = [value] if key not in shared else self.both(key, None, value)
        for values in product(*keys.values()):
            yield dict(zip(keys, values, strict=True))

    def both(self, key: str, old: CaseValue | None, new: CaseValue | None) -> list[CaseValue]:
        """The values, known to both versions, that are these in each (None: does not apply)."""
        one, other = self.old.pathway.factors[key], self.new.pathway.factors[key]
        if not isinstance(one, MultiFactor) or not isinstance(other, MultiFactor):
            value = new if old is None else old
            assert value is not None
            shared = named_values(one).keys() & named_values(other).keys()
            if any(isinstance(f, DerivedFactor) and not f.may_be_answered for f in (one, other)):
                shared = set()  # a version that only works it out knows no answer to it
            both_not_done = bool(one.not_done and other.not_done)
            number = isinstance(one, NumberFactor) and (value != BEYOND or both_not_done)
            known = number or value in {*shared, NOT_ANSWERED}
            return [value] if known and (old is None or new is None or old == new) else []
        members = list(dict.fromkeys([*other.members, *one.members]))
        every = [frozenset(s) for k in range(len(members) + 1) for s in combinations(members, k)]
        not_done = one.not_done and other.not_done and {old, new} <= {None, NOT_LOOKED_FOR}
        found: list[CaseValue] = [
            some
            for some in every
            if (old is None or some & one.members.keys() == old)
            and (new is None or some & other.members.keys() == new)
            and (not one.at_least or some & one.members.keys())
            and (not other.at_least or some & other.members.keys())
        ]
        return [*found, NOT_LOOKED_FOR] if not_done else found

    def part(self, case: Mapping[str, CaseValue], keys: tuple[str, ...]) -> object:
        return tuple((key, self.interval(key, case[key])) for key in keys if key in case)

    def interval(self, key: str, value: CaseValue) -> CaseValue:
        if not isinstance(value, Decimal):
            return value
        return Decimal(sum(cut <= value for cut in self.joint.space.cuts[key]))


NOT_ANSWERED = "(worked out)"


def answered(value: CaseValue) -> CaseValue:
    """What was answered: of a derived factor that none was, whatever it comes to."""
    return NOT_ANSWERED if isinstance(value, WorkedOut) else value


def function(twin: Brute, subject: Subject, owner: str, part: str | None) -> Function | None:
    pathway = twin.pathway
    option = pathway.options.get(owner)
    if subject is Subject.OPTION:
        return None if option is None else twin.option(owner)
    if subject in (Subject.STATEMENT, Subject.EXCLUSION) and option is not None:
        named = {s.id: s.rule for s in option.statements.values()}
        if subject is Subject.EXCLUSION:
            named = {x.id: x.when for x in option.excludes.values()}
        return twin.function(named[part]) if part in named else None
    if subject is Subject.AIM and option is not None and part in twin.aims(owner):
        return twin.aims(owner)[part]
    if subject is Subject.SETTING and option is not None and option.usual_setting is not None:
        return twin.function(option.usual_setting.rule)
    if subject is Subject.WHEN and owner in pathway.alerts:
        return twin.when(pathway.alerts[owner])
    return None


SUBJECTS = (
    *(Subject.OPTION, Subject.STATEMENT, Subject.AIM, Subject.SETTING),
    Subject.EXCLUSION,
)


def names(pathway: Pathway) -> set[tuple[Subject, str, str | None]]:
    found: set[tuple[Subject, str, str | None]] = set()
    for option in pathway.options.values():
        found.add((Subject.OPTION, option.id, None))
        found |= {(Subject.STATEMENT, option.id, name) for name in option.statements}
        found |= {(Subject.EXCLUSION, option.id, name) for name in option.excludes}
        aims = [*option.aims, *(aim for s in option.statements.values() for aim in s.aims)]
        found |= {(Subject.AIM, option.id, aim.id) for aim in aims}
        if option.usual_setting is not None:
            found.add((Subject.SETTING, option.id, None))
    return found


def asked(pathway: Pathway, subject: Subject, owner: str, part: str | None) -> set[str]:
    if owner not in pathway.options:
        return set()
    option = pathway.options[owner]
    found = [s.rule for s in option.statements.values()]
    if subject is Subject.STATEMENT:
        found = [option.statements[part].rule] if part and part in option.statements else []
    elif subject is Subject.EXCLUSION:
        found = [option.excludes[part].when] if part and part in option.excludes else []
    elif subject is Subject.SETTING:
        found = [option.usual_setting.rule] if option.usual_setting else []
    elif subject is Subject.AIM:
        aims = [*option.aims, *(aim for s in option.statements.values() for aim in s.aims)]
        whens = [aim.when for aim in aims if aim.id == part and aim.when]
        found = [*found, *whens] if any(aim.id == part for aim in aims) else []
    return set().union(*(asked_factors(pathway, each.tree) for each in found))


def never(case: Case) -> bool:
    return False


@pytest.mark.slow
@settings(max_examples=60)
@given(seeds)
@example(59135637)  # a derived factor that only one version takes answers to
@example(2146509353)  # a derived factor that applies in some cases of one version alone
@example(216)  # points alone cut a number at 3
@example(3344006456)  # a function rests on what only the other version lets be answered
def test_differences_are_those_of_enumeration(seed: int) -> None:
    random = Random(seed)
    old, new = random_pathway(random), random_pathway(random)
    if max(len(tuple(cases(p, bounds(old, new)))) for p in (old, new)) > 120:
        return
    pair = Pair(old, new)
    if len(pair.common) > 3000:
        return
    found = {(c.subject, c.owner, c.part): c for c in compare_functions(old, new).changes}
    for subject, owner, part in names(old) | names(new):
        before = function(pair.old, subject, owner, part)
        after = function(pair.new, subject, owner, part)
        keys = {pair.joint.old_keys[f] for f in asked(old, subject, owner, part)}
        keys |= {pair.joint.new_keys[f] for f in asked(new, subject, owner, part)}
        over = pair.joint.common.closed(keys)
        was, now = before or never, after or never
        appears = {pair.part(m, over) for o, n, m in pair.common if now(n) and not was(o)}
        disappears = {pair.part(m, over) for o, n, m in pair.common if was(o) and not now(n)}
        change = found.get((subject, owner, part))
        if change is None:
            assert not appears
            assert not disappears
            assert (before is None) == (after is None)
            continue
        assert change.total == len({pair.part(m, over) for _, _, m in pair.common})
        assert change.appears.cases == len(appears)
        assert change.disappears.cases == len(disappears)
        holds_before = {pair.part(m, over) for o, _, m in pair.common if was(o)}
        holds_after = {pair.part(m, over) for _, n, m in pair.common if now(n)}
        assert change.before == (None if before is None else len(holds_before))
        assert change.after == (None if after is None else len(holds_after))
        for side in (change.appears, change.disappears):
            assert sum(region.cases for region in side.regions) + side.unlisted >= side.cases
            assert all(region.cases for region in side.regions)


@settings(max_examples=100)
@given(seeds)
def test_a_pathway_does_not_differ_from_itself(seed: int) -> None:
    pathway = random_pathway(Random(seed))
    found = compare_functions(pathway, pathway)
    assert found.changes == ()
    assert found.rewritten == ()


# --- plain edits -----------------------------------------------------------------------------


def with_tree(pathway: Pathway, option: str, statement: str, tree: Ask | Outcome) -> Pathway:
    record = pathway.options[option]
    changed = replace(record.statements[statement], rule=rule(tree))
    statements = {**record.statements, statement: changed}
    options = {**pathway.options, option: replace(record, statements=statements)}
    return replace(pathway, options=options)


def prune_tree(pathway: Pathway) -> Ask:
    tree = pathway.options["prune"].statements["broken_branches"].rule.tree
    assert isinstance(tree, Ask)
    return tree


def by_name(found: FunctionDiff) -> dict[tuple[Subject, str, str | None], FunctionChange]:
    return {(c.subject, c.owner, c.part): c for c in found.changes}


def test_regions_and_examples_are_in_the_words_of_the_factors(small_pathway: Pathway) -> None:
    tree = prune_tree(small_pathway)
    first, last = tree.branches
    assert isinstance(first.test, OneOf)
    narrower = replace(first, test=OneOf(("oak", "beech")))
    wider = replace(last, test=OneOf(("birch", "pine")))
    edited = with_tree(
        small_pathway, "prune", "broken_branches", replace(tree, branches=(narrower, wider))
    )
    found = compare_functions(small_pathway, edited)
    change = next(c for c in found.changes if c.subject is Subject.OPTION)
    assert (change.owner, change.before, change.after, change.total) == ("prune", 144, 104, 256)
    assert change.over == ("Kind of tree", "Height (in 4 ranges)", "Damage", "Where the fungus is")
    assert change.appears.cases == 0
    assert [region.words for region in change.disappears.regions] == [
        "Kind of tree: Birch; Damage: Storm damage",
        "Kind of tree: Birch; Height: 20 to below 40 m",
    ]
    assert all(region.rest for region in change.disappears.regions)
    follow = {c.owner: c.follows for c in found.changes if c.subject is Subject.ALERT}
    assert follow == {"prune_caution.insects": "prune", "prune_caution.fungus": "prune"}


def test_a_rewritten_rule_is_proved_the_same(small_pathway: Pathway) -> None:
    tree = prune_tree(small_pathway)
    where = tree.position
    halves = tuple(
        Branch(OneOf((kind,)), tree.branches[0].tree, otherwise=False, position=where)
        for kind in ("oak", "beech", "birch")
    )
    edited = with_tree(
        small_pathway,
        "prune",
        "broken_branches",
        replace(tree, branches=(*halves, tree.branches[1])),
    )
    found = compare_functions(small_pathway, edited)
    assert found.changes == ()
    assert [one.title for one in found.rewritten] == ["statement broken_branches of prune"]


def test_an_option_that_is_gone_and_one_that_is_new(small_pathway: Pathway) -> None:
    fewer = {name: o for name, o in small_pathway.options.items() if name != "spray"}
    edited = replace(small_pathway, options=fewer)
    gone = by_name(compare_functions(small_pathway, edited))
    came = by_name(compare_functions(edited, small_pathway))
    assert {name for name in gone if name[0] is Subject.OPTION} == {(Subject.OPTION, "spray", None)}
    assert gone.keys() == came.keys()
    change = next(c for c in compare_functions(edited, small_pathway).changes)
    assert (change.before, change.after, change.total) == (None, 1, 1)


def edited_copy(folder: Path, tmp_path: Path, file: str, was: str, now: str) -> Pathway:
    """The small pathway with one piece of a file replaced."""
    copy = tmp_path / "edited"
    shutil.copytree(folder, copy)
    edit(copy / file, was, now)
    return read_pathway(copy)


def test_an_answer_that_only_one_version_knows_is_counted_apart(
    small_pathway: Pathway, small_folder: Path, tmp_path: Path
) -> None:
    text = "    birch: {label: Birch, help: White bark.}"
    elm = f"{text}\n    elm: {{label: Elm, help: Rough leaves.}}"
    edited = edited_copy(small_folder, tmp_path, "factors.yaml", text, elm)
    found = by_name(compare_functions(small_pathway, edited))
    assert {name for name in found if name[0] is Subject.OPTION} == set()
    factors = tmp_path / "edited" / "factors.yaml"
    group = "values: [oak, beech, birch"
    factors.write_text(factors.read_text("utf-8").replace(group, f"{group}, elm"), "utf-8")
    grouped = read_pathway(tmp_path / "edited")
    change = by_name(compare_functions(small_pathway, grouped))[Subject.OPTION, "prune", None]
    assert (change.before, change.after, change.total) == (144, 144, 256)
    assert change.appears.cases == change.disappears.cases == change.of_old.cases == 0
    assert change.of_new.cases == 40
    assert [r.words.split(";")[0] for r in change.of_new.regions] == ["Kind of tree: Elm"] * 2
    back = by_name(compare_functions(grouped, small_pathway))[Subject.OPTION, "prune", None]
    assert (back.of_old.cases, back.of_new.cases) == (40, 0)


def test_a_question_that_changed_its_type_is_two_questions(small_pathway: Pathway) -> None:
    near = small_pathway.factors["near"]
    other = replace(a_multi("near", list(named_values(near))), label=near.label)
    edited = replace(small_pathway, factors={**small_pathway.factors, "near": other})
    shared = {name: replace(tree, rule=rule(leaf(True))) for name, tree in edited.shared.items()}
    edited = replace(edited, shared=shared)
    change = next(c for c in compare_functions(small_pathway, edited).changes if c.owner == "fell")
    assert "What is near it" in change.over
    assert change.disappears.cases == 0
