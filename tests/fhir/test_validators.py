"""What is written is R4 to two validators that know nothing of the project."""

import json
from random import Random
from typing import Any

import pytest

from tests.fhir.cases import DAY, partial_case
from tests.fhir.pathways import NAMES, compiled
from tests.fhir.test_guidance import WHEN
from tests.fhir.validators import against_package, against_schema, missing
from tests.reasoning.pathways import random_pathway
from tests.small import TODAY
from wizard.fhir.questionnaire import questionnaire
from wizard.fhir.response import response
from wizard.pathway.model import Pathway
from wizard.reasoning.situation import situation
from wizard.report.as_fhir import guidance_response


@pytest.fixture(scope="module", autouse=True)
def _validators() -> None:
    if why := missing():
        pytest.skip(why)


def form(pathway: Pathway) -> Any:
    """A pathway's questionnaire as it is read from a file."""
    made, _ = questionnaire(pathway)
    return json.loads(json.dumps(made))


@pytest.mark.parametrize("name", NAMES)
def test_a_questionnaire_and_responses_to_it_are_valid(name: str) -> None:
    pathway = compiled(name).pathway
    random = Random(name)
    cases = [partial_case(random, pathway) for _ in range(5)]
    written = [form(pathway), *(response(pathway, each, DAY, complete=True) for each in cases)]
    assert [against_schema(each) for each in written] == [[]] * len(written)
    assert against_package(written) == [[]] * len(written)


@pytest.mark.parametrize("name", NAMES)
def test_guidance_is_valid_without_a_patient(name: str) -> None:
    own = compiled(name)
    random = Random(name)
    nows = [situation(own, partial_case(random, own.pathway), TODAY) for _ in range(4)]
    written = [json.loads(json.dumps(guidance_response(each, WHEN))) for each in nows]
    assert [against_schema(each) for each in written] == [[]] * len(written)
    assert against_package(written) == [[]] * len(written)


def test_questionnaires_of_random_pathways_are_valid() -> None:
    written = [form(random_pathway(Random(seed))) for seed in range(40)]
    assert [against_schema(each) for each in written] == [[]] * len(written)
    assert against_package(written) == [[]] * len(written)


def test_both_tell_what_is_wrong() -> None:
    wrong = form(compiled("small").pathway)
    wrong["status"] = "finished"
    wrong["item"][0] |= {"type": "choise", "subject": 1}
    assert len(against_schema(wrong)) == 3
    (told,) = against_package([wrong])
    assert len(told) == 3
