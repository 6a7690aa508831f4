"""Titles of cases, as they are suggested."""

from tests.small import shipped
from wizard.case.answers import UNKNOWN, Answers, ChoiceAnswer
from wizard.wording.titles import LONGEST_TITLE, suggested_title


def test_the_first_answers_suggest_a_title() -> None:
    answers = Answers({"tumour_type": ChoiceAnswer(frozenset({"net"})), "site": UNKNOWN})
    pathway = shipped().pathway
    assert suggested_title(pathway, answers) == "NET"
    assert suggested_title(pathway, Answers({})) == ""
    longer = answers.with_answer("site", ChoiceAnswer(frozenset({"pancreas"})))
    assert suggested_title(pathway, longer) == "NET, Pancreas"
    assert len(suggested_title(pathway, longer)) <= LONGEST_TITLE
