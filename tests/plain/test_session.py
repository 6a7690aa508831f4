"""Whole conversations with the line-by-line wizard."""

import json
import stat
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.program import run
from tests.small import SMALL, TODAY, answers, at, shipped, small
from wizard.case.files import read_case
from wizard.exits import ExitCode
from wizard.plain.lines import MOST_MISUNDERSTOOD
from wizard.plain.session import answered, back, begun, gone_to, passed
from wizard.plain.start import converse
from wizard.reasoning.situation import Situation, situation
from wizard.report.moment import Moment
from wizard.report.text import text_report

WHEN = Moment(datetime(2026, 11, 21, 9, 30, tzinfo=UTC), TODAY)


def said(*lines: str, now: Situation | None = None) -> str:
    """Everything that the wizard writes for these replies, until the input ends."""
    sink = StringIO()
    source = StringIO("".join(f"{line}\n" for line in lines))
    code = converse(begun(now or at()), WHEN, source, sink)
    assert code is ExitCode.DONE
    return sink.getvalue()


def result(given: dict[str, object]) -> str:
    return text_report(situation(small(), answers(small().pathway, given), TODAY), WHEN)


# --- the session -----------------------------------------------------------------------------


def test_a_session_moves_through_the_walk_and_back() -> None:
    session = begun(at())
    assert session.current == "kind"
    pine = answered(session, answers(small().pathway, {"kind": "pine"})["kind"])
    assert pine.current == "height"
    assert dict(session.now.answers) == {}
    again = back(pine)
    assert again.current == "kind"
    assert "kind" in again.now.answers
    assert passed(again).current == "height"
    assert back(session) is session
    far = gone_to(pine, "near")
    assert (far.current, back(far).current) == ("near", "height")


# --- conversations ---------------------------------------------------------------------------


def test_the_opening_says_what_it_is_for() -> None:
    text = " ".join(said("q").split())
    for part in (
        "Care of a tree in a park 2026.11. 2 documents",
        "The gardener decides.",
        "No clinician has reviewed this pathway.",
        "not the pathway that came with the tool",
        "Enter no names, numbers or dates that could identify a patient.",
        "Question 1 of 7, The tree: Which kind of tree is it?",
        "1. Oak",
        "5. any of these: Broadleaved",
        "*. Not known",
    ):
        assert part in text
    assert text.endswith("> Ended. Nothing was kept.")


def test_it_ends_with_the_result_when_no_question_is_left() -> None:
    text = said("4", "3", "*", "1 rest", "3")
    given: dict[str, object] = {
        "kind": "pine",
        "height": 3,
        "planted": "unknown",
        "damage": ["storm"],
        "near": "nothing",
    }
    assert "No question is left that can change anything shown." in text
    assert result(given) in text
    assert text.count("INTENDED USE") == 1


def test_the_end_names_what_fuller_answers_could_still_change() -> None:
    text = " ".join(said(*["*"] * 6).split())
    assert (
        "Every question that can change something has been asked; fuller answers to these still "
        "can: Kind of tree; Height; Damage; Where the fungus is; Growth; What is near it." in text
    )
    assert "No question is left" not in text


def test_the_end_of_the_input_gives_the_result_of_the_answers_so_far() -> None:
    text = said("2", "12,5")
    assert "The input ended; the result of the answers so far:" in text
    assert text.endswith(result({"kind": "beech", "height": "12.5"}))
    assert said().endswith(result({}))


def test_an_answer_is_read_back_with_what_it_moved_and_skipped() -> None:
    text = " ".join(said("2", "*", "*", "1 rest", "q").split())
    assert "Recorded: Damage: Storm damage, no other." in text
    assert "+ Prune: described (before: " in text
    assert "- Watch: not described (before: " in text
    assert "Skipped: Where the fungus is: Does not apply because “Damage” is answered" in text
    assert "Skipped: Growth: Cannot change any option, aim, usual setting or alert now." in text
    assert "Question 7 of 7" in text


def test_an_emergency_is_told_in_full_at_once_and_again_at_every_question() -> None:
    text = said("2", "*", "*", "1", "g 7", "1", "g 1", "q")
    raised = text.index("* May be life-threatening: A branch may fall")
    assert "A branch may fall at any time." not in text[:raised]
    after = text[raised:]
    assert "A broken branch may fall at any time. - [LFT-03, " in " ".join(after.split())
    asked = after[after.index("Question ") :]
    assert "May be life-threatening: A branch may fall (r to read)" in after
    assert asked


def test_back_keeps_the_answer_and_enter_keeps_it_too() -> None:
    text = said("1", "b", "", "b", "4", "q")
    assert "Answered so far: Oak (Enter keeps it)" in text
    assert "Recorded: Kind of tree: Pine." in text
    assert "There is no question before this one." in said("b", "q")


