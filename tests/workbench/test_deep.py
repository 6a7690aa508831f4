"""The deep check against enumeration, and each of its findings on a made mistake."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Function, brute, walk
from tests.reasoning.pathways import answerable, random_pathway
from tests.workbench.expecting import silent
from tests.workbench.test_covering import possible, tree_branches
from wizard.case.answers import NO_ANSWERS
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway, Status
from wizard.pathway.owned_rules import RuleKind, owned_rules
from wizard.pathway.trees import AtLeast, Not, Outcome, Requirement, Tree, parts
from wizard.workbench.deep import deep_check
from wizard.workbench.findings import Finding, Severity

seeds = st.integers(0, 2**32 - 1)
TODAY = date(2026, 11, 21)


@settings(max_examples=80)
@given(seeds)
def test_findings_are_those_of_enumeration(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    twin = brute(pathway, NO_ANSWERS)
    whats = [finding.what for finding in deep_check(pathway, TODAY, silent)]
    for name, option in pathway.options.items():
        described = {i for i, case in enumerate(twin.cases) if twin.option(name)(case)}
        assert (f"no case gets the option {name}" in whats) == (not described)
        if not described:
            continue
        holding = {
            s: {i for i, case in enumerate(twin.cases) if twin.function(st.rule)(case)}
            for s, st in option.statements.items()
        }
        for statement, own in holding.items():
            others = set().union(*(o for s, o in holding.items() if s != statement))
            title = f"the statement {statement} of {name}"
            assert (f"{title} holds in no case" in whats) == (not own)
            alone = f"{title} never decides alone: wherever it holds, another does too"
            assert (alone in whats) == (bool(own) and len(holding) > 1 and own <= others)
        for exclusion in option.excludes.values():
            where = {i for i, case in enumerate(twin.cases) if twin.function(exclusion.when)(case)}
            title = f"the exclusion {exclusion.id} of {name} holds"
            assert (f"{title} in no case" in whats) == (not where)
            beside = f"{title} only where the option is not described anyway"
            assert (beside in whats) == (bool(where) and not where & described)
        for aim, function in twin.aims(name).items():
            held = any(function(case) for i, case in enumerate(twin.cases) if i in described)
            assert (f"no case gets the aim {aim} of {name}" in whats) == (not held)
        if option.usual_setting is not None:
            met = {twin.function(option.usual_setting.rule)(twin.cases[i]) for i in described}
            title = f"the usual setting of {name} is"
            assert (f"{title} never met where the option is described" in whats) == (met == {False})
            assert (f"{title} always met where the option is described" in whats) == (met == {True})
    for alert in pathway.alerts.values():
        if all(Status.POSSIBLE not in wanted for wanted in alert.about.values()):
            raised = any(
                twin.when(alert)(case)
                and not (alert.unless is not None and twin.function(alert.unless)(case))
                and all(
                    twin.option(o)(case) == (Status.DESCRIBED in wanted)
                    for o, wanted in alert.about.items()
                )
                for case in twin.cases
            )
            assert (f"no case gets the alert {alert.id}" in whats) == (not raised)


@settings(max_examples=60)
@given(seeds)
def test_dead_branches_are_those_that_no_case_takes(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    if pathway.shared:  # a shared tree that nothing goes on with is refused by the reader
        return
    found = deep_check(pathway, TODAY, silent)
    dead = [f for f in found if "no case takes the branch" in f.what]
    every = (tree_branches(each.rule.tree, (each.title, ())) for each in owned_rules(pathway))
    never = set().union(*every) - possible(brute(pathway, NO_ANSWERS))
    assert len(dead) <= len(never)  # equal words are told once
    assert bool(dead) == bool(never)


@settings(max_examples=100)
@given(seeds)
def test_a_condition_on_an_answer_changes_nothing_where_it_may_be_left_out(seed: int) -> None:
    """Each requirement of a rule that is told may be taken to hold, or never to, alone."""
    pathway = random_pathway(Random(seed))
    told = {f.what for f in deep_check(pathway, TODAY, silent) if "the condition on" in f.what}
    twin = brute(pathway, NO_ANSWERS)
    for owned in owned_rules(pathway):
        needs = [part for part in parts(owned.rule.tree) if isinstance(part, Requirement)]
        shared = owned.kind is RuleKind.SHARED
        for factor in {need.factor for need in needs} if not shared else set():
            title = f"{owned.title}: the condition on {factor} changes nothing here"
            here = [at for at, need in enumerate(needs) if need.factor == factor]
            if title in told:
                assert all(idle(twin, owned.rule.tree, at) for at in here)


def idle(twin: Brute, tree: Tree, at: int) -> bool:
    """Whether a requirement of a rule, by its place, may be replaced by one outcome."""
    whole = [walk(twin.pathway, tree, case) for case in twin.cases]
    return any(
        whole == [walk(twin.pathway, fixed, case) for case in twin.cases]
        for fixed in (set_at(tree, at, outcome=outcome) for outcome in (True, False))
    )


def set_at(tree: Tree, at: int, *, outcome: bool) -> Tree:
    """The tree with the requirement of this place replaced by an outcome."""
    left = iter(range(-at, 10_000))

    def fixed(part: Tree) -> Tree:
        match part:
            case Requirement():
                return Outcome(outcome, part.position) if next(left) == 0 else part
            case Not(tree=denied):
                return replace(part, tree=fixed(denied))
            case AtLeast(trees=trees):
                return replace(part, trees=tuple(fixed(each) for each in trees))
        return part

    return fixed(tree)


def every_function(twin: Brute) -> list[Function]:
    pathway = twin.pathway
    functions = [twin.option(name) for name in pathway.options]
    functions += [
        twin.function(s.rule) for o in pathway.options.values() for s in o.statements.values()
    ]
    functions += [f for name in pathway.options for f in twin.aims(name).values()]
    functions += [
        twin.function(o.usual_setting.rule) for o in pathway.options.values() if o.usual_setting
    ]
    functions += [
        twin.function(x.when) for o in pathway.options.values() for x in o.excludes.values()
    ]
    functions += [twin.when(a) for a in pathway.alerts.values()]
    functions += [twin.function(a.unless) for a in pathway.alerts.values() if a.unless]
    checks = [alert.check for alert in pathway.alerts.values() if alert.check]
    functions += [twin.function(rule) for c in checks for rule in (c.certain, c.possible)]
    functions += [twin.function(f.applies_when) for f in pathway.factors.values() if f.applies_when]
    return functions


@pytest.mark.slow
@settings(max_examples=80)
@given(seeds)
def test_a_question_changes_nothing_where_no_case_tells_its_answers_apart(
    seed: int,
) -> None:
    pathway = random_pathway(Random(seed))
    twin = brute(pathway, NO_ANSWERS)
    pairs, functions = twin.pairs(twin.cases), every_function(twin)
    deciding = {
        factor
        for one, other, factor in pairs
        if any(function(one) != function(other) for function in functions)
    }
    findings = list(deep_check(pathway, TODAY, silent))
    told = {
        finding.what.split()[3]
        for finding in findings
        if "changes nothing on any path; asked in " in finding.what
    }
    unasked = {
        finding.what.split()[3].rstrip(",")
        for finding in findings
        if finding.what.startswith("no tree asks ")
    }
    given = {f.id for f in pathway.factors.values() if answerable(f)}
    # An answer that no rule asks for may still differ from what is worked out, which is an alert.
    assert told == given - deciding - unasked
    assert not told & unasked


@settings(max_examples=60)
@given(seeds)
def test_answers_are_alike_where_no_function_tells_them_apart(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    twin = brute(pathway, NO_ANSWERS)
    functions = every_function(twin)
    notes = [f.what for f in deep_check(pathway, TODAY, silent) if f.severity is Severity.NOTE]
    asked = {f for f in pathway.factors if any(f"answers to {f}:" in what for what in notes)}
    for factor in pathway.factors.values():
        if type(factor) is not ChoiceFactor or len(factor.values) != 2:
            continue
        one, other = factor.values
        pairs = [
            (case, {**case, factor.id: other})
            for case in twin.cases
            if case.get(factor.id) == one and {**case, factor.id: other} in twin.cases
        ]
        kept = [c for c in twin.cases if c.get(factor.id) == one]
        alike = len(pairs) == len(kept) and all(
            function(case) == function(changed) for function in functions for case, changed in pairs
        )
        if factor.id in asked:
            assert alike
        elif alike:
            unasked = f'no tree asks {factor.id}, and it has no "record_only"'
            idle = f"the answer to {factor.id} changes nothing on any path"
            whats = [f.what.split(";")[0] for f in deep_check(pathway, TODAY, silent)]
            assert unasked in whats or idle in whats


# --- made mistakes ---------------------------------------------------------------------------

Edit = Callable[[Path], None]


def replacing(file: str, was: str, now: str) -> Edit:
    def edit(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert was in text
        (folder / file).write_text(text.replace(was, now), "utf-8")

    return edit


MISTAKES: dict[str, tuple[Edit, str]] = {
    "dead branch": (
        replacing(
            "options/prune.yaml",
            "        storm: described\n",
            "        storm:\n          ask: kind\n          oak, beech, birch: described\n"
            "          otherwise: not_described\n",
        ),
        "options/prune.yaml:17:11: error: statement broken_branches of prune: no case takes the "
        "branch Kind of tree: otherwise (Pine); the questions before it leave no such answer; "
        "for example: Kind of tree: Oak; Damage: Storm damage, no other",
    ),
    "an option that nobody gets": (
        replacing("options/watch.yaml", "{growth: slow, damage: none}", "{use: nowhere}"),
        "options/watch.yaml:1:9: error: no case gets the option watch",
    ),
    "an aim that nobody gets": (
        replacing("options/prune.yaml", "when: {near: path}}", "when: {use: nowhere}}"),
        "options/prune.yaml:22:7: error: no case gets the aim keep_people_away of prune",
    ),
    "a setting that is always met": (
        replacing(
            "options/prune.yaml",
            "usual_setting: {use: risky_place}",
            "usual_setting: {label: Any, claims: [HBK-07], when: always}",
        ),
        "the usual setting of prune is always met where the option is described; for example: "
        "Kind of tree: Oak; Height: 0 m;",
    ),
    "a question that decides nothing anywhere": (
        replacing(
            "options/watch.yaml",
            "{growth: slow, damage: none}",
            "[{growth: slow, damage: none}, {growth: [fast], damage: none}]",
        ),
        "factors.yaml:57:1: warning: the answer to growth changes nothing on any path; asked in "
        "options/watch.yaml:8",
    ),
    "an alert that nobody gets": (
        replacing("alerts.yaml", "when: {damage: storm, use: risky_place}", "when: {use: nowhere}"),
        "alerts.yaml:1:1: error: no case gets the alert falling",
    ),
}


NOWHERE = "nowhere:\n  label: Nowhere\n  claims: [LFT-02]\n  tree: not_described\n"


@pytest.mark.parametrize("name", MISTAKES)
def test_a_made_mistake_is_found(name: str, small_folder: Path, tmp_path: Path) -> None:
    edit, line = MISTAKES[name]
    folder = tmp_path / "edited"
    shutil.copytree(small_folder, folder)
    edit(folder)
    if any("use: nowhere" in path.read_text("utf-8") for path in folder.rglob("*.yaml")):
        with (folder / "shared.yaml").open("a", encoding="utf-8") as file:
            file.write(NOWHERE)
    found = deep_check(read_pathway(folder), TODAY, silent)
    assert any(line in shown(finding) for finding in found), [shown(f) for f in found]


def shown(finding: Finding) -> str:
    example = f"; for example: {finding.example}" if finding.example else ""
    return f"{finding.position}: {finding.severity}: {finding.what}{example}"


def test_a_document_past_its_review_date_is_a_warning(small_pathway: Pathway) -> None:
    source = next(iter(small_pathway.sources.values()))
    sources = {**small_pathway.sources, source.id: replace(source, review_due="2020-01")}
    pathway = replace(small_pathway, sources=sources)
    found = [f for f in deep_check(pathway, TODAY, silent) if source.id in f.what]
    assert [f.severity for f in found] == [Severity.WARNING]
    early = deep_check(pathway, date(2019, 1, 1), silent)
    assert not [f for f in early if source.id in f.what]


def test_a_claim_without_anchor_or_section_is_a_warning(small_pathway: Pathway) -> None:
    claim = next(iter(small_pathway.claims.values()))
    claims = {**small_pathway.claims, claim.id: replace(claim, anchor="-", section=" ")}
    found = deep_check(replace(small_pathway, claims=claims), TODAY, silent)
    told = [f for f in found if claim.id in f.what]
    assert [(f.severity, f.position) for f in told] == [(Severity.WARNING, claim.position)] * 2


def test_a_question_that_changes_nothing_is_a_warning(small_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "edited"
    shutil.copytree(small_folder, folder)
    for was in ("below 20: not_described", "from 40: not_described"):
        replacing("options/prune.yaml", was, was.replace("not_described", "described"))(folder)
    found = deep_check(read_pathway(folder), TODAY, silent)
    told = [f for f in found if "the answer to height changes nothing here" in f.what]
    assert [f.severity for f in told] == [Severity.WARNING]
    assert told[0].example == "Kind of tree: Oak; Damage: No damage"
