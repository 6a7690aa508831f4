"""What is told of many cases: no small number, and nothing that would tell one."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

import wizard.report
from tests.report.html_pages import WHEN
from tests.small import small
from wizard.cohort.counting import Counts, Missing
from wizard.cohort.protecting import added, is_small
from wizard.cohort.running import Cohort
from wizard.cohort.summary import OPEN, summary
from wizard.pathway.model import Status
from wizard.reasoning.assessment import AlertState
from wizard.record import replace
from wizard.report import markdown
from wizard.report.cohort import Telling, cohort_json, cohort_report, cohort_text

seeds = st.integers(0, 2**32 - 1)


@cache
def schema() -> jsonschema.Draft202012Validator:
    path = Path(wizard.report.__file__).with_name("cohort.schema.json")
    found = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def some_of(random: Random, whole: int) -> int:
    """A part of a whole, often none of it, all, or nearly so."""
    few = random.randint(0, 4)
    return min(whole, max(0, random.choice([0, few, whole - few, random.randint(0, whole)])))


def random_counts(random: Random, most: int) -> Counts:
    """Counts of some rows, as they could be."""
    pathway = small().pathway
    assessed = random.randint(0, most)
    statuses = {}
    for option in pathway.options:
        first = some_of(random, assessed)
        second = some_of(random, assessed - first)
        statuses[option] = dict(
            zip(Status, (first, second, assessed - first - second), strict=True)
        )
    missing = {}
    for factor in pathway.factors:
        cases = some_of(random, assessed)
        if cases:
            settled = some_of(random, cases)
            missing[factor] = Missing(cases, cases * 2, settled, settled)
    alerts = {}
    for alert in pathway.alerts:
        raised = some_of(random, assessed)
        alerts[alert] = {
            AlertState.RAISED: raised,
            AlertState.CHECK: some_of(random, assessed - raised),
        }
    errors = {"tree": 2} if random.random() < 0.3 else {}
    return Counts(assessed + sum(errors.values()), 0, errors, statuses, missing, alerts)


def together(several: list[Counts]) -> Counts:
    """The counts of all these rows."""
    pathway = small().pathway
    found = {
        factor: Missing(
            *added((m.cases, m.options, m.settled_cases, m.settled_options) for m in own)
        )
        for factor in pathway.factors
        if (own := [each.missing[factor] for each in several if factor in each.missing])
    }
    wrong = sum(sum(each.errors.values()) for each in several)
    return Counts(
        sum(each.rows for each in several),
        0,
        {"tree": wrong} if wrong else {},
        {o: {s: sum(c.statuses[o][s] for c in several) for s in Status} for o in pathway.options},
        found,
        {a: {s: sum(c.alerts[a][s] for c in several) for s in AlertState} for a in pathway.alerts},
    )


def random_cohort(seed: int) -> tuple[Cohort, Telling]:
    """Some groups of cases, and how they are told."""
    random = Random(seed)
    groups = {f"g{n}": random_counts(random, random.choice([3, 12, 90])) for n in range(4)}
    whole = together(list(groups.values()))
    telling = Telling(small().pathway, WHEN, "cases.csv", "year", small=False)
    return Cohort(whole, groups, whole.rows, whole.rows), telling


def numbers_in(data: object) -> Iterator[int]:
    """Every number of JSON data."""
    match data:
        case dict():
            for each in data.values():
                yield from numbers_in(each)
        case int():
            yield data


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_no_form_tells_a_small_number(seed: int) -> None:
    cohort, telling = random_cohort(seed)
    data = json.loads(json.dumps(cohort_json(cohort, telling)))
    schema().validate(data)
    schema().validate(json.loads(json.dumps(cohort_json(cohort, replace(telling, small=True)))))
    scopes = (data["all"], data["others"], data["groups"])
    if not is_small(cohort.whole.assessed):
        assert not any(map(is_small, numbers_in(dict(enumerate(scopes)))))
    report = cohort_report(cohort, telling)
    for section in report.sections:
        for item in section.items:
            for cell in item.cells:
                assert not re.fullmatch("[1-4]", cell), (section.title, item.text)
    for words in (cohort_text(cohort, telling), markdown.laid_out(report)):
        assert len(words) > 1000


@given(seeds)
def test_what_is_told_is_true_and_adds_up(seed: int) -> None:
    cohort, _ = random_cohort(seed)
    told = summary(cohort.whole, cohort.groups, small=False)
    for option, row in told.whole.options.items():
        numbers = cohort.whole.statuses[option].values()
        assert all(said in (None, one) for said, one in zip(row.numbers, numbers, strict=True))
    scopes = [*told.groups.values(), *([told.others] if told.others else [])]
    if scopes:
        assert sum(each.assessed for each in scopes) == told.whole.assessed
    hidden = any(row.numbers[OPEN] is None for row in told.whole.options.values())
    for factor, each in told.whole.missing.items():
        own = cohort.whole.missing[factor]
        assert each.cases in (None, own.cases)
        assert each.settled_cases in (None, own.settled_cases)
        assert not (hidden and each.options is not None)
        assert each.options is None or abs(each.options - own.options) <= 5
    assert all(m.options is None for each in scopes for m in each.missing.values())


@given(seeds)
def test_all_is_told_where_that_is_asked_for(seed: int) -> None:
    cohort, _ = random_cohort(seed)
    told = summary(cohort.whole, cohort.groups, small=True)
    assert list(told.groups) == list(cohort.groups)
    for scope, counts in [
        (told.whole, cohort.whole),
        *((told.groups[name], each) for name, each in cohort.groups.items()),
    ]:
        for option, row in scope.options.items():
            assert row.numbers == tuple(counts.statuses[option].values())
        for factor, each in scope.missing.items():
            own = counts.missing.get(factor, Missing(0, 0))
            assert (each.cases, each.settled_cases) == (own.cases, own.settled_cases)
        for alert, row in scope.alerts.items():
            assert row.numbers[:2] == tuple(counts.alerts[alert].values())
    for factor, each in told.whole.missing.items():
        assert each.options == cohort.whole.missing[factor].options
