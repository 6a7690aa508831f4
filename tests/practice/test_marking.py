"""Marks against enumeration: what is right by every case, and by every set of answers."""

from collections.abc import Iterator
from itertools import chain, combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathway import park_rules
from tests.practice.worlds import practised, shipped, world
from tests.reasoning.brute import Brute, Function, brute
from tests.second_reading import Reading, Rule
from tests.small import PARK
from wizard.case.answers import Answers
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway, Status
from wizard.practice.cases import case_for
from wizard.practice.counterexamples import counter_case
from wizard.practice.items import About
from wizard.practice.marking import Judgement, Marking, hint, mark
from wizard.practice.task_making import make_task
from wizard.practice.tasks import (
    DESCRIBED,
    KINDS_ABOUT,
    NOT_DESCRIBED,
    Curriculum,
    Decision,
    Drill,
    Task,
    TaskKind,
)
from wizard.reasoning.agreement import Stand, agreement, claiming
from wizard.reasoning.assessing import assess
from wizard.wording.agreeing import STAND_WORDS

seeds = st.integers(0, 2**32 - 1)


def chance(seed: int) -> Random:
    return Random(seed)


def tasks(curriculum: Curriculum, random: Random, most: int) -> Iterator[Task]:
    every = [Drill(item, place) for item in curriculum.items.values() for place in item.occurrences]
    for drill in random.sample(every, min(most, len(every))):
        kinds = set(KINDS_ABOUT[drill.item.about])
        if drill.item.about is About.OPTION:
            kinds.add(TaskKind.SOURCE)
        for kind in sorted(kinds):
            told = case_for(curriculum, kind, drill, 0.4, random)
            made = make_task(curriculum, kind, drill, told, random)
            if made is not None:
                yield made


def right_by_enumeration(curriculum: Curriculum, task: Task, twin: Brute) -> set[str]:
    """What to tick in a task's first question."""
    answers, pathway, subject = task.case.answers, curriculum.pathway, task.subject or ""
    match task.kind:
        case TaskKind.OPTIONS:
            return {
                name
                for name in pathway.options
                if twin.status(twin.option(name), answers) is Status.DESCRIBED
            }
        case TaskKind.CONCLUDE:
            status = twin.status(twin.option(subject), answers)
            if status is Status.POSSIBLE:
                return set(twin.depends_on(twin.option(subject), answers))
            return {DESCRIBED if status is Status.DESCRIBED else NOT_DESCRIBED}
        case TaskKind.CHANGE:
            before = twin.status(twin.option(subject), answers)
            after = {Status.DESCRIBED, Status.NOT_DESCRIBED} - {before}
            return {
                key
                for key, changed in task.changed.items()
                if twin.status(twin.option(subject), changed) in after
            }
        case TaskKind.ALERT:
            shown = {name for name, state in twin.alerts(answers).items() if state == "raised"}
            return shown & {choice.id for choice in task.questions[0].choices}
        case TaskKind.SOURCE:
            own: dict[str, list[Function]] = {}
            for statement in pathway.options[subject].statements.values():
                own.setdefault(statement.source, []).append(twin.function(statement.rule))
            cases = twin.completions(answers)
            return {
                source
                for source, functions in own.items()
                if all(any(function(case) for function in functions) for case in cases)
            }
    raise AssertionError(task.kind)


def excluding_by_enumeration(curriculum: Curriculum, task: Task, twin: Brute) -> set[str]:
    """The documents of which an exclusion holds in every case that fits the answers."""
    excludes = curriculum.pathway.options[task.subject or ""].excludes.values()
    cases = twin.completions(task.case.answers)
    return {
        one.source
        for one in excludes
        if all(
            any(twin.function(x.when)(case) for x in excludes if x.source == one.source)
            for case in cases
        )
    }


def excluding_by_rules(pathway: Pathway, task: Task) -> set[str]:
    """The same by the rules as they were written a second time.

    The pathway has millions of cases that fit a few answers: too many to list for each task.
    """
    option = task.subject or ""
    reading = Reading(park_rules.RULES, task.case.answers)
    rules: dict[str, list[Rule]] = {}
    for name, one in pathway.options[option].excludes.items():
        rules.setdefault(one.source, []).append(park_rules.RULES.exclusions[option][name])

    def says_so(own: list[Rule]) -> Rule:
        return lambda case: any(rule(case) for rule in own)

    return {
        source for source, own in rules.items() if reading.status(says_so(own)) is Status.DESCRIBED
    }


