"""What the tests of maps share: a folder with a map, and the questionnaire that it is for."""

import json
from pathlib import Path

import pytest

from tests.fhir.foreign import MAP, form


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    (tmp_path / "form.json").write_text(json.dumps(form()), "utf-8")
    return tmp_path
