"""A saved case replayed: a changed byte is found; what moved equals two assessments compared."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.pathways import asked_answers
from tests.reasoning.test_since import edited, shown
from tests.saved_cases import AT, as_saved, fitting, saved_case
from tests.small import answers, park, prostate, shipped, small
from wizard.case.answers import NO_ANSWERS
from wizard.case.decisions import NO_DECISIONS, Choice, Now, Stood, chosen
from wizard.case.files import CaseErrors, read_case
from wizard.case.log import Did, appended
from wizard.case.log_text import log_begins, stands_as_written
from wizard.case.steps import Stand, recorded
from wizard.engine.compiling import Compiled
from wizard.reasoning.assessing import assess, conclude
from wizard.reasoning.replaying import Fault, Replay, replayed

WHOLE = (shipped, prostate, park)


def replay(compiled: Compiled, text: str) -> Replay:
    return replayed(compiled, read_case(text, compiled.pathway, "case.yaml", can_be_asked=True))


@pytest.mark.slow
@pytest.mark.parametrize("compiled", WHOLE)
@given(st.integers(0, 2**32))
@settings(max_examples=8)
def test_a_case_replayed_in_another_version(compiled: Callable[[], Compiled], seed: int) -> None:
    random, old = Random(seed), compiled()
    new = edited(random, old)
    given_then = fitting(old.pathway, asked_answers(random, old.pathway.factors))
    found = replay(new, saved_case(old, given_then))
    assert (found.fault, found.changed_outside, found.aside) == (None, False, ())
    assert found.since is not None
    before, after = shown(assess(old, given_then)), shown(assess(new, given_then))
    moved = {key for key in before | after if before.get(key) != after.get(key)}
    told = {f"option {each.option}" for each in found.since.options}
    told |= {f"alert {each.alert}" for each in found.since.alerts}
    assert told == moved
    assert found.moved == bool(moved)


TEXT = saved_case(small(), answers(small().pathway, {"kind": "oak"}), "An oak, as it is")
BEGINS = log_begins(TEXT)


def standing_as_it_was(text: str) -> bool:
    """Whether nothing is said of a text but that all is as it was."""
    try:
        found = replay(small(), text)
    except CaseErrors:
        return False
    written = stands_as_written(text, found.case.log)
    return written and found.fault is None and not found.changed_outside


def test_the_case_itself_is_whole() -> None:
    assert standing_as_it_was(TEXT)
    assert not replay(small(), TEXT).moved


@given(st.data())
@settings(max_examples=300)
def test_a_changed_byte_of_the_log_is_found(data: st.DataObject) -> None:
    begins = TEXT.index("log:")
    place = data.draw(st.integers(begins, len(TEXT) - 2))
    sign = data.draw(st.characters(max_codepoint=255).filter(lambda other: other != TEXT[place]))
    assert not standing_as_it_was(TEXT[:place] + sign + TEXT[place + 1 :])


@given(st.data())
@settings(max_examples=100)
def test_a_changed_byte_of_what_followed_is_found(data: st.DataObject) -> None:
    line = next(each for each in TEXT.splitlines() if each.startswith("standing:"))
    begins = TEXT.index(line) + len("standing: ")
    place = data.draw(st.integers(begins, begins + len(line) - len("standing: ") - 1))
    letter = data.draw(st.sampled_from("abcdef0123456789").filter(lambda one: one != TEXT[place]))
    changed = TEXT[:place] + letter + TEXT[place + 1 :]
    assert not standing_as_it_was(changed)


def test_answers_that_were_edited_are_told_and_those_of_the_log_are_run() -> None:
    text = TEXT.replace("kind: oak", "kind: pine")
    assert text != TEXT
    found = replay(small(), text)
    (move,) = found.outside
    logged = answers(small().pathway, {"kind": "oak"})
    assert (move.factor, move.before) == ("kind", logged["kind"])
    assert found.answers == logged
    assert not found.moved


def test_a_title_and_a_version_that_were_edited_are_told() -> None:
    text = TEXT.replace("An oak, as it is", "Blue", 1)
    assert replay(small(), text).outside_parts == ("title",)
    version = small().pathway.version
    text = TEXT.replace(f'version: "{version}"', 'version: "1999"', 1)
    assert replay(small(), text).outside_parts == ("version",)


def without_entries(text: str, number: int) -> str:
    return "".join(text.splitlines(keepends=True)[:-number])


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_log_that_lost_its_end_is_found(number: int) -> None:
    assert replay(small(), without_entries(TEXT, number)).fault is Fault.STANDING


def test_what_is_not_kept_is_not_compared() -> None:
    by_hand = replay(small(), "answers: {kind: oak}")
    assert (by_hand.fault, by_hand.since, by_hand.case.log) == (None, None, ())
    assert not by_hand.changed_outside


def test_a_case_whose_log_was_taken_out_is_compared_with_its_own_answers() -> None:
    found = replay(small(), TEXT[: TEXT.index("log:")])
    assert found.case.log == ()
    assert found.since is not None
    assert not found.moved


def test_a_log_that_does_not_fit_the_version_it_names_is_at_fault() -> None:
    log = appended((), Did.BEGUN, {"answers": {"kind": "no such tree"}}, AT)
    assert replay(small(), as_saved(small(), NO_ANSWERS, log)).fault is Fault.ANSWERS


def test_undone_answers_are_not_run() -> None:
    log = appended((), Did.BEGUN, {"answers": {}}, AT)
    log = appended(log, Did.ANSWERED, {"set": {"kind": "oak"}}, AT)
    log = appended(log, Did.UNDONE, {}, AT)
    found = replay(small(), as_saved(small(), NO_ANSWERS, log))
    assert (found.answers, found.outside) == (NO_ANSWERS, ())


def test_comments_between_entries_are_a_persons() -> None:
    lines = TEXT.splitlines(keepends=True)
    lines.insert(-1, "  # seen by the team\n\n")
    assert standing_as_it_was("".join(lines))


def test_entries_laid_out_otherwise_are_told_and_hold() -> None:
    loose = TEXT.replace('{"at": ', '{"at":   ', 1)
    found = replay(small(), loose)
    assert found.fault is None
    assert not stands_as_written(loose, found.case.log)


def test_a_record_that_was_edited_is_told() -> None:
    pathway, given_now = small().pathway, answers(small().pathway, {"kind": "oak"})
    found = conclude(small(), given_now)
    statuses = {each.id: each.status for each in found.options.values()}
    stood = Stood(given_now, statuses, pathway.version, pathway.digest)
    record = chosen(NO_DECISIONS, "fell", Choice.CHOSEN, Now(stood, AT.date()))
    stand = Stand(pathway, given_now, None)
    text = as_saved(small(), given_now, recorded((), stand, record, AT), decisions=record)
    assert standing_as_it_was(text)
    edited_by_hand = text.replace("    fell: chosen", "    fell: not_chosen")
    assert edited_by_hand != text
    assert replay(small(), edited_by_hand).outside_parts == ("record",)
    begins, ends = text.index("record:"), text.index("log:")
    assert replay(small(), text[:begins] + text[ends:]).outside_parts == ("record",)