def function_of(task: Task, twin: Brute) -> Function:
    if task.kind is TaskKind.REASON:
        return twin.option(task.subject or "")
    raised = twin.shown()
    index = list(twin.pathway.alerts).index(task.subject or "")
    alerts = next(found for change, found in raised.items() if change.value == "alert")
    return alerts[2 * index]


def reasons_by_enumeration(task: Task, twin: Brute, function: Function) -> set[frozenset[str]]:
    answers = task.case.answers
    status = twin.status(function, answers)
    every = chain.from_iterable(combinations(answers, k) for k in range(len(answers) + 1))
    minimal: set[frozenset[str]] = set()
    for some in every:
        if any(each <= set(some) for each in minimal):
            continue
        if twin.status(function, Answers({key: answers[key] for key in some})) is status:
            minimal.add(frozenset(some))
    return minimal


def check_counts(marking: Marking, right: set[str], chosen: set[str]) -> None:
    assert marking.hit == len(right & chosen)
    assert marking.missed == len(right - chosen)
    assert marking.over_called == len(chosen - right)
    assert marking.right == (right == chosen)
    judgements = {line.choice: line.judgement for line in marking.lines}
    assert judgements == {
        **dict.fromkeys(right & chosen, Judgement.RIGHT),
        **dict.fromkeys(right - chosen, Judgement.MISSED),
        **dict.fromkeys(chosen - right, Judgement.WRONG),
    }
    assert all(line.why for line in marking.lines)


def check_decision(
    curriculum: Curriculum, task: Task, place: int, decision: Decision, random: Random
) -> None:
    answers = task.case.answers
    twin = brute(curriculum.pathway, answers)
    function = function_of(task, twin)
    reasons = reasons_by_enumeration(task, twin, function)
    assert set(decision.reasons) == reasons
    choices = [choice.id for choice in task.questions[place].choices]
    samples = [frozenset(random.sample(choices, random.randint(0, len(choices)))) for _ in range(4)]
    for chosen in (*samples, *reasons):
        marking = mark(curriculum, task, place, chosen)
        assert marking.right == (chosen in reasons)
        if any(each <= chosen for each in reasons):
            assert marking.missed == 0
            assert marking.over_called == min(len(chosen - r) for r in reasons if r <= chosen)
        else:
            assert marking.missed > 0
            cost = min(len(each ^ chosen) for each in reasons)
            assert marking.missed + marking.over_called == cost
            other = counter_case(curriculum.pool, answers, decision, chosen)
            wider = brute(curriculum.pathway, other)
            kept = wider.completions(other)
            assert kept
            assert set(map(function_of(task, wider), kept)) == {not decision.wanted}
            fitting = wider.completions(Answers({key: answers[key] for key in chosen}))
            # A ticked answer may be missing where its question applies in some of these alone.
            assert any(case in fitting for case in kept)
        assert hint(curriculum, task, place, marking)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(seeds, st.booleans())
def test_marks_are_what_enumeration_says(seed: int, by_leaves: bool) -> None:
    random = chance(seed)
    curriculum = practised(world(random), by_leaves=by_leaves)
    for task in tasks(curriculum, random, 4):
        twin = brute(curriculum.pathway, task.case.answers)
        for place, question in enumerate(task.questions):
            if question.decision is not None:
                check_decision(curriculum, task, place, question.decision, random)
                continue
            right = right_by_enumeration(curriculum, task, twin)
            if question.excluding:
                right = excluding_by_enumeration(curriculum, task, twin)
            choices = [choice.id for choice in question.choices]
            apart = right - set(choices)
            right -= apart
            assert question.right == right
            if task.kind is TaskKind.OPTIONS:
                assert bool(apart) == bool(question.apart)
                whole = brute(curriculum.pathway, Answers({}))
                assert apart == {
                    name
                    for name in curriculum.pathway.options
                    if all(map(whole.option(name), whole.cases))
                }
            chosen = set(random.sample(choices, random.randint(0, len(choices))))
            check_counts(mark(curriculum, task, place, frozenset(chosen)), right, chosen)


