"""Steps of a running case as entries of its log, and the answers that a log comes to."""

import json
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reasoning.pathways import asked_answers, random_pathway
from tests.small import small
from wizard.case.answers import NO_ANSWERS, UNKNOWN, Answers
from wizard.case.log import JSON, Did, Log, broken_at, entry_line, entry_read, folded
from wizard.case.raw import parse_answer, raw_answer
from wizard.case.steps import (
    Stand,
    answers_of,
    begun,
    check_pathway,
    digest_in,
    gone_on,
    stepped,
    title_in,
    version_in,
    with_entry,
)
from wizard.exits import WrongUsageError
from wizard.pathway.model import Pathway
from wizard.record import replace

AT = datetime(2026, 11, 27, 15, 41, 2, tzinfo=UTC)


def stand(raw: dict[str, object], asked: str | None = None, of: Pathway | None = None) -> Stand:
    pathway = of or small().pathway
    answers = {name: parse_answer(pathway.factors[name], each) for name, each in raw.items()}
    return Stand(pathway, Answers(answers), asked)


def canonical(answers: Answers, pathway: Pathway) -> Answers:
    """The answers as a person's keys or a file would have made them."""
    factors = pathway.factors
    return Answers(
        {
            name: parse_answer(factors[name], raw_answer(factors[name], each))
            for name, each in answers.items()
        }
    )


def read_again(log: Log) -> Log:
    return tuple(entry_read(entry_line(each)) for each in log)


@given(st.integers(0, 2**32))
def test_any_answers_come_back_from_a_log_that_was_written(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    log: Log = ()
    before = Stand(pathway, NO_ANSWERS, None)
    for _ in range(4):
        after = Stand(pathway, canonical(asked_answers(random, pathway.factors), pathway), None)
        log = stepped(log, before, after, AT)
        before = after
        known, unfit = answers_of(folded(read_again(log)).now.answers, pathway)
        assert (known, unfit) == (after.answers, ())
    assert broken_at(log) is None


def test_a_log_begins_with_what_stood_before_the_first_step() -> None:
    log = stepped((), stand({"height": 3}, "kind"), stand({"height": 3, "kind": "oak"}), AT)
    assert [each.did for each in log] == [Did.BEGUN, Did.ANSWERED]
    assert log[0].what["answers"] == {"height": 3}
    assert log[0].what["asked"] == "kind"
    assert log[1].what == {"set": {"kind": "oak"}, "asked": None}
    assert version_in(log) == f"{small().pathway.id} {small().pathway.version}"
    assert digest_in(log) == small().pathway.digest


def test_where_no_answer_changes_nothing_is_logged() -> None:
    here, there = stand({"kind": "oak"}, "height"), stand({"kind": "oak"}, "damage")
    assert stepped((), here, there, AT) == ()


def test_not_known_is_an_answer_and_one_taken_back_is_none() -> None:
    log = stepped((), stand({}), stand({"kind": None}), AT)
    assert folded(log).now.answers == {"kind": None}
    assert answers_of(folded(log).now.answers, small().pathway)[0] == Answers({"kind": UNKNOWN})
    log = stepped(log, stand({"kind": None}), stand({}), AT)
    assert log[-1].what == {"set": {}, "unset": ["kind"], "asked": None}
    assert folded(log).now.answers == {}


def test_undo_and_redo_are_logged_as_such_where_the_log_leads_there() -> None:
    none, one, two = stand({}), stand({"kind": "oak"}), stand({"kind": "oak", "height": 3})
    log = stepped(stepped((), none, one, AT), one, two, AT)
    back = stepped(log, two, one, AT, Did.UNDONE)
    assert (back[-1].did, back[-1].what) == (Did.UNDONE, {})
    assert folded(back).now.answers == {"kind": "oak"}
    again = stepped(back, one, two, AT, Did.REDONE)
    assert again[-1].did is Did.REDONE
    assert len(folded(again).past) == 2


def test_undo_to_where_the_log_does_not_lead_is_a_step_of_its_own() -> None:
    none, one, two = stand({}), stand({"kind": "oak"}), stand({"kind": "pine"})
    log = stepped(stepped((), none, one, AT), one, two, AT)
    odd = stepped(log, two, none, AT, Did.UNDONE)
    assert odd[-1].did is Did.ANSWERED
    assert folded(odd).now.answers == {}


def test_another_version_is_logged_with_all_answers() -> None:
    newer = replace(small().pathway, version="2", digest="new")
    log = stepped((), stand({}), stand({"kind": "oak"}), AT)
    moved = stepped(log, stand({"kind": "oak"}), stand({"kind": "oak"}, of=newer), AT)
    assert moved[-1].did is Did.MOVED
    assert moved[-1].what["answers"] == {"kind": "oak"}
    assert digest_in(moved) == "new"
    assert stepped((), stand({}), stand({}, of=newer), AT) == ()
    assert gone_on(moved, stand({}, of=newer), AT) is moved
    assert gone_on(moved, stand({}), AT)[-1].did is Did.MOVED


def test_an_answer_that_does_not_fit_is_named_and_the_others_stay() -> None:
    raw: dict[str, JSON] = {"kind": "oak", "height": 900, "gone": 1, "damage": {"storm": "present"}}
    known, unfit = answers_of(raw, small().pathway)
    assert list(known) == ["kind", "damage"]
    assert unfit == ("height", "gone")


def test_the_last_title_counts() -> None:
    log = begun(stand({}), AT)
    assert title_in(log) == ""
    for title in ("First", "Second"):
        log = with_entry(log, stand({}), Did.TITLED, {"title": title}, AT)
    assert title_in(log) == "Second"
    assert with_entry((), stand({}), Did.EXPORTED, {"format": "md"}, AT)[0].did is Did.BEGUN


def test_a_case_of_another_pathway_is_refused() -> None:
    log = begun(stand({}), AT)
    check_pathway(log, small().pathway)
    with pytest.raises(WrongUsageError, match=r'left in the pathway ".+", and this one is x'):
        check_pathway(log, replace(small().pathway, id="x"))


def test_a_title_of_any_letters_stays_one_line() -> None:
    log = with_entry((), stand({}), Did.TITLED, {"title": "a\n\u2028\x1b[31m"}, AT)
    assert "\n" not in entry_line(log[-1])
    assert json.loads(entry_line(log[-1]))["what"]["title"] == title_in(read_again(log))
