"""Derived factors of a test pathway: a score and a state that the team may give itself."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.pathway.overlays import edited
from tests.small import PARK, TODAY, answers, at
from wizard.case.raw import parse_answer
from wizard.case.transitions import AnswerError
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Status
from wizard.pathway.problems import PathwayErrors
from wizard.reasoning.assessment import AlertState
from wizard.report.content import answers_section
from wizard.screen.case.case_map import map_rows
from wizard.screen.case.state import new_case
from wizard.screen.shared.rows import lay_out
from wizard.wording.statuses import reasoned
from wizard.wording.trees import tree_lines
from wizard.wording.walk import QuestionState, next_question, question_rows, question_state


@pytest.fixture(scope="module")
def park() -> Compiled:
    return compile_pathway(read_pathway(PARK))


def test_points_add_up_and_leave_what_the_missing_answers_leave(park: Compiled) -> None:
    one = at({"kind": "oak", "damage": "none"}, park)
    assert one.assessment.derived == {
        "decay": (),
        "strength": ("a", "b"),
        "state": ("sound",),
    }
    full = at({"kind": "pine", "height": "40", "damage": "none", "growth": "slow"}, park)
    assert full.assessment.derived["strength"] == ("c",)
    assert full.assessment.derived["state"] == ("weak",)


def test_an_answer_stands_in_place_of_what_is_worked_out(park: Compiled) -> None:
    given = at({"kind": "oak", "height": "12", "damage": "none", "state": "failing"}, park)
    assert given.assessment.derived["state"] == ("failing",)
    assert given.assessment.options["fell"].status is Status.DESCRIBED
    assert given.assessment.options["fell"].verdict.because == ("state",)
    assert given.assessment.alerts["state.not_worked_out"] is AlertState.RAISED
    fits = at({"kind": "oak", "damage": "none", "state": ["sound", "weak"]}, park)
    assert "state.not_worked_out" not in fits.assessment.alerts


def test_what_is_worked_out_takes_no_answer(park: Compiled) -> None:
    with pytest.raises(AnswerError, match="worked out from other answers"):
        parse_answer(park.pathway.factors["strength"], "a")


def test_it_is_never_asked_and_tells_what_is_left(park: Compiled) -> None:
    now = at({"kind": "oak", "damage": "none"}, park)
    state = park.pathway.factors["state"]
    assert question_state(now, state) is QuestionState.WORKED_OUT
    (row,) = [row for row in question_rows(now) if row.factor == "state"]
    assert row.answer == (
        "Sound, worked out from Kind; Height; Damage; Where the fungus is; Growth"
    )
    assert row.remark == ""
    asked = at({}, park)
    seen = []
    while (factor := next_question(asked)) is not None:
        seen.append(factor.id)
        asked = asked.after(asked.answers.with_answer(factor.id, parse_answer(factor, None)))
    assert not {"state", "strength"} & set(seen)


def test_the_map_and_the_report_tell_once_that_it_is_worked_out(park: Compiled) -> None:
    now = at({"kind": "oak", "damage": "none"}, park)
    whence = "Sound, worked out from Kind; Height; Damage; Where the fungus is; Growth"
    told = [item.text for group in answers_section(now).items for item in group.items]
    assert f"State of the tree: {whence}" in told
    state = new_case(park, TODAY, now.answers)
    for cursor, said in ((None, "Sound, worked out"), ("factor:state", whence)):
        lines = lay_out(map_rows(state, cursor), 200)
        shown = ["".join(span.text for span in line.spans).rstrip() for line in lines]
        assert any(line.endswith(f" {said}") for line in shown)
        assert "= worked out" in shown
    narrow = [
        "".join(span.text for span in line.spans) for line in lay_out(map_rows(state, None), 36)
    ]
    assert any(line.startswith("= State of the     Sound") for line in narrow)


def test_reasons_have_the_answers_behind_it_and_name_it_beside(park: Compiled) -> None:
    now = at({"kind": "oak", "height": "12", "damage": "none"}, park)
    explained = now.explained.options["watch"]
    assert explained.why.verdict.because == ("kind", "damage")
    words = reasoned(now, explained.why, "Described")
    assert "that is “Strength”: Class A or Class B, and “State of the tree”: Sound" in words


def test_its_question_in_a_tree_says_what_it_is_worked_out_from(park: Compiled) -> None:
    now = at({}, park)
    lines = tree_lines(now, park.pathway.options["fell"].statements["failing"].rule.tree)
    assert lines[0].words == "Strength, worked out from Kind; Height; Damage; Growth"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("points: 6 to 8", "points: 6 to 7", 'no value of "strength" holds in some case'),
        ("points: 6 to 8", "points: 5 to 8", '"a" and "b" of "strength" hold in one case'),
    ],
)
def test_not_exactly_one_value_is_shown_with_a_case(
    tmp_path: Path, old: str, new: str, what: str
) -> None:
    folder = edited(Path(copytree(PARK, tmp_path / "park")), "factors.yaml", old, new)
    with pytest.raises(PathwayErrors) as caught:
        compile_pathway(read_pathway(folder))
    (problem,) = caught.value.problems
    assert problem.what.startswith(what)
    assert "for example: kind" in problem.what


def test_answers_may_come_in_any_order(park: Compiled) -> None:
    one = answers(park.pathway, {"state": "weak", "kind": "oak"})
    other = answers(park.pathway, {"kind": "oak", "state": "weak"})
    assert one == other
