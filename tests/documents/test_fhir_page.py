"""The page on FHIR: its commands print what it says, and its names are those of the program."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.documents.console import blocks, printed_as_said, run
from tests.fhir.pathways import compiled
from tests.program import ROOT
from wizard.cohort.mapping import read_map
from wizard.fhir import links
from wizard.fhir.concept_map import own_codes

PAGE: Final = (ROOT / "wizard/fhir/README.md").read_text("utf-8")


@pytest.mark.slow
def test_commands_print_what_the_page_says(tmp_path: Path) -> None:
    (map_,) = re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "codes.json").write_text(map_, "utf-8")
    for each in (command for block in blocks(PAGE) for command in block):
        printed = re.sub(
            "(?m)^(mdt-wizard: pathway read: ).*", r"\1...", run(each.command, tmp_path, tmp_path)
        )
        assert printed_as_said(each.printed, printed), f"README.md:{each.line}\n{printed}"


def test_the_map_of_the_page_is_one(tmp_path: Path) -> None:
    (map_,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "map.yaml").write_text(map_, "utf-8")
    shipped = compiled("shipped")
    read = read_map(tmp_path / "map.yaml", shipped.pathway, shipped.space)
    assert read.questionnaire == tmp_path / "form.json"
    assert "/tumour/site" in read.columns


def test_extensions_and_code_systems_are_named_as_they_are() -> None:
    named = set(re.findall(r"urn:mdt-wizard:[a-z-]+(?::[A-Za-z_-]+)*", PAGE))
    systems = own_codes(compiled("shipped").pathway)
    known = {value for value in vars(links).values() if isinstance(value, str)}
    known |= {
        links.questions_system("PATHWAY"),
        links.answers_system("PATHWAY", "FACTOR"),
        links.options_system("PATHWAY"),
        links.questionnaire_url("PATHWAY"),
        *systems,
    }
    assert named <= known
    assert {links.ONE_OF, links.RANGE, links.SITE_CODE} <= named
