"""The schema of a map takes what the reader takes, and refuses what it refuses."""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.program import run
from tests.small import park, prostate, shipped, small
from wizard.cohort.columns import Kind, columns_of
from wizard.cohort.map_schema import map_schema
from wizard.cohort.mapping import MapErrors, read_map
from wizard.engine.compiling import Compiled
from wizard.exits import ExitCode
from wizard.pathway.factors import ChoiceFactor, MultiFactor

PATHWAYS = {"shipped": shipped, "small": small, "prostate": prostate, "park": park}
NUMBERS = (Kind.NUMBER, Kind.FROM, Kind.BELOW)


@cache
def validator(name: str) -> Draft7Validator:
    schema = map_schema(PATHWAYS[name]().pathway)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def is_read(text: str, compiled: Compiled, folder: Path) -> bool:
    path = folder / "map.yaml"
    path.write_text(text, "utf-8")
    try:
        read_map(path, compiled.pathway, compiled.space)
    except MapErrors:
        return False
    return True


@pytest.mark.parametrize("name", PATHWAYS)
def test_a_word_fits_a_column_where_the_reader_takes_it(name: str, tmp_path: Path) -> None:
    compiled = PATHWAYS[name]()
    pathway = compiled.pathway
    targets = [each.name for each in columns_of(pathway) if each.kind not in NUMBERS]
    targets += [each.id for each in pathway.factors.values() if isinstance(each, MultiFactor)]
    known = {"unknown", "present", "absent", "none", "not_done", "moon"}
    for factor in pathway.factors.values():
        if isinstance(factor, ChoiceFactor):
            known |= {*factor.values, *factor.groups}
        elif isinstance(factor, MultiFactor):
            known |= set(factor.members)
    for target in targets[:: max(1, len(targets) // 3)]:
        for word in sorted(known)[::3]:
            text = f"columns: {{A: {{is: {target}, values: {{'7': {word}}}}}}}"
            fits = validator(name).is_valid(yaml.safe_load(text))
            assert fits == is_read(text, compiled, tmp_path), text


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("columns: {}", True),
        ("columns: {A: {is: site}}", True),
        ("columns: {A: {is: tumour_size, values: {'999': unknown}, units: {cm: 10}}}", True),
        ("columns: {A: {is: problems, others: absent}}", True),
        ("{questionnaire: form.json, columns: {A: {is: site}}}", True),
        ("columns: {A: {is: sitee}}", False),
        ("columns: {A: {values: {}}}", False),
        ("columns: {A: {is: site, value: {}}}", False),
        ("columns: {A: site}", False),
        ("column: {}", False),
        ("{}", False),
    ],
)
def test_what_a_map_may_have(text: str, fits: bool, tmp_path: Path) -> None:
    assert validator("shipped").is_valid(yaml.safe_load(text)) == fits
    assert is_read(text, shipped(), tmp_path) == fits


def test_the_command_prints_it() -> None:
    ended = run("schema", "--map")
    assert ended.code == ExitCode.DONE
    assert json.loads(ended.out) == map_schema(shipped().pathway)
    assert run("schema", "--map", "--write").code == ExitCode.WRONG_USAGE
