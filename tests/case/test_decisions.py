"""The team's own record: what changes it, how a file has it, and that nothing reasons with it."""

import json
from collections.abc import Callable
from datetime import date
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small import TODAY, answers, at, small
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.decision_files import record_data
from wizard.case.decisions import (
    NO_DECISIONS,
    Choice,
    Decision,
    Decisions,
    Departure,
    Now,
    Stood,
    ToFindOut,
    chosen,
    dated,
    departure,
    dropped,
    held,
    other_answers,
    reasoned,
    record_in_version,
    to_find_out,
)
from wizard.case.files import Case, CaseErrors, read_case
from wizard.case.writing import case_text
from wizard.pathway.model import Status
from wizard.record import replace

PATHWAY = small().pathway
OPTIONS = tuple(PATHWAY.options)
OAK = answers(PATHWAY, {"kind": "oak"})
ASKED_OAK = answers(PATHWAY, {"kind": "oak", "height": "unknown"})
LATER = date(2026, 12, 1)


def now(given: Answers = OAK, today: date = TODAY) -> Now:
    """What stands with these answers."""
    found = at(dict.fromkeys(given, "oak")).assessment.options
    statuses = {name: each.status for name, each in found.items()}
    return Now(Stood(given, statuses, PATHWAY.version, PATHWAY.digest), today)


Step = Callable[[Decisions], Decisions]
TEXTS = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "Z"]), min_size=1)
ASKED = st.builds(
    ToFindOut,
    factor=st.none(),
    question=TEXTS.filter(str.strip).map(lambda text: " ".join(text.split())),
    owner=TEXTS.map(lambda text: " ".join(text.split())),
) | st.builds(ToFindOut, factor=st.sampled_from(list(PATHWAY.factors)))
STEPS = st.lists(
    st.one_of(
        st.builds(
            lambda option, choice: lambda record: chosen(record, option, choice, now()),
            st.sampled_from(OPTIONS),
            st.sampled_from([*Choice, None]),
        ),
        st.builds(
            lambda option, reason: lambda record: reasoned(record, option, reason, now()),
            st.sampled_from(OPTIONS),
            TEXTS,
        ),
        st.builds(lambda what: lambda record: to_find_out(record, what, now()), ASKED),
        st.just(lambda record: dropped(record, 0, now())),
        st.sampled_from([LATER, None]).map(lambda day: lambda record: dated(record, day, now())),
    ),
    max_size=8,
)


def after(steps: list[Step]) -> Decisions:
    return reduce(lambda record, step: step(record), steps, NO_DECISIONS)


def test_the_first_thing_said_dates_the_record_and_the_last_taken_back_ends_it() -> None:
    first, second = OPTIONS[:2]
    record = chosen(NO_DECISIONS, second, Choice.CHOSEN, now())
    assert record.date == TODAY
    record = dated(record, LATER, now())
    record = chosen(record, first, Choice.DEFERRED, now())
    assert record.date == LATER
    assert [each.option for each in record.options] == [first, second]
    record = dated(record, None, now())
    assert chosen(record, first, Choice.CHOSEN, now()).date is None, "no date is made up again"
    for option in (first, second):
        record = chosen(record, option, None, now())
    assert record is NO_DECISIONS


def test_a_reason_stays_where_the_choice_is_taken_back() -> None:
    record = reasoned(NO_DECISIONS, OPTIONS[0], "  a\nreason ", now())
    record = chosen(record, OPTIONS[0], Choice.CHOSEN, now())
    record = chosen(record, OPTIONS[0], None, now())
    assert record.of(OPTIONS[0]) == Decision(OPTIONS[0], None, "a reason")
    assert not reasoned(record, OPTIONS[0], "", now())


def test_what_to_find_out_is_added_changed_and_dropped() -> None:
    one, two, three = (ToFindOut(question=each) for each in ("a", "b", "c"))
    record = to_find_out(to_find_out(NO_DECISIONS, one, now()), two, now())
    assert record.find_out == (one, two)
    record = to_find_out(record, three, now(), 0)
    assert record.find_out == (three, two)
    assert dropped(record, 1, now()).find_out == (three,)
    assert dropped(dropped(record, 1, now()), 0, now()) is NO_DECISIONS