@pytest.fixture(scope="module")
def real() -> Curriculum:
    return shipped()


def test_each_difference_has_its_reason_and_a_claim(real: Curriculum) -> None:
    random, kinds = chance(11), set()
    for task in tasks(real, random, 60):
        kinds.add(task.kind)
        for place, question in enumerate(task.questions):
            ids = {choice.id for choice in question.choices}
            for chosen in (frozenset(ids - question.right), frozenset(), frozenset(ids)):
                marking = mark(real, task, place, chosen)
                for line in marking.differences:
                    assert line.why.endswith((".", "?", "!"))
                    silent = task.kind is TaskKind.SOURCE and not line.citations
                    assert line.citations or silent
                    if silent:
                        assert "no sentence" in line.why
                    assert all(each.claim in real.pathway.claims for each in line.citations)
    assert kinds == set(TaskKind)


def test_documents_are_told_in_the_words_of_agreement(real: Curriculum) -> None:
    """Silent is a document without a claim on the option, and none that matches is over-called."""
    seen, random = set(), chance(13)
    for task in tasks(real, random, 150):
        if task.kind is not TaskKind.SOURCE:
            continue
        option = real.pathway.options[task.subject or ""]
        answers = task.case.answers
        stands = agreement(real.compiled, answers, assess(real.compiled, answers))[option.id].stands
        every = frozenset(choice.id for choice in task.questions[0].choices)
        for line in mark(real, task, 0, every).lines:
            stand = stands[line.choice]
            seen.add(stand)
            assert (line.judgement is Judgement.RIGHT) == (stand is Stand.MATCHES)
            words = line.why.lower()
            if stand is Stand.SILENT:
                assert line.choice not in claiming(real.pathway, option)
                assert words.startswith("silent: ")
            elif stand is Stand.NO_CONDITION:
                assert words.startswith("states no condition: ")
                assert [each.source for each in line.citations] == [line.choice]
            else:
                told = STAND_WORDS[stand].lower().removesuffix(" further answers")
                assert told.removesuffix(" on") in words
    assert seen >= {Stand.MATCHES, Stand.SILENT, Stand.NO_CONDITION}


def test_a_hint_never_names_what_is_right(real: Curriculum) -> None:
    random = chance(12)
    for task in tasks(real, random, 40):
        if task.kind is not TaskKind.OPTIONS or not task.questions[0].right:
            continue
        told = hint(real, task, 0, mark(real, task, 0, frozenset()))
        assert "missing" in told
        assert not any(choice.label in told for choice in task.questions[0].choices)


def test_over_calling_costs_as_much_as_missing(real: Curriculum) -> None:
    for task in tasks(real, chance(13), 20):
        question = task.questions[0]
        ids = [choice.id for choice in question.choices if choice.id not in question.right]
        if task.kind is not TaskKind.OPTIONS or not ids or not question.right:
            continue
        missed = mark(real, task, 0, question.right - {min(question.right)})
        over = mark(real, task, 0, question.right | {ids[0]})
        assert (missed.missed, missed.over_called) == (1, 0)
        assert (over.missed, over.over_called) == (0, 1)
        assert not missed.right
        assert not over.right


def test_the_second_part_asks_who_says_that_an_option_is_not_for_the_case() -> None:
    curriculum, random = practised(read_pathway(PARK)), chance(3)
    asked = [
        (task, place)
        for task in tasks(curriculum, random, 400)
        for place, question in enumerate(task.questions)
        if question.excluding
    ]
    assert {bool(task.questions[place].right) for task, place in asked} == {True, False}
    for task, place in asked:
        question = task.questions[place]
        assert (task.kind, place) == (TaskKind.SOURCE, 1)
        assert question.right == excluding_by_rules(curriculum.pathway, task)
        every = frozenset(choice.id for choice in question.choices)
        marking = mark(curriculum, task, place, every)
        for line in marking.lines:
            if line.judgement is Judgement.RIGHT:
                assert "ays that it is not for such a case" in line.why
                assert line.citations
            else:
                assert "not" in line.why
    done = mark(curriculum, *asked[0], asked[0][0].questions[asked[0][1]].right)
    assert done.right
