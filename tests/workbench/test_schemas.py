"""The schemas that `mdt-wizard schema` prints: what they allow, refuse and tell."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.pathway.hospital_copy import hospital
from tests.small import PARK, PROSTATE, SMALL
from wizard.pathway.load import load_pathway, shipped_folder
from wizard.workbench.key_words import KEYS
from wizard.workbench.record_schema import words
from wizard.workbench.schemas import schemas

FOLDERS = ("claims", "options", "cases")
NEUROENDOCRINE = shipped_folder()


class Yaml12(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as an editor's server reads it: the core schema of YAML 1.2."""


Yaml12.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Yaml12.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


@cache
def validators(folder: Path) -> Mapping[str, Draft7Validator]:
    found = schemas(folder)
    for schema in found.values():
        Draft7Validator.check_schema(schema)
    return {kind: Draft7Validator(schema) for kind, schema in found.items()}


def kinds_of_keys(schema: Any) -> Iterator[tuple[str, Any]]:
    """Each key that a mapping of a schema may have, with the schema of what stands under it."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield from schema.get("properties", {}).items()
        for part in schema.values():
            yield from kinds_of_keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from kinds_of_keys(part)


def kind_of(path: Path) -> str:
    return path.parent.name if path.parent.name in FOLDERS else path.stem


def files_of(folder: Path) -> list[Path]:
    return sorted(
        [*folder.glob("*.yaml"), *(p for f in FOLDERS for p in folder.glob(f"{f}/*.yaml"))]
    )


def mistakes(folder: Path, kind: str, text: str, loader: Any = Yaml12) -> list[str]:
    data = yaml.load(text, loader)  # noqa: S506 - safe loaders both
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validators(folder)[kind].iter_errors(data)
    ]


@pytest.mark.parametrize("folder", [NEUROENDOCRINE, SMALL, PROSTATE, PARK], ids=lambda p: p.name)
def test_every_file_is_right_by_its_schema(folder: Path) -> None:
    for path in files_of(folder):
        assert mistakes(folder, kind_of(path), path.read_text("utf-8")) == [], path


def test_an_overlay_has_the_ids_of_its_base_and_its_own(tmp_path: Path) -> None:
    folder = hospital(tmp_path)
    found = files_of(folder)
    assert len(found) > 7
    for path in found:
        assert mistakes(folder, kind_of(path), path.read_text("utf-8")) == [], path
    text = (folder / "options" / "surgery.yaml").read_text("utf-8")
    assert mistakes(folder, "options", f"{text}label: Surgery\n")


OPTION = """\
option: active_surveillance
label: Active surveillance
statements:
  slow:
    claims: [ICS-09]
    assumes: [D1]
    when: {tumour_type: net, problems: {all: [bone_pain, other]}, use: net_in_liver}
  tree:
    claims: [ICS-09]
    tree:
      ask: tumour_type
      net, nec:
        ask: problems
        none: {described: [ICS-09]}
        otherwise: not_described
      otherwise: not_described
