"""The command `record`: every way to change the team's record line by line, and what it refuses."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.small import TODAY, at, small
from wizard.case.decisions import NO_DECISIONS, Choice, Decision, Decisions, ToFindOut
from wizard.case.files import read_case
from wizard.exits import ExitCode
from wizard.plain.recording import recording
from wizard.plain.session import Session, answered, begun
from wizard.plain.start import converse
from wizard.report.moment import Moment
from wizard.wording.recording import TITLE

WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)
OPTIONS = small().pathway.options
FIRST, SECOND = list(OPTIONS)[:2]


def after(*lines: str, session: Session | None = None) -> tuple[Session, str]:
    """The session after some commands, and what the last of them tells."""
    session, told = session or begun(at({"kind": "oak"})), ""
    for line in lines:
        session, said = recording(session, line)
        told = " ".join(" ".join(said).split())
    return session, told


def record(*lines: str) -> Decisions:
    return after(*lines)[0].decisions


def test_without_anything_said_there_is_no_record() -> None:
    session, told = after("")
    assert session.decisions == NO_DECISIONS
    assert told.startswith(f"{TITLE}: nothing is recorded.")


@pytest.mark.parametrize(
    ("ending", "choice"),
    [
        ("chosen", Choice.CHOSEN),
        ("not chosen", Choice.NOT_CHOSEN),
        ("Not Chosen", Choice.NOT_CHOSEN),
        ("deferred", Choice.DEFERRED),
    ],
)
@pytest.mark.parametrize("named", ["2", SECOND, OPTIONS[SECOND].label, SECOND[:3].upper()])
def test_an_option_is_chosen_by_number_or_name(named: str, ending: str, choice: Choice) -> None:
    found = record(f"{named} {ending}")
    assert found.options == (Decision(SECOND, choice),)
    assert found.date == TODAY
    assert record(f"{named} {ending}", f"{named} nothing") == NO_DECISIONS


def test_a_reason_is_given_and_taken_out() -> None:
    given = record("1 chosen", "1 because it is old, because we saw it")
    assert given.of(FIRST).reason == "it is old, because we saw it"
    assert record("1 chosen", "1 because old", "1 because").of(FIRST).reason == ""


def test_a_departure_without_a_reason_is_told() -> None:
    _, told = after("1 chosen")
    assert "Goes beyond what is described; no reason given." in told


def test_what_to_find_out_is_asked_and_dropped() -> None:
    found = record("ask height owner forester", "ask Is it by the road?", "ask 4")
    assert found.find_out == (
        ToFindOut("height", owner="forester"),
        ToFindOut(question="Is it by the road?"),
        ToFindOut("damage"),
    )
    assert record("ask height", "ask 4", "drop 1").find_out == (ToFindOut("damage"),)


def test_the_date_is_set_and_taken_out() -> None:
    assert record("1 chosen", "date 2026-11-20").date == date(2026, 11, 20)
    assert record("1 chosen", "date").date is None
    assert record("date 2026-11-20") == Decisions(
        date=date(2026, 11, 20), stood=record("1 chosen").stood
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("date 20.11.2026", '"20.11.2026" is not a date: one such as 2026-11-21 is.'),
        ("drop 1", "Type the number of what to find out after it; nothing is to be found out."),
        ("drop x", "Type the number of what to find out after it; nothing is to be found out."),
        ("ask", "Type after it what is to be found out, such as record ask 3."),
        ("99 chosen", '"99" is not one option; lists tells their numbers.'),
        ("hold", "There is no record that was made for other answers."),
        ("chosen", '"chosen" changes nothing of the record:'),
        ("\x1b[31m", '"\\x1b[31m" changes nothing of the record:'),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(line: str, told: str) -> None:
    session, said = after(line)
    assert said.startswith(told)
    assert session.decisions == NO_DECISIONS


def test_words_that_tell_of_a_person_are_warned_about() -> None:
    _, told = after("1 because 9434765919 asked")
    assert told.startswith("This looks like an NHS number. Take it out again")


def test_help_tells_every_form() -> None:
    _, told = after("help")
    for form in ("because", "ask", "drop", "date", "hold", "nothing"):
        assert form in told


def test_a_record_of_other_answers_changes_only_once_it_is_held() -> None:
    session, _ = after("1 chosen")
    session = answered(session, at({"height": "3"}).answers["height"])
    before = session.decisions
    session, told = after("1 deferred", session=session)
    assert told.startswith("It was made for other answers.")
    assert session.decisions == before
    session, told = after("", session=session)
    assert "Height: not answered then, 3 m now" in told
    session, _ = after("hold", "1 deferred", session=session)
    assert session.decisions.of(FIRST).choice is Choice.DEFERRED


def test_reports_and_case_files_have_it(tmp_path: Path) -> None:
    sink = StringIO()
    names = {each: tmp_path / f"case.{each}" for each in ("yaml", "json", "md", "txt")}
    exports = "".join(f"export {path}\n" for path in names.values())
    lines = StringIO(f"1\nrecord 1 chosen\nd ask height\n{exports}")
    assert converse(begun(at()), WHEN, lines, sink) is ExitCode.DONE
    assert TITLE.upper() in sink.getvalue(), "the result at the end of the input has it too"
    case = read_case(names["yaml"], small().pathway)
    assert case.decisions is not None
    assert case.decisions.options == (Decision(FIRST, Choice.CHOSEN),)
    data = json.loads(names["json"].read_text())
    assert data["record"]["find_out"] == [{"factor": "height", "question": None, "owner": None}]
    for form in ("md", "txt"):
        assert TITLE.lower() in names[form].read_text().lower()
    again = begun(at({"kind": "oak"}), case.decisions)
    assert again.decisions == case.decisions