def test_go_to_reaches_any_question_and_loses_nothing() -> None:
    text = said("2", "g", "g 4", "1 rest", "g 5", "1", "r", "q")
    assert "1. Kind of tree: Beech; answered" in text
    assert "5. Where the fungus is: waits." in text
    parked = " ".join(text.split())
    assert "Recorded: Where the fungus is: Root, the rest not known." in parked
    assert "Kept, but not used:" in parked


def test_a_parked_answer_counts_again_when_it_applies_again() -> None:
    text = said("1", "*", "*", "2 rest", "2 rest", "g 4", "none", "g 4", "2 rest")
    expected: dict[str, object] = {
        "kind": "oak",
        "height": "unknown",
        "planted": "unknown",
        "damage": ["fungus"],
        "fungus_parts": ["trunk"],
    }
    assert text.endswith(result(expected)) or result(expected) in text


def test_commands_explain() -> None:
    text = " ".join(said("e", "?", "l", "o 2", "o", "g 3", "e", "zzz", "", "q").split())
    assert "One option still depends on it: Prune." in text
    assert "The leaflets tell broadleaved trees from conifers." in text
    assert "Oaks live long. [HBK-01, Handbook, Kinds, lines 1-3; review due 1 May 2030]" in text
    assert "Described for these answers: 1" in text
    assert "2. Prune (a place with people): Depends on: Kind of tree; Height; Damage; " in text
    assert "HOW IT WORKS ------------ - Note: The handbook gives no season. [HBK-07" in text
    assert "No leaflet uses the year." in text
    assert '"zzz" is not a number' in text
    assert "Type an answer, * for not known, or ? for help." in text


def test_exports_are_new_private_files(tmp_path: Path) -> None:
    for name in ("case.md", "case.json", "case.txt", "case.html", "case.yaml"):
        path = tmp_path / name
        text = " ".join(said("2", f"x {path}", f"x {path}", "q").split())
        assert "readable by you alone." in text
        assert "is there already; nothing was written." in text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (tmp_path / "case.md").read_text().startswith("# Care of a tree in a park")
    assert json.loads((tmp_path / "case.json").read_text())["answers"]["kind"] == "beech"
    assert (tmp_path / "case.html").read_text().startswith("<!DOCTYPE html>")
    assert (tmp_path / "case.txt").read_text() == result({"kind": "beech"})
    again = read_case(tmp_path / "case.yaml", small().pathway)
    assert again.answers == answers(small().pathway, {"kind": "beech"})


def test_an_export_that_fails_is_told_and_loses_nothing(tmp_path: Path) -> None:
    text = " ".join(said("2", "x", f"x {tmp_path}/no/case.md", f"x {tmp_path}", "q").split())
    assert "Type a file name after it, such as export case.md." in text
    assert "cannot be written: No such file or directory." in text
    assert "Question 2 of 7" in text


def test_nonsense_without_end_ends() -> None:
    sink = StringIO()
    source = StringIO("nonsense\n" * (MOST_MISUNDERSTOOD + 50))
    assert converse(begun(at()), WHEN, source, sink) is ExitCode.WRONG_USAGE
    assert sink.getvalue().count("is not an answer here") == MOST_MISUNDERSTOOD - 1
    endless = StringIO("x" * 10_000_000)
    assert converse(begun(at()), WHEN, endless, StringIO()) is ExitCode.WRONG_USAGE


@pytest.mark.parametrize("last", ["q", "r", "l", "?"])
def test_output_is_plain_text_for_a_screen_reader(last: str) -> None:
    text = said("1", "3", "*", "1", "*", "1", "o 1", "1", last, now=at(compiled=shipped()))
    assert all(letter.isprintable() or letter == "\n" for letter in text)
    drawn = [letter for letter in text if "\u2500" <= letter <= "\u27bf"]
    assert drawn == []


# --- in a process of its own -----------------------------------------------------------------


def test_pipes_work() -> None:
    ended = run("--plain", given="1\n1\n*\n3\n1 rest\n")
    assert (ended.code, ended.err) == (0, "")
    assert "Recorded: Sites of spread: Liver, no other." in ended.out
    assert "DESCRIBED FOR THESE ANSWERS (" in ended.out
    assert "\x1b" not in ended.out


@pytest.mark.parametrize(
    "given",
    [b"\xff\xfe\x00\n", b"\x00" * 100_000, "ü\n🙂\n".encode(), b"\x1b[31m\n", b"[" * 50_000],
    ids=["utf-16", "nothing", "letters", "escape", "brackets"],
)
def test_rubbish_is_no_accident(given: bytes) -> None:
    ended = run("--plain", "--pathway", SMALL, given=given)
    assert ended.code in (0, 2)
    assert ended.err == ""
    assert all(letter.isprintable() or letter == "\n" for letter in ended.out)
