"""Responses and questionnaires with anything anywhere: read, or one clear message."""

import json
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fhir.cases import NAME, Json, response_of
from tests.fhir.foreign import MAP, coding, form, said, when
from tests.fhir.foreign import response as theirs
from tests.program import run
from tests.small import PARK, park
from wizard.case_forms import case_of
from wizard.cohort.mapping import RegistryMap, read_map
from wizard.cohort.responses import ResponseRows
from wizard.exits import ExitCode, WizardError
from wizard.fhir.links import ABSENT_REASON

ANYTHING: list[Any] = [
    *(None, True, False, 0, -1, 3.5, 1e300, "", "x", "\0\x1b[31m", "a" * 5000, "unknown"),
    *([], {}, [[]], [{}], [None], {"a": 1}, {"linkId": "x"}, {"code": "B"}),
    [{"valueCoding": {}}],
    {"url": ABSENT_REASON, "valueCode": "unknown"},
]
KEYS = [
    *("extension", "modifierExtension", "answer", "item", "linkId", "valueCoding", "code"),
    *("valueQuantity", "valueString", "valueInteger", "system", "comparator", "_valueString"),
    *("contained", "questionnaire", "status", "unit", "value", "enableWhen", "operator"),
]


def changed(random: Random, resource: Json) -> Json:
    """A copy of a resource with something else in some places."""
    found: Json = json.loads(json.dumps(resource))
    for _ in range(random.randint(1, 4)):
        parts: list[Any] = []
        waiting: list[Any] = [found]
        while waiting:
            part = waiting.pop()
            parts.append(part)
            below = part.values() if isinstance(part, dict) else part
            waiting += [each for each in below if isinstance(each, dict | list)]
        part = random.choice(parts)
        value = json.loads(json.dumps(random.choice([*ANYTHING, random.choice(parts)])))
        if isinstance(part, dict):
            part[random.choice([*part, *KEYS])] = value
        else:
            part.insert(random.randint(0, len(part)), value)
    return found


HIDES = {
    "/3/nest": {
        "enableWhen": [
            when("/1/kind", "exists", answerBoolean=True),
            when("/1/size", ">", answerInteger=3),
        ],
        "enableBehavior": "any",
    }
}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> RegistryMap:
    folder = tmp_path_factory.mktemp("map")
    (folder / "map.yaml").write_text(MAP, "utf-8")
    (folder / "form.json").write_text(json.dumps(form(**HIDES)), "utf-8")
    return read_map(folder / "map.yaml", park().pathway, park().space)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_anything_anywhere_is_read_or_told(registry: RegistryMap, seed: int) -> None:
    random = Random(seed)
    own = response_of(park().pathway, {"kind": "oak", "height": 12, "damage": {"storm": "present"}})
    quantity = {"valueQuantity": {"value": 1250, "comparator": "<", "unit": "cm"}}
    other = theirs(
        said("/1/kind", coding("B")),
        said("/1/size", quantity),
        said("/2/seen", coding("S"), coding("F")),
        said("/3/nest", {"valueInteger": 1}),
    )
    contained = other | {"contained": [form(**HIDES) | {"id": "f"}], "questionnaire": "#f"}
    entries = [{"resource": each} for each in (own, form(**HIDES), other)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    text = json.dumps(changed(random, random.choice([own, other, contained, bundle])))
    for known in (None, registry):
        rows = ResponseRows(park(), known, None)
        entries_ = []
        with suppress(WizardError):
            entries_ = list(rows.document(BytesIO(text.encode()), NAME))
            assert all(front.startswith('{"entry": ') for front, _, _ in entries_)
        assert rows.rows == len(entries_)
        assert all(rows.lines)
        assert rows.line(1, text.encode()) is None or rows.rows == len(entries_) + 1
        with suppress(WizardError):
            assert case_of(text, park().pathway, NAME, known).read_as


def test_what_no_terminal_should_get_is_not_told(tmp_path: Path) -> None:
    resource = response_of(park().pathway, {"kind": "oak"})
    resource["item"][0]["linkId"] = "kind\x1b[31m\x00"
    resource["item"][0]["answer"] = [{"valueInteger": 1}]
    path = tmp_path / "case.json"
    path.write_text(json.dumps(resource), "utf-8")
    for command in (["assess"], ["cohort", "-o", str(tmp_path / "out.jsonl")]):
        ended = run(*command, path, "--pathway", PARK)
        assert ended.code == ExitCode.BAD_CASE
        assert "\x1b" not in ended.out + ended.err
    assert "\x1b" not in (tmp_path / "out.jsonl").read_text("utf-8")


def test_line_by_line_says_how_it_was_read_and_saves_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    text = json.dumps(response_of(park().pathway, {"kind": "oak"}))
    path.write_text(text, "utf-8")
    to = tmp_path / "saved.yaml"
    ended = run("--plain", path, "--pathway", PARK, given=f"save {to}\nq\n")
    assert "HOW IT WAS READ" in ended.out
    assert "Read as a FHIR QuestionnaireResponse." in ended.out
    assert path.read_text("utf-8") == text
    assert "kind: oak" in to.read_text("utf-8")
