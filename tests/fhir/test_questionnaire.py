"""A pathway as a Questionnaire: what it says, and what no validator looks for."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from tests.fhir.cases import DAY, partial_case
from tests.fhir.pathways import NAMES, answered, compiled, items_of
from tests.reasoning.pathways import random_pathway
from tests.reasoning.records import rule
from tests.small import park, shipped, small
from wizard.case.answers import Answers
from wizard.fhir.concept_map import own_codes
from wizard.fhir.links import CANNOT_SAY, CLAIM, SITE_CODE
from wizard.fhir.questionnaire import questionnaire
from wizard.fhir.response import response
from wizard.pathway.factors import MultiFactor
from wizard.pathway.model import Pathway
from wizard.pathway.sources import Review
from wizard.pathway.trees import NonePresent, Requirement
from wizard.record import replace
from wizard.wording.sources import factor_claims

GOLDEN: Final = Path(__file__).with_name("questionnaire.json")


RULES: Final[Mapping[str, Callable[[Mapping[str, Any]], bool]]] = {
    "que-1, a group has items": lambda item: item["type"] == "group" and not item.get("item"),
    "que-1, a text has none": lambda item: item["type"] == "display" and "item" in item,
    "que-3": lambda item: item["type"] == "display" and "code" in item,
    "que-5": lambda item: ("answerOption" in item) != (item["type"] == "choice"),
    "que-12": lambda item: (len(item.get("enableWhen", ())) > 1) != ("enableBehavior" in item),
}


def written(pathway: Pathway) -> dict[str, Any]:
    made, _ = questionnaire(pathway)
    return made


def mistakes(form: Mapping[str, Any]) -> list[str]:
    """LinkIds that stand twice, conditions on what does not exist or comes later, and what breaks
    the rules of R4 for a questionnaire, by their names there.
    """
    items = list(items_of(form))
    counted = Counter(item["linkId"] for item in items)
    found = [f"{link} stands {count} times" for link, count in counted.items() if count > 1]
    before: dict[str, Mapping[str, Any]] = {}
    for item in items:
        for condition in item.get("enableWhen", ()):
            question = condition["question"]
            if question not in before:
                found.append(f"{item['linkId']}: there is no question {question} before it")
            elif coding := condition.get("answerCoding"):
                options = [each["valueCoding"] for each in before[question]["answerOption"]]
                if coding not in options:
                    found.append(f"{item['linkId']}: {question} has no answer {coding}")
            elif "answerBoolean" in condition and before[question]["type"] != "boolean":
                found.append(f"{item['linkId']}: {question} is not a boolean")
        before[item["linkId"]] = item
        found += [f"{item['linkId']}: {rule}" for rule, broken in RULES.items() if broken(item)]
    return found if re.fullmatch("[A-Z][A-Za-z0-9_]{0,254}", form["name"]) else [*found, "que-0"]


@pytest.mark.parametrize("name", NAMES)
def test_linkids_are_unique_and_conditions_are_on_what_exists(name: str) -> None:
    assert mistakes(written(compiled(name).pathway)) == []


def test_so_they_are_in_random_pathways() -> None:
    for seed in range(200):
        assert mistakes(written(random_pathway(Random(seed)))) == [], seed


def test_each_of_these_mistakes_is_found() -> None:
    form = json.loads(json.dumps(written(small().pathway)))
    items = list(items_of(form))
    where = next(item for item in items if item["linkId"] == "fungus_parts")
    where["linkId"] = "damage"
    where["enableWhen"] = [
        {"question": "nothing", "operator": "=", "answerBoolean": True},
        {"question": "kind", "operator": "=", "answerCoding": {"system": "urn:x", "code": "elm"}},
        {"question": "kind", "operator": "=", "answerBoolean": True},
    ]
    place = next(item for item in items if item["linkId"] == "/place")
    place["item"] = []
    assert len(mistakes(form)) == 6


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_of_a_case_has_its_item_and_its_code(name: str) -> None:
    pathway = compiled(name).pathway
    form = {item["linkId"]: item for item in items_of(written(pathway))}
    random = Random(name)
    for _ in range(30):
        made = response(pathway, partial_case(random, pathway), DAY, complete=True)
        assert {item["linkId"] for item in items_of(made)} <= form.keys()
        texts = {item["linkId"]: item["text"] for item in items_of(made)}
        assert texts == {link: form[link]["text"] for link in texts}
        for link, value in answered(made).items():
            if isinstance(value, tuple):
                options = [each["valueCoding"] for each in form[link]["answerOption"]]
                assert value in [(each["system"], each["code"]) for each in options]


@pytest.mark.parametrize("name", NAMES)
def test_it_has_no_codes_of_others_and_every_claim_of_its_questions(name: str) -> None:
    pathway = compiled(name).pathway
    form = written(pathway)
    systems = {
        coding["system"]
        for item in items_of(form)
        for coding in (
            *item.get("code", ()),
            *(each["valueCoding"] for each in item.get("answerOption", ())),
        )
    }
    own = {system for system in systems if system.startswith("urn:mdt-wizard:")}
    assert systems - own <= {"http://terminology.hl7.org/CodeSystem/data-absent-reason"}
    assert own <= own_codes(pathway).keys()
    cited = {
        each["valueRelatedArtifact"]["label"]
        for item in items_of(form)
        for holder in (item, *item.get("answerOption", ()))
        for each in holder.get("extension", ())
        if each["url"] == CLAIM
    }
    asked = {item["linkId"] for item in items_of(form)}
    factors = [each for each in pathway.factors.values() if each.id in asked]
    assert {claim for factor in factors for claim in factor_claims(factor)} == cited


def test_a_draft_becomes_active_with_a_review_that_has_not_lapsed() -> None:
    pathway = shipped().pathway
    assert (written(pathway)["status"], written(pathway)["experimental"]) == ("draft", True)
    at = next(iter(pathway.claims.values())).position
    review = Review(
        by="A. Clinician",
        role="oncologist",
        date="2026-11-01",
        version=pathway.version,
        digest=pathway.digest,
        position=at,
    )
    reviewed = written(replace(pathway, reviewed=review))
    assert (reviewed["status"], reviewed["experimental"]) == ("active", False)
    lapsed = written(replace(pathway, reviewed=replace(review, digest="0" * 64)))
    assert lapsed["status"] == "draft"


def test_its_date_is_that_of_its_version() -> None:
    pathway = shipped().pathway
    (release,) = (each for each in pathway.changes if each.version == pathway.version)
    assert written(pathway)["date"] == release.date
    assert "date" not in written(replace(pathway, changes=()))


def test_what_it_does_not_say_is_told_and_stands_in_it() -> None:
    pathway = park().pathway
    condition = rule(
        Requirement("damage", (NonePresent(),), False, pathway.factors["damage"].position)
    )
    asked = replace(pathway.factors["nest"], applies_when=condition)
    pathway = replace(pathway, factors={**pathway.factors, "nest": asked})
    form, unsaid = questionnaire(pathway)
    told = {each.factor: each.why for each in unsaid if each.factor}
    assert list(told) == ["decay", "strength", "state", "nest"]
    assert "left out" in told["decay"]
    assert "counts instead" in told["state"]
    assert "stays enabled" in told["nest"]
    stand = {each["valueString"] for each in form["extension"] if each["url"] == CANNOT_SAY}
    items = {item["linkId"]: item for item in items_of(form)}
    assert "enableWhen" not in items["nest"]
    assert {"decay", "strength"}.isdisjoint(items)
    for name in ("state", "nest"):
        stand |= {e["valueString"] for e in items[name]["extension"] if e["url"] == CANNOT_SAY}
    assert stand == {
        each.why if each.factor in (None, "state", "nest") else each.about(pathway)
        for each in unsaid
    }


def test_a_multi_hides_its_members_behind_none_and_not_done() -> None:
    items = {item["linkId"]: item for item in items_of(written(compiled("prostate").pathway))}
    factor = compiled("prostate").pathway.factors["distant"]
    assert isinstance(factor, MultiFactor)
    for member in factor.members:
        item = items[f"distant.{member}"]
        assert item["enableBehavior"] == "all"
        assert [each["question"] for each in item["enableWhen"]] == [
            "distant.not_done",
            "distant.none",
        ]
    assert [each["question"] for each in items["distant.none"]["enableWhen"]] == [
        "distant.not_done"
    ]
    assert items["psa"]["enableWhen"][0]["question"] == "psa.not_done"


HOSTILE: Final = "<b onclick='x()'>&amp; bell\x07 \u202eturned\nnext \x1b[31m"


def test_text_of_a_pathway_is_one_printable_line_and_stays_text() -> None:
    pathway = small().pathway
    kind = replace(pathway.factors["kind"], question=HOSTILE, label=HOSTILE, help=HOSTILE)
    factors, sources = {**pathway.factors, "kind": kind}, {**pathway.sources}
    sources["HBK"] = replace(sources["HBK"], title=HOSTILE)
    form = written(
        replace(pathway, title=HOSTILE, intended_use=HOSTILE, factors=factors, sources=sources)
    )
    item = next(item for item in items_of(form) if item["linkId"] == "kind")
    plain = "<b onclick='x()'>&amp; bell\\x07 \\u202eturned next \\x1b[31m"
    assert (form["title"], item["text"], item["code"][0]["display"]) == (plain,) * 3
    assert json.dumps(form, ensure_ascii=False).isprintable()
    for markdown in (form["purpose"], form["extension"][1]["valueRelatedArtifact"]["citation"]):
        assert "<" in markdown
        assert re.search(r"(?<!\\)<", markdown) is None
    assert '"div"' not in json.dumps(form)


def test_a_site_s_codes_stand_behind_ours() -> None:
    pathway = small().pathway
    site = {
        ("urn:mdt-wizard:questions:park_trees", "kind"): ({"system": "urn:park", "code": "K"},),
        ("urn:mdt-wizard:answers:park_trees:kind", "oak"): ({"system": "urn:park", "code": "Q"},),
    }
    form, _ = questionnaire(pathway, site)
    item = next(item for item in items_of(form) if item["linkId"] == "kind")
    assert [each["code"] for each in item["code"]] == ["kind", "K"]
    oak = item["answerOption"][0]
    assert oak["valueCoding"]["code"] == "oak"
    site_code = {"url": SITE_CODE, "valueCoding": {"system": "urn:park", "code": "Q"}}
    assert site_code in oak["extension"]


def test_the_small_pathway_as_it_was_read_by_a_person() -> None:
    made = json.dumps(written(small().pathway), indent=2) + "\n"
    assert made == GOLDEN.read_text("utf-8")


def test_no_answers_are_an_empty_response() -> None:
    assert "item" not in response(small().pathway, Answers({}), DAY, complete=True)
