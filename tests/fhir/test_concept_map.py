"""A site's own codes: taken where they mean the same, told where the map is wrong."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from tests.small import park, small
from wizard.exits import WrongUsageError
from wizard.fhir.concept_map import own_codes, read_concept_map

KINDS: Final = "urn:mdt-wizard:answers:park_trees:kind"
QUESTIONS: Final = "urn:mdt-wizard:questions:park_trees"


def a_map(*groups: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "ConceptMap", "status": "active", "group": list(groups)}


def a_group(source: str, *elements: dict[str, Any], **further: str) -> dict[str, Any]:
    return {"source": source, "target": "urn:park:codes", "element": list(elements), **further}


def an_element(code: str, target: str, equivalence: str = "equivalent") -> dict[str, Any]:
    return {"code": code, "target": [{"code": target, "equivalence": equivalence}]}


def written(folder: Path, data: object) -> Path:
    file = folder / "map.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return file


def test_codes_of_the_same_meaning_are_taken_and_others_counted(tmp_path: Path) -> None:
    sometimes = an_element("pine", "P")
    sometimes["target"][0]["dependsOn"] = [{"property": "urn:x", "value": "y"}]
    wider = an_element("broadleaved", "B", "wider")
    kinds = a_group(KINDS, an_element("oak", "Q"), wider, sometimes)
    questions = a_group(QUESTIONS, an_element("damage.storm", "D 1", "equal"), targetVersion="3")
    questions["element"][0]["target"][0]["display"] = "Storm"
    foreign = a_group("urn:other", an_element("x", "y"))
    found = read_concept_map(written(tmp_path, a_map(kinds, questions, foreign)), small().pathway)
    assert found.codings == {
        (KINDS, "oak"): ({"system": "urn:park:codes", "code": "Q"},),
        (QUESTIONS, "damage.storm"): (
            {"system": "urn:park:codes", "version": "3", "code": "D 1", "display": "Storm"},
        ),
    }
    assert list(found.told()) == [
        '"urn:other" is not a code system of this pathway; its group is not used',
        "two codes are not used: only what is always equal or equivalent means the same",
    ]


def test_a_map_that_may_be_outdated_is_told(tmp_path: Path) -> None:
    pathway = small().pathway
    groups = [
        a_group(KINDS, an_element("oak", "Q"), sourceVersion=version)
        for version in (pathway.version, "0", "0")
    ]
    file = written(tmp_path, a_map(*groups) | {"status": "retired"})
    found = read_concept_map(file, pathway)
    assert found.codings == {(KINDS, "oak"): ({"system": "urn:park:codes", "code": "Q"},)}
    assert list(found.told()) == [
        "the map is retired; its codes are used all the same",
        'the map is for version "0" of the pathway; its codes are used',
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "it is not JSON"),
        ('{"a": 1, "a": 2}', "stands twice"),
        ({"resourceType": "ValueSet"}, "not a FHIR ConceptMap"),
        ([], "not a FHIR ConceptMap"),
        ({"resourceType": "ConceptMap"}, 'the map has no list "group"'),
        (a_map(), 'the map has no list "group"'),
        ({"resourceType": "ConceptMap", "group": ["x"]}, "is not an object"),
        (a_map({"target": "urn:x", "element": []}), 'a group has no "source"'),
        (a_map({"source": KINDS, "element": []}), 'has no "target"'),
        (a_map({"source": KINDS, "target": "two words", "element": []}), 'has no "target"'),
        (
            a_map({**a_group(KINDS, an_element("oak", "Q")), "modifierExtension": []}),
            "changes what",
        ),
        (a_map(a_group(KINDS)), 'has no list "element"'),
        (a_map(a_group(KINDS, an_element("aok", "Q"))), 'no code "aok"; did you mean oak?'),
        (a_map(a_group(KINDS, an_element("oak", "Q", "same"))), 'no equivalence "same"'),
        (a_map(a_group(KINDS, an_element("oak", "Q\x07"))), 'has no "code"'),
        (a_map(a_group(KINDS, an_element("oak", " Q"))), 'has no "code"'),
        (a_map(a_group(KINDS, {"code": "oak", "target": 1})), 'has no list "target"'),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, data: object, said: str) -> None:
    with pytest.raises(WrongUsageError, match=r"map\.json") as told:
        read_concept_map(written(tmp_path, data), small().pathway)
    assert said in told.value.message
    assert "\n" not in told.value.message


def test_a_file_without_an_end_is_refused() -> None:
    with pytest.raises(WrongUsageError, match="larger than 16 MiB"):
        read_concept_map(Path("/dev/zero"), small().pathway)


def test_the_codes_of_a_pathway() -> None:
    codes = own_codes(park().pathway)
    assert codes["urn:mdt-wizard:answers:park:kind"][-2:] == ("broadleaved", "not_told")
    assert {"branches", "branches.not_done", "damage.none", "fungus_parts.not_done"} <= set(
        codes["urn:mdt-wizard:questions:park"]
    )
    assert "fungus_parts.none" not in codes["urn:mdt-wizard:questions:park"]
