"""A case as a QuestionnaireResponse: every kind of answer, and nothing that names a person."""

from typing import Any

import pytest

from tests.small import answers, park
from wizard.fhir.links import ABSENT_REASON, ONE_OF, RANGE
from wizard.fhir.response import response

DAY = "2026-11-21T12:00:00Z"
KIND = {"system": "urn:mdt-wizard:answers:park:kind", "version": "2026.12"}
NOT_KNOWN = {"extension": [{"url": ABSENT_REASON, "valueCode": "asked-unknown"}]}
OAK = {**KIND, "code": "oak", "display": "Oak"}
BIRCH = {**KIND, "code": "birch", "display": "Birch"}
YES = {"answer": [{"valueBoolean": True}]}


def item_of(factor: str, raw: object) -> dict[str, Any]:
    """The one item of a response to one question, out of the group of its step."""
    pathway = park().pathway
    made = response(pathway, answers(pathway, {factor: raw}), DAY, complete=False)
    (step,) = made["item"]
    assert step["linkId"] == f"/{pathway.factors[factor].step}"
    (item,) = step["item"]
    assert isinstance(item, dict)
    return item


@pytest.mark.parametrize(
    ("factor", "raw", "said"),
    [
        ("kind", "oak", {"answer": [{"valueCoding": OAK}]}),
        (
            "kind",
            "broadleaved",
            {
                "answer": [
                    {"valueCoding": {**KIND, "code": "broadleaved", "display": "Broadleaved"}}
                ]
            },
        ),
        (
            "kind",
            ["oak", "birch"],
            {
                "extension": [
                    {"url": ONE_OF, "valueCoding": OAK},
                    {"url": ONE_OF, "valueCoding": BIRCH},
                ]
            },
        ),
        ("height", 12.5, {"answer": [{"valueDecimal": 12.5}]}),
        ("height", "unknown", NOT_KNOWN),
        ("height", "below 10", {"extension": [{"url": RANGE, "valueString": "below 10"}]}),
        ("damage", "unknown", NOT_KNOWN),
        ("damage", [], {"item": [{"linkId": "damage.none", "text": "No damage", **YES}]}),
        (
            "damage",
            {"storm": "present", "fungus": "absent"},
            {
                "item": [
                    {"linkId": "damage.storm", "text": "Storm damage", **YES},
                    {
                        "linkId": "damage.fungus",
                        "text": "Fungus",
                        "answer": [{"valueBoolean": False}],
                    },
                ]
            },
        ),
        (
            "fungus_parts",
            "not_done",
            {"item": [{"linkId": "fungus_parts.not_done", "text": "Not looked at", **YES}]},
        ),
    ],
)
def test_an_answer_is_said_as_it_was_given(factor: str, raw: object, said: dict[str, Any]) -> None:
    question = park().pathway.factors[factor].question
    assert item_of(factor, raw) == {"linkId": factor, "text": question, **said}


def test_a_number_that_may_be_not_done_stands_in_a_group() -> None:
    factor = park().pathway.factors["branches"]
    number = {"linkId": "branches", "text": factor.label, "answer": [{"valueInteger": 3}]}
    group = {"linkId": "branches/measured", "text": factor.question}
    assert item_of("branches", 3) == {**group, "item": [number]}
    skipped = {"linkId": "branches.not_done", "text": "Not counted", **YES}
    assert item_of("branches", "not_done") == {**group, "item": [skipped]}


def test_not_known_is_the_standard_s_own_code() -> None:
    (answer,) = item_of("kind", "unknown")["answer"]
    assert answer["valueCoding"] == {
        "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
        "code": "asked-unknown",
        "display": "Asked But Unknown",
    }


def test_it_names_its_questionnaire_and_no_person() -> None:
    pathway = park().pathway
    made = response(pathway, answers(pathway, {}), DAY, complete=True)
    assert made == {
        "resourceType": "QuestionnaireResponse",
        "extension": [{"url": "urn:mdt-wizard:extension:digest", "valueString": pathway.digest}],
        "questionnaire": "urn:mdt-wizard:questionnaire:park|2026.12",
        "status": "completed",
        "authored": DAY,
    }