@pytest.mark.parametrize(
    ("choice", "status", "departs"),
    [
        (Choice.CHOSEN, Status.DESCRIBED, None),
        (Choice.CHOSEN, Status.POSSIBLE, Departure.BEYOND),
        (Choice.CHOSEN, Status.NOT_DESCRIBED, Departure.BEYOND),
        (Choice.NOT_CHOSEN, Status.DESCRIBED, Departure.AGAINST),
        (Choice.NOT_CHOSEN, Status.POSSIBLE, None),
        (Choice.NOT_CHOSEN, Status.NOT_DESCRIBED, None),
        (Choice.DEFERRED, Status.DESCRIBED, None),
        (None, Status.NOT_DESCRIBED, None),
    ],
)
def test_where_a_choice_departs_from_what_is_described(
    choice: Choice | None, status: Status, departs: Departure | None
) -> None:
    assert departure(choice, status) is departs


def test_a_record_knows_for_which_answers_it_was_made_until_it_is_made_anew() -> None:
    record = chosen(NO_DECISIONS, OPTIONS[0], Choice.CHOSEN, now())
    unknown = answers(PATHWAY, {"kind": "oak", "height": "unknown"})
    pine = answers(PATHWAY, {"kind": "pine", "height": 3})
    assert other_answers(record, OAK) == ()
    assert other_answers(record, unknown) == (), "not known is no other answer than none"
    assert other_answers(record, pine) == ("kind", "height")
    assert other_answers(record, NO_ANSWERS) == ("kind",)
    again = held(record, replace(now(), stood=replace(now().stood, answers=pine), today=LATER))
    assert other_answers(again, pine) == ()
    assert again.date == LATER
    assert held(NO_DECISIONS, now()) is NO_DECISIONS


@given(STEPS)
def test_any_record_reads_back_as_it_was_written(steps: list[Step]) -> None:
    record = after(steps)
    if record.stood is not None:
        record = replace(record, stood=replace(record.stood, answers=ASKED_OAK))
    text = case_text(Case(OAK, decisions=record or None), PATHWAY)
    assert ("\nrecord:\n" in text) == bool(record)
    read = read_case(text, PATHWAY)
    assert read.answers == OAK
    assert (read.decisions or NO_DECISIONS) == record
    data = {"answers": {"kind": "oak"}, "record": record_data(record, PATHWAY)}
    assert (read_case(json.dumps(data), PATHWAY).decisions or NO_DECISIONS) == record


@given(STEPS)
def test_nothing_follows_from_a_record(steps: list[Step]) -> None:
    alone, beside = (
        read_case(case_text(Case(OAK, decisions=record), PATHWAY), PATHWAY)
        for record in (None, after(steps) or None)
    )
    assert replace(beside, decisions=None) == alone


def test_a_record_may_be_written_in_short() -> None:
    text = f"answers: {{}}\nrecord:\n  options: {{{OPTIONS[1]}: deferred}}\n  find_out: [A scan?]\n"
    record = read_case(text, PATHWAY).decisions
    assert record == Decisions(
        (Decision(OPTIONS[1], Choice.DEFERRED),), (ToFindOut(question="A scan?"),)
    )
    assert read_case("answers: {}\nrecord:\n", PATHWAY).decisions is None
    assert read_case("answers: {}\nrecord: {options: {}}\n", PATHWAY).decisions is None