"""
CASE = """\
pathway: neuroendocrine
title: 1
vignette: true
answers: {tumour_type: [net, nec], problems: {other: present}, growth_rate: unknown}
expect: {described: [surgery], possible: {sunitinib: [site]}, not_described: rest, alerts: [],
  checks: []}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "at"),
    [
        ("option: active_surveillance", "option: active_surveilance", "option"),
        ("label: Active surveillance", "", ""),
        ("statements:", "statement: {}\nstatements:", ""),
        ("slow:", "Slow:", "statements"),
        ("slow:", "otherwise:", "statements"),
        ("[ICS-09]", "[ICS-99]", "statements/slow/claims/0"),
        ("[ICS-09]", "[]", "statements/slow/claims"),
        ("[ICS-09]", "ICS-09", "statements/slow/claims"),
        ("[D1]", "[D99]", "statements/slow/assumes/0"),
        ("tumour_type: net,", "tumor_type: net,", "statements/slow/when"),
        ("tumour_type: net,", "tumour_type: nett,", "statements/slow/when"),
        ("{all: [bone_pain, other]}", "{all: [bone_pain, any]}", "statements/slow/when"),
        ("net_in_liver", "net_in_the_liver", "statements/slow/when"),
        ("ask: tumour_type", "ask: tumor_type", "statements/tree/tree"),
        ("net, nec:", "net, necc:", "statements/tree/tree"),
        ("net, nec:", "net nec:", "statements/tree/tree"),
        ("none: {described", "nobody: {described", "statements/tree/tree"),
        (
            "otherwise: not_described\n      o",
            "otherwise: possible\n      o",
            "statements/tree/tree",
        ),
        ("{described: [ICS-09]}", "{described: [ICS-99]}", "statements/tree/tree"),
    ],
)
def test_a_mistake_in_an_option_is_refused(right: str, wrong: str, at: str) -> None:
    assert mistakes(NEUROENDOCRINE, "options", OPTION) == []
    found = mistakes(NEUROENDOCRINE, "options", OPTION.replace(right, wrong, 1))
    assert [mistake.partition(": ")[0] for mistake in found] == [at], found


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("pathway: neuroendocrine", "pathway: prostate"),
        ("answers: {tumour_type", "answers: {type"),
        ("[net, nec]", "[net, necc]"),
        ("{other: present}", "{other: here}"),
        ("growth_rate: unknown", "growth_rate: unkown"),
        ("[surgery]", "[surgeries]"),
        ("sunitinib: [site]", "sunitinib: [place]"),
        ("not_described: rest", "not_described: the rest"),
        ("alerts: []", "alerts: [none]"),
        ("checks: []", ""),
    ],
)
def test_a_mistake_in_a_case_is_refused(right: str, wrong: str) -> None:
    assert mistakes(NEUROENDOCRINE, "cases", CASE) == []
    assert len(mistakes(NEUROENDOCRINE, "cases", CASE.replace(right, wrong, 1))) == 1


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("pathway", "format: 2", "format: 1"),
        ("pathway", "reviewed: null", "reviewed: false"),
        ("factors", "type: choice", "type: choices"),
        ("factors", "fixed: true", "fixed: yes"),
        ("shared", "when:", "whem:"),
        ("alerts", "level: ", "level: very_"),
        ("sources", "sha256: ", "sha256: x"),
        ("glossary", "claims: [", "claims: [CRI-99, "),
        ("hazards", "control: ", "controls: "),
    ],
)
def test_a_mistake_in_another_file_is_refused(kind: str, right: str, wrong: str) -> None:
    text = (NEUROENDOCRINE / f"{kind}.yaml").read_text("utf-8")
    assert right in text
    assert mistakes(NEUROENDOCRINE, kind, text.replace(right, wrong, 1))


def test_a_mistake_in_claims_is_refused() -> None:
    claim = "{says: A, section: B, lines: 4, anchor: c, kind: mdt, strength: may; can}"
    text = f"source: CRI\nclaims:\n  CRI-01: {claim}\n"
    assert mistakes(NEUROENDOCRINE, "claims", text) == []
    for right, wrong in (("CRI-01", "cri-01"), ("lines: 4", "lines: four"), ("mdt", "mtd")):
        assert mistakes(NEUROENDOCRINE, "claims", text.replace(right, wrong)), wrong
    assert mistakes(NEUROENDOCRINE, "claims", text.replace("may; can", "may, can"))
    assert mistakes(NEUROENDOCRINE, "claims", text.replace("anchor: c", "anchor: a b c d e f"))


def test_claims_say_what_they_say_and_where() -> None:
    pathway = load_pathway()
    known = schemas(NEUROENDOCRINE)["options"]["definitions"]["claim"]["anyOf"]
    assert [each["const"] for each in known] == list(pathway.claims)
    for each, claim in zip(known, pathway.claims.values(), strict=True):
        source = pathway.sources[claim.source].short
        assert each["description"] == f"{claim.says} ({source}, lines {claim.lines})"


def test_every_key_is_explained(tmp_path: Path) -> None:
    found = [
        each
        for folder in (NEUROENDOCRINE, hospital(tmp_path))
        for schema in schemas(folder).values()
        for each in kinds_of_keys(schema)
    ]
    assert {key for key, part in found if "description" not in part} == {"ask"}
    assert KEYS.keys() <= {key for key, _ in found}


def test_words_are_allowed_as_yaml_reads_them_and_none_fits_no_words() -> None:
    validator = Draft7Validator(words(["true", "12", "net"]))
    assert [validator.is_valid(each) for each in (True, "true", 12, "12", "net")] == [True] * 5
    assert not validator.is_valid(False)
    assert not Draft7Validator(words([])).is_valid("net")
