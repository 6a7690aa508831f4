"""A group of all values as an answer: it settles nothing, and its reader sees what was given."""

from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.small import TODAY, at
from wizard.case.answers import UNKNOWN, Unknown
from wizard.case.files import Case, read_case
from wizard.case.writing import case_text
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Status
from wizard.plain.pages import help_page, question, questions_page
from wizard.plain.session import answered, begun, gone_to
from wizard.reasoning.assessing import assess
from wizard.reasoning.case_diff import compare_cases
from wizard.report.as_json import answers_data
from wizard.report.content import answers_section
from wizard.screen.case import transitions
from wizard.screen.case.case_map import map_rows
from wizard.screen.case.question import question_rows as rows_of_question
from wizard.screen.case.state import new_case
from wizard.wording.vignettes import vignette
from wizard.wording.walk import QuestionState, next_question, question_rows
from wizard.workbench.stubs import stub_text

NOT_SEEN = """    nothing: {label: Nothing, help: Grass alone.}
  groups:
    not_seen:
      label: Looked around and not seen
      help: For a look that found nothing out.
      phrase: What is near it was looked for and not found.
      values: [path, house, nothing]
"""
GIVEN: dict[str, object] = {"kind": "oak", "near": "not_seen"}


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = copied(Path(tmp_path_factory.mktemp("whole")))
    edited(folder, "factors.yaml", "    nothing: {label: Nothing, help: Grass alone.}\n", NOT_SEEN)
    return compile_pathway(read_pathway(folder))


def test_reasoning_takes_it_as_not_known(park: Compiled) -> None:
    given, unknown = at(GIVEN, park), at({"kind": "oak", "near": "unknown"}, park)
    assert given.answers["near"] == Unknown("not_seen")
    assert given.assessment == unknown.assessment
    fell = given.assessment.options["fell"].verdict
    assert fell.status is Status.POSSIBLE
    assert "near" in fell.depends_on
    assert "near" in [each.factor for each in given.assessment.next]


def test_the_walk_takes_it_as_answered(park: Compiled) -> None:
    rows = {row.factor: row for row in question_rows(at(GIVEN, park))}
    assert rows["near"].state is QuestionState.ANSWERED
    assert rows["near"].answer == "Looked around and not seen"
    asked: dict[str, object] = {**GIVEN, "height": "unknown", "damage": [], "growth": "slow"}
    assert next_question(at({**asked, "planted": 1900}, park)) is None


def test_what_was_given_is_echoed_and_kept(park: Compiled) -> None:
    answers = at(GIVEN, park).answers
    assert answers_data(park.pathway, answers)["near"] == "not_seen"
    text = case_text(Case(answers), park.pathway)
    assert "  near: not_seen\n" in text
    assert read_case(text, park.pathway).answers == answers


def test_beside_others_it_says_nothing(park: Compiled) -> None:
    several = at({"near": ["not_seen", "path"]}, park)
    assert several.answers["near"] == UNKNOWN


def test_two_cases_differ_in_the_answer_and_in_nothing_that_follows(park: Compiled) -> None:
    found = compare_cases(park, at({}, park).answers, at({"near": "not_seen"}, park).answers)
    assert [(move.factor, move.after) for move in found.answers] == [("near", Unknown("not_seen"))]
    assert not found.moved


def test_it_is_told_by_its_own_words(park: Compiled) -> None:
    now = at(GIVEN, park)
    told = vignette(park.pathway, now.answers, now.assessment.applies, {"near"})
    assert "What is near it was looked for and not found." in told
    assert "What is near it was looked for and not found." in stub_text(park, now.answers, "", ())
    used = answers_section(now).items[0]
    assert [item.text for item in used.items][1] == "What is near it: Looked around and not seen"


def test_line_by_line_it_is_offered_and_shown(park: Compiled) -> None:
    session = gone_to(begun(at({}, park)), "near")
    session = gone_to(answered(session, at(GIVEN, park).answers["near"]), "near")
    near = park.pathway.factors["near"]
    lines = list(question(session, near))
    assert "  4. Looked around and not seen" in lines
    assert "Answered so far: Looked around and not seen" in "\n".join(lines)
    helped = "\n".join(help_page(session.now, near))
    assert "4. Looked around and not seen: For a look that found nothing out." in helped
    assert "7. What is near it: Looked around and not seen; answered" in "\n".join(
        questions_page(session.now)
    )


def test_on_the_screen_it_is_offered_ticked_and_on_the_map(park: Compiled) -> None:
    start = transitions.go_to(new_case(park, TODAY), "near")
    state = transitions.go_to(transitions.choose(start, "not_seen"), "near")
    assert state.answers["near"] == Unknown("not_seen")
    shown = [
        "".join(span.text for cell in row.cells for span in cell.spans)
        for row in (*rows_of_question(state, 60, "value:not_seen"), *map_rows(state, None))
    ]
    assert "4 ✓ Looked around and not seen" in shown
    assert not any(line.startswith("0✓") for line in shown)
    assert "Looked around and not seen: For a look that found nothing out." in shown
    assert any(line.endswith("Looked around and not seen") and "❯" in line for line in shown)


def test_an_answer_that_does_not_apply_is_parked(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    edited(folder, "factors.yaml", "    nothing: {label: Nothing, help: Grass alone.}\n", NOT_SEEN)
    edited(
        folder,
        "factors.yaml",
        "label: What is near it\n",
        "applies_when: {damage: storm}\n  label: What is near it\n",
    )
    edited(folder, "options/prune.yaml", ", when: {near: path}", "")
    park = compile_pathway(read_pathway(folder))
    assert assess(park, at({"damage": [], **GIVEN}, park).answers).parked == ("near",)