def test_everything_wrong_with_a_record_is_told_with_its_place() -> None:
    text = f"""\
answers: {{}}
record:
  date: 27 November
  options:
    {OPTIONS[0]}: choosen
    no_such_option: chosen
    {OPTIONS[1]}: {{choice: [chosen], because: old}}
  find_out:
    - {{factor: kinde}}
    - {{owner: forester}}
    - {{factor: kind, question: Which kind?}}
  minutes: none
"""
    with pytest.raises(CaseErrors) as caught:
        read_case(text, PATHWAY, "case.yaml")
    told = [(problem.told.rpartition(" ")[2], str(problem)) for problem in caught.value.problems]
    choices = "one of chosen, not_chosen, deferred was expected"
    assert told == [
        (
            "[E-CAS-06]",
            'case.yaml:3:9: "27 November" is not a date; one like 2026-11-27 was expected',
        ),
        (
            "[E-CAS-02]",
            f'case.yaml:5:{len(OPTIONS[0]) + 7}: "choosen" is not a choice; one of chosen, '
            "deferred, not_chosen was expected; did you mean chosen?",
        ),
        (
            "[E-CAS-02]",
            f'case.yaml:6:5: "no_such_option" is not an option; one of {", ".join(OPTIONS)} was '
            "expected",
        ),
        (
            "[E-CAS-06]",
            f"case.yaml:7:{len(OPTIONS[1]) + 16}: {OPTIONS[1]}: choice; {choices}",
        ),
        (
            "[E-CAS-02]",
            f'case.yaml:7:{len(OPTIONS[1]) + 26}: "because" is not a part of what is said of an '
            "option; one of choice, reason was expected",
        ),
        (
            "[E-CAS-02]",
            'case.yaml:9:16: "kinde" is not a factor of the pathway; one of kind, height, planted, '
            "damage, fungus_parts, growth, near was expected; did you mean kind?",
        ),
        (
            "[E-CAS-06]",
            "case.yaml:10:7: find_out: a factor or a question was expected; one of the two, with "
            "an owner if there is one",
        ),
        (
            "[E-CAS-06]",
            "case.yaml:11:7: find_out: a factor or a question was expected; one of the two, with "
            "an owner if there is one",
        ),
        (
            "[E-CAS-02]",
            'case.yaml:12:3: "minutes" is not a part of a record; one of date, options, find_out, '
            "standing, answers was expected",
        ),
    ]


def test_an_option_of_then_that_is_gone_is_kept_where_the_record_says_that_it_was_one() -> None:
    text = """\
answers: {}
record:
  options: {burn: chosen}
  standing: {version: "1", digest: "00", options: {burn: described}}
  answers: {weather: dry, kind: oak}
"""
    record = read_case(text, PATHWAY).decisions
    assert record is not None
    assert record.options == (Decision("burn", Choice.CHOSEN),)
    assert record.stood is not None
    assert record.stood.answers == OAK, "an answer that this version does not know says nothing"
    assert "burn: chosen" in case_text(Case(NO_ANSWERS, decisions=record), PATHWAY)


def test_names_of_before_are_followed_in_a_file_and_into_another_version() -> None:
    former = {f"option old_{OPTIONS[0]}": OPTIONS[0], "factor sort": "kind"}
    new = replace(PATHWAY, former=former)
    text = f"""\
answers: {{sort: oak}}
record:
  options: {{old_{OPTIONS[0]}: chosen}}
  find_out: [{{factor: sort}}]
  standing: {{version: "1", digest: "00", options: {{old_{OPTIONS[0]}: described}}}}
  answers: {{sort: oak}}
"""
    case = read_case(text, new)
    record = case.decisions
    assert record is not None
    assert [each.option for each in record.options] == [OPTIONS[0]]
    assert record.find_out == (ToFindOut("kind"),)
    assert record.stood == Stood(OAK, {OPTIONS[0]: Status.DESCRIBED}, "1", "00")
    assert f"option old_{OPTIONS[0]} is now {OPTIONS[0]}" in case.renamed
    assert record_in_version(record, PATHWAY, new) == record
    less = replace(PATHWAY, factors={}, options={})
    assert record_in_version(record, PATHWAY, less) == replace(
        record,
        find_out=(ToFindOut(question=PATHWAY.factors["kind"].label),),
        stood=replace(record.stood, answers=NO_ANSWERS),
    )
